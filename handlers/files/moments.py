"""Dates with a time, and durations, as meeting platforms write them in English and in French."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from enum import Enum
from functools import lru_cache

from storage.words import fold


class Order(Enum):
    """How the three numbers of a date follow each other."""

    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"
    YEAR_FIRST = "ymd"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date and a time as written: which number is the month may still be open.

    ``orders`` are the readings that its form allows, likeliest first; ``offset`` is in minutes
    from UTC, where the cell says one.
    """

    numbers: tuple[int, int, int]
    orders: tuple[Order, ...]
    hour: int
    minute: int
    second: int
    offset: int | None = None

    def read(self, order: Order, zone: tzinfo) -> datetime | None:
        """Local time under this order, or under its only one; None where there is no such day."""
        if len(self.orders) == 1:
            order = self.orders[0]
        one, two, three = self.numbers
        match order:
            case Order.MONTH_FIRST:
                month, day, year = one, two, three
            case Order.DAY_FIRST:
                day, month, year = one, two, three
            case Order.YEAR_FIRST:
                year, month, day = one, two, three
        try:
            naive = datetime(  # noqa: DTZ001 - the file's own clock
                year + 2000 if year < 100 else year, month, day, self.hour, self.minute, self.second
            )
            if self.offset is None:
                return naive
            aware = naive.replace(tzinfo=timezone(timedelta(minutes=self.offset)))
            return aware.astimezone(zone).replace(tzinfo=None)
        except (ValueError, OverflowError):
            return None


MONTHS = {
    **{"jan": 1, "feb": 2, "fev": 2, "mar": 3, "apr": 4, "avr": 4, "may": 5, "mai": 5, "jun": 6},
    **{"juin": 6, "jul": 7, "juil": 7, "aug": 8, "aou": 8, "sep": 9, "oct": 10, "nov": 11},
    **{"dec": 12},
}
DAY_THEN_MONTH = re.compile(
    r"(?:[a-z]+\.?,? )?(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]{3,9})\.?,? (\d{4})"
)
MONTH_THEN_DAY = re.compile(
    r"(?:[a-z]+\.?,? )??([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})"
)
MOMENT = re.compile(
    r"(\d{1,4})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})"
    r"(?:,? (?:a |at )?|t)"
    r"(\d{1,2}) ?[:h] ?(\d{2})?(?: ?(?::|min) ?(\d{2})(?:[.,]\d+)?)?(?: ?(?:s|min))?"
    r"(?:[ ?]?([ap])\.? ?m\.?)?"  # Excel saves a narrow space as a question mark
    r"(?: ?\(?(z|utc|gmt)?(?:([+-]\d{1,2}):?(\d{2})?)?\)?)?"
)
UNIT = re.compile(r"(\d+(?:[.,]\d+)?) ?([a-z]+)\.?")
SECONDS = {"h": 3600, "m": 60, "s": 1}
HOURS_AND = re.compile(r"(\d) ?h ?(\d\d?)$")
CLOCK = re.compile(r"(\d{1,3}):(\d{2}):(\d{2})")


@lru_cache(maxsize=4096)  # a report says the same moments again and again
def read_moment(said: str) -> Moment | None:
    """Reads "10/16/24, 1:00:12 PM", "16 oct. 2024 13 h 05"; None without a date and a time."""
    if not said or not any(c.isdigit() for c in said) or len(said) > 60:
        return None
    found = MOMENT.fullmatch(_numeric(fold(said)))
    if not found:
        return None
    one, mark, two, three, hour, minute, second, half, zero, ahead, and_minutes = found.groups()
    hours = int(hour)
    if half and hours <= 12:
        hours = hours % 12 + (12 if half == "p" else 0)
    offset = None
    if ahead:
        offset = int(ahead) * 60 + (-1 if ahead[0] == "-" else 1) * int(and_minutes or 0)
    elif zero:
        offset = 0
    return Moment(
        (int(one), int(two), int(three)),
        _orders(one, mark, three, twelve=bool(half)),
        *(hours, int(minute or 0), int(second or 0)),
        offset if offset is None or abs(offset) < 1440 else None,
    )


def _orders(first: str, mark: str, last: str, *, twelve: bool) -> tuple[Order, ...]:
    """The readings that a date's form allows. A clock of 12 hours speaks for the month first."""
    if len(first) > 2:
        return (Order.YEAR_FIRST,)
    if mark == ".":
        return (Order.DAY_FIRST,)
    month_or_day = (Order.MONTH_FIRST, Order.DAY_FIRST)
    if not twelve:
        month_or_day = month_or_day[::-1]
    return (Order.YEAR_FIRST, *month_or_day) if mark == "-" and len(last) < 3 else month_or_day


def _numeric(text: str) -> str:
    """A date whose month is a word, in numbers: "16 oct. 2024 13:00" is "2024-10-16 13:00"."""
    if found := DAY_THEN_MONTH.match(text):
        day, word, year = found.groups()
    elif found := MONTH_THEN_DAY.match(text):
        word, day, year = found.groups()
    else:
        return text
    month = MONTHS.get(word[:4]) or MONTHS.get(word[:3])
    return f"{year}-{month}-{day}{text[found.end() :]}" if month else text


def read_seconds(said: str) -> int | None:
    """Reads "1h 30m 53s", "1 h 30", "1:30:53"; a bare number is minutes. None for what is none."""
    text = HOURS_AND.sub(r"\1 h \2 m", fold(said)) if len(said) <= 60 else ""
    if not text:
        return None
    if clock := CLOCK.fullmatch(text):
        hours, minutes, seconds = map(int, clock.groups())
        return hours * 3600 + minutes * 60 + seconds
    try:
        if UNIT.sub("", text).strip(" ,"):
            return _whole(float(text.replace(",", ".")) * 60)
        parts = UNIT.findall(text)
        return _whole(sum(float(n.replace(",", ".")) * SECONDS[u[0]] for n, u in parts))
    except (ValueError, KeyError):
        return None


def _whole(seconds: float) -> int | None:
    """Whole seconds; None beyond what a meeting can last (100 days)."""
    return int(seconds + 0.5) if 0 <= seconds < 8_640_000 else None
