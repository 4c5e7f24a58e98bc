"""What is due is done: once, when it is due, after downtime, and as a simulated clock goes on."""

import asyncio
import errno
import logging
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.clock import Clock
from bot.scheduler import Scheduler
from schedules.job import At, Job, Missed
from storage import deliveries, occurrences
from storage.database import Row
from storage.deliveries import Post
from storage.engine import Store, Tx
from storage.occurrences import Occurrence
from storage.plan_files import Plans, load_plans
from tests.behind_a_door import PATIENCE
from tests.posts import SAYS

STARTS = datetime(2025, 2, 12, 15, 0, tzinfo=UTC)  # a Wednesday
DAILY, WEEKLY = At(time(9)), At(time(8, 30), weekdays=frozenset({0}))


def says(name: str, when: At, missed: Missed = Missed.EACH) -> Job:
    """A job that says the day it is due."""

    def posts(tx: Tx, plans: Plans, one: Occurrence) -> Iterator[Post]:
        of = {"title": one.key, "lines": "0"}
        yield Post(f"{name}/{one.key}", SAYS, of, channel=("test", "C1"), until=one.until)

    return Job(name, when, posts, missed)


class Bot:
    """A bot with a clock that is moved, and a job's own work, which may fail."""

    def __init__(self, folder: Path, *jobs: Job) -> None:
        self.folder = folder
        self.jobs = jobs
        self.done: list[str] = []
        self.broken = False
        self.said_at: list[datetime] = []

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Scheduler]:
        store = Store(self.folder)
        self.store = store
        self.clock = await Clock.simulated_in(store, STARTS)
        scheduler = Scheduler(
            store, load_plans(None), self.jobs, {"chore": self.do}, self.clock, self.all_said
        )
        app = web.Application()
        scheduler.add_to(app)
        runner = web.AppRunner(app)
        await runner.setup()
        await scheduler.tick()
        try:
            yield scheduler
        finally:
            await runner.cleanup()
            await store.close()

    async def do(self, one: Occurrence) -> None:
        if self.broken:
            raise OSError(errno.ENOSPC, "Alex has logged 2 hours")
        self.done.append(one.key)

    async def all_said(self) -> None:
        self.said_at.append(self.clock.now())

    async def posts(self) -> list[str]:
        """The keys of all that was put, in order."""

        def read(tx: Tx) -> list[str]:
            return [row["once"] for row in tx.rows("SELECT once FROM deliveries ORDER BY id")]

        return await self.store.read(read)


def states(tx: Tx) -> list[tuple[str, str]]:
    rows: list[Row] = tx.rows("SELECT key, state FROM occurrences ORDER BY due, key")
    return [(row["key"], row["state"]) for row in rows]


async def test_a_week_that_passes_says_what_that_week_would_have(tmp_path: Path) -> None:
    bot = Bot(tmp_path, says("daily", DAILY), says("weekly", WEEKLY))
    async with bot.running() as scheduler:
        assert await bot.posts() == []
        await scheduler.pass_time(timedelta(days=7))
        assert await bot.posts() == [
            *(f"daily/2025-02-{day}" for day in (13, 14, 15, 16)),
            "weekly/2025-02-17",
            *(f"daily/2025-02-{day}" for day in (17, 18, 19)),
        ]
        # Each when it was due, and then the end of the week.
        due = [at.astimezone(DAILY.zone).strftime("%a %H:%M") for at in bot.said_at]
        assert due[:6] == [
            "Thu 09:00", "Fri 09:00", "Sat 09:00", "Sun 09:00", "Mon 08:30", "Mon 09:00",
        ]  # fmt: skip
        assert due[-1] == "Wed 10:00"
        await scheduler.tick()
        assert len(await bot.posts()) == 8


async def test_what_was_due_while_it_was_down_is_caught_up_once(tmp_path: Path) -> None:
    bot = Bot(tmp_path, says("daily", DAILY), says("weekly", WEEKLY, Missed.NEWEST))
    async with bot.running():
        pass
    store = Store(tmp_path)
    await (await Clock.simulated_in(store, STARTS)).forward(timedelta(days=14))
    await store.close()
    for _ in range(2):
        async with bot.running():
            found = await bot.posts()
            entered = await bot.store.read(states)
        assert [one for one in found if "daily" in one] == [
            f"daily/{(STARTS + timedelta(days=n)).date()}" for n in range(1, 15)
        ]
        assert [one for one in found if "weekly" in one] == ["weekly/2025-02-24"]
        assert ("2025-02-17", "passed") in entered


async def test_the_bots_own_work_is_done_once_and_its_failures_are_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bot = Bot(tmp_path, Job("chore", DAILY))
    async with bot.running() as scheduler:
        await scheduler.pass_time(timedelta(days=1))
        assert bot.done == ["2025-02-13"]
        bot.broken = True
        with caplog.at_level(logging.INFO):
            await scheduler.pass_time(timedelta(days=1))
        assert "OSError" in caplog.text
        assert "hours" not in caplog.text
        bot.broken = False
        await scheduler.pass_time(timedelta(days=1))
        assert bot.done == ["2025-02-13", "2025-02-15"]
        (failure,) = await bot.store.read(occurrences.failures, 0, 2**40)
        assert (failure.job, failure.times) == ("chore", 1)
        assert failure.why == "disk_full"
        assert failure.done is not None  # the next day


async def test_work_that_a_kill_cut_short_is_done_at_the_next_start(tmp_path: Path) -> None:
    bot = Bot(tmp_path, Job("chore", DAILY))
    async with bot.running():
        pass
    store = Store(tmp_path)
    cut = Occurrence("2025-02-12", int(STARTS.timestamp()) - 3600, 2**40)
    await store.write(occurrences.enter, "chore", cut, occurrences.State.DUE)
    await store.close()
    async with bot.running():
        assert bot.done == ["2025-02-12"]


async def test_a_job_that_fails_keeps_no_other_from_its_turn(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(tx: Tx, plans: Plans, one: Occurrence) -> Iterator[Post]:
        yield Post("half", SAYS, {})
        raise ValueError("Alex has logged 2 hours")

    bot = Bot(tmp_path, Job("broken", DAILY, fail), says("daily", DAILY))
    async with bot.running() as scheduler:
        with caplog.at_level(logging.INFO):
            await scheduler.pass_time(timedelta(days=1))
            for _ in range(3):  # and is tried again at each tick
                await scheduler.tick()
        assert await bot.posts() == ["daily/2025-02-13"]
        (failure,) = await bot.store.read(occurrences.failures, 0, 2**40)
        assert (failure.job, failure.done) == ("broken", None)
        assert failure.times == 1
        assert failure.why.startswith("error ")
        assert "ValueError" in caplog.text
        assert "hours" not in caplog.text


async def test_the_clock_itself_wakes_it_when_something_is_due(tmp_path: Path) -> None:
    soon = STARTS.astimezone(DAILY.zone) + timedelta(seconds=1)
    bot = Bot(tmp_path, says("soon", At(soon.time().replace(microsecond=0))))
    async with bot.running():
        for _ in range(int(PATIENCE * 100)):
            if await bot.posts():
                break
            await asyncio.sleep(0.01)
        assert await bot.posts() == ["soon/2025-02-12"]


def test_nothing_is_due_before_a_job_starts(tx: Tx) -> None:
    job = Job("late", DAILY, starts=(STARTS + timedelta(days=3)).date())
    found = job.between(tx, load_plans(None), STARTS, STARTS + timedelta(days=5))
    assert [one.key for one in found] == ["2025-02-15", "2025-02-16", "2025-02-17"]
    assert deliveries.get(tx, "late/2025-02-15") is None
