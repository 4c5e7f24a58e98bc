"""All four reports in both languages, opened in LibreOffice: their pages, and every figure.

LibreOffice starts once for all of them, so this is one test.
"""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from bot import sample
from handlers.chat.texts import Texts, capital
from handlers.progress import words
from handlers.reports import giving, sheets, shown, told, values
from handlers.reports.giving import Format
from handlers.reports.shown import Amount, Cell, Hours, Share
from storage import report
from storage.engine import Store, Tx
from storage.plan import Language
from storage.plan_files import load_plans
from storage.report import Report, ReportKind

PLANS = load_plans(None)
TODAY = date(2025, 2, 12)
ALL = [(ReportKind.ANNUAL, 0), *((ReportKind.PROGRESS, number) for number in (1, 2, 3))]
BROKEN = ("###", "#NAME?", "#VALUE!", "#REF!", "Err:")


async def test_every_report_opens_with_all_its_figures(tmp_path: Path) -> None:
    for tool in ("soffice", "lowriter", "localc", "pdftotext"):
        if shutil.which(tool) is None:
            reason = f"no {tool}: install libreoffice-writer, libreoffice-calc and poppler-utils"
            if os.environ.get("JALON_REQUIRE_OFFICE") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
    store = Store(tmp_path / "data")
    await sample.fill(store, PLANS)
    made = await store.read(_all)
    await store.close()
    files: dict[Path, tuple[Texts, Report]] = {}
    for t in map(Texts.load, Language):
        for one in made:
            for format in (Format.DOCX, Format.XLSX):
                file = tmp_path / f"{format}-{one.kind}-{one.number}-{t.language}.{format}"
                file.write_bytes(giving.build(t, one, format).content)
                files[file] = t, one
    pages = _opened(tmp_path, [*files])
    for file, (t, one) in files.items():
        if file.suffix == ".docx":
            _check_paper(t, one, pages[file])
        else:
            _check_workbook(t, one, pages[file])


def _all(tx: Tx) -> list[Report]:
    plan = PLANS.get("clc-2024-25")
    return [report.read(tx, plan, kind, number, TODAY) for kind, number in ALL]


def _opened(folder: Path, files: list[Path]) -> dict[Path, list[str]]:
    """The words of each page of each file, as LibreOffice lays them out."""
    command = [
        *("soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"),
        *("--convert-to", "pdf", "--outdir", folder, *files),
    ]
    english = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=english)
    found: dict[Path, list[str]] = {}
    for file in files:
        command = ["pdftotext", "-layout", file.with_suffix(".pdf"), "-"]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found[file] = text.split("\f")[:-1]
    return found


def _check_paper(t: Texts, made: Report, pages: list[str]) -> None:
    assert 20 <= len(pages) <= 35
    assert told.name(t, made) in pages[0]
    for number, page in enumerate(pages[1:], 2):
        header, *body, footer = page.strip().splitlines()
        assert header.startswith(told.name(t, made))
        assert footer.strip() == str(number)
        assert _packed("".join(body)), "a page with nothing on it"
    said = _packed("".join(pages))
    for strand in made.strands:
        for one in strand.targets:
            figure = shown.figure(one.figure)
            assert _packed(words.reached(t, figure)) in said
            assert _packed(capital(words.status(t, figure))) in said
    for sheet in sheets.of(t, made):
        if sheet.annex and len(sheet.rows) < 60:
            for row in sheet.rows:
                for cell in row:
                    assert isinstance(cell, str | date) or _packed(shown.text(t, cell)) in said


def _check_workbook(t: Texts, made: Report, pages: list[str]) -> None:
    said = _packed("".join(pages))
    assert [sign for sign in BROKEN if sign in said] == []
    for sheet in sheets.of(t, made):
        assert _packed(t(f"document.sheet.{sheet.id}")) in said
        for row in sheet.rows:
            for cell in row:
                assert _packed(_in_workbook(cell)) in said


def _in_workbook(cell: Cell) -> str:
    """A number as a workbook shows it where English is spoken; words are not looked for."""
    value = values.number(cell)
    match cell, value:
        case Hours(), float():
            return f"{value:,.2f} h"
        case Share(), float():
            return f"{value:.1%}"
        case Amount(), float():
            return f"{value:,.1f}"
        case date(), _:
            return cell.isoformat()
        case int(), _:
            return f"{cell:,}"
        case _:
            return ""


def _packed(text: str) -> str:
    return "".join(text.split())
