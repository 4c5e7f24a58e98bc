"""Slack over Socket Mode: two connections, each watched, and replaced when it falls silent."""

import asyncio
import logging
import time
from collections.abc import Callable

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack.client import QUIET, Slack, in_short

log = logging.getLogger("jalon.slack")

CONNECTIONS = 2  # what comes while one is being replaced comes over the other
PING = 10.0  # seconds between two signs of life
PATIENCE = 30.0  # seconds for a new connection
LOOK = 5.0  # seconds between two looks at a connection
# Seconds without an envelope after which a connection is replaced though it answers pings: some
# have been seen to stay up and deliver nothing.
IDLE = 1800.0


class Connection:
    """One WebSocket to Slack."""

    def __init__(self, app: AsyncApp, app_token: str, slack: Slack) -> None:
        self._open: Callable[[], AsyncSocketModeHandler] = lambda: AsyncSocketModeHandler(
            app, app_token, logger=QUIET, web_client=slack.web, ping_interval=PING
        )
        self._handler: AsyncSocketModeHandler | None = None
        self._heard_at = 0.0

    async def look(self) -> None:
        """Connect where there is no live connection, or one that has been idle for too long."""
        handler = self._handler
        if handler is not None:
            if await handler.client.is_connected() and time.monotonic() - self._heard_at < IDLE:
                return
            log.warning("slack: a connection fell silent; it is replaced")
            self._handler = None
            await handler.close_async()
        handler = self._open()
        handler.client.socket_mode_request_listeners.insert(0, self._heard)
        self._heard_at = time.monotonic()
        try:
            # The SDK tries the same address for ever; it is good for a short while.
            async with asyncio.timeout(PATIENCE):
                await handler.client.connect_to_new_endpoint(force=True)
        except BaseException:
            await handler.close_async()
            raise
        self._handler = handler

    async def close(self) -> None:
        """Hang up."""
        if self._handler is not None:
            await self._handler.close_async()

    async def _heard(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self._heard_at = time.monotonic()


class Sockets:
    """Both connections, and the watch over them."""

    def __init__(self, app: AsyncApp, app_token: str, slack: Slack) -> None:
        self._connections = [Connection(app, app_token, slack) for _ in range(CONNECTIONS)]
        self._watches: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Connect, and stay connected."""
        self._watches = [asyncio.create_task(_watch(one)) for one in self._connections]

    async def close(self) -> None:
        """Hang up."""
        for watch in self._watches:
            watch.cancel()
        await asyncio.gather(*self._watches, return_exceptions=True)
        for one in self._connections:
            await one.close()


async def _watch(connection: Connection) -> None:
    while True:
        try:
            await connection.look()
        except Exception as error:
            log.warning("slack: no connection: %s", in_short(error))
        await asyncio.sleep(LOOK)
