"""Reads one line of chat, English or French, into what an entry says; asks where it reads two ways.

A line is put into plain words (``words``), rules over these find the day (``days``) and how long it
took (``durations``), then who and what it was for, here. What no rule took is the objective.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from handlers.lines import calendar, days, durations
from handlers.lines.reading import About as About
from handlers.lines.reading import Question as Question
from handlers.lines.reading import Reading as Reading
from handlers.lines.reading import Why as Why
from handlers.lines.rules import Rules
from handlers.lines.words import Line
from handlers.lines.words import Names as Names
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
    "ROLE": "role|maybe-role",  # "maybe-": it may only describe, as in "parent night"
    "ROLES": "roles|maybe-roles",
    "SURE": "role|roles",
    "UNSURE": "maybe-role|maybe-roles",
    "GROUP": "role|roles|maybe-role|maybe-roles|partner|partners",
    "COUNT": r"\d{1,3}|a|several",
    "ONE": "@+",  # someone already read
}
A_NAME = "name|apr|may|jun|maybe-sat|("  # one of these is in every NAME, or follows it
EACH_NAME = re.compile(r"(?:(?!(?:and|,|plus) )\S+ )+")
NO_CLUB = "(?!(?:(?:and|of|the|le|several|name|acronym)_){0,4}(?:school|club))"  # Boys & Girls Club
WITH = r"with|accompaniment of|to|à? (?:(?:a|the|le|small|several|,|@+|~+)_){0,4}"
LISTED = "ONE [)]? and|,|plus|- and|,|plus|-? (?:(?:a|the|with|small)_){0,3}"


def _by_name(line: Line, m: re.Match[str]) -> list[Accompanied]:
    """Each of the people who are named, of the role that is said beside them."""
    said = m.groupdict()
    part = next((part for part in ("role", "roles") if said.get(part)), None)
    role = line.within(*m.span(part))[0].id if part else ""
    first, end = m.span("names" if "names" in said else "name")
    each = EACH_NAME.finditer(line.left, first, end + 1)
    return [Accompanied(role, line.typed(*one.span()).rstrip(".")) for one in each]


def _by_role(line: Line, m: re.Match[str]) -> list[Accompanied]:
    """So many of a role: two at least where they are several."""
    group, number = m.lastgroup or "", m.groupdict().get("count") or "a"
    count = {"a": 1, "several": 2}.get(number) or int(number)
    least = 2 if m[group].endswith("s") else 1
    return [Accompanied(line.within(*m.span(group))[0].id, "", max(count, least))]


PEOPLE = Rules(
    (
        (f"NAMES {NO_CLUB} [(,]? ROLES (?!word)", _by_name),  # Sarah Cohen and Paul Roy (CDAs)
        (f"NAME {NO_CLUB} [(,]? a|the? ROLE (?!word|of_word)", _by_name),  # Marie Roy (CDA, EMSB)
        (f"ROLE (?:[(:,]_)* NAME {NO_CLUB}", _by_name),  # directrice Anne-Marie de la Rue
        (f"(?=title) NAME {NO_CLUB}", _by_name),  # Dr Wong
        # 3 CDAs; not "support to a partner"
        ("(?<!support_à_)(?<!support_to_) COUNT small? GROUP", _by_role),
        ("SURE", _by_role),  # CDA
        ("(?<!word_) UNSURE (?!word|name|people)", _by_role),  # principal
        (f"{WITH} NAMES {NO_CLUB}", _by_name),  # with Sarah, Paul and Luc
        (f"{LISTED} NAMES {NO_CLUB}", _by_name),  # with Sarah (CDA) and Paul
        (f"{WITH} GROUP", _by_role),  # with community partners
        (f"{LISTED} GROUP", _by_role),  # with the CDA and partners
    ),
    PARTS,
    {"NAME": A_NAME, "NAMES": A_NAME},
)
INTRODUCED = re.compile(  # before one after "re"
    r"(?:, |with (?:(?:a|the|le|small|several|@+|~+) ){0,4})$"
)


def _people(line: Line) -> tuple[Accompanied, ...]:
    """Who was accompanied, their words taken; after "re" only those who are introduced there."""
    found: dict[int, list[Accompanied]] = {}
    for first, end in ((0, line.head), (line.head, 9**9)):
        for m, how in line.matches(PEOPLE, first, end):
            if (
                not first
                or m[0].startswith(("with", "acc"))
                or INTRODUCED.search(line.left[: m.start()])
            ):
                found[m.end()] = how(line, m)
                line.take(*m.span(), "@")
        if found:
            break
    in_order = [one for end in sorted(found) for one in found[end]]
    return tuple(dict.fromkeys(in_order))[:MOST_PEOPLE]


# Boards, partners, and what kind of hours

BOARD = re.compile("maybe-board |board ")
THERE = re.compile(r"(?<!\S)(?:at|à|,|[~@]+|\(|of|in) (?:the |le )?$")  # before one after "re"
SMALL = "(?:(?:of|le|the|a|at|à|to|in|for|with|several|meeting|:|-|,) ){0,5}"
PROPER = "(?:name|acronym|school|club|maybe-board|board)"
ORGANISATION = (  # YMCA, Boys and Girls Club of LaSalle, Maison des jeunes, "Fun with Math"
    rf"(?:quoted|{PROPER}(?: (?:(?:and|of|the|le|several) ){{0,2}}{PROPER}){{0,6}}"
    "(?:(?<=club)(?: of| the| le| several)+ (?:word|people))?)"
)
PARTNER_SUPPORT = f"(?:partners? support|support {SMALL}partners?)"
SUPPORTED = re.compile(PARTNER_SUPPORT)
SAYS_KIND = re.compile("accompaniment|table|partner|board")
OF_PARTNER = re.compile("partner|table")
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
    places = [m.span() for m in BOARD.finditer(line.left)]
    places = [place for place in places if place[0] < line.head] or places
    for first, end in places:
        if first < line.head or THERE.search(line.left[:first]):
            line.take(first, end)
    return tuple(dict.fromkeys([line.within(*place)[0].id for place in places]))


def _kind(line: Line, people: tuple[Accompanied, ...]) -> tuple[EntryKind, bool]:
    """What the hours were spent on, and whether the line says so."""
    words = line.words[: line.head]
    if not people and not SAYS_KIND.search(words):
        words = line.words
    supported = SUPPORTED.search(words) is not None
    if "accompaniment " in words:
        return EntryKind.ACCOMPANIMENT, not supported
    accompanied = any(one.role not in ("", EntryKind.PARTNER) for one in people)
    partner = OF_PARTNER.search(words) or SUPPORT.search(words)
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
LEFT = re.compile("[^~@ ][^~@]*")
QUOTED = re.compile(r'\s(?:re|objet):? "(?P<objective>.*)"$', re.DOTALL)


def left_over(
    line: Line, first: int, end: int, filler: set[str] = FILLER, *, cut: bool = False
) -> Iterator[str]:
    """What no rule took, without the small words at its ends (but for that of a cut line)."""
    last = line.tokens[-1] if cut and line.tokens else None
    for piece in LEFT.finditer(line.left, first, end):
        tokens = line.within(*piece.span())
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
    # Read in any case: what an answer stands for is no part of the objective.
    said_day = days.day_of(line, calendar.When.past(today))
    said_minutes = durations.minutes_of(line, half_day_minutes)
    when, length = day or said_day, minutes or said_minutes
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


def read_day(text: str, *, today: date, until: date | None = None) -> date | Question:
    """A date alone, by the same rules; a number is a day of the month.

    ``until`` is the last day that can be meant where it may be to come.
    """
    when = calendar.When(today, until or today)
    line = Line(unicodedata.normalize("NFC", text)[:LONGEST_HEAD])
    if m := re.fullmatch("([0-3]?[0-9])(?:th)? ", line.words):
        return calendar.numbered_near(when, int(m[1]))
    return days.day_of(line, when) or calendar.ask(Why.MISSING)
