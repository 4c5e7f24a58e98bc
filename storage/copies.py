"""Whole copies of the database: made beside a running bot, and put back while none runs."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.contents import Contents, Unusable, check_ours, contents
from storage.database import FILE, LOCK, Tx, bring_up_to_date, locked
from storage.errors import FolderTaken
from storage.verify import problems


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where the database that was there before is kept, if there was one."""

    contents: Contents
    kept: Path | None


def backup(folder: Path, file: Path) -> Contents:
    """Write the folder's database to ``file``, whole, beside a running bot or without one.

    Raises Unusable where ``file`` is there already or its folder isn't, and OSError.
    """
    if file.exists():
        raise Unusable(f"{file} is there already; name another file")
    if not file.parent.is_dir():
        raise Unusable(f"there is no folder {file.parent}; make it first")
    with whole(file) as new:
        _copy(folder / FILE, new)
        with _opened(new, "ro") as connection:
            check_ours(Tx(connection), folder / FILE)
            return contents(Tx(connection))


def restore(folder: Path, file: Path, now: datetime) -> Restored:
    """Make ``file`` the folder's database, brought up to date; the old one is kept under a date.

    Raises Unusable where ``file`` can't be relied on, FolderTaken while a bot runs on the folder,
    and OSError; whatever is raised, the folder's database is what it was.
    """
    if not file.is_file():
        raise Unusable(f"{file}: there is no such file")
    with _opened(file, "ro") as connection:
        check_ours(Tx(connection), file)
        _check_integrity(Tx(connection), file)
    lock = locked(folder)
    try:
        for left in folder.glob(f".{FILE}.*"):  # by a restore that was killed
            left.unlink()
        with whole(folder / FILE) as new:
            _copy(file, new)
            held = _made_current(new, file)
            _hand_over(folder, new)
            return Restored(held, _keep_old(folder, now))
    finally:
        lock.release()


def taken(folder: Path) -> bool:
    """Whether a bot runs on the folder; asked by holding its lock for an instant."""
    if not (folder / LOCK).exists():
        return False
    try:
        locked(folder).release()
    except FolderTaken:
        return True
    return False


@contextmanager
def whole(path: Path) -> Generator[Path]:
    """An empty file beside ``path``, for this account alone, that becomes ``path`` at the end.

    It is on the disk before it takes the name, and gone if anything was raised.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    new = Path(name)
    try:
        yield new
        _sync(new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    with suppress(OSError):  # some network disks can't sync a folder; the file is whole anyway
        _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _opened(path: Path, mode: str) -> Generator[sqlite3.Connection]:
    """A connection to any database file; what SQLite says against it is raised as Unusable."""
    connection: sqlite3.Connection | None = None
    try:
        uri = f"{path.resolve().as_uri()}?mode={mode}"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        connection.row_factory = sqlite3.Row
        yield connection
    except sqlite3.Error as error:
        raise Unusable(f"{path}: {error}") from error
    finally:
        if connection is not None:
            connection.close()


def _copy(source: Path, new: Path) -> None:
    # VACUUM INTO takes one moment of the database, with what is still in its log; copying the file
    # would not.
    with _opened(source, "ro") as connection:
        connection.execute("VACUUM INTO :new", {"new": str(new.resolve())})


def _made_current(new: Path, file: Path) -> Contents:
    """Bring a copy of ``file`` up to date, and look whether all of it holds."""
    with _opened(new, "rw") as connection:
        bring_up_to_date(connection)
        tx = Tx(connection)
        if found := problems(tx):
            more = f" (and {len(found) - 1} more)" if found[1:] else ""
            raise Unusable(f"{file}: {found[0]}{more}; nothing was changed")
        return contents(tx)


def _check_integrity(tx: Tx, file: Path) -> None:
    said = str(tx.rows("PRAGMA integrity_check")[0][0])
    if said != "ok":
        raise Unusable(f"{file}: the file is damaged: {said.splitlines()[-1]}")


def _hand_over(folder: Path, new: Path) -> None:
    """Give the new database to whoever has the old one: root may restore for the bot's account."""
    old = folder / FILE
    if old.exists():
        shutil.copymode(old, new)
    was = (old if old.exists() else folder).stat()
    with suppress(PermissionError):
        os.chown(new, was.st_uid, was.st_gid)


def _keep_old(folder: Path, now: datetime) -> Path | None:
    """Give the old database and its log a second name, then take away the log under the first.

    In this order a power cut at any moment loses nothing, and no log is left beside a database
    that it does not belong to.
    """
    kept = f"jalon-{now:%Y-%m-%d-%H%M%S}.db"
    for end in ("", "-wal"):
        old = folder / f"{FILE}{end}"
        if old.exists() and old.stat().st_size:
            _link(old, folder / f"{kept}{end}")
    for end in ("-wal", "-shm"):
        (folder / f"{FILE}{end}").unlink(missing_ok=True)
    return folder / kept if (folder / kept).exists() else None


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        shutil.copy2(old, new)
