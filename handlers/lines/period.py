"""Reads the period that a list is asked for: a week, a month, "since 1 Oct", a day."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.lines.calendar import When, ask, in_week
from handlers.lines.days import MONTHS, PARTS, days_in
from handlers.lines.grammar import EDGE, left_over
from handlers.lines.reading import Question, Why
from handlers.lines.rules import Rules
from handlers.lines.words import Line

EVER = date(2000, 1, 1)
LONGEST = 400  # characters


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, both included; ``rest`` is what else was said: whose entries."""

    first: date
    last: date
    rest: str = ""


def read_period(text: str, *, today: date, until: date | None = None) -> Period | Question:
    """The period a line says: this week (Monday to Sunday) where it says none.

    ``until`` is the last day that can be meant where it may be to come.
    """
    when = When(today, until or today)
    line = Line(unicodedata.normalize("NFC", text[:LONGEST]))
    if line.words == "whole ":
        return Period(EVER, when.until)
    found = sorted(_spans(line, when), key=lambda one: one[0])
    rest = " ".join(left_over(line, 0, len(line.left), EDGE))
    if not found:
        return replace(_week(today, 0), rest=rest)
    (start, end), first = found[0]
    (again, _), last = found[-1]
    if isinstance(first, Question) or isinstance(last, Question):
        return first if isinstance(first, Question) else last
    between = re.fullmatch("(?:(?:to|-|à|and|the|le) )*", line.words[end:again])
    if len(found) > 2 or (len(found) == 2 and (not between or first.first > last.last)):
        return ask(Why.TWO_DATES)
    two = len(found) == 2 or re.search(" (?:to|-|à|and) ", line.words[start:end])
    since = not two and re.search("from (?:the |le )?$", line.words[:start])
    return Period(first.first, when.until if since else last.last, rest)


def _spans(line: Line, when: When) -> Iterator[tuple[tuple[int, int], Period | Question]]:
    """Every week, month, year and day the line names, with its place."""
    for m, how in line.matches(PERIODS):
        line.take(*m.span())
        yield m.span(), how(m, when)
    for m, day in days_in(line, when):
        days = (
            [day]
            if isinstance(day, date)
            else [one for one in day.readings if isinstance(one, date)]
        )
        if isinstance(day, date) or (day.why is Why.TWO_DATES and len(days) == 2):
            yield m.span(), Period(min(days), max(days))  # du 1er au 15 octobre
        else:
            yield m.span(), day


def _last_few(m: re.Match[str], when: When) -> Period:
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[m["unit"]] * int(m["number"])
    return Period(when.today - timedelta(days=min(days, 9999) - 1), when.today)


def _this_or_near(m: re.Match[str], when: When) -> Period | Question:
    """This week, month or year, or the one before it or, where plans are made, after it."""
    today, by = when.today, ("next" in m[0]) - ("last" in m[0])
    if by > 0 and not when.ahead:
        return ask(Why.FUTURE, today)
    if m["unit"] == "week":
        return _week(today, by)
    if m["unit"] == "month":
        return _month(today.year, today.month + by)
    return Period(date(today.year + by, 1, 1), date(today.year + by, 12, 31))


def _named(m: re.Match[str], when: When) -> Period:
    """A month by its name, the last that can be meant or that of its year; or a year."""
    if "month" not in m.groupdict():
        return Period(date(int(m["year"]), 1, 1), date(int(m["year"]), 12, 31))
    month = MONTHS.index(m["month"]) + 1
    return _month(int(m["year"] or when.until.year - (month > when.until.month)), month)


def _week(today: date, weeks: int) -> Period:
    return Period(in_week(today, 0, weeks), in_week(today, 6, weeks))


def _month(year: int, month: int) -> Period:
    """A month, 0 being December of the year before and 13 January of the next."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


UNIT = "(?P<unit>day|week|month|year)_"
PERIODS = Rules(
    (
        (rf"the? last (?P<number>\d+)_ {UNIT}", _last_few),
        (rf"the? (?P<number>\d+)_ last {UNIT}", _last_few),
        (f"the|le? this|last|next (?!day) {UNIT}", _this_or_near),
        (f"the|le? (?!day) {UNIT} last|next", _this_or_near),
        (r"(?<!\d_)(?<!\dth_) MONTH (?!le|\d\d?_) ,? YEAR?", _named),
        (r"(?<!,_) YEAR", _named),
    ),
    PARTS,
)
