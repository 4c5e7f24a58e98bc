"""Reads one line of feedback: "8 of 14, 7 positive", « 8 sur 14, 7 positives, atelier d'hier »."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from handlers.lines.calendar import When
from handlers.lines.days import days_in
from handlers.lines.grammar import left_over
from handlers.lines.words import Line

_WAS = r"(?:(?:,|of (?:them|these)|of which|d['’]entre (?:eux|elles)|were|are|sont|[ée]taient)\s*)*"
_GOOD = r"(?:positi(?:ve|f)\w*|satisf\w+|happy|pleased|contente?s?)\b"
_REPLIES = r"(?:answer(?:ed|s)?|repl(?:y|ies|ied)|responses?|r[ée]ponses?|(?:ont )?r[ée]pondu)\b"
_PEOPLE = r"(?:asked|invited|participants?|people|personnes?|sollicit[ée]e?s?|invit[ée]e?s?)\b"
_N = r"(?<![\d#/.-])(\d{1,4})\s*"
# "8 of 14", as plain as can be first: "du 12 de 8 sur 14" has one that is none.
PAIRS = tuple(
    re.compile(rf"{_N}(?:{_REPLIES}\s*)?{between}\s*(\d{{1,4}})(?![\d/-])(?:\s*{_PEOPLE})?", re.I)
    for between in (r"(?:out of|of|sur)\b", "/", r"de\b")
)
APART = tuple(re.compile(rf"{_N}(?:were\s+)?{what}", re.I) for what in (_REPLIES, _PEOPLE))
POSITIVE = re.compile(rf"{_N}{_WAS}{_GOOD}", re.I)
POSITIVE_AFTER = re.compile(rf"{_GOOD}\s*:?\s*(\d{{1,4}})(?![\d/-])", re.I)
ALL = re.compile(rf"\b(?:all|toute?s?|tous)\s*{_WAS}{_GOOD}", re.I)
NONE = re.compile(rf"\b(?:none|no|aucune?)\s*{_WAS}{_GOOD}", re.I)
NUMBER = re.compile(r"#\s*(\d{1,15})\b")
FILLER = re.compile(r"^(?:[^\w]|\b(?:for|pour|on|sur|about|the|le|la|l|of|de|du|d|dont|and|et)\b)+")
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says: each number is None where it isn't said.

    The session is meant by its number ``session``, by the day ``on``, and by ``words``.
    """

    answered: int | None
    asked: int | None
    positive: int | None
    session: int | None
    on: date | None
    words: str


def read(text: str, *, today: date) -> Said:
    """What the line says."""
    rest = unicodedata.normalize("NFC", text)[:LONGEST]
    number, rest = _take(NUMBER, rest)
    answered, asked, rest = _pair(rest)
    positive, rest = _positive(rest, answered)
    line = Line(rest)
    days = [day for _, day in days_in(line, When.past(today)) if isinstance(day, date)]
    words = " ".join(left_over(line, 0, len(line.left)))
    return Said(
        answered,
        asked,
        positive,
        int(number[1]) if number else None,
        days[0] if days else None,
        FILLER.sub("", words).strip(" .;:,'’"),
    )


def _pair(text: str) -> tuple[int | None, int | None, str]:
    """How many answered of how many, and what else is said."""
    for pattern in PAIRS:
        if pairs := [*pattern.finditer(text)]:
            # Of "10/16 8/14, 7 positive" the first is a day.
            good = re.search(_GOOD, text, re.I)
            best = min(pairs, key=lambda m: abs(m.end() - good.start()) if good else m.start())
            return int(best[1]), int(best[2]), f"{text[: best.start()]} {text[best.end() :]}"
    answered, asked = (pattern.search(text) for pattern in APART)
    if answered and asked:
        _, text = _take(APART[0], text)
        _, text = _take(APART[1], text)
        return int(answered[1]), int(asked[1]), text
    return None, None, text


def _positive(text: str, answered: int | None) -> tuple[int | None, str]:
    """How many were pleased, and what else is said."""
    for pattern, number in ((ALL, answered), (NONE, 0)):
        found, rest = _take(pattern, text)
        if found:
            return number, rest
    for pattern in (POSITIVE, POSITIVE_AFTER):
        found, rest = _take(pattern, text)
        if found:
            return int(found[1]), rest
    return None, text


def _take(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """Where a pattern is first found, and the text without it."""
    found = pattern.search(text)
    return found, f"{text[: found.start()]} {text[found.end() :]}" if found else text
