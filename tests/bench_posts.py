"""What is said by itself, all due in one minute: how fast it leaves, in which order."""

import asyncio
import tempfile
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from aiohttp import web

from bot.doors import Doors, Said
from bot.posting import Posting
from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage import addresses, deliveries, people
from storage.addresses import Address
from storage.deliveries import Post
from storage.engine import Store, Tx
from storage.people import Newcomer, TeamRole
from storage.plan_files import load_plans
from tests import posts
from tests.bench_lag import Lag

MANY, PEOPLE = 5000, 200
TAKES = 0.05  # seconds that the platform takes for each
PACES = (4.0, 20.0)  # a second: what Slack takes, and Teams
FOR = 15.0  # seconds that are measured of each pace


class Door:
    """A platform that takes a while for each, and keeps when each came, and which."""

    def __init__(self, per_second: float) -> None:
        self.per_second = per_second
        self.came: list[tuple[float, int]] = []

    async def say(self, address: Address, card: Card, t: Texts, once: str) -> Said:
        self.came.append((time.perf_counter(), int(once)))
        await asyncio.sleep(TAKES)
        return Said(once)

    async def said(self, address: Address, once: str, since: int) -> str | None:
        raise AssertionError("nothing was lost")

    async def edit(self, address: Address, message: str, card: Card, t: Texts) -> None:
        raise AssertionError("nothing has changed")


def _people(tx: Tx) -> list[int]:
    made: list[int] = []
    for number in range(PEOPLE):
        who = Newcomer("bench", f"p{number}", f"Person {number}")
        made.append(people.meet(tx, who, TeamRole.STAFF, 0).id)
        addresses.note(tx, "bench", f"chat-{number}", made[-1], 0)
    return made


def _put(tx: Tx, whom: list[int], at: int) -> None:
    """As many as are due, the last one put the soonest too late."""
    for number in range(MANY):
        of = {"title": "Reminder", "lines": "0"}
        until = at + 7200 - number % 3600
        person = whom[number % PEOPLE]
        deliveries.put(tx, Post(f"{number}", posts.SAYS, of, person, until=until), at)


async def _at_pace(per_second: float) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        store, doors, app, door = Store(Path(folder)), Doors(), web.Application(), Door(per_second)
        doors.open("bench", door)
        plans = load_plans(None)
        posting = Posting(store, doors, posts.router, plans, lambda: datetime.now(UTC))
        posting.add_to(app)
        whom = await store.write(_people)
        runner = web.AppRunner(app)
        await runner.setup()
        lag = Lag()
        await asyncio.sleep(3)
        idle, start = lag.p99(), time.perf_counter()
        await store.write(_put, whom, int(time.time()))
        put, putting = time.perf_counter() - start, lag.p99()
        await asyncio.sleep(FOR)
        sending, came = lag.p99(), list(door.came)
        lag.stop()
        await runner.cleanup()
        await store.close()
    rate = (len(came) - 1) / (came[-1][0] - came[0][0])
    order = [number % 3600 for _, number in came]
    turned = sum(one < other for one, other in pairwise(order)) / len(order)
    return [
        f"  at {per_second:.0f} a second {rate:.1f} leave ({rate / per_second:.2f}x), {turned:.0%}"
        " of them out of turn;",
        f"    loop lag p99 {sending} sending, {putting} while they are put in {put:.2f} s"
        f" (idle: {idle})  goal < 20 ms",
    ]


async def bench_posts() -> list[str]:
    """Lines to print."""
    lines = [
        f"{MANY} reminders due in one minute, a platform that takes {TAKES * 1000:.0f} ms each:"
    ]
    for pace in PACES:
        lines += await _at_pace(pace)
    return lines
