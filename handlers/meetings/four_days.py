"""Proposes the days of a school year's four meetings: October, January, March and May.

Pure functions of a calendar: ``is_open`` says whether people can meet on a day.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

MONTHS = (10, 1, 3, 5)
WEEKDAY = 2  # a Wednesday, the third of its month: so the programme has met from its first year on
NTH = 3

IsOpen = Callable[[date], bool]


def month(year: int, place: int) -> list[date]:
    """The days of the meeting at this place, from 0, in the school year that begins in ``year``."""
    number = MONTHS[place]
    of = year if number >= 7 else year + 1
    return [date(of, number, day) for day in range(1, monthrange(of, number)[1] + 1)]


def proposed(year: int, place: int, weekday: int, is_open: IsOpen) -> date | None:
    """The open day of the month nearest to the third such weekday (0 to 6), or None.

    Another weekday only where none of this one is open; of two as near the earlier.
    """
    days = month(year, place)
    third = [one for one in days if one.weekday() == weekday][NTH - 1]
    there = [one for one in days if is_open(one)]
    same = [one for one in there if one.weekday() == weekday]
    return min(same or there, key=lambda one: (abs(one - third), one), default=None)


def in_weeks(year: int, place: int, day: date, by: int, is_open: IsOpen) -> date | None:
    """The next open day of its weekday in the month, so many weeks (1 or -1) at a time."""
    days = set(month(year, place))
    other = day + timedelta(weeks=by)
    while other in days and not is_open(other):
        other += timedelta(weeks=by)
    return other if other in days else None


def day_after(year: int, place: int, day: date, is_open: IsOpen) -> date | None:
    """The next open day of the month; after the last one the first. None where none is another."""
    there = [one for one in month(year, place) if is_open(one) and one != day]
    return next((one for one in there if one > day), next(iter(there), None))
