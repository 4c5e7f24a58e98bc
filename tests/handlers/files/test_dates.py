"""A column of dates: what each way to write one means, and what its other dates decide."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.files import dates

THIRD = date(2024, 9, 3)


@pytest.mark.parametrize(
    "said",
    [
        "2024-09-03", "2024/09/03", "2024/9/3", "2024.09.03", "2024-09-03 00:00:00",
        "2024-09-03T08:30:00", "2024/09/03 12:17:00 PM UTC-5", "2024-09-03 13 h 30",
        "3 Sep 2024", "03-Sep-2024", "3 sept. 2024", "3 septembre 2024", "September 3, 2024",
        "Sept 3rd, 2024", "le 3 septembre 2024", " 3 SEPT. 2024 ", "3 sep\xa02024",
    ],
)  # fmt: skip
def test_a_date_that_reads_one_way(said: str) -> None:
    assert dates.read([said]) == [THIRD]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("1er juillet 2021", date(2021, 7, 1)), ("4 août 2023", date(2023, 8, 4)),
        ("12 févr. 2024", date(2024, 2, 12)), ("1 juin 2024", date(2024, 6, 1)),
        ("5 May 2024", date(2024, 5, 5)), ("20 déc. 2024", date(2024, 12, 20)),
        ("25/12/2024", date(2024, 12, 25)), ("12/25/2024", date(2024, 12, 25)),
        ("05/05/2024", date(2024, 5, 5)), ("11/26/24 12:12:01", date(2024, 11, 26)),
    ],
)  # fmt: skip
def test_more_dates(said: str, day: date) -> None:
    assert dates.read([said]) == [day]


@pytest.mark.parametrize(
    "said",
    [
        "", "-", "soon", "03/04/2024", "24-09-03", "2024-13-01", "2023-02-29", "31/02/2024", "2024",
        "3 jui 2024", "3 ma 2024", "3 Sep", "45538", "09/2024", "3 Sep 1024", "2024-09-03-1",
        "2024-09-03 or so", "0/0/2024",
    ],
)  # fmt: skip
def test_what_is_no_date_or_reads_two_ways_is_none(said: str) -> None:
    assert dates.read([said]) == [None]


def test_a_month_is_its_first_day_or_its_last() -> None:
    for said in ("2024-02", "Feb 2024", "févr. 2024", "2024/2"):
        assert dates.read([said]) == [date(2024, 2, 1)]
        assert dates.read([said], last=True) == [date(2024, 2, 29)]


def test_the_column_decides_which_number_is_the_month() -> None:
    assert dates.read(["03/04/2024", "25/04/2024"]) == [date(2024, 4, 3), date(2024, 4, 25)]
    assert dates.read(["03/04/2024", "04/25/2024"]) == [date(2024, 3, 4), date(2024, 4, 25)]
    assert dates.read(["3/4/24 9:00", "4/25/24 9:00"]) == [date(2024, 3, 4), date(2024, 4, 25)]


def test_a_column_that_mixes_both_decides_nothing() -> None:
    read = dates.read(["03/04/2024", "25/04/2024", "04/25/2024"])
    assert read == [None, date(2024, 4, 25), date(2024, 4, 25)]


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), min_size=1),
    st.sampled_from(["{0.day:02}/{0.month:02}/{0.year}", "{0.month}/{0.day}/{0.year}"]),
)
def test_a_column_of_one_order_is_never_read_in_the_other(days: list[date], form: str) -> None:
    read = dates.read([form.format(day) for day in days])
    if any(day.day > 12 for day in days):
        assert read == days
    else:
        assert read == [day if day.day == day.month else None for day in days]


@given(st.lists(st.text()))
def test_any_text_is_a_date_or_none(cells: list[str]) -> None:
    assert len(dates.read(cells)) == len(cells)


def test_a_date_that_reads_two_ways_may_be_either_unless_others_show() -> None:
    assert dates.possible(["03/04/2024 9:00", ""]) == [date(2024, 3, 4), date(2024, 4, 3)]
    assert dates.possible(["03/04/2024", "25/04/2024"]) == [date(2024, 4, 3), date(2024, 4, 25)]
    assert dates.possible(["soon", "31/02/2024"]) == []
