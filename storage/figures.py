"""Figures: what each target of a plan has reached, the one place where it is computed.

The formulas are the domain's table: minutes are whole until they are shown, fractions are exact,
and a target whose data cannot be recorded has no figure rather than a zero. How a target stands is
in ``storage/pace.py``, the targets that are a share are in ``storage/rates.py``.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import assert_never

from storage import (
    community_meetings,
    documents,
    outputs,
    pace,
    partnerships,
    practice_marks,
    rates,
    session_sums,
    totals,
)
from storage.calendar import Calendar
from storage.engine import Tx
from storage.figure import Figure as Figure
from storage.figure import Forecast as Forecast
from storage.figure import Other as Other
from storage.figure import PartFigure as PartFigure
from storage.figure import Reading as Reading
from storage.figure import Status as Status
from storage.pace import status_of as status_of
from storage.plan import CountOf, Measure, Plan, Target


def read(tx: Tx, plan: Plan, at: date) -> list[Figure]:
    """Every target's figure at the end of ``at``, in the plan's order."""
    calendar = Calendar(plan)
    return [of_target(tx, plan, target, calendar, at) for target in plan.target]


def of_target(tx: Tx, plan: Plan, target: Target, calendar: Calendar, at: date) -> Figure:
    """One target's figure at the end of ``at``."""
    first, last = plan.starts, min(at, plan.ends)
    match target.measure:
        case Measure.HOURS:
            assert target.entries is not None  # the plan's own check
            days = totals.by_day(tx, target.entries, first, last)
            return hours(target, {day: one.minutes for day, one in days.items()}, calendar, at)
        case Measure.SESSIONS if target.each_community:
            return community_meetings.figure(tx, plan, target, at)
        case Measure.SESSIONS:
            return _sessions(tx, plan, target, calendar, at)
        case Measure.OUTPUTS:
            published = Fraction(outputs.published(tx, target.id, first, last))
            return _counted(plan, target, published, calendar, at)
        case Measure.SHARE:
            return rates.of_target(tx, plan, target, at)
        case Measure.COUNT:
            counted = Fraction(_count(tx, plan, target, at))
            return _counted(plan, target, counted, calendar, at)
        case _:
            assert_never(target.measure)


def hours(target: Target, minutes: dict[date, int], calendar: Calendar, at: date) -> Figure:
    """The figure of an hours target from the minutes of each day up to ``at``."""
    actual = Fraction(sum(minutes.values()), 60)
    expected = pace.expected(target, calendar, at)
    left = calendar.weeks_left(at)
    return Figure(
        target,
        actual,
        expected,
        status_of(actual, target.goal, expected),
        pace.forecast(minutes, 60, calendar, at, left),
        pace.needed(target, actual, left),
    )


def _sessions(tx: Tx, plan: Plan, target: Target, calendar: Calendar, at: date) -> Figure:
    first, last = plan.starts, min(at, plan.ends)
    areas = session_sums.by_area(tx, target, first, last)
    actual = Fraction(sum(one.sessions for one in areas.values()))
    parts = tuple(
        PartFigure(part, Fraction(areas[part.id].sessions if part.id in areas else 0))
        for part in target.part
    )
    figure = replace(_counted(plan, target, actual, calendar, at), parts=parts)
    if not target.paced:
        return figure
    days = session_sums.by_day(tx, target, first, last)
    left = calendar.weeks_left(at)
    return replace(figure, forecast=pace.forecast(days, 1, calendar, at, left))


def _count(tx: Tx, plan: Plan, target: Target, at: date) -> int:
    assert target.counts is not None  # the plan's own check
    match target.counts:
        case CountOf.AGREEMENTS:
            return len(partnerships.signed(tx, plan.starts, min(at, plan.ends)))
        case CountOf.DOCUMENTS:
            return documents.sent(tx, plan.id, target.id, at)
        case CountOf.PRACTICES:
            return len(practice_marks.published(tx, plan.starts, min(at, plan.ends)))
        case _:
            assert_never(target.counts)


def _counted(plan: Plan, target: Target, actual: Fraction, calendar: Calendar, at: date) -> Figure:
    """The figure of a count: paced, or by its milestones."""
    if not target.paced:
        passed, _ = pace.due(plan, {target.id}, at)
        status = pace.by_milestones(actual, target.goal, passed, over=at > plan.ends)
        return Figure(target, actual, status=status)
    expected = pace.expected(target, calendar, at)
    return Figure(
        target,
        actual,
        expected,
        status_of(actual, target.goal, expected),
        needed_per_week=pace.needed(target, actual, calendar.weeks_left(at)),
    )
