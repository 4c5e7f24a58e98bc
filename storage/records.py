"""Records: what is recorded beside hours, each with all its versions, and how it is taken back.

A record is never deleted. Every change keeps what was there before, so that each can be undone, and
the tables that figures are read from follow in the same unit of work.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from storage import audit, people, period_lock
from storage.engine import Row, Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.people import Person, TeamRole
from storage.period_lock import Dated

S = TypeVar("S")

_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Record(Generic[S]):
    """What someone recorded. ``version`` counts its changes from 1; instants are UTC seconds."""

    id: int
    says: S
    person: int
    version: int
    created: int
    voided: int | None


@dataclass(frozen=True)
class Kind(Generic[S]):
    """A kind of record: its name, what one says (a dataclass), who may record and change it.

    ``count`` keeps what is looked up and summed: with 1 for a record that counts from now on, with
    -1 for one that no longer does. ``check`` raises Impossible for what cannot be. ``counts`` is
    when a record counts and for what, where the figures of a report are made from it.
    """

    name: str
    says: type[S]
    may: Callable[[TeamRole], bool]
    count: Callable[[Tx, Record[S], int], None]
    check: Callable[[S, int], None] = lambda says, at: None
    counts: Callable[[Tx, Record[S]], Dated | None] = lambda tx, record: None

    def content(self, says: S) -> str:
        """What a record says as one canonical text.

        What is not said is left out, so a field added later changes no text of an older record.
        """
        said = _adapter(self.says).dump_python(says, mode="json", exclude_defaults=True)
        return _canonical(said)

    def read(self, content: str) -> S:
        """What ``content`` made a text of."""
        return _adapter(self.says).validate_json(content)


@cache
def _adapter(says: type[S]) -> TypeAdapter[S]:
    """Made once of each dataclass: making one takes longer than reading a thousand records."""
    return TypeAdapter(says)


def add(tx: Tx, kind: Kind[S], says: S, by: Person, at: int) -> Record[S]:
    """Record something. Raises NotAllowed and Impossible."""
    kind.check(says, at)
    _allow(tx, kind, by)
    id = tx.insert(
        "INSERT INTO records (kind, content, person, version, created)"
        " VALUES (:kind, :content, :person, 1, :at)",
        kind=kind.name,
        content=kind.content(says),
        person=by.id,
        at=at,
    )
    record = Record(id, says, by.id, 1, at, None)
    kind.count(tx, record, 1)
    _log(tx, kind, record, "add", by, at)
    return record


def get(tx: Tx, kind: Kind[S], id: int) -> Record[S]:
    """The record. Raises NotFound, also for one of another kind."""
    row = tx.row("SELECT * FROM records WHERE id = :id AND kind = :kind", id=id, kind=kind.name)
    if row is None:
        raise NotFound
    return _record(kind, row)


def change(tx: Tx, kind: Kind[S], id: int, version: int, says: S, by: Person, at: int) -> Record[S]:
    """Make it say something else. ``version`` is the one the person saw.

    Raises NotFound, NotAllowed, Impossible and ChangedMeanwhile.
    """
    kind.check(says, at)
    before = _to_change(tx, kind, id, version, by)
    if before.voided is not None:
        raise ChangedMeanwhile
    return _become(tx, kind, replace(before, says=says), before, "change", by, at)


def put(tx: Tx, kind: Kind[S], before: Record[S] | None, says: S, by: Person, at: int) -> Record[S]:
    """Record it, or have ``before`` say it; what says so already stays as it is.

    Raises as ``add`` and ``change`` do.
    """
    if before is None:
        return add(tx, kind, says, by, at)
    if says == before.says:
        return before
    return change(tx, kind, before.id, before.version, says, by, at)


def void(tx: Tx, kind: Kind[S], id: int, version: int, by: Person, at: int) -> Record[S]:
    """Have it count no more; it stays, marked. Raises NotFound, NotAllowed, ChangedMeanwhile."""
    before = _to_change(tx, kind, id, version, by)
    if before.voided is not None:
        raise ChangedMeanwhile
    return _become(tx, kind, replace(before, voided=at), before, "void", by, at)


def undo(tx: Tx, kind: Kind[S], id: int, version: int, by: Person, at: int) -> Record[S]:
    """Take back what made this version: its being recorded, a change, a void, or an undo.

    Raises NotFound, NotAllowed, and ChangedMeanwhile where the record has gone on since.
    """
    now = _to_change(tx, kind, id, version, by)
    was = previous(tx, kind, now)
    if was is None:
        return _become(tx, kind, replace(now, voided=at), now, "void", by, at)
    return _become(tx, kind, was, now, "undo", by, at)


def previous(tx: Tx, kind: Kind[S], record: Record[S]) -> Record[S] | None:
    """What a record was before it came to its version, of which it keeps the number; or None."""
    was = tx.row(
        "SELECT * FROM record_versions WHERE record = :id AND version = :version",
        id=record.id,
        version=record.version - 1,
    )
    if was is None:
        return None
    return replace(record, says=kind.read(was["content"]), voided=was["voided"])


def every(tx: Tx, kind: Kind[S]) -> Iterator[Record[S]]:
    """All records of a kind by number, the voided ones too: for a recount or an export."""
    for row in tx.each("SELECT * FROM records WHERE kind = :kind ORDER BY id", kind=kind.name):
        yield _record(kind, row)


def contents(tx: Tx, kind: str) -> Iterator[tuple[int, str]]:
    """The number of each record of a kind, and what the audit chain takes it to be, by number."""
    for row in tx.each("SELECT * FROM records WHERE kind = :kind ORDER BY id", kind=kind):
        yield row["id"], chained(row["content"], row["person"], row["voided"])


def old_contents(tx: Tx, kind: str) -> Iterator[Row]:
    """What each record of a kind was before, by its columns, and whose it is now ("person")."""
    return tx.each(
        "SELECT v.*, r.person FROM record_versions v JOIN records r ON r.id = v.record"
        " WHERE r.kind = :kind ORDER BY v.record, v.version",
        kind=kind,
    )


def of_person(tx: Tx, person: int) -> list[int]:
    """The numbers of all that a person has recorded, of every kind."""
    rows = tx.rows("SELECT id FROM records WHERE person = :person ORDER BY id", person=person)
    return [row["id"] for row in rows]


def give(tx: Tx, id: int, owner: int, action: str, by: Person, at: int) -> None:
    """Have somebody else be who recorded it, in the version it has: its receipts still work."""
    become = "UPDATE records SET person = :owner WHERE id = :id RETURNING *"
    row = tx.row(become, owner=owner, id=id)
    if row is None:
        raise NotFound
    content = chained(row["content"], owner, row["voided"])
    audit.append(tx, at, by.id, action, f"{row['kind']}/{id}", content)


def keep(tx: Tx, table: str, row: dict[str, object], sign: int) -> None:
    """Keep the row by which a record is looked up; with a ``sign`` of -1, no longer."""
    if sign < 0:
        tx.run(f"DELETE FROM {table} WHERE record = :record", record=row["record"])  # noqa: S608 - the table of a kind
        return
    values = ", ".join(f":{name}" for name in row)
    tx.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})", **row)  # noqa: S608 - the table of a kind


def unlike(
    tx: Tx,
    kind: Kind[S],
    table: str,
    indexed: Callable[[Record[S]], dict[str, object]],
    key: str = "record",
) -> Iterator[str]:
    """Where a table, a row a record by ``key``, is not what ``indexed`` makes of those that count.

    Of each row only the columns that ``indexed`` names are looked at. As sentences.
    """
    kept = {row[key]: dict(row) for row in tx.each(f"SELECT * FROM {table}")}  # noqa: S608 - the table of a kind
    for record in every(tx, kind):
        row = kept.pop(record.id, None)
        said = None if record.voided is not None else indexed(record)
        if (row and {name: row.get(name) for name in said or row}) != said:
            yield f"The {kind.name} {record.id} is not looked up by what its record says."
    for id in kept:
        yield f"Row {id} of {table.split()[0]} is of no {kind.name}."


def _allow(tx: Tx, kind: Kind[S], by: Person) -> None:
    # ``by`` may be older than a change of role.
    if not kind.may(people.role_of(tx, by.id)):
        raise NotAllowed


def _to_change(tx: Tx, kind: Kind[S], id: int, version: int, by: Person) -> Record[S]:
    _allow(tx, kind, by)
    record = get(tx, kind, id)
    if record.version != version:
        raise ChangedMeanwhile
    return record


def _become(
    tx: Tx,
    kind: Kind[S],
    after: Record[S],
    before: Record[S],
    action: str,
    by: Person,
    at: int,
) -> Record[S]:
    """Write what a record has become, keep what it was, and have the figures follow."""
    tx.run(
        "INSERT INTO record_versions (record, version, content, voided)"
        " VALUES (:id, :version, :content, :voided)",
        id=before.id,
        version=before.version,
        content=kind.content(before.says),
        voided=before.voided,
    )
    after = replace(after, version=before.version + 1)
    tx.run(
        "UPDATE records SET content = :content, version = :version, voided = :voided"
        " WHERE id = :id",
        content=kind.content(after.says),
        version=after.version,
        voided=after.voided,
        id=after.id,
    )
    if before.voided is None:
        kind.count(tx, before, -1)
    if after.voided is None:
        kind.count(tx, after, 1)
    _log(tx, kind, after, action, by, at)
    counted = filter(None, (kind.counts(tx, one) for one in (before, after)))
    period_lock.hold(tx, f"{kind.name}/{after.id}", counted, by, at, undo=action == "undo")
    return after


def _log(tx: Tx, kind: Kind[S], record: Record[S], action: str, by: Person, at: int) -> None:
    content = chained(kind.content(record.says), record.person, record.voided)
    audit.append(tx, at, by.id, action, f"{kind.name}/{record.id}", content)


def chained(content: str, person: int, voided: int | None) -> str:
    """What the audit chain takes a record to be."""
    return f"{content}\n{person}\n{voided or ''}"


def _record(kind: Kind[S], row: Row) -> Record[S]:
    says = kind.read(row["content"])
    numbers = row["person"], row["version"], row["created"], row["voided"]
    return Record(row["id"], says, *numbers)
