"""The store keeps what it acknowledged, fails one unit of work at a time, and shares its folder."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from threading import Event
from time import perf_counter

import pytest

from storage import addresses, partners, people, settings
from storage.engine import (
    FILE,
    LARGEST_GROUP,
    NotWritten,
    Store,
    Tx,
    reading,
)
from storage.errors import NotFound
from storage.people import Newcomer, TeamRole
from storage.plan import Language, PartnerKind
from tests.storage.making import meet


def names(tx: Tx) -> list[str]:
    return [row["name"] for row in tx.rows("SELECT name FROM settings ORDER BY name")]


def put_then(tx: Tx, name: str, fail: Callable[[], object]) -> None:
    settings.put(tx, name, "put")
    fail()


@asynccontextmanager
async def busy(store: Store) -> AsyncGenerator[None]:
    """Keep the writer busy, so that what is queued meanwhile is written as one group after."""
    started, over = Event(), Event()

    def hold(_tx: Tx) -> None:
        started.set()
        assert over.wait(10)

    held = asyncio.create_task(store.write(hold))
    await asyncio.to_thread(started.wait)
    try:
        yield
        await asyncio.sleep(0)
    finally:
        over.set()
        await held


async def queued(store: Store, *works: Callable[[Tx], object]) -> list[asyncio.Task[object]]:
    """Let these units of work wait together."""
    tasks = [asyncio.create_task(store.write(work)) for work in works]
    await asyncio.sleep(0)
    return tasks


def divide_by_zero(_tx: Tx) -> float:
    return 1 / 0


def breaks_at_commit(tx: Tx) -> None:
    """What SQLite takes until COMMIT, and refuses then."""
    tx.run("PRAGMA defer_foreign_keys = ON")
    tx.run("INSERT INTO identities (platform, id, person) VALUES ('test', 'nobody', 999)")


# Writing


async def test_each_of_many_writers_gets_their_own_result(store: Store) -> None:
    async def writes(number: int) -> None:
        for turn in range(10):
            name = f"{number:02}-{turn}"
            person = await store.write(meet, name)
            assert person.name == name

    await asyncio.gather(*(writes(number) for number in range(32)))
    assert len(await store.read(people.everyone)) == 320


async def test_more_than_a_group_waits_its_turn(store: Store) -> None:
    async with busy(store):
        count = 2 * LARGEST_GROUP + 10
        tasks = [asyncio.create_task(store.write(settings.put, f"{i}", "")) for i in range(count)]
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    assert len(await store.read(names)) == count


async def test_a_failing_unit_is_forgotten_and_leaves_its_group_alone(store: Store) -> None:
    async with busy(store):
        before, failing, after = await queued(
            store,
            lambda tx: settings.put(tx, "before", ""),
            lambda tx: put_then(tx, "failing", lambda: divide_by_zero(tx)),
            lambda tx: settings.put(tx, "after", ""),
        )
    await asyncio.gather(before, after)
    with pytest.raises(ZeroDivisionError):
        await failing
    assert await store.read(names) == ["after", "before"]


async def test_where_one_fails_the_others_of_its_group_count_once(store: Store) -> None:
    def add(tx: Tx, name: str) -> None:
        tx.run("INSERT INTO settings (name, value) VALUES (:name, '')", name=name)
        tx.changed.add("settings")

    assert store.recall("settings", names) == []
    async with busy(store):
        before, failing, after = await queued(
            store,
            lambda tx: add(tx, "before"),
            lambda tx: put_then(tx, "failing", lambda: divide_by_zero(tx)),
            lambda tx: add(tx, "after"),
        )
    await asyncio.gather(before, after)
    with pytest.raises(ZeroDivisionError):
        await failing
    assert store.recall("settings", names) == ["after", "before"]


async def test_a_unit_sees_what_its_group_wrote_before_it(store: Store) -> None:
    async with busy(store):
        _, seen = await queued(store, lambda tx: settings.put(tx, "first", ""), names)
    assert await seen == ["first"]


async def test_nothing_is_acknowledged_before_it_is_committed(store: Store) -> None:
    started, over = Event(), Event()

    def slow(_tx: Tx) -> None:
        started.set()
        assert over.wait(10)

    async with busy(store):
        quick, waiting = await queued(store, lambda tx: settings.put(tx, "quick", ""), slow)
    await asyncio.to_thread(started.wait)  # now "quick" is written, and its group is not committed
    await asyncio.sleep(0.05)
    assert not quick.done()
    assert await store.read(names) == []
    over.set()
    await asyncio.gather(quick, waiting)
    assert await store.read(names) == ["quick"]


async def test_what_the_database_refuses_at_commit_fails_everyone_and_the_store_works_on(
    store: Store,
) -> None:
    async with busy(store):
        tasks = await queued(
            store,
            lambda tx: settings.put(tx, "innocent", ""),
            breaks_at_commit,
            divide_by_zero,
            lambda tx: settings.put(tx, "another", ""),
        )
    first, second, own_error, last = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(own_error, ZeroDivisionError)
    for error in (first, second, last):
        assert isinstance(error, NotWritten)
        assert str(error) == "nothing was written: FOREIGN KEY constraint failed"
        assert isinstance(error.__cause__, sqlite3.IntegrityError)
    assert first is not last, "each caller gets an error of their own"
    await store.write(settings.put, "later", "")
    assert await store.read(names) == ["later"]


async def test_a_transaction_that_cannot_begin_fails_and_the_store_works_on(store: Store) -> None:
    await store.write(lambda tx: tx.run("PRAGMA busy_timeout = 10"))
    with closing(sqlite3.connect(store.folder / FILE, isolation_level=None)) as intruder:
        intruder.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotWritten, match="database is locked"):
            await store.write(settings.put, "meanwhile", "")
    await store.write(settings.put, "later", "")
    assert await store.read(names) == ["later"]


async def test_a_full_disk_is_said_and_nothing_is_half_written(store: Store) -> None:
    def fill(tx: Tx) -> None:
        for number in range(1000):
            settings.put(tx, f"large-{number}", "x" * 4000)

    pages = await store.write(lambda tx: tx.rows("PRAGMA page_count")[0][0])
    await store.write(lambda tx: tx.run(f"PRAGMA max_page_count = {pages + 20}"))
    async with busy(store):
        tasks = await queued(store, lambda tx: settings.put(tx, "small", ""), fill)
    small, full = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(full, sqlite3.OperationalError)
    assert "full" in str(full)
    kept = ["small"] if small is None else []
    assert await store.read(names) == kept
    await store.write(lambda tx: tx.run("PRAGMA max_page_count = 1000000"))
    await store.write(settings.put, "later", "")
    assert await store.read(names) == sorted(["later", *kept])


async def test_many_results_at_once_keep_nobody_else_waiting(store: Store) -> None:
    answered = 0

    async def ask(number: int) -> None:
        nonlocal answered
        await store.write(settings.put, f"{number}", "")
        answered += 1  # and here a card is made, which takes a while

    async with busy(store):
        tasks = [asyncio.create_task(ask(number)) for number in range(100)]
        await asyncio.sleep(0)
    while answered < 100:
        before = answered
        await asyncio.sleep(0)
        assert answered <= before + 1, "one answer a turn of the loop"
    await asyncio.gather(*tasks)


async def test_giving_up_waiting_loses_and_breaks_nothing(store: Store) -> None:
    async with busy(store):
        impatient, failing, patient = await queued(
            store,
            lambda tx: settings.put(tx, "impatient", ""),
            divide_by_zero,
            lambda tx: settings.put(tx, "patient", ""),
        )
        impatient.cancel()
        failing.cancel()
    await patient
    assert impatient.cancelled()
    assert failing.cancelled()
    assert await store.read(names) == ["impatient", "patient"], "the work was under way: it counts"


@pytest.mark.parametrize("how", ["write", "read"])
async def test_a_unit_that_lets_a_stop_iteration_out_does_not_hang(store: Store, how: str) -> None:
    def empty(_tx: Tx) -> object:
        return next(iter([]))

    with pytest.raises(RuntimeError, match="StopIteration"):
        await getattr(store, how)(empty)


async def test_a_unit_that_wants_to_exit_does_not_take_the_writer_along(store: Store) -> None:
    def leave(_tx: Tx) -> None:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        await store.write(leave)
    await store.write(settings.put, "later", "")


# Reading


async def test_a_read_does_not_wait_for_a_write(store: Store) -> None:
    async with busy(store):
        assert await store.read(names) == []


async def test_a_read_sees_one_moment(store: Store) -> None:
    loop = asyncio.get_running_loop()

    def twice(tx: Tx) -> tuple[list[str], list[str]]:
        before = names(tx)
        asyncio.run_coroutine_threadsafe(store.write(settings.put, "now", ""), loop).result(10)
        return before, names(tx)

    assert await store.read(twice) == ([], [])
    assert await store.read(names) == ["now"]


async def test_readers_refuse_to_write(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await store.read(settings.put, "sneaky", "")
    assert await store.read(names) == []


async def test_a_failing_read_leaves_its_reader_usable(store: Store) -> None:
    for _ in range(8):
        with pytest.raises(NotFound):
            await store.read(people.get, 7)
    assert await store.read(names) == []


async def test_what_is_recalled_is_as_of_the_last_change(store: Store) -> None:
    assert store.recall("settings", names) == []
    await store.write(settings.put, "one", "")
    assert store.recall("settings", names) == [], "nothing said that it changed"

    def put(tx: Tx) -> None:
        settings.put(tx, "two", "")
        tx.changed.add("settings")

    await store.write(put)
    assert store.recall("settings", names) == ["one", "two"]


async def test_a_change_that_failed_or_is_under_way_changes_nothing_recalled(store: Store) -> None:
    assert store.recall("settings", names) == []
    async with busy(store):
        assert store.recall("other", names) == [], "it waits for no writer"
    with pytest.raises(NotFound):
        store.recall("people", people.get, 7)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.recall("settings", settings.put, "sneaky", "")


async def test_people_and_partners_say_when_they_change(store: Store) -> None:
    who = Newcomer("test", "alex", "Alex Roy")
    assert store.recall(people.PEOPLE, people.find, "test", "alex") is None
    met = await store.write(people.meet, who, TeamRole.STAFF, 1)
    assert store.recall(people.PEOPLE, people.find, "test", "alex") == met
    spoken = await store.write(people.set_language, met.id, Language.FR, 2)
    assert store.recall(people.PEOPLE, people.find, "test", "alex") == spoken
    promoted = await store.write(people.set_role, met.id, TeamRole.ADMIN, 3, None)
    assert store.recall(people.PEOPLE, people.find, "test", "alex") == promoted
    assert not store.recall(people.PEOPLE, addresses.knows, "test", "direct", direct=True)
    await store.write(addresses.note, "test", "direct", met.id, 4)
    assert store.recall(people.PEOPLE, addresses.knows, "test", "direct", direct=True)
    assert store.recall(partners.PARTNERS, partners.names) == ()
    await store.write(partners.find_or_add, "YMCA", PartnerKind.ORGANISATION, 5)
    assert store.recall(partners.PARTNERS, partners.names) == ("YMCA",)


# Closing


async def test_closing_finishes_what_is_queued_and_leaves_one_whole_file(folder: Path) -> None:
    store = Store(folder)
    async with busy(store):
        tasks = [asyncio.create_task(store.write(settings.put, f"{i}", "")) for i in range(300)]
        await asyncio.sleep(0)
        end = asyncio.create_task(store.close())
        await asyncio.sleep(0)
    await end
    assert all(task.done() for task in tasks)
    log = folder / f"{FILE}-wal"
    assert not log.exists() or log.stat().st_size == 0
    with reading(folder) as tx:
        assert len(names(tx)) == 300


async def test_closing_waits_until_everyone_has_their_answer(folder: Path) -> None:
    store = Store(folder)

    async def ask(number: int) -> None:
        await store.write(settings.put, f"{number}", "")
        until = perf_counter() + 0.002
        while perf_counter() < until:
            pass  # a card is made

    async with busy(store):
        tasks = [asyncio.create_task(ask(number)) for number in range(50)]
        await asyncio.sleep(0)
    await store.close()
    assert all(task.done() for task in tasks)


async def test_a_closed_store_takes_nothing_more(folder: Path) -> None:
    store = Store(folder)
    await store.close()
    await store.close()
    with pytest.raises(RuntimeError, match="closed"):
        await store.write(settings.put, "late", "")
    with pytest.raises(RuntimeError):
        await store.read(names)
    again = Store(folder)
    assert await again.read(names) == []
    await again.close()
