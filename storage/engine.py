"""The store: units of work on one writer thread, committed in groups; reads on read-only threads.

A unit of work is a plain function of a transaction, ``def add(tx: Tx, ...) -> T``. It changes
nothing else, as it may be run a second time. Measured for this project: one fsync a group, at WAL
and FULL, loses nothing to a power cut and takes more than twice the rows a second of a commit
each; and SQLite before 3.51.3 can lose commits when two connections write, so there is one
writing connection, behind a lock file.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from storage.database import FILE as FILE
from storage.database import LOCK as LOCK
from storage.database import CannotOpen as CannotOpen
from storage.database import Row as Row
from storage.database import Tx as Tx
from storage.database import locked, open_to_read, open_to_write
from storage.database import reading as reading
from storage.database import writing as writing
from storage.errors import StorageError

P = ParamSpec("P")
T = TypeVar("T")

LARGEST_GROUP = 256
MOST_RECALLED = 10_000
READERS = 2


class NotWritten(StorageError):
    """The database did not take the group of changes this one was in; nothing of it was kept."""


@dataclass(slots=True)
class _Unit(Generic[T]):
    """A unit of work under way: what to do, and the future that waits for its commit."""

    work: Callable[[Tx], T]
    done: asyncio.Future[T]
    result: T | None = None
    error: BaseException | None = None


class Store:
    """The database of a running bot. Make and ``close`` it on the event loop that uses it.

    Raises FolderTaken, CannotOpen, or OSError where the folder can't be made or written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loop = asyncio.get_running_loop()
        self._lock = locked(folder)
        try:
            self._connection = open_to_write(folder)
            self._look_ups = open_to_read(folder)
        except BaseException:
            self._lock.release()
            raise
        self._versions: dict[str, int] = {}
        self._watchers: dict[str, Callable[[], None]] = {}
        self._recalled: dict[str, tuple[int, dict[Any, Any]]] = {}
        self._waiting: set[asyncio.Future[Any]] = set()
        self._queue: SimpleQueue[_Unit[Any] | None] = SimpleQueue()
        self._local = threading.local()
        self._read_connections: list[sqlite3.Connection] = []
        self._readers = ThreadPoolExecutor(READERS, "reader", initializer=self._start_reader)
        self._closed = False
        # A daemon: a crash that forgets to close the store must not keep the process alive.
        self._writer = threading.Thread(target=self._write_until_closed, name="writer", daemon=True)
        self._writer.start()

    async def write(
        self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a unit of work on the writer; return its result once it is on the disk.

        What the work raises is raised here, and nothing of it is kept; NotWritten is raised where
        the database fails. Giving up waiting does not call the work back.
        """
        if self._closed:
            raise RuntimeError("the store is closed")
        unit = _Unit[T](lambda tx: work(tx, *args, **kwargs), self._loop.create_future())
        self._waiting.add(unit.done)
        self._queue.put(unit)
        return await unit.done

    async def read(
        self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a function of one read-only transaction on a reader."""
        return await self._loop.run_in_executor(
            self._readers, lambda: self._read(lambda tx: work(tx, *args, **kwargs))
        )

    def recall(
        self,
        subject: str,
        work: Callable[Concatenate[Tx, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """A short look-up by key, here on the event loop, known until ``subject`` changes.

        Every message asks who speaks and which partners there are, and they hardly ever change.
        A unit of work that changes a subject adds it to its ``tx.changed``.
        """
        if self._closed:
            raise RuntimeError("the store is closed")
        version = self._versions.get(subject, 0)
        known_at, known = self._recalled.get(subject, (-1, {}))
        if known_at != version or len(known) > MOST_RECALLED:
            known = {}
            self._recalled[subject] = version, known
        asked = work, args, tuple(kwargs.items())
        try:
            return known[asked]
        except KeyError:
            known[asked] = found = work(Tx(self._look_ups), *args, **kwargs)
            return found

    def watch(self, subject: str, wake: Callable[[], None]) -> None:
        """Call ``wake`` on the event loop whenever this subject has changed."""
        self._watchers[subject] = wake

    async def close(self) -> None:
        """Finish the work in hand, fold the log into the database, and let go of the folder."""
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        await asyncio.to_thread(self._finish)
        if self._waiting:
            await asyncio.wait(self._waiting)

    def _finish(self) -> None:
        self._writer.join()
        self._readers.shutdown()
        for connection in (self._look_ups, *self._read_connections):
            connection.close()
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self._connection.close()
            self._lock.release()

    def _start_reader(self) -> None:
        self._local.connection = open_to_read(self.folder)
        self._read_connections.append(self._local.connection)

    def _read(self, work: Callable[[Tx], T]) -> T:
        connection: sqlite3.Connection = self._local.connection
        connection.execute("BEGIN")
        try:
            return _run(work, Tx(connection))
        finally:
            connection.execute("ROLLBACK")

    def _write_until_closed(self) -> None:
        going_on = True
        while going_on:
            group, going_on = self._next_group()
            if group:
                self._commit(group)
                self._loop.call_soon_threadsafe(self._settle, iter(group))

    def _next_group(self) -> tuple[list[_Unit[Any]], bool]:
        """What waits to be written, at least one unit; and whether more may come."""
        group: list[_Unit[Any]] = []
        unit = self._queue.get()
        while unit is not None:
            group.append(unit)
            if len(group) == LARGEST_GROUP:
                return group, True
            try:
                unit = self._queue.get_nowait()
            except Empty:
                return group, True
        return group, False

    def _settle(self, group: Iterator[_Unit[Any]]) -> None:
        """Hand a result over, and the rest at the loop's next turns.

        Thirty people woken in one turn would keep everyone else waiting for thirty answers.
        """
        for unit in group:
            self._waiting.discard(unit.done)
            if unit.done.cancelled():
                continue
            if unit.error is not None:
                unit.done.set_exception(unit.error)
            else:
                unit.done.set_result(unit.result)
            self._loop.call_soon(self._settle, group)
            return

    def _commit(self, group: list[_Unit[Any]]) -> None:
        """Run the units and commit them together; where one fails, all again, each kept apart.

        Few fail; and savepoints around all would be a tenth of what the writer does.
        """
        tx = Tx(self._connection)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for unit in group:
                unit.result = _run(unit.work, tx)
            self._connection.execute("COMMIT")
        except BaseException:  # whose it is, and whether it comes again, is seen below
            self._roll_back()
            self._commit_apart(group)
        else:
            self._note(tx.changed)

    def _commit_apart(self, group: list[_Unit[Any]]) -> None:
        """Run each unit in a savepoint of its own and commit them together, or fail them all."""
        run = self._connection.execute
        tx = Tx(self._connection)
        try:
            run("BEGIN IMMEDIATE")
            for unit in group:
                run("SAVEPOINT unit")
                try:
                    unit.result = _run(unit.work, tx)
                except BaseException as error:
                    unit.error = error
                    if not self._connection.in_transaction:
                        raise  # SQLite gave the whole transaction up, as on a full disk
                    run("ROLLBACK TO unit")
                run("RELEASE unit")
            run("COMMIT")
            self._note(tx.changed)
        except BaseException as error:
            self._roll_back()
            for unit in group:
                if unit.error is None:
                    unit.error = NotWritten(f"nothing was written: {error}")
                    unit.error.__cause__ = error

    def _roll_back(self) -> None:
        with suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")

    def _note(self, changed: set[str]) -> None:
        """Have nothing recalled as it was before these subjects changed."""
        for subject in changed:
            self._versions[subject] = self._versions.get(subject, 0) + 1
            if wake := self._watchers.get(subject):
                self._loop.call_soon_threadsafe(wake)


def _run(work: Callable[[Tx], T], tx: Tx) -> T:
    try:
        return work(tx)
    except StopIteration as error:  # no future takes one
        raise RuntimeError("a unit of work raised StopIteration") from error
