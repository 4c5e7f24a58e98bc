"""Faults to order: what goes wrong with the next requests, and how."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from aiohttp import web

Work = Callable[[], Awaitable[web.StreamResponse]]


class Final(StrEnum):
    """The codes of a 403 after which nothing more is to be sent there."""

    NOT_THERE = "BotNotInConversationRoster"
    BLOCKED_BY_USER = "ConversationBlockedByUser"
    WRITES_BLOCKED = "MessageWritesBlocked"
    DISABLED = "BotDisabledByAdmin"


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong ``times`` times where ``path`` is found in "METHOD /path".

    ``status`` with ``code`` is answered, or the connection is ``dropped``; with neither, it is only
    late: by ``delay`` seconds, or until ``hold`` is set. ``after``: what was asked for has been
    done all the same, only unheard of.
    """

    status: int = 0
    code: str = ""
    retry_after: float | None = None
    times: int = 1
    path: str = ""
    delay: float = 0.0
    hold: asyncio.Event | None = None
    dropped: bool = False
    after: bool = False


class Faults:
    """The faults ordered, first come first served. ``waiting`` are requests held up now.

    ``by_chance`` gives faults of requests ("METHOD /path") that none is ordered for.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._closing = asyncio.Event()
        self.left: list[Fault] = []
        self.waiting: list[str] = []
        self.by_chance: Callable[[str], Fault | None] = lambda _: None

    def add(
        self,
        *,
        status: int = 0,
        code: str = "",
        retry_after: float | None = None,
        times: int = 1,
        path: str = "",
        delay: float = 0.0,
        hold: asyncio.Event | None = None,
        dropped: bool = False,
        after: bool = False,
    ) -> None:
        """Order a fault; see ``Fault``. A ``code`` alone is a 403."""
        status = status or (403 if code else 0)
        self.left.append(Fault(status, code, retry_after, times, path, delay, hold, dropped, after))

    def close(self) -> None:
        """Let go of every request that waits."""
        self._closing.set()

    async def meet(self, request: web.Request, work: Work) -> web.StreamResponse:
        """Do the work, or what the next fault for this request makes of it."""
        name = f"{request.method} {request.path}"
        fault = self._next(name) or self.by_chance(name)
        if fault is None:
            return await work()
        done = await work() if fault.after else None
        if fault.delay or fault.hold:
            self.waiting.append(name)
            self._changed()
            await self._wait(fault)
            self.waiting.remove(name)
        if fault.dropped:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        return error(fault) if fault.status else done or await work()

    def _next(self, name: str) -> Fault | None:
        for place, fault in enumerate(self.left):
            if re.search(fault.path, name):
                self.left[place : place + 1] = (
                    [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                )
                return fault
        return None

    async def _wait(self, fault: Fault) -> None:
        waits = [asyncio.create_task(self._closing.wait())]
        if fault.hold:
            waits.append(asyncio.create_task(fault.hold.wait()))
        try:
            await asyncio.wait(
                waits, timeout=fault.delay or None, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            for one in waits:
                one.cancel()


def error(fault: Fault) -> web.Response:
    """An error as the connector words it; without a code a page, as a gateway does."""
    headers = {} if fault.retry_after is None else {"Retry-After": f"{fault.retry_after:g}"}
    code = fault.code or ("Throttled" if fault.status == 429 else "")
    if not code:
        page = f"<html><body><h1>{fault.status}</h1></body></html>"
        return web.Response(
            text=page, content_type="text/html", status=fault.status, headers=headers
        )
    return web.json_response(worded(code, code), status=fault.status, headers=headers)


def worded(code: str, message: str) -> dict[str, object]:
    """The body of an error. The blocked chat's is of another shape, as Microsoft shows it."""
    if code == Final.WRITES_BLOCKED:
        inner = '{\r\n  "subCode": "MessageWritesBlocked",\r\n  "details": "Thread is blocked"\r\n}'
        return {"errorCode": 209, "message": inner}
    return {"error": {"code": code, "message": message}}
