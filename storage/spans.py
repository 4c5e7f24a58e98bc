"""Spans: days and whole months that sums are kept under, so that a year is a dozen of them."""

from calendar import monthrange
from datetime import date, timedelta


def of(day: date) -> tuple[str, str]:
    """The spans a day counts in: itself, and its month. Months sort after all days."""
    return day.isoformat(), f"m{day:%Y-%m}"


def covering(first: date, last: date) -> list[tuple[str, str]]:
    """Ranges of spans, ends included, that together are the days from ``first`` to ``last``."""
    if first > last:
        return []
    next_month = _month_end(first) + timedelta(days=1)
    whole_from = first if first.day == 1 else next_month
    after = last + timedelta(days=1)
    whole_before = after.replace(day=1)  # the first of the month that isn't whole
    if whole_from >= whole_before:
        return [(first.isoformat(), last.isoformat())]
    ranges = [(of(whole_from)[1], of(whole_before - timedelta(days=1))[1])]
    if first < whole_from:
        ranges.append((first.isoformat(), (whole_from - timedelta(days=1)).isoformat()))
    if whole_before <= last:
        ranges.append((whole_before.isoformat(), last.isoformat()))
    return ranges


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
