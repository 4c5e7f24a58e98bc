"""A report as a workbook: a sheet a table, with types; nothing in it can run.

What was typed is written as text alone, whatever it looks like: no formula, link or number is made
of it. The same report is the same bytes.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from textwrap import wrap
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
    "narrative": 90, "positive": 18, "figure": 50, "as_sent": 24, "today": 24,
}  # fmt: skip
NARROW, ABOUT = 14, 110
HIGHEST_NAME = 31  # characters of a sheet's name
LINE, HIGHEST = 13, 409  # points: a line of words, and the highest row that there can be
FITS = 1.15  # letters in the width of a digit
NUMBERS = (Hours, Share, Amount, int)


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
    first.set_column(0, 0, ABOUT)
    first.write_string(0, 0, clean(title), formats["title"])
    for at, line in enumerate(about(t, report), 1):
        first.set_row(at, _height([line], [ABOUT]))
        first.write_string(at, 0, line, formats[str])
    _page(first)
    for sheet in sheets.of(t, report):
        _write(book, t, sheet, formats)
    book.close()
    return made.getvalue()


def _formats(book: Any) -> dict[object, Any]:
    """How each type of cell looks."""
    top = {"valign": "top", "font_size": 10}
    words = {**top, "text_wrap": True, "align": "left", "indent": 1}  # apart from numbers
    head = {"bold": True, "font_color": f"#{GREEN}", "bg_color": f"#{SHADE}", "bottom": 1}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": f"#{GREEN}"}),
        "head": book.add_format({**words, **head}),
        "right": book.add_format({**top, **head, "text_wrap": True, "align": "right"}),
        str: book.add_format(words),
        int: book.add_format({**top, "num_format": "#,##0"}),
        date: book.add_format({**words, "num_format": "yyyy-mm-dd"}),
        Hours: book.add_format({**top, "num_format": '#,##0.00" h"'}),
        Share: book.add_format({**top, "num_format": "0.0%"}),
        Amount: book.add_format({**top, "num_format": "#,##0.0"}),
    }


def _write(book: Any, t: Texts, sheet: Sheet, formats: dict[object, Any]) -> None:
    """A table on a sheet of its own: its header stays in sight and is printed on every page."""
    page = book.add_worksheet(_name(t, sheet))
    widths = [WIDE.get(column.id, NARROW) for column in sheet.columns]
    head = [t(f"document.column.{column.id}") for column in sheet.columns]
    page.set_row(0, _height(head, widths))
    for at, (words, width) in enumerate(zip(head, widths, strict=True)):
        counted = any(isinstance(row[at], NUMBERS) for row in sheet.rows)
        page.set_column(at, at, width)
        page.write_string(0, at, words, formats["right" if counted else "head"])
    for n, row in enumerate(sheet.rows, 1):
        page.set_row(n, _height(row, widths))
        for at, cell in enumerate(row):
            _cell(page, n, at, cell, formats)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.repeat_rows(0)
    _page(page)


def _page(page: Any) -> None:
    page.set_landscape()
    page.set_paper(1)  # letter
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")


def _height(row: Sequence[Cell], widths: Sequence[int]) -> float:
    """The height in which all words of a row are seen: only Excel would find it by itself."""
    lines = max(
        sum(len(wrap(line, int(width * FITS))) or 1 for line in cell.splitlines())
        if isinstance(cell, str) and (len(cell) > width or "\n" in cell)
        else 1
        for cell, width in zip(row, widths, strict=True)
    )
    return min(LINE * lines, HIGHEST)


def _cell(page: Any, row: int, at: int, cell: Cell, formats: dict[object, Any]) -> None:
    if cell is None:
        return
    value, look = values.number(cell), formats[type(cell)]
    match value:
        case str():
            if words := clean(value):
                page.write_string(row, at, words, look)
        case date():
            page.write_datetime(row, at, value, look)
        case _:
            page.write_number(row, at, value, look)


def _name(t: Texts, sheet: Sheet) -> str:
    """The name of a sheet, with the letter of its annex."""
    title = t(f"document.sheet.{sheet.id}")
    return f"{sheets.letter(sheet.annex)} {title}"[:HIGHEST_NAME] if sheet.annex else title
