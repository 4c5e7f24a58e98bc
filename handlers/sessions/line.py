"""Reads one line about a session: "3h family engagement yesterday, 14 people, EMSB RSB".

Days, lengths and times are the grammar's (``handlers/lines``), and may lie ahead; what nothing else
took is the title.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeGuard

from handlers.lines import calendar, days, durations
from handlers.lines.calendar import When
from handlers.lines.clock import CLOCK, time_of_day
from handlers.lines.grammar import left_over
from handlers.lines.heads import read_heads
from handlers.lines.reading import About, Question, Why
from handlers.lines.words import Line, Names
from storage.words import fold

LONGEST_LINE = 1000
MOST_DAYS = 10
ROLES = ("role", "roles", "maybe-role", "maybe-roles")
URL = re.compile(r"https?://[^\s<>,;]+", re.IGNORECASE)
BREAK = re.compile(r"[,;](?!\d)|\n")
AGENDA = re.compile(r"(?:^|[\s,;])(?:agenda|ordre du jour|odj)\s*:\s*(?=\S)", re.IGNORECASE)
THEME = re.compile(r"th[eè]me\s*:?\s+(?=\S)", re.IGNORECASE)
# What people say of a workshop's part, of each phrase what is left without small words.
PARTS = {
    "outcome-area": {"outcome", "identified outcome", "resultat", "cible", "resultat cible",
                     "axe", "axe resultat", "axe resultat defini", "resultat defini"},
    "theme-of-choice": {"choice", "own choice", "our choice", "their choice", "board choice",
                        "choix", "notre choix", "leur choix", "choix commission"},
}  # fmt: skip
SMALL = re.compile(
    r"\b(?:an?|the|of|on|le|la|les|l|au|de|des|d|du|themes?|parts?|areas?|domaines?|school|scolaire)\b"
)
# What people write and the grammar has other words for.
OTHER_WORDS = (
    (re.compile(r"journ[ée]e compl[eè]te|jour complet", re.IGNORECASE), "full day"),
    (re.compile(r"(?<=\d)-(?=(?:minutes?|min|hours?|heures?|hr)\b)", re.IGNORECASE), " "),
    (re.compile(r"(?<=\d )(?:ppl|pers\.?)(?!\w)", re.IGNORECASE), "people"),
)
HALF = re.compile(r"(?<!\S)(?:a |the )?½ (?:of )?(?:a |the )?day ")
WHOLE = re.compile(r"(?<!\S)(?:a |the )?whole day ")
SO_MANY = re.compile(r"(?<!\S)(\d\d?|a) (?:whole )?day ")
AND_HALF = re.compile(r"(?<!\S)(?:\d\d? |a )?day and (?:a )?½ ")  # no two days of one length
RANGE = re.compile(rf"(?<!\S)(?:from |at |à )?{CLOCK} (?:to|-|à) (?=(?:\d|noon))")
AT = re.compile(rf"(?<!\S)(?:at|à|starting) {CLOCK} (?!people|to |- |à )")
HALF_OF_DAY = re.compile(rf"(?<!\S){CLOCK.replace('( am| pm)?', '( am| pm)')} (?!to |- |à )")
ALONE = re.compile(rf"(?<!\S)(?=\d\d?(?: hour|:)){CLOCK} (?!to |- |à |hour)")
# "à 13 h 90 min": so many minutes are no part of an hour, but how long it takes.
BEFORE_LENGTH = re.compile(
    rf"(?<!\S)(?:at |à )?(?=\d\d? hour ){CLOCK} (?=(?:[6-9]\d|\d{{3}}) minute|\d\d?:\d\d hour)"
)
LENGTH = re.compile("hour|minute|½ day|day")
RANGED = re.compile(" (?:to|-|à|to le) ")
JOINED = re.compile(" (?:(?:,|and|to|to le|-|à|plus|the|le|on) )*")
FOR = re.compile(r"(?:^|[\s,;])((?:for|pour)\s+(?:(?:the|les|des)\s+)?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says of a session. ``minutes`` are of each day, None where that is open.

    ``days`` are none where they are asked about, and today where none is said (not ``dated``).
    ``counts`` are heads by body ("" for those of none); ``part`` is the id of a part of a goal;
    ``number`` stands alone, and may mean anything. ``agenda`` is read for meetings only.
    """

    title: str = ""
    theme: str = ""
    part: str = ""
    audience: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    dated: bool = False
    starts: str = ""
    minutes: int | None = None
    boards: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    link: str = ""
    number: str = ""
    questions: tuple[Question, ...] = ()
    agenda: str = ""


def read(
    text: str,
    *,
    when: When,
    names: Names,
    half_day: int,
    minutes: int | None = None,
    day: date | None = None,
) -> Said:
    """What the line says. ``minutes`` and ``day`` are answers, and stand for what it says."""
    text = unicodedata.normalize("NFC", text)
    if len(text) > LONGEST_LINE:
        return Said(title=text[:LONGEST_LINE], questions=(durations.ask(Why.TOO_MUCH_TEXT),))
    link = URL.search(text)
    rest = URL.sub(" ", text)
    for pattern, words in OTHER_WORDS:
        rest = pattern.sub(words, rest)
    theme, part, rest = _sorted(rest)
    line = Line(rest, names.lexicon)
    heads = read_heads(line)
    found = _days(line, when)
    starts = _starts(line)
    length, so_many = _length(line, half_day)
    questions = [one for one in found if isinstance(one, Question)] if day is None else []
    if isinstance(length, Question) and minutes is None:
        questions.append(length)
    sure = [day] if day else [one for one in found if isinstance(one, date)]
    if so_many > 1 and len(sure) not in (0, 1, so_many):
        questions.append(calendar.ask(Why.TWO_DATES, *sure))
    asked = any(one.about is About.DAY for one in questions)
    left = [*left_over(line, 0, line.head), *left_over(line, line.head, len(line.left))]
    # "…, for CDAs" says who it is for, and is no part of the title.
    said = [one for one in left if not _only_roles(Line(one, names.lexicon))] or left
    return Said(
        _for(line, said) + ", ".join(dict.fromkeys(said)).strip(' "«»“”'),
        theme,
        part,
        _audience(line),
        () if asked else _each_day(sure, so_many, when),
        bool(sure) and not asked,
        starts,
        minutes or (length if isinstance(length, int) else None),
        heads.boards,
        heads.counts,
        link[0].rstrip(".") if link else "",
        next((one for one in said if one.isdecimal()), ""),
        tuple(questions),
    )


def split_agenda(text: str) -> tuple[str, str]:
    """A line without its agenda, and the agenda: all that follows the word for it.

    A link that stands at the agenda's end is the meeting's where the line has none before.
    """
    m = AGENDA.search(text)
    if m is None:
        return text, ""
    before, agenda = text[: m.start()], text[m.end() :].strip()
    link = list(URL.finditer(agenda))
    if link and not URL.search(before) and not agenda[link[-1].end() :].strip(" ."):
        return f"{before} {link[-1][0]}", agenda[: link[-1].start()].strip(" ,;")
    return before, agenda


def part_of(text: str) -> str:
    """The part of a goal that a phrase names, or ""."""
    plain = SMALL.sub(" ", re.sub(r"[^\w]+", " ", fold(text)))
    words = " ".join(word.removesuffix("s") for word in plain.split() if word != "s")
    return next((part for part, said in PARTS.items() if words in said), "")


def _sorted(text: str) -> tuple[str, str, str]:
    """The theme and the part that whole phrases of a line name, and what is left of it."""
    theme, part, rest = "", "", list[str]()
    for phrase in BREAK.split(text):
        named = THEME.match(phrase.strip())
        if found := part_of(phrase):
            part = found
        elif named:
            theme = " ".join(phrase.strip()[named.end() :].split())
        else:
            rest.append(phrase)
    return theme, part, ",".join(rest)


def _days(line: Line, when: When) -> list[date | Question]:
    """The days that are named, all those between two included; a question where one is unsure.

    Several are meant where nothing but "and" or "to" stands between them; else it is asked which.
    """
    found: list[tuple[int, int, list[date | Question]]] = []
    for m, day in days.days_in(line, when):
        both = [] if isinstance(day, date) else [one for one in day.readings if _is_day(one)]
        pair = m.groupdict().get("lastday") and len(both) == 2
        if pair and not isinstance(day, date) and day.why is Why.TWO_DATES:
            ranged = RANGED.search(m[0]) is not None
            found.append((m.start(), m.end(), [*_span(both[0], both[1], ranged=ranged)]))
        else:
            found.append((m.start(), m.end(), [day]))
    found.sort(key=lambda one: one[0])
    said: list[date | Question] = found[0][2] if found else []
    for (_, end, before), (start, _, after) in pairwise(found):
        between = f" {line.left[end:start]}"
        one, other = before[-1], after[0]
        if isinstance(one, Question) or isinstance(other, Question) or one == other:
            said = [*said, *after]
        elif not JOINED.fullmatch(between):
            return [calendar.ask(Why.TWO_DATES, one, other)]
        else:
            ranged = RANGED.search(between) is not None
            said = [*said, *_span(one, other, ranged=ranged), *after]
    return list(dict.fromkeys(said))


def _is_day(reading: int | date) -> TypeGuard[date]:
    return isinstance(reading, date)


def _span(first: date, last: date, *, ranged: bool) -> Iterator[date]:
    """Both days; all from the one to the other where that is said, and not too many."""
    apart = (last - first).days
    if ranged and 0 < apart < MOST_DAYS:
        yield from (first + timedelta(days=n) for n in range(apart + 1))
    else:
        yield from (first, last)


def _for(line: Line, said: list[str]) -> str:
    """ "For parents", "pour les directions": the words before a title that starts with them."""
    before = FOR.search(line.text[: line.text.find(said[0])]) if said else None
    return before[1] if before else ""


def _each_day(said: list[date], so_many: int, when: When) -> tuple[date, ...]:
    """The days of the session: those that are said, or so many from the one that is."""
    known = said or [when.today]
    if len(known) == 1 and so_many > 1:
        known = [known[0] + timedelta(days=n) for n in range(min(so_many, MOST_DAYS))]
    return tuple(sorted(set(known)))


def _starts(line: Line) -> str:
    """When it starts, "13:30"; "" where that isn't said. A range's words are left: its length."""
    if m := RANGE.search(line.left):
        return _time(m)
    if m := BEFORE_LENGTH.search(line.left):
        line.take(*m.span())
        return _time(m)
    for pattern in (AT, HALF_OF_DAY):
        if m := pattern.search(line.left):
            line.take(*m.span())
            return _time(m)
    for m in ALONE.finditer(line.left):  # "13 h 30, 90 min": one of them is a length
        others = line.left[: m.start()] + line.left[m.end() :]
        if 8 <= int(m[1]) <= 21 and LENGTH.search(others):
            line.take(*m.span())
            return _time(m)
    return ""


def _time(m: re.Match[str]) -> str:
    return time_of_day(m, earliest=7) or ""  # nobody meets at two in the night


def _length(line: Line, half_day: int) -> tuple[int | Question, int]:
    """The minutes of each day, or what to ask; and how many days."""
    so_many = 1
    if AND_HALF.search(line.left):
        return durations.ask(Why.MISSING), so_many
    for pattern, minutes in ((HALF, half_day), (WHOLE, 2 * half_day)):
        if m := pattern.search(line.left):
            line.take(*m.span())
            return minutes, _so_many(line)
    if m := SO_MANY.search(line.left):
        so_many = _so_many(line)
    said = durations.minutes_of(line, half_day)
    if isinstance(said, Question) and said.why is Why.MISSING and m:
        return 2 * half_day, so_many
    return said, so_many


def _so_many(line: Line) -> int:
    """How many days are said, their words taken; one where none are."""
    m = SO_MANY.search(line.left)
    if m is None:
        return 1
    line.take(*m.span())
    return 1 if m[1] == "a" else max(1, int(m[1]))


def _only_roles(line: Line) -> bool:
    return all(token.kind in ROLES for token in line.tokens)


def _audience(line: Line) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token.id for token in line.tokens if token.kind in ROLES))
