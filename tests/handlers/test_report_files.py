"""A report as a workbook and as files of values: types, nothing that could run, twice the same."""

import csv
import re
import zipfile
from collections.abc import AsyncIterator
from datetime import date
from fractions import Fraction
from io import BytesIO, StringIO
from pathlib import Path
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import sample
from handlers.chat.texts import Texts
from handlers.reports import giving, sheets, shown, told, values
from handlers.reports.giving import Format
from handlers.reports.shown import Amount, Hours, Share
from storage import entry_changes, figures, outputs, records, report
from storage.engine import Store, Tx
from storage.entries import Draft
from storage.outputs import Output
from storage.people import Person
from storage.plan import EntryKind, Language, Measure
from storage.plan_files import load_plans
from storage.report import Report, ReportKind
from tests.reading_workbooks import sheets_of, xml_of
from tests.storage.making import NOW, meet

PLANS = load_plans(None)
PLAN = PLANS.get("clc-2024-25")
TODAY = date(2025, 2, 12)
EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
ODD = '=HYPERLINK("https://example.org","x")'
ALL = [(ReportKind.ANNUAL, 0), *((ReportKind.PROGRESS, number) for number in (1, 2, 3))]


@pytest.fixture
async def year(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(tmp_path)
    await sample.fill(store, PLANS)
    yield store
    await store.close()


@pytest.fixture
def odd(tx: Tx) -> Report:
    """A report with typed words that look like a formula, a link and a number."""
    by = meet(tx, "Alex")
    for words in (ODD, "+1", "@SUM(A1)", "-2+3", "https://example.org", "12"):
        _log(tx, by, words)
    output = Output("cda-tools", ODD, theme="=1+1", published=TODAY, url="https://example.org/a")
    records.add(tx, outputs.OUTPUT, output, by, NOW)
    return report.read(tx, PLAN, ReportKind.ANNUAL, 0, TODAY)


def _log(tx: Tx, by: Person, words: str) -> None:
    draft = Draft(EntryKind.PARTNER, TODAY, 60, partner=words, objective=words)
    entry_changes.add(tx, draft, by, NOW)
    draft = Draft(EntryKind.ACCOMPANIMENT, TODAY, 60, objective=words)
    entry_changes.add(tx, draft, by, NOW, sure=frozenset(entry_changes.Doubt))


def csv_of(content: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return {
            name: list(csv.reader(StringIO(parts.read(name).decode("utf-8-sig"), newline="")))
            for name in parts.namelist()
        }


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("kind", "number"), ALL)
async def test_each_cell_is_there_with_its_type_and_twice_the_same(
    year: Store, kind: ReportKind, number: int, language: Language
) -> None:
    t = Texts.load(language)
    made = await year.read(report.read, PLAN, kind, number, TODAY)
    again = await year.read(report.read, PLAN, kind, number, TODAY)
    for format in (Format.XLSX, Format.CSV):
        assert giving.build(t, made, format) == giving.build(t, again, format)
    tables = sheets.of(t, made)
    workbook = [*sheets_of(giving.build(t, made, Format.XLSX).content).values()]
    files = [*csv_of(giving.build(t, made, Format.CSV).content).values()]
    assert workbook[0][0][0] == f"{told.name(t, made)} · {PLAN.title[language]}"
    for table, sheet, lines in zip(tables, workbook[1:], files, strict=True):
        head = [t(f"document.column.{one.id}") for one in table.columns]
        assert (sheet[0], lines[0]) == (head, head)
        assert len(sheet) == len(lines) == len(table.rows) + 1
        for row, cells, texts in zip(table.rows, sheet[1:], lines[1:], strict=True):
            there = [*cells, *[None] * (len(row) - len(cells))]
            for cell, excel, text in zip(row, there, texts, strict=True):
                value = values.number(cell)
                if isinstance(value, date):
                    assert (excel, text) == ((value - EPOCH).days, value.isoformat())
                elif isinstance(value, str) or value is None:
                    assert ((excel or ""), text) == (value or "", value or "")
                else:
                    assert (excel, float(text)) == (value, value)


async def test_the_figures_are_those_of_progress(year: Store) -> None:
    t = Texts.load(Language.EN)
    made = await year.read(report.read, PLAN, ReportKind.ANNUAL, 0, TODAY)
    rows = sheets_of(giving.build(t, made, Format.XLSX).content)["Targets"][1:]
    results = {str(row[1]): row for row in rows}
    for figure in await year.read(figures.read, PLAN, TODAY):
        row = results[figure.target.name.en]
        if figure.target.measure is Measure.SHARE:
            found = tuple(int(n) if isinstance(n, float) else n for n in row[4:6])
            assert found == (shown.figure(figure).numerator, figure.denominator)
        else:
            assert row[3] == float(figure.actual or 0)


def test_what_was_typed_is_text_and_runs_nowhere(odd: Report) -> None:
    t = Texts.load(Language.EN)
    content = giving.build(t, odd, Format.XLSX).content
    parts = xml_of(content)
    pages = [parts[name] for name in parts if name.startswith("xl/worksheets/")]
    assert len(pages) > 10
    for xml in pages:
        assert "<f>" not in xml
        assert "<hyperlink" not in xml
    typed = {cell for rows in sheets_of(content).values() for row in rows for cell in row}
    assert typed >= {ODD, "+1", "@SUM(A1)", "-2+3", "12", "https://example.org/a"}
    files = csv_of(giving.build(t, odd, Format.CSV).content)
    typed = {cell for rows in files.values() for row in rows for cell in row}
    assert typed >= {f"'{ODD}", "'+1", "'@SUM(A1)", "'-2+3", "'=1+1"}
    assert not any(isinstance(one, str) and one.startswith(("=", "+", "@")) for one in typed)


async def test_the_header_of_each_table_stays_in_sight(year: Store) -> None:
    t = Texts.load(Language.FR)
    made = await year.read(report.read, PLAN, ReportKind.ANNUAL, 0, TODAY)
    content = giving.build(t, made, Format.XLSX).content
    parts = xml_of(content)
    tables = [parts[name] for name in parts if name.startswith("xl/worksheets/sheet")]
    frozen = [xml for xml in tables if '<pane ySplit="1"' in xml and 'state="frozen"' in xml]
    assert len(frozen) == len(tables) - 1 == len(sheets.of(t, made))
    names = [*sheets_of(content)]
    assert all(len(name) <= 31 for name in names)
    assert [name[0] for name in names[3:]] == ["A", *"BBBBB", *"CC", "D", "E"]


async def test_each_row_is_as_high_as_its_words(year: Store) -> None:
    """Only Excel gives a row the height of its words by itself; elsewhere they would overlap."""
    t = Texts.load(Language.FR)
    made = await year.read(report.read, PLAN, ReportKind.ANNUAL, 0, TODAY)
    parts = xml_of(giving.build(t, made, Format.XLSX).content)
    indicators = parts["xl/worksheets/sheet3.xml"]
    heights = [float(one) for one in re.findall('<row [^>]* ht="([0-9.]+)"', indicators)]
    rows = next(one.rows for one in sheets.of(t, made) if one.id == "indicators")
    assert len(heights) == 1 + len(rows)
    for row, height in zip(rows, heights[1:], strict=True):
        strategy = len(wrap(str(row[2]), 65))  # as many letters as its column shows
        assert 12 * strategy < height < 12 * (strategy + 4)


@given(st.fractions(0, 1))
def test_a_share_is_cut_as_in_words(share: Fraction) -> None:
    shown_ = values.number(Share(share))
    assert isinstance(shown_, float)
    assert Fraction(str(shown_)) <= share < Fraction(str(shown_)) + Fraction(1, 1000)


def test_amounts_are_cut_too() -> None:
    assert values.number(Share(Fraction(7496, 10000))) == 0.749
    assert values.number(Hours(135)) == 2.25
    assert values.number(Hours(Fraction(1))) == 0.01
    assert values.number(Amount(Fraction(199, 100))) == 1.9


def test_the_files_are_called_what_they_are(odd: Report) -> None:
    french, english = Texts.load(Language.FR), Texts.load(Language.EN)
    assert giving.build(french, odd, Format.DOCX).name == "bilan-annuel-clc-2024-25.docx"
    assert giving.build(english, odd, Format.XLSX).name == "year-end-report-clc-2024-25.xlsx"
    assert giving.build(english, odd, Format.CSV).name == "year-end-report-clc-2024-25.zip"
