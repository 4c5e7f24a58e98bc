"""Reads one line: "until Monday", "PLC for two weeks", « jusqu’à nouvel ordre », "resume"."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.lines.grammar import read_day
from handlers.lines.reading import Why
from storage.quiet import FURTHEST
from storage.words import fold

LONGEST = 300  # characters
WEEK = timedelta(days=7)
RESUME = {
    "resume", "resumed", "on", "start", "continue", "unpause",
    "reprendre", "reprends", "reprenez", "reprise", "continuer",
}  # fmt: skip
UNTIL = re.compile(r"\b(?:until|till?|jusqu['’]?\s?(?:aux?|à|a)?|d['’]ici)(?!\w)", re.IGNORECASE)
FOR = re.compile(r"\b(?:for|pendant|pour|durant)\b", re.IGNORECASE)
FOREVER = re.compile(
    r"\b(?:(?:i|you) sa(?:y|id)|further notice|for ?ever|indefinitely|for good"
    r"|nouvel ordre|indefiniment|toujours|(?:je|vous) (?:le )?di(?:s|se|siez|tes))\b"
)
ONE = re.compile(r"\b(?:an?|one|une?)\b(?= +(?:days?|weeks?|jours?|semaines?)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says: the words of the subject, and to resume it or until when to pause.

    ``days`` are those it can mean, none where it is until they say. ``given`` is False where it
    says nothing of when, ``read`` where what it says can't be read, or is over.
    """

    subject: str
    resume: bool = False
    days: tuple[date, ...] = ()
    given: bool = True
    read: bool = True


def read(text: str, *, today: date) -> Said:
    """What the line says."""
    text = " ".join(unicodedata.normalize("NFC", text[:LONGEST]).split())
    first, _, rest = text.partition(" ")
    if fold(first.strip(".!")) in RESUME:
        return Said(rest.strip(" ."), resume=True)
    if m := UNTIL.search(text):
        days = _days(text[m.end() :], today)
        return Said(text[: m.start()].strip(" ,:"), days=days or (), read=days is not None)
    weak = [m.span() for m in FOR.finditer(text)]
    for start, end in (*weak, (0, 0)):  # "for" may stand in a community's name
        days = _days(text[end:], today)
        if days is not None:
            return Said(text[:start].strip(" ,:"), days=days)
    return Said(text, given=False)


def _days(said: str, today: date) -> tuple[date, ...] | None:
    """The days to come that words can mean, none for ever; None where they mean nothing to come."""
    said = said.strip(" .,!")
    if FOREVER.search(fold(said).replace("’", "'")):
        return ()
    if not said:
        return None
    last, tomorrow = today + FURTHEST, today + timedelta(days=1)
    for words in (said, f"in {ONE.sub('1', said)}"):
        day = read_day(words, today=today, until=last)
        if isinstance(day, date):
            found, why = [day], None
        else:
            found, why = [one for one in day.readings if isinstance(one, date)], day.why
        days = tuple(sorted(one for one in found if tomorrow <= one <= last))
        if why is Why.WHICH_DAY:
            days = days[:1]  # next week begins on its Monday
        elif why is Why.TWO_WAYS and found == [today, today - WEEK]:
            days = (today + WEEK,)  # "Wednesday", on a Wednesday
        if days:
            return days
    return None
