"""Documents a plan asks for: the ministry's reports and the plan itself; prepared, sent, posted.

One belongs to a plan by the plan's id: an action plan is submitted before its first day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from storage import records
from storage.engine import Tx
from storage.errors import ChangedMeanwhile
from storage.limits import FIRST_DAY, Impossible
from storage.people import Person
from storage.records import Kind, Record

ANNUAL = "annual-report"  # no target of a plan: the year-end report is sent all the same
MOST = 99  # documents of a target
LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Document:
    """The ``number``-th document of a target, with the days on which it was done."""

    plan: str
    target: str
    number: int
    prepared: date | None = None
    sent: date | None = None
    posted: date | None = None


def check(says: Document, at: int) -> None:
    """Raise Impossible for what no document can say. What is done is not done in the future.

    The plans are not known here; whoever reads the form checks them.
    """
    for field in ("plan", "target"):
        text: str = getattr(says, field)
        if not text or len(text) > LONGEST_ID or not text.isprintable():
            raise Impossible(field)
    if not 1 <= says.number <= MOST:
        raise Impossible("number")
    tomorrow = datetime.fromtimestamp(at, UTC).date() + timedelta(days=1)
    for field in ("prepared", "sent", "posted"):
        day: date | None = getattr(says, field)
        if day is not None and not FIRST_DAY <= day <= tomorrow:
            raise Impossible(field)


def _count(tx: Tx, record: Record[Document], sign: int) -> None:
    if sign > 0 and of(tx, record.says.plan, record.says.target, record.says.number) is not None:
        raise ChangedMeanwhile  # another took its place
    records.keep(tx, "documents", _indexed(record), sign)


def _indexed(record: Record[Document]) -> dict[str, object]:
    says = record.says
    return {
        "record": record.id,
        "plan": says.plan,
        "target": says.target,
        "number": says.number,
        "sent": says.sent and says.sent.isoformat(),
    }


KIND = Kind("document", Document, lambda role: role.manages, _count, check)


def mark(tx: Tx, says: Document, version: int, by: Person, at: int) -> Record[Document]:
    """Have a document say this, in the place of what it said; ``version`` is 0 for a new one.

    Raises NotAllowed, Impossible and ChangedMeanwhile.
    """
    before = of(tx, says.plan, says.target, says.number)
    if before is None:
        if version:
            raise ChangedMeanwhile  # it was taken back
        return records.add(tx, KIND, says, by, at)
    return records.change(tx, KIND, before.id, version, says, by, at)


def of(tx: Tx, plan: str, target: str, number: int) -> Record[Document] | None:
    """The document that counts, or None."""
    row = tx.row(
        "SELECT record FROM documents WHERE plan = :plan AND target = :target AND number = :number",
        plan=plan,
        target=target,
        number=number,
    )
    return None if row is None else records.get(tx, KIND, row["record"])


def of_target(tx: Tx, plan: str, target: str) -> list[Record[Document]]:
    """Those of a plan's target that are kept, by number."""
    rows = tx.rows(
        "SELECT record FROM documents WHERE plan = :plan AND target = :target ORDER BY number",
        plan=plan,
        target=target,
    )
    return [records.get(tx, KIND, row["record"]) for row in rows]


def sent(tx: Tx, plan: str, target: str, at: date) -> int:
    """How many of a plan's target were sent by the end of a day."""
    row = tx.row(
        "SELECT count(*) AS number FROM documents"
        " WHERE plan = :plan AND target = :target AND sent <= :at",
        plan=plan,
        target=target,
        at=at.isoformat(),
    )
    assert row is not None
    return int(row["number"])


def wrong(tx: Tx) -> Iterator[str]:
    """What documents are counted by and is not what their records say, as sentences."""
    yield from records.unlike(tx, KIND, "documents", _indexed)
