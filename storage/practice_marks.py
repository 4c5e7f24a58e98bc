"""What the team makes of a practice: promising, selected for the guide, published, and back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from storage import communities, people, records
from storage.community import Community
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.limits import FIRST_DAY, Impossible
from storage.people import Person
from storage.practice import Practice, Status
from storage.practices import PRACTICE
from storage.records import Kind, Record


@dataclass(frozen=True, slots=True)
class Mark:
    """What a practice is, by the number of its record, since ``day``."""

    practice: int
    status: Status
    day: date


@dataclass(frozen=True, slots=True)
class Chosen:
    """A practice that was selected or published, and since when; its community, or None."""

    record: Record[Practice]
    status: Status
    day: date
    community: Community | None = None


def _check(says: Mark, at: int) -> None:
    tomorrow = datetime.fromtimestamp(at, UTC).date() + timedelta(days=1)
    if not FIRST_DAY <= says.day <= tomorrow:
        raise Impossible("day")


def _count(tx: Tx, record: Record[Mark], sign: int) -> None:
    if sign > 0 and of(tx, record.says.practice) is not None:
        raise ChangedMeanwhile  # another took its place
    records.keep(tx, "practice_marks", _indexed(record), sign)


def _indexed(record: Record[Mark]) -> dict[str, object]:
    says = record.says
    return {
        "record": record.id,
        "practice": says.practice,
        "status": says.status.value,
        "day": says.day.isoformat(),
    }


MARK = Kind("practice_mark", Mark, lambda role: role.logs, _count, _check)


def mark(tx: Tx, says: Mark, version: int, by: Person, at: int) -> Record[Mark]:
    """Have a practice be this, in the place of what it was; ``version`` is 0 where nothing is kept.

    Raises NotAllowed; Impossible; NotFound for a practice that was taken back; ChangedMeanwhile.
    """
    if records.get(tx, PRACTICE, says.practice).voided is not None:
        raise NotFound
    before = of(tx, says.practice)
    if before is None:
        if version:
            raise ChangedMeanwhile  # it was taken back
        return records.add(tx, MARK, says, by, at)
    return records.change(tx, MARK, before.id, version, says, by, at)


def undo(tx: Tx, id: int, version: int, by: Person, at: int) -> Record[Mark]:
    """Take back what made this version. Raises NotFound, NotAllowed and ChangedMeanwhile."""
    return records.undo(tx, MARK, id, version, by, at)


def of(tx: Tx, practice: int) -> Record[Mark] | None:
    """What the team has said of a practice, or None."""
    row = tx.row("SELECT record FROM practice_marks WHERE practice = :id", id=practice)
    return None if row is None else records.get(tx, MARK, row["record"])


def for_guide(tx: Tx, by: Person | None) -> list[Chosen]:
    """The practices that stand in the guide, the oldest first.

    For the team, or without ``by`` for the shell. Raises NotAllowed.
    """
    if by is not None and not people.role_of(tx, by.id).logs:
        raise NotAllowed
    return _chosen(tx, "m.status IN ('selected', 'published')")


def published(tx: Tx, first: date, last: date) -> list[Chosen]:
    """The practices that were published in a period, the oldest day first."""
    period = {"first": first.isoformat(), "last": last.isoformat()}
    return _chosen(tx, "m.status = 'published' AND m.day BETWEEN :first AND :last", **period)


def _chosen(tx: Tx, where: str, **values: object) -> list[Chosen]:
    rows = tx.rows(
        "SELECT p.record, p.community, m.status, m.day FROM practices p"  # noqa: S608 - a condition from above
        f" JOIN practice_marks m ON m.practice = p.record WHERE {where} ORDER BY m.day, p.record",
        **values,
    )
    return [
        Chosen(
            records.get(tx, PRACTICE, row["record"]),
            Status(row["status"]),
            date.fromisoformat(row["day"]),
            communities.get(tx, row["community"]).says if row["community"] else None,
        )
        for row in rows
    ]


def wrong(tx: Tx) -> Iterator[str]:
    """What marks are looked up by and is not what their records say, as sentences."""
    yield from records.unlike(tx, MARK, "practice_marks", _indexed)
