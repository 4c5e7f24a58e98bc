"""How long it took: a table of rules, each with an example, and how each is read."""

import re
from collections.abc import Mapping

from handlers.lines.reading import About, Question, Why
from handlers.lines.rules import COUNTED, Rule, Rules
from handlers.lines.words import Line

LONGEST_DAY = 12 * 60
TIME = r"(?:noon|midnight|\d\d?:\d\d|\d\d? hour(?: \d\d(?: minute)?)?|\d\d?)(?: [ap]m)?"
PARTS = {
    "HOURS": r"-?\d*\.?\d+|a",
    "WHOLE": r"\d+",
    "MINUTES": r"-?\d+|a",
    "ROUND": "0[1-9]|[1-5][05]",  # minutes without a unit
    "PART": "[½¼¾]|1/2|1/4|3/4|1/3|2/3",
    "CLOCK": r"\d\d?:\d\d",
    "OPENED": "from|of|of le",
    "START": TIME,
    "TO": "-|to|à|a|and|to le",
    "END": TIME,
    "NUMBER": r"\d+",
}
FIGURES = re.compile(r"-?\d*\.?\d+")
AMBIGUOUS = re.compile(r"(\d+)\.(15|30|45)")
IN_HOURS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "a": 1, "noon": 12, "midnight": 0}


def ask(why: Why, *minutes: float) -> Question:
    """A question about the duration, with the readings that a day can hold."""
    whole = dict.fromkeys(int(one + 0.5) for one in minutes)
    return Question(About.MINUTES, why, tuple(one for one in whole if 0 < one <= LONGEST_DAY))


def _possible(minutes: float) -> int | Question:
    """The minutes, unless no entry can have that many."""
    if minutes < 0.5:
        return ask(Why.NOT_POSITIVE, -minutes)
    return ask(Why.TOO_LONG) if minutes > LONGEST_DAY else int(minutes + 0.5)


def _hours(said: str) -> float:
    """A number of hours, or a time of day: "1.5", "½", "3/4", "a", "9:30", "9 hour 30"."""
    if said in IN_HOURS:
        return IN_HOURS[said]
    if "/" in said:
        return int(said[0]) / int(said[-1])
    hours, *minutes = FIGURES.findall(said)
    return float(hours) + (int(minutes[0]) / 60 if minutes else 0)


def _sum(said: Mapping[str, str | None], *, less: bool = False) -> float:
    """The minutes of all parts of a rule; what is not whole hours counts off where it is less."""
    hours, rest = 0.0, 0.0
    for name, part in said.items():
        match name:
            case "hours" | "whole" | "clock":
                hours += _hours(part or "a")  # "hour and a half"
            case "minutes" | "round" if part:
                rest += _hours(part)
            case "part" if part:
                rest += 60 * _hours(part)
            case _:
                pass
    return 60 * hours + (-rest if less or hours < 0 else rest)


def _amount(m: re.Match[str]) -> int | Question:
    said = m.groupdict()
    number = int(said.get("number") or 1)
    return _two_ways(said.get("hours")) or _possible(_sum(said, less="minus" in m[0]) * number)


def _each(m: re.Match[str]) -> Question:
    """One of several: the whole is not sure."""
    said = m.groupdict()
    return ask(Why.TWO_DURATIONS, _sum(said), _sum(said) * int(said.get("number") or 1))


def _two_ways(said: str | None) -> Question | None:
    """1.30 may be an hour and a half, or 1.3 hours."""
    if m := AMBIGUOUS.fullmatch(said or ""):
        return ask(Why.TWO_WAYS, 60 * int(m[1]) + int(m[2]), 60 * float(m[0]))
    return None


def _no_amount(m: re.Match[str]) -> int:
    return 0


def _between(m: re.Match[str]) -> int | Question | None:
    """The minutes from one time of day to another; None where it is something else."""
    a, b = m["start"], m["end"]
    start, end = 60 * _clock(a), 60 * _clock(b)
    if (m["to"] == "and" and m["opened"] != "from") or max(start, end) > 1440:
        return None
    if b.isdigit() and not m["opened"] and _counts(m):
        return None
    if a.endswith("hour") and b.endswith("hour") and start < 420 and not m["opened"]:
        # 2h à 3h; 2h à 14h
        return ask(Why.TWO_WAYS, end - start, start, end) if end < 480 else int(start)
    said = a.endswith("m"), b.endswith("m")
    full = all(said) or max(start * (not said[0]), end * (not said[1])) >= 780
    return _possible((end - start) % (1440 if full else 720))  # 11-1 is 2 hours


def _clock(said: str) -> float:
    """A time of day in hours."""
    hours = _hours(said.removesuffix(" am").removesuffix(" pm"))
    return hours % 12 + 12 * said.endswith("pm") if said.endswith("m") and hours < 13 else hours


def _counts(m: re.Match[str]) -> bool:
    """Whether the last number counts what follows: "2-3 CDAs", "2h - 3 calls", "unit 2-3 plan"."""
    before, after = m.string[: m.start()], m.string[m.end() :]
    words = "roles|people|maybe-roles"
    if "hour" in m["start"]:
        words += "|role|maybe|word|name" + "|with|meeting" * (_clock(m["start"]) < 7)
    elif before and not before.endswith(("~ ", ", ")):
        words += "|maybe|word|name"
    return re.match(words, after) is not None


def _either(m: re.Match[str]) -> Question | None:
    """2-3 hours, 30 to 45 min; "9-11 h" is from nine to eleven."""
    x, y = float(m["start"]), float(m["end"].split()[0])
    if "hour" in m[0] and x >= 7:
        return None
    x, y = (60 * x, 60 * y) if "hour" in m[0] else (x, y)
    return ask(Why.TWO_DURATIONS, x, y, y - x)


DURATIONS = Rules(
    (
        (r"(?<!from_)(?<!of_)(?<!le_) (?P<start>\d+)_ -|to|à|a (?P<end>\d+)_ hour|minute", _either),
        ("OPENED? START TO END", _between),  # 9am-11am, de 9h à 11 h
        ("at|à START (?!word|name|roles|people|acronym|school)", _no_amount),  # à 10 h
        (r"\d\d?(?::\d\d)? am|pm", _no_amount),  # 2pm
        ("HOURS? hour minus the? a? PART", _amount),  # deux heures moins quart
        ("HOURS? hour and? a? PART", _amount),  # une heure et demie
        ("HOURS hour and|,? MINUTES minute minute?", _amount),  # 1 h 30 min
        (f"HOURS hour and? ROUND {COUNTED}", _amount),  # 1 h 30, an hour and fifteen
        ("WHOLE and|-? a? PART of? a? hour", _amount),  # two and a half hours
        ("a? PART of? a|the? hour", _amount),  # trois quarts d'heure
        ("NUMBER times HOURS hour", _amount),  # 2 x 1 h
        ("NUMBER times MINUTES minute", _amount),  # 2 x 45 min
        ("HOURS hour times", _each),  # 2h each
        ("NUMBER meeting|with of HOURS hour", _each),  # 2 rencontres d'une heure
        ("NUMBER meeting|with of MINUTES minute", _each),  # 3 calls of 20 min
        ("CLOCK hour", _amount),  # 1:30 h
        ("HOURS whole? hour", _amount),  # 2h, an hour
        ("MINUTES minute", _amount),  # 45 min
    ),
    PARTS,
)
UNCOUNTED = (
    "(?!- |word|name|acronym|school|club|people|roles|maybe|times|day|week|month|table|hour|:)"
)
BARE = Rule(
    "(?<!word_)(?<!name_)(?<!acronym_)(?<!-_)(?<!\\(_)(?<!school_)(?<!table_) "
    rf"(?P<value>\d*\.\d+|\d+(?!_role)|\d+:\d\d)_ {UNCOUNTED.replace(' ', '_')}",
    {},
)
VAGUE = re.compile(
    r"(?<!\S)(?:(?P<half>(?:a )?½ (?:of )?(?:a |the )?day|(?:whole |the |a |small )*morning)"
    r"|several (?:hour|minute)|(?:(?P<days>\d+|a)|whole|the|whole the) day) "
)


def minutes_of(line: Line, half_day: int) -> int | Question:
    """The minutes; a question where they are not said, or said twice."""
    for first, end in ((0, line.head), (line.head, 9**9)):
        found: list[int | Question] = []
        for m, how in line.matches(DURATIONS, first, end):
            value = how(m)
            if value is not None:
                line.take(*m.span())
                found += [value] if value else []
        if found:
            return _one(found, added=line.left.count("~ plus ~") == len(found) - 1)
    return _bare(line) or _vague(line, half_day)


def _one(found: list[int | Question], *, added: bool) -> int | Question:
    """The one duration said, the sum of those that are added, or what to ask."""
    values = [value for value in found if isinstance(value, int)]
    if added and len(values) == len(found):  # 1h30 + 15 min
        return _possible(sum(values))
    different = list(dict.fromkeys(found))
    if len(different) == 1:
        return different[0]
    return ask(Why.TWO_DURATIONS, *dict.fromkeys(values), sum(dict.fromkeys(values)))


def _bare(line: Line) -> int | Question | None:
    """The minutes of a number alone; a question where that is not enough."""
    found = [*BARE.pattern.finditer(line.left, 0, line.head)]
    for m in found:
        line.take(*m.span())
    values = [m["value"] for m in found]
    for value in values:
        if two := _two_ways(value):
            return two
    hours = [_hours(value) for value in values]
    if len(hours) == 1 and hours[0] < (7 if ":" in values[0] else 10):
        return _possible(60 * hours[0])
    readings = [one for value in hours for one in (value, 60 * value)]
    return ask(Why.BARE_NUMBER, *readings) if values else None


def _vague(line: Line, half_day: int) -> Question:
    """What to ask about a morning, a day, a few hours."""
    m = VAGUE.search(line.left, 0, line.head)
    if m is None:
        return ask(Why.MISSING)
    line.take(*m.span())
    if m["half"]:
        return ask(Why.HALF_DAY, half_day)
    days = 0 if "several" in m[0] else int((m["days"] or "1").replace("a", "1"))
    return ask(Why.HALF_DAY, 2 * half_day * days)
