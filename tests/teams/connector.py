"""A fake Teams on this machine: a server that speaks the part of the connector that Jalon uses."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.teams import drive
from tests.teams.conversations import Conversations
from tests.teams.faults import Faults, worded
from tests.teams.microsoft import Microsoft
from tests.teams.people import Json
from tests.teams.world import Refused, World

CONVERSATION = "/amer/v3/conversations/{conversation}"


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was worked on: its method, path and body, and what it was answered."""

    method: str
    path: str
    body: Json
    status: int


class Teams(Conversations):
    """The server and its memory.

    ``signed`` false takes calls without a token, as the local clients do that stand in for Teams.
    """

    def __init__(self, microsoft: Microsoft) -> None:
        super().__init__()
        self.microsoft = microsoft
        self.faults = Faults(self.change)
        self.calls: list[Call] = []
        self.signed = True
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on a free port of this machine."""
        app = web.Application(client_max_size=50_000_000)
        for method, path, serve in (
            ("POST", "/amer/v3/conversations", self.create),
            ("POST", f"{CONVERSATION}/activities", self.reply),
            ("POST", f"{CONVERSATION}/activities/{{activity}}", self.reply),
            ("PUT", f"{CONVERSATION}/activities/{{activity}}", self.put),
            ("DELETE", f"{CONVERSATION}/activities/{{activity}}", self.take_back),
            ("GET", f"{CONVERSATION}/pagedmembers", self.members),
            ("GET", f"{CONVERSATION}/members/{{member}}", self.member),
        ):
            app.router.add_route(method, path, self._served(serve))
        for method, path, serve in (
            ("PUT", "/drive/{file}/upload", drive.upload),
            ("GET", "/drive/{file}/download", drive.download),
        ):
            app.router.add_route(method, path, self._drive(serve))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.base = f"http://{host}:{port}"

    async def close(self) -> None:
        self.faults.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def called(self, method: str, path: str = "") -> list[Call]:
        """The requests that were worked on with this in their path, oldest first."""
        return [one for one in self.calls if one.method == method and path in one.path]

    def _served(
        self, work: Callable[[web.Request, Json], tuple[int, Json]]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answered(request: web.Request) -> web.StreamResponse:
            body: Json = {}
            try:
                self._authorize(request)
                body = _object(await request.text())
                status, answer = work(request, body)
            except Refused as refused:
                status, answer = refused.status, worded(refused.code, refused.message)
            self.calls.append(Call(request.method, request.path, body, status))
            self.change()
            return web.json_response(answer, status=status)

        async def served(request: web.Request) -> web.StreamResponse:
            # Read at once: what is done after the connection ended needs its body all the same.
            await request.read()
            return await self.faults.meet(request, lambda: answered(request))

        return served

    def _drive(
        self, work: Callable[[World, web.Request], Awaitable[web.StreamResponse]]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def served(request: web.Request) -> web.StreamResponse:
            await request.read()
            return await self.faults.meet(request, lambda: work(self, request))

        return served

    def _authorize(self, request: web.Request) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if self.signed and (scheme != "Bearer" or not self.microsoft.accepts(token)):
            raise Refused(401, "Unauthorized", "Authorization has been denied for this request.")


def _object(text: str) -> Json:
    try:
        found: Any = json.loads(text or "{}")
    except ValueError:
        raise Refused(400, "BadSyntax", "not JSON") from None
    if not isinstance(found, dict):
        raise Refused(400, "BadSyntax", "not an object")
    return found
