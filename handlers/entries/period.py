"""Reads a period in words; provisional until its owner writes it."""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.entries.grammar import Question


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, and the words that are left."""

    first: date
    last: date
    rest: str


def read_period(text: str, *, today: date) -> Period | Question:
    """This week."""
    monday = today - timedelta(days=today.weekday())
    return Period(monday, monday + timedelta(days=6), text)
