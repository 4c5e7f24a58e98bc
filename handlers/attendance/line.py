"""Reads one line of attendance: "14 EMSB 9 RSB 5", "family engagement 14", "14, day 2: 12"."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from handlers.lines.calendar import When
from handlers.lines.days import days_in
from handlers.lines.grammar import left_over
from handlers.lines.heads import Heads, read_heads
from handlers.lines.words import Line, Names
from storage.sessions import MOST_DAYS

NUMBER = re.compile(r"#\s*(\d{1,15})\b")
DAY = re.compile(r"\b(?:day|jour)\s+(\d{1,2})\b\s*:?", re.IGNORECASE)
BARE = re.compile(r"(?<!\S)(\d{1,4}) (?!hour|minute)")


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says: heads, of which day of the session, and which session.

    ``heads`` are by day from 1, and of every other day under 0; ``unclear`` where a day has none.
    ``session`` is a number, ``on`` a day, ``words`` what is left: a title, or names.
    """

    heads: dict[int, Heads]
    unclear: bool
    session: int | None
    on: date | None
    words: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands before or behind the word for a day."""

    heads: Heads | None
    days: list[date]
    words: list[str]


def read(text: str, *, today: date, names: Names) -> Said:
    """What the line says."""
    text = unicodedata.normalize("NFC", text)
    number = NUMBER.search(text)
    text = NUMBER.sub(" ", text)
    marks = [m for m in DAY.finditer(text) if 1 <= int(m[1]) <= MOST_DAYS]
    starts = [0, *(m.end() for m in marks)]
    ends = [*(m.start() for m in marks), len(text)]
    pieces = [
        _piece(text[start:end], today, names) for start, end in zip(starts, ends, strict=True)
    ]
    if not any(one.heads for one in pieces):  # "Welcome day 14"
        marks, pieces = [], [_piece(text, today, names)]
    heads = [one.heads for one in pieces]
    if marks and heads[-1] is None:
        heads = [None, *heads[:-1]]  # "14 on day 1, 12 on day 2"
    of_days = [0, *(int(m[1]) for m in marks)]
    by_day = {day: one for day, one in zip(of_days, heads, strict=True) if one}
    days = [day for one in pieces for day in one.days]
    return Said(
        by_day,
        not by_day.keys() >= set(of_days[1:]),
        int(number[1]) if number else None,
        days[0] if days else None,
        ", ".join(word for one in pieces for word in one.words),
    )


def _piece(text: str, today: date, names: Names) -> _Piece:
    line = Line(text, names.lexicon)
    heads = read_heads(line)
    days = [day for _, day in days_in(line, When.past(today)) if isinstance(day, date)]
    for m in list(BARE.finditer(line.left)):
        heads = Heads(heads.boards, heads.by_board, (heads.whole or 0) + int(m[1]))
        line.take(*m.span())
    said = heads.whole is not None or heads.by_board
    return _Piece(heads if said else None, days, list(left_over(line, 0, len(line.left))))
