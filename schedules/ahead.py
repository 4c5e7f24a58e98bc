"""The school days ahead of a last day on which it is reminded of, and how long that is of use."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from storage.calendar import is_school_day
from storage.local_time import HOME, instant
from storage.plan_files import Plans

DAY = timedelta(days=1)
FURTHEST = 100  # days that a school day may lie before one that is closed


def reminders(plans: Plans, last: date, ahead: Sequence[int]) -> list[date]:
    """The days, so many ``ahead`` of the last one, each once and in order.

    What falls on a closed day is said on the school day before.
    """
    return sorted({_school_day(plans, last - DAY * number) for number in ahead})


def until(plans: Plans, day: date, last: date, ahead: Sequence[int]) -> int | None:
    """Until when a reminder of that day is of use, in UTC seconds; None where the day has none.

    That is until the day of the next one begins, and for the last until the last day is over.
    """
    if not day <= last <= day + DAY * (max(ahead) + FURTHEST):
        return None
    days = [*reminders(plans, last, ahead), last + DAY]
    if day not in days[:-1]:
        return None
    ends = instant(days[days.index(day) + 1], time(), HOME)
    return int(ends.timestamp()) - 1


def _school_day(plans: Plans, day: date) -> date:
    """The day, or the last school day before it."""
    for number in range(FURTHEST):
        if is_school_day(plans.in_force(day - DAY * number), day - DAY * number):
            return day - DAY * number
    return day
