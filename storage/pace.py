"""Pace: what is expected of a target by a day, how it stands, and where it leads."""

from collections.abc import Collection
from datetime import date
from fractions import Fraction
from math import sqrt
from statistics import stdev

from storage.calendar import Calendar, monday_of
from storage.community import school_year
from storage.figure import Figure, Forecast, Reading, Status
from storage.plan import Plan, Target

AHEAD, ON_TRACK, WATCH = Fraction(115, 100), Fraction(85, 100), Fraction(70, 100)
FORECAST_WEEKS, FEWEST_WEEKS = 8, 4


def status_of(actual: Fraction, goal: Fraction, expected: Fraction | None) -> Status:
    """A paced figure's status: actual against expected, or met."""
    if actual >= goal:
        return Status.MET
    if not expected:
        return Status.NOT_DUE
    ratio = actual / expected
    if ratio > AHEAD:
        return Status.AHEAD
    if ratio >= ON_TRACK:
        return Status.ON_TRACK
    return Status.WATCH if ratio >= WATCH else Status.OFF_TRACK


def share(
    target: Target,
    numerator: int,
    denominator: int,
    readings: tuple[Reading, ...] = (),
    *,
    still_open: bool = False,
) -> Figure:
    """The figure of a share: no data where it is of nothing, not due while it is still open.

    A rate doesn't grow towards its goal: it is measured against all of it from the first day.
    """
    if not denominator:
        return Figure(target, numerator=numerator, denominator=0, readings=readings)
    actual = Fraction(numerator, denominator)
    status = Status.NOT_DUE if still_open else status_of(actual, target.goal, target.goal)
    return Figure(
        target,
        actual,
        status=status,
        numerator=numerator,
        denominator=denominator,
        readings=readings,
    )


def due(
    plan: Plan, targets: set[str], at: date, years: Collection[int] | None = None
) -> tuple[int, int]:
    """How many milestones of these targets have passed at the end of ``at``, and how many come.

    A milestone has its whole day, so it has passed from the day after; with the plan, all have.
    ``years``: only those of these school years.
    """
    days = [
        one.due
        for one in plan.milestone
        if one.target in targets and (years is None or school_year(one.due) in years)
    ]
    passed = sum(1 for day in days if day < at or at > plan.ends)
    return passed, len(days) - passed


def by_milestones(actual: Fraction, goal: Fraction, passed: int, *, over: bool) -> Status:
    """The status of a count that isn't paced: each milestone that has passed is for one more.

    The goal itself is due with the plan, which is ``over`` or not.
    """
    if actual >= goal:
        return Status.MET
    if over or actual < passed:
        return Status.OFF_TRACK
    return Status.ON_TRACK if passed else Status.NOT_DUE


def expected(target: Target, calendar: Calendar, at: date) -> Fraction | None:
    """What a paced target is to have reached at the end of ``at``; None for the others."""
    return target.goal * calendar.elapsed(at) if target.paced else None


def needed(target: Target, actual: Fraction, left: Fraction) -> Fraction | None:
    """What is missing for each school week that is left; None when none is."""
    return max(target.goal - actual, Fraction(0)) / left if left else None


def forecast(
    amounts: dict[date, int], per: int, calendar: Calendar, at: date, left: Fraction
) -> Forecast | None:
    """Carry the mean of the last school weeks to the end; none below four weeks of data.

    ``amounts`` of each day that has any, ``per`` of which are one of the target's unit.
    """
    if not amounts or not left:
        return None
    weeks = calendar.weeks_over(min(amounts), at)[-FORECAST_WEEKS:]
    if len(weeks) < FEWEST_WEEKS:
        return None
    logged = dict.fromkeys(weeks, 0)
    for day, count in amounts.items():
        if monday_of(day) in logged:
            logged[monday_of(day)] += count
    actual = Fraction(sum(amounts.values()), per)
    mean = actual + Fraction(sum(logged.values()), per * len(weeks)) * left
    # The weeks to come vary as those before did, and their mean is itself only known from a few.
    spread = stdev(logged.values()) / per * sqrt(float(left) + float(left) ** 2 / len(weeks))
    return Forecast(max(actual, mean - Fraction(spread)), mean, mean + Fraction(spread))
