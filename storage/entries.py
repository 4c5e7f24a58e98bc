"""Entries: what one says, how it lies in the tables, and how they are found again."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta

from storage import people, totals
from storage.engine import Row, Tx
from storage.errors import NotAllowed, NotFound
from storage.people import Person
from storage.plan import EntryKind, PartnerKind
from storage.words import fold


@dataclass(frozen=True, slots=True)
class Accompanied:
    """Someone accompanied, or several of one role: a role of the network ("" unknown), a name."""

    role: str = ""
    name: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """What an entry says. ``said`` is the line it was typed as ("" from the form)."""

    kind: EntryKind
    day: date
    minutes: int
    people: tuple[Accompanied, ...] = ()
    boards: tuple[str, ...] = ()  # ids of the network's bodies
    partner: str = ""
    table: bool = False  # the partner is a table one sits on, not one organisation
    objective: str = ""  # of the accompaniment, or the purpose of the support
    requested: bool = False  # answers a request made to the team
    said: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A draft that someone logged. ``version`` counts its changes from 1; instants are seconds."""

    id: int
    person: int
    says: Draft
    request: int | None
    version: int
    created: int
    voided: int | None


_FIELDS = {
    Draft: [(field.name, field.default) for field in fields(Draft)],
    Accompanied: [(field.name, field.default) for field in fields(Accompanied)],
}
_SELECT = (
    "SELECT e.*, p.name AS partner_name, p.kind AS partner_kind"
    " FROM entries e LEFT JOIN partners p ON p.id = e.partner"
)
_PEOPLE = "SELECT entry, role, name, number FROM entry_people"
_BOARDS = "SELECT entry, board FROM entry_boards"
_PART = " WHERE entry > :after AND entry <= :last ORDER BY entry"
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def content(entry: Entry) -> str:
    """An entry as one canonical text: for the audit chain, and to go back to.

    What is not said is left out, so a field added later changes no text of an older entry.
    """
    says = _said(entry.says) | {"day": entry.says.day.isoformat()}
    says["people"] = [_said(one) for one in entry.says.people]
    says |= {"person": entry.person, "request": entry.request, "voided": entry.voided}
    return _canonical(says)


def from_content(text: str) -> tuple[Draft, int | None, int | None]:
    """The draft, the request and the void of a canonical text."""
    said = json.loads(text)
    request, voided = said.pop("request"), said.pop("voided")
    del said["person"]
    said |= {
        "kind": EntryKind(said["kind"]),
        "day": date.fromisoformat(said["day"]),
        "people": tuple(Accompanied(**one) for one in said["people"]),
        "boards": tuple(said.get("boards", ())),
    }
    return Draft(**said), request, voided


def get(tx: Tx, id: int, by: Person) -> Entry:
    """The entry, for someone who may see it: who logged it, or a manager. Raises NotFound.

    An entry of somebody else is not found, so that numbers can't be probed.
    """
    row = tx.row(_SELECT + " WHERE e.id = :id", id=id)
    if row is None or not _may_see(tx, row["person"], by):
        raise NotFound
    return _entry(tx, row)


def stored(tx: Tx, id: int) -> Entry:
    """The entry, whoever asks. Raises NotFound."""
    row = tx.row(_SELECT + " WHERE e.id = :id", id=id)
    if row is None:
        raise NotFound
    return _entry(tx, row)


def of_person(
    tx: Tx, person: int, first: date, last: date, by: Person, *, limit: int, offset: int = 0
) -> list[Entry]:
    """A person's entries of a period, voided ones included, newest day first. Raises NotAllowed."""
    if not _may_see(tx, person, by):
        raise NotAllowed
    return _page(tx, "e.person = :person", first, last, limit, offset, person=person)


def of_everyone(
    tx: Tx, first: date, last: date, by: Person, *, limit: int, offset: int = 0
) -> list[Entry]:
    """Everybody's entries of a period, for managers. Raises NotAllowed."""
    if not people.role_of(tx, by.id).manages:
        raise NotAllowed
    return _page(tx, "1 = 1", first, last, limit, offset)


def counted(
    tx: Tx, kind: EntryKind, first: date, last: date, by: Person, *, limit: int, offset: int = 0
) -> list[Entry]:
    """The entries a figure is made of, that this person may see: theirs, or all for a manager."""
    which = "e.kind = :kind AND e.voided IS NULL"
    return _seen(tx, which, first, last, by, limit, offset, kind=kind)


def added_since(
    tx: Tx, line: int, first: date, last: date, by: Person, *, limit: int
) -> list[Entry]:
    """The entries of a period that count and came after a line of the audit chain, for managers."""
    which = (
        "e.voided IS NULL AND (SELECT min(seq) FROM audit WHERE subject = 'entry/' || e.id) > :line"
    )
    return _seen(tx, which, first, last, by, limit, 0, line=line)


def to_partner(
    tx: Tx, name: str, first: date, last: date, by: Person, *, limit: int
) -> list[Entry]:
    """The entries of support to a partner, by its name, that this person may see."""
    which = "p.folded = :folded AND e.voided IS NULL"
    return _seen(tx, which, first, last, by, limit, 0, folded=fold(name))


def every(tx: Tx) -> Iterator[Entry]:
    """All entries by number, a thousand in memory at a time: for a recount or an export."""
    after = 0
    while rows := tx.rows(_SELECT + " WHERE e.id > :after ORDER BY e.id LIMIT 1000", after=after):
        part = {"after": after, "last": rows[-1]["id"]}
        accompanied = _by_entry(tx.rows(_PEOPLE + _PART + ", position", **part))
        boards = _by_entry(tx.rows(_BOARDS + _PART + ", board", **part))
        for row in rows:
            yield _read(row, accompanied[row["id"]], boards[row["id"]])
        after = part["last"]


def cells(entry: Entry) -> list[totals.Cell]:
    """The totals an entry counts in."""
    says = entry.says
    kind, day = says.kind.value, says.day.isoformat()
    values = {totals.ALL: "", totals.PERSON: str(entry.person)}
    if says.kind is EntryKind.PARTNER:
        values[totals.PARTNER] = says.partner
    values[totals.BOARD] = _joint(says.boards)
    values[totals.ROLE] = _joint(one.role for one in says.people if one.role)
    return [(kind, dimension, value, day) for dimension, value in values.items()]


def recount(tx: Tx) -> dict[totals.Cell, totals.Sum]:
    """Every total, made anew from the entries that count."""
    counted: dict[totals.Cell, totals.Sum] = {}
    for entry in every(tx):
        if entry.voided is None:
            for cell in cells(entry):
                so_far = counted.get(cell, totals.Sum())
                counted[cell] = totals.Sum(so_far.minutes + entry.says.minutes, so_far.entries + 1)
    return counted


def week_of(day: date) -> tuple[date, date]:
    """The Monday and the Sunday of a day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _joint(values: Iterable[str]) -> str:
    return totals.JOINT.join(sorted(set(values)))


def _may_see(tx: Tx, owner: int, by: Person) -> bool:
    # The role is read again: ``by`` may be older than a change of role.
    role = people.role_of(tx, by.id)
    return role.manages or (role.logs and by.id == owner)


def _seen(
    tx: Tx,
    which: str,
    first: date,
    last: date,
    by: Person,
    limit: int,
    offset: int,
    **values: object,
) -> list[Entry]:
    """Those of a page that this person may see: theirs, or all for a manager."""
    role = people.role_of(tx, by.id)
    if role.manages:
        return _page(tx, which, first, last, limit, offset, **values)
    if not role.logs:
        return []
    which += " AND e.person = :person"
    return _page(tx, which, first, last, limit, offset, person=by.id, **values)


def _page(
    tx: Tx, which: str, first: date, last: date, limit: int, offset: int, **values: object
) -> list[Entry]:
    rows = tx.rows(
        _SELECT + f" WHERE {which} AND e.day BETWEEN :first AND :last"
        " ORDER BY e.day DESC, e.id DESC LIMIT :limit OFFSET :offset",
        first=first.isoformat(),
        last=last.isoformat(),
        limit=limit,
        offset=offset,
        **values,
    )
    return [_entry(tx, row) for row in rows]


def _said(what: Draft | Accompanied) -> dict[str, object]:
    return {
        name: value
        for name, default in _FIELDS[type(what)]
        if (value := getattr(what, name)) != default
    }


def _entry(tx: Tx, row: Row) -> Entry:
    accompanied = tx.rows(_PEOPLE + " WHERE entry = :id ORDER BY position", id=row["id"])
    boards = tx.rows(_BOARDS + " WHERE entry = :id ORDER BY board", id=row["id"])
    return _read(row, accompanied, boards)


def _by_entry(rows: list[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["entry"]].append(row)
    return found


def _read(row: Row, accompanied: list[Row], boards: list[Row]) -> Entry:
    says = Draft(
        kind=EntryKind(row["kind"]),
        day=date.fromisoformat(row["day"]),
        minutes=row["minutes"],
        people=tuple(Accompanied(one["role"], one["name"], one["number"]) for one in accompanied),
        boards=tuple(one["board"] for one in boards),
        partner=row["partner_name"] or "",
        table=row["partner_kind"] == PartnerKind.TABLE,
        objective=row["objective"],
        requested=row["request"] is not None,
        said=row["said"],
    )
    numbers = row["request"], row["version"], row["created"], row["voided"]
    return Entry(row["id"], row["person"], says, *numbers)
