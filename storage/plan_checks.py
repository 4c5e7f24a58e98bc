"""What the tables of a plan file owe each other: references, ids, dates and names that hold.

These look at the file as read, not at a finished plan: one mistyped field must not hide the rest.
"""

from collections.abc import Iterator
from datetime import date
from typing import cast

from storage.network import Network
from storage.plan_errors import hint, place
from storage.words import fold

Table = dict[str, object]

_REFERENCES = (
    ("objective", "strand", "strand"),
    ("strategy", "objective", "objective"),
    ("indicator", "strategy", "strategy"),
    ("indicator", "of", "target"),
    ("target", "strategy", "strategy"),
    ("target", "of", "target"),
    ("milestone", "target", "target"),
)
_AMONG = ("answered", "attended_any", "registered", "members", "recorded")
_LIGHT = {ord("."): None} | dict.fromkeys(map(ord, "-‐'’"), " ")


def check_plan(raw: Table, network: Network | None) -> Iterator[str]:
    """Everything that is wrong between the tables of a plan."""
    for name in raw:
        yield from _twice(raw, name)
    for n, target in _rows(raw, "target"):
        yield from _twice(target, "part", "target", n)
    for name, field, to in _REFERENCES:
        known = [str(row.get("id")) for _, row in _rows(raw, to)]
        for n, row in _rows(raw, name):
            for said in _texts(row.get(field)):
                if said and said not in known:
                    says = hint(said, known, "there are")
                    yield f'{place(name, n, field)}: no {to} has the id "{said}"; {says}'
    if network:
        roles = tuple(role.id for role in network.role)
        allowed = (*_AMONG, *(f"{of}:{role}" for of in ("roster", "new") for role in roles))
        for n, target in _rows(raw, "target"):
            for said in _texts(target.get("among")):
                if said.lower() not in allowed:
                    says = hint(said, allowed, "allowed")
                    yield f'{place("target", n, "among")}: "{said}" is not allowed; {says}'
        for n, indicator in _rows(raw, "indicator"):
            for said in _texts(indicator.get("role")):
                if said and said not in roles:
                    says = hint(said, roles, "there are")
                    yield f'{place("indicator", n, "role")}: no role has the id "{said}"; {says}'
    yield from _check_dates(raw)


def _check_dates(raw: Table) -> Iterator[str]:
    starts, ends = _day(raw, "starts"), _day(raw, "ends")
    if starts and ends and ends < starts:
        yield f"ends: {ends} is before the plan starts ({starts})"
        starts = None
    for n, row in _rows(raw, "closed"):
        first, last = _day(row, "first"), _day(row, "last")
        if first and last and last < first:
            yield f"{place('closed', n, 'last')}: {last} is before the first day ({first})"
    if not (starts and ends):
        return
    for name, field in (("milestone", "due"), ("closed", "first"), ("closed", "last")):
        for n, row in _rows(raw, name):
            day = _day(row, field)
            if day and not starts <= day <= ends:
                yield f"{place(name, n, field)}: {day} is outside the plan ({starts} to {ends})"


def check_network(raw: Table) -> Iterator[str]:
    """Ids used twice, and names that stand for two things: what they mean could only be guessed."""
    stands_for: dict[str, tuple[str, int]] = {}
    for name in ("body", "role", "partner"):
        yield from _twice(raw, name)
        for n, row in _rows(raw, name):
            for field in ("id", "name", "short", "plural", "also"):
                for word in _texts(row.get(field)):
                    other = stands_for.setdefault(_alike(word), (name, n))
                    if other != (name, n) and field != "id":
                        yield f'{place(name, n, field)}: "{word}" also stands for {place(*other)}'


def _alike(word: str) -> str:
    """A name without what people leave out: case, accents, dots, hyphens and double spaces."""
    return fold(word.translate(_LIGHT))


def _twice(raw: Table, name: str, *above: int | str) -> Iterator[str]:
    seen: dict[str, int] = {}
    for n, row in _rows(raw, name):
        for said in _texts(row.get("id")):
            if seen.setdefault(said, n) != n:
                other = place(*above, name, seen[said])
                yield f'{place(*above, name, n, "id")}: "{said}" is the id of {other} already'


def _rows(raw: Table, name: str) -> Iterator[tuple[int, Table]]:
    rows = raw.get(name)
    if isinstance(rows, list):
        for n, row in enumerate(cast("list[object]", rows)):
            if isinstance(row, dict):
                yield n, cast("Table", row)


def _texts(value: object) -> list[str]:
    """The text, or the texts of a list or of a table's two languages."""
    if isinstance(value, dict):
        value = list(cast("Table", value).values())
    values = cast("list[object]", value) if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)]


def _day(row: Table, field: str) -> date | None:
    value = row.get(field)
    return value if type(value) is date else None
