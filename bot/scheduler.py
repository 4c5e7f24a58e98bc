"""Wakes the schedule: at each instant that something is due, and once a minute in any case.

APScheduler only wakes the process. What is due, and whether it was done, is in the store.
"""

# The library has no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

import asyncio
import errno
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.dispatch import note
from schedules.job import Job
from schedules.occurring import next_due, occur
from storage import occurrences
from storage.engine import Store
from storage.occurrences import Occurrence, State
from storage.plan_files import Plans

TICK = 60  # seconds; what was planned meanwhile is due no earlier than it is looked for
AHEAD = timedelta(days=1)  # how far the next instant is looked for
FULL, CLOSED = (errno.ENOSPC, errno.EDQUOT), (errno.EACCES, errno.EPERM, errno.EROFS)
REASONS = dict.fromkeys(FULL, "disk_full") | dict.fromkeys(CLOSED, "no_access")

# Work for the bot itself, by the name of its job.
Chores = Mapping[str, Callable[[Occurrence], Awaitable[None]]]


class Scheduler:
    """Has each job occur when it is due, by the clock that the store lives on."""

    def __init__(
        self,
        store: Store,
        plans: Plans,
        jobs: Sequence[Job],
        chores: Chores,
        clock: Clock,
        all_said: Callable[[], Awaitable[None]],
    ) -> None:
        self._store = store
        self._plans = plans
        self._jobs = jobs
        self._chores = chores
        self._clock = clock
        self._all_said = all_said
        self._one_at_a_time = asyncio.Lock()
        self._something = asyncio.Event()
        self._closing = False
        self._task: asyncio.Task[None] | None = None
        self._wakes = AsyncIOScheduler(timezone=UTC)

    def add_to(self, app: web.Application) -> None:
        """Run while the app does. To be added after what says things: that ends last."""
        app.on_startup.append(self._start)
        app.on_shutdown.append(self._stop)

    async def tick(self) -> None:
        """Do what is due by now. A job that fails keeps no other from its turn."""
        async with self._one_at_a_time:
            await self._tick()

    async def pass_time(self, by: timedelta) -> None:
        """Let a simulated clock go on, from one due instant to the next, as time itself would."""
        async with self._one_at_a_time:
            until = self._clock.now() + by
            while (now := self._clock.now()) < until:
                due = await self._store.read(next_due, self._jobs, self._plans, now, until)
                await self._clock.forward(max(due - self._clock.now(), timedelta()))
                await self._tick()
                await self._all_said()

    async def _start(self, _: web.Application) -> None:
        self._something.set()
        self._task = asyncio.create_task(self._go_on())
        self._wakes.start()
        self._wakes.add_job(self._wake, "interval", seconds=TICK, misfire_grace_time=None)

    async def _stop(self, _: web.Application) -> None:
        """Finish what is in hand; what is due meanwhile is caught up at the next start."""
        self._wakes.shutdown(wait=False)
        self._closing = True
        self._something.set()
        if self._task is not None:
            await self._task

    async def _wake(self) -> None:
        self._something.set()

    async def _go_on(self) -> None:
        while not self._closing:
            self._something.clear()
            try:
                await self.tick()
                await self._wake_at_next()
            except Exception as error:  # looked at again at the next tick
                note(error)
            await self._something.wait()

    async def _wake_at_next(self) -> None:
        now = self._clock.now()
        due = await self._store.read(next_due, self._jobs, self._plans, now, now + AHEAD)
        self._wakes.add_job(
            self._wake,
            "date",
            run_date=datetime.now(UTC) + (due - self._clock.now()),
            id="next",
            replace_existing=True,
            misfire_grace_time=None,
        )

    async def _tick(self) -> None:
        now = self._clock.now()
        for job in self._jobs:
            try:
                for one in await self._store.write(occur, job, self._plans, now):
                    await self._do(job, one)
            except Exception as error:
                await self._failed(job, int(now.timestamp()), note(error))

    async def _failed(self, job: Job, at: int, code: str) -> None:
        """Keep that a job could not occur, once a day: it is tried again at each tick."""
        one = Occurrence(f"failed/{datetime.fromtimestamp(at, UTC).date()}", at, at)
        try:
            await self._store.write(occurrences.fail, job.name, one, f"error {code}")
        except Exception as error:  # where nothing can be kept, the log has it
            note(error)

    async def _do(self, job: Job, one: Occurrence) -> None:
        """Have the bot do its own work; where that fails, it is due again with the next one."""
        state, why = State.DONE, ""
        try:
            await self._chores[job.name](one)
        except Exception as error:
            state, why = State.FAILED, _reason(error)
        at = int(self._clock.now().timestamp())
        await self._store.write(occurrences.end, job.name, one.key, state, at, why)


def _reason(error: Exception) -> str:
    """Why something failed, as managers are told: what they can mend, or where the log has it."""
    code = note(error)
    known = REASONS.get(error.errno or 0) if isinstance(error, OSError) else None
    return known or f"error {code}"
