"""Reads one line of chat, English or French, into what an entry says; asks where it reads two ways.

The rules are patterns over the tags that ``tagging`` gives each word, so that every rule holds in
both languages and in a line that mixes them. What a rule takes is tagged "_"; the objective is what
no rule took. Days and durations have rules of their own beside this module.
"""

import re
from dataclasses import replace
from datetime import date

from handlers.entries import days, durations
from handlers.entries.reading import About as About
from handlers.entries.reading import Question as Question
from handlers.entries.reading import Reading as Reading
from handlers.entries.reading import Why as Why
from handlers.entries.tagging import EDGE, Line, composed, tagged
from handlers.entries.words import LEXICON
from handlers.entries.words import Names as Names
from storage.entries import Accompanied, Draft
from storage.plan import EntryKind

LONGEST_LINE = 1000  # characters; more is asked about
MOST_PEOPLE = 30
LONGEST_HEAD = 500  # characters in which all but the objective must stand

NAME = r"A;?(?:[deé]{0,2}[AK];?){0,4}+"
NO_NAME = "(?!(?:[&deé]{0,2}[AK]){0,3}[I7]|[AK])"  # not the start of a school's or a club's
PEOPLE = re.compile(
    rf"(?P<name>{NAME}|(?<=h)x{{1,2}}(?=<[P6])){NO_NAME}(?P<role><[^<>P6T]{{0,4}}[P6T]|,?[eéa]?P(?!x))?"
    rf"|(?P<titled>P):?<?(?P<holder>{NAME}){NO_NAME}(?!x)"
    r"|(?:(?P<count>[uNnUa])[xY]{0,2})?(?P<group>[P6T])"
)
INTRODUCED = re.compile(r"(?:h[eéadcà:@]{0,2}x?|J[eéadcà:@t]{0,3}x?|[@àt]e?)$")
RUN = r"[AKI7](?:;?[AKIY7]|[deét&]{1,2}[AKI7]|(?<=[AI7])[deé]{1,2}[x5])*"
PARTNER = [
    re.compile(
        rf"(?P<table>T(?:d?x){{1,2}}[dé]?{RUN})|[QT][deéàat@hcïs,:;QT-]{{0,4}}(?P<name>{RUN})"
    ),
    re.compile(rf"(?P<before>{RUN})[QT]|[h@à]e?(?P<with>{RUN})"),
]
# Support to a school is no support to a partner.
SUPPORT = re.compile(rf"8(?:[tàa@\"][edé]{{0,2}}(?=[AK7](?![AKI7deé&]*I))|(?=[K7]))(?P<to>{RUN})")
TITLES = {"Mr", "Mrs", "Ms", "Miss", "Mme", "Mmes", "Dr", "Dre"}
MARKER = re.compile(r"r(?!a?[uNnbFUVSCvqH])")  # "about the plan", not "about 2 h"
QUOTED = re.compile(r'\s(?:re|objet):? ["«“]')
FILLER = EDGE | set("~s8TlL%i")  # words that are no objective by themselves


def read_entry(
    text: str,
    *,
    today: date,
    names: Names,
    half_day_minutes: int = 180,
    minutes: int | None = None,
    day: date | None = None,
) -> Reading:
    """What a line says. ``minutes`` and ``day`` are answers, and stand for what the line says."""
    said, more = composed(text[: 2 * LONGEST_LINE]).rstrip(), ""
    quoted = QUOTED.search(said) if said[-1:] in set('"»”') else None
    if quoted and quoted.end() < len(said):  # an objective in quotes is not read
        said, more = said[: quoted.start()], said[quoted.end() : -1]
    too_long = len(said) > LONGEST_LINE or len(text) > 2 * LONGEST_LINE
    if len(said) > LONGEST_HEAD:
        end = max(said.rfind(" ", 0, LONGEST_HEAD), 0) or LONGEST_HEAD
        said, more = said[:end], said[end:] + more
    line = tagged(said, names.lexicon)
    marker = MARKER.search(line.tags)
    head = marker.start() if marker and marker.start() else len(line.tags)
    when = days.read(line, today, head)
    length = durations.read(line, half_day_minutes, head)
    if too_long:
        length = durations.ask(Why.TOO_MUCH_TEXT)
    people = _people(line, head)
    kind, kind_given = _kind(line, head, people)
    boards = _boards(line, head)
    partner, known = _partner(line, head) if kind is EntryKind.PARTNER else ("", False)
    length = length if minutes is None else minutes
    when = when if day is None else day
    return Reading(
        kind=kind,
        kind_given=kind_given,
        minutes=length if isinstance(length, int) else None,
        day=when if isinstance(when, date) else today,
        day_given=isinstance(when, date),
        people=people,
        boards=boards,
        partner=partner,
        partner_known=known,
        objective=" ".join(
            [*([] if quoted else [_objective(line, head, more != "")]), *more.split()]
        ).strip(),
        requested="!" in line.tags,
        open_questions=tuple(one for one in (length, when) if isinstance(one, Question)),
    )


def read_minutes(text: str, *, half_day_minutes: int = 180) -> int | Question:
    """A duration alone, by the same rules."""
    line = tagged(composed(text[:LONGEST_HEAD]), LEXICON)
    return durations.read(line, half_day_minutes, len(line.tags))


def read_day(text: str, *, today: date) -> date | Question:
    """A date alone, by the same rules; a number is a day of the month."""
    line = tagged(composed(text[:LONGEST_HEAD]), LEXICON)
    if line.tags in {"u", "N", "O"}:
        return days.past(days.numbered(today, int(line.values[0])), today)
    return days.read(line, today, len(line.tags)) or days.ask(Why.MISSING)


def _people(line: Line, head: int) -> tuple[Accompanied, ...]:
    """Who was accompanied, their words taken."""
    found: list[tuple[int, Accompanied, list[int]]] = []
    last = -2  # where the last one ended
    for m in PEOPLE.finditer(line.tags):
        first, end = m.span()
        listed = first == last or (first == last + 1 and line.before(first) in set("&,-"))
        introduced = listed or INTRODUCED.search(line.tags, max(first - 5, 0), first) is not None
        one = _named(line, m, introduced) or _group(line, m, introduced)
        if one is None:
            continue
        if found and listed and m["role"] and line.tags[end - 1] == "6":  # Ann and Luc (CDAs)
            at, other, words = found[-1]
            found[-1] = (at, replace(other, role=other.role or one[0].role), words)
        sure = line.values[end - 1] and line.before(first) == ","  # "re the budget, CDA at EMSB"
        if first < head or introduced or sure:
            found.append((first, *one))
            last = end
    found = [one for one in found if one[0] < head] or found
    for _, _, taken in found:
        for at in taken:
            line.take(at, at + 1)
    return tuple(dict.fromkeys(one for _, one, _ in found))[:MOST_PEOPLE]


def _named(line: Line, m: re.Match[str], introduced: bool) -> tuple[Accompanied, list[int]] | None:
    """A person by name, only where it is written as one: "with Marie", "Marie Roy (CDA)"."""
    first, end = m.span()
    if m["titled"]:
        name = line.said(*m.span("holder"))
        return Accompanied(line.ids[first], name.rstrip(".")), [*range(first, end)]
    role = m["role"] or ""
    if not m["name"] or not (
        role[:1] == "<"
        or (introduced and line.before(first) in set("hdc:&,-AJ"))
        or line.said(first, first + 1).rstrip(".") in TITLES
    ):
        return None
    if line.said(first, m.end("name")) in TITLES:
        return None
    stop = m.end("name")
    name = line.said(first, stop).rstrip(".")
    return Accompanied(line.ids[end - 1] if role else "", name), [*range(first, end)]


def _group(line: Line, m: re.Match[str], introduced: bool) -> tuple[Accompanied, list[int]] | None:
    """One or several of a role. A role's word that only describes ("parent night") is no person."""
    at = m.end() - 1
    first = at if m["role"] else m.start()
    before, after, role = line.before(first), line.after(m.end()), line.ids[at]
    if not role or after in {"P", "6"} or not (m["role"] or m["group"]):
        return None
    described = after in set("x5")
    alone = not described and before not in set("x5")
    known = introduced or m["count"] is not None
    sure = line.tags[at] != "T" and (alone or line.values[at] or "Y" in before + after)
    if not (known or sure):
        return None
    taken = [at, first] if m["count"] else [at]
    many = line.tags[at] == "6" or (line.tags[at] == "T" and line.said(at, at + 1).endswith("s"))
    many = many or (before == "e" and line.said(first - 1, first).endswith("s"))  # les ADC
    number = int(line.values[first]) if m["count"] else 1
    return Accompanied(role, "", max(number, 2) if many else number), taken


def _boards(line: Line, head: int) -> tuple[str, ...]:
    """The network's bodies that are named; in the objective they stay in its words too."""
    places = [m.start() for m in re.finditer("Y", line.tags)]
    places = [at for at in places if at < head] or places
    for at in places:
        if at < head or line.before(at) in set("@àcïdé_"):
            line.take(at, at + 1)
    return tuple(dict.fromkeys(line.ids[at] for at in places))


def _kind(line: Line, head: int, people: tuple[Accompanied, ...]) -> tuple[EntryKind, bool]:
    """What the hours were spent on, and whether the line says so."""
    told = people or re.search("[JQTzY]", line.tags[:head])
    tags = line.tags[:head] if told else line.tags
    partner = any(one.role == EntryKind.PARTNER for one in people)
    partner = partner or "T" in tags or "z" in tags or SUPPORT.search(tags) is not None
    accompanied = any(one.role not in ("", EntryKind.PARTNER) for one in people)
    if "J" in tags:
        return EntryKind.ACCOMPANIMENT, "Q" not in tags
    if "Q" in tags or (partner and not accompanied):
        return EntryKind.PARTNER, True
    return EntryKind.ACCOMPANIMENT, not partner and (accompanied or "Y" in tags)


def _partner(line: Line, head: int) -> tuple[str, bool]:
    """The table or organisation, and whether it was known; its words taken."""
    known = line.tags.find("z", 0, head)
    if known >= 0 or (known := line.tags.find("z")) >= 0:
        line.take(known, known + 1)
        return line.ids[known], True
    for pattern in (SUPPORT, *PARTNER):
        if m := pattern.search(line.tags, 0, head):
            first, end = m.span(m.lastgroup or 0)
            line.take(first, end)
            return line.said(first, end), False
    return "", False


def _objective(line: Line, head: int, cut: bool) -> str:
    """What follows "re"; else what no rule took, without the small words at its ends.

    Of what stands before "re", names are kept: a school is no board, and is nowhere else.
    """
    said: dict[str, None] = {}
    for start, stop in ((head, len(line.tags)), (0, head)):
        told = bool(said)
        for first, end in line.pieces(start, stop, EDGE):
            tags = set(line.tags[first:end])
            if ((start < head or head == 0) and tags <= FILLER) or (
                told and not (first and tags & set("AKI7"))
            ):
                continue
            if cut and set(line.tags[end:]) <= EDGE:
                end = len(line.tags)
            words = line.said(first, end)
            words = words.strip('"«»“” ') if end - first == 1 else words
            said[words + ")" * (words.count("(") - words.count(")"))] = None
    return ", ".join(said)


def write_line(entry: Reading | Draft, names: Names, language: str = "en") -> str:
    """An entry as a line that reads as the same values."""
    en = language == "en"
    words = [f"{entry.minutes // 60}h{entry.minutes % 60:02}"] if entry.minutes else []
    words.append(entry.day.isoformat())
    if entry.kind is EntryKind.ACCOMPANIMENT:
        words.append("accompaniment" if en else "accompagnement")
    else:
        words += ["partner support" if en else "soutien partenaire", entry.partner]
    people = (" and " if en else " et ").join(_person(one, names, language) for one in entry.people)
    words += ["with" if en else "avec", people] if people else []
    boards = ", ".join(names.boards[board].short[language] for board in entry.boards)
    words += ["at" if en else "à", boards] if boards else []
    words += ["on request" if en else "sur demande"] if entry.requested else []
    words += ["re" if en else "objet", f'"{entry.objective}"'] if entry.objective else []
    return " ".join(word for word in words if word)


def _person(one: Accompanied, names: Names, language: str) -> str:
    role = names.roles.get(one.role)
    if role is None:
        return one.name
    if one.name:
        return f"{one.name} ({role.name[language]})"
    return role.name[language] if one.number == 1 else f"{one.number} {role.plural[language]}"
