"""Promising practices that members share, and who sees, changes and takes back one.

What the team makes of one (promising, selected, published) is a record of its own: see
``practice_marks``. A practice is its author's until it is selected; then the team alone changes it,
and its author can still take it back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from storage import people, records
from storage.engine import Row, Tx
from storage.errors import NotAllowed, NotFound
from storage.limits import LONGEST_TEXT, Impossible
from storage.outputs import LONGEST_URL, is_url
from storage.people import Person, TeamRole
from storage.plan import Language
from storage.records import Kind, Record
from storage.words import fold

LONGEST_LINE = 200  # of a title, a name
MOST_LINKS = 20
LINES = ("title", "author", "institution")
TEXTS = ("did", "context", "effects")


class Level(StrEnum):
    """Where a practice was tried."""

    PRESCHOOL = "preschool"
    ELEMENTARY = "elementary"
    SECONDARY = "secondary"
    VOCATIONAL = "vocational"
    ADULT = "adult"
    ALL = "all"


class Theme(StrEnum):
    """What of well-being a practice is about: the chapters of the guide, in this order."""

    BELONGING = "belonging"
    EMOTIONS = "emotions"
    MENTAL_HEALTH = "mental_health"
    ACTIVE = "active"
    CLIMATE = "climate"
    VOICE = "voice"
    FAMILIES = "families"
    STAFF = "staff"
    TRANSITIONS = "transitions"
    OTHER = "other"


class Sees(StrEnum):
    """Who may see a practice; one that is selected or published is seen by everyone."""

    EVERYONE = "everyone"
    FACILITATORS = "facilitators"


class Status(StrEnum):
    """What the team has made of a practice."""

    SHARED = "shared"
    PROMISING = "promising"
    SELECTED = "selected"
    PUBLISHED = "published"

    @property
    def chosen(self) -> bool:
        """Whether it stands in the guide."""
        return self in (Status.SELECTED, Status.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice in its author's words, written in ``language``; never with a student's name.

    ``level`` and ``theme`` are None where they are not said yet. ``links`` lead to its materials.
    """

    title: str
    did: str
    level: Level | None = None
    theme: Theme | None = None
    context: str = ""
    effects: str = ""
    links: tuple[str, ...] = ()
    sees: Sees = Sees.EVERYONE
    author: str = ""
    institution: str = ""
    language: Language = Language.EN
    community: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """Which practices a list shows; what is None or empty narrows nothing down."""

    level: Level | None = None
    theme: Theme | None = None
    status: Status | None = None
    words: str = ""
    mine: bool = False


def check(says: Practice, at: int) -> None:
    """Raise Impossible for what no practice can say."""
    for field in ("title", "did"):
        text: str = getattr(says, field)
        if not text.strip():
            raise Impossible(field)
    for field in (*LINES, *TEXTS):
        text = getattr(says, field)
        longest = LONGEST_TEXT if field in TEXTS else LONGEST_LINE
        if len(text) > longest or not writable(text):
            raise Impossible(field)
    wrong = (len(one) > LONGEST_URL or not is_url(one) or not writable(one) for one in says.links)
    if len(says.links) > MOST_LINKS or any(wrong):
        raise Impossible("links")
    if says.community < 0:
        raise Impossible("community")


def writable(text: str) -> bool:
    """Whether every character of it can be kept."""
    return not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text)


def _count(tx: Tx, record: Record[Practice], sign: int) -> None:
    if sign < 0:
        tx.run("DELETE FROM practices WHERE record = :id", id=record.id)
        return
    tx.run(
        "INSERT INTO practices (record, level, theme, sees, folded)"
        " VALUES (:record, :level, :theme, :sees, :folded)",
        **_indexed(record),
    )


def _indexed(record: Record[Practice]) -> dict[str, object]:
    says = record.says
    words = (says.title, says.did, says.context, says.effects, says.author, says.institution)
    return {
        "record": record.id,
        "level": says.level or "",
        "theme": says.theme or "",
        "sees": says.sees.value,
        "folded": fold(" ".join(words)),
    }


def shares(role: TeamRole) -> bool:
    """Whether they share practices and comment on them: everyone who is not waiting for a role."""
    return role is not TeamRole.PENDING


PRACTICE = Kind("practice", Practice, shares, _count, check)


def share(tx: Tx, says: Practice, by: Person, at: int) -> Record[Practice]:
    """Record a practice. Raises NotAllowed and Impossible."""
    return records.add(tx, PRACTICE, says, by, at)


def get(tx: Tx, id: int, by: Person) -> Record[Practice]:
    """A practice that the person may see. Raises NotFound where there is none for them.

    One that was taken back is there for its author and the team alone.
    """
    record = records.get(tx, PRACTICE, id)
    role = people.role_of(tx, by.id)
    if role.logs or record.person == by.id:
        return record
    open_to_all = record.says.sees is Sees.EVERYONE or status_of(tx, id).chosen
    if record.voided is not None or not (shares(role) and open_to_all):
        raise NotFound
    return record


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
    if not may_change(tx, get(tx, id, by), by):
        raise NotAllowed
    return records.change(tx, PRACTICE, id, version, says, by, at)


def void(tx: Tx, id: int, version: int, by: Person, at: int) -> Record[Practice]:
    """Take a practice back. Raises NotFound, NotAllowed and ChangedMeanwhile."""
    if not may_take_back(tx, get(tx, id, by), by):
        raise NotAllowed
    return records.void(tx, PRACTICE, id, version, by, at)


def undo(tx: Tx, id: int, version: int, by: Person, at: int) -> Record[Practice]:
    """Take back what made this version. Raises NotFound, NotAllowed and ChangedMeanwhile."""
    now = get(tx, id, by)
    was = records.previous(tx, PRACTICE, now)
    words = was is not None and was.says != now.says
    if not (may_change(tx, now, by) if words else may_take_back(tx, now, by)):
        raise NotAllowed
    return records.undo(tx, PRACTICE, id, version, by, at)


def status_of(tx: Tx, id: int) -> Status:
    """What the team has made of a practice."""
    row = tx.row("SELECT status FROM practice_marks WHERE practice = :id", id=id)
    return Status.SHARED if row is None else Status(row["status"])


def seen(tx: Tx, by: Person, which: Filter, limit: int, offset: int = 0) -> list[Record[Practice]]:
    """The practices that a person may see, the newest first; a level's with those for all levels.

    Looks at every practice: a programme has hundreds at most.
    """
    rows = tx.rows(
        "SELECT p.record FROM practices p JOIN records r ON r.id = p.record"
        " LEFT JOIN practice_marks m ON m.practice = p.record"
        " WHERE (:team = 1 OR r.person = :by OR p.sees = 'everyone'"
        " OR m.status IN ('selected', 'published'))"
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
