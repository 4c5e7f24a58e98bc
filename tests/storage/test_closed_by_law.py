"""The holidays of Quebec's schools: those of the `holidays` library, and a few by custom."""

from datetime import date, timedelta

import pytest
from holidays import country_holidays

from storage.closed_by_law import closed_by_law

AROUND_NEW_YEAR = {"12-24", "12-26", "12-31", "01-02"}


@pytest.mark.parametrize("year", range(2015, 2061))
def test_every_statutory_holiday_is_closed_and_little_else(year: int) -> None:
    ours = closed_by_law(date(year, 1, 1), date(year, 12, 31))
    for language in ("en_CA", "fr"):
        theirs = country_holidays("CA", subdiv="QC", years=year, language=language)
        for day, name in theirs.items():
            if day.weekday() < 5:
                said = ours[day].en if language == "en_CA" else ours[day].fr
                name = name.replace("Saint Jean Baptiste Day", "Fête nationale")
                assert said.lower() == name.replace("'", "’").lower()
    more = {day for day in ours if day not in theirs and f"{day:%m-%d}" not in AROUND_NEW_YEAR}
    assert {theirs.get(day - timedelta(days=3)) for day in more} == {"Vendredi saint"}, "Easter"


def test_only_weekdays_of_the_period_are_told_in_order() -> None:
    days = closed_by_law(date(2024, 12, 24), date(2025, 1, 1))
    assert [*days] == [
        date(2024, 12, 24), date(2024, 12, 25), date(2024, 12, 26),
        date(2024, 12, 31), date(2025, 1, 1),
    ]  # fmt: skip
