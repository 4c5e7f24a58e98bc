"""How long it took: said as an amount or as two times of day, or a question."""

import math
import re
from itertools import islice

from handlers.entries.reading import About, Question, Why
from handlers.entries.tagging import Line

LONGEST_DAY = 12 * 60
MOST = 30  # durations in a line; no one means more

TIME = r"(?:[uNU]H(?:m|[Nn](?![6M]))?|aH|FH?|C|[uNnbU]|0)p?"
RANGE = re.compile(
    rf"(?P<before>[fdé]e?)?(?P<a>{TIME})(?P<to>[-àat&]{{1,2}})(?P<b>{TIME})(?P<unit>M)?"
)
AT = re.compile(r"[@à](?:[uN]H[mNn]?|Cp?|[uN]p?(?![xPAK6]))|(?:[uN]H?[mNn]?|C)p")
AMOUNT = re.compile(
    r"(?<!U)(?:(?P<times>[uNU])X)?(?:(?P<part>a?v|[auU]?q|V|S)d?[ae]?H|(?P<clock>C)H|(?P<only>[uNnbFUa])M"
    r"|(?P<one>H)&?(?P<over>a?[vq])"
    r"|(?P<hours>[uNnbFUa])%?(?:[&-]?(?P<more>[auU]?[vqVS]))?H"
    r"(?:[&,]?(?P<minutes>[uNnU])M|(?P<glued>m)M?|&?(?P<half>a?[vV]|[auU]?q)"
    r"|Ze?(?:(?P<less>a?q)|(?P<fewer>[uNU])M?)|&?(?P<loose>[NnU])(?![56MHX]))?)"
)
VAGUE = re.compile(r"3[HM]|(?P<half>a?[vV]d?a?j|[%eéa]*L)|(?P<days>[uNFUa%eé])j")
BARE = re.compile(r"(?<![xAKITsX~=;l#%9-])(?:[unbNU](?!P)|F|C)(?![xAKI56~=jkTBXHMvqL%#-])")


def ask(why: Why, *minutes: float) -> Question:
    """A question about the duration, with the readings that a day can hold."""
    whole = dict.fromkeys(int(one + 0.5) for one in minutes)
    return Question(About.MINUTES, why, tuple(one for one in whole if 0 < one <= LONGEST_DAY))


def read(line: Line, half_day: int, head: int) -> int | Question:
    """The minutes, their words taken; a question where they are not said, or said twice.

    After a duration before ``head``, others are the objective's.
    """
    spans = [(*m.span(), _between(line, m)) for m in islice(RANGE.finditer(line.tags), MOST)]
    found = [(first, end, value) for first, end, value in spans if value is not None]
    for first, end, _ in found:
        line.take(first, end)
    for m in AT.finditer(line.tags):
        line.take(*m.span())
    for m in islice(AMOUNT.finditer(line.tags), MOST):
        first, end, value = m.start(), *_amount(line, m)
        if found and line.tags[found[-1][1] : first] in {"=", "&"}:  # 1h + 30 min
            before = found[-1][2]
            if isinstance(before, int) and isinstance(value, int):
                first, value = found.pop()[0], before + value
        found.append((first, end, value))
    found = [one for one in found if one[0] < head] or found
    for first, end, _ in found:
        line.take(first, end)
    values = list(dict.fromkeys(value for _, _, value in found))
    if len(values) > 1:
        known = [value for value in values if isinstance(value, int)]
        return ask(Why.TWO_DURATIONS, *known, sum(known))
    if not values:
        return _unsaid(line, half_day, head)
    return values[0] if isinstance(values[0], Question) else _possible(values[0])


def _possible(minutes: float) -> int | Question:
    """The minutes, unless no entry can have that many."""
    if minutes < 0.5:
        return ask(Why.NOT_POSITIVE)
    return ask(Why.TOO_LONG) if minutes > LONGEST_DAY else int(minutes + 0.5)


def _product(line: Line, m: re.Match[str], group: str) -> float:
    """The values of a group's words multiplied: "three quarters"; 0 where it is not there."""
    first, end = m.span(group)
    return math.prod(line.values[first:end]) if end > first else 0


def _amount(line: Line, m: re.Match[str]) -> tuple[int, int | Question]:
    """Where an amount ends, and its minutes."""
    first, end = m.span()
    hours = sum(_product(line, m, group) for group in ("part", "hours", "more", "half", "over"))
    hours += (m["one"] is not None) - _product(line, m, "less")
    extra = sum(
        _product(line, m, group) for group in ("clock", "only", "minutes", "glued", "loose")
    )
    if m["loose"] == "U" and (extra < 5 or (extra < 10 and line.after(end) in {"x", "A"})):
        extra, end = 0, end - 1  # "an hour, two calls"
    if m["hours"] == "F" and (two := _two_ways(line, m.start("hours"))):
        return end, two
    total = 60 * hours + extra - _product(line, m, "fewer")
    total *= _product(line, m, "times") or 1
    start, stop = line.spans[first - 1] if first else (0, -1)
    sign = stop == line.spans[first][0] and line.text[start] in "-−"
    if sign and not line.text[:start][-1:].strip():
        return end, ask(Why.NOT_POSITIVE, total)
    times = re.search("([uNU])[shx]{1,2}d$", line.tags[:first])  # 2 sessions of 45 min
    each = line.values[times.start()] if times else line.after(end) == "X" and _next(line, end)
    if each and each != 1:
        return end, ask(Why.TWO_WAYS, total, total * each)
    return end, int(total + 0.5)


def _next(line: Line, at: int) -> float:
    """How many times an amount is meant: "1h x 2", "1h each for 2"; -1 where that isn't said."""
    return next((line.values[it] for it in (at + 1,) if line.after(it) in set("uNU")), -1)


def _two_ways(line: Line, at: int) -> Question | None:
    """1.30 may be an hour and a half, or 1.3 hours."""
    if m := re.search(r"[.,](15|30|45)$", line.said(at, at + 1)):
        return ask(Why.TWO_WAYS, 60 * int(line.values[at]) + int(m[1]), 60 * line.values[at])
    return None


def _between(line: Line, m: re.Match[str]) -> int | Question | None:
    """The minutes from one time of day to another; None where it is something else."""
    a, b, opened = m["a"], m["b"], (m["before"] or "")[:1]
    x, y = line.values[m.start("a")], line.values[m.start("b")]
    before, after = line.before(m.start()), line.after(m.end())
    plain, hours = a in set("uNnbFU"), a[1:2] == "H" and "p" not in a
    if plain and (m["unit"] or (b[1:] == "H" and (x < 7 or "F" in a + b))):  # 2-3 h, 30-45 min
        return ask(Why.TWO_DURATIONS, *([x, y] if m["unit"] else [x * 60, y * 60, (y - x) * 60]))
    if m["unit"] or ("&" in m["to"] and opened != "f"):
        return None
    if b in set("uNnbFU"):
        counted = after in set("56") or (plain and before in set("xAKI~#l=%9"))
        named = after in set("xAP") and (hours or (plain and m.start() and before != "_"))
        if not opened and (counted or named or (hours and x < 7)):
            return None  # 2h - 3 CDAs, grades 9-11
    elif hours and b[1:2] == "H" and x < 7 and "p" not in b and opened not in {"d", "é"}:
        first, last = _clock(line, *m.span("a"))[0], _clock(line, *m.span("b"))[0]
        if y >= 8:
            return int(first)  # 2h à 14h
        return ask(Why.TWO_WAYS, last - first, first, last)
    start, early = _clock(line, *m.span("a"))
    end, late = _clock(line, *m.span("b"))
    if not 0 <= start <= 1440 or not 0 <= end <= 1440:
        return None
    full = (early and late) or max(start * (not early), end * (not late)) >= 780  # not from 11 to 1
    return int(end - start) % (1440 if full else 720)


def _clock(line: Line, first: int, end: int) -> tuple[float, bool]:
    """A time of day in minutes, and whether it says am or pm."""
    tag, minutes = line.tags[first], line.values[first]
    half = line.values[end - 1] if line.tags[end - 1] == "p" else -1
    if tag == "F":  # 9.30
        hours, *rest = line.ints(first)
        minutes = hours * 60 + rest[0] if rest and 10 <= rest[0] < 60 else -1
    elif tag not in "C0":
        minutes *= 60
    minutes += sum(line.values[at] for at in range(first + 1, end) if line.tags[at] in "mNn")
    said = half >= 0 and minutes < 780
    return (minutes % 720 + half if said else minutes), said


def _unsaid(line: Line, half_day: int, head: int) -> int | Question:
    """The minutes of a number alone; a question where that is not enough."""
    places = [m.start() for m in BARE.finditer(line.tags, 0, head)]
    places = [at for at in places if line.tags[at] != "U" or line.values[at] > 1]
    readings: list[float] = []
    for at in places:
        tag, value = line.tags[at], line.values[at]
        line.take(at, at + 1)
        if two := _two_ways(line, at):
            return two
        if len(places) == 1 and (value < 420 if tag == "C" else value < 10):
            return _possible(value if tag == "C" else value * 60)
        readings += [value] if tag == "C" or value > 12 else [value, value * 60]
    if readings:
        return ask(Why.BARE_NUMBER, *readings)
    if m := VAGUE.search(line.tags, 0, head):
        line.take(*m.span())
        if m["half"]:
            return ask(Why.HALF_DAY, half_day)
        number = line.values[m.start()] if m["days"] and m["days"] in "uNFUa" else 1
        return ask(Why.HALF_DAY, *[number * 2 * half_day] * bool(m["days"]))
    return ask(Why.MISSING)
