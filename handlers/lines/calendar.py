"""What the calendar says: the last such day that can be meant, or what to ask instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.lines.reading import About, Question, Why

OLDEST = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class When:
    """Today, and the last day that can be meant: today itself for what is over, later for plans.

    ``furthest`` is the last day that can be said with its year, where that is later still.
    """

    today: date
    until: date
    furthest: date | None = None

    @classmethod
    def past(cls, today: date) -> "When":
        """No day to come can be meant."""
        return cls(today, today)

    @property
    def ahead(self) -> bool:
        """Whether a day to come can be meant."""
        return self.until > self.today

    @property
    def dated(self) -> "When":
        """What can be meant by a day that is said with its year."""
        return When(self.today, self.furthest or self.until)


def ask(why: Why, *days: date | None) -> Question:
    """A question about the day, with the days to offer."""
    return Question(About.DAY, why, tuple(dict.fromkeys(day for day in days if day)))


def exact(year: int, month: int, day: int) -> date | None:
    """The date of these numbers (a year of two digits is of this century), if there is one."""
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def latest(today: date, month: int, day: int) -> date | None:
    """The last time it was this day of this month; eight years hold a 29 February."""
    years = (exact(year, month, day) for year in range(today.year, today.year - 9, -1))
    return next((found for found in years if found and found <= today), None)


def numbered(today: date, day: int) -> date | None:
    """The last day of this number in any month."""
    return max(filter(None, (latest(today, month, day) for month in range(1, 13))), default=None)


def numbered_near(when: When, day: int) -> date | Question:
    """The last day of this number of a month; where plans are made, the next one as well."""
    before = numbered(when.today, day)
    if not when.ahead or before == when.today:
        return possible(before, when)
    month = when.today + timedelta(days=31)
    return either((before, numbered(month, day)), when)


def weekday(today: date, number: int) -> date:
    """The last such weekday before today."""
    return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)


def in_week(today: date, number: int, weeks: int) -> date:
    """A weekday (0 to 6) of the week that is so many weeks from this one."""
    return today + timedelta(days=number - today.weekday() + 7 * weeks)


def possible(day: date | None, when: When) -> date | Question:
    """The day, or a question where there is none, it is too far to come, or it is long ago."""
    today = when.today
    if day is None:
        return ask(Why.NO_SUCH_DATE)
    if day > when.until:
        near = day - timedelta(days=7) if day - today < timedelta(days=7) else None
        return ask(Why.FUTURE, near or latest(today, day.month, day.day), today)
    if today - day > OLDEST:
        return ask(Why.LONG_AGO, latest(today, day.month, day.day))
    return day


def either(days: Iterable[date | None], when: When) -> date | Question:
    """The one of these that can be meant; a question where several can, or none."""
    real = [day for day in dict.fromkeys(days) if day]
    meant = [day for day in real if isinstance(possible(day, when), date)]
    if len(meant) > 1:
        return ask(Why.TWO_WAYS, *meant)
    return meant[0] if meant else possible(real[0] if real else None, when)
