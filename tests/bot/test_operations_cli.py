"""What an administrator types: what it prints, its exit code, and never a traceback."""

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from storage import people
from storage.database import FILE, reading, writing
from storage.engine import Store
from storage.people import TeamRole
from tests import filled
from tests.shell import jalon, process, refused, role_of
from tests.storage.making import LATER

SECRETS = ("Lapointe", "Megan", "Tremblay", "cmd", "line one", "U0GEN")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    filled.fill(tmp_path / "data")
    return tmp_path / "data"


# Every command


@pytest.mark.parametrize(
    "words", [("verify",), ("backup", "b.db"), ("export", "-o", "out"), ("admin", "Megan")]
)
def test_without_a_database_each_says_so_and_makes_nothing(
    tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "there is no database yet; start the bot once" in refused(jalon(Path("none"), *words))
    Path("empty").mkdir()
    assert "there is no database yet" in refused(jalon(Path("empty"), *words))
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]
    assert list(Path("empty").iterdir()) == []


def test_whoever_has_only_the_sample_is_told_where_it_is(tmp_path: Path) -> None:
    filled.fill(tmp_path / "data-sample")
    said = refused(jalon(tmp_path / "data", "verify"))
    assert f"for the sample: jalon --data {tmp_path / 'data-sample'}" in said


@pytest.mark.parametrize("words", [("verify",), ("export", "-o", "out"), ("admin", "Megan")])
@pytest.mark.parametrize(
    ("content", "code"), [(b"not a database " * 300, None), (b"", 2)], ids=["damaged", "empty"]
)
def test_a_damaged_database_is_one_line(
    tmp_path: Path,
    words: tuple[str, ...],
    content: bytes,
    code: int | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / FILE).write_bytes(content)
    result = jalon(tmp_path, *words)
    if words == ("admin", "Megan") and not content:
        assert "nobody is called" in refused(result)  # an empty file becomes a database
    elif words == ("verify",) and content:
        assert result.exit_code == 1
        assert "problem: it can't be read" in result.stdout
    else:
        refused(result)


async def test_commands_that_read_work_beside_a_running_bot_and_those_that_write_do_not(
    data: Path, tmp_path: Path
) -> None:
    store = Store(data)
    try:
        assert "a bot runs on it" in process(data, "doctor").stdout
        assert process(data, "verify").stdout.endswith("all good\n")
        assert process(data, "backup", tmp_path / "b.db").returncode == 0
        assert process(data, "export", "-o", tmp_path / "out").returncode == 0
        for words in (("restore", tmp_path / "b.db"), ("admin", "U0MEG")):
            done = process(data, *words)
            assert done.returncode == 2
            assert done.stdout == ""
            assert done.stderr == f"jalon: a bot runs on {data}; stop it first\n"
        assert await store.read(people.named, "U0MEG")
    finally:
        await store.close()
    assert role_of(data, "slack", "U0MEG") is TeamRole.STAFF
    assert process(data, "restore", tmp_path / "b.db").returncode == 0
    assert process(data, "admin", "U0MEG").returncode == 0
    assert role_of(data, "slack", "U0MEG") is TeamRole.ADMIN


@pytest.mark.parametrize(
    "words", [("export",), ("export", "-o", "x", "--format", "xml"), ("backup",), ("admin",)]
)
def test_a_command_typed_wrong_exits_2(data: Path, words: tuple[str, ...]) -> None:
    result = jalon(data, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage:" in result.stderr


# doctor and verify


def test_doctor_prints_each_finding_and_what_to_do(data: Path) -> None:
    (data / "plans").mkdir()
    result = jalon(data, "doctor")
    lines = result.stdout.splitlines()
    assert all(line.startswith(("ok    ", "warn  ", "bad   ", "      -> ")) for line in lines)
    assert lines[0].startswith("ok    Python 3.1")
    assert not any(secret in result.stdout for secret in SECRETS)


def test_doctor_exits_1_where_anything_is_bad(data: Path) -> None:
    (data / "plans").mkdir()
    (data / "plans" / "mine.toml").write_text("id = ")
    result = jalon(data, "doctor")
    assert result.exit_code == 1
    assert "bad   Plan mine.toml: not TOML" in result.stdout


def test_verify_says_what_it_checked(data: Path) -> None:
    result = jalon(data, "verify")
    assert result.exit_code == 0
    checked, good = result.stdout.splitlines()
    assert checked.startswith("Checked the file, 4 entries (1 voided), 4 people, ")
    assert checked.endswith(" totals and 10 lines of the audit chain.")
    assert good == "all good"


def test_verify_knows_a_seal_that_was_shown(data: Path) -> None:
    with reading(data) as tx:
        heads = [row["hash"] for row in tx.rows("SELECT hash FROM audit ORDER BY seq")]
    for head in (heads[3], heads[-1].upper()):
        assert jalon(data, "verify", "--head", head).exit_code == 0
    result = jalon(data, "verify", "--head", "0" * 63 + "1")
    assert result.exit_code == 1
    assert "history was rewritten since" in result.stdout


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE totals SET minutes = minutes + 1 WHERE dimension = 'all'",
        "UPDATE entries SET minutes = 6000 WHERE id = 1",
        "UPDATE audit SET at = at + 1 WHERE seq = 3",
        "UPDATE people SET role = 'admin' WHERE id = 1",
        "DELETE FROM entry_boards",
    ],
)
def test_verify_finds_what_was_tampered_with(data: Path, harm: str) -> None:
    connection = sqlite3.connect(data / FILE, isolation_level=None)
    connection.execute(harm)
    connection.close()
    result = jalon(data, "verify")
    assert result.exit_code == 1
    _, *problems = result.stdout.splitlines()
    assert problems
    assert all(line.startswith("problem: ") for line in problems)
    assert not any(secret in result.stdout for secret in SECRETS)


def test_verify_does_not_judge_a_database_of_another_version(data: Path) -> None:
    with writing(data) as tx:
        tx.run(LATER)
    assert "made by a newer Jalon (it has 9999_later)" in refused(jalon(data, "verify"))
    assert "update Jalon first" in refused(jalon(data, "export", "-o", data / "out"))


# backup and restore


def test_a_backup_and_its_restore(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.db"
    result = jalon(data, "backup", file)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{file}: 4 entries (1 voided), 4 people, 0.")
    assert f"{file} is there already; name another file" in refused(jalon(data, "backup", file))
    result = jalon(data, "restore", file)
    assert result.exit_code == 0
    restored, kept = result.stdout.splitlines()
    assert restored == f"Restored 4 entries (1 voided), 4 people from {file}."
    assert kept.startswith(f"The database that was there is kept: {data}/jalon-2")
    assert Path(kept.rpartition(" ")[2]).is_file()
    assert jalon(data, "verify").exit_code == 0


def test_a_restore_into_a_folder_that_is_not_there(data: Path, tmp_path: Path) -> None:
    jalon(data, "backup", tmp_path / "b.db")
    result = jalon(tmp_path / "new", "restore", tmp_path / "b.db")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)
    assert jalon(tmp_path / "new", "verify").exit_code == 0


@pytest.mark.parametrize("content", [b"", b"nonsense", b"x" * 100_000])
def test_a_restore_from_nonsense_is_one_line(data: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.db").write_bytes(content)
    refused(jalon(data, "restore", tmp_path / "b.db"))
    refused(jalon(data, "restore", tmp_path / "none.db"))
    assert jalon(data, "verify").exit_code == 0


def test_a_folder_in_the_way_is_one_line(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused(jalon(data, "backup", tmp_path))
    refused(jalon(data, "backup", tmp_path / "none" / "b.db"))
    refused(jalon(data, "export", "-o", tmp_path / "file"))
    refused(jalon(data, "export", "-o", tmp_path / "file" / "inside"))
    jalon(data, "backup", tmp_path / "b.db")
    refused(jalon(tmp_path / "file", "restore", tmp_path / "b.db"))


# export


def test_export_writes_every_table_and_says_so(data: Path, tmp_path: Path) -> None:
    result = jalon(data, "export", "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == f"{tmp_path / 'out' / 'entries.csv'}: 4 rows"
    with (tmp_path / "out" / "entries.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["objective"] == "'" + filled.FORMULA
    again = refused(jalon(data, "export", "-o", tmp_path / "out"))
    assert again.endswith("entries.csv is there already; --force writes over it")
    assert jalon(data, "export", "-o", tmp_path / "out", "--force").exit_code == 0


def test_export_as_json(data: Path, tmp_path: Path) -> None:
    assert jalon(data, "export", "--format", "json", "-o", tmp_path).exit_code == 0
    assert len(json.loads((tmp_path / "entries.json").read_text("utf-8"))) == 4
