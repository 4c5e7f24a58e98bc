"""A report as files of comma-separated values, a table a file, in one archive."""

import csv
import zipfile
from datetime import date
from io import BytesIO, StringIO

from handlers.chat.texts import Texts
from handlers.papers import STABLE
from handlers.reports import sheets, values
from handlers.reports.shown import Cell
from storage.export import neutral
from storage.report import Report


def build(t: Texts, report: Report) -> bytes:
    """The archive; the same report is the same bytes. Shares are fractions of 1, days are ISO."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for n, sheet in enumerate(sheets.of(t, report), 1):
            lines = StringIO(newline="")
            out = csv.writer(lines)
            out.writerow([t(f"document.column.{one.id}") for one in sheet.columns])
            out.writerows([_written(cell) for cell in row] for row in sheet.rows)
            one = zipfile.ZipInfo(f"{n:02}-{sheet.id.replace('_', '-')}.csv", STABLE)
            one.compress_type = zipfile.ZIP_DEFLATED
            # The byte order mark is how Excel knows UTF-8.
            archive.writestr(one, lines.getvalue().encode("utf-8-sig"))
    return packed.getvalue()


def _written(cell: Cell) -> str | float | int | None:
    value = values.number(cell)
    if isinstance(value, str):
        return neutral(value)
    return value.isoformat() if isinstance(value, date) else value
