"""Speaks to Teams: the REST calls of the Bot Connector, over one session and with one token."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from functools import lru_cache
from typing import Any, cast
from urllib.parse import quote
from urllib.request import getproxies, proxy_bypass

import aiohttp

from bot.teams.refusals import NO_ANSWER, NOT_ALLOWED, Refused, code_of, failing, final, in_short
from bot.teams.tokens import Tokens

__all__ = ["Connector", "Refused", "failing", "final", "in_short"]

TIMEOUT = 10.0  # seconds for one call
PAGE = 500  # members; the most that Teams gives at once

Json = dict[str, Any]


class Connector:
    """The conversations that the bot is in. Without ``tokens`` it proves nothing of itself.

    ``session`` need not trust the environment: which proxy that names, is found here.

    ``allowed`` says of a service URL whether the bot may call there. Every method raises Refused,
    SignInRefused and what aiohttp raises; ``failing`` says of each whether it may go away.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        tokens: Tokens | None,
        allowed: Callable[[str], bool],
        timeout: float = TIMEOUT,
    ) -> None:
        self._session = session
        self._tokens = tokens
        self._allowed = allowed
        self._timeout = aiohttp.ClientTimeout(total=timeout)

    async def send(self, service_url: str, conversation: str, activity: Mapping[str, Any]) -> str:
        """Post an activity; its id, or "" where Teams took it and gave none."""
        path = f"{_of(conversation)}/activities"
        answer = await self._call("POST", service_url, path, json=activity)
        return str(answer.get("id") or "")

    async def update(
        self, service_url: str, conversation: str, id: str, activity: Mapping[str, Any]
    ) -> None:
        """Put an activity in the place of the one with this id."""
        path = f"{_of(conversation)}/activities/{quote(id, safe='')}"
        await self._call("PUT", service_url, path, json=activity)

    async def delete(self, service_url: str, conversation: str, id: str) -> None:
        """Take back the activity with this id."""
        path = f"{_of(conversation)}/activities/{quote(id, safe='')}"
        await self._call("DELETE", service_url, path)

    async def create_chat(
        self, service_url: str, tenant: str, bot: Mapping[str, Any], user: str
    ) -> str:
        """The id of a person's own chat with the bot; the same one however often it is asked for.

        ``user`` is what Teams addresses them by ("29:…").
        """
        chat = {
            "bot": bot,
            "members": [{"id": user}],
            "isGroup": False,
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        match await self._call("POST", service_url, "v3/conversations", json=chat):
            case {"id": str(id)} if id:
                return id
            case _:
                raise Refused(200, NO_ANSWER)

    async def members(self, service_url: str, conversation: str) -> AsyncIterator[Json]:
        """Everyone in a conversation, as Teams describes them."""
        path, params = f"{_of(conversation)}/pagedmembers", {"pageSize": str(PAGE)}
        while True:
            page = await self._call("GET", service_url, path, params=params)
            for member in page.get("members") or ():
                yield member
            if not page.get("continuationToken"):
                return
            params["continuationToken"] = page["continuationToken"]

    async def _call(self, method: str, service_url: str, path: str, **args: Any) -> Json:
        if not self._allowed(service_url):
            raise Refused(0, NOT_ALLOWED)
        url = f"{service_url.rstrip('/')}/{path}"
        if self._tokens is None:
            return await self._ask(method, url, {}, **args)
        token = await self._tokens.get()
        try:
            return await self._ask(method, url, {"Authorization": f"Bearer {token}"}, **args)
        except Refused as refused:
            if refused.status != 401:
                raise
        self._tokens.forget(token)
        token = await self._tokens.get()
        return await self._ask(method, url, {"Authorization": f"Bearer {token}"}, **args)

    async def _ask(self, method: str, url: str, headers: Mapping[str, str], **args: Any) -> Json:
        async with self._session.request(
            method,
            url,
            headers=headers,
            timeout=self._timeout,
            proxy=_proxy(*url.split("/", 3)[::2][:2]),
            # Neither the token nor what is said goes where a service URL may not point.
            allow_redirects=False,
            **args,
        ) as response:
            raw = await response.read()
            if response.status >= 300:
                raise Refused(
                    response.status, code_of(raw), response.headers.get("Retry-After", "")
                )
            return _object(raw)


@lru_cache(1000)
def _proxy(scheme: str, host: str) -> str | None:
    """The way there that the environment names; aiohttp would ask in a thread, at each call."""
    return None if proxy_bypass(host) else getproxies().get(scheme.removesuffix(":"))


def _of(conversation: str) -> str:
    return f"v3/conversations/{quote(conversation, safe='')}"


def _object(raw: bytes) -> Json:
    """What was answered; done is done, so an answer that is no JSON object is an empty one."""
    try:
        answer = json.loads(raw)
    except ValueError:
        return {}
    return cast("Json", answer) if isinstance(answer, dict) else {}
