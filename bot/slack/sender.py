"""Has something said in Slack: what is handed over is delivered, if late, and outlives a restart.

Each message comes with the ways it can go: where the first leads nowhere (a used-up response_url,
a channel the bot is not in), the next is taken. A failing Slack is waited for.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.outbox import Json, Outbox
from bot.patience import patiently
from bot.slack.client import Slack, failing, in_short, seconds
from storage.engine import Store

log = logging.getLogger("jalon.slack")

PLATFORM = "slack"
RESPONSE_URL = "response_url"


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
        self._outbox = Outbox(PLATFORM, store, now, self._deliver)

    async def send(self, ways: Sequence[Way]) -> None:
        """Take a message over: from here on it is not lost. Returns before it is delivered."""
        await self._outbox.put({"ways": [asdict(way) for way in ways]})

    def go_on(self, id: int, content: Json) -> None:
        """Deliver what was taken over under this number."""
        self._outbox.go_on(id, content)

    async def close(self) -> None:
        """Finish what goes through at once; the rest is taken up at the next start."""
        await self._outbox.close()

    async def _deliver(self, content: Json) -> None:
        for one in content["ways"]:
            way = Way(**one)
            try:
                await patiently(lambda way=way: self._go(way), _passing, _says, log)
                return
            except NoWay as error:
                log.info("slack: %s: %s", way.method, error)
        log.error("slack: a message could not be delivered in any way")

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


def _passing(error: Exception) -> float | None:
    return error.wait if isinstance(error, Passing) else None


def _says(error: Exception) -> str:
    return f"slack: {error}"
