"""Slack over HTTP: requests are proven to be Slack's before anything of them is read."""

import json
import logging
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from pydantic import TypeAdapter
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.reading import at_most
from bot.slack.signature import complaint

log = logging.getLogger("jalon.slack")

LARGEST = 1_000_000  # bytes; Slack's own are far smaller

_OBJECT = TypeAdapter(dict[str, Any])


class Events:
    """The one route for commands, interactivity, options and events."""

    def __init__(
        self, app: AsyncApp, signing_secret: str, clock: Callable[[], float] = time.time
    ) -> None:
        self._app = app
        self._secret = signing_secret.encode()
        self._clock = clock

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one of Slack's requests, or refuse one that is not."""
        raw = await at_most(request.content, LARGEST)
        if len(raw) > LARGEST:
            return _refused(413, "too large")
        if problem := complaint(request.headers, raw, self._secret, self._clock()):
            return _refused(401, problem)
        try:
            body = parsed(request.content_type, raw.decode())
        except ValueError:
            return _refused(401, "malformed body")
        if body.get("type") == "ssl_check":
            return web.Response()
        # As Socket Mode hands it over: parsed. Bolt's own parser takes a command whose words
        # include "payload" for an interaction without one.
        bolt = AsyncBoltRequest(body=body, mode="socket_mode")
        answer = await self._app.async_dispatch(bolt)
        if answer.status != 200:  # Bolt stumbled over it, or knows of nothing like it
            return _refused(400, "not a payload that Slack documents")
        return await to_aiohttp_response(answer)


def parsed(content_type: str, text: str) -> dict[str, Any]:
    """A body: an event's JSON, an interaction's JSON in a form, or a command's form.

    Raises ValueError for anything else.
    """
    if content_type == "application/json":
        body = json.loads(text)
    else:
        form = dict(parse_qsl(text, keep_blank_values=True))
        if "ssl_check" in form:
            return {"type": "ssl_check"}
        body = form if "command" in form else json.loads(form.get("payload", ""))
    return _OBJECT.validate_python(body)


def _refused(status: int, why: str) -> web.Response:
    log.warning("slack: %d: %s", status, why)
    return web.Response(status=status)
