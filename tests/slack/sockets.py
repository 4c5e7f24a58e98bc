"""Socket Mode: connections that deliver envelopes, hear what is acknowledged, and misbehave."""

import asyncio
import json
from dataclasses import dataclass, field
from itertools import count

from aiohttp import WSMsgType, web

from tests.slack.memory import APP, Json
from tests.slack.world import PATIENCE, World

MOST = 10  # connections that Slack allows


@dataclass(frozen=True, slots=True)
class Ack:
    """An acknowledgement, over which connection; ``payload`` is None where nothing came with it."""

    envelope_id: str
    payload: Json | None
    connection: int


@dataclass(eq=False)
class Connection:
    """One WebSocket. ``silent``: it stays open, but nothing is heard from it any more."""

    number: int
    socket: web.WebSocketResponse
    request: web.Request
    silent: bool = False
    sent: list[Json] = field(default_factory=list[Json])

    @property
    def open(self) -> bool:
        return not self.socket.closed

    async def send(self, message: Json) -> None:
        self.sent.append(message)
        if not self.silent:
            await self.socket.send_str(json.dumps(message))

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew; ``warning`` says so some seconds ahead."""
        host = {"host": "applink-test-1"}
        await self.send({"type": "disconnect", "reason": reason, "debug_info": host})

    async def ping(self) -> None:
        if not self.silent:
            await self.socket.ping(b"Ping from applink-test-1")

    def drop(self) -> None:
        """End the connection without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()

    async def close(self) -> None:
        await self.socket.close()


class Sockets:
    """All connections of the app, and what it acknowledged."""

    def __init__(self, world: World) -> None:
        self.connections: list[Connection] = []
        self.acks: list[Ack] = []
        self._world = world
        self._tickets: set[str] = set()
        self._numbers = count(1)
        self._turn = count()

    @property
    def open(self) -> list[Connection]:
        return [one for one in self.connections if one.open]

    def issue(self) -> str:
        """A URL for one connection."""
        ticket = self._world.id("ticket")
        self._tickets.add(ticket)
        base = self._world.base.replace("http", "ws", 1)
        return f"{base}/link/?ticket={ticket}&app_id={APP}"

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        connection = Connection(next(self._numbers), socket, request)
        if len(self.open) >= MOST:
            await connection.disconnect("too_many_websockets")
            await socket.close()
            return socket
        self.connections.append(connection)
        await connection.send(
            {
                "type": "hello",
                "num_connections": len(self.open),
                "debug_info": {
                    "host": "applink-test-1",
                    "build_number": 1,
                    "approximate_connection_time": 18060,
                },
                "connection_info": {"app_id": APP},
            }
        )
        self._world.change()
        async for message in socket:
            await self._heard(connection, message.type, message.data)
        self._world.change()
        return socket

    async def deliver(
        self,
        type: str,
        payload: Json,
        *,
        accepts: bool = False,
        retry_attempt: int = 0,
        retry_reason: str = "",
        envelope_id: str = "",
        over: Connection | None = None,
    ) -> Ack:
        """Send an envelope over one connection, and wait until it is acknowledged.

        Waits for a connection first, where there is none. Raises AssertionError when no
        acknowledgement comes.
        """
        seen = len(self.acks)
        id = await self.send(
            type,
            payload,
            accepts=accepts,
            retry_attempt=retry_attempt,
            retry_reason=retry_reason,
            envelope_id=envelope_id,
            over=over,
        )
        return await self.acknowledged(id, seen)

    async def send(
        self,
        type: str,
        payload: Json,
        *,
        accepts: bool = False,
        retry_attempt: int = 0,
        retry_reason: str = "",
        envelope_id: str = "",
        over: Connection | None = None,
    ) -> str:
        """Send an envelope, and do not wait. Gives its id."""
        envelope: Json = {
            "envelope_id": envelope_id or self._world.id("envelope"),
            "payload": payload,
            "type": type,
            "accepts_response_payload": accepts,
        }
        if type == "events_api":
            envelope |= {"retry_attempt": retry_attempt, "retry_reason": retry_reason}
        if over is None:
            ready = await self._world.until(
                lambda: [one for one in self.open if not one.silent], "a connection"
            )
            over = ready[next(self._turn) % len(ready)]
        await over.send(envelope)
        return envelope["envelope_id"]

    async def acknowledged(self, envelope_id: str, seen: int = 0) -> Ack:
        """Wait for the acknowledgement of an envelope, after so many of any that were seen."""
        return await self._world.until(
            lambda: next((one for one in self.acks[seen:] if one.envelope_id == envelope_id), None),
            f"the acknowledgement of {envelope_id}",
        )

    async def connected(self, number: int) -> list[Connection]:
        """Wait until so many connections are open."""
        return await self._world.until(
            lambda: self.open if len(self.open) >= number else None, f"{number} connections"
        )

    async def close(self) -> None:
        closing = [asyncio.create_task(one.close()) for one in self.open]
        if closing:
            await asyncio.wait(closing, timeout=PATIENCE / 10)
        for one in self.open:
            one.drop()

    async def _heard(self, connection: Connection, type: WSMsgType, data: str | bytes) -> None:
        if connection.silent:
            return
        if type is WSMsgType.PING and isinstance(data, bytes):
            await connection.socket.pong(data)
        elif type is WSMsgType.TEXT:
            try:
                said = json.loads(data)
                ack = Ack(said["envelope_id"], said.get("payload"), connection.number)
            except (ValueError, KeyError, TypeError):
                self._world.violate(f"socket: not an acknowledgement: {data!r:.200}")
                return
            self.acks.append(ack)
            self._world.change()
