"""A backup is whole whatever runs meanwhile, and a restore never loses what was there before."""

import asyncio
import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from storage import copies, database, entry_changes, people
from storage.contents import Unusable, contents
from storage.database import FILE, LOCK, known, locked, reading, writing
from storage.engine import Store
from storage.entry_changes import Doubt
from storage.errors import FolderTaken
from storage.migrations import migrations
from storage.people import TeamRole
from storage.verify import problems
from tests import filled
from tests.storage.making import LATER

NOW = datetime(2025, 2, 20, 9, 8, 7, tzinfo=UTC)
KEPT = "jalon-2025-02-20-090807.db"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    filled.fill(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def made(data: Path, tmp_path: Path) -> Path:
    copies.backup(data, tmp_path / "made.db")
    return tmp_path / "made.db"


def names(folder: Path) -> list[str]:
    with reading(folder) as tx:
        return [person.name for person in people.everyone(tx)]


def files(folder: Path) -> set[str]:
    """The files of a data folder that matter: readers leave an empty log behind."""
    return {path.name for path in folder.iterdir() if path.name != LOCK}


def rename_everyone(folder: Path) -> None:
    with writing(folder) as tx:
        tx.run("UPDATE people SET name = 'Changed'")


def edit(file: Path, sql: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.executescript(sql)
    connection.close()


def test_a_backup_holds_everything_and_passes_its_checks(data: Path, tmp_path: Path) -> None:
    held = copies.backup(data, tmp_path / "a.db")
    assert (held.entries, held.voided, held.people) == (4, 1, 4)
    (tmp_path / "as data").mkdir()
    shutil.copy(tmp_path / "a.db", tmp_path / "as data" / FILE)
    with reading(tmp_path / "as data") as tx, reading(data) as original:
        assert contents(tx) == contents(original) == held
        assert problems(tx) == []


def test_a_backup_is_one_private_file_and_nothing_else(data: Path, tmp_path: Path) -> None:
    copies.backup(data, tmp_path / "a.db")
    assert {path.name for path in tmp_path.iterdir()} == {"data", "a.db"}
    assert (tmp_path / "a.db").stat().st_mode & 0o777 == 0o600


async def test_a_backup_beside_a_writing_bot_is_one_moment_of_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    try:
        person = await store.write(people.meet, filled.MEGAN, TeamRole.STAFF, filled.AT)
        sure = frozenset(Doubt)

        async def log(minute: int) -> None:
            await store.write(
                entry_changes.add, filled.ACCOMPANIMENT, person, filled.AT + minute, sure=sure
            )

        for at in range(10):
            await log(at)
        backing = asyncio.create_task(
            asyncio.to_thread(copies.backup, store.folder, tmp_path / "a.db")
        )
        logged = 10
        while not backing.done():
            await log(logged)
            logged += 1
        held = await backing
    finally:
        await store.close()
    assert 10 <= held.entries <= logged
    restored = copies.restore(tmp_path / "other", tmp_path / "a.db", NOW)  # which verifies it
    assert restored.contents == held


def test_a_backup_overwrites_nothing(data: Path, made: Path) -> None:
    before = made.read_bytes()
    with pytest.raises(Unusable, match="is there already"):
        copies.backup(data, made)
    with pytest.raises(Unusable, match="is there already"):
        copies.backup(data, data / FILE)
    assert made.read_bytes() == before


def test_a_backup_that_fails_leaves_nothing(data: Path, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="there is no folder"):
        copies.backup(data, tmp_path / "none" / "a.db")
    (data / FILE).write_bytes(b"not a database, or not any more" * 100)
    with pytest.raises(Unusable, match="not a database"):
        copies.backup(data, tmp_path / "a.db")
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


def test_a_restore_brings_back_what_was_and_keeps_what_is(data: Path, made: Path) -> None:
    before = names(data)
    rename_everyone(data)
    restored = copies.restore(data, made, NOW)
    assert names(data) == before
    assert restored.kept == data / KEPT
    shutil.move(data / KEPT, made.parent / FILE)
    assert set(names(made.parent)) == {"Changed"}
    assert made.exists()


def test_a_restore_into_a_new_folder_makes_it(made: Path, tmp_path: Path) -> None:
    restored = copies.restore(tmp_path / "fresh" / "data", made, NOW)
    assert restored.kept is None
    assert len(names(tmp_path / "fresh" / "data")) == 4


def test_the_log_of_a_killed_bot_goes_with_its_database(data: Path, made: Path) -> None:
    """What was committed and is only in the log stays with the old database; none is left over."""
    connection = sqlite3.connect(data / FILE, isolation_level=None)
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("UPDATE people SET name = 'Only in the log'")
    killed = {end: (data / f"{FILE}{end}").read_bytes() for end in ("", "-wal", "-shm")}
    connection.close()
    for end, content in killed.items():
        (data / f"{FILE}{end}").write_bytes(content)
    before = copies.restore(data, made, NOW)
    assert files(data) == {FILE, KEPT, f"{KEPT}-wal"}
    assert "Only in the log" not in names(data)
    assert before.kept is not None
    for end in ("", "-wal"):
        shutil.move(data / f"{KEPT}{end}", made.parent / f"{FILE}{end}")
    assert set(names(made.parent)) == {"Only in the log"}


def test_a_raw_copy_with_its_log_can_be_restored_too(data: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(data / FILE, isolation_level=None)
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute(
        "INSERT INTO partners (name, folded, kind, created) VALUES ('x','x','table',1)"
    )
    for end in ("", "-wal"):
        shutil.copy(data / f"{FILE}{end}", tmp_path / f"raw.db{end}")
    connection.close()
    copies.restore(tmp_path / "other", tmp_path / "raw.db", NOW)
    with reading(tmp_path / "other") as tx:
        assert tx.rows("SELECT 1 FROM partners WHERE name = 'x'")


def test_a_damaged_database_is_kept_and_replaced(data: Path, made: Path) -> None:
    (data / FILE).write_bytes(b"ruined")
    restored = copies.restore(data, made, NOW)
    assert len(names(data)) == 4
    assert restored.kept is not None
    assert restored.kept.read_bytes() == b"ruined"


def test_where_there_are_no_hard_links_the_old_database_is_copied(
    data: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    before = (data / FILE).read_bytes()
    copies.restore(data, made, NOW)
    assert (data / KEPT).read_bytes() == before
    assert len(names(data)) == 4


def test_the_restored_database_keeps_its_owner_and_mode(data: Path, made: Path) -> None:
    (data / FILE).chmod(0o640)
    if os.geteuid() == 0:
        os.chown(data / FILE, 12345, 12345)
    was = (data / FILE).stat()
    copies.restore(data, made, NOW)
    now = (data / FILE).stat()
    assert (now.st_mode, now.st_uid, now.st_gid) == (was.st_mode, was.st_uid, was.st_gid)


def test_what_was_kept_before_is_never_overwritten(data: Path, made: Path) -> None:
    copies.restore(data, made, NOW)
    before = (data / KEPT).read_bytes()
    with pytest.raises(FileExistsError):
        copies.restore(data, made, NOW)
    assert (data / KEPT).read_bytes() == before
    assert len(names(data)) == 4


def test_a_running_bot_is_not_restored_under(data: Path, made: Path) -> None:
    lock = locked(data)
    try:
        assert copies.taken(data)
        with pytest.raises(FolderTaken):
            copies.restore(data, made, NOW)
    finally:
        lock.release()
    assert not copies.taken(data)
    assert KEPT not in files(data)


def test_asking_whether_a_bot_runs_makes_no_file(tmp_path: Path) -> None:
    assert not copies.taken(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        ("UPDATE totals SET minutes = minutes + 1", "total"),
        ("UPDATE audit SET action = 'other' WHERE seq = 2", "audit chain"),
        ("UPDATE entries SET minutes = 5 WHERE id = 1", "total"),
        ("DROP TABLE people", "people"),
        ("DELETE FROM _sqlite_migrations", "not a Jalon database"),
        ("DROP TABLE _sqlite_migrations", "not a Jalon database"),
        (LATER, "newer Jalon .*9999_later"),
    ],
)
def test_a_file_that_does_not_hold_is_refused_and_nothing_changes(
    data: Path, made: Path, harm: str, says: str
) -> None:
    edit(made, harm)
    before = names(data)
    with pytest.raises(Unusable, match=says) as refused:
        copies.restore(data, made, NOW)
    assert "\n" not in str(refused.value)
    assert names(data) == before
    assert not [name for name in files(data) if not name.startswith(FILE)]


def test_a_file_that_is_no_database_is_refused(data: Path, made: Path, tmp_path: Path) -> None:
    whole = made.read_bytes()
    damaged = bytearray(whole)
    for at in range(4096, len(damaged) - 100, 1500):
        damaged[at : at + 100] = bytes(100)
    for content in (b"", b"PK\x03\x04 a zip", whole[: len(whole) // 2], bytes(damaged)):
        made.write_bytes(content)
        with pytest.raises(Unusable) as refused:
            copies.restore(data, made, NOW)
        assert "\n" not in str(refused.value)
    for file in (tmp_path / "none.db", tmp_path):
        with pytest.raises(Unusable, match="no such file"):
            copies.restore(tmp_path / "new", file, NOW)
    assert len(names(data)) == 4
    assert not (tmp_path / "new").exists()


def test_a_backup_of_an_older_jalon_is_brought_up_to_date(
    data: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def apply(db: Database) -> None:
        db.table("settings").insert({"name": "new in this version", "value": "1"})

    step = migrations._Migration("9999_next", apply)
    monkeypatch.setattr(migrations, "_migrations", [*migrations._migrations, step])
    monkeypatch.setattr(database, "known", lambda: [*known(), "9999_next"])
    copies.restore(data, made, NOW)
    with reading(data) as tx:
        assert tx.rows("SELECT 1 FROM settings WHERE name = 'new in this version'")


def test_what_a_killed_restore_left_is_swept_up(data: Path, made: Path) -> None:
    (data / f".{FILE}.abcdefgh").write_text("half")
    (data / f".{FILE}.abcdefgh-journal").write_text("half")
    copies.restore(data, made, NOW)
    assert files(data) == {FILE, KEPT}


def test_a_file_half_written_takes_no_name(tmp_path: Path) -> None:
    def interrupted() -> None:
        with copies.whole(tmp_path / "a") as new:
            new.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []
