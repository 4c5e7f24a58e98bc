"""Tells an open page what is said, as it is said: Server-Sent Events over one long response."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from aiohttp import web

from bot.web.conversation import Conversation, Ears, Event, Line, Tick
from bot.web.guard import HEADERS
from bot.web.pages import View

BEAT = 15.0  # seconds between signs of life, in which a gone reader is noticed


async def stream(
    request: web.Request, view: View, conversation: Conversation, now: Callable[[], datetime]
) -> web.StreamResponse:
    """Serve one page until it leaves or the bot stops.

    It starts with everything there is: a page that comes back after a break has missed nothing,
    and a line that it already shows is known by its id and version.
    """
    response = web.StreamResponse(headers={**HEADERS, "Cache-Control": "no-store"})
    response.content_type = "text/event-stream"
    place = view.here.place(view.me).id
    # A reader who has gone is noticed at the next thing it is told.
    with conversation.listen(place, view.me) as ears, suppress(ConnectionResetError):
        lines = [view.line(line) for line in conversation.seen(place, view.me)]
        await response.prepare(request)
        await response.write(b"retry: 1000\n\n" + _event("lines", lines))
        while (event := await _next(ears)) is not None:
            match event:
                case Line():
                    await response.write(_event("lines", [view.line(event)]))
                case Tick():
                    await response.write(_event("clock", view.moment(now())))
    return response


async def _next(ears: Ears) -> Event | None:
    try:
        return await asyncio.wait_for(ears.next(), BEAT)
    except TimeoutError:
        return Tick()


def _event(name: str, data: object) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()
