"""Whom of a roster names and e-mails are about: by e-mail, then by the very name; none is guessed.

Everything here is plain values, so that a card can carry them and they are matched again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.files.headers import plain
from handlers.files.names import nearest, same
from storage.identities import address
from storage.records import Record
from storage.rosters import Member

MOST_OFFERED = 3  # near names for one
MOST_NEAR = 8  # people for whom near names are looked for


@dataclass(frozen=True, slots=True)
class Named:
    """Someone as a line or a file names them; ``member`` is who a person said it is, 0 for none.

    ``day`` is when they handed it in, None where not known.
    """

    name: str
    email: str = ""
    day: date | None = None
    member: int = 0

    @property
    def said(self) -> str:
        return self.name or self.email


@dataclass(frozen=True, slots=True)
class Unclear:
    """The place of someone in the list who is not matched, and the nearest who were asked."""

    place: int
    near: tuple[Record[Member], ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A list beside the roster a survey went to.

    ``found`` are members with their day; ``elsewhere`` are on the rosters, but were not asked;
    ``early`` answered before it went out, which is another one's answer.
    """

    found: Mapping[int, date]
    unclear: tuple[Unclear, ...]
    elsewhere: tuple[str, ...]
    early: tuple[str, ...]


class Roster:
    """Those who were asked, among everyone there ever was, to find people in."""

    def __init__(
        self,
        asked: Mapping[int, Record[Member]],
        everyone: Iterable[Record[Member]],
        humans: Mapping[int, int],
    ) -> None:
        """``asked`` is by human; ``humans`` are those of all members."""
        self.asked = asked
        self._humans = humans
        self._emails: defaultdict[str, set[int]] = defaultdict(set)
        self._words: defaultdict[str, list[Record[Member]]] = defaultdict(list)
        for one in everyone:
            if one.says.email:
                self._emails[one.says.email].add(humans[one.id])
            for word in set(plain(one.says.name).split()):
                self._words[word].append(one)

    def knows(self, said: str) -> bool:
        """Whether the words are the name or the e-mail of someone who was asked."""
        return bool(
            self.humans(Named("", said) if "@" in said else Named(said)) & self.asked.keys()
        )

    def humans(self, one: Named) -> set[int]:
        """Who goes by this e-mail; where nobody does, by this name."""
        if one.member:
            return {self._humans[one.member]} if one.member in self._humans else set()
        by_email = self._emails.get(address(one.email), set()) if one.email else set[int]()
        return by_email or self._by_name(one.name)

    def near(self, one: Named) -> Iterator[Record[Member]]:
        """Those who were asked and go by this name or nearly so."""
        known = [(human, member.says.name) for human, member in self.asked.items()]
        said = one.name or one.email
        for human in nearest(said, known, MOST_OFFERED):
            yield self.asked[human]

    def _by_name(self, name: str) -> set[int]:
        words = plain(name).split()
        # The same names have a word in common, so few are compared.
        likely = {one.id: one for word in words for one in self._words.get(word, ())}
        return {self._humans[id] for id, one in likely.items() if same(name, one.says.name)}


def match(people: Sequence[Named], roster: Roster, opened: date, today: date) -> Matched:
    """Find each of the people. Whoever is there twice counts from the earlier day."""
    found: dict[int, date] = {}
    unclear: list[Unclear] = []
    elsewhere: list[str] = []
    early: list[str] = []
    for place, one in enumerate(people):
        humans = roster.humans(one)
        asked = humans & roster.asked.keys()
        if len(asked) == 1:
            day = min(one.day or today, today)
            member = roster.asked[asked.pop()].id
            if day < opened:
                early.append(one.said)
            else:
                found[member] = min(day, found.get(member, day))
        elif humans and not asked:
            elsewhere.append(one.said)
        else:
            near = tuple(roster.asked[human] for human in sorted(asked))
            if not near and len(unclear) < MOST_NEAR:
                near = tuple(roster.near(one))
            unclear.append(Unclear(place, near))
    return Matched(found, tuple(unclear), tuple(elsewhere), tuple(early))
