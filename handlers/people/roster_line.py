"""Reads one line about someone: "Marie Tremblay (CDA, EMSB), since Sept 3, 2024"; and a last day.

What is read only fills in a form: a person looks at it before anything is kept.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from handlers.chat.errors import UserError
from handlers.files import dates, spellings
from handlers.files.headers import plain
from handlers.lines.grammar import read_day
from storage.identities import address
from storage.network import Network
from storage.rosters import NEVER_NAMED

EMAIL = re.compile(r"[<(]?(?:mailto:)?([^\s,;:<>()\"]+@[^\s,;:<>()\"]*)[>)]?", re.IGNORECASE)
BREAK = re.compile(r"[;()\n]|,(?!\s*(?:19|20)\d\d(?![-/.\d]))")  # not in "Sept 3, 2024"
STARTS = re.compile(
    r"(?:since|from|start(?:s|ed|ing)?|depuis|d[eè]s|[aà] partir d[eu]|d[eé]but)(?!\w)\s*:?"
    r"(?:\s*(?:on|le)(?!\w))?\s*",
    re.IGNORECASE,
)
ENDS = re.compile(
    r"(?:until|till|end(?:s|ed|ing)?|jusqu['’]\s?(?:au|à|en)|fin)(?!\w)\s*:?"
    r"(?:\s*(?:on|le)(?!\w))?\s*",
    re.IGNORECASE,
)
HALF_A_YEAR = timedelta(days=183)
LONGEST_DAY = 6  # words: "on Monday the 30th of June"


def said(network: Network, words: str, today: date) -> dict[str, str]:
    """What a line about someone says, as values of the form's inputs.

    The first part that is nothing else is the name, the next one the centre. Raises UserError for
    a role whose people are never named.
    """
    roles, boards = spellings.roles(network), spellings.boards(network)
    filled: dict[str, str] = {}
    if email := EMAIL.search(words):
        filled["email"] = address(email[1])
    for part in BREAK.split(EMAIL.sub(",", words)):
        text = " ".join(part.split())
        role, board = spellings.find(text, roles), spellings.find(text, boards)
        starts, ends = STARTS.match(text), ENDS.match(text)
        if role in NEVER_NAMED:
            raise UserError("roster.never_named")
        if starts and (day := near(text[starts.end() :], today)):
            filled.setdefault("starts", day.isoformat())
        elif ends and (day := near(text[ends.end() :], today, last=True)):
            filled.setdefault("ends", day.isoformat())
        elif day := dates.read([text])[0]:
            filled.setdefault("ends" if "starts" in filled else "starts", day.isoformat())
        elif role:
            filled.setdefault("role", role)
        elif board:
            filled.setdefault("board", board)
        elif plain(text) in spellings.LANGUAGES:
            filled.setdefault("language", spellings.LANGUAGES[plain(text)])
        elif "name" in filled and text:
            filled.setdefault("centre", text)
        elif text:
            name, acronyms = _acronyms(text)
            filled["name"] = name
            for acronym in acronyms:
                if role := spellings.find(acronym, roles):
                    filled.setdefault("role", role)
                elif board := spellings.find(acronym, boards):
                    filled.setdefault("board", board)
                else:
                    filled["name"] += f" {acronym}"
    return filled


def near(text: str, today: date, *, last: bool = False) -> date | None:
    """The day that is said, the nearest where no year is; None where it is unclear.

    A month alone is its first day, or with ``last`` its last one.
    """
    if written := dates.read([text], last=last)[0]:
        return written
    for until in (today + HALF_A_YEAR, today):  # "Friday" is the last one
        read = read_day(text, today=today, until=until)
        if isinstance(read, date):
            return read
    return None


def leaving(words: str, today: date) -> Iterator[tuple[str, date]]:
    """The ways in which "Marie Tremblay June 30" may be a name and a last day."""
    said = words.split()
    for end in range(len(said) - 1, max(0, len(said) - LONGEST_DAY - 1), -1):
        tail = " ".join(said[end:])
        bare = tail.isdigit()  # of "June 30" or "2025"
        if not bare and (day := near(tail, today, last=True)):
            yield " ".join(said[:end]).rstrip(","), day


def _acronyms(text: str) -> tuple[str, list[str]]:
    """A name, and what stands after it in capitals: "Marie Tremblay CDA EMSB"."""
    words = text.split()
    end = len(words)
    if text.isupper():
        return text, []
    while end > 1 and len(words[end - 1]) > 1 and words[end - 1].isupper():
        end -= 1
    return " ".join(words[:end]), words[end:]
