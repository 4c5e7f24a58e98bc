"""What managers write on a target in a report to the ministry: one narrative for each report.

A narrative belongs to a plan by the plan's id, and to a report by its kind and number.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from storage import records
from storage.documents import LONGEST_ID, MOST
from storage.engine import Tx
from storage.errors import ChangedMeanwhile
from storage.limits import Impossible
from storage.people import Person
from storage.practice import writable
from storage.records import Kind, Record
from storage.report_kinds import ReportKind

LONGEST = 3000  # characters: what the form of each platform can hold


@dataclass(frozen=True, slots=True)
class Narrative:
    """What a report says of a target in words; ``number`` is a progress report's, else 0."""

    plan: str
    report: ReportKind
    number: int
    target: str
    text: str


def check(says: Narrative, at: int) -> None:
    """Raise Impossible for what no narrative can say.

    The plans are not known here; whoever reads the form checks them.
    """
    for field in ("plan", "target"):
        text: str = getattr(says, field)
        if not text or len(text) > LONGEST_ID or not text.isprintable():
            raise Impossible(field)
    if (says.report is ReportKind.ANNUAL) != (says.number == 0) or not 0 <= says.number <= MOST:
        raise Impossible("number")
    if not says.text.strip() or len(says.text) > LONGEST or not writable(says.text):
        raise Impossible("text")


def _count(tx: Tx, record: Record[Narrative], sign: int) -> None:
    says = record.says
    if sign > 0 and of(tx, says.plan, says.report, says.number, says.target) is not None:
        raise ChangedMeanwhile  # another took its place
    records.keep(tx, "narratives", _indexed(record), sign)


def _indexed(record: Record[Narrative]) -> dict[str, object]:
    says = record.says
    return {
        "record": record.id,
        "plan": says.plan,
        "report": says.report.value,
        "number": says.number,
        "target": says.target,
    }


NARRATIVE = Kind("narrative", Narrative, lambda role: role.manages, _count, check)


def tell(tx: Tx, says: Narrative, version: int, by: Person, at: int) -> Record[Narrative]:
    """Have a report say this of a target; ``version`` is that of what it said, 0 for nothing.

    Raises NotAllowed, Impossible and ChangedMeanwhile.
    """
    before = of(tx, says.plan, says.report, says.number, says.target)
    if (before.version if before else 0) != version:
        raise ChangedMeanwhile
    return records.put(tx, NARRATIVE, before, says, by, at)


def of(tx: Tx, plan: str, report: ReportKind, number: int, target: str) -> Record[Narrative] | None:
    """What a report says of a target, or None."""
    row = tx.row(
        "SELECT record FROM narratives WHERE plan = :plan AND report = :report"
        " AND number = :number AND target = :target",
        plan=plan,
        report=report.value,
        number=number,
        target=target,
    )
    return None if row is None else records.get(tx, NARRATIVE, row["record"])


def of_report(tx: Tx, plan: str, report: ReportKind, number: int) -> dict[str, Record[Narrative]]:
    """All that a report says, by the target's id."""
    rows = tx.rows(
        "SELECT record, target FROM narratives WHERE plan = :plan AND report = :report"
        " AND number = :number ORDER BY record",
        plan=plan,
        report=report.value,
        number=number,
    )
    return {row["target"]: records.get(tx, NARRATIVE, row["record"]) for row in rows}


def before(
    tx: Tx, plan: str, report: ReportKind, number: int, target: str
) -> Record[Narrative] | None:
    """What the last of the progress reports before this one said of a target, or None."""
    row = tx.row(
        "SELECT record FROM narratives WHERE plan = :plan AND report = :report"
        " AND number < :number AND target = :target ORDER BY number DESC LIMIT 1",
        plan=plan,
        report=ReportKind.PROGRESS.value,
        number=MOST + 1 if report is ReportKind.ANNUAL else number,
        target=target,
    )
    return None if row is None else records.get(tx, NARRATIVE, row["record"])


def wrong(tx: Tx) -> Iterator[str]:
    """What narratives are looked up by and is not what their records say, as sentences."""
    yield from records.unlike(tx, NARRATIVE, "narratives", _indexed)
