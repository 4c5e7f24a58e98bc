"""`make bench`: ratios measured interleaved in one run, so that a busy machine slows both sides.

Prints what it measured and the goals; it fails nothing.
"""

import asyncio
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median

from bot.dispatch import Dispatch
from bot.web.render import render
from handlers.all import everything
from handlers.chat.incoming import Incoming, Kind, Place
from handlers.chat.texts import Texts
from storage import figures
from storage.engine import FILE, Store
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from storage.plan_files import Plans, load_plans
from tests.bench_lag import bench_slow_teams
from tests.bench_lines import bench_lines
from tests.bench_pictures import bench_pictures
from tests.bench_posts import bench_posts
from tests.bench_reports import bench_reports
from tests.bench_sessions import bench_sessions
from tests.bench_slack import bench_slack
from tests.bench_teams import bench_teams
from tests.bench_weekly import bench_weekly

NOW = datetime(2025, 2, 12, 15, 0, tzinfo=UTC)
ROUNDS = 7
LOGS = 640
EN = Texts.load(Language.EN)
_keys = count()


def out(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _message(number: int) -> Incoming:
    """A line of one of forty people: no two of them the same, no day beyond twelve hours."""
    person = number % 40
    who = Newcomer("bench", f"p{person}", f"Person {person}", role=TeamRole.STAFF)
    day = date(2024, 7, 2) + timedelta(days=number // 40 % 200)
    board = ("EMSB", "RSB", "LBPSB", "WQSB")[number % 4]
    line = f"/log {5 + number % 7} min with a CDA at {board} {day} re action plan {number}"
    key = f"bench-{number}"
    return Incoming(who, Place("bench", f"d{person}", direct=True), Kind.MESSAGE, key, text=line)


# What one entry writes: its row, and the rows that keep totals, audit chain and delivery with it.
ENTRY = (
    "INSERT INTO entries (kind, day, minutes, person, objective, said, version, created)"
    " VALUES ('accompaniment', '2025-02-12', 5, 1, 'action plan', :said, 1, 1)"
)
TOTAL = (
    "INSERT INTO totals AS t (kind, dimension, value, day, minutes, entries)"
    " VALUES ('accompaniment', 'all', '', '2025-02-12', 5, 1)"
    " ON CONFLICT (kind, dimension, value, day) DO UPDATE SET"
    " minutes = t.minutes + excluded.minutes, entries = t.entries + excluded.entries"
)
WITH_IT = (
    "INSERT INTO entry_people (entry, position, role, name, number)"
    " VALUES (last_insert_rowid(), 0, 'cda', '', 1)",
    "INSERT INTO entry_boards (entry, board) SELECT max(id), 'EMSB' FROM entries",
    *(TOTAL.replace("all", dimension) for dimension in ("all", "person", "board", "role")),
    "INSERT INTO audit (at, person, action, subject, digest, hash)"
    " VALUES (1, 1, 'add', 'entry/1', hex(randomblob(32)), hex(randomblob(32)))",
    "INSERT INTO inbound (key, at, reply) VALUES (hex(randomblob(8)), 1, :said)",
)


def _raw(folder: Path, rows: int, statements: tuple[str, ...]) -> float:
    """Entries a second of raw sqlite3 on the same tables, committed at FULL one by one."""
    path = folder / f"raw-{len(statements)}.db"
    if not path.exists():
        with closing(sqlite3.connect(folder / "data" / FILE)) as shape:
            made = [sql for (sql,) in shape.execute("SELECT sql FROM sqlite_master") if sql]
        with closing(sqlite3.connect(path)) as empty:
            for sql in made:
                empty.execute(sql)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        start = time.perf_counter()
        for number in range(rows):
            said = {"said": _message(number).text}
            connection.execute("BEGIN IMMEDIATE")
            for statement in statements:
                connection.execute(statement, said)
            connection.execute("COMMIT")
        return rows / (time.perf_counter() - start)


async def _lag(stop: asyncio.Event) -> list[float]:
    """How late the loop wakes a sleeper, in seconds."""
    late: list[float] = []
    while not stop.is_set():
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        late.append(time.perf_counter() - start - 0.001)
    return late


async def _through_dispatch(dispatch: Dispatch, callers: int) -> tuple[float, list[float]]:
    """Logs a second of ``callers`` at once, each waiting for its receipt; and the loop's lag."""

    async def call(messages: list[Incoming]) -> None:
        for message in messages:
            reply = await dispatch(message)
            render(reply.says, EN)

    messages = [_message(next(_keys)) for _ in range(LOGS if callers > 1 else LOGS // 4)]
    stop = asyncio.Event()
    watch = asyncio.create_task(_lag(stop))
    start = time.perf_counter()
    await asyncio.gather(*(call(messages[n::callers]) for n in range(callers)))
    rate = len(messages) / (time.perf_counter() - start)
    stop.set()
    return rate, await watch


async def bench_log(plans: Plans) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "data")
        dispatch = Dispatch(store, plans, everything(), lambda: NOW)
        await _through_dispatch(dispatch, 32)
        rates: dict[int, list[float]] = {1: [], 32: []}
        ratios: dict[tuple[int, str], list[float]] = {}
        lags: list[float] = []
        baselines = {"that insert alone": (ENTRY,), "all it writes": (ENTRY, *WITH_IT)}
        for _ in range(ROUNDS):
            raw = {
                name: await asyncio.to_thread(_raw, Path(folder), LOGS, statements)
                for name, statements in baselines.items()
            }
            for callers in (1, 32):
                rate, lag = await _through_dispatch(dispatch, callers)
                rates[callers].append(rate)
                for name in baselines:
                    ratios.setdefault((callers, name), []).append(rate / raw[name])
                if callers == 32:
                    lags += lag
        await store.close()
    out("A durable /log through dispatch (parse, authorise, FULL commit, receipt rendered)")
    out("against raw sqlite3 committing one by one at FULL:")
    for (callers, name), each in ratios.items():
        goal = "  goal 0.60x" if (callers, name) == (32, "that insert alone") else ""
        out(
            f"  {callers:2} callers, against {name}: {median(each):.2f}x"
            f" ({min(each):.2f} to {max(each):.2f}; {median(rates[callers]):.0f} a second){goal}"
        )
    lags.sort()
    out(f"  loop lag at 32 callers: p99 {lags[int(len(lags) * 0.99)] * 1000:.1f} ms  goal < 5 ms")


def _fill(path: Path, rows: int) -> None:
    """Write many entries and their totals directly: what is measured is reading."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    days = [(date(2024, 7, 2) + timedelta(days=n)).isoformat() for n in range(220)]
    connection.executemany(
        "INSERT INTO entries (kind, day, minutes, person, objective, said, version, created)"
        " VALUES (?, ?, 30, ?, '', '', 1, 1)",
        (
            (("accompaniment", "partner")[n % 2], days[n % len(days)], n % 5 + 1)
            for n in range(rows)
        ),
    )
    connection.execute(
        "INSERT INTO totals (kind, dimension, value, day, minutes, entries)"
        " SELECT kind, 'all', '', day, sum(minutes), count(*) FROM entries GROUP BY kind, day"
    )
    connection.execute("COMMIT")
    connection.close()


async def bench_progress(plans: Plans) -> None:
    plan = plans.get("clc-2024-25")
    sizes = (1_000, 1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        stores = {size: Store(Path(folder) / str(size)) for size in sizes}
        for size, store in stores.items():
            await asyncio.to_thread(_fill, store.folder / FILE, size)
        asked: dict[int, Callable[[], Awaitable[object]]] = {}
        who = Newcomer("bench", "p1", "Person 1", role=TeamRole.STAFF)
        place = Place("bench", "d1", direct=True)
        for size, store in stores.items():
            dispatch = Dispatch(store, plans, everything(), lambda: NOW)

            async def ask(dispatch: Dispatch = dispatch) -> object:
                key = f"bench-{next(_keys)}"
                msg = Incoming(who, place, Kind.MESSAGE, key, text="/progress")
                return render((await dispatch(msg)).says, EN)

            await ask()
            asked[size] = ask
        times: dict[int, list[float]] = {size: [] for size in sizes}
        for _ in range(60):
            for size in sizes:
                start = time.perf_counter()
                await asked[size]()
                times[size].append(time.perf_counter() - start)
        small = await stores[sizes[0]].read(figures.read, plan, NOW.date())
        assert small[0].target is plan.target[0]
        for store in stores.values():
            await store.close()
    small_time, large_time = (median(times[size]) * 1000 for size in sizes)
    out("/progress at 1,000,000 entries against 1,000, rendered:")
    out(f"  {large_time / small_time:.2f}x ({large_time:.1f} ms, {small_time:.1f} ms)  goal 1.50x")


def bench_start() -> None:
    """From the command to the first answered request; and the process's memory at rest.

    The first start makes the database, which takes longer, and 14 MB more until the next.
    """
    times: list[float] = []
    memory = list[float]()
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(6):
            start = time.perf_counter()
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "--data", folder, "run", "--port", "0"],
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
            assert process.stdout is not None
            process.stdout.readline()
            times.append(time.perf_counter() - start)
            time.sleep(0.5)
            status = Path(f"/proc/{process.pid}/status")
            if status.exists():
                lines = status.read_text().splitlines()
                kib = next(line.split()[1] for line in lines if line.startswith("VmRSS"))
                memory.append(int(kib) / 1024)
            process.terminate()
            process.wait(20)
            process.stdout.close()
    out(f"Start to listening: {median(times[1:]):.2f} s (the first {times[0]:.2f})  goal 1 s")
    out(
        f"Memory at rest: {max(memory[1:]):.0f} MB (after the first {memory[0]:.0f})  goal 90 MB"
        if memory
        else "Memory at rest: no /proc here"
    )


async def main() -> None:
    plans = load_plans(None)
    await bench_log(plans)
    await bench_progress(plans)
    for line in (*await bench_sessions(plans), *bench_lines(), *await bench_posts()):
        out(line)
    for line in (*await bench_weekly(), *await bench_pictures(), *await bench_reports()):
        out(line)
    await bench_slack()
    await bench_teams()
    for line in await bench_slow_teams():
        out(line)
    await asyncio.to_thread(bench_start)


if __name__ == "__main__":
    asyncio.run(main())
