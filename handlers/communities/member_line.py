"""Reads the line about a member: "Marie Tremblay to Elementary, 15021, private, since Feb 3"."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from handlers.lines.grammar import read_day
from storage.plan import Sector
from storage.words import fold

BREAK = re.compile(r"[,;\n]")
EMAIL = re.compile(r"[<(]?([^\s,;:<>()\"]+@[^\s,;:<>()\"]+)[>)]?")
TO = re.compile(r"(?:^|\s+)(?:to|in|into|from|of|à|a|au|aux|dans|de|du|des|vers)\s+", re.IGNORECASE)
SINCE = re.compile(
    r"(?:since|from|starting|depuis|d[eè]s|[aà] partir d[eu]|on|le|until|jusqu['’]au)\s+(?=\S)",
    re.IGNORECASE,
)
HALF_A_YEAR = timedelta(days=183)
SECTORS = {
    "public": Sector.PUBLIC, "publique": Sector.PUBLIC, "public sector": Sector.PUBLIC,
    "secteur public": Sector.PUBLIC, "private": Sector.PRIVATE, "prive": Sector.PRIVATE,
    "privee": Sector.PRIVATE, "accredited private": Sector.PRIVATE,
    "prive agree": Sector.PRIVATE, "secteur prive": Sector.PRIVATE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says. ``name`` and ``community`` are words; "" where there are none."""

    name: str
    email: str = ""
    community: str = ""
    day: date | None = None
    values: dict[str, str] = field(default_factory=dict[str, str])


def read(
    text: str,
    *,
    measures: Iterable[tuple[str, Sector]],
    is_community: Callable[[str], bool],
    day_of: Callable[[str], date | None],
) -> Said:
    """What a line says: first who, perhaps "to" a community; then, between commas, the rest.

    ``values`` are of the form: "sector", "measure", and what says nothing known as "institution".
    """
    text = unicodedata.normalize("NFC", text)
    known = dict(measures)
    mail = EMAIL.search(text)
    first, *rest = [" ".join(part.split()) for part in BREAK.split(EMAIL.sub(" ", text))]
    name, community = _apart(first, is_community)
    values: dict[str, str] = {}
    day: date | None = None
    left: list[str] = []
    for part in rest:
        folded = fold(part)
        since = SINCE.match(part)
        if part in known:
            values |= {"measure": part, "sector": known[part].value}
        elif folded in SECTORS:
            values.setdefault("sector", SECTORS[folded].value)
        elif said := day_of(part[since.end() :] if since else part):
            day = said
        elif not community and is_community(part):
            community = part
        elif part:
            left.append(part)
    if left:
        values["institution"] = ", ".join(left)
    return Said(name, mail[1] if mail else "", community, day, values)


def near(text: str, today: date) -> date | None:
    """The day that is said, the nearest where no year is; None where it is unclear."""
    for until in (today + HALF_A_YEAR, today):  # "Friday" is the last one
        read = read_day(text, today=today, until=until) if text else None
        if isinstance(read, date):
            return read
    return None


def _apart(words: str, is_community: Callable[[str], bool]) -> tuple[str, str]:
    """Who, and the community after the last word that joins both: "Jean de la Tour to North"."""
    for m in TO.finditer(words):
        if is_community(words[m.end() :]):
            return words[: m.start()], words[m.end() :]
    return words, ""
