"""A report as a workbook: a sheet a table, with types; nothing in it can run.

What was typed is written as text alone, whatever it looks like: no formula, link or number is made
of it. The same report is the same bytes.
"""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs] - untyped

from handlers.chat.texts import Texts
from handlers.papers.look import GREEN
from handlers.papers.xml import SHADE, clean
from handlers.reports import sheets, values
from handlers.reports.sheets import Sheet
from handlers.reports.shown import Amount, Cell, Hours, Share
from handlers.reports.told import about, as_of, name
from storage.report import Report

AS_TEXT = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
WIDE = {  # in characters; others have NARROW
    "objective": 40, "strategy": 50, "indicator": 50, "target": 40, "title": 36, "purposes": 50,
    "purpose": 36, "partner": 32, "url": 36, "note": 50, "learning": 32, "boards": 36,
    "audience": 24, "theme": 24, "board": 28, "role": 28, "status": 22, "result": 18,
    "narrative": 90,
}  # fmt: skip
NARROW = 14
HIGHEST_NAME = 31  # characters of a sheet's name


def build(t: Texts, report: Report) -> bytes:
    """The workbook: what it is, its targets and indicators, and each table of the annexes."""
    made = BytesIO()
    book: Any = xlsxwriter.Workbook(made, {"in_memory": True, **AS_TEXT})
    day, title = as_of(report), f"{name(t, report)} · {report.plan.title[t.language]}"
    book.set_properties(
        {
            "title": clean(title),
            "author": clean(report.plan.title[t.language]),
            "created": datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None),
        }
    )
    formats = _formats(book)
    first = book.add_worksheet(t("document.sheet.about"))
    first.set_column(0, 0, 110)
    first.write_string(0, 0, clean(title), formats["title"])
    for at, line in enumerate(about(t, report), 1):
        first.write_string(at, 0, line, formats[str])
    for sheet in sheets.of(t, report):
        _write(book, t, sheet, formats)
    book.close()
    return made.getvalue()


def _formats(book: Any) -> dict[object, Any]:
    """How each type of cell looks."""
    top = {"valign": "top", "font_size": 10}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": f"#{GREEN}"}),
        "head": book.add_format(
            {
                **top,
                "bold": True,
                "text_wrap": True,
                "font_color": f"#{GREEN}",
                "bg_color": f"#{SHADE}",
                "bottom": 1,
            }
        ),
        str: book.add_format({**top, "text_wrap": True}),
        int: book.add_format({**top, "num_format": "#,##0"}),
        date: book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"}),
        Hours: book.add_format({**top, "num_format": '#,##0.00" h"'}),
        Share: book.add_format({**top, "num_format": "0.0%"}),
        Amount: book.add_format({**top, "num_format": "#,##0.0"}),
    }


def _write(book: Any, t: Texts, sheet: Sheet, formats: dict[object, Any]) -> None:
    """A table on a sheet of its own: its header stays in sight and is printed on every page."""
    page = book.add_worksheet(_name(t, sheet))
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, WIDE.get(column.id, NARROW))
        page.write_string(0, at, t(f"document.column.{column.id}"), formats["head"])
    for n, row in enumerate(sheet.rows, 1):
        for at, cell in enumerate(row):
            _cell(page, n, at, cell, formats)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(1)  # letter
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")


def _cell(page: Any, row: int, at: int, cell: Cell, formats: dict[object, Any]) -> None:
    if cell is None or cell == "":
        return
    value, look = values.number(cell), formats[type(cell)]
    match value:
        case str():
            page.write_string(row, at, clean(value), look)
        case date():
            page.write_datetime(row, at, value, look)
        case _:
            page.write_number(row, at, value, look)


def _name(t: Texts, sheet: Sheet) -> str:
    """The name of a sheet, with the letter of its annex."""
    title = t(f"document.sheet.{sheet.id}")
    return f"{sheets.letter(sheet.annex)} {title}"[:HIGHEST_NAME] if sheet.annex else title
