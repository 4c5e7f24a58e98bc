"""Reads one line: "tool for CDAs: Asset map, theme family engagement, https://…, published today".

What is plainly said is read; the rest is for the form, which opens with it.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.chat.values import is_day
from storage.limits import FIRST_DAY
from storage.outputs import Output
from storage.words import fold

URL = re.compile(r"[(<]?(https?://[^\s<>\"«»]+)>?", re.IGNORECASE)
BREAK = re.compile(r"[,;](?!\d)|\n")  # a comma inside a number is none
NAMED = re.compile(
    r"(?:(th[eè]me)|(objecti(?:ve|f))|note|description)(?:\s*:\s*|\s+)(?=\S)", re.IGNORECASE
)
OUT = re.compile(r"(?:published|posted|publiee?s?|mise? en ligne|en ligne)(?: on| le)?(?: |$)")
REVAMPED = {"revamped", "reworked", "updated", "remanie", "remaniee", "refait", "refaite"}
NEW = {"new", "nouveau", "nouvelle"}
DAYS = {"today": 0, "aujourd'hui": 0, "yesterday": 1, "hier": 1, "avant-hier": 2}


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says. ``plain``: nothing is left to ask, so it can be recorded as it is."""

    says: Output
    plain: bool


def read(text: str, *, today: date, target_of: Callable[[str], str]) -> Line:
    """What the line says; ``target_of`` gives the target that words name, or ""."""
    text = unicodedata.normalize("NFC", text)
    urls = [_trimmed(url) for url in URL.findall(text)]
    rest = URL.sub(",", text)
    kind, colon, after = rest.partition(":")
    target = target_of(kind) if colon else ""
    whole = BREAK.split(after if target else rest)
    parts = [" ".join(part.split()) for part in whole if re.search(r"\w", part)]
    if not target and parts and (target := target_of(parts[0])):
        parts = parts[1:]
    says, plain, last = Output(target, ""), len(urls) < 2 and target != "", "title"
    for part in parts:
        folded = fold(part).replace("\u2019", "'")
        named, out = NAMED.match(part), OUT.match(folded)
        if named and says.title:
            last = "theme" if named[1] else "objective" if named[2] else "note"
            says = _with(says, last, part[named.end() :])
        elif folded in REVAMPED | NEW:
            says = replace(says, revamped=folded in REVAMPED)
        elif out and says.title:
            day = _day(folded[out.end() :], today)
            plain = plain and day is not None and says.published is None
            says = replace(says, published=day)
        else:
            says = _with(says, last, part)
    return Line(replace(says, url=urls[0] if urls else ""), plain and says.title != "")


def _trimmed(url: str) -> str:
    """The URL without the marks of the sentence that it stands in."""
    url = url.rstrip(".,;:!?")
    return url if "(" in url else url.rstrip(").,;:!?")


def _with(says: Output, field: str, words: str) -> Output:
    """The output with more words in a field: a comma may be part of a title."""
    before: str = getattr(says, field)
    text = ", ".join(one for one in (before, words) if one)
    match field:
        case "title":
            return replace(says, title=text)
        case "theme":
            return replace(says, theme=text)
        case "objective":
            return replace(says, objective=text)
        case _:
            return replace(says, note=text)


def _day(words: str, today: date) -> date | None:
    """Today, yesterday or an ISO date; None for what is neither, or is to come."""
    if words in DAYS:
        return today - timedelta(days=DAYS[words])
    if not is_day(words):
        return None
    day = date.fromisoformat(words)
    return day if FIRST_DAY <= day <= today else None
