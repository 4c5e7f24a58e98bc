"""The lock on what a sent report was made from: whoever changes it says why.

What is recorded later is no change: it asks for no reason, and the next report lists what it does
to the figures. Nor is the undo of a change that was made after the report was sent.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from storage import audit
from storage.database import Row, Tx
from storage.errors import StorageError
from storage.people import Person

LONGEST = 1000  # characters of a reason

# Of the reports that were sent (s), those in force: see ``storage/sent_reports.py``.
IN_FORCE = (
    "SELECT s.* FROM sent_reports s JOIN documents d ON d.plan = s.plan AND d.target = s.target"
    " AND d.number = s.number AND d.sent = s.last WHERE s.id IN (SELECT max(id) FROM sent_reports"
    " GROUP BY plan, target, number, last)"
)


class NeedsReason(StorageError):
    """A report was made from it and sent; whoever changes it says why."""

    def __init__(self, plan: str, target: str, number: int, sent: date) -> None:
        super().__init__()
        self.document = plan, target, number
        self.sent = sent


@dataclass(frozen=True, slots=True)
class Dated:
    """When something counts, and for which target; "" where it counts for more than one."""

    day: date
    target: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why ``person`` changed a subject of the audit chain, such as "entry/12", ``at`` an instant.

    ``action`` is what they did: "change", "void" or "undo".
    """

    subject: str
    action: str
    person: int
    at: int
    text: str


def hold(
    tx: Tx, subject: str, counted: Iterable[Dated], by: Person, at: int, *, undo: bool = False
) -> None:
    """Keep why a subject was changed, right after it was; ``counted`` is when it did and does now.

    Raises NeedsReason, so that the change comes to nothing, where a report was made from it and no
    reason is given.
    """
    report = next(filter(None, (_made_from(tx, subject, one, undo=undo) for one in counted)), None)
    if report is None:
        return
    if not tx.reason:
        sent = date.fromisoformat(report["last"])
        raise NeedsReason(report["plan"], report["target"], report["number"], sent)
    line = audit.newest_line(tx)
    tx.run(
        "INSERT INTO reasons (line, report, subject, text)"
        " VALUES (:line, :report, :subject, :text)",
        line=line,
        report=report["id"],
        subject=subject,
        text=tx.reason,
    )
    audit.append(tx, at, by.id, "explain", f"reason/{line}", tx.reason)


def contents(tx: Tx) -> Iterator[tuple[int, str]]:
    """Each reason by the number of the line that it is for, and its text."""
    for row in tx.each("SELECT line, text FROM reasons ORDER BY line"):
        yield row["line"], row["text"]


def reasons(tx: Tx, report: int) -> list[Reason]:
    """Why what a report was made from was changed, the newest first."""
    return [
        Reason(row["subject"], row["action"], row["person"], row["at"], row["text"])
        for row in tx.rows(
            "SELECT r.subject, r.text, a.action, a.person, a.at FROM reasons r"
            " JOIN audit a ON a.seq = r.line WHERE r.report = :report ORDER BY r.line DESC",
            report=report,
        )
    ]


def _made_from(tx: Tx, subject: str, one: Dated, *, undo: bool) -> Row | None:
    """The last report in force that was made from it, as it was before its newest change."""
    row = tx.row(
        f"{IN_FORCE} AND :day BETWEEN s.first AND s.last"
        " AND (:target = '' OR json_type(s.figures, '$.targets.\"' || :target || '\"') IS NOT NULL)"
        " ORDER BY s.last DESC, s.id DESC LIMIT 1",
        day=one.day.isoformat(),
        target=one.target,
    )
    if row is None:
        return None
    lines = tx.rows("SELECT seq FROM audit WHERE subject = :subject ORDER BY seq", subject=subject)
    # An undo takes back the version that the line before its own has made.
    made = lines[-2 if undo and len(lines) > 1 else 0]["seq"]
    return row if made <= row["line"] else None
