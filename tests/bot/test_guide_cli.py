"""`jalon guide build`: the file it writes, twice the same, and what it refuses."""

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.config import Config
from bot.guide_cli import app
from storage import practice_marks, practices
from storage.database import writing
from storage.practice import Practice, Status
from storage.practice_marks import Mark
from tests.shell import refused
from tests.storage.making import DAY, NOW, meet


def build(data: Path, file: Path, *words: str) -> Result:
    said = ["build", "-o", str(file), *words]
    result = CliRunner().invoke(app, said, obj=Config(data=data))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one practice that was shared."""
    with writing(tmp_path / "data") as tx:
        practices.share(tx, Practice("Calm corner", "A place."), meet(tx, "Alex"), NOW)
    return tmp_path / "data"


def publish(data: Path) -> None:
    with writing(data) as tx:
        practice_marks.mark(tx, Mark(1, Status.PUBLISHED, DAY), 0, meet(tx, "Alex"), NOW)


def test_it_writes_the_guide_in_a_language_the_same_each_time(data: Path, tmp_path: Path) -> None:
    publish(data)
    first, second, english = (tmp_path / name for name in ("1.docx", "2.docx", "en.docx"))
    assert "1 practice, a draft" in build(data, first, "--language", "fr").stdout
    assert build(data, second, "--language", "fr").exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    build(data, english)
    assert english.read_bytes() != first.read_bytes()


def test_it_writes_over_no_file_unless_told_to(data: Path, tmp_path: Path) -> None:
    publish(data)
    file = tmp_path / "guide.docx"
    file.write_text("mine")
    assert "there already" in refused(build(data, file))
    assert file.read_text() == "mine"
    assert build(data, file, "--force").exit_code == 0
    assert file.read_bytes().startswith(b"PK")


def test_an_empty_guide_is_not_written(data: Path, tmp_path: Path) -> None:
    assert "would be empty" in refused(build(data, tmp_path / "guide.docx"))
    assert not (tmp_path / "guide.docx").exists()
