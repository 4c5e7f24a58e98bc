"""The days ahead of a last day on which it is reminded of: school days, each once."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from storage.calendar import is_school_day
from storage.plan_files import Plans

DAY = timedelta(days=1)
FURTHEST = 100  # days that a school day may lie before one that is closed


def reminders(plans: Plans, last: date, ahead: Iterable[int]) -> list[tuple[date, date]]:
    """Each day, so many ``ahead`` of the last one, and the day until which that reminder is of use.

    What falls on a closed day is said on the school day before. Until the next reminder, and after
    the last one until the end of the last day; both included.
    """
    days = sorted({_school_day(plans, last - DAY * number) for number in ahead})
    return [(day, after - DAY) for day, after in zip(days, [*days[1:], last + DAY], strict=True)]


def on(plans: Plans, day: date, last: date, ahead: Sequence[int]) -> date | None:
    """Until when a reminder is of use that is said on a day, or None where none is."""
    if not day <= last <= day + DAY * (max(ahead) + FURTHEST):
        return None
    return dict(reminders(plans, last, ahead)).get(day)


def _school_day(plans: Plans, day: date) -> date:
    """The day, or the last school day before it."""
    for number in range(FURTHEST):
        if is_school_day(plans.in_force(day - DAY * number), day - DAY * number):
            return day - DAY * number
    return day
