"""Killed at any moment while people write to it in Slack, the bot loses no line, counts none twice.

The product itself runs, over HTTP and Socket Mode at once; Slack delivers again what was not
acknowledged, and people type again what was not answered. Three kills by default. For a long run:
``JALON_KILLS=100 pytest tests/slack/test_kill.py -s``.
"""

import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.slack.manifest import PATH
from tests.killed import KILLS, PATIENCE, Bot
from tests.slack.driver import SlackUser
from tests.slack.faults import Fault
from tests.slack.memory import BOT, Json
from tests.slack.sockets import Connection
from tests.slack.transport import Kind, OverHttp, Response
from tests.slack.workspace import APP_TOKEN, BOT_TOKEN, SECRET, Workspace

SLACK_WAITS = 3.0  # seconds for an acknowledgement
PEOPLE = 3  # over each transport


class Unacknowledged(Exception):
    """Slack saw no acknowledgement."""


class Slack:
    """Delivers as Slack does: an event until it is acknowledged, a command once."""

    def __init__(self, bot: Bot, workspace: Workspace, chance: random.Random) -> None:
        self._bot = bot
        self._workspace = workspace
        self._chance = chance
        self.again = 0

    async def deliver(self, payload: Json, kind: Kind, *, retry: int = 0) -> Response:
        while True:
            try:
                return await self._once(payload, kind, retry)
            except Unacknowledged:
                if kind is not Kind.EVENT:
                    return Response(503, b"")
            retry += 1
            self.again += 1
            await asyncio.sleep(self._chance.choice([0.0, 0.1, 1.0]) if retry > 1 else 0.0)

    async def _once(self, payload: Json, kind: Kind, retry: int) -> Response:
        raise NotImplementedError


class Http(Slack):
    """Over HTTP, wherever the bot answers now."""

    async def _once(self, payload: Json, kind: Kind, retry: int) -> Response:
        await self._bot.up.wait()
        over = OverHttp(self._bot.url, SECRET, time.time)
        try:
            response = await asyncio.wait_for(over.deliver(payload, kind, retry=retry), SLACK_WAITS)
        except (aiohttp.ClientError, TimeoutError):
            raise Unacknowledged from None
        finally:
            await over.close()
        if response.status != 200:
            raise Unacknowledged
        return response


class Socket(Slack):
    """Over whichever connection is open now."""

    async def _once(self, payload: Json, kind: Kind, retry: int) -> Response:
        sockets = self._workspace.sockets
        try:
            there = await sockets.connected(1)
        except AssertionError:
            raise Unacknowledged from None
        over, seen = self._chance.choice(there), len(sockets.acks)
        accepts, reason = kind is Kind.COMMAND, "timeout" if retry else ""
        try:
            id = await sockets.send(
                kind, payload, accepts=accepts, retry_attempt=retry, retry_reason=reason, over=over
            )
        except ConnectionError:
            raise Unacknowledged from None
        payload = await self._acknowledged(over, id, seen)
        return Response(200, json.dumps(payload).encode() if payload else b"")

    async def _acknowledged(self, over: Connection, id: str, seen: int) -> Json:
        deadline = time.monotonic() + SLACK_WAITS
        while time.monotonic() < deadline:
            for ack in self._workspace.sockets.acks[seen:]:
                if ack.envelope_id == id:
                    return ack.payload or {}
            if not over.open:
                break
            await asyncio.sleep(0.005)
        raise Unacknowledged


class Writer:
    """Someone who logs one line after the other, each with a word of its own."""

    def __init__(self, user: SlackUser, chance: random.Random) -> None:
        self.user = user
        self.taken: list[str] = []
        self.typed_again = 0
        self._chance = chance
        self._today = datetime.now(UTC).date()

    async def write(self, stop: asyncio.Event, most: int = 10**6) -> None:
        """Write ``most`` lines, or until the time to stop; each is typed until it is taken."""
        while not stop.is_set() and len(self.taken) < most:
            word = f"{self.user.user.name}{len(self.taken)}x"
            ago = timedelta(days=self._chance.randrange(2, 25))
            line = f"log 1 min with a CDA at EMSB on {self._today - ago} re paper {word}"
            if self._chance.random() < 0.6:
                await self.user.writes(line)
            else:
                while (await self.user.slash(f"/{line}")).status != 200:
                    self.typed_again += 1
                    await asyncio.sleep(self._chance.choice([0.0, 0.3]))
            self.taken.append(word)
            await asyncio.sleep(self._chance.uniform(0, 0.05))

    def read(self, word: str) -> Counter[str]:
        """How often this person was told of a line, and what."""
        told = Counter[str]()
        for one in self.user.sees():
            if one.message.user == BOT and word in one.text.split():
                told["asked" if "Yes, log it" in one.labels else one.text.splitlines()[0]] += 1
        return told


class Trouble:
    """What goes wrong with Slack meanwhile: answers that are slow, or that nobody hears."""

    METHODS = ("chat.postMessage", "response_url", "users.info")

    def __init__(self, workspace: Workspace, chance: random.Random) -> None:
        self._workspace = workspace
        self._chance = chance

    async def make(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            method, after = self._chance.choice(self.METHODS), self._chance.random() < 0.5
            if method not in self._workspace.faults_left:
                go = asyncio.Event()
                self._workspace.fail(method, with_=Fault.slow(go, after=after))
                asyncio.get_running_loop().call_later(self._chance.uniform(0, 0.5), go.set)
            await asyncio.sleep(self._chance.uniform(0, 0.1))


async def moment(workspace: Workspace, bot: Bot, chance: random.Random) -> str:
    """Wait for the moment of a kill; gives which kind of moment it was."""
    kind = chance.choice(["any", "any", "any", "starting", "sending", "sent"])
    if kind == "starting":
        await asyncio.sleep(chance.uniform(0, 1.5))
        return kind
    await bot.answers()
    await asyncio.sleep(chance.uniform(0, 0.8))
    calls = len(workspace.calls)
    with suppress(AssertionError):  # nothing of the kind goes on: any moment is as good
        if kind == "sending":
            await workspace.until(lambda: "chat.postMessage" in workspace.waiting)
        elif kind == "sent":
            await workspace.until(
                lambda: any(one.method == "chat.postMessage" for one in workspace.calls[calls:])
            )
    return kind


@pytest.fixture
async def bot(tmp_path: Path, workspace: Workspace) -> AsyncGenerator[Bot]:
    settings = {
        "JALON_SLACK__BOT_TOKEN": BOT_TOKEN,
        "JALON_SLACK__SIGNING_SECRET": SECRET,
        "JALON_SLACK__APP_TOKEN": APP_TOKEN,
        "JALON_SLACK__API_URL": workspace.api_url,
    }
    hasty = "bot.slack.door.ACK_WITHIN"
    made = Bot(tmp_path, settings, platform="slack", path=PATH, hasty=hasty, said="ways")
    yield made
    await made.end()


async def test_no_line_that_was_taken_is_lost_to_a_kill(bot: Bot, workspace: Workspace) -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    over = [Http(bot, workspace, chance), Socket(bot, workspace, chance)]

    def writer(name: str, n: int) -> Writer:
        user = workspace.add_user(f"{name}{n}y", f"Person {n}")
        return Writer(SlackUser(workspace, user, over[n % 2]), chance)

    writers = [writer("p", n) for n in range(2 * PEOPLE)]
    stop = asyncio.Event()
    trouble = asyncio.create_task(Trouble(workspace, chance).make(stop))
    tasks: list[asyncio.Task[None]] = [asyncio.create_task(one.write(stop)) for one in writers]
    moments, unfinished_at_kills = Counter[str](), Counter[str]()
    for n in range(KILLS):
        await bot.launch(chance.choice([None, None, 0.0, 0.02]))
        moments[await moment(workspace, bot, chance)] += 1
        await bot.kill()
        unfinished_at_kills += bot.waiting()
        new = writer("n", n)
        writers.append(new)
        tasks.append(asyncio.create_task(new.write(stop, most=5)))
    stop.set()
    await bot.launch()
    await bot.answers()
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(trouble, *tasks)
    await bot.finished()
    await bot.stop()
    when = f"seed {seed}"
    figures = bot.check(writers, (BOT_TOKEN, APP_TOKEN, SECRET), when)
    assert await bot.verified() == 0, when
    sys.stdout.write(
        f"{KILLS} kills {dict(moments)}, {figures}; unfinished at the kills:"
        f" {dict(unfinished_at_kills)}; delivered again: {sum(one.again for one in over)},"
        f" typed again: {sum(one.typed_again for one in writers)}\n"
    )
