"""Reads a column of dates as one: which of two numbers is the month, all its dates say together."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from storage.words import fold

_MONTHS = (
    ("january", "janvier"), ("february", "fevrier"), ("march", "mars"), ("april", "avril"),
    ("may", "mai"), ("june", "juin"), ("july", "juillet"), ("august", "aout"),
    ("september", "septembre"), ("october", "octobre"), ("november", "novembre"),
    ("december", "decembre"),
)  # fmt: skip
_TIME = r"(?:(?:[ t]|, ?| a )\d{1,2} ?[:h].*)?"
_YEAR = r"((?:19|20)\d\d)"
_YEAR_FIRST = re.compile(_YEAR + r"([-/.])(\d\d?)\2(\d\d?)" + _TIME)
_YEAR_LAST = re.compile(r"(\d\d?)([-/.])(\d\d?)\2" + _YEAR + _TIME)
_SHORT_YEAR = re.compile(r"(\d\d?)(/)(\d\d?)/(\d\d)" + _TIME)  # 24-09-03 reads three ways
_MONTH_ONLY = re.compile(_YEAR + r"[-/](\d\d?)")
_DAY_MONTH = re.compile(r"(?:le )?(\d\d?)(?:er|st|nd|rd|th)?[ -]?([a-z]{3,9})\.?,?[ -]?" + _YEAR)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d\d?)(?:st|nd|rd|th)?,? " + _YEAR)
_MONTH_YEAR = re.compile(r"([a-z]{3,9})\.? " + _YEAR)


def read(cells: Sequence[str], *, last: bool = False) -> list[date | None]:
    """The date in each cell of a column; None where it is blank or could be read two ways.

    03/04/2024 is read as the column's other dates show (25/04/2024 can be read one way only).
    A month without a day is its first day, or with ``last`` its last one.
    """
    ways = _of_column(cells, last)
    return [one.pop() if len(one) == 1 else None for one in ways]


def possible(cells: Sequence[str]) -> list[date]:
    """Every date that a cell of the column may mean, in order: of 03/04/2024 mostly two."""
    ways = _of_column(cells, last=False)
    return sorted({day for one in ways for day in one if day is not None})


def _of_column(cells: Sequence[str], last: bool) -> list[set[date | None]]:
    """What each cell may mean, its order of numbers as the column's other dates show."""
    folded = [fold(cell) for cell in cells]
    orders = {order for cell in folded for order in _orders(cell)}
    return [_ways(cell, orders, last) for cell in folded]


def _orders(cell: str) -> tuple[str, ...]:
    """The order of the numbers, where a cell can be read in one only."""
    m = _numbers(cell)
    if not m or (int(m[1]) > 12) == (int(m[3]) > 12):
        return ()
    return ("day first",) if int(m[1]) > 12 else ("month first",)


def _ways(cell: str, orders: set[str], last: bool) -> set[date | None]:
    if m := _YEAR_FIRST.fullmatch(cell):
        return {_date(m[1], int(m[3]), m[4])}
    if m := _numbers(cell):
        # Where the column mixes both, a date is read by itself, or not at all.
        known = orders if len(orders) == 1 else set(_orders(cell))
        return {
            _date(m[4], month, day)
            for order, month, day in (
                ("day first", int(m[3]), m[1]),
                ("month first", int(m[1]), m[3]),
            )
            if not known or order in known
        }
    if m := _MONTH_ONLY.fullmatch(cell):
        return {_in_month(m[1], int(m[2]), last)}
    if m := _DAY_MONTH.fullmatch(cell):
        return {_date(m[3], _month(m[2]), m[1])}
    if m := _MONTH_DAY.fullmatch(cell):
        return {_date(m[3], _month(m[1]), m[2])}
    if m := _MONTH_YEAR.fullmatch(cell):
        return {_in_month(m[2], _month(m[1]), last)}
    return set()


def _numbers(cell: str) -> re.Match[str] | None:
    return _YEAR_LAST.fullmatch(cell) or _SHORT_YEAR.fullmatch(cell)


def _month(word: str) -> int:
    """1 to 12 of a month's name or its beginning; 0 where it is none, or several ("jui")."""
    found = [
        number
        for number, names in enumerate(_MONTHS, 1)
        if any(name.startswith(word) for name in names)
    ]
    return found[0] if len(found) == 1 else 0


def _date(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year) + 2000 if len(year) == 2 else int(year), month, int(day))
    except ValueError:
        return None


def _in_month(year: str, month: int, last: bool) -> date | None:
    if not 1 <= month <= 12:
        return None
    return date(int(year), month, monthrange(int(year), month)[1] if last else 1)
