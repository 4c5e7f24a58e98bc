"""Reads one line: "tool for CDAs: Asset map, theme family engagement, https://…, published Nov 12".

What is plainly said is read; the rest is for the form, which opens with it.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from handlers.files import dates
from handlers.lines import days
from handlers.lines.calendar import When
from handlers.lines.grammar import LONGEST_HEAD, left_over
from handlers.lines.words import Line as Words
from handlers.outputs.words import JOINING
from storage.limits import FIRST_DAY
from storage.outputs import Output
from storage.words import fold

URL = re.compile(  # with what only introduces it: "link: https://…", "available at www.…"
    r"(?:(?<!\w)(?:(?:available |disponible )?(?:at|à)|see|voir|url|link|lien)\s*:?\s*)?"
    r"[(<]?((?:https?://|(?<![\w.])www\.)[^\s<>\"«»]+)>?",
    re.IGNORECASE,
)
BREAK = re.compile(r"[,;](?!\d|\s*(?:19|20)\d\d\b)|\n")  # not in 1,400, nor in "Nov 12, 2024"
NAMED = re.compile(  # a title only with a colon: "title page"
    r"(?:(?P<title>title|titre)(?=\s*:)|(?P<theme>th[eè]me)"
    r"|(?P<objective>(?:learning )?objecti(?:ve|f)(?: d['’]apprentissage)?)|note|description)"
    r"(?P<colon>\s*:\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
PUBLISHED = r"(?:published|posted|publi[eé]e?s?|mise? en ligne)(?!\w)"
DATED = r"(?:publication date|date (?:of|de) (?:publication|parution)|date(?=\s*:))(?!\w)"
OUT = re.compile(
    rf"(?:{PUBLISHED}|{DATED}|(?:en ligne|online|released|parue?s?)(?!\w))\s*:?"
    r"(?:\s*(?:on|since|depuis)(?!\w))?(?!\s*(?:by|par)(?!\w))\s*",
    re.IGNORECASE,
)
OUT_WITHIN = re.compile(rf"\s(?={PUBLISHED}\s)", re.IGNORECASE)
QUOTED = re.compile(r"[\"“«]\s*([^\"“”«»]+?)\s*[\"”»]")
REVAMPED = {"revamped", "reworked", "updated", "remanie", "remaniee", "refait", "refaite"}
NEW = {"new", "nouveau", "nouvel", "nouvelle"}

TargetOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says. ``plain``: nothing is left to ask, so it can be recorded as it is."""

    says: Output
    plain: bool


def read(text: str, *, today: date, target_of: TargetOf) -> Line:
    """What the line says; ``target_of`` gives the target that words name, or ""."""
    text = unicodedata.normalize("NFC", text)
    urls = [_trimmed(url) for url in URL.findall(text)]
    says, plain, parts = _kind(URL.sub(",", text), target_of)
    plain, last = plain and len(urls) < 2, "title"
    for part in chain.from_iterable(_apart(one, today) for one in parts):
        named, out = NAMED.match(part), OUT.match(part)
        if named and (says.title or ":" in named["colon"]):
            last = next((name for name in ("title", "theme", "objective") if named[name]), "note")
            says = _with(says, last, part[named.end() :])
        elif fold(part) in REVAMPED | NEW:
            says = replace(says, revamped=fold(part) in REVAMPED)
        elif out and says.title:
            words = part[out.end() :]
            day, left = _day(words, today)
            plain = plain and day is not None and not left and says.published is None
            says = replace(says, published=day or says.published)
            if left == words:  # no day at all: "published in The Gazette"
                says = _with(says, last, part if words else "")
            else:
                says = _with(says, "note", left)
        else:
            says = _with(says, last, part)
    if quoted := QUOTED.fullmatch(says.title):
        says = replace(says, title=quoted[1])
    return Line(replace(says, url=urls[0] if urls else ""), plain and says.title != "")


def _kind(text: str, target_of: TargetOf) -> tuple[Output, bool, list[str]]:
    """What it is, whether that is plainly said, and the other parts of the line.

    Plain is what stands before a colon or is the first part; another part, or the words that a part
    starts with, are proposed in the form.
    """
    before, colon, after = text.partition(":")
    if colon and (said := _named(before, target_of)):
        return said, True, _parts(after)
    parts = _parts(text)
    for index, part in enumerate(parts):
        if said := _named(part, target_of):
            return said, index == 0, parts[:index] + parts[index + 1 :]
    words = parts[0].split() if parts else []
    for end in range(len(words) - 1, 0, -1):
        small = JOINING.fullmatch(fold(words[end - 1])) or fold(words[end - 1]) in REVAMPED | NEW
        if not small and (said := _named(" ".join(words[:end]), target_of)):
            return said, False, [" ".join(words[end:]), *parts[1:]]
    return Output("", ""), False, parts


def _named(words: str, target_of: TargetOf) -> Output | None:
    """What these words call an output, "new" and "revamped" among them; None for anything else."""
    said = [word for word in words.split()[:20] if fold(word) not in REVAMPED | NEW]
    target = target_of(" ".join(said))
    revamped = any(fold(word) in REVAMPED for word in words.split())
    return Output(target, "", revamped=revamped) if target else None


def _parts(text: str) -> list[str]:
    """What stands between commas, but for what is only marks."""
    parts = [" ".join(part.split()) for part in BREAK.split(text)]
    return [part for part in parts if any(unicodedata.category(c)[0] not in "PZC" for c in part)]


def _apart(part: str, today: date) -> list[str]:
    """A part, cut where it goes on with a day it came out: "Asset map published yesterday"."""
    if m := OUT_WITHIN.search(part):
        out = OUT.match(part, m.end())
        day, left = _day(part[out.end() :] if out else "", today)
        if day and not left:
            return [part[: m.start()], part[m.end() :]]
    return [part]


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


def _day(words: str, today: date) -> tuple[date | None, str]:
    """The day that is said, and the words beside it; None where it is unclear, or is to come.

    A date with its year may be of long ago.
    """
    if written := dates.read([words])[0]:
        return (written, "") if FIRST_DAY <= written <= today else (None, "")
    line = Words(words[:LONGEST_HEAD])
    found = days.day_of(line, When.past(today))
    if found is None:
        return None, words
    return (found if isinstance(found, date) else None), " ".join(left_over(line, 0, 9**9))
