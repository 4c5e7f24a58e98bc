"""The days that are proposed for four meetings a year: always ones on which people can meet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.meetings import four_days
from handlers.meetings.four_days import MONTHS, day_after, in_weeks, month, proposed
from storage.calendar import closed_on, is_school_day
from storage.plan_files import load_plans

YEARS = st.integers(2020, 2039)
PLACES = st.integers(0, 3)
WEEKDAYS = st.integers(0, 4)
CLOSED = st.frozensets(st.integers(1, 31), max_size=31)  # days of the month on which nobody meets
PLANS = load_plans(None)


def opened(closed: frozenset[int]) -> four_days.IsOpen:
    return lambda day: day.weekday() < 5 and day.day not in closed


@given(YEARS, PLACES, WEEKDAYS, CLOSED)
def test_a_day_is_open_in_its_month_and_of_its_weekday_where_one_is(
    year: int, place: int, weekday: int, closed: frozenset[int]
) -> None:
    is_open = opened(closed)
    days = [one for one in month(year, place) if is_open(one)]
    day = proposed(year, place, weekday, is_open)
    assert (day is None) == (not days)
    if day is not None:
        assert is_open(day)
        assert day.month == MONTHS[place]
        assert date(year, 7, 1) <= day <= date(year + 1, 6, 30)
        if any(one.weekday() == weekday for one in days):
            assert day.weekday() == weekday


@given(YEARS, PLACES, WEEKDAYS, CLOSED)
def test_other_days_are_open_days_of_the_month_too(
    year: int, place: int, weekday: int, closed: frozenset[int]
) -> None:
    is_open = opened(closed)
    day = proposed(year, place, weekday, is_open)
    if day is None:
        return
    earlier, later = (in_weeks(year, place, day, by, is_open) for by in (-1, 1))
    after = day_after(year, place, day, is_open)
    for other in (earlier, later, after):
        assert other is None or (is_open(other) and other.month == day.month and other != day)
    assert earlier is None or (earlier < day and earlier.weekday() == day.weekday())
    assert later is None or (later > day and later.weekday() == day.weekday())
    # Going on to the day after, every open day of the month is come by.
    seen, now = {day}, day
    while (now := day_after(year, place, now, is_open) or day) not in seen:
        seen.add(now)
    assert seen == {one for one in month(year, place) if is_open(one)}


@given(st.integers(2021, 2029), PLACES, WEEKDAYS)
def test_they_are_school_days_under_every_plan_or_by_law(
    year: int, place: int, weekday: int
) -> None:
    def is_open(day: date) -> bool:
        return is_school_day(PLANS.in_force(day), day)

    day = proposed(year, place, weekday, is_open)
    assert day is not None
    assert is_open(day)
    assert day.weekday() == weekday


def test_the_programme_meets_when_its_plan_assumed_it_would() -> None:
    plan = PLANS.get("wellbeing-communities-2021-24")
    assumed = [one.due for one in plan.milestone if one.target == "community-meetings"]
    days = [
        proposed(year, place, 2, lambda day: is_school_day([plan], day))
        for year in (2021, 2022, 2023)
        for place in range(4)
    ]
    assert days == assumed


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 2, 12), None),
        (date(2024, 10, 14), "Thanksgiving"),  # under a plan
        (date(2030, 12, 25), "Christmas Day"),  # by law
    ],
)
def test_a_closed_day_has_its_name(day: date, name: str | None) -> None:
    closed = closed_on(PLANS.in_force(day), day)
    assert (closed and closed.en) == name
    assert is_school_day(PLANS.in_force(day), day) == (closed is None)


def test_a_weekend_is_no_school_day_and_has_no_name() -> None:
    saturday = date(2025, 2, 15)
    assert closed_on(PLANS.in_force(saturday), saturday) is None
    assert not is_school_day(PLANS.in_force(saturday), saturday)
    assert is_school_day(PLANS.in_force(saturday), saturday - timedelta(days=1))
