"""Reads one line of attendance: "14 EMSB 9 RSB 5", "family engagement 14", "Marie Tremblay, …"."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from handlers.lines.calendar import When
from handlers.lines.days import days_in
from handlers.lines.grammar import left_over
from handlers.lines.heads import Heads, read_heads
from handlers.lines.words import Line, Names

NUMBER = re.compile(r"#\s*(\d{1,15})\b")
DAY = re.compile(r"\b(?:day|jour)\s+(\d{1,2})\s*:?", re.IGNORECASE)
BARE = re.compile(r"(?<!\S)(\d{1,4}) (?!hour|minute)")


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says: heads, on which day of the session (from 1; 0: every), and which session.

    ``session`` is a number, ``on`` a day, ``words`` what is left: a title, or names.
    """

    heads: Heads
    of_day: int
    session: int | None
    on: date | None
    words: str


def read(text: str, *, today: date, names: Names) -> Said:
    """What the line says."""
    text = unicodedata.normalize("NFC", text)
    number, of_day = NUMBER.search(text), DAY.search(text)
    line = Line(DAY.sub(" ", NUMBER.sub(" ", text)), names.lexicon)
    heads = read_heads(line)
    days = [day for _, day in days_in(line, When.past(today)) if isinstance(day, date)]
    for m in list(BARE.finditer(line.left)):
        heads = Heads(heads.boards, heads.by_board, (heads.whole or 0) + int(m[1]))
        line.take(*m.span())
    rest = ", ".join(left_over(line, 0, len(line.left)))
    return Said(
        heads,
        int(of_day[1]) if of_day else 0,
        int(number[1]) if number else None,
        days[0] if days else None,
        rest,
    )
