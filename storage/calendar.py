"""The school calendar of a plan: which days count, and what is left of them."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from storage.closed_by_law import closed_by_law
from storage.network import Words
from storage.plan import Plan


class Calendar:
    """School days: weekdays of the plan's period that are not among its closed days."""

    def __init__(self, plan: Plan) -> None:
        closed = {day for one in plan.closed for day in _days(one.first, one.last)}
        self._days = [
            day for day in _days(plan.starts, plan.ends) if day.weekday() < 5 and day not in closed
        ]
        self._mondays = [monday_of(day) for day in self._days]
        self._of_week = Counter(self._mondays)
        self._last_day = dict(zip(self._mondays, self._days, strict=True))

    def school_days(self, first: date, last: date) -> list[date]:
        """The school days from ``first`` to ``last``, both included."""
        return self._days[bisect_left(self._days, first) : bisect_right(self._days, last)]

    def elapsed(self, at: date) -> Fraction:
        """The share of the plan's school days that are over at the end of ``at``."""
        if not self._days:
            return Fraction(0)
        return Fraction(bisect_right(self._days, at), len(self._days))

    def weeks_over(self, first: date, at: date) -> list[date]:
        """The Mondays of the school weeks, from the week of ``first``, that are over at ``at``.

        A school week has at least one school day; it is over with its last one.
        """
        since = monday_of(first)
        return [monday for monday, day in self._last_day.items() if monday >= since and day <= at]

    def weeks_left(self, at: date) -> Fraction:
        """School weeks after ``at``; the running one by the share of its days still to come."""
        left = Counter(self._mondays[bisect_right(self._days, at) :])
        return sum(
            (Fraction(count, self._of_week[monday]) for monday, count in left.items()), Fraction(0)
        )


def is_school_day(plans: Sequence[Plan], day: date) -> bool:
    """Whether it is a weekday on which none of these plans, or where there is none the law, closes.

    Of a community that meets under several plans, one that is closed is reason enough.
    """
    return day.weekday() < 5 and closed_on(plans, day) is None


def closed_on(plans: Sequence[Plan], day: date) -> Words | None:
    """What closes schools on a day under these plans, or by law where there is none; else None."""
    if not plans:
        return _closed_by_law(day.year).get(day)
    closed = (one for plan in plans for one in plan.closed if one.first <= day <= one.last)
    return next((one.name for one in closed), None)


@cache
def _closed_by_law(year: int) -> dict[date, Words]:
    return closed_by_law(date(year, 1, 1), date(year, 12, 31))


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
