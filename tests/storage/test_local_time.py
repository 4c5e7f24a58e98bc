"""Every local time comes once a day, in every zone, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.job import At
from storage.engine import Tx
from storage.local_time import instant
from storage.plan_files import load_plans

TORONTO = ZoneInfo("America/Toronto")
ZONES = ("America/Toronto", "America/St_Johns")
SLOTS = [time(minutes // 60, minutes % 60) for minutes in range(0, 24 * 60, 30)]


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        (date(2025, 2, 12), time(8, 30), "America/Toronto", "2025-02-12T13:30"),
        (date(2025, 7, 2), time(8, 30), "America/Toronto", "2025-07-02T12:30"),
        # Clocks go from 2:00 to 3:00: half past two is when they do.
        (date(2025, 3, 9), time(2, 30), "America/Toronto", "2025-03-09T07:00"),
        (date(2025, 3, 9), time(2, 0), "America/Toronto", "2025-03-09T07:00"),
        (date(2025, 3, 9), time(3, 0), "America/Toronto", "2025-03-09T07:00"),
        (date(2025, 3, 10), time(0, 10), "America/Toronto", "2025-03-10T04:10"),
        # They show half past one twice: the first.
        (date(2025, 11, 2), time(1, 30), "America/Toronto", "2025-11-02T05:30"),
        (date(2025, 11, 2), time(2, 0), "America/Toronto", "2025-11-02T07:00"),
        # No summer time there.
        (date(2025, 7, 2), time(8, 30), "America/Blanc-Sablon", "2025-07-02T12:30"),
    ],
)
def test_a_local_time_is_one_instant(day: date, at: time, zone: str, expected: str) -> None:
    found = instant(day, at, ZoneInfo(zone))
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("zone", ZONES)
def test_48_slots_over_ten_years_fire_once_a_local_day(tx: Tx, zone: str) -> None:
    plans, local = load_plans(None), ZoneInfo(zone)
    first, last = datetime(2021, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
    days = (last.date() - first.date()).days
    for at in SLOTS:
        found = list(At(at, zone=local).between(tx, plans, first, last))
        keys = [one.key for one in found]
        dues = [one.due for one in found]
        assert len(set(keys)) == len(keys)
        assert abs(len(keys) - days) <= 1
        assert all(
            date.fromisoformat(after) - date.fromisoformat(before) == timedelta(days=1)
            for before, after in pairwise(keys)
        )
        assert all(23 * 3600 <= b - a <= 25 * 3600 for a, b in pairwise(dues))
        for one in found:
            shown = datetime.fromtimestamp(one.due, local)
            assert shown.date().isoformat() == one.key
            if shown.time() != at:  # skipped: there was no such time that day
                assert shown.time() > at
                before = datetime.fromtimestamp(one.due - 1, local)
                assert before.time() < at
                assert before.utcoffset() != shown.utcoffset()


@given(
    st.integers(1_609_459_200, 1_924_992_000),
    st.lists(st.integers(1, 40 * 24 * 3600), min_size=1, max_size=8),
    st.sampled_from(SLOTS),
)
def test_however_time_is_cut_the_same_are_due(starts: datetime, steps: list[int], at: time) -> None:
    plans, when = load_plans(None), At(at, weekdays={0, 3})
    no_tx: Tx = None
    ends = [datetime.fromtimestamp(starts, UTC)]
    for step in steps:
        ends.append(ends[-1] + timedelta(seconds=step))
    whole = list(when.between(no_tx, plans, ends[0], ends[-1]))
    parts = [one for a, b in pairwise(ends) for one in when.between(no_tx, plans, a, b)]
    assert parts == whole


def test_on_school_days_only(tx: Tx) -> None:
    when = At(time(9), weekdays=frozenset(range(5)), school_days=True)
    found = when.between(
        tx,
        load_plans(None),
        datetime(2024, 12, 19, tzinfo=UTC),
        datetime(2025, 1, 9, tzinfo=UTC),
    )
    days = [one.key for one in found]
    assert days[0] == "2024-12-19"
    assert days[-1] == "2025-01-08"
    assert not any("2024-12-24" <= day <= "2025-01-03" for day in days)
