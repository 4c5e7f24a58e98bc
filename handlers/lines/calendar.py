"""What the calendar says: the last such day past, or what to ask where there is none."""

from collections.abc import Iterable
from datetime import date, timedelta

from handlers.lines.reading import About, Question, Why

OLDEST = timedelta(days=2 * 366)


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


def weekday(today: date, number: int) -> date:
    """The last such weekday before today."""
    return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)


def in_week(today: date, number: int, weeks: int) -> date:
    """A weekday (0 to 6) of the week that is so many weeks from this one."""
    return today + timedelta(days=number - today.weekday() + 7 * weeks)


def past(day: date | None, today: date) -> date | Question:
    """The day, or a question where there is none, it is to come, or it is long ago."""
    if day is None:
        return ask(Why.NO_SUCH_DATE)
    if day > today:
        near = day - timedelta(days=7) if day - today < timedelta(days=7) else None
        return ask(Why.FUTURE, near or latest(today, day.month, day.day), today)
    if today - day > OLDEST:
        return ask(Why.LONG_AGO, latest(today, day.month, day.day))
    return day


def either(days: Iterable[date | None], today: date) -> date | Question:
    """The one of these that can be meant; a question where several can, or none."""
    real = [day for day in dict.fromkeys(days) if day]
    possible = [day for day in real if isinstance(past(day, today), date)]
    if len(possible) > 1:
        return ask(Why.TWO_WAYS, *possible)
    return possible[0] if possible else past(real[0] if real else None, today)
