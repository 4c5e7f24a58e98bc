"""A file of attendance beside a session: who of it is on the roster, who stayed long enough.

Pure: from values to values. A file that waits to be confirmed travels on the card's buttons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import SequenceMatcher
from fractions import Fraction

from handlers.attendance.naming import stay
from handlers.files import attendance as reports
from handlers.files.attendees import Attendee, minutes_by_day
from handlers.files.names import nearest, same
from storage.presences import Attendance, Counted, Present, Source, Unmatched
from storage.records import Record
from storage.rosters import Member
from storage.sessions import Session
from storage.words import fold

NEAREST = 3


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in a report: ``days`` are minutes on each of the report's days, in order."""

    name: str
    email: str
    days: tuple[int, ...]
    organizer: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """A report that waits to be taken in. ``starts``: when it began, under each reading of it."""

    file: str
    digest: str
    title: str
    starts: tuple[str, ...]
    days: int
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A report beside a session: who was there, by name; ``skipped`` held it, ``short`` left early.

    ``unmatched`` have the nearest members of the roster with them.
    """

    there: tuple[tuple[Person, Record[Member]], ...]
    unmatched: tuple[tuple[Person, tuple[Record[Member], ...]], ...]
    short: tuple[Person, ...]
    skipped: tuple[Person, ...]
    heads: tuple[int, ...]  # of each of the report's days: all who stayed


def pending(read: reports.Attendance, file: str, digest: str) -> Pending:
    """A report as it waits; its days are those on which anybody was there."""
    by_person = [(one, _by_day(one, read)) for one in read.attendees]
    days = sorted({day for _, minutes in by_person for day in minutes})
    readings = (read, *read.others)
    return Pending(
        file,
        digest,
        read.title,
        tuple(one.starts.isoformat() for one in readings if one.starts),
        max(1, len(days)),
        tuple(
            Person(
                one.name or one.email,
                one.email,
                tuple(minutes.get(day, 0) for day in days) or (one.minutes,),
                one.organizer,
            )
            for one, minutes in by_person
        ),
    )


def fit(pending: Pending, session: Session) -> float:
    """How well a report fits a session: its day, its time of day, and its title, 0 to 4."""
    starts = [datetime.fromisoformat(one) for one in pending.starts]
    on = [one for one in session.days if any(one.day == start.date() for start in starts)]
    likeness = SequenceMatcher(None, fold(pending.title), fold(session.title)).ratio()
    score = 2.0 * bool(on) + likeness
    for day in on:
        if day.starts and any(_close(start, day.starts) for start in starts):
            return score + 1
    return score


def day_of(pending: Pending, session: Session) -> int:
    """Which of the session's days the report begins on, from 0."""
    dates = {datetime.fromisoformat(one).date() for one in pending.starts}
    return next((n for n, one in enumerate(session.days) if one.day in dates), 0)


def match(
    pending: Pending,
    session: Session,
    roster: Sequence[Record[Member]],
    chosen: Mapping[int, int],
    *,
    organizers: bool,
    share: Fraction,
) -> Matched:
    """Who was there. ``chosen`` says who an unmatched person is, by place in the report."""
    first = day_of(pending, session)
    people = _People(roster)
    there: list[tuple[Person, Record[Member]]] = []
    unmatched: list[tuple[Person, tuple[Record[Member], ...]]] = []
    short: list[Person] = []
    skipped: list[Person] = []
    heads = [0] * pending.days
    for place, person in enumerate(pending.people):
        if person.organizer and not organizers:
            skipped.append(person)
            continue
        stayed = _stayed(person, session, first, share)
        if not any(stayed):
            short.append(person)
            continue
        heads = [count + here for count, here in zip(heads, stayed, strict=True)]
        person = replace(
            person,
            days=tuple(minutes * here for minutes, here in zip(person.days, stayed, strict=True)),
        )
        member = people.of(person, session, chosen.get(place))
        if member is None:
            unmatched.append((person, people.near(person)))
        else:
            there.append((person, member))
    return Matched(tuple(there), tuple(unmatched), tuple(short), tuple(skipped), tuple(heads))


def says(pending: Pending, matched: Matched, session: Session, before: Attendance) -> Attendance:
    """The attendance with the report's days in the place of what was there on them."""
    first = day_of(pending, session)
    covered = range(first, min(first + pending.days, len(session.days)))
    digests = dict.fromkeys(
        [*(before.file.split() if len(session.days) > 1 else ()), pending.digest]
    )
    kept = replace(
        before,
        counts=tuple(one for one in before.counts if one.day not in covered),
        present=tuple(one for one in before.present if one.day not in covered),
        unmatched=tuple(one for one in before.unmatched if one.day not in covered),
        source=Source.FILE,
        file=" ".join(digests),
    )
    if session.unnamed:
        heads = (
            Counted(day, "", matched.heads[day - first])
            for day in covered
            if matched.heads[day - first]
        )
        return replace(kept, counts=(*kept.counts, *heads))
    present = [
        Present(first + n, member.id)
        for person, member in matched.there
        for n, minutes in enumerate(person.days)
        if minutes and first + n in covered
    ]
    unmatched = [
        Unmatched(first + n, person.name)
        for person, _ in matched.unmatched
        for n, minutes in enumerate(person.days)
        if minutes and first + n in covered
    ]
    return replace(
        kept,
        present=(*kept.present, *dict.fromkeys(present)),
        unmatched=(*kept.unmatched, *dict.fromkeys(unmatched)),
    )


def without_names(pending: Pending) -> Pending:
    """The report as it waits for a session of those who are never named."""
    people = tuple(replace(one, name=f"{n}", email="") for n, one in enumerate(pending.people))
    return replace(pending, people=people)


def _by_day(one: Attendee, read: reports.Attendance) -> dict[date, int]:
    """Minutes of each day; all on the first where the report does not tell its days apart."""
    found = minutes_by_day(one)
    if found or read.starts is None:
        return found
    return {read.starts.date(): one.minutes}


def _stayed(person: Person, session: Session, first: int, share: Fraction) -> list[bool]:
    """On which of the report's days somebody stayed at least that share of the session."""
    lengths = [one.minutes for one in session.days]
    return [
        minutes > 0 and minutes >= share * lengths[min(first + n, len(lengths) - 1)]
        for n, minutes in enumerate(person.days)
    ]


def _close(start: datetime, clock: str) -> bool:
    hours, minutes = map(int, clock.split(":"))
    return abs(start.hour * 60 + start.minute - hours * 60 - minutes) <= 45


class _People:
    """The roster, to find the people of a report in."""

    def __init__(self, roster: Sequence[Record[Member]]) -> None:
        self._roster = roster
        self._by_id = {one.id: one for one in roster}
        self._names = [(one.id, one.says.name) for one in roster]

    def of(self, person: Person, session: Session, chosen: int | None) -> Record[Member] | None:
        """The member that somebody is: as chosen, by e-mail, else by the very name of one human."""
        if chosen is not None:
            return self._by_id.get(chosen)
        mail = person.email.casefold()
        found = [one for one in self._roster if mail and one.says.email == mail]
        found = found or [one for one in self._roster if same(person.name, one.says.name)]
        humans = {one.says.same_as or one.id for one in found}
        return stay(found, session) if len(humans) == 1 else None

    def near(self, person: Person) -> tuple[Record[Member], ...]:
        """The members whose names come nearest."""
        return tuple(self._by_id[id] for id in nearest(person.name, self._names, NEAREST))
