"""Faults to order: what goes wrong with the next calls, and how."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from aiohttp import web

Work = Callable[[], Awaitable[web.StreamResponse]]


class Wrong(StrEnum):
    """The ways a call can go wrong."""

    STATUS = "status"
    SLOW = "slow"
    DROPPED = "dropped"
    MALFORMED = "malformed"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``after``: what was asked for has been done all the same, only unheard of."""

    wrong: Wrong
    after: bool = False
    status_code: int = 200
    retry_after: int = 0
    error_code: str = ""
    go: asyncio.Event | None = None

    @classmethod
    def rate_limited(cls, retry_after: int = 1) -> Self:
        """429 with ``Retry-After`` in seconds."""
        return cls(Wrong.STATUS, status_code=429, retry_after=retry_after)

    @classmethod
    def status(cls, code: int, *, after: bool = False) -> Self:
        """An HTTP error such as 500 or 503, with a page and no JSON."""
        return cls(Wrong.STATUS, after, status_code=code)

    @classmethod
    def slow(cls, go: asyncio.Event, *, after: bool = False) -> Self:
        """Answered when ``go`` is set; the work waits too unless it is done ``after``."""
        return cls(Wrong.SLOW, after, go=go)

    @classmethod
    def dropped(cls, *, after: bool = False) -> Self:
        """The connection ends without an answer."""
        return cls(Wrong.DROPPED, after)

    @classmethod
    def malformed(cls, *, after: bool = False) -> Self:
        """200 with half a JSON text."""
        return cls(Wrong.MALFORMED, after)

    @classmethod
    def error(cls, code: str) -> Self:
        """200 with ``ok: false`` and this error; for a response_url, 404."""
        return cls(Wrong.ERROR, error_code=code)


class Faults:
    """The faults ordered for each method, first come first served.

    ``waiting`` are the methods whose answers are slow now; ``met`` is called when one becomes so.
    ``by_chance`` gives faults of methods that none is ordered for.
    """

    def __init__(self, met: Callable[[], None]) -> None:
        self._met = met
        self._ordered: dict[str, list[Fault]] = defaultdict(list)
        self._closing = asyncio.Event()
        self.waiting: list[str] = []
        self.by_chance: Callable[[str], Fault | None] = lambda _: None

    def order(self, method: str, times: int, fault: Fault) -> None:
        self._ordered[method] += [fault] * times

    @property
    def left(self) -> dict[str, list[Fault]]:
        """Faults that no call has met yet."""
        return {method: faults for method, faults in self._ordered.items() if faults}

    def close(self) -> None:
        """Let go of every call that waits."""
        self._closing.set()

    async def meet(self, request: web.Request, method: str, work: Work) -> web.StreamResponse:
        """Do the work, or what the next fault of this method makes of it."""
        faults = self._ordered[method]
        fault = faults.pop(0) if faults else self.by_chance(method)
        if fault is None:
            return await work()
        done = await work() if fault.after else None
        match fault.wrong:
            case Wrong.SLOW:
                assert fault.go is not None
                self.waiting.append(method)
                self._met()
                await self._wait(fault.go)
                self.waiting.remove(method)
                return done or await work()
            case Wrong.DROPPED:
                return _drop(request)
            case Wrong.MALFORMED:
                return web.Response(text='{"ok": tr', content_type="application/json")
            case Wrong.ERROR:
                status = 404 if method == "response_url" else 200
                return web.json_response({"ok": False, "error": fault.error_code}, status=status)
            case Wrong.STATUS:
                return _http_error(fault)

    async def _wait(self, go: asyncio.Event) -> None:
        waits = [asyncio.create_task(one.wait()) for one in (go, self._closing)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()


def _http_error(fault: Fault) -> web.Response:
    if fault.status_code == 429:
        return web.json_response(
            {"ok": False, "error": "ratelimited"},
            status=429,
            headers={"Retry-After": str(fault.retry_after)},
        )
    page = f"<html><body><h1>{fault.status_code}</h1></body></html>"
    return web.Response(text=page, content_type="text/html", status=fault.status_code)


def _drop(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
