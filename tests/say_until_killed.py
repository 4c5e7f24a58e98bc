"""Says what a job of the schedule has it say, on one platform, until it is killed.

Run by the soak: ``python say_until_killed.py FOLDER PLAN``, where PLAN is a file with the JSON of a
``Plan``. It is composed as the product is, only of less: the store, the schedule, and a door.
"""

import asyncio
import importlib
import json
import logging
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.clock import Clock
from bot.config import Slack, Teams
from bot.dispatch import Dispatch
from bot.doors import Doors
from bot.posting import Posting
from bot.scheduler import Scheduler
from handlers.all import everything
from schedules.job import Job, Missed
from storage.deliveries import Post
from storage.engine import Store, Tx
from storage.occurrences import Occurrence
from storage.plan_files import Plans, load_plans
from tests import posts

NAME = "soak"
A_PICTURE = 4  # one in so many posts has one
PER_SECOND = 200.0  # posts; how fast a platform may be told is no matter here


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be said: ``total`` posts from ``start`` on (UTC seconds), so many each second.

    In turn to ``people`` (their numbers) and in ``channels``.
    """

    platform: str
    settings: dict[str, Any]
    start: int
    total: int
    each_second: int
    people: list[int]
    channels: list[str]


@dataclass(frozen=True, slots=True)
class Steadily:
    """Due so many times each second, from a start on."""

    plan: Plan

    def between(
        self, tx: Tx, plans: Plans, after: datetime, until: datetime
    ) -> Iterator[Occurrence]:
        for number in range(self.plan.total):
            due = self.plan.start + number // self.plan.each_second
            if after.timestamp() < due <= until.timestamp():
                yield Occurrence(f"{number:05}", due, due + 3600)

    @property
    def says(self) -> str:
        return "steadily"


def job(plan: Plan) -> Job:
    """One post each time: a word of its own, in turn to everybody and everywhere; some pictures."""
    places: list[tuple[int | None, tuple[str, str] | None]] = [
        *((person, None) for person in plan.people),
        *((None, (plan.platform, channel)) for channel in plan.channels),
    ]

    def said(tx: Tx, plans: Plans, one: Occurrence) -> Iterator[Post]:
        person, channel = places[int(one.key) % len(places)]
        picture = "yes" if int(one.key) % A_PICTURE == 0 else ""
        of = {"title": f"Reminder {one.key}x", "lines": "0", "picture": picture}
        yield Post(f"{NAME}/{one.key}", posts.SAYS, of, person, channel, until=one.until)

    return Job(NAME, Steadily(plan), said, Missed.EACH)


async def main(folder: Path, plan: Plan) -> None:
    store, doors, app, plans = Store(folder), Doors(), web.Application(), load_plans(None)
    router, clock = everything(), Clock()
    router.include(posts.router)
    dispatch = Dispatch(store, plans, router, clock.now)
    posting = Posting(store, doors, router, plans, clock.now)
    scheduler = Scheduler(store, plans, [job(plan)], {}, clock, posting.all_said)
    _mount(app, plan, dispatch, doors)
    scheduler.add_to(app)
    posting.add_to(app)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    os.write(1, b"ready\n")
    await stop.wait()
    await runner.cleanup()
    await store.close()


def _mount(app: web.Application, plan: Plan, dispatch: Dispatch, doors: Doors) -> None:
    """Open the one door: the libraries of the other would only make the start longer."""
    mount = importlib.import_module(f"bot.{plan.platform}.mount").mount
    settings = {"slack": Slack, "teams": Teams}[plan.platform].model_validate(plan.settings)
    importlib.import_module(f"bot.{plan.platform}.posting").Posts.per_second = PER_SECOND
    mount(app, settings, dispatch, doors)


logging.basicConfig(level=logging.WARNING)
asyncio.run(main(Path(sys.argv[1]), Plan(**json.loads(Path(sys.argv[2]).read_text()))))
