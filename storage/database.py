"""The database file of a data folder: opening it, its lock, its shape, and a transaction on it."""

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from storage.errors import FolderTaken, StorageError

Row = sqlite3.Row

FILE = "jalon.db"
LOCK = "jalon.lock"
STEPS = Path(__file__).with_name("migrations")


class CannotOpen(StorageError):
    """The database file cannot be opened, or is none; the message names it and says why."""


class Tx:
    """A transaction, as a unit of work sees it: SQL with named values, all rows fetched.

    ``reason`` is why the work is done, where whoever asks for it said so.
    """

    __slots__ = ("_connection", "changed", "reason")

    def __init__(self, connection: sqlite3.Connection, reason: str = "") -> None:
        self._connection = connection
        self.changed: set[str] = set()  # the subjects whose recalled look-ups are out of date
        self.reason = reason

    def because(self, reason: str) -> "Tx":
        """The same transaction, for work that is done for this reason."""
        tx = Tx(self._connection, reason)
        tx.changed = self.changed
        return tx

    def rows(self, sql: str, **values: object) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, **values: object) -> Row | None:
        rows = self._connection.execute(sql, values).fetchall()
        return rows[0] if rows else None

    def each(self, sql: str, **values: object) -> Iterator[Row]:
        """The rows one at a time, for what reads a whole table; change nothing meanwhile."""
        return self._connection.execute(sql, values)

    def run(self, sql: str, **values: object) -> None:
        self._connection.execute(sql, values)

    def insert(self, sql: str, **values: object) -> int:
        """Add one row; its number."""
        number = self._connection.execute(sql, values).lastrowid
        assert number is not None
        return number

    def run_many(self, sql: str, values: list[dict[str, object]]) -> None:
        self._connection.executemany(sql, values)


def locked(folder: Path) -> FileLock:
    """Make the data folder where there is none, and take it. Raises FolderTaken, or OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # names and hours: its owner's alone
    lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise FolderTaken from None
    return lock


def open_to_write(folder: Path) -> sqlite3.Connection:
    """The one connection that writes, brought to the newest shape. Raises CannotOpen."""
    return _open(folder / FILE, read_only=False)


def open_to_read(folder: Path) -> sqlite3.Connection:
    """A connection that refuses to write. Raises FileNotFoundError where there is no database."""
    path = folder / FILE
    if not path.exists():
        raise FileNotFoundError(path)
    try:
        return _open(path, read_only=True)
    except CannotOpen as error:
        if getattr(error.__cause__, "sqlite_errorname", "") != "SQLITE_READONLY_ROLLBACK":
            raise
    # A bot was killed while it gave a new or a restored file its log: only a writer can mend that.
    with writing(folder):
        pass
    return _open(path, read_only=True)


@contextmanager
def reading(folder: Path) -> Generator[Tx]:
    """Open the data folder's database read-only, beside a running bot or without one.

    Raises FileNotFoundError where there is no database yet, and CannotOpen.
    """
    connection = open_to_read(folder)
    try:
        connection.execute("BEGIN")
        yield Tx(connection)
    finally:
        connection.close()


@contextmanager
def writing(folder: Path) -> Generator[Tx]:
    """Do one unit of work from the shell. Raises FolderTaken while a bot runs on the folder.

    Raises OSError where the folder can't be made or written, and CannotOpen.
    """
    lock = locked(folder)
    try:
        connection = open_to_write(folder)
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield Tx(connection)
            connection.execute("COMMIT")
        finally:
            connection.close()
    finally:
        lock.release()


def known() -> list[str]:
    """The migrations that this Jalon has, in order."""
    return sorted(step.stem.removeprefix("m") for step in STEPS.glob("m*.py"))


def applied(tx: Tx) -> list[str]:
    """The migrations that made this database, in order; none where it isn't one of Jalon's."""
    if tx.row("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'") is None:
        return []
    rows = tx.rows(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = 'jalon' ORDER BY id",
    )
    return [row["name"] for row in rows]


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Apply the migrations that the database lacks: all of them, or none."""
    if set(known()) <= set(applied(Tx(connection))):
        return
    # sqlite-utils loads numpy where there is one: 14 MB and 0.1 s of a start that changes a shape.
    from storage.migrations import apply

    apply(connection)


def _open(path: Path, *, read_only: bool) -> sqlite3.Connection:
    connection: sqlite3.Connection | None = None
    try:
        # isolation_level=None: the driver never opens or commits a transaction behind our back.
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("PRAGMA foreign_keys = ON")
        if read_only:
            _find_tables(connection, path)
        else:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            # What a savepoint can go back to stays in memory, not in a file beside.
            connection.execute("PRAGMA temp_store = MEMORY")
            bring_up_to_date(connection)
    except BaseException as error:
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()
        if isinstance(error, sqlite3.Error):
            raise CannotOpen(f"{path}: {error}") from error
        raise
    return connection


def _find_tables(connection: sqlite3.Connection, path: Path) -> None:
    # A bot that was killed at its very first start leaves a file without our tables.
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'people'").fetchall():
        raise FileNotFoundError(path)
