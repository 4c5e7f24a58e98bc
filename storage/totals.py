"""Totals: sums of minutes and counts of entries, kept in the entry's own unit of work.

One row for each kind, dimension, value and day, so a figure costs the same at any number of
entries. ``recount`` makes them anew from the entries, to prove them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from storage.engine import Tx
from storage.plan import EntryKind

ALL, BOARD, ROLE, PARTNER, PERSON = "all", "board", "role", "partner", "person"
JOINT = " + "  # between the values of an entry that has several: its hours count once


@dataclass(frozen=True, slots=True)
class Sum:
    """Minutes and entries of one value."""

    minutes: int = 0
    entries: int = 0


Cell = tuple[str, str, str, str]  # kind, dimension, value, day
_INTO = "INSERT INTO totals AS t (kind, dimension, value, day, minutes, entries) VALUES "
_ADDED = (
    " ON CONFLICT (kind, dimension, value, day) DO UPDATE SET"
    " minutes = t.minutes + excluded.minutes, entries = t.entries + excluded.entries"
)


def add(tx: Tx, cells: list[Cell], minutes: int, entries: int) -> None:
    """Add to the totals of these cells, all of one kind and day; a void adds the negative."""
    kind, _, _, day = cells[0]
    values = {dimension: value for _, dimension, value, _ in cells}
    sql = _addition(tuple(values))
    tx.run(sql, kind=kind, day=day, minutes=minutes, entries=entries, **values)


@cache
def _addition(dimensions: tuple[str, ...]) -> str:
    """One statement that adds to a row of each dimension."""
    rows = [f"(:kind, '{name}', :{name}, :day, :minutes, :entries)" for name in dimensions]
    return _INTO + ", ".join(rows) + _ADDED


def by_day(tx: Tx, kind: EntryKind, first: date, last: date) -> dict[date, Sum]:
    """What was logged on each day of a period that has any."""
    return {
        date.fromisoformat(row["day"]): Sum(row["minutes"], row["entries"])
        for row in tx.rows(
            "SELECT day, minutes, entries FROM totals WHERE kind = :kind AND dimension = 'all'"
            " AND value = '' AND day BETWEEN :first AND :last AND entries > 0 ORDER BY day",
            kind=kind,
            first=first.isoformat(),
            last=last.isoformat(),
        )
    }


def by_value(tx: Tx, kind: EntryKind, dimension: str, first: date, last: date) -> dict[str, Sum]:
    """What was logged for each value of a dimension in a period, the most first."""
    return {
        row["value"]: Sum(row["minutes"], row["entries"])
        for row in tx.rows(
            "SELECT value, cast(sum(minutes) AS bigint) AS minutes,"
            " cast(sum(entries) AS bigint) AS entries FROM totals"
            " WHERE kind = :kind AND dimension = :dimension AND day BETWEEN :first AND :last"
            " GROUP BY value HAVING sum(entries) > 0 ORDER BY 2 DESC, value",
            kind=kind,
            dimension=dimension,
            first=first.isoformat(),
            last=last.isoformat(),
        )
    }


def logged(tx: Tx, person: int | None, first: date, last: date) -> Sum:
    """What a person, or everyone, logged in a period, of both kinds."""
    row = tx.row(
        "SELECT cast(coalesce(sum(minutes), 0) AS bigint) AS minutes,"
        " cast(coalesce(sum(entries), 0) AS bigint) AS entries FROM totals"
        " WHERE dimension = :dimension AND value = :value AND day BETWEEN :first AND :last",
        dimension=ALL if person is None else PERSON,
        value="" if person is None else str(person),
        first=first.isoformat(),
        last=last.isoformat(),
    )
    assert row is not None
    return Sum(row["minutes"], row["entries"])


def wrong(tx: Tx, recounted: dict[Cell, Sum]) -> Iterator[tuple[Cell, Sum, Sum]]:
    """The cells whose kept total is not what the entries say: (cell, kept, recounted)."""
    kept = {
        (row["kind"], row["dimension"], row["value"], row["day"]): Sum(
            row["minutes"], row["entries"]
        )
        for row in tx.rows("SELECT * FROM totals")
    }
    for cell in sorted(kept.keys() | recounted.keys()):
        pair = kept.get(cell, Sum()), recounted.get(cell, Sum())
        if pair[0] != pair[1]:
            yield cell, *pair
