"""Reads one line: "open CDAs today closes 2025-06-20", "done Marie Tremblay, yesterday".

What is plainly said is read; the rest is for a form, or for buttons.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from handlers.lines.calendar import When
from handlers.lines.days import days_in
from handlers.lines.grammar import EDGE, left_over
from handlers.lines.words import Line
from storage.words import fold

LONGEST = 4000  # characters; a hundred names
OPEN = {
    "open", "opened", "out", "send", "sent", "start", "new", "ouvrir", "ouvre", "ouvert",
    "lancer", "lance", "envoyer", "envoye", "nouveau",
}  # fmt: skip
DONE = {
    "done", "did", "completed", "complete", "in", "handed", "received", "fait", "faits", "rempli",
    "remplis", "remplie", "remplies", "remis", "remise", "remises", "recu", "recus",
}  # fmt: skip
LIST = {"list", "liste", "all", "tous"}
QUOTED = re.compile(r"[\"“”«]\s*([^\"“”«»]+?)\s*[\"“”»]")
CLOSES = re.compile(
    r"\b(?:closes?|closing|until|due|by|jusqu['’]\s?(?:au|à)|ferme|fermeture|se termine|d['’]ici|"
    r"échéance|echeance)\b",
    re.IGNORECASE,
)
STRONG = re.compile(r"[;\n\t]")  # parts names for sure
WEAK = re.compile(r"[,&]|\b(?:and|et)\b", re.IGNORECASE)  # may stand inside one: "Roy, Marie"
MOST_OF_A_DAY = 5  # words: "le 2 juin 2025"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a line says of a survey that goes out. ``plain``: its days leave nothing to ask."""

    words: str  # what is left: whom it is for
    title: str
    opened: date | None
    closes: date | None
    plain: bool


def verb(text: str) -> tuple[str, str]:
    """A line's first word, folded, and the rest; of "handed in" and of "it's done" the last."""
    first, _, rest = text.strip().partition(" ")
    word = fold(first.strip(",.!:"))
    if word == "handed" and fold(rest.partition(" ")[0]) == "in":
        rest = rest.partition(" ")[2]
    return word, rest.strip()


def opening(text: str, *, today: date, until: date) -> Opening:
    """What the line says; days up to ``until`` can be meant."""
    text = unicodedata.normalize("NFC", text[:LONGEST])
    quoted = QUOTED.search(text)
    if quoted:
        text = text[: quoted.start()] + " " + text[quoted.end() :]
    closing = CLOSES.search(text)
    before, after = (text[: closing.start()], text[closing.end() :]) if closing else (text, "")
    when = When(today, max(today, until))
    (opened, words), (closes, more) = _days(before, when), _days(after, when)
    return Opening(
        " ".join(part for part in (words, more) if part),
        quoted[1] if quoted else "",
        opened[0] if opened else None,
        closes[0] if closes else None,
        plain=len(opened) == 1
        and opened[0] is not None
        and (closing is None or (len(closes) == 1 and closes[0] is not None)),
    )


def _days(text: str, when: When) -> tuple[list[date | None], str]:
    """The days that are named, None for one that can be read in several ways; and the rest."""
    line = Line(text)
    days = [day if isinstance(day, date) else None for _, day in days_in(line, when)]
    return days, " ".join(left_over(line, 0, len(line.left), EDGE))


def names(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """The names and e-mails in a line, one each; a comma inside a name that is known parts none."""
    found: list[str] = []
    for part in STRONG.split(unicodedata.normalize("NFC", text[:LONGEST])):
        if is_known(part.strip()):
            found.append(part)
        else:
            found += WEAK.split(part)
    each = (" ".join(name.split()).strip(" .") for name in found)
    return [name for name in each if re.search(r"\w", name)]


def day_at_end(words: str, *, today: date) -> tuple[str, date | None]:
    """The words without a day that they end in, and the day: "Marie Tremblay yesterday"."""
    each = words.split()
    for first in range(max(0, len(each) - MOST_OF_A_DAY), len(each)):
        line = Line(" ".join(each[first:]))
        days = [day for _, day in days_in(line, When.past(today))]
        if len(days) == 1 and isinstance(days[0], date) and not [*left_over(line, 0, 9**9, EDGE)]:
            return " ".join(each[:first]), days[0]
    return words, None
