"""Reads one line of chat, English or French, into what an entry says; asks where it reads two ways.

A line is put into plain words (``words``), rules over these find the day (``days``) and how long it
took (``durations``), then who and what it was for, here. What no rule took is the objective.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from handlers.entries import calendar, days, durations
from handlers.entries.reading import About as About
from handlers.entries.reading import Question as Question
from handlers.entries.reading import Reading as Reading
from handlers.entries.reading import Why as Why
from handlers.entries.words import Line, Rule
from handlers.entries.words import Names as Names
from storage.entries import Accompanied
from storage.plan import EntryKind

LONGEST_LINE = 1000  # characters; more is asked about
LONGEST_HEAD = 300  # characters in which all but the objective must stand
MOST_PEOPLE = 30

# Who was accompanied

NAME = (  # "May" and "Sam" are names only before another, or after "with"; so is "julie (CDA)"
    r"(?:title )?(?:name|(?:apr|may|jun)(?= name| \()|(?<=with )(?:maybe-sat|word(?= \( \S*role )))"
    r"(?: (?:of |the |le )*(?:name|acronym(?! \)))|(?<=name) maybe-board){0,4}"
)
PARTS = {
    "NAME": NAME,
    "NAMES": rf"{NAME}(?: (?:and|,|plus) {NAME}){{0,4}}",
    "ROLE": "(?:maybe-)?role",  # "maybe-": it may only describe, as in "parent night"
    "ROLES": "(?:maybe-)?roles",
    "GROUP": "(?:(?:maybe-)?role|partner)s?",
    "COUNT": r"\d{1,3}|a|several",
    "ONE": "@+",  # someone already read
}
EACH_NAME = re.compile(r"(?:(?!(?:and|,|plus) )\S+ )+")
NO_CLUB = "(?!(?:(?:and|of|the|le|several|name|acronym)_){0,4}(?:school|club))"  # Boys & Girls Club
WITH = r"with|accompaniment of|to|à? (?:(?:a|the|le|small|several|,|@+|~+)_){0,4}"
LISTED = "ONE (?:(?:and|,|plus|-)_){1,2}(?:(?:a|the|with|small)_){0,3}"


def _read_people(line: Line, m: re.Match[str]) -> list[Accompanied]:
    """The people of a rule's parts: by name, or so many of a role."""
    said = {part: m.span(part) for part, words in m.groupdict().items() if words}
    role = next((said[part] for part in ("role", "roles", "group") if part in said), None)
    id = line.within(*role)[0].id if role else ""
    if names := said.get("names") or said.get("name"):
        each = EACH_NAME.finditer(line.left, names[0], names[1] + 1)
        return [Accompanied(id, line.typed(*one.span()).rstrip(".")) for one in each]
    count = {"a": 1, "several": 2}.get(number := m.groupdict().get("count") or "a")
    many = 2 if role and line.left[role[1] - 1] == "s" else 1
    return [Accompanied(id, "", max(count or int(number), many))]


PEOPLE = [
    (Rule(words, PARTS), _read_people)
    for words in (
        f"NAMES {NO_CLUB} [(,]? ROLES (?!word)",  # Sarah Cohen and Paul Roy (CDAs)
        f"NAME {NO_CLUB} [(,]? a|the? ROLE (?!word|of_word)",  # Marie Tremblay (CDA, EMSB)
        f"ROLE [(:,]? NAME {NO_CLUB}",  # directrice Anne-Marie de la Rue
        f"(?=title) NAME {NO_CLUB}",  # Dr Wong
        "(?<!support_à_)(?<!support_to_) COUNT small? GROUP",  # 3 CDAs; not "support to a partner"
        "(?P<group>roles?)_",  # CDA
        "(?<!word_) (?P<group>maybe-roles?)_ (?!word|name|people)",  # principal
        f"{WITH} NAMES {NO_CLUB}",  # with Sarah, Paul and Luc
        f"{LISTED} NAMES {NO_CLUB}",  # with Sarah (CDA) and Paul
        f"{WITH} GROUP",  # with community partners
        f"{LISTED} GROUP",  # with the CDA and partners
    )
]
AFTER = re.compile(
    r"(?:, |with (?:(?:a|the|le|small|several|@+|~+) ){0,4})$"
)  # before one after "re"


def _people(line: Line) -> tuple[Accompanied, ...]:
    """Who was accompanied, their words taken; after "re" only those who are introduced there."""
    found: list[tuple[int, Accompanied]] = []
    for first, end in ((0, line.head), (line.head, 9**9)):
        for m, how in line.matches(PEOPLE, first, end):
            if (
                not first
                or m[0].startswith(("with", "acc"))
                or AFTER.search(line.left[: m.start()])
            ):
                found += [(m.start(), one) for one in how(line, m)]
                line.take(*m.span(), "@")
        if found:
            break
    found.sort(key=lambda one: one[0])
    return tuple(dict.fromkeys(one for _, one in found))[:MOST_PEOPLE]


# Boards, partners, and what kind of hours

BOARD = re.compile(
    r"(?<!\S)(?P<at>(?:at|à|,|[~@]+|\(|of|in) (?:the |le )?)?(?P<board>(?:maybe-)?board) "
)
SMALL = "(?:(?:of|le|the|a|at|à|to|in|for|with|several|meeting|:|-|,) ){0,5}"
PROPER = "(?:name|acronym|school|club|maybe-board|board)"
ORGANISATION = (  # YMCA, Boys and Girls Club of LaSalle, Maison des jeunes, "Fun with Math"
    rf"(?:quoted|{PROPER}(?: (?:(?:and|of|the|le|several) ){{0,2}}{PROPER}){{0,6}}"
    "(?:(?<=club)(?: of| the| le| several)+ (?:word|people))?)"
)
PARTNER_SUPPORT = f"(?:partners? support|support {SMALL}partners?)"
SUPPORT = re.compile(
    rf"support (?:(?=acronym|club|quoted)|(?:(?:to|at|à|for|le|the|a) )+(?!(?:name )*school|board))"
    rf"(?P<organisation>{ORGANISATION}) "
)
PARTNERS = [  # no organisation is read where "with" does not introduce it, or one of these words
    SUPPORT,
    re.compile(rf"(?:{PARTNER_SUPPORT}|partners?|table) {SMALL}(?P<organisation>{ORGANISATION}) "),
    re.compile(rf"(?<!\S)(?P<organisation>{ORGANISATION}) (?:{PARTNER_SUPPORT}|table) "),
    re.compile(rf"(?:with|at|à) (?:the |le )?(?P<organisation>{ORGANISATION}) "),
]


def _boards(line: Line) -> tuple[str, ...]:
    """The network's bodies that are named; in the objective they stay in its words too."""
    places = [*BOARD.finditer(line.left)]
    places = [m for m in places if m.start() < line.head] or places
    for m in places:
        if m.start() < line.head or m["at"]:
            line.take(*m.span("board"))
    return tuple(dict.fromkeys(line.within(*m.span("board"))[0].id for m in places))


def _kind(line: Line, people: tuple[Accompanied, ...]) -> tuple[EntryKind, bool]:
    """What the hours were spent on, and whether the line says so."""
    words = line.words[: line.head]
    if not people and not re.search("accompaniment|table|partner|board", words):
        words = line.words
    supported = re.search(PARTNER_SUPPORT, words) is not None
    if "accompaniment " in words:
        return EntryKind.ACCOMPANIMENT, not supported
    accompanied = any(one.role not in ("", EntryKind.PARTNER) for one in people)
    partner = re.search("partner|table", words) or SUPPORT.search(words)
    if supported or (partner and not accompanied):
        return EntryKind.PARTNER, True
    return EntryKind.ACCOMPANIMENT, not partner and (accompanied or "board" in words)


def _partner(line: Line) -> tuple[str, bool]:
    """The table or organisation, and whether it was known; its words taken."""
    if (first := line.left.find("known-partner ")) >= 0:
        line.take(first, first + 14)
        return line.within(first, first + 14)[0].id, True
    for pattern in PARTNERS:
        if m := pattern.search(line.left, 0, line.head):
            line.take(*m.span("organisation"))
            return line.typed(*m.span("organisation")).strip('"«»“” '), False
    return "", False


# The whole line

EDGE = {  # words that no objective starts or ends with
    *(",", "-", ":", "(", ")", "à", "a", "the", "le", "several", "of", "of le", "of several", "to"),
    *("to le", "and", "plus", "from", "at", "in", "on", "for", "before", "small", "about", "with"),
    *("request", "times", "accompaniment"),
}
FILLER = (
    EDGE
    | {"meeting", "morning", "table", "support", "partner", "partners", "last", "this"}
    | {"whole", "minute"}
)
QUOTED = re.compile(r'\s(?:re|objet):? "(?P<objective>.*)"$', re.DOTALL)


def left_over(
    line: Line, first: int, end: int, filler: set[str] = FILLER, *, cut: bool = False
) -> Iterator[str]:
    """What no rule took, without the small words at its ends (but for that of a cut line)."""
    last = line.tokens[-1] if cut and line.tokens else None
    for piece in re.finditer(r"[^~@]+", line.left[first:end]):
        tokens = line.within(first + piece.start(), first + piece.end())
        while tokens and tokens[0].kind in EDGE:
            tokens = tokens[1:]
        while tokens and tokens[-1].kind in EDGE and tokens[-1] is not last:
            tokens = tokens[:-1]
        if any(token.kind not in filler for token in tokens):
            said = " ".join(line.text[tokens[0].start : tokens[-1].end].split())
            yield said + ")" * (said.count("(") - said.count(")"))


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
    text = text.rstrip()
    quoted = QUOTED.search(text) if text.endswith('"') else None  # as ``write_line`` writes it
    head, objective = (text[: quoted.start()], quoted["objective"]) if quoted else (text, "")
    cut = len(head) if len(head) <= LONGEST_HEAD else head.rfind(" ", 1, LONGEST_HEAD)
    cut = LONGEST_HEAD if cut < 0 else cut
    line = Line(unicodedata.normalize("NFC", head[:cut]), names.lexicon)
    when = day or days.day_of(line, today)
    length = minutes or durations.minutes_of(line, half_day_minutes)
    if len(text) > LONGEST_LINE and minutes is None:
        length = durations.ask(Why.TOO_MUCH_TEXT)
    people = _people(line)
    kind, kind_given = _kind(line, people)
    boards = _boards(line)
    partner, known = _partner(line) if kind is EntryKind.PARTNER else ("", False)
    said = [
        *left_over(line, line.head, len(line.left), cut=cut < len(head)),
        *left_over(line, 0, line.head, cut=cut < len(head)),
    ]
    rest = f"{head[cut:]} {objective}".split()
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
        objective=" ".join([", ".join(dict.fromkeys(said)), *rest]).strip(),
        requested="request " in line.words,
        open_questions=tuple(one for one in (length, when) if isinstance(one, Question)),
    )


def read_minutes(text: str, *, half_day_minutes: int = 180) -> int | Question:
    """A duration alone, by the same rules."""
    line = Line(unicodedata.normalize("NFC", text)[:LONGEST_HEAD])
    return durations.minutes_of(line, half_day_minutes)


def read_day(text: str, *, today: date) -> date | Question:
    """A date alone, by the same rules; a number is a day of the month."""
    line = Line(unicodedata.normalize("NFC", text)[:LONGEST_HEAD])
    if m := re.fullmatch("([0-3]?[0-9])(?:th)? ", line.words):
        return calendar.past(calendar.numbered(today, int(m[1])), today)
    return days.day_of(line, today) or calendar.ask(Why.MISSING)
