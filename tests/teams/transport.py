"""How Teams reaches a bot: one URL, each request with a token that Microsoft signed."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.teams.microsoft import Microsoft
from tests.teams.people import APP_ID, Json

TURN = 15  # seconds that Teams waits for an answer


@dataclass(frozen=True, slots=True)
class Response:
    """What was answered to a request."""

    status: int
    body: bytes
    content_type: str = "application/json"

    @property
    def json(self) -> Any:
        """The body read as JSON; None where it is empty."""
        return json.loads(self.body) if self.body else None


class Transport:
    """Requests to the bot's ``url``, which may be another one after a restart.

    ``signed`` false: no token, as from the local clients that stand in for Teams.
    """

    def __init__(self, url: str, microsoft: Microsoft, *, signed: bool = True) -> None:
        self.url = url
        self.signed = signed
        self._microsoft = microsoft
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TURN))

    async def deliver(self, activity: Json) -> Response:
        body, authorization = json.dumps(activity).encode(), ""
        if self.signed:
            authorization = f"Bearer {self._microsoft.token(APP_ID, activity['serviceUrl'])}"
        return await self.post(body, authorization)

    async def several(self, activity: Json, copies: int) -> list[Response]:
        """Deliver the same thing so many times at once."""
        return await asyncio.gather(*(self.deliver(activity) for _ in range(copies)))

    async def post(self, body: bytes, authorization: str = "") -> Response:
        """Send a body as it is, with a header that may be wrong, or without one."""
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)",
        }
        if authorization:
            headers["Authorization"] = authorization
        async with self._session.post(self.url, data=body, headers=headers) as answer:
            return Response(answer.status, await answer.read(), answer.content_type)

    async def get(self, url: str) -> Response:
        """What a person's browser is given at an address."""
        async with self._session.get(url) as answer:
            return Response(answer.status, await answer.read(), answer.content_type)

    async def close(self) -> None:
        await self._session.close()
