"""The figures against an oracle that counts again, day by day, with nothing of ours."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import figures
from storage.calendar import Calendar
from storage.figures import Status, hours, status_of
from storage.plan import EntryKind, Measure
from storage.plan_files import load_plans

PLAN = load_plans(None).get("clc-2024-25")
CALENDAR = Calendar(PLAN)
TARGET = next(one for one in PLAN.target if one.entries is EntryKind.ACCOMPANIMENT)
YEAR = [PLAN.starts + timedelta(days=n) for n in range((PLAN.ends - PLAN.starts).days + 1)]

days = st.sampled_from(YEAR)
logs = st.dictionaries(days, st.integers(1, 1440), max_size=60)


def is_school_day(day: date) -> bool:
    closed = any(one.first <= day <= one.last for one in PLAN.closed)
    return day.strftime("%a") not in ("Sat", "Sun") and not closed


SCHOOL_DAYS = [day for day in YEAR if is_school_day(day)]


def week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


@given(logs, days)
def test_actual_and_expected(log: dict[date, int], at: date) -> None:
    log = {day: minutes for day, minutes in log.items() if day <= at}
    figure = hours(TARGET, log, CALENDAR, at)
    assert figure.actual == Fraction(sum(log.values()), 60)
    passed = sum(1 for day in SCHOOL_DAYS if day <= at)
    assert figure.expected == 1400 * Fraction(passed, len(SCHOOL_DAYS))
    assert figure.share == figure.actual / 1400


@given(logs, days)
def test_needed_per_school_week(log: dict[date, int], at: date) -> None:
    log = {day: minutes for day, minutes in log.items() if day <= at}
    figure = hours(TARGET, log, CALENDAR, at)
    in_week: dict[tuple[int, int], list[date]] = defaultdict(list)
    for day in SCHOOL_DAYS:
        in_week[week(day)].append(day)
    left = sum(
        Fraction(sum(1 for day in week_days if day > at), len(week_days))
        for week_days in in_week.values()
    )
    if left == 0:
        assert figure.needed_per_week is None
    else:
        missing = max(Fraction(0), 1400 - Fraction(sum(log.values()), 60))
        assert figure.needed_per_week == missing / left


@given(logs, days)
def test_forecast_carries_the_last_eight_school_weeks_to_the_end(
    log: dict[date, int], at: date
) -> None:
    log = {day: minutes for day, minutes in log.items() if day <= at}
    figure = hours(TARGET, log, CALENDAR, at)
    in_week: dict[tuple[int, int], list[date]] = defaultdict(list)
    for day in SCHOOL_DAYS:
        in_week[week(day)].append(day)
    over = [
        name
        for name, week_days in in_week.items()
        if log and max(week_days) <= at and name >= week(min(log))
    ][-8:]
    left = sum(
        Fraction(sum(1 for day in week_days if day > at), len(week_days))
        for week_days in in_week.values()
    )
    if len(over) < 4 or left == 0:
        assert figure.forecast is None
        return
    minutes = [sum(m for day, m in log.items() if week(day) == name) for name in over]
    mean = Fraction(sum(log.values()), 60) + Fraction(sum(minutes), 60 * len(over)) * left
    assert figure.forecast is not None
    assert figure.forecast.mean == mean
    assert figure.forecast.low <= mean <= figure.forecast.high
    assert figure.forecast.low >= Fraction(sum(log.values()), 60)


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        (Fraction(0), Status.OFF_TRACK),
        (Fraction(6999, 100), Status.OFF_TRACK),
        (Fraction(70), Status.WATCH),
        (Fraction(8499, 100), Status.WATCH),
        (Fraction(85), Status.ON_TRACK),
        (Fraction(115), Status.ON_TRACK),
        (Fraction(11501, 100), Status.AHEAD),
        (Fraction(199999, 1000), Status.AHEAD),
        (Fraction(200), Status.MET),
    ],
)
def test_status_at_its_edges(actual: Fraction, status: Status) -> None:
    assert status_of(actual, Fraction(200), Fraction(100)) is status


def test_nothing_is_due_before_the_first_school_day() -> None:
    assert status_of(Fraction(0), Fraction(200), Fraction(0)) is Status.NOT_DUE


def test_a_minute_short_of_the_goal_is_not_met() -> None:
    figure = hours(TARGET, {PLAN.ends: 1400 * 60 - 1}, CALENDAR, PLAN.ends)
    assert figure.status is not Status.MET
    assert hours(TARGET, {PLAN.ends: 1400 * 60}, CALENDAR, PLAN.ends).status is Status.MET


def test_school_days_leave_out_weekends_holidays_and_breaks() -> None:
    assert date(2024, 10, 14) not in SCHOOL_DAYS  # Thanksgiving
    assert date(2025, 1, 2) not in SCHOOL_DAYS
    assert date(2025, 4, 21) not in SCHOOL_DAYS  # Easter Monday
    assert CALENDAR.school_days(PLAN.starts, PLAN.ends) == SCHOOL_DAYS


def test_targets_that_cannot_be_recorded_yet_have_no_figure() -> None:
    for target in PLAN.target:
        if target.measure is not Measure.HOURS:
            figure = figures.Figure(target)
            assert figure.status is Status.NO_DATA
            assert figure.share is None
