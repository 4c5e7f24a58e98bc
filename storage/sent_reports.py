"""Reports as they were sent: every figure and every file as it was then, for good.

One is in force while its document is marked as sent on the day that it speaks up to. Where that
mark is taken back, or moved to another day, it stays and is no longer in force.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pydantic import TypeAdapter

from storage import audit
from storage.database import Row, Tx
from storage.figure import Figure, Status
from storage.people import Person
from storage.period_lock import IN_FORCE
from storage.reported import Number, Pair


@dataclass(frozen=True, slots=True)
class Stood:
    """How a target stood; ``actual`` is its exact value in its own unit, such as "825/2"."""

    actual: str | None
    numerator: int | None
    denominator: int | None
    status: Status

    def differs(self, now: Figure) -> bool:
        """Whether a target has reached something else."""
        new = stood(now)
        return (self.actual, self.numerator, self.denominator) != (
            new.actual,
            new.numerator,
            new.denominator,
        )

    def as_of(self, now: Figure) -> Figure:
        """The figure that it was, of the target that ``now`` is of."""
        actual = None if self.actual is None else Fraction(self.actual)
        numbers = self.numerator, self.denominator
        return Figure(now.target, actual, None, self.status, None, None, *numbers)


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a report: of each target and each indicator, by its id."""

    targets: dict[str, Stood]
    indicators: dict[str, Number | Pair]


_FIGURES = TypeAdapter(Figures)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a report, in a language and a format."""

    language: str
    format: str
    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """What tells it from any other, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class SentReport:
    """A report of a document: from the plan's ``first`` day to its ``last``, the day it was sent.

    ``person`` marked it as sent ``at`` an instant; ``line`` is the audit chain's newest just then.
    """

    id: int
    plan: str
    target: str
    number: int
    first: date
    last: date
    person: int
    at: int
    line: int
    figures: Figures


def stood(figure: Figure) -> Stood:
    """A figure as it is kept."""
    actual = None if figure.actual is None else str(figure.actual)
    return Stood(actual, figure.numerator, figure.denominator, figure.status)


def freeze(
    tx: Tx,
    document: tuple[str, str, int],
    days: tuple[date, date],
    figures: Figures,
    files: Iterable[SentFile],
    by: Person,
    at: int,
) -> SentReport:
    """Keep a report of a document (plan, target, number) with its figures and its files."""
    (plan, target, number), (first, last) = document, days
    line, written = audit.newest_line(tx), _FIGURES.dump_json(figures).decode()
    id = tx.insert(
        "INSERT INTO sent_reports (plan, target, number, first, last, person, at, line, figures)"
        " VALUES (:plan, :target, :number, :first, :last, :person, :at, :line, :figures)",
        plan=plan,
        target=target,
        number=number,
        first=first.isoformat(),
        last=last.isoformat(),
        person=by.id,
        at=at,
        line=line,
        figures=written,
    )
    for one in files:
        tx.run(
            "INSERT INTO sent_files (report, language, format, name, sha256, content)"
            " VALUES (:report, :language, :format, :name, :sha256, :content)",
            report=id,
            language=one.language,
            format=one.format,
            name=one.name,
            sha256=one.sha256,
            content=one.content,
        )
    audit.append(tx, at, by.id, "freeze", f"report/{id}", _chained(tx, id))
    return SentReport(id, *document, *days, by.id, at, line, figures)


def of(tx: Tx, plan: str, target: str, number: int) -> SentReport | None:
    """The report of a document that is in force."""
    row = tx.row(
        f"{IN_FORCE} AND s.plan = :plan AND s.target = :target AND s.number = :number",
        plan=plan,
        target=target,
        number=number,
    )
    return None if row is None else _report(row)


def speaking_of(tx: Tx, day: date) -> SentReport | None:
    """The last report in force that speaks of a day."""
    row = tx.row(
        f"{IN_FORCE} AND :day BETWEEN s.first AND s.last ORDER BY s.last DESC, s.id DESC LIMIT 1",
        day=day.isoformat(),
    )
    return None if row is None else _report(row)


def before(tx: Tx, plan: str, day: date) -> SentReport | None:
    """The last report of a plan that was sent before a day and is in force."""
    row = tx.row(
        f"{IN_FORCE} AND s.plan = :plan AND s.last < :day ORDER BY s.last DESC, s.id DESC LIMIT 1",
        plan=plan,
        day=day.isoformat(),
    )
    return None if row is None else _report(row)


def file(tx: Tx, report: int, language: str, format: str) -> SentFile | None:
    """A file of a report, byte for byte."""
    row = tx.row(
        "SELECT * FROM sent_files WHERE report = :report AND language = :language"
        " AND format = :format",
        report=report,
        language=language,
        format=format,
    )
    if row is None:
        return None
    return SentFile(row["language"], row["format"], row["name"], row["content"])


def contents(tx: Tx) -> Iterator[tuple[int, str]]:
    """Each of them by number, and what the audit chain takes it to be."""
    for row in tx.rows("SELECT id FROM sent_reports ORDER BY id"):
        yield row["id"], _chained(tx, row["id"])


def wrong(tx: Tx) -> Iterator[str]:
    """Where a file is not what was sent, as sentences."""
    for row in tx.each("SELECT report, name, sha256, content FROM sent_files"):
        if hashlib.sha256(row["content"]).hexdigest() != row["sha256"]:
            yield f"The file {row['name']} of sent report {row['report']} is not what was sent."


def _chained(tx: Tx, id: int) -> str:
    """What the audit chain takes a report to be: its figures, and each file by its hash."""
    row = tx.row("SELECT * FROM sent_reports WHERE id = :id", id=id)
    assert row is not None
    files = tx.rows(
        "SELECT language, format, name, sha256 FROM sent_files WHERE report = :id"
        " ORDER BY language, format",
        id=id,
    )
    return "\n".join(str(cell) for one in (row, *files) for cell in tuple(one))


def _report(row: Row) -> SentReport:
    return SentReport(
        row["id"],
        row["plan"],
        row["target"],
        row["number"],
        date.fromisoformat(row["first"]),
        date.fromisoformat(row["last"]),
        row["person"],
        row["at"],
        row["line"],
        _FIGURES.validate_json(row["figures"]),
    )
