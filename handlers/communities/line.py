"""Reads the line that makes a community: "Elementary / Primaire, 12 to 15, 2024-25 to 2026-27".

What it says fills the form; a line that says all a form needs is taken as it stands.
"""

import re
import unicodedata
from collections.abc import Mapping

from storage.plan import Community as Planned
from storage.plan import CommunityKind
from storage.words import fold

BREAK = re.compile(r"[,;\n]")
NAMES = re.compile(r"\s+/\s+|\s*\|\s*")
SIZE = re.compile(r"(\d{1,3})\s*(?:to|a|-|–)\s*(\d{1,3})(?:\s+\w+)?")
YEAR = r"(20\d\d)(?:\s*[-–/]\s*(\d\d))?"
YEARS = re.compile(rf"{YEAR}(?:\s*(?:to|a|au|-|–)\s*{YEAR})?")
OPEN = {"to be determined", "tbd", "a determiner", "taille a determiner", "size to be determined"}
KINDS = {
    "community of practice": CommunityKind.PRACTICE, "cop": CommunityKind.PRACTICE,
    "communaute de pratique": CommunityKind.PRACTICE, "cdp": CommunityKind.PRACTICE,
    "co-development": CommunityKind.CODEVELOPMENT, "codevelopment": CommunityKind.CODEVELOPMENT,
    "co-development group": CommunityKind.CODEVELOPMENT, "codev": CommunityKind.CODEVELOPMENT,
    "codeveloppement": CommunityKind.CODEVELOPMENT,
    "groupe de codeveloppement": CommunityKind.CODEVELOPMENT,
}  # fmt: skip
FACILITATOR = re.compile(
    r"(?:facilitator|facilitated by|animat(?:rice|eur)|anim[ée]e? par)\s*:?\s+(?=\S)", re.IGNORECASE
)


def read(text: str, sectors: Mapping[str, Planned]) -> dict[str, str]:
    """What the line says as values of the form; "who" is the facilitator's name as it is said.

    "more" is what stands beside two names and says nothing known.
    """
    said: dict[str, str] = {}
    names: list[str] = []
    for part in BREAK.split(unicodedata.normalize("NFC", text)):
        words = " ".join(part.split())
        folded = fold(words)
        if m := YEARS.fullmatch(folded):
            said["first_year"], said["last_year"] = _years(m)
        elif m := SIZE.fullmatch(folded):
            said["smallest"], said["largest"] = m[1], m[2]
        elif folded in OPEN:
            said["smallest"] = said["largest"] = ""
        elif folded in KINDS:
            said["kind"] = KINDS[folded].value
        elif names and (id := _sector(folded, sectors)):
            said["sector"] = id
        elif m := FACILITATOR.match(words):
            said["who"] = words[m.end() :]
        elif words:
            names += NAMES.split(words)
    said |= dict(zip(("name_en", "name_fr"), names, strict=False))
    if names[2:]:
        said["more"] = ", ".join(names[2:])
    return said


def _sector(folded: str, sectors: Mapping[str, Planned]) -> str:
    """The id of the plan's community that is named as the plan does, or ""."""
    for id, one in sectors.items():
        if folded in (fold(id), fold(one.name.en), fold(one.name.fr)):
            return id
    return ""


def _years(m: re.Match[str]) -> tuple[str, str]:
    """The first and the last school year; 2024 to 2026 are two, 2024-25 is one."""
    first, last = int(m[1]), int(m[3] or m[1])
    if m[3] and not m[4]:  # the calendar year in which the last one ends
        last = max(first, last - 1)
    return str(first), str(last)
