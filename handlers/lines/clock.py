"""Times of day: in a line's plain words, and typed alone into a form."""

import re
import unicodedata

from handlers.lines.words import Line

# 13:30, 13 hour 30, 9, 1:15 pm: an hour, its minutes in one of two groups, and the half of the day
CLOCK = r"(\d\d?)(?: hour(?: (\d\d)(?: minute)?)?|:(\d\d))?( am| pm)?"
ALONE = re.compile(f"{CLOCK} ")
SURE = re.compile(rf"(?<!\S)(?=\d\d?(?: hour|:| [ap]m)){CLOCK} (?!minute)")  # no bare number


def time_of_day(m: re.Match[str], *, earliest: int = 0) -> str | None:
    """The time of a match of CLOCK, "13:30", if there is one.

    An hour before ``earliest`` is of the afternoon where nothing says which half is meant.
    """
    hour, minute, half = int(m[1]), int(m[2] or m[3] or 0), m[4]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (half == " pm")
    elif hour < earliest:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def read_time(text: str) -> str | None:
    """A time typed alone: « 13 h 30 », "1:30 pm", "9"; None where it is none."""
    text = re.sub(r"\s*:\s*", ":", unicodedata.normalize("NFC", text[:50]))
    m = ALONE.fullmatch(Line(text).words)
    return m and time_of_day(m)


def time_in(text: str) -> tuple[str | None, str]:
    """The first time of day that a text surely says, and what is left of the text."""
    line = Line(text)
    for m in SURE.finditer(line.words):
        if found := time_of_day(m):
            said = line.within(*m.span())
            return found, f"{text[: said[0].start]} {text[said[-1].end :]}"
    return None, text
