"""A report of attendance beside a session: who of it is on the roster, who stayed long enough.

Pure: from values to values. A report that waits to be confirmed travels on the card's buttons.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import SequenceMatcher
from fractions import Fraction

from handlers.attendance.finding import Roster
from handlers.files import attendance as reports
from handlers.files.attendees import Attendee, minutes_by_day
from storage.presences import LONGEST_NAME, Attendance, Counted, Present, Source, Unmatched
from storage.records import Record
from storage.rosters import Member
from storage.sessions import MOST_DAYS, Session
from storage.words import fold

MOST_NEAR = 100  # unmatched people for whom names that come near are looked for
CLOSE = 45  # minutes between the start of a report and that of its session


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in a report: ``days`` are minutes on each of the report's days, in order."""

    name: str
    email: str
    days: tuple[int, ...]
    organizer: bool


@dataclass(frozen=True, slots=True)
class Dates:
    """When a report began, and its days in order, as one reading of its dates has them."""

    starts: datetime
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """A report that waits to be taken in.

    ``dates`` are those under each reading of them, none where it has none; ``width`` is how many
    days it is of.
    """

    file: str
    digest: str
    title: str
    dates: tuple[Dates, ...]
    width: int
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A report beside a session; people have the minutes of the days on which they stayed.

    ``places`` says which day of the session, from 0, each of the report's days is. ``heads`` are
    how many people stayed, on each of the report's days. ``unmatched`` come with their place in
    the report and the nearest members of the roster; ``skipped`` held the session.
    """

    places: tuple[int | None, ...]
    heads: tuple[int, ...]
    there: tuple[tuple[Person, Record[Member]], ...]
    unmatched: tuple[tuple[int, Person, tuple[Record[Member], ...]], ...]
    short: tuple[Person, ...]
    skipped: tuple[Person, ...]


def pending(read: reports.Attendance, file: str, digest: str) -> Pending:
    """A report as it waits; its days are those on which anybody was there."""
    columns, rows = _table(read)
    dates = [Dates(read.starts, tuple(columns))] if read.starts else []
    for other in read.others:
        days, same = _table(other)
        if other.starts and same == rows:
            dates.append(Dates(other.starts, tuple(days)))
    people = [
        Person(_cut(one.name or one.email) or "?", _cut(one.email), row, one.organizer)
        for one, row in zip(read.attendees, rows, strict=True)
    ]
    return Pending(
        file, digest, _cut(read.title), tuple(dates), max(1, len(columns)), tuple(people)
    )


def fit(pending: Pending, session: Session) -> float:
    """How well a report fits a session: its day, its time of day, and its title, 0 to 4."""
    likeness = SequenceMatcher(None, fold(pending.title), fold(session.title)).ratio()
    if not _of_its_days(pending, session):
        return likeness
    clocks = [(one.day, one.starts) for one in session.days if one.starts]
    close = any(_close(one.starts, *clock) for one in pending.dates for clock in clocks)
    return 2 + likeness + close


def places(pending: Pending, session: Session) -> tuple[int | None, ...]:
    """Which day of the session, from 0, each of the report's days is; None for none of them.

    A report of other days than the session's is of its first days.
    """
    known = {one.day: place for place, one in enumerate(session.days)}
    readings = [tuple(known.get(day) for day in one.days) for one in pending.dates]
    best = max(readings, key=lambda one: sum(place is not None for place in one), default=())
    if any(place is not None for place in best):
        return best
    return tuple(n if n < len(session.days) else None for n in range(pending.width))


def other_day(pending: Pending, session: Session) -> bool:
    """Whether the report says that it is of a day on which the session wasn't."""
    return bool(pending.dates) and not _of_its_days(pending, session)


def match(
    pending: Pending,
    session: Session,
    roster: Roster,
    chosen: Mapping[int, int],
    *,
    organizers: bool,
    share: Fraction,
) -> Matched:
    """Who was there. ``chosen`` says who an unmatched person is, by place in the report."""
    where = places(pending, session)
    there: list[tuple[Person, Record[Member]]] = []
    unmatched: list[tuple[int, Person, tuple[Record[Member], ...]]] = []
    short: list[Person] = []
    skipped: list[Person] = []
    for place, person in enumerate(pending.people):
        if person.organizer and not organizers:
            skipped.append(person)
            continue
        stayed = replace(person, days=_stayed(person, session, where, share))
        if not any(stayed.days):
            short.append(person)
            continue
        member = (
            roster.get(chosen[place])
            if place in chosen
            else roster.of(person.name, person.email, session)
        )
        if member is None:
            near = roster.near(person.name) if len(unmatched) < MOST_NEAR else ()
            unmatched.append((place, stayed, near))
        else:
            there.append((stayed, member))
    known = [*there, *((one, None) for _, one, _ in unmatched)]
    heads = [
        len({member.id if member else one.name for one, member in known if one.days[n]})
        for n in range(pending.width)
    ]
    return Matched(
        where, tuple(heads), tuple(there), tuple(unmatched), tuple(short), tuple(skipped)
    )


def says(pending: Pending, matched: Matched, session: Session, before: Attendance) -> Attendance:
    """The attendance with the report's days in the place of what was there on them."""
    covered = {
        place: n for n, place in enumerate(matched.places) if place is not None and matched.heads[n]
    }
    earlier = before.file.split() if len(session.days) > 1 else []
    kept = replace(
        before,
        counts=tuple(one for one in before.counts if one.day not in covered),
        present=tuple(one for one in before.present if one.day not in covered),
        unmatched=tuple(one for one in before.unmatched if one.day not in covered),
        source=Source.FILE,
        file=" ".join(list(dict.fromkeys([*earlier, pending.digest]))[-MOST_DAYS:]),
    )
    if session.unnamed:
        heads = (Counted(place, "", matched.heads[n]) for place, n in covered.items())
        return replace(kept, counts=(*kept.counts, *heads))
    present = (
        Present(place, member.id)
        for place, n in covered.items()
        for person, member in matched.there
        if person.days[n]
    )
    unmatched = (
        Unmatched(place, person.name)
        for place, n in covered.items()
        for _, person, _ in matched.unmatched
        if person.days[n]
    )
    return replace(
        kept,
        present=(*kept.present, *dict.fromkeys(present)),
        unmatched=(*kept.unmatched, *dict.fromkeys(unmatched)),
    )


def without_names(pending: Pending) -> Pending:
    """The report as it waits for a session of those who are never named."""
    people = tuple(replace(one, name=f"{n}", email="") for n, one in enumerate(pending.people))
    return replace(pending, people=people)


def _cut(text: str) -> str:
    return text.strip()[:LONGEST_NAME]


def _table(read: reports.Attendance) -> tuple[list[date], list[tuple[int, ...]]]:
    """The days of a report, and of each person the minutes on them."""
    by_day = [_by_day(one, read) for one in read.attendees]
    days = sorted({day for minutes in by_day for day in minutes})
    rows = [
        tuple(minutes.get(day, 0) for day in days) or (one.minutes,)
        for one, minutes in zip(read.attendees, by_day, strict=True)
    ]
    return days, rows


def _by_day(one: Attendee, read: reports.Attendance) -> dict[date, int]:
    """Minutes of each day; all on the first where the report does not tell its days apart."""
    found = minutes_by_day(one)
    if found or read.starts is None:
        return found
    return {read.starts.date(): one.minutes}


def _of_its_days(pending: Pending, session: Session) -> bool:
    days = {one.day for one in session.days}
    return any(not days.isdisjoint({one.starts.date(), *one.days}) for one in pending.dates)


def _stayed(
    person: Person, session: Session, where: tuple[int | None, ...], share: Fraction
) -> tuple[int, ...]:
    """Their minutes on the days on which they stayed at least that share of the session, else 0."""
    return tuple(
        minutes
        if place is not None and minutes and minutes >= share * session.days[place].minutes
        else 0
        for minutes, place in zip(person.days, where, strict=True)
    )


def _close(start: datetime, day: date, clock: str) -> bool:
    hours, minutes = map(int, clock.split(":"))
    apart = (start.hour - hours) * 60 + start.minute - minutes
    return start.date() == day and abs(apart) <= CLOSE
