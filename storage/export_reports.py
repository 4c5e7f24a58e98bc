"""The tables of an export that hold the reports that were sent, row by row."""

from collections.abc import Iterator

from storage.engine import Tx
from storage.export_units import instant

Row = dict[str, object]


def tables(tx: Tx) -> dict[str, Iterator[Row]]:
    """The rows of each table, by its name in the dictionary."""
    return {"sent_reports": _reports(tx), "sent_files": _files(tx), "reasons": _reasons(tx)}


def _reports(tx: Tx) -> Iterator[Row]:
    for row in tx.each(
        "SELECT id AS report, plan, target, number, first AS first_day, last AS last_day, person,"
        " at, figures FROM sent_reports ORDER BY id"
    ):
        yield {**dict(row), "marked_at": instant(row["at"])}


def _files(tx: Tx) -> Iterator[Row]:
    for row in tx.each(
        "SELECT report, language, format, name, sha256 FROM sent_files"
        " ORDER BY report, language, format"
    ):
        yield dict(row)


def _reasons(tx: Tx) -> Iterator[Row]:
    for row in tx.each(
        "SELECT r.line, r.report, r.subject, a.action, a.person, a.at, r.text FROM reasons r"
        " JOIN audit a ON a.seq = r.line ORDER BY r.line"
    ):
        yield {**dict(row), "changed_at": instant(row["at"])}
