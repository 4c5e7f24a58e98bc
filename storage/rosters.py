"""Rosters: the people of the network, in which role and body, and from when until when.

A roster is read as it was on a day. Someone who comes back after an end is a second record, so
that the roster of the days before stays what it was; both are one human, who is counted once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from storage import records, session_sums
from storage.engine import Row, Tx
from storage.errors import ChangedMeanwhile, StorageError
from storage.identities import address
from storage.limits import Impossible
from storage.network import Language
from storage.people import Person
from storage.records import Kind, Record
from storage.words import fold

NEVER_NAMED = frozenset({"parent", "student"})  # roles whose people are only ever counted
LONGEST_TEXT = 300
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2100, 1, 1)

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


class SameEmail(StorageError):
    """Someone on the roster has this e-mail on some of these days."""

    def __init__(self, member: "Record[Member]") -> None:
        super().__init__()
        self.member = member


@dataclass(frozen=True, slots=True)
class Member:
    """Someone on a roster. ``role`` and ``board`` are ids of the network, ``board`` "" for none.

    ``email`` is in lower case, "" where not known; both days are their own, None where not known.
    ``same_as`` is the number of another member who is the same human, 0 for none.
    """

    name: str
    email: str = ""
    role: str = ""
    board: str = ""
    centre: str = ""
    starts: date | None = None
    ends: date | None = None
    language: Language | None = None
    same_as: int = 0


def check(says: Member, at: int) -> None:
    """Raise Impossible for what no roster can say, whatever a form or a file claimed.

    The network's roles and boards are not known here; whoever reads the form checks them.
    """
    for field in fields(says):
        value = getattr(says, field.name)
        if isinstance(value, str) and (len(value) > LONGEST_TEXT or _UNWRITABLE.search(value)):
            raise Impossible(field.name)
        if isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY:
            raise Impossible(field.name)
    if not says.name.strip():
        raise Impossible("name")
    if not says.role or says.role in NEVER_NAMED:
        raise Impossible("role")
    if says.email and ("@" not in says.email or says.email != address(says.email)):
        raise Impossible("email")
    if says.starts and says.ends and says.ends < says.starts:
        raise Impossible("ends")


def _count(tx: Tx, member: Record[Member], sign: int) -> None:
    # Who is one human is summed once, so the sessions they were at are summed anew.
    with session_sums.anew(tx, member.id):
        if sign > 0:
            _check_same(tx, member)
        records.keep(tx, "roster", _indexed(member), sign)


def _check_same(tx: Tx, member: Record[Member]) -> None:
    """Raise Impossible where ``same_as`` is themself or would make a chain; NotFound for nobody."""
    first = member.says.same_as
    if not first:
        return
    get(tx, first)
    others = tx.row("SELECT 1 FROM roster WHERE human = :id AND record <> :id", id=member.id)
    if human(tx, first) != first or first == member.id or others:
        raise Impossible("same_as")


def _indexed(member: Record[Member]) -> dict[str, object]:
    """What a member is looked up by."""
    says = member.says
    return {
        "record": member.id,
        "human": says.same_as or member.id,
        "name": fold(says.name),
        "email": says.email,
        "role": says.role,
        "board": says.board,
        "starts": says.starts and says.starts.isoformat(),
        "ends": says.ends and says.ends.isoformat(),
    }


MEMBER: Kind[Member] = Kind("member", Member, lambda role: role.manages, _count, check)


def add(tx: Tx, says: Member, by: Person, at: int) -> Record[Member]:
    """Put someone on the roster. Raises NotAllowed, Impossible and SameEmail."""
    added = records.add(tx, MEMBER, says, by, at)
    _check_email(tx, added)
    return added


def change(tx: Tx, id: int, version: int, says: Member, by: Person, at: int) -> Record[Member]:
    """Have a member say something else. Raises what ``records.change`` does, and SameEmail."""
    changed = records.change(tx, MEMBER, id, version, says, by, at)
    _check_email(tx, changed)
    return changed


def undo(tx: Tx, id: int, version: int, by: Person, at: int) -> Record[Member]:
    """Take back what made this version. Raises what ``records.undo`` does, and SameEmail."""
    try:
        undone = records.undo(tx, MEMBER, id, version, by, at)
    except Impossible:  # whom they were the same as is the same as another since
        raise ChangedMeanwhile from None
    if undone.voided is None:
        _check_email(tx, undone)
    return undone


def differs(before: Member, after: Member) -> list[str]:
    """The names of the fields that say something else, in their order."""
    names = [field.name for field in fields(before)]
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def ends(before: Member, after: Member) -> bool:
    """Whether the change is that there is an end now."""
    return before.ends is None and differs(before, after) == ["ends"]


def get(tx: Tx, id: int) -> Record[Member]:
    """The member, also one taken off again. Raises NotFound."""
    return records.get(tx, MEMBER, id)


def human(tx: Tx, id: int) -> int:
    """The number that all the members who are one human share; a member's own where it is alone."""
    row = tx.row("SELECT human FROM roster WHERE record = :id", id=id)
    return id if row is None else int(row["human"])


def humans(tx: Tx) -> dict[int, int]:
    """The human of every member that counts, by number."""
    return {row["record"]: row["human"] for row in tx.each("SELECT record, human FROM roster")}


def everyone(tx: Tx) -> list[Record[Member]]:
    """All members there ever were and that count, by name."""
    return _members(tx, tx.rows("SELECT record FROM roster ORDER BY name, record"))


def on_day(tx: Tx, role: str, day: date) -> list[Record[Member]]:
    """The roster of a role as it was on a day, by name: started by then, and not ended before."""
    rows = tx.rows(
        "SELECT record FROM roster WHERE role = :role AND (starts IS NULL OR starts <= :day)"
        " AND (ends IS NULL OR ends >= :day) ORDER BY name, record",
        role=role,
        day=day.isoformat(),
    )
    return _members(tx, rows)


def new(tx: Tx, role: str, first: date, last: date) -> list[Record[Member]]:
    """Those of a role who started on one of these days, by name."""
    rows = tx.rows(
        "SELECT record FROM roster WHERE role = :role AND starts BETWEEN :first AND :last"
        " ORDER BY name, record",
        role=role,
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return _members(tx, rows)


def found(tx: Tx, words: str, role: str = "", board: str = "") -> list[int]:
    """The ids of those whose name or e-mail has every word in it, by name; "" is any."""
    parts = fold(words).split()
    rows = tx.each(
        "SELECT record, name, email FROM roster WHERE :role IN ('', role)"
        " AND :board IN ('', board) ORDER BY name, record",
        role=role,
        board=board,
    )
    return [
        row["record"]
        for row in rows
        if all(part in row["name"] or part in row["email"] for part in parts)
    ]


def search(tx: Tx, words: str, limit: int) -> list[Record[Member]]:
    """The first of those whose name or e-mail has every word in it, by name."""
    return [get(tx, id) for id in found(tx, words)[:limit]]


def by_email(tx: Tx, email: str) -> list[Record[Member]]:
    """Those with this e-mail in any spelling, who started last first; none for ""."""
    rows = tx.rows(
        "SELECT record FROM roster WHERE email = :email AND email <> ''"
        " ORDER BY starts DESC, record DESC",
        email=address(email),
    )
    return _members(tx, rows)


def named(tx: Tx, name: str) -> list[Record[Member]]:
    """Those of this very name, capitals and accents aside, who started last first."""
    rows = tx.rows(
        "SELECT record FROM roster WHERE name = :name ORDER BY starts DESC, record DESC",
        name=fold(name),
    )
    return _members(tx, rows)


def wrong(tx: Tx) -> Iterator[str]:
    """What members are looked up by and is not what their records say, as sentences."""
    yield from records.unlike(tx, MEMBER, "roster", _indexed)


def _members(tx: Tx, rows: list[Row]) -> list[Record[Member]]:
    return [get(tx, row["record"]) for row in rows]


def _check_email(tx: Tx, member: Record[Member]) -> None:
    """Raise SameEmail where another has the e-mail on a day on which this member is there."""
    for other in by_email(tx, member.says.email):
        if other.id != member.id and _meet(member.says, other.says):
            raise SameEmail(other)


def _meet(one: Member, other: Member) -> bool:
    return (one.starts or date.min) <= (other.ends or date.max) and (other.starts or date.min) <= (
        one.ends or date.max
    )
