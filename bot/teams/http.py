"""Teams over HTTP: activities are proven to be Microsoft's, then taken, and invokes answered."""

import json
import logging
from typing import Any, cast

from aiohttp import web
from pydantic import BaseModel, Field

from bot.dispatch import note
from bot.reading import at_most
from bot.teams.adapter import ROUTED, Adapter, Json, Receiver, activity_of
from bot.teams.authentication import Authentication
from bot.teams.keys import PAUSE, Unavailable
from bot.teams.origin import PATH

log = logging.getLogger("jalon.teams")

__all__ = ["PATH", "Endpoint"]

HALF = rb"\ud"
LARGEST = 1_000_000  # bytes; Teams' own are far smaller


class _Account(BaseModel):
    id: str = Field(min_length=1)


class _Any(BaseModel):
    """What every activity has."""

    type: str = Field(min_length=1)
    channel: str = Field(alias="channelId", min_length=1)
    service_url: str = Field(alias="serviceUrl", min_length=1)


class _Routed(_Any):
    """What one that we do something for has besides."""

    conversation: _Account
    sender: _Account = Field(alias="from")
    recipient: _Account


class Endpoint:
    """The one route for messages, invokes and what happens to the bot."""

    def __init__(self, authentication: Authentication, receiver: Receiver) -> None:
        self._authentication = authentication
        self._adapter = Adapter(authentication, receiver)

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one activity, or refuse it."""
        if request.content_type != "application/json":  # as a web page of a stranger's may post
            return _refused(415, "not JSON")
        raw = await at_most(request.content, LARGEST)
        if len(raw) > LARGEST:
            return _refused(413, "too large")
        try:
            read = parsed(raw)
        except (ValueError, RecursionError):
            return _refused(400, "not an activity that Teams documents")
        activity = activity_of(read)
        header = request.headers.get("Authorization", "")
        try:
            who = await self._authentication.authenticate_request(activity, header)
        except PermissionError as error:
            return _refused(401, str(error))
        except Unavailable:
            return _refused(503, "Microsoft's keys can't be read", {"Retry-After": f"{PAUSE:.0f}"})
        try:
            answer = await self._adapter.process(who, activity)
        except Exception as error:
            note(error)
            return web.Response(status=500)
        if answer is None:
            return web.Response(status=201)
        if answer.body is None:
            return web.Response(status=answer.status)
        return web.json_response(answer.body, status=answer.status)


def parsed(raw: bytes) -> Json:
    """An activity with what the endpoint and the door need of it. Raises ValueError else."""
    read = _whole(json.loads(raw)) if HALF in raw.lower() else json.loads(raw)
    needed = _Routed if _Any.model_validate(read).type in ROUTED else _Any
    needed.model_validate(read)
    return read


def _whole(read: Any) -> Any:
    """The same without halves of characters, which no database takes and nobody meant."""
    match read:
        case str():
            return read.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list():
            return [_whole(one) for one in cast("list[Any]", read)]
        case dict():
            return {name: _whole(one) for name, one in cast("dict[str, Any]", read).items()}
        case _:
            return read


def _refused(status: int, why: str, headers: dict[str, str] | None = None) -> web.Response:
    log.warning("teams: %d: %s", status, why)
    return web.Response(status=status, headers=headers)
