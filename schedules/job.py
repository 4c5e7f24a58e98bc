"""A job of the schedule: its name, when it is due, for whom, and what it has said or done."""

from calendar import day_abbr
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from storage import local_time
from storage.calendar import is_school_day
from storage.deliveries import Post
from storage.engine import Tx
from storage.local_time import HOME
from storage.occurrences import Occurrence
from storage.plan_files import Plans

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
WEEKDAYS = frozenset({MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY})
EVERY_DAY = frozenset(range(7))


class When(Protocol):
    """Says when a job is due."""

    def between(
        self, tx: Tx, plans: Plans, after: datetime, until: datetime
    ) -> Iterable[Occurrence]:
        """The occurrences due after the one and up to the other instant, both in UTC."""
        ...

    @property
    def says(self) -> str:
        """The local time and the days, or what else it goes by, in short."""
        ...


@dataclass(frozen=True, slots=True)
class At:
    """Due at a local time on some days of the week (0 is Monday), on school days only if so said.

    ``lasts``: after so long, it is of no use any more.
    """

    at: time
    weekdays: Set[int] = EVERY_DAY
    school_days: bool = False
    lasts: timedelta = timedelta(days=1)
    zone: ZoneInfo = HOME

    def between(
        self, tx: Tx, plans: Plans, after: datetime, until: datetime
    ) -> Iterator[Occurrence]:
        """One for each local day, whatever the clocks do."""
        for day in local_time.days(after, until, self.zone):
            if self._on(plans, day):
                due = local_time.instant(day, self.at, self.zone)
                if after < due <= until:
                    yield Occurrence(
                        day.isoformat(),
                        int(due.timestamp()),
                        int((due + self.lasts).timestamp()),
                    )

    def _on(self, plans: Plans, day: date) -> bool:
        if self.school_days and not is_school_day(plans.in_force(day), day):
            return False
        return day.weekday() in self.weekdays

    @property
    def says(self) -> str:
        """As "08:30 America/Toronto, Mon Tue Wed Thu Fri, school days"."""
        days = () if self.weekdays == EVERY_DAY else sorted(self.weekdays)
        week = " ".join(day_abbr[number] for number in days)
        school = "school days" if self.school_days else ""
        return ", ".join(filter(None, (f"{self.at:%H:%M} {self.zone.key}", week, school)))


class Missed(StrEnum):
    """What becomes of occurrences that were due while the bot was down."""

    EACH = "each"  # each is still done; what it says is dropped where it is too late
    NEWEST = "newest"  # the newest is done, late; those before it have passed


@dataclass(frozen=True, slots=True)
class Job:
    """Something that happens by itself.

    ``posts`` gives what an occurrence has said, in the unit of work that enters it, by the time it
    was due and not by any clock. A job without is work for the bot itself, known there by its name.
    ``starts``: nothing of it is due before that day.
    """

    name: str
    when: When
    posts: Callable[[Tx, Plans, Occurrence], Iterable[Post]] | None = None
    missed: Missed = Missed.EACH
    starts: date = field(default=date.min)

    def between(
        self, tx: Tx, plans: Plans, after: datetime, until: datetime
    ) -> Iterable[Occurrence]:
        """The occurrences due after the one and up to the other instant, in order."""
        found = [
            one
            for one in self.when.between(tx, plans, after, until)
            if datetime.fromtimestamp(one.due, UTC).astimezone(HOME).date() >= self.starts
        ]
        return sorted(found, key=lambda one: (one.due, one.key))
