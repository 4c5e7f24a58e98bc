"""Speaks to Slack's Web API: one client over one session, and what its failures mean."""

# The SDK's own types are incomplete.
# pyright: reportUnknownMemberType=false

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import Slack as Settings
from bot.patience import patiently

log = logging.getLogger("jalon.slack")
# The SDK's own loggers quote payloads; ours say what failed.
QUIET = logging.getLogger("jalon.slack.sdk")
QUIET.setLevel(logging.CRITICAL)

TIMEOUT = 10  # seconds for one call
T = TypeVar("T")
NO_ANSWER = "no answer in JSON"
# What Slack answers where trying again later helps: the last ones once an administrator has seen
# to the app's token.
PASSING = {
    "fatal_error",
    "internal_error",
    "rate_limited",
    "ratelimited",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
    "account_inactive",
    "invalid_auth",
    "not_authed",
    "token_expired",
    "token_revoked",
}
# With these, Slack may have done what was asked.
MAYBE = {"fatal_error", "internal_error", "request_timeout", "service_unavailable", NO_ANSWER}


class Slack:
    """The workspace that the bot is in. Make it on the event loop that uses it; ``close`` it."""

    def __init__(self, settings: Settings) -> None:
        assert settings.bot_token is not None
        self.session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=TIMEOUT), trust_env=True
        )
        self.web = AsyncWebClient(
            settings.bot_token.get_secret_value(),
            base_url=settings.api_url,
            timeout=TIMEOUT,
            session=self.session,
            logger=QUIET,
            retry_handlers=[],  # those who call know better how long they can wait
        )
        # Once, at the start: not at each of the first thirty requests.
        self._signed_in = asyncio.create_task(self.until_said(lambda: self.ask("auth.test")))

    async def bot(self) -> str:
        """The bot's user id."""
        return str((await asyncio.shield(self._signed_in))["user_id"])

    async def team(self) -> str:
        """The workspace's id."""
        return str((await asyncio.shield(self._signed_in))["team_id"])

    async def names(self) -> tuple[str, str]:
        """What the bot and its workspace are called."""
        said = await asyncio.shield(self._signed_in)
        return str(said["user"]), str(said["team"])

    async def call(self, method: str, **args: Any) -> dict[str, Any]:
        """A method that does something. Raises SlackApiError and what aiohttp raises."""
        answer = await self.web.api_call(method, json=args)
        return cast("dict[str, Any]", answer.data)

    async def ask(self, method: str, **args: Any) -> dict[str, Any]:
        """A method that reads: those take no JSON."""
        answer = await self.web.api_call(method, params=args)
        return cast("dict[str, Any]", answer.data)

    async def until_said(self, ask: Callable[[], Awaitable[T]], *, once: bool = False) -> T:
        """What Slack answers, however long that takes; ``once``: never asked twice for it.

        Raises SlackApiError where Slack says no, and what is no failure of Slack's.
        """
        again = untaken if once else failing
        return await patiently(ask, again, lambda error: f"slack: {in_short(error)}", log)

    async def close(self) -> None:
        """Hang up."""
        self._signed_in.cancel()
        await asyncio.gather(self._signed_in, return_exceptions=True)
        await self.session.close()


def failing(error: Exception) -> float | None:
    """How many seconds to wait before trying again, at least; None where that would not help."""
    match error:
        case SlackApiError():
            answer = cast("Any", error.response)
            said, status = in_short(error), getattr(answer, "status_code", 200)
            if status == 429 or said in {"ratelimited", "rate_limited"}:
                return seconds(answer.headers.get("Retry-After", "")) + random.random()
            return 0.0 if status >= 500 or said in PASSING or said == NO_ANSWER else None
        # What is no JSON at all, as a proxy's own 503 may be, the SDK stumbles over.
        case (
            aiohttp.ClientError()
            | OSError()
            | AttributeError()
            | ValueError()
            | SlackRequestError()
        ):
            return 0.0
        case _:
            return None


def untaken(error: Exception) -> float | None:
    """As ``failing``, where Slack has certainly not done what was asked; None where it may have."""
    never_there = isinstance(
        error, aiohttp.ClientConnectorError | aiohttp.ClientProxyConnectionError
    )
    said_no = isinstance(error, SlackApiError) and in_short(error) not in MAYBE
    return failing(error) if never_there or said_no else None


def seconds(retry_after: str) -> float:
    """A `Retry-After` header in seconds; Slack's are whole numbers."""
    return float(retry_after) if retry_after.isdigit() else 1.0


def in_short(error: Exception) -> str:
    """What an error says, without anything it quotes."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    match getattr(cast("Any", error.response), "data", None):
        case {"error": str(said)}:
            return said
        case _:
            return NO_ANSWER
