"""Reads the period that /entries is asked for: a week, a month, "since 1 Oct", a day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.entries import days
from handlers.entries.reading import Question, Why
from handlers.entries.tagging import EDGE, Line, composed, tagged
from handlers.entries.words import LEXICON

EVER = date(2000, 1, 1)
TO = set("-àt&")
LONG = 400  # characters
SPAN = re.compile(
    r"(?P<last>l[uNnU][jk2]|[uNnU]l[jk2])|(?P<week>e?[il]k|e?kl)|(?P<month>e?[il]2|e?2l)"
    r"|(?P<year>e?[il]5|e?5l)|(?P<name>(?<![uNOU])B,?E?(?![uNO]))|(?P<number>E)"
)


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, both included; ``rest`` is what else was said: whose entries."""

    first: date
    last: date
    rest: str = ""


def read_period(text: str, *, today: date) -> Period | Question:
    """The period a line says: this week (Monday to Sunday) where it says none."""
    line = tagged(composed(text[:LONG]), LEXICON)
    if set(line.tags) == {"%"}:
        return Period(EVER, today)
    tags = line.tags
    found = sorted(_spans(line, today))
    for start, end, _ in found:
        line.take(start, end)
    for _, _, one in found:
        if isinstance(one, Question):
            return one
    spans = [one for _, _, one in found if isinstance(one, Period)]
    rest = " ".join(line.said(*piece) for piece in line.pieces(0, len(line.tags), EDGE))
    if not spans:
        monday = days.in_week(today, 0, 0)
        return Period(monday, monday + timedelta(days=6), rest)
    first, last = spans[0].first, spans[-1].last
    if len(spans) > 1:
        between = line.tags[found[0][1] : found[1][0]]
        if len(spans) > 2 or not set(between) & TO | set("eé") or first > last:
            return days.ask(Why.TWO_DATES)
    elif (
        re.search("f[eé]?$", tags[: found[0][0]]) and not set(tags[found[0][0] : found[0][1]]) & TO
    ):
        last = today  # since
    return Period(first, last, rest)


def _spans(line: Line, today: date) -> Iterator[tuple[int, int, Period | Question]]:
    """Every day, week, month and year the line names, with its place."""
    for m in SPAN.finditer(line.tags):
        first, end = m.span()
        said = m.group()
        back = -1 if "l" in said else 0
        match m.lastgroup:
            case "last":  # the last 7 days
                number = int(max(line.values[first:end]))
                unit = {"j": 1, "k": 7, "2": 30}[said[-1]]
                span = Period(today - timedelta(days=number * unit - 1), today)
            case "week":
                monday = days.in_week(today, 0, back)
                span = Period(monday, monday + timedelta(days=6))
            case "month":
                span = _month(today.year, today.month + back)
            case "name":
                at = first + said.index("B")
                span = _named_month(line, at, end, today)
            case "year":
                span = Period(date(today.year + back, 1, 1), date(today.year + back, 12, 31))
            case _:
                year = int(line.values[first])
                span = Period(date(year, 1, 1), date(year, 12, 31))
        line.take(first, end)
        yield first, end, span
    for first, end, day in days.named(line, today):
        if isinstance(day, date):
            yield first, end, Period(day, day)
        elif day.why is Why.TWO_DATES and len(day.readings) == 2:  # du 1er au 15 octobre
            dates = [one for one in day.readings if isinstance(one, date)]
            yield first, end, Period(min(dates), max(dates))
        else:
            yield first, end, day


def _named_month(line: Line, at: int, end: int, today: date) -> Period:
    """A month by its name: the last one to begin, or that of its year."""
    month = int(line.values[at])
    said = line.tags[end - 1] == "E"
    year = int(line.values[end - 1]) if said else today.year - (month > today.month)
    return _month(year, month)


def _month(year: int, month: int) -> Period:
    """A month, 0 being December of the year before."""
    first = date(year - (month < 1), (month - 1) % 12 + 1, 1)
    return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
