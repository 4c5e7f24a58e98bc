"""Cells as numbers for a program: exact as far as they go, and cut as words are, never rounded."""

from datetime import date
from fractions import Fraction

from handlers.reports.shown import Amount, Cell, Hours, Share


def number(cell: Cell) -> float | int | str | date | None:
    """A cell as a program takes it: hours, a share as a fraction of 1, a count, a day, words.

    Cut where the words are: what is 74.96% would be read as 75.0% otherwise.
    """
    match cell:
        case Hours():
            return _cut(Fraction(cell.minutes) / 60, 2)
        case Share():
            return _cut(cell.share, 3)
        case Amount():
            return _cut(cell.amount, 1)
        case _:
            return cell


def _cut(value: Fraction, decimals: int) -> float:
    sign, scale = (-1 if value < 0 else 1), 10**decimals
    return sign * (abs(value.numerator) * scale // value.denominator) / scale
