"""What was understood of a line of chat, and what has to be asked about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storage.entries import Accompanied
from storage.plan import EntryKind


class About(StrEnum):
    """What a question is about."""

    MINUTES = "minutes"
    DAY = "day"


class Why(StrEnum):
    """Why it has to be asked."""

    MISSING = "missing"
    BARE_NUMBER = "bare_number"  # "30"
    HALF_DAY = "half_day"  # "all morning", "a few hours"
    TWO_WAYS = "two_ways"  # "03/04", "2h à 3h", "Wednesday" on a Wednesday
    TWO_DURATIONS = "two_durations"
    TWO_DATES = "two_dates"
    WHICH_DAY = "which_day"  # "last week"
    FUTURE = "future"
    LONG_AGO = "long_ago"
    NO_SUCH_DATE = "no_such_date"
    NOT_POSITIVE = "not_positive"
    TOO_LONG = "too_long"
    TOO_MUCH_TEXT = "too_much_text"


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask, and the readings to offer: minutes, or days."""

    about: About
    why: Why
    readings: tuple[int | date, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says. ``kind_given`` is false where accompaniment is only assumed.

    ``minutes`` is None, and ``day`` is today, where a question about it is open.
    """

    kind: EntryKind
    kind_given: bool
    minutes: int | None
    day: date
    day_given: bool
    people: tuple[Accompanied, ...]
    boards: tuple[str, ...]  # ids of the network's bodies
    partner: str
    partner_known: bool
    objective: str
    requested: bool
    open_questions: tuple[Question, ...]
