"""Figures: what each target of a plan has reached, the one place where it is computed.

The formulas are the domain's table: minutes are whole until they are shown, fractions are exact,
and a target whose data cannot be recorded has no figure rather than a zero.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from statistics import stdev

from storage import totals
from storage.calendar import Calendar, monday_of
from storage.engine import Tx
from storage.plan import GoalPart, Measure, Plan, Target

AHEAD, ON_TRACK, WATCH = Fraction(115, 100), Fraction(85, 100), Fraction(70, 100)
FORECAST_WEEKS, FEWEST_WEEKS = 8, 4


class Status(StrEnum):
    """How a target stands."""

    NO_DATA = "no_data"
    NOT_DUE = "not_due"
    OFF_TRACK = "off_track"
    WATCH = "watch"
    ON_TRACK = "on_track"
    AHEAD = "ahead"
    MET = "met"


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the present pace leads by the plan's end, with a range two times in three holds."""

    low: Fraction
    mean: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class PartFigure:
    """A part of a goal that is a goal of its own."""

    part: GoalPart
    actual: Fraction | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One target on one day, in its own unit: hours, a count, or a fraction of 1.

    ``numerator`` and ``denominator`` belong to shares. None stands for what there is none of.
    """

    target: Target
    actual: Fraction | None = None
    expected: Fraction | None = None
    status: Status = Status.NO_DATA
    forecast: Forecast | None = None
    needed_per_week: Fraction | None = None
    numerator: int | None = None
    denominator: int | None = None
    parts: tuple[PartFigure, ...] = ()

    @property
    def share(self) -> Fraction | None:
        """How much of the goal is reached."""
        return None if self.actual is None else self.actual / self.target.goal


def read(tx: Tx, plan: Plan, at: date) -> list[Figure]:
    """Every target's figure at the end of ``at``, in the plan's order."""
    calendar = Calendar(plan)
    return [of_target(tx, plan, target, calendar, at) for target in plan.target]


def of_target(tx: Tx, plan: Plan, target: Target, calendar: Calendar, at: date) -> Figure:
    """One target's figure at the end of ``at``."""
    if target.measure is Measure.HOURS and target.entries is not None:
        days = totals.by_day(tx, target.entries, plan.starts, min(at, plan.ends))
        return hours(target, {day: one.minutes for day, one in days.items()}, calendar, at)
    return Figure(
        target,
        expected=_expected(target, calendar, at),
        parts=tuple(PartFigure(part, None) for part in target.part),
    )


def hours(target: Target, minutes: dict[date, int], calendar: Calendar, at: date) -> Figure:
    """The figure of an hours target from the minutes of each day up to ``at``."""
    actual = Fraction(sum(minutes.values()), 60)
    expected = _expected(target, calendar, at)
    left = calendar.weeks_left(at)
    return Figure(
        target,
        actual,
        expected,
        status_of(actual, target.goal, expected),
        _forecast(minutes, calendar, at, left),
        max(target.goal - actual, Fraction(0)) / left if left else None,
    )


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


def _expected(target: Target, calendar: Calendar, at: date) -> Fraction | None:
    return target.goal * calendar.elapsed(at) if target.paced else None


def _forecast(
    minutes: dict[date, int], calendar: Calendar, at: date, left: Fraction
) -> Forecast | None:
    """Carry the mean of the last school weeks to the end; none below four weeks of data."""
    if not minutes or not left:
        return None
    weeks = calendar.weeks_over(min(minutes), at)[-FORECAST_WEEKS:]
    if len(weeks) < FEWEST_WEEKS:
        return None
    logged = dict.fromkeys(weeks, 0)
    for day, count in minutes.items():
        if monday_of(day) in logged:
            logged[monday_of(day)] += count
    actual = Fraction(sum(minutes.values()), 60)
    mean = actual + Fraction(sum(logged.values()), 60 * len(weeks)) * left
    # The weeks to come vary as those before did, and their mean is itself only known from a few.
    spread = stdev(logged.values()) / 60 * sqrt(float(left) + float(left) ** 2 / len(weeks))
    return Forecast(max(actual, mean - Fraction(spread)), mean, mean + Fraction(spread))
