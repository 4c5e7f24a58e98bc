"""Who attended a meeting, from the report that Teams or Zoom makes of it; known by its content."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from handlers.files.attendance_rows import Report, Row, report
from handlers.files.attendees import Attendee, Stay, gather
from handlers.files.moments import Moment, Order

Source = Literal["teams", "zoom"]


@dataclass(frozen=True, slots=True)
class Attendance:
    """A report: ``title`` may be empty; ``starts`` and ``ends`` are local, None where unknown.

    Without a word about the meeting it starts with the first join and ends with the last leave.
    ``others`` is the same report under each other reading of its dates, where nothing in it tells
    which number is the month: 11/06 is the 6th of November or the 11th of June.
    """

    title: str
    starts: datetime | None
    ends: datetime | None
    attendees: tuple[Attendee, ...]
    source: Source
    others: tuple["Attendance", ...] = field(default=())

    @property
    def ambiguous_dates(self) -> bool:
        """Whether somebody has to say which of the readings is right."""
        return bool(self.others)


def read(rows: Sequence[Sequence[str]], zone: tzinfo) -> Attendance | None:
    """What a report of attendance says; None for a table that is none.

    Times are as the file writes them; one that says its distance from UTC is told in ``zone``.
    """
    found = report(rows)
    if found is None:
        return None
    readings = list(_readings(found, zone))
    fewest = min(faults for faults, _ in readings)
    likely = [one for faults, one in readings if faults == fewest]
    different = [one for place, one in enumerate(likely) if one not in likely[:place]]
    return replace(different[0], others=tuple(different[1:]))


def _readings(found: Report, zone: tzinfo) -> Iterator[tuple[int, Attendance]]:
    """The report under each order its dates can have, likeliest first, and what speaks against."""
    open_to = [moment.orders for moment in _moments(found) if len(moment.orders) > 1]
    for order in max(open_to, key=len, default=(Order.YEAR_FIRST,)):
        yield _under(found, order, zone)


def _moments(found: Report) -> Iterator[Moment]:
    every = (found.starts, found.ends, *(time for row in found.rows for time in row.times))
    return (moment for moment in every if moment)


def _under(found: Report, order: Order, zone: tzinfo) -> tuple[int, Attendance]:
    """The report under one order, and its faults: days there are not, stays that cannot be."""

    def at(moment: Moment | None) -> datetime | None:
        return moment and moment.read(order, zone)

    known = [at(moment) for moment in _moments(found)]
    times = [time for time in known if time]
    starts, ends = at(found.starts), at(found.ends)
    stays = list(_stays(found, at, ends or max(times, default=None)))
    faults = 2 * (len(known) - len(times))
    faults += sum(_faults(one.starts, one.ends, starts, ends) for one in stays)
    faults += _faults(starts, ends, None, None)
    firsts = [one.starts for one in stays if one.starts]
    lasts = [one.ends for one in stays if one.ends]
    return faults, Attendance(
        found.title,
        starts or min(firsts, default=None),
        ends or max(lasts, default=None),
        gather(stays, found.host),
        found.source,
    )


def _faults(
    start: datetime | None, end: datetime | None, first: datetime | None, last: datetime | None
) -> int:
    """What cannot be of a stay, or of a meeting: ends before it starts, lasts for days or weeks."""
    if not start or not end:
        return 0
    day = timedelta(days=1)
    return (
        (end < start)
        + (end - start > day)
        + (end - start > 15 * day)
        + bool(first and start < first - day)
        + bool(last and end > last + day)
    )


At = Callable[[Moment | None], datetime | None]


def _stays(found: Report, at: At, end: datetime | None) -> Iterator[Stay]:
    """The report's rows in time; who is not said to have left stayed to the end."""
    log: defaultdict[Row, list[tuple[datetime, bool]]] = defaultdict(list)
    for row in found.rows:
        join, leave = at(row.join), at(row.leave)
        if row.joined is not None:
            if join:
                who = replace(row, join=None, joined=None)
                log[who].append((join, row.joined))
            continue
        if join and not leave:
            leave = end if row.seconds is None else join + timedelta(seconds=row.seconds)
        elif leave and not join and row.seconds is not None:
            join = leave - timedelta(seconds=row.seconds)
        if (join and leave) or row.seconds is not None:
            yield _stay(row, join, leave)
    for who, events in log.items():
        for join, leave in _pairs(events, end):
            yield _stay(who, join, leave)


def _stay(row: Row, join: datetime | None, leave: datetime | None) -> Stay:
    """A stay; one that would end before it starts is only as long as its row says, or none."""
    if join and leave and leave < join:
        leave = join + timedelta(seconds=row.seconds or 0)
    timed = join is not None and leave is not None
    return Stay(
        row.said,
        row.email,
        join if timed else None,
        leave if timed else None,
        row.seconds,
        row.role,
        row.guest,
        row.whole,
    )


def _pairs(
    events: Iterable[tuple[datetime, bool]], end: datetime | None
) -> Iterator[tuple[datetime, datetime]]:
    """From joins and leaves in any order, each join with its leave: two devices are two joins.

    A row twice is two devices, to no
    effect. At one moment a join comes before a leave. A leave without a join tells nothing.
    """
    here: list[datetime] = []
    for when, joined in sorted(events, key=lambda one: (one[0], not one[1])):
        if joined:
            here.append(when)
        elif here:
            yield here.pop(), when
    for when in here:
        yield when, max(end or when, when)
