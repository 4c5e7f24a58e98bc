"""Finds who of the roster a name means, in a report or in a line."""

from collections.abc import Collection, Sequence

from handlers.files.names import key, nearest, same
from storage import communities, rosters
from storage.engine import Tx
from storage.records import Record
from storage.rosters import Member
from storage.sessions import Session

NEAREST = 3
LOOKED_AT = 12  # of the nearest, for those who are likelier


class Roster:
    """All there ever were on the rosters, to be found by e-mail and by name.

    ``likely`` are the humans who are meant where several could be.
    """

    def __init__(
        self, members: Sequence[Record[Member]], likely: Collection[int] = frozenset()
    ) -> None:
        self._likely = likely
        self._by_id = {one.id: one for one in members}
        self._by_email: dict[str, list[Record[Member]]] = {}
        self._by_key: dict[tuple[str, ...], list[Record[Member]]] = {}
        for one in members:
            self._by_email.setdefault(one.says.email, []).append(one)
            self._by_key.setdefault(key(one.says.name), []).append(one)
        self._names = [(one.id, one.says.name) for one in members]

    def get(self, id: int) -> Record[Member] | None:
        """The member of this number."""
        return self._by_id.get(id)

    def has(self, name: str) -> bool:
        """Whether anybody goes by this very name."""
        return bool(self._named(name))

    def of(self, name: str, email: str, session: Session) -> Record[Member] | None:
        """The one human of this e-mail, else of this very name: as they were on the session's day.

        None where nobody is, or several are.
        """
        found = self._by_email.get(email.casefold(), []) if email else []
        found = found or self._named(name)
        if len({_human(one) for one in found}) > 1:
            found = [one for one in found if _human(one) in self._likely]
        humans = {_human(one) for one in found}
        return _stay(found, session) if len(humans) == 1 else None

    def near(self, name: str) -> tuple[Record[Member], ...]:
        """The members whose names come nearest; of these first those who are likely."""
        near = [self._by_id[id] for id in nearest(name, self._names, LOOKED_AT)]
        near.sort(key=lambda one: _human(one) not in self._likely)
        return tuple(near[:NEAREST])

    def _named(self, name: str) -> list[Record[Member]]:
        return [one for one in self._by_key.get(key(name), []) if same(name, one.says.name)]


def everyone(tx: Tx, session: Session) -> Roster:
    """All, to be found for a session: for a community's meeting its members that day are likely."""
    there = (
        communities.members_on(tx, session.community, session.first) if session.community else []
    )
    return Roster(rosters.everyone(tx), {_human(one) for one in there})


def _human(member: Record[Member]) -> int:
    return member.says.same_as or member.id


def _stay(stays: Sequence[Record[Member]], session: Session) -> Record[Member]:
    """Of one human's stays the one during which the session was, else the last."""
    day = session.first
    return next(
        (
            one
            for one in stays
            if (one.says.starts is None or one.says.starts <= day)
            and (one.says.ends is None or one.says.ends >= day)
        ),
        stays[-1],
    )
