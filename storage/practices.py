"""Promising practices that members share, and who sees, changes and takes back one.

What the team makes of one (promising, selected, published) is a record of its own: see
``practice_marks``. A practice is its author's until it is selected; then the team alone changes it,
and its author can still take it back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from storage import communities, people, records
from storage.community import Community
from storage.engine import Row, Tx
from storage.errors import NotAllowed, NotFound
from storage.limits import Impossible
from storage.local_time import HOME
from storage.people import Person, TeamRole
from storage.practice import Level, Practice, Sees, Status, Theme, check
from storage.records import Kind, Record
from storage.words import fold


@dataclass(frozen=True, slots=True)
class Filter:
    """Which practices a list shows; what is None or empty narrows nothing down."""

    level: Level | None = None
    theme: Theme | None = None
    status: Status | None = None
    words: str = ""
    mine: bool = False
    community: int = 0


def _count(tx: Tx, record: Record[Practice], sign: int) -> None:
    records.keep(tx, "practices", _indexed(record), sign)


def _indexed(record: Record[Practice]) -> dict[str, object]:
    says = record.says
    words = (says.title, says.did, says.context, says.effects, says.author, says.institution)
    return {
        "record": record.id,
        "level": says.level or "",
        "theme": says.theme or "",
        "sees": says.sees.value,
        "folded": fold(" ".join(words)),
        "community": says.community,
    }


def shares(role: TeamRole) -> bool:
    """Whether they share practices and comment on them: everyone who is not waiting for a role."""
    return role is not TeamRole.PENDING


PRACTICE = Kind("practice", Practice, shares, _count, check)


def share(tx: Tx, says: Practice, by: Person, at: int) -> Record[Practice]:
    """Record a practice. Raises NotAllowed, and Impossible: also for a community not of theirs."""
    _check_community(tx, says, 0, by, at)
    return records.add(tx, PRACTICE, says, by, at)


def communities_of(tx: Tx, by: Person, at: int) -> list[Record[Community]]:
    """The communities that run then and that a practice of theirs can belong to, by English name.

    All for the team; those of which they are a member, or that they facilitate, for others. Of
    these they see the practices that are for members.
    """
    day = datetime.fromtimestamp(at, HOME).date()
    running = communities.running(tx, day)
    if people.role_of(tx, by.id).logs:
        return running
    mine = {one.id for one in communities.of_person(tx, by.id, day)}
    return [one for one in running if one.id in mine or communities.facilitates(tx, by, one.id)]


def _check_community(tx: Tx, says: Practice, before: int, by: Person, at: int) -> None:
    known = {0, before, *(one.id for one in communities_of(tx, by, at))}
    if says.community not in known:
        raise Impossible("community")


def get(tx: Tx, id: int, by: Person, at: int) -> Record[Practice]:
    """A practice that the person may see then. Raises NotFound where there is none for them.

    One that was taken back is there for its author and the team alone.
    """
    record = records.get(tx, PRACTICE, id)
    role = people.role_of(tx, by.id)
    if role.logs or record.person == by.id:
        return record
    if record.voided is not None or not (shares(role) and _shown_to(tx, record, by, at)):
        raise NotFound
    return record


def _shown_to(tx: Tx, record: Record[Practice], by: Person, at: int) -> bool:
    """Whether it is shown to someone who neither wrote it nor is of the team."""
    says = record.says
    if says.sees is Sees.EVERYONE or status_of(tx, record.id).chosen:
        return True
    theirs = (one.id for one in communities_of(tx, by, at))
    return says.sees is Sees.MEMBERS and says.community in theirs


def may_change(tx: Tx, record: Record[Practice], by: Person) -> bool:
    """Whether the person may change its words: the team; its author until it is selected."""
    if people.role_of(tx, by.id).logs:
        return True
    return record.person == by.id and not status_of(tx, record.id).chosen


def may_take_back(tx: Tx, record: Record[Practice], by: Person) -> bool:
    """Whether the person may take it back, and restore it: the team, and its author always."""
    return record.person == by.id or people.role_of(tx, by.id).logs


def change(tx: Tx, id: int, version: int, says: Practice, by: Person, at: int) -> Record[Practice]:
    """Have a practice say something else. Raises NotFound, NotAllowed, Impossible and
    ChangedMeanwhile.
    """
    before = get(tx, id, by, at)
    if not may_change(tx, before, by):
        raise NotAllowed
    _check_community(tx, says, before.says.community, by, at)
    return records.change(tx, PRACTICE, id, version, says, by, at)


def void(tx: Tx, id: int, version: int, by: Person, at: int) -> Record[Practice]:
    """Take a practice back. Raises NotFound, NotAllowed and ChangedMeanwhile."""
    if not may_take_back(tx, get(tx, id, by, at), by):
        raise NotAllowed
    return records.void(tx, PRACTICE, id, version, by, at)


def undo(tx: Tx, id: int, version: int, by: Person, at: int) -> Record[Practice]:
    """Take back what made this version. Raises NotFound, NotAllowed and ChangedMeanwhile."""
    now = get(tx, id, by, at)
    was = records.previous(tx, PRACTICE, now)
    words = was is not None and was.says != now.says
    if not (may_change(tx, now, by) if words else may_take_back(tx, now, by)):
        raise NotAllowed
    return records.undo(tx, PRACTICE, id, version, by, at)


def status_of(tx: Tx, id: int) -> Status:
    """What the team has made of a practice."""
    row = tx.row("SELECT status FROM practice_marks WHERE practice = :id", id=id)
    return Status.SHARED if row is None else Status(row["status"])


def seen(
    tx: Tx, by: Person, which: Filter, at: int, limit: int, offset: int = 0
) -> list[Record[Practice]]:
    """The practices that a person may see then, the newest first; a level's with those for all.

    Looks at every practice: a programme has hundreds at most.
    """
    rows = tx.rows(
        "SELECT p.record FROM practices p JOIN records r ON r.id = p.record"
        " LEFT JOIN practice_marks m ON m.practice = p.record"
        " WHERE (:team = 1 OR r.person = :by OR p.sees = 'everyone'"
        " OR m.status IN ('selected', 'published')"
        " OR (p.sees = 'members' AND instr(:theirs, '/' || p.community || '/') > 0))"
        " AND (:community = 0 OR p.community = :community)"
        " AND (:level = '' OR p.level IN (:level, 'all')) AND (:theme = '' OR p.theme = :theme)"
        " AND (:status = '' OR coalesce(m.status, 'shared') = :status)"
        " AND (:mine = 0 OR r.person = :by) AND instr(p.folded, :words) > 0"
        " ORDER BY p.record DESC LIMIT :limit OFFSET :offset",
        team=int(people.role_of(tx, by.id).logs),
        by=by.id,
        level=which.level or "",
        theme=which.theme or "",
        status=which.status or "",
        mine=int(which.mine),
        community=which.community,
        theirs="".join(f"/{one.id}/" for one in communities_of(tx, by, at)),
        words=fold(which.words),
        limit=limit,
        offset=offset,
    )
    return _records(tx, rows)


def _records(tx: Tx, rows: list[Row]) -> list[Record[Practice]]:
    return [records.get(tx, PRACTICE, row["record"]) for row in rows]


def wrong(tx: Tx) -> Iterator[str]:
    """What practices are looked up by and is not what their records say, as sentences."""
    yield from records.unlike(tx, PRACTICE, "practices", _indexed)
