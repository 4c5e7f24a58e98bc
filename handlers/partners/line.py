"""Reads one line: "CHSSN, table, existing", "agreement with Centraide signed yesterday"."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from handlers.chat.values import is_day
from handlers.lines import days
from handlers.lines.calendar import When
from handlers.lines.grammar import left_over, read_day
from handlers.lines.reading import Why
from handlers.lines.words import Line
from storage.partnerships import Agreement, Partnership, Standing
from storage.words import fold

ANY_CASE = re.IGNORECASE
WORD = (
    r"(?:memorandum of understanding|protocole d[’']entente|partnership agreement"
    r"|entente de partenariat|agreement|entente|mou)\b"
)
LEAD = (
    r"^(?:(?:we|on a|nous avons) )?(?:signed |sign[ée] )?"
    r"(?:(?:an?|une|un|the|la|le) |l[’'])?(?:new |nouvelle )?"
)
START = re.compile(LEAD + WORD, ANY_CASE)
AFTER_NAME = re.compile(
    rf"\b(?<!d[’']){WORD}(?=\s*(?:,|$|(?:was |is |a [ée]t[ée] )?sign))", ANY_CASE
)
JOIN = re.compile(r"^\s*:?\s*(?:(?:with|avec)\b)?\s*", ANY_CASE)
SIGNED = re.compile(
    r"[,\s]*\b(?:(?:was|is|a [ée]t[ée]|est) )?sign(?:ed|[ée]e?)?\b(?: (?:on|le)\b)?\s*", ANY_CASE
)
ENDS = re.compile(
    r"[,\s]*\b(?:(?:valid|valide|in force|en vigueur) )?"
    r"(?:until|till|jusqu[’']?\s?(?:au|à|en|a))\s+(?P<day>[^,]+?)"
    r"(?=,|\s+(?:with|avec|sign)|$)",
    ANY_CASE,
)
UP_TO = re.compile(r"(?P<day>[^,]*?)(?=,|\s*\b(?:with|avec|for|pour|re)\b|$)", ANY_CASE)
ABOUT = re.compile(r"\s+(?:for|pour|on|sur|about|re|concernant)\s+", ANY_CASE)
SPAN = re.compile(  # "seat since 2023-09-01 until yesterday"
    r"^(?P<what>.*?)(?:\s*\b(?:since|depuis)(?: le\b)?\s+(?P<since>.+?))?"
    r"(?:\s*\b(?:until|till|jusqu[’']?\s?(?:au|à|en|a))\s+(?P<until>.+))?$",
    ANY_CASE,
)
PURPOSE = re.compile(r"(?:(?:purpose|objectif|for|pour)(?:\s*:\s*|\s+)|but\s*:\s*)(?=\S)", ANY_CASE)
CONTACT = re.compile(r"contact(?: (?:at|chez|à))?(?:\s*:\s*|\s+)(?=\S)", ANY_CASE)
URL = re.compile(r"https?://[^\s,;]+", ANY_CASE)
STANDINGS = {
    "potential": Standing.POTENTIAL, "potentiel": Standing.POTENTIAL,
    "potentielle": Standing.POTENTIAL, "possible": Standing.POTENTIAL,
    "new": Standing.NEW, "nouveau": Standing.NEW, "nouvelle": Standing.NEW,
    "existing": Standing.EXISTING, "existant": Standing.EXISTING,
    "existante": Standing.EXISTING, "current": Standing.EXISTING,
    "actuel": Standing.EXISTING, "actuelle": Standing.EXISTING,
}  # fmt: skip
TABLES = {"table", "a table", "une table", "table de concertation"}
ORGANISATIONS = {"organization", "organisation", "organisme", "org"}
SEATS = {
    "seat", "we sit on it", "member", "siege", "on y siege", "nous y siegeons",
    "l'equipe y siege", "the team sits on it",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says of a partner.

    ``plain``: it says more than the name, so it can be kept. ``unread``: by the name of an input of
    the form, why what is said of it can't be read: "day", or "future".
    """

    says: Partnership
    plain: bool
    unread: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a line says of an agreement; ``unread`` as in Said."""

    says: Agreement
    unread: tuple[tuple[str, str], ...] = ()


def is_agreement(text: str) -> bool:
    """Whether a line is about an agreement."""
    plain = _plain(text)
    phrases = [one.strip() for one in plain.split(",")]
    return any(map(START.match, phrases)) or AFTER_NAME.search(plain) is not None


def read(text: str, known: Partnership | None = None, *, today: date) -> Said:
    """What the line says of a partner, over what is ``known`` of it."""
    name, *rest = [one for one in map(str.strip, _plain(text).split(",")) if one] or [""]
    says: Partnership = replace(known or Partnership(name), partner=name)
    purposes: list[str] = []
    unread: list[tuple[str, str]] = []
    for part in rest:
        left, spans = _span(part)
        told: dict[str, date] = {}
        for field, words in spans.items():
            day, why = _day(words, today, ahead=field == "until")
            if day is None:
                unread.append((field, why))
            else:
                told[field] = day
        since, until = told.get("since", says.since), told.get("until", says.until)
        says = replace(says, since=since, until=until)
        folded = fold(left).replace("’", "'")
        if not left:
            continue
        if standing := STANDINGS.get(folded):
            says = replace(says, standing=standing)
        elif folded in TABLES:
            says = replace(says, table=True)
        elif folded in ORGANISATIONS:
            says = replace(says, table=False, seat=False)
        elif folded in SEATS:
            says = replace(says, table=True, seat=True)
        elif contact := CONTACT.match(left):
            says = replace(says, contact=left[contact.end() :])
        else:
            purposes.append(PURPOSE.sub("", left, count=1) if PURPOSE.match(left) else left)
    if purposes:
        says = replace(says, purpose=", ".join(purposes))
    return Said(says, bool(rest), tuple(unread))


def read_agreement(text: str, *, today: date) -> Agreed:
    """What the line says of an agreement. A day that is not said, and one unread, is None."""
    plain = _plain(text)
    url = URL.search(plain)
    rest = URL.sub(" ", plain)
    unread: list[tuple[str, str]] = []
    ends = signed = None
    if m := ENDS.search(rest):
        ends, why = _day(m["day"], today, ahead=True)
        unread += [] if ends else [("ends", why)]
        rest = rest[: m.start()] + rest[m.end() :]
    when = ""
    said = SIGNED.search(rest)
    if said:
        after = rest[said.end() :]
        if not START.match(after):  # not "signed an agreement with"
            day = UP_TO.match(after)
            assert day is not None
            when, after = day["day"].strip(), after[day.end() :]
        rest = f"{rest[: said.start()]} {after}"
    phrases = [one.strip() for one in rest.split(",")]
    for place, phrase in enumerate(phrases):
        if m := START.match(phrase) or re.search(rf"\b{WORD}", phrase, ANY_CASE):
            before, after = phrase[: m.start()].strip(), JOIN.sub("", phrase[m.end() :])
            phrases[place] = ", ".join(one for one in (before, after) if one)
            break
    name, *titles = [one.strip() for one in ", ".join(phrases).split(",") if one.strip()] or [""]
    if said and not when:  # "signed an agreement with Centraide yesterday"
        name, when, more = _last(name, today)
        titles = [*more, *titles]
    if said:
        signed, why = _day(when, today)
        unread += [] if signed else [("signed", why)]
    link = url[0].rstrip(".") if url else ""
    return Agreed(Agreement(name, ", ".join(titles), signed, ends, link), tuple(unread))


def apart(name: str) -> tuple[str, str]:
    """ "YMCA for summer camps" as who, and what about; the latter "" where it is not said."""
    if m := ABOUT.search(name):
        return name[: m.start()], name[m.end() :]
    return name, ""


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _span(part: str) -> tuple[str, dict[str, str]]:
    """What "since" and "until" stand before, as words by field, and what is left of a part."""
    m = SPAN.match(part)
    assert m is not None
    spans = {field: said for field in ("since", "until") if (said := m[field])}
    # "seat since 2020-09-01" says since when; "camps since 2020" is a purpose.
    return (m["what"].strip(), spans) if _is_word(m["what"]) else (part, {})


def _is_word(text: str) -> bool:
    """Whether it is nothing, or what says of itself what a partner is."""
    folded = fold(text).replace("’", "'")
    return not folded or folded in SEATS | TABLES | ORGANISATIONS | STANDINGS.keys()


def _day(text: str, today: date, *, ahead: bool = False) -> tuple[date | None, str]:
    """The day that is said, or why there is none. ``ahead``: it may be to come."""
    until = date(today.year + 10, 12, 31) if ahead else today
    if is_day(text):
        day = date.fromisoformat(text)
        return (day, "") if day <= until else (None, "future")
    read = read_day(text, today=today, until=until)
    if isinstance(read, date):
        return read, ""
    return None, "future" if read.why is Why.FUTURE else "day"


def _last(name: str, today: date) -> tuple[str, str, list[str]]:
    """A name, the day that is said with it ("" where none is), and what else is."""
    line = Line(name)
    found = days.day_of(line, When.past(today))
    if not isinstance(found, date):
        return name, "", []
    left, *more = [*left_over(line, 0, len(line.left)), ""]
    return left, found.isoformat(), [one for one in more if one]
