"""The two ways Slack reaches an app: signed requests over HTTP, and Socket Mode."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import urlencode

import aiohttp

from tests.slack.memory import Json
from tests.slack.payloads import signed
from tests.slack.sockets import Connection, Sockets
from tests.slack.world import PATIENCE


class Kind(StrEnum):
    """What is delivered, by its name in Socket Mode."""

    COMMAND = "slash_commands"
    INTERACTION = "interactive"
    EVENT = "events_api"


ANSWERED = {"view_submission", "block_suggestion"}  # interactions whose answer Slack reads


@dataclass(frozen=True, slots=True)
class Response:
    """What the app answered a delivery."""

    status: int
    body: bytes
    content_type: str = "application/json"

    @property
    def json(self) -> Any:
        """The body read as JSON; None where it is empty."""
        return json.loads(self.body) if self.body else None


class Transport(Protocol):
    """A way to the app. ``retry`` is 0, or which time it is delivered again."""

    async def deliver(self, payload: Json, kind: Kind, *, retry: int = 0) -> Response: ...


class OverHttp:
    """Signed requests to one URL. ``now`` gives the time of the signature in UTC seconds."""

    def __init__(self, url: str, secret: str, now: Callable[[], float]) -> None:
        self.url = url
        self.secret = secret
        self.now = now
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))

    async def deliver(self, payload: Json, kind: Kind, *, retry: int = 0) -> Response:
        body, content_type = encoded(payload, kind)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0"}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        return await self.post(body, headers | signed(body, self.secret, self.now()))

    async def post(self, body: bytes, headers: dict[str, str]) -> Response:
        """Send a body as it is, with headers that may be wrong."""
        async with self._session.post(self.url, data=body, headers=headers) as answer:
            return Response(answer.status, await answer.read(), answer.content_type)

    async def close(self) -> None:
        await self._session.close()


class OverSocket:
    """Envelopes over the app's own connections; ``over`` names one of them."""

    def __init__(self, sockets: Sockets, over: Connection | None = None) -> None:
        self.sockets = sockets
        self.over = over

    async def deliver(self, payload: Json, kind: Kind, *, retry: int = 0) -> Response:
        accepts = kind is Kind.COMMAND or payload.get("type") in ANSWERED
        ack = await self.sockets.deliver(
            kind,
            payload,
            accepts=accepts,
            retry_attempt=retry,
            retry_reason="timeout" if retry else "",
            over=self.over,
        )
        return Response(200, json.dumps(ack.payload).encode() if ack.payload else b"")


def encoded(payload: Json, kind: Kind) -> tuple[bytes, str]:
    """A payload as the body of a request, and its content type."""
    form = "application/x-www-form-urlencoded"
    if kind is Kind.COMMAND:
        return urlencode(payload).encode(), form
    text = json.dumps(payload, ensure_ascii=False)
    if kind is Kind.INTERACTION:
        return urlencode({"payload": text}).encode(), form
    return text.encode(), "application/json"


async def several(transport: Transport, payload: Json, kind: Kind, copies: int) -> list[Response]:
    """Deliver the same thing so many times at once."""
    return await asyncio.gather(
        *(transport.deliver(payload, kind, retry=number) for number in range(copies))
    )
