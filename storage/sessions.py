"""Sessions: workshops, orientations, webinars and meetings, planned or held."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from storage import records, session_sums
from storage.engine import Tx
from storage.errors import StorageError
from storage.limits import FIRST_DAY, LONGEST_TEXT, MOST_ROWS, Impossible
from storage.network import Language
from storage.people import TeamRole
from storage.period_lock import Dated
from storage.records import Kind, Record
from storage.words import fold

LONGEST_DAY = 24 * 60  # minutes
MOST_DAYS = 30
FURTHEST = timedelta(days=5 * 366)  # after today: a year mistyped, not a session planned
MOST_PEOPLE = 9999
NEVER_NAMED = frozenset({"parent", "student"})  # roles; of these a session has numbers only

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_BETWEEN = "SELECT session FROM sessions WHERE last BETWEEN :first AND :last"
_TOUCHING = "SELECT session FROM sessions WHERE last >= :from AND first <= :to"
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class NamesNotKept(StorageError):
    """Those who come to this session are counted, never named."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a session: when it starts ("09:30", "" unknown), and how many minutes it has."""

    day: date
    starts: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Session:
    """What a session says: the plan's target it is for, and its days in order.

    ``area`` is the id of a part of the target's goal, ``audience`` are ids of the network's roles,
    ``boards`` ids of its bodies. ``head_counts`` is the target's: nobody who attends is ever named.
    ``community`` is the number of the one that meets, 0 for none. ``titles`` are what it is called
    in each language where nobody gave it a title; ``title`` is one of them then.
    """

    target: str
    title: str
    theme: str = ""
    area: str = ""
    audience: tuple[str, ...] = ()
    days: tuple[Day, ...] = ()
    language: str = ""
    place: str = ""
    link: str = ""
    boards: tuple[str, ...] = ()
    registered: int | None = None
    cancelled: bool = False
    head_counts: bool = False
    community: int = 0
    agenda: str = ""
    titles: tuple[tuple[Language, str], ...] = ()

    def called(self, language: Language) -> str:
        """Its title to a reader of this language."""
        return dict(self.titles).get(language, self.title)

    @property
    def minutes(self) -> int:
        """Of all its days."""
        return sum(one.minutes for one in self.days)

    @property
    def starts(self) -> str:
        """When its first day starts, "" where that isn't known."""
        return self.days[0].starts

    @property
    def first(self) -> date:
        """The day it begins."""
        return self.days[0].day

    @property
    def last(self) -> date:
        """The day it is over, which says the plan it counts under."""
        return self.days[-1].day

    @property
    def unnamed(self) -> bool:
        """Whether those who come are counted only."""
        return self.head_counts or not NEVER_NAMED.isdisjoint(self.audience)


def check(says: Session, at: int) -> None:
    """Raise Impossible for what no session can say, whatever a button or a form claimed.

    The plan's targets, roles and bodies are not known here; whoever reads the form checks them.
    """
    if not says.target:
        raise Impossible("target")
    latest = datetime.fromtimestamp(at, UTC).date() + FURTHEST
    days = [one.day for one in says.days]
    if not 1 <= len(days) <= MOST_DAYS or days != sorted(set(days)):
        raise Impossible("days")
    for one in says.days:
        if not FIRST_DAY <= one.day <= latest:
            raise Impossible("days")
        if one.starts and not _CLOCK.fullmatch(one.starts):
            raise Impossible("starts")
        if not 1 <= one.minutes <= LONGEST_DAY:
            raise Impossible("minutes")
    if says.registered is not None and not 0 <= says.registered <= MOST_PEOPLE:
        raise Impossible("registered")
    for field in ("audience", "boards"):
        if len(getattr(says, field)) > MOST_ROWS:
            raise Impossible(field)
    for field in ("target", "title", "theme", "area", "language", "place", "link", "agenda"):
        _check_text(field, getattr(says, field))
    for field in ("audience", "boards"):
        for text in getattr(says, field):
            _check_text(field, text)
    for _, text in says.titles:
        _check_text("titles", text)


def _check_text(field: str, text: str) -> None:
    if len(text) > LONGEST_TEXT or _UNWRITABLE.search(text):
        raise Impossible(field)


def _count(tx: Tx, record: Record[Session], sign: int) -> None:
    says = record.says
    if sign < 0:
        session_sums.keep(tx, record.id, -1)
        tx.run("DELETE FROM sessions WHERE session = :id", id=record.id)
        return
    if says.unnamed and _anyone_named(tx, record.id):
        raise NamesNotKept
    tx.run(
        "INSERT INTO sessions"
        " (session, target, area, days, minutes, first, last, cancelled, unnamed, folded,"
        " community) VALUES (:session, :target, :area, :days, :minutes, :first, :last, :cancelled,"
        " :unnamed, :folded, :community)",
        **_indexed(record),
    )
    session_sums.keep(tx, record.id, 1)


def _indexed(record: Record[Session]) -> dict[str, object]:
    says = record.says
    titles = (says.title, *(text for _, text in says.titles))
    return {
        "session": record.id,
        "target": says.target,
        "area": says.area,
        "days": len(says.days),
        "minutes": says.minutes,
        "first": says.first.isoformat(),
        "last": says.last.isoformat(),
        "cancelled": int(says.cancelled),
        "unnamed": int(says.unnamed),
        "folded": fold(" ".join((*dict.fromkeys(titles), says.theme))),
        "community": says.community,
    }


def _anyone_named(tx: Tx, session: int) -> bool:
    return bool(tx.row("SELECT 1 FROM attendances WHERE session = :id AND named = 1", id=session))


def _may(role: TeamRole) -> bool:
    return role.logs


def dated(says: Session) -> Dated | None:
    """When a session counts: once its last day is over."""
    return Dated(says.last, says.target) if says.days else None


KIND = Kind("session", Session, _may, _count, check, lambda _, record: dated(record.says))


def between(
    tx: Tx, first: date, last: date, target: str = "", *, limit: int = 50, offset: int = 0
) -> list[Record[Session]]:
    """The sessions whose last day is in a period, cancelled ones too, the newest first.

    Of one target, or of all where it is "".
    """
    which = " AND target = :target" if target else ""
    rows = tx.rows(
        _BETWEEN + which + " ORDER BY last DESC, session DESC LIMIT :limit OFFSET :offset",
        first=first.isoformat(),
        last=last.isoformat(),
        limit=limit,
        offset=offset,
        **({"target": target} if target else {}),
    )
    return [records.get(tx, KIND, row["session"]) for row in rows]


def found(
    tx: Tx,
    words: str,
    first: date,
    last: date,
    *,
    targets: Collection[str] = (),
    communities: Collection[int] = (),
    limit: int,
    offset: int = 0,
) -> list[Record[Session]]:
    """The sessions that touch a period and say these words, all for "", the newest first.

    Cancelled ones too. Case and accents do not matter; every word must be in the title or theme,
    or the session is for one of ``targets`` or a meeting of one of ``communities``.
    """
    said = re.findall(r"\w+", fold(words)) or words.split()
    parts = {f"part{n}": part for n, part in enumerate(said[:MOST_ROWS])}
    which = " AND ".join(f"instr(folded, :{name}) > 0" for name in parts) or "TRUE"
    of = {f"target{n}": target for n, target in enumerate(targets)}
    whose = {f"community{n}": community for n, community in enumerate(communities)}
    which += "".join(f" OR target = :{name}" for name in of)
    which += "".join(f" OR community = :{name}" for name in whose)
    rows = tx.rows(
        f"{_TOUCHING} AND ({which}) ORDER BY last DESC, session DESC LIMIT :limit OFFSET :offset",
        limit=limit,
        offset=offset,
        **{"from": first.isoformat(), "to": last.isoformat()},
        **parts,
        **of,
        **whose,
    )
    return [records.get(tx, KIND, row["session"]) for row in rows]


def of_communities(tx: Tx, first: date, last: date, community: int = 0) -> list[Record[Session]]:
    """The meetings of communities, or of one, that begin in a period and take place, in order."""
    rows = tx.rows(
        "SELECT session FROM sessions WHERE community > 0 AND :community IN (0, community)"
        " AND first BETWEEN :first AND :last AND cancelled = 0 ORDER BY first, session",
        community=community,
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return [records.get(tx, KIND, row["session"]) for row in rows]


def wrong(tx: Tx) -> Iterator[str]:
    """What sessions are listed and summed by and is not what their records say, as sentences."""
    yield from records.unlike(tx, KIND, "sessions", _indexed, "session")
