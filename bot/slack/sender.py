"""Has something said in Slack: what is handed over is delivered, if late, and outlives a restart.

Each message comes with the ways it can go: where the first leads nowhere (a used-up response_url,
a channel the bot is not in), the next is taken. A failing Slack is waited for.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.dispatch import note
from bot.slack.client import Slack, failing, in_short, seconds
from storage import unfinished
from storage.engine import Store

log = logging.getLogger("jalon.slack")

PLATFORM = "slack"
RESPONSE_URL = "response_url"
PAUSE, LONGEST_PAUSE = 1.0, 300.0  # seconds between two tries
GRACE = 5.0  # seconds that what is under way has when the bot stops


@dataclass(frozen=True, slots=True)
class Way:
    """One call that would deliver a message: a method of the Web API, or a response_url."""

    method: str
    args: dict[str, Any]
    url: str = ""


class NoWay(Exception):
    """This way leads nowhere; the next one may. The message is Slack's error."""


class Passing(Exception):
    """Slack fails for now; ``wait`` is in seconds."""

    def __init__(self, wait: float, says: str) -> None:
        super().__init__(says)
        self.wait = wait


class Sender:
    """Delivers what it is handed, each message in a task of its own."""

    def __init__(self, slack: Slack, store: Store, now: Callable[[], datetime]) -> None:
        self._slack = slack
        self._store = store
        self._now = now
        self._tasks: set[asyncio.Task[None]] = set()

    async def send(self, ways: Sequence[Way]) -> None:
        """Take a message over: from here on it is not lost. Returns before it is delivered."""
        content = json.dumps({"ways": [asdict(way) for way in ways]})
        id = await self._store.write(
            unfinished.put, PLATFORM, content, int(self._now().timestamp())
        )
        self.go_on(id, ways)

    def go_on(self, id: int, ways: Sequence[Way]) -> None:
        """Deliver what was taken over under this number."""
        task = asyncio.create_task(self._deliver(id, ways))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Finish what goes through at once; the rest is taken up at the next start."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _deliver(self, id: int, ways: Sequence[Way]) -> None:
        try:
            if not await self._by_any(ways):
                log.error("slack: message %d could not be delivered in any way", id)
        except Exception as error:
            note(error)
        await self._store.write(unfinished.done, id)

    async def _by_any(self, ways: Sequence[Way]) -> bool:
        for way in ways:
            pause = PAUSE
            while True:
                try:
                    await self._go(way)
                    return True
                except NoWay as error:
                    log.info("slack: %s: %s", way.method, error)
                    break
                except Passing as error:
                    wait = max(error.wait, pause)
                    log.warning("slack: %s: %s; again in %.0f s", way.method, error, wait)
                    await asyncio.sleep(wait)
                    pause = min(pause * 2, LONGEST_PAUSE)
        return False

    async def _go(self, way: Way) -> None:
        if way.method == RESPONSE_URL:
            return await self._respond(way)
        try:
            await self._slack.call(way.method, **way.args)
        except Exception as error:
            wait = failing(error)
            if wait is not None:
                raise Passing(wait, in_short(error)) from error
            if isinstance(error, SlackApiError):
                raise NoWay(in_short(error)) from error
            raise

    async def _respond(self, way: Way) -> None:
        try:
            async with self._slack.session.post(way.url, json=way.args) as answer:
                status, headers = answer.status, answer.headers
        except (aiohttp.ClientError, OSError) as error:
            raise Passing(0.0, in_short(error)) from error
        if status == 429 or status >= 500:
            raise Passing(seconds(headers.get("Retry-After", "")), str(status))
        if status >= 400:  # used up, too old, or not to Slack's taste
            raise NoWay(str(status))
