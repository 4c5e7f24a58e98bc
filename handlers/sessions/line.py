"""Reads one line about a session: "3h family engagement yesterday, 14 people, EMSB RSB".

Days, lengths and times are the grammar's (``handlers/lines``), and may lie ahead; what nothing else
took is the title.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.lines import days, durations
from handlers.lines.calendar import When
from handlers.lines.grammar import left_over
from handlers.lines.heads import read_heads
from handlers.lines.reading import Question, Why
from handlers.lines.words import Line, Names
from storage.words import fold

LONGEST_LINE = 1000
MOST_DAYS = 10
ROLES = ("role", "roles", "maybe-role", "maybe-roles")
URL = re.compile(r"https?://[^\s<>,;]+", re.IGNORECASE)
BREAK = re.compile(r"[,;](?!\d)|\n")
THEME = re.compile(r"th[eè]me\s*:?\s+(?=\S)", re.IGNORECASE)
# What people say of a workshop's part, of each phrase what is left without small words.
PARTS = {
    "outcome-area": {"outcome", "outcome area", "identified outcome", "resultat", "cible",
                     "domaine cible", "domaine resultat", "domaine"},
    "theme-of-choice": {"own choice", "our choice", "choice", "choix", "notre choix",
                        "leur choix", "dsrea choice"},
}  # fmt: skip
SMALL = re.compile(r"\b(?:an?|the|of|on|le|la|l|au|de|d|du|theme|themes|part|area of)\b")
HALF = re.compile(r"(?<!\S)(?:a |the )?½ (?:of )?(?:a |the )?day ")
WHOLE = re.compile(r"(?<!\S)(?:a |the )?whole day ")
WHOLE_AFTER = re.compile(r"journée complète|jour complet|journee complete", re.IGNORECASE)
SO_MANY = re.compile(r"(?<!\S)(\d\d?|a) (?:whole )?day ")
CLOCK = r"(\d\d?)(?: hour(?: (\d\d)(?: minute)?)?|:(\d\d))?( am| pm)?"
RANGE = re.compile(rf"(?<!\S)(?:from |at |à )?{CLOCK} (?:to|-|à) (?=(?:\d|noon))")
AT = re.compile(rf"(?<!\S)(?:at|à|starting) {CLOCK} (?!people|to |- |à )")
HALF_OF_DAY = re.compile(rf"(?<!\S){CLOCK.replace('( am| pm)?', '( am| pm)')} (?!to |- |à )")
ALONE = re.compile(r"(?<!\S)(\d\d?) hour(?: (\d\d)(?: minute)?)? (?!to |- |à )")
LENGTH = re.compile("hour|minute|½ day|day")
RANGED = re.compile(" (?:to|-|à) ")


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says of a session. ``minutes`` are of each day, None where that is open.

    ``counts`` are heads by body ("" for those of none); ``part`` is the id of a part of a goal.
    """

    title: str = ""
    theme: str = ""
    part: str = ""
    audience: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    starts: str = ""
    minutes: int | None = None
    boards: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    link: str = ""
    questions: tuple[Question, ...] = ()


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
    theme, part, rest = _sorted(WHOLE_AFTER.sub("full day", URL.sub(" ", text)))
    line = Line(rest, names.lexicon)
    heads = read_heads(line)
    found = list(_days(line, when))
    starts = _starts(line)
    length, so_many = _length(line, half_day)
    questions = [one for one in found if isinstance(one, Question)] if day is None else []
    if isinstance(length, Question) and minutes is None:
        questions.append(length)
    on = _each_day([one for one in found if isinstance(one, date)], day, so_many, when)
    left = [*left_over(line, 0, line.head), *left_over(line, line.head, len(line.left))]
    # "…, for CDAs" says who it is for, and is no part of the title.
    said = [one for one in left if not _only_roles(Line(one, names.lexicon))] or left
    return Said(
        ", ".join(dict.fromkeys(said)).strip(' "«»“”'),
        theme,
        part,
        _audience(line),
        on,
        starts,
        minutes or (length if isinstance(length, int) else None),
        heads.boards,
        heads.counts,
        link[0].rstrip(".") if link else "",
        tuple(questions),
    )


def part_of(text: str) -> str:
    """The part of a goal that a phrase names, or ""."""
    plain = " ".join(SMALL.sub(" ", re.sub(r"[^\w]+", " ", fold(text))).split())
    return next((part for part, said in PARTS.items() if plain in said), "")


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


def _days(line: Line, when: When) -> Iterator[date | Question]:
    """The days that are named; two of one month are both meant."""
    for m, day in days.days_in(line, when):
        if isinstance(day, date) or not m.groupdict().get("lastday"):
            yield day
            continue
        both = [one for one in day.readings if isinstance(one, date)]
        if day.why is not Why.TWO_DATES or len(both) != 2:
            yield day
            continue
        first, last = both
        span = (last - first).days
        if RANGED.search(m[0]) and 0 < span < MOST_DAYS:
            yield from (first + timedelta(days=n) for n in range(span + 1))
        else:
            yield from (first, last)


def _each_day(said: list[date], answer: date | None, so_many: int, when: When) -> tuple[date, ...]:
    """The days of the session: those that are said, or so many from the one that is."""
    known = [answer] if answer else said or [when.today]
    if len(known) == 1 and so_many > 1:
        known = [known[0] + timedelta(days=n) for n in range(min(so_many, MOST_DAYS))]
    return tuple(sorted(set(known)))


def _starts(line: Line) -> str:
    """When it starts, "13:30"; "" where that isn't said. A range's words are left: its length."""
    if m := RANGE.search(line.left):
        return _time(m[1], m[2] or m[3], m[4])
    for pattern in (AT, HALF_OF_DAY):
        if m := pattern.search(line.left):
            line.take(*m.span())
            return _time(m[1], m[2] or m[3], m[4])
    for m in ALONE.finditer(line.left):  # "13 h 30, 90 min": one of them is a length
        others = line.left[: m.start()] + line.left[m.end() :]
        if 8 <= int(m[1]) <= 21 and LENGTH.search(others):
            line.take(*m.span())
            return _time(m[1], m[2], None)
    return ""


def _time(hour: str, minute: str | None, half: str | None) -> str:
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half == " pm" else 0)
    elif hours < 7:
        hours += 12  # nobody meets at two in the night
    return f"{hours:02}:{int(minute or 0):02}" if hours < 24 and int(minute or 0) < 60 else ""


def _length(line: Line, half_day: int) -> tuple[int | Question, int]:
    """The minutes of each day, or what to ask; and how many days."""
    so_many = 1
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
