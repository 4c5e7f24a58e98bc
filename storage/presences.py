"""Attendance: who was at a session on which of its days, by head, by name, or from a file.

The whole attendance of a session is one record, so that it is taken back as a whole. Its days are
numbered from 0: a session that is moved keeps who was there.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from storage import records, rosters, session_sums, sessions
from storage.engine import Tx
from storage.errors import ChangedMeanwhile
from storage.limits import Impossible
from storage.people import Person
from storage.period_lock import Dated
from storage.records import Kind, Record
from storage.sessions import MOST_DAYS, MOST_PEOPLE, NamesNotKept

LONGEST_NAME = 300

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


class Source(StrEnum):
    """How an attendance was given."""

    TYPED = "typed"
    PICKED = "picked"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many came from a body of the network on a day; ``board`` is "" for no body."""

    day: int
    board: str
    number: int


@dataclass(frozen=True, slots=True)
class Present:
    """Someone of the rosters who was there on a day."""

    day: int
    member: int


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Someone who was there on a day and is on no roster, as a file or a line named them."""

    day: int
    name: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was at a session. ``file`` is the digest of the file it was read from, or ""."""

    session: int
    counts: tuple[Counted, ...] = ()
    present: tuple[Present, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    source: Source = Source.TYPED
    file: str = ""

    @property
    def named(self) -> bool:
        """Whether anyone is named in it."""
        return bool(self.present or self.unmatched)

    @property
    def participants(self) -> int:
        """How many came on the day when most did; a count and names of one day are the same people.

        Two devices of one name on no roster are one person.
        """
        counted: Counter[int] = Counter()
        for one in self.counts:
            counted[one.day] += one.number
        named = Counter(day for day, _ in {(one.day, one.member) for one in self.present})
        named.update(day for day, _ in {(one.day, one.name) for one in self.unmatched})
        return max((counted | named).values(), default=0)

    @property
    def boards(self) -> dict[str, int]:
        """How many were counted from each body, on the day when most came from it."""
        on_day: Counter[tuple[str, int]] = Counter()
        for one in self.counts:
            on_day[one.board, one.day] += one.number
        most: dict[str, int] = {}
        for (board, _), number in on_day.items():
            most[board] = max(most.get(board, 0), number)
        return most


def check(says: Attendance, at: int) -> None:
    """Raise Impossible for what no attendance can say."""
    for one in (*says.counts, *says.present, *says.unmatched):
        if not 0 <= one.day < MOST_DAYS:
            raise Impossible("day")
    if any(not 1 <= one.number <= MOST_PEOPLE for one in says.counts):
        raise Impossible("counts")
    if any(not one.name.strip() or not _writable(one.name) for one in says.unmatched):
        raise Impossible("unmatched")
    if any(not _writable(one.board) for one in says.counts):
        raise Impossible("boards")
    if max(len(says.counts), len(says.present), len(says.unmatched)) > MOST_PEOPLE:
        raise Impossible("present")
    if not _writable(says.file):
        raise Impossible("file")


def _writable(text: str) -> bool:
    return len(text) <= LONGEST_NAME and not _UNWRITABLE.search(text)


def _count(tx: Tx, record: Record[Attendance], sign: int) -> None:
    says = record.says
    session_sums.keep(tx, says.session, -1)
    if sign < 0:
        for table in ("attendances", "attendance_boards", "presences"):
            tx.run(f"DELETE FROM {table} WHERE session = :session", session=says.session)  # noqa: S608 - the names above
    else:
        _index(tx, record)
    session_sums.keep(tx, says.session, 1)


def _index(tx: Tx, record: Record[Attendance]) -> None:
    says = record.says
    if says.named and records.get(tx, sessions.KIND, says.session).says.unnamed:
        raise NamesNotKept
    if of_session(tx, says.session) is not None:
        raise ChangedMeanwhile  # another took its place
    tx.run(
        "INSERT INTO attendances (session, record, participants, named)"
        " VALUES (:session, :record, :participants, :named)",
        **_indexed(record),
    )
    tx.run_many(
        "INSERT INTO attendance_boards (session, board, number) VALUES (:session, :board, :number)",
        [
            {"session": says.session, "board": board, "number": number}
            for board, number in says.boards.items()
        ],
    )
    tx.run_many(
        "INSERT INTO presences (session, member, day) VALUES (:session, :member, :day)",
        [
            {"session": says.session, "member": one.member, "day": one.day}
            for one in dict.fromkeys(says.present)
        ],
    )


def _indexed(record: Record[Attendance]) -> dict[str, object]:
    says = record.says
    return {
        "session": says.session,
        "record": record.id,
        "participants": says.participants,
        "named": int(says.named),
    }


def _counts(tx: Tx, record: Record[Attendance]) -> Dated | None:
    return sessions.dated(records.get(tx, sessions.KIND, record.says.session).says)


KIND = Kind("attendance", Attendance, lambda role: role.logs, _count, check, _counts)


def take(tx: Tx, says: Attendance, by: Person, at: int) -> Record[Attendance]:
    """Record the attendance of a session, in the place of what was there.

    What is there already, and a file that it was read from, changes nothing. Raises NotFound for a
    session or a member that isn't there, Impossible for a day that the session doesn't have,
    NamesNotKept, NotAllowed and ChangedMeanwhile.
    """
    session = records.get(tx, sessions.KIND, says.session)
    if session.voided is not None:
        raise ChangedMeanwhile
    days = [one.day for one in (*says.counts, *says.present, *says.unmatched)]
    if days and max(days) >= len(session.says.days):
        raise Impossible("day")
    for member in {one.member for one in says.present}:
        rosters.get(tx, member)
    before = of_session(tx, says.session)
    if before and says.source is Source.FILE and says.file and says.file == before.says.file:
        return before
    return records.put(tx, KIND, before, says, by, at)


def of_session(tx: Tx, session: int) -> Record[Attendance] | None:
    """The attendance of a session that counts, or None."""
    row = tx.row("SELECT record FROM attendances WHERE session = :session", session=session)
    return None if row is None else records.get(tx, KIND, row["record"])


def on_days(says: Attendance) -> dict[int, list[int]]:
    """The members who were there on each day."""
    found: dict[int, list[int]] = defaultdict(list)
    for one in dict.fromkeys(says.present):
        found[one.day].append(one.member)
    return found


def complete(says: Attendance, days: int) -> set[int]:
    """The members who were there on every one of so many days."""
    there = [set(members) for day, members in on_days(says).items() if day < days]
    return set[int].intersection(*there) if days and len(there) == days else set()


def of_members(tx: Tx, members: Iterable[int]) -> dict[int, list[int]]:
    """The sessions that each of these members was at, by number."""
    return {
        member: [
            row["session"]
            for row in tx.rows(
                "SELECT DISTINCT session FROM presences WHERE member = :member ORDER BY session",
                member=member,
            )
        ]
        for member in members
    }


def wrong(tx: Tx) -> Iterator[str]:
    """What attendances are counted by and is not what their records say, as sentences."""
    yield from records.unlike(tx, KIND, "attendances", _indexed)
    for record in records.every(tx, KIND):
        says = record.says
        if record.voided is None and _kept(tx, says.session) != (
            {*says.boards.items()},
            {(one.member, one.day) for one in says.present},
        ):
            yield f"Who was at session {says.session} is not what attendance {record.id} says."
    for row in tx.each(
        "SELECT session FROM attendance_boards UNION SELECT session FROM presences"
        " EXCEPT SELECT session FROM attendances ORDER BY session"
    ):
        yield f"Who was at session {row['session']} is what no attendance says."


def _kept(tx: Tx, session: int) -> tuple[set[tuple[str, int]], set[tuple[int, int]]]:
    boards = "SELECT board, number FROM attendance_boards WHERE session = :session"
    present = "SELECT member, day FROM presences WHERE session = :session"
    return (
        {(row["board"], row["number"]) for row in tx.rows(boards, session=session)},
        {(row["member"], row["day"]) for row in tx.rows(present, session=session)},
    )
