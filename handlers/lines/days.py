"""Which day a line is about: a table of rules, each with an example, and how each is read."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from handlers.lines.calendar import (
    When,
    ask,
    either,
    exact,
    in_week,
    latest,
    numbered,
    numbered_near,
    possible,
    weekday,
)
from handlers.lines.reading import Question, Why
from handlers.lines.rules import COUNTED, Rules
from handlers.lines.words import Line

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MAYBE_DAYS = "maybe-mon|maybe-tue|maybe-wed|maybe-thu|maybe-sat|maybe-sun"
MAYBE = (  # "mer", "sat": a day only where one can stand
    f"(?<!with )(?<!of )(?:{MAYBE_DAYS})"
    "(?= (?:[,~(:0-9]|role|maybe-role|board|known|morning|[ap]m|last|accomp|$))"
)
DIGITS = re.compile(r"\d+")
PARTS = {
    "DATE": r"\d+[-/.]\d\d?[-/.]\d+",
    "SLASHED": r"\d\d?/\d\d?",
    "WEEKDAY": "|".join([*WEEKDAYS, MAYBE]),
    "MONTH": "|".join(MONTHS),
    "DAY": "[0-3]?[0-9](?:th)?",
    "LASTDAY": "[0-3]?[0-9](?:th)?",
    "ORDINAL": "[0-3]?[0-9]th",
    "YEAR": "(?:19|20)[0-9][0-9]",
    "NUMBER": r"\d+|a|several",
}


def _in_digits(m: re.Match[str], when: When) -> date | Question:
    """2026-11-12, 12/11/2026 or 12/11, whichever way round it can be."""
    a, b, *year = _numbers(m[0])
    if year and a > 31:
        return possible(exact(a, b, year[0]), when.dated)
    if year:
        return either((exact(year[0], b, a), exact(year[0], a, b)), when.dated)
    return either((latest(when.until, b, a), latest(when.until, a, b)), when)


def _in_month(m: re.Match[str], when: When) -> date | Question:
    """A day of a month, or two, perhaps with a weekday and a year."""
    said, month = m.groupdict(), MONTHS.index(m["month"]) + 1
    days = _numbers(f"{m['day']} {said.get('lastday')}")
    year = int(said.get("year") or 0)
    first, *more = [
        exact(year, month, day) if year else latest(when.until, month, day) for day in days
    ]
    if said.get("weekday") and first and first.weekday() != _number(m["weekday"]):
        more.append(weekday(when.today, _number(m["weekday"])))
    if more:
        return ask(Why.TWO_DATES, first, *more)
    return possible(first, when.dated if year else when)


def _numbered(m: re.Match[str], when: When) -> date | Question:
    return numbered_near(when, _numbers(m[0])[0])


def _numbered_weekday(m: re.Match[str], when: When) -> date | Question | None:
    """Monday the 16th; "Monday 2" may be two hours, where none are said."""
    day, number = numbered(when.today, _numbers(m["day"])[0]), _number(m["weekday"])
    sure = re.search(" (?:the|le) |th $", m[0])
    timed = re.search(r"hour|minute|\d:|\d - \d", m.string)
    if day and day.weekday() == number and (sure or timed):
        return day
    return ask(Why.TWO_DATES, day, weekday(when.today, number)) if sure else None


def _ago(m: re.Match[str], when: When) -> date | Question:
    if m["number"] == "several" or re.search("month|year", m[0]):
        return ask(Why.WHICH_DAY)
    days = 7 if "week" in m[0] else 1 if "day" in m[0] else 0
    return possible(when.today - timedelta(days=days * int(m["number"].replace("a", "1"))), when)


def _weekday(m: re.Match[str], when: When) -> date | Question:
    """The last one of the name, or the next where it is planned; or that of a week."""
    words, number, today = m[0].split(), _number(m["weekday"]), when.today
    recent = weekday(today, number)
    coming = recent + timedelta(days=7)
    if "week" in words or ("this" in words and "last" not in words):
        weeks = -1 if "last" in words else 1 if "next" in words else 0
        return possible(in_week(today, number, weeks), when)
    if "next" in words and not when.ahead:
        return ask(Why.FUTURE, recent, today)
    if "next" in words:
        later = coming + timedelta(days=7)
        if coming == today:
            return possible(later, when)
        return either((coming, later), when) if coming == in_week(today, number, 0) else coming
    if number == today.weekday() and "last" not in words:
        return ask(Why.TWO_WAYS, today, recent)
    if when.ahead and not {"last", "before"} & set(words):
        return ask(Why.TWO_WAYS, recent, coming)
    return recent - timedelta(days=7 * words.count("before"))


def _relative(m: re.Match[str], when: When) -> date | Question:
    offset = {"yesterday": -1, "day-before": -2, "last": -1, "tomorrow": 1, "day-after": 2}
    days = sum(offset.get(word, 0) for word in m[0].split())
    return possible(when.today + timedelta(days=days), when)


def _no_day(m: re.Match[str], when: When) -> date | Question:
    """A week, a month, a few days ago: the days of the week are offered."""
    today = when.today
    if when.ahead and (number := _numbers(m[0])):  # in two weeks
        return possible(today + timedelta(days=number[0] * (7 if "week" in m[0] else 1)), when)
    if when.ahead and "next" in m[0] and "week" in m[0]:
        return ask(Why.WHICH_DAY, *(in_week(today, number, 1) for number in range(5)))
    if "next" in m[0]:
        return ask(Why.FUTURE, today)
    if "week" not in m[0] or "in" in m[0]:
        return ask(Why.WHICH_DAY)
    week = [in_week(today, number, -("last" in m[0])) for number in range(5)]
    return ask(Why.WHICH_DAY, *(day for day in week if day <= today))


def _numbers(said: str) -> list[int]:
    return [int(number) for number in DIGITS.findall(said)]


def _number(name: str) -> int:
    """A weekday's number, 0 to 6."""
    return WEEKDAYS.index(name[-3:])


DAYS = Rules(
    (
        ("DATE", _in_digits),  # 2026-11-12, 12/11/2026
        ("MONTH SLASHED", _no_day),  # Nov 12/13
        (
            r"(?<!\d_) (?!(?<=hour_|.and_)[13]/[24]_) SLASHED (?!(?:of_)?(?:a_)?hour|day)",
            _in_digits,
        ),
        ("le|the? DAY -|and|to|à le|the? LASTDAY of? MONTH YEAR?", _in_month),  # du 9 au 11 nov.
        (f"MONTH DAY -|and|to LASTDAY {COUNTED}", _in_month),  # Nov 9-10
        ("WEEKDAY? ,? le|the? (?<!hour_) DAY of? MONTH ,? YEAR?", _in_month),  # le 12 nov. 2026
        (f"WEEKDAY? ,? MONTH le|the? DAY {COUNTED} ,? YEAR?", _in_month),  # Thursday, Nov 12
        ("DAY of? MONTH YEAR?", _in_month),  # 2 h 12 nov
        (f"WEEKDAY ,? le|the? DAY {COUNTED}", _numbered_weekday),  # jeudi le 12
        (f"on? le DAY {COUNTED}", _numbered),  # le 12
        (f"on the DAY {COUNTED} (?!word|name)", _numbered),  # on the 12th
        (f"the ORDINAL {COUNTED} (?!word|name|meeting)", _numbered),  # the 12th
        ("il-y-a a? NUMBER hour|minute|day|week|month|year", _ago),  # il y a deux jours
        ("a? NUMBER hour|minute|day|week|month|year ago", _ago),  # two days ago
        ("the? last|this|next week last|next? ,? on? WEEKDAY", _weekday),  # last week Monday
        ("the? week last|next ,? on? WEEKDAY", _weekday),  # la semaine dernière, mardi
        ("WEEKDAY morning? of? the? last|this|next week", _weekday),  # Monday last week
        ("WEEKDAY morning? of? the? week last|next", _weekday),  # lundi de la semaine passée
        (
            "the? this? last|next? WEEKDAY morning|am|pm? before? last|next?",
            _weekday,
        ),  # last Friday
        ("today|yesterday|day-before|tomorrow|day-after morning|am|pm?", _relative),  # hier soir
        ("last|this morning|am|pm", _relative),  # this morning, last night
        ("morning last", _relative),  # la nuit dernière
        ("the? last|this|next week|month|year", _no_day),  # last week
        ("the? week|month|year last|next", _no_day),  # la semaine dernière
        ("lately", _no_day),  # the other day
        ("in MONTH", _no_day),  # en octobre
        ("in NUMBER day|week", _no_day),  # dans deux jours
    ),
    PARTS,
    {"WEEKDAY": "|".join([*WEEKDAYS, MAYBE_DAYS])},
)
# Before a day that is a deadline or another event's, and so no entry's: "due", "prep for Friday"
DUE = re.compile(r"(?:before|(?:word|name|meeting|table) for)(?: on| the| le)* $")
OTHERS = re.compile(r"(?:word|name|meeting|about) of(?: the| le)* $")  # "the meeting of the 3rd"
INTRODUCED = re.compile("about(?: the| le| :)* $")  # "re the 3 May meeting"


def weekday_named(word: str, *, short: bool = False) -> int | None:
    """The weekday (0 to 6) that a word alone names, also as "Mondays", « lundis ».

    ``short``: "sat" and « mer » are meant, which are other words where much else can be said.
    """
    for said in (word, word.removesuffix("s") if len(word) > 4 else word):
        kind = Line(said).words.strip()
        kind = kind.removeprefix("maybe-") if short else kind
        if kind in WEEKDAYS:
            return WEEKDAYS.index(kind)
    return None


def days_in(
    line: Line, when: When, first: int = 0, end: int = 9**9
) -> Iterator[tuple[re.Match[str], date | Question]]:
    """Every day the line names, its words taken, but for deadlines."""
    for m, how in line.matches(DAYS, first, end):
        day = how(m, when)
        if day is None:
            continue
        before = line.left[: m.start()]
        future = isinstance(day, Question) and day.why is Why.FUTURE
        due = DUE.search(before) or (future and before.endswith(("for ", "for the ")))
        line.take(*m.span(), "=" if due else "~")
        if not due:
            yield m, day


def day_of(line: Line, when: When) -> date | Question | None:
    """The day of a line; None where it names none. After "re", what describes is no day."""
    days: list[date | Question] = []
    others: list[date | Question] = []
    for m, day in days_in(line, when, 0, line.head):
        (others if OTHERS.search(line.left[: m.start()]) else days).append(day)
    near = timedelta(days=183)  # 3 December, read in November, is to come
    days = days or [day for day in others if isinstance(day, date) and when.today - day < near]
    if not days:
        for m, day in days_in(line, when, line.head):
            after, before = line.left[m.end() :], line.left[: m.start()]
            describes = OTHERS.search(before) or INTRODUCED.search(before)
            if describes or after.startswith(("word", "name", "people")):
                line.take(*m.span(), "=")
            else:
                days.append(day)
    return _one(days)


def _one(days: list[date | Question]) -> date | Question | None:
    """The one day said, or what to ask where there are two."""
    if len(days) < 2:
        return days[0] if days else None
    sure = list(dict.fromkeys(day for day in days if isinstance(day, date)))
    doubts = list(dict.fromkeys(day for day in days if isinstance(day, Question)))
    if sure:
        doubts = [doubt for doubt in doubts if doubt.why is not Why.WHICH_DAY]
    if len(sure) + len(doubts) < 2:
        return next(iter([*sure, *doubts]), None)
    offered = [day for doubt in doubts for day in doubt.readings if isinstance(day, date)]
    return ask(Why.TWO_DATES, *sorted({*sure, *offered}))
