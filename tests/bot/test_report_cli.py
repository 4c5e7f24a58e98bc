"""`jalon report`: the file that it writes, twice the same, and what it refuses."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot import clock
from bot.config import Config
from bot.report_cli import app
from storage import documents
from storage.database import writing
from storage.documents import Document
from storage.people import TeamRole
from tests.reading_papers import words_of
from tests.shell import refused
from tests.storage.making import NOW, meet

PLAN = "clc-2024-25"


def jalon(data: Path, *words: str | Path) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words], obj=Config(data=data))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a day of the plan's year, with the first report sent."""
    with writing(tmp_path / "data") as tx:
        says = Document(PLAN, "dsrea-reports", 1, sent=date(2024, 12, 5))
        documents.mark(tx, says, 0, meet(tx, "Sam", TeamRole.MANAGER), NOW)
    monkeypatch.setattr(clock, "today_in", lambda tx: date(2025, 2, 12))
    return tmp_path / "data"


def test_it_writes_a_report_in_french_or_english_the_same_each_time(
    data: Path, tmp_path: Path
) -> None:
    first, second, english = (tmp_path / name for name in ("1.docx", "2.docx", "en.docx"))
    said = jalon(data, "annual", "-o", first).stdout
    assert "Bilan annuel, clc-2024-25, as of 2025-02-12" in said
    assert jalon(data, "annual", "-o", second).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    assert "Year-end report" in jalon(data, "annual", "--language", "en", "-o", english).stdout
    assert "Volet 1.1" in words_of(first.read_bytes())
    assert "Strand 1.1" in words_of(english.read_bytes())


def test_it_writes_a_workbook_or_a_zip_of_files(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "bilan"
    jalon(data, "annual", "--format", "xlsx", "-o", file)
    assert "xl/workbook.xml" in zipfile.ZipFile(file).namelist()
    jalon(data, "annual", "--format", "csv", "-o", file, "--force")
    assert "01-targets.csv" in zipfile.ZipFile(file).namelist()


def test_of_progress_reports_it_is_the_next_one_or_the_one_that_is_named(
    data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "report.docx"
    assert "Rapport d’étape 2" in jalon(data, "progress", "-o", file).stdout
    said = jalon(data, "progress", "--number", "1", "-o", file, "--force").stdout
    assert "Rapport d’étape 1, clc-2024-25, as of 2024-12-05" in said


def test_what_it_can_not_write_it_says_in_one_line(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    for words, why in (
        (("progress", "--number", "4"), "the plan clc-2024-25 asks for 3 progress reports"),
        (("progress", "--plan", "wellbeing-communities-2021-24"), "no progress reports"),
        (("annual", "--plan", "clc-2030-31"), 'no plan "clc-2030-31"'),
    ):
        assert why in refused(jalon(data, *words, "-o", file))
    assert not file.exists()
    file.write_text("mine")
    assert "there already" in refused(jalon(data, "annual", "-o", file))
    assert file.read_text() == "mine"


def test_a_plan_of_communities_has_a_year_end_report(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "bilan.docx"
    jalon(data, "annual", "--plan", "wellbeing-communities-2021-24", "-o", file)
    assert "communautés de pratique" in words_of(file.read_bytes())
