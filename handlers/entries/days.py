"""Which day a line is about: the last one past, or a question where that is not certain."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from handlers.entries.reading import About, Question, Why
from handlers.entries.tagging import Line

MOST = 20  # days in a line; no one means more
OLDEST = timedelta(days=2 * 366)

DAY = re.compile(
    r"(?P<numeric>D|(?<![uNnU])S(?!d?[ae]?[HMjv]))"
    # Monday, the 12th of November 2026; in "2 h 30 Nov 12" the day is the 12th.
    r"|(?P<month>(?:W,?)?o?[eé]?(?:[uNO][-àt&][eé]?)?"
    r"(?:(?<![-àt&H])(?<![-àt&][eé])[uNOU]|[uNOU](?=d?B(?![uNO](?![HMvqp5P6%]))))d?B(?:,?E)?"
    r"|(?:W,?)?o?B[eé]?[uNO](?![HMvqp5%])(?:[-àt&][uNO](?![HMpC:]))?(?:,?E)?)"
    r"|(?P<mar>4,?[uNO])"
    r"|(?P<number>(?:W,?(?:[eé][uN]|[eé]?O)|é[uNO])(?![HMvqjp56%:])|(?:oe?|e)O(?![xAKIPsTHMvq569])"
    r"|W(?:u(?!P)|N)(?![HMvqjp56%:àtxAK-]))"
    r"|(?P<ago>[uNUa][jk]g|G[uNUa][jk])|(?P<hours>[uNnUaFvqd&]{1,5}[HM]g|G[uNnUaF]{1,2}[HM])"
    r"|(?P<weekday>[il]k,?o?W|e?kl,?W|W\"l|[ily]?e?WL?(?:d?e?k[ly]|[ily]k|d?ik|[ly])?)"
    r"|(?P<relative>RL?|[il]L|Ll|i0)"
    r"|(?P<vague>[ily][k2]|[k2][ly]|[uNUa3][jk2]g|G[uNUa3][jk2]|1"
    r"|(?:^|(?<![xAKIs5]))ïB(?![uNOE])|nB(?![uNO])|Bn(?![HMvqp])|BD|ï[uNUa][jk])"
)


def read(line: Line, today: date, head: int) -> date | Question | None:
    """The day, its words taken; None where the line names none.

    ``head`` is where "re" stands. After a day before it, others are the objective's, and so are
    deadlines ("due", "before"), and a day within the objective's words ("re Monday blues").
    """
    found = list(named(line, today))
    found = [one for one in found if one[0] < head] or [
        one for one in found if line.after(one[1]) not in set("xAKs5") and not _of(line, one[0])
    ]
    found = [one for one in found if not _another(line, *one, len(found))]
    for first, end, _ in found:
        line.take(first, end)
    answers = dict.fromkeys(day for _, _, day in found)
    sure = [day for day in answers if isinstance(day, date)]
    doubts = [day for day in answers if isinstance(day, Question)]
    if sure:
        doubts = [doubt for doubt in doubts if doubt.why is not Why.WHICH_DAY]
    if len(sure) + len(doubts) < 2:
        return next(iter([*sure, *doubts]), None)
    offered = [day for doubt in doubts for day in doubt.readings if isinstance(day, date)]
    return ask(Why.TWO_DATES, *sorted({*sure, *offered}))


def _another(line: Line, first: int, end: int, day: date | Question, found: int) -> bool:
    """Whether the words around a day make it another one than the entry's."""
    if isinstance(day, Question) and line.after(end) == "'":  # next week's visit
        return True
    future = isinstance(day, Question) and day.why is Why.FUTURE
    if _of(line, first):
        return future or found > 1
    before = re.search('(.?)"[eéo]?$', line.tags[:first])
    if before is None:
        return False
    # "due Friday", "prep for Friday", but not "2h for Friday".
    return bool(line.values[before.end(1)]) or future or found > 1 or before[1] in set("xAKIs5")


def _of(line: Line, first: int) -> bool:
    """Whether a day is what another word is of: "la rencontre du 3 décembre"."""
    start = first + (line.said(first, first + 1).lower() == "du")
    return re.search("[xAKs5][dé]e?$", line.tags[:start]) is not None


def named(line: Line, today: date) -> Iterator[tuple[int, int, date | Question]]:
    """Every day the line names, with its place."""
    timed = re.search("[HMC]|[uN]-[uN]", line.tags) is not None
    for m in islice(DAY.finditer(line.tags), MOST):
        first, end = m.span()
        tags, value, last = m.group(), int(line.values[first]), int(line.values[end - 1])
        match m.lastgroup:
            case "numeric":
                yield first, end, _numeric(line.ints(first), today)
            case "month":
                yield first, end, _in_month(line, first, end, today)
            case "mar":  # mardi the 10th, or 10 March
                tuesday = numbered(today, last)
                tuesday = tuesday if tuesday and tuesday.weekday() == 1 else None
                yield first, end, either((tuesday, latest(today, 3, last)), today)
            case "number" if tags[0] != "W":
                yield first, end, past(numbered(today, last), today)
            case "number":
                day, said = numbered(today, last), len(tags) > 2 or tags[1] == "O"
                if day and day.weekday() == value and (timed or said):
                    yield first, end, day
                elif said:
                    yield first, end, ask(Why.TWO_DATES, day, weekday(today, value))
                else:  # "Monday 2": two hours
                    yield first, first + 1, _weekday("W", value, today)
            case "ago":
                number = next(int(value) for value in line.values[first:end] if value)
                yield first, end, today - timedelta(days=number * (7 if "k" in tags else 1))
            case "hours":
                yield first, end, today
            case "weekday":
                name = int(line.values[first + tags.index("W")])
                yield first, end, _weekday(tags, name, today)
            case "relative":
                offset = value if tags[0] == "R" else 0 if tags[0] == "i" else -1
                yield first, end, past(today + timedelta(days=offset), today)
            case _:
                yield first, end, _no_day(tags, today)


def _numeric(numbers: list[int], today: date) -> date | Question:
    """The day of 2026-11-12, of 12/11/2026, or of 12/11, whichever way round it can be."""
    a, b, *year = numbers
    if a > 31 and year:
        return past(exact(a, b, *year), today)
    if year:
        return either((exact(year[0], b, a), exact(year[0], a, b)), today)
    return either((latest(today, b, a), latest(today, a, b)), today)


def _in_month(line: Line, first: int, end: int, today: date) -> date | Question:
    """The day of a number, or two, in a month, perhaps with a weekday and a year."""
    told = {tag: int(line.values[at]) for at, tag in enumerate(line.tags[first:end], first)}
    numbers = [int(line.values[at]) for at in range(first, end) if line.tags[at] in "uNOU"]
    year, month = told.get("E"), told["B"]
    found = [exact(year, month, one) if year else latest(today, month, one) for one in numbers]
    if len(found) > 1:
        return ask(Why.TWO_DATES, *found)
    if found[0] and "W" in told and found[0].weekday() != told["W"]:
        return ask(Why.TWO_DATES, found[0], weekday(today, told["W"]))
    return past(found[0], today)


def _weekday(tags: str, number: int, today: date) -> date | Question:
    """The day of a weekday's name and the words around it ("last", "this", "of last week")."""
    if "k" in tags or "i" in tags:
        weeks = -1 if "l" in tags else 1 if "y" in tags else 0
        return past(in_week(today, number, weeks), today)
    recent = weekday(today, number)
    if '"' in tags:  # Monday before last
        return recent - timedelta(days=7)
    if "y" in tags:
        return ask(Why.FUTURE, recent, today)
    if number == today.weekday() and "l" not in tags:
        return ask(Why.TWO_WAYS, today, recent)
    return recent


def _no_day(tags: str, today: date) -> Question:
    """What to ask about a week, a month, a few days ago."""
    if "y" in tags:
        return ask(Why.FUTURE, today)
    if tags not in {"ik", "lk", "kl"}:
        return ask(Why.WHICH_DAY)
    week = (in_week(today, number, -1 if "l" in tags else 0) for number in range(5))
    return ask(Why.WHICH_DAY, *(day for day in week if day <= today))


# What the calendar says


def ask(why: Why, *days: date | None) -> Question:
    """A question about the day, with the days to offer."""
    return Question(About.DAY, why, tuple(dict.fromkeys(day for day in days if day)))


def exact(year: int, month: int, day: int) -> date | None:
    """The date of these numbers (a year of two digits is of this century), if there is one."""
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def latest(today: date, month: int, day: int) -> date | None:
    """The last time it was this day of this month; eight years hold a 29 February."""
    years = (exact(year, month, day) for year in range(today.year, today.year - 9, -1))
    return next((found for found in years if found and found <= today), None)


def numbered(today: date, day: int) -> date | None:
    """The last day of this number in any month."""
    return max(filter(None, (latest(today, month, day) for month in range(1, 13))), default=None)


def weekday(today: date, number: int) -> date:
    """The last such weekday before today."""
    return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)


def in_week(today: date, number: int, weeks: int) -> date:
    """A weekday (0 to 6) of the week that is so many weeks from this one."""
    return today + timedelta(days=number - today.weekday() + 7 * weeks)


def past(day: date | None, today: date) -> date | Question:
    """The day, or a question where there is none, it is to come, or it is long ago."""
    if day is None:
        return ask(Why.NO_SUCH_DATE)
    if day > today:
        near = day - timedelta(days=7) if day - today < timedelta(days=7) else None
        return ask(Why.FUTURE, near or latest(today, day.month, day.day), today)
    if today - day > OLDEST:
        return ask(Why.LONG_AGO, latest(today, day.month, day.day))
    return day


def either(days: Iterable[date | None], today: date) -> date | Question:
    """The one of these that can be meant; a question where several can, or none."""
    real = [day for day in dict.fromkeys(days) if day]
    possible = [day for day in real if isinstance(past(day, today), date)]
    if len(possible) > 1:
        return ask(Why.TWO_WAYS, *possible)
    return possible[0] if possible else past(real[0] if real else None, today)
