"""The database file: as durable as it must be, one writer a folder, clear words when it fails."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from storage import settings
from storage.database import known
from storage.engine import FILE, LOCK, CannotOpen, Store, Tx, reading, writing
from storage.errors import FolderTaken
from storage.migrations import migrations
from tests.storage.making import meet


def names(tx: Tx) -> list[str]:
    return [row["name"] for row in tx.rows("SELECT name FROM settings ORDER BY name")]


def dump(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        return list(connection.iterdump())


async def test_the_database_is_as_durable_and_strict_as_it_must_be(store: Store) -> None:
    def pragma(tx: Tx, name: str) -> object:
        return tx.rows(f"PRAGMA {name}")[0][0]

    assert await store.write(pragma, "journal_mode") == "wal"
    assert await store.write(pragma, "synchronous") == 2  # FULL
    assert await store.write(pragma, "foreign_keys") == 1
    assert await store.read(pragma, "foreign_keys") == 1
    tables = await store.read(
        lambda tx: tx.rows(
            "SELECT name, strict FROM pragma_table_list WHERE name NOT LIKE '%sqli%'"
        )
    )
    assert {"people", "entries", "totals", "audit", "unfinished"} <= {one["name"] for one in tables}
    assert all(table["strict"] for table in tables)


async def test_nothing_can_speak_of_a_person_who_is_not_there(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await store.write(
            lambda tx: tx.run("INSERT INTO identities (platform, id, person) VALUES ('t', 'x', 9)")
        )


async def test_a_folder_has_one_store_at_a_time(store: Store) -> None:
    with pytest.raises(FolderTaken):
        Store(store.folder)
    with pytest.raises(FolderTaken), writing(store.folder):
        pass
    await store.write(settings.put, "still", "here")


async def test_another_process_finds_the_folder_taken(store: Store) -> None:
    code = (
        "import sys; from pathlib import Path; from storage.engine import writing\n"
        "with writing(Path(sys.argv[1])): pass"
    )
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, store.folder, stderr=subprocess.PIPE
    )
    _, said = await other.communicate()
    assert other.returncode == 1
    assert said.decode().strip().endswith(str(FolderTaken()))


async def test_reading_works_beside_a_store_and_sees_what_is_committed(store: Store) -> None:
    await store.write(settings.put, "one", "")
    with reading(store.folder) as tx:
        assert names(tx) == ["one"]
        await store.write(settings.put, "two", "")
        assert names(tx) == ["one"], "a reading is of one moment"
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            settings.put(tx, "sneaky", "")
    with reading(store.folder) as tx:
        assert names(tx) == ["one", "two"]


def test_writing_and_reading_work_without_a_store(folder: Path) -> None:
    with writing(folder) as tx:
        settings.put(tx, "one", "")
    with reading(folder) as tx:
        assert names(tx) == ["one"]


def test_writing_that_fails_keeps_nothing(folder: Path) -> None:
    def put_then_fail(tx: Tx) -> None:
        settings.put(tx, "failing", "")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), writing(folder) as tx:
        put_then_fail(tx)
    with writing(folder) as tx:
        assert names(tx) == []


def test_reading_says_when_there_is_no_database_yet(folder: Path) -> None:
    with pytest.raises(FileNotFoundError), reading(folder):
        pass
    # A bot killed at its first start: before it made anything, and before it made our tables.
    folder.mkdir()
    (folder / FILE).touch()
    with pytest.raises(FileNotFoundError), reading(folder):
        pass
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        migrations.ensure_migrations_table(Database(connection))
    with pytest.raises(FileNotFoundError), reading(folder):
        pass
    with writing(folder) as tx:
        assert names(tx) == [], "the next start goes on from there"


def test_reading_mends_a_file_whose_bot_was_killed_while_it_gave_it_its_log(
    folder: Path, tmp_path: Path
) -> None:
    with writing(folder) as tx:
        for number in range(1000):
            settings.put(tx, f"{number:04}", "kept" * 50)
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE settings SET value = 'half written'")
        killed = tmp_path / "killed"
        killed.mkdir()
        for end in ("", "-journal"):
            shutil.copy(folder / f"{FILE}{end}", killed / f"{FILE}{end}")
    with reading(killed) as tx:
        assert len(names(tx)) == 1000
        assert settings.get(tx, "0000") == "kept" * 50


async def test_opening_again_changes_nothing(folder: Path) -> None:
    store = Store(folder)
    person = await store.write(meet, "Alex")
    await store.close()
    before = dump(folder)
    with writing(folder):
        pass
    store = Store(folder)
    assert await store.write(meet, "Alex") == person
    await store.close()
    assert dump(folder) == before


# What can be wrong with a folder


def make_wrong(file: Path, what: str) -> None:
    if what == "garbage":
        file.parent.mkdir()
        file.write_bytes(b"not a database, and long enough to tell " * 100)
    elif what == "folder":
        file.mkdir(parents=True)
    else:
        with writing(file.parent):
            pass
        whole = file.read_bytes()
        file.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))


async def opens_then_works(folder: Path) -> None:
    store = Store(folder)
    await store.write(settings.put, "mended", "")
    await store.close()


async def test_a_data_path_that_is_a_file_is_an_os_error(tmp_path: Path) -> None:
    file = tmp_path / "data"
    await asyncio.to_thread(file.write_text, "not a folder")
    for path in (file, file / "below"):
        with pytest.raises(OSError, match="data"):
            Store(path)
        with pytest.raises(OSError, match="data"), writing(path):
            pass


async def test_a_lock_that_cannot_be_made_is_an_os_error(folder: Path) -> None:
    (folder / LOCK).mkdir(parents=True)
    with pytest.raises(OSError, match=LOCK):
        Store(folder)


@pytest.mark.parametrize("what", ["garbage", "folder", "torn"])
async def test_a_file_that_is_no_database_is_named_in_one_line(folder: Path, what: str) -> None:
    file = folder / FILE
    make_wrong(file, what)
    kept: list[CannotOpen] = []  # so that nothing is let go of by chance
    for opening in (lambda: Store(folder), writing(folder).__enter__, reading(folder).__enter__):
        with pytest.raises(CannotOpen) as caught:
            opening()
        kept.append(caught.value)
        assert str(caught.value).startswith(f"{file}: ")
        assert "\n" not in str(caught.value)
    # Nothing is held: once the file is out of the way, the folder works.
    file.rename(folder / "aside")
    await opens_then_works(folder)


def test_a_crash_that_forgets_the_store_still_ends_the_process(folder: Path) -> None:
    code = """
import asyncio, sys
from pathlib import Path
from storage import settings
from storage.engine import Store

async def main():
    store = Store(Path(sys.argv[1]))
    await store.write(settings.put, "kept", "")
    raise SystemExit("crashed")

asyncio.run(main())
"""
    ended = subprocess.run(
        [sys.executable, "-c", code, folder], stderr=subprocess.PIPE, timeout=20, check=False
    )
    assert ended.stderr.decode().strip() == "crashed"
    with reading(folder) as tx:
        assert names(tx) == ["kept"]


def test_a_database_is_of_the_newest_shape_once_it_has_every_step() -> None:
    with closing(Database(memory=True)) as empty:
        assert known() == [step.name for step in migrations.pending(empty)]


def test_a_new_shape_comes_whole_or_not_at_all(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Database) -> None:
        raise OSError("half way")

    with monkeypatch.context() as broken:
        broken.setattr(migrations, "_migrations", [*migrations._migrations])
        migrations(name="9999_fails")(fails)
        with pytest.raises(OSError, match="half way"), writing(folder):
            pass
    with pytest.raises(FileNotFoundError), reading(folder):
        pass
    with writing(folder):
        pass
