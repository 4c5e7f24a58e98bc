"""Reads one line: "CHSSN, table, existing", "agreement with Centraide signed yesterday"."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from handlers.lines.grammar import read_day
from storage.partnerships import Agreement, Partnership, Standing
from storage.words import fold

AGREEMENT = re.compile(
    r"^(?:an?\s+|une\s+)?(?:new\s+|nouvelle\s+)?(?:partnership\s+)?(?:agreement|entente)"
    r"(?:\s+(?:with|avec|de partenariat avec))?\s*:?\s*",
    re.IGNORECASE,
)
SIGNED = re.compile(r"[,\s]+(?:signed|signée?|signe|sign)\b(?:\s+(?:on|le))?\s*", re.IGNORECASE)
PURPOSE = re.compile(r"(?:purpose|objectif|but|for|pour)\s*:?\s+(?=\S)", re.IGNORECASE)
CONTACT = re.compile(r"(?:contact|contact at|contact chez)\s*:?\s+(?=\S)", re.IGNORECASE)
URL = re.compile(r"https?://[^\s,;]+", re.IGNORECASE)
STANDINGS = {
    "potential": Standing.POTENTIAL, "potentiel": Standing.POTENTIAL,
    "potentielle": Standing.POTENTIAL, "possible": Standing.POTENTIAL,
    "new": Standing.NEW, "nouveau": Standing.NEW, "nouvelle": Standing.NEW,
    "existing": Standing.EXISTING, "existant": Standing.EXISTING,
    "existante": Standing.EXISTING, "current": Standing.EXISTING, "actuel": Standing.EXISTING,
}  # fmt: skip
TABLES = {"table", "a table", "une table", "table de concertation"}
ORGANISATIONS = {"organization", "organisation", "organisme", "org"}
SEATS = {"seat", "we sit on it", "member", "siege", "on y siege", "nous y siegeons"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says of a partner. ``plain``: it says more than the name, so it can be kept."""

    says: Partnership
    plain: bool


def is_agreement(text: str) -> bool:
    """Whether a line is about an agreement."""
    return AGREEMENT.match(text.strip()) is not None


def read(text: str, known: Partnership | None = None) -> Said:
    """What the line says of a partner, over what is ``known`` of it."""
    parts = [" ".join(one.split()) for one in unicodedata.normalize("NFC", text).split(",")]
    name, *rest = [one for one in parts if one] or [""]
    says = known or Partnership(name)
    for part in rest:
        folded = fold(part)
        if standing := STANDINGS.get(folded):
            says = replace(says, standing=standing)
        elif folded in TABLES:
            says = replace(says, table=True)
        elif folded in ORGANISATIONS:
            says = replace(says, table=False, seat=False)
        elif folded in SEATS:
            says = replace(says, table=True, seat=True)
        elif contact := CONTACT.match(part):
            says = replace(says, contact=part[contact.end() :])
        else:
            purpose = PURPOSE.match(part)
            words = part[purpose.end() :] if purpose else part
            says = replace(says, purpose=", ".join(one for one in (says.purpose, words) if one))
    return Said(replace(says, partner=name), bool(rest))


def read_agreement(text: str, *, today: date) -> tuple[Agreement, bool]:
    """What a line says of an agreement, and whether its day could be read (True where none is)."""
    rest = AGREEMENT.sub("", unicodedata.normalize("NFC", text).strip(), count=1)
    url = URL.search(rest)
    rest = URL.sub(" ", rest)
    signed = SIGNED.search(rest)
    day: date | None = None
    known = True
    if signed:
        when, comma, after = rest[signed.end() :].partition(",")
        read_ = read_day(when, today=today)
        day = read_ if isinstance(read_, date) else None
        known = day is not None
        rest = rest[: signed.start()] + comma + after
    name, _, title = rest.partition(",")
    says = Agreement(
        " ".join(name.split()),
        " ".join(title.split()).strip(" ,"),
        day,
        url=url[0].rstrip(".") if url else "",
    )
    return says, known


def same(name: str, among: Iterable[str]) -> str:
    """The known name that this one spells, or ""."""
    return next((one for one in among if fold(one) == fold(name)), "")
