"""The weekdays on which Quebec's schools are closed whatever their calendar.

By rule, and not by the `holidays` library, which loads 250 countries for it: 8 MB at every start.
The tests hold the rules against it.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.easter import easter

from storage.network import Words

SATURDAY, SUNDAY = 5, 6
# Days that are given on the Monday after, where they fall on one of these.
GIVEN_LATER = (
    (1, 1, (SATURDAY, SUNDAY), Words(en="New Year’s Day", fr="Jour de l’An")),
    (6, 24, (SUNDAY,), Words(en="Fête nationale", fr="Fête nationale du Québec")),
    (7, 1, (SUNDAY,), Words(en="Canada Day", fr="Fête du Canada")),
    (12, 25, (SATURDAY, SUNDAY), Words(en="Christmas Day", fr="Jour de Noël")),
)
# The first Monday from a day on.
MONDAYS = (
    (5, 18, Words(en="National Patriots’ Day", fr="Journée nationale des patriotes")),
    (9, 1, Words(en="Labour Day", fr="Fête du Travail")),
    (10, 8, Words(en="Thanksgiving Day", fr="Action de grâce")),
)
GOOD_FRIDAY = Words(en="Good Friday", fr="Vendredi saint")
EASTER_MONDAY = Words(en="Easter Monday", fr="Lundi de Pâques")
# Days off by custom; of two names for a day, the law's stands.
AROUND_NEW_YEAR = (
    (12, 24, Words(en="Christmas Eve", fr="Veille de Noël")),
    (12, 26, Words(en="Boxing Day", fr="Lendemain de Noël")),
    (12, 31, Words(en="New Year’s Eve", fr="Veille du jour de l’An")),
    (1, 2, Words(en="Day after New Year’s Day", fr="Lendemain du jour de l’An")),
)


def closed_by_law(first: date, last: date) -> dict[date, Words]:
    """The weekdays from ``first`` to ``last`` that are holidays, with their names, in order."""
    days: dict[date, Words] = {}
    for year in range(first.year, last.year + 1):
        for day, name in _of(year):
            days.setdefault(day, name)
    return {day: days[day] for day in sorted(days) if first <= day <= last and day.weekday() < 5}


def _of(year: int) -> Iterator[tuple[date, Words]]:
    """The holidays of a year; of a day that comes twice, the first is the one."""
    for month, number, later, name in GIVEN_LATER:
        day = date(year, month, number)
        if day.weekday() in later:
            yield _monday_from(day), Words(en=f"{name.en} (observed)", fr=f"{name.fr} (observé)")
        else:
            yield day, name
    for month, number, name in MONDAYS:
        yield _monday_from(date(year, month, number)), name
    sunday = easter(year)
    yield sunday - timedelta(days=2), GOOD_FRIDAY
    yield sunday + timedelta(days=1), EASTER_MONDAY
    for month, number, name in AROUND_NEW_YEAR:
        yield date(year, month, number), name


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
