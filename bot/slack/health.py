"""What `jalon doctor` asks of Slack: tokens, scopes, channels, the clock. No token is ever said."""

import re
from collections.abc import AsyncGenerator, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import Slack
from bot.finding import Finding, bad, ok, warn
from bot.slack.client import NO_ANSWER, QUIET, failing, in_short
from bot.slack.manifest import SCOPES

PATIENCE = 10  # seconds for one answer
CLOCKS_DIFFER = timedelta(seconds=60)
LISTED = 10  # channels that are named in one line
APP = "api.slack.com/apps, Jalon"
BOT_TOKEN = f"{APP}, OAuth & Permissions"
APP_TOKEN = f"{APP}, Basic Information, App-Level Tokens, with connections:write"
SIGNING_SECRET = f"{APP}, Basic Information, App Credentials"
REINSTALL = f"Put what jalon manifest slack prints in {APP}, App Manifest, and install it again"


@dataclass(frozen=True, slots=True)
class Answer:
    """What Slack said to one question."""

    says: Mapping[str, Any]
    headers: Mapping[str, str]


class No(Exception):
    """Slack says no; the message is its code for why."""


async def findings(settings: Slack, channels: Collection[str], now: datetime) -> list[Finding]:
    """How the way to Slack is, at ``now`` in UTC.

    ``channels`` are the ids of those in which the bot was spoken to; direct chats are left out.
    """
    found: list[Finding] = []
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session:
            async for finding in _asked(settings, session, channels, now):
                found.append(finding)  # noqa: PERF401 what was found stays when the next fails
    except Exception as error:
        if failing(error) is None:
            raise
        host = urlsplit(settings.api_url).hostname
        says = f"Slack's Web API doesn't answer at {host}: {in_short(error)}"
        found.append(bad(says, "Look at the network, and at the setting slack.api_url"))
    if settings.signing_secret is not None:
        found.append(signing_secret(settings.signing_secret))
    return found


async def _asked(
    settings: Slack, session: aiohttp.ClientSession, channels: Collection[str], now: datetime
) -> AsyncGenerator[Finding]:
    """All that Slack itself can say."""

    def client(token: SecretStr) -> AsyncWebClient:
        return AsyncWebClient(
            token.get_secret_value(),
            base_url=settings.api_url,
            session=session,
            logger=QUIET,
            retry_handlers=[],
        )

    assert settings.bot_token is not None
    web = client(settings.bot_token)
    try:
        me = await _ask(web, "auth.test")
        yield ok(f"Slack: workspace {me.says['team']}, bot @{me.says['user']}")
        yield clock(me.headers.get("Date", ""), now)
        yield scopes(me.headers.get("x-oauth-scopes"))
        if spoken_in := [id for id in channels if id.startswith(("C", "G"))]:
            yield await _membership(web, spoken_in, me.says["user"])
    except No as no:
        yield _refused("the bot token", no, BOT_TOKEN)
    if settings.app_token is not None:
        try:
            await _ask(client(settings.app_token), "apps.connections.open")
            yield ok("Slack takes the app token: Socket Mode can connect")
        except No as no:
            yield _refused("the app token", no, APP_TOKEN, lacking=f"Make a new one: {APP_TOKEN}")


def clock(date: str, now: datetime) -> Finding:
    """Whether this machine agrees with the `Date` of Slack's answer."""
    try:
        theirs = parsedate_to_datetime(date).replace(tzinfo=UTC)  # it always is, in HTTP
    except ValueError:
        return warn("Slack's answer has no date to set against this machine's", "Compare: date -u")
    apart = now - theirs
    if abs(apart) <= CLOCKS_DIFFER:
        return ok("Slack's clock agrees with this machine's")
    side = "ahead of" if apart > timedelta() else "behind"
    return bad(
        f"This machine's clock is {abs(apart).total_seconds():,.0f} s {side} Slack's:"
        " what Slack signed more than five minutes ago is refused",
        "Set this machine's clock",
    )


def scopes(granted: str | None) -> Finding:
    """Whether the app has what the manifest asks for; ``granted`` is Slack's header."""
    if granted is None:
        return warn("Slack doesn't say which scopes the app has", f"Look: {BOT_TOKEN}")
    missing = [one.name for one in SCOPES if one.name not in re.split(r"[,\s]+", granted)]
    if missing:
        return bad(f"The app lacks scopes in Slack: {', '.join(missing)}", REINSTALL)
    return ok(f"The app has all of its {len(SCOPES)} scopes in Slack")


def signing_secret(secret: SecretStr) -> Finding:
    """Whether it looks like one; more than that, only a request from Slack shows."""
    if re.fullmatch(r"[0-9a-f]{32}", secret.get_secret_value()):
        return ok("The signing secret looks like one; whether it is the app's, a request shows")
    says = "The signing secret doesn't look like one: 32 characters of 0 to 9 and a to f"
    return warn(says, f"Copy it again: {SIGNING_SECRET}")


async def _membership(web: AsyncWebClient, channels: list[str], bot: str) -> Finding:
    """Whether the bot is in the channels that it was spoken to in."""
    try:
        joined = await _joined(web)
        outside = [id for id in channels if id not in joined]
        names = [name for id in outside[:LISTED] if (name := await _name(web, id))]
    except No as no:
        return _refused("to list the bot's channels", no, BOT_TOKEN)
    if not names:
        return ok("The bot is in every channel where it was spoken to")
    more = f" and {len(outside) - LISTED} more" if len(outside) > LISTED else ""
    return warn(
        f"The bot was spoken to in channels that it is not in: {', '.join(names)}{more}",
        f"Write /invite @{bot} there: else it doesn't hear its name, and can't post",
    )


async def _joined(web: AsyncWebClient) -> set[str]:
    """The ids of the channels that the bot is in."""
    joined: set[str] = set()
    cursor = ""
    while True:
        page = await _ask(
            web,
            "users.conversations",
            types="public_channel,private_channel",
            exclude_archived="true",
            limit="200",
            cursor=cursor,
        )
        joined |= {channel["id"] for channel in page.says["channels"]}
        cursor = page.says.get("response_metadata", {}).get("next_cursor", "")
        if not cursor:
            return joined


async def _name(web: AsyncWebClient, id: str) -> str:
    """A channel's name, or its id where it is private; "" where it is archived."""
    try:
        channel = (await _ask(web, "conversations.info", channel=id)).says["channel"]
    except No as no:
        if str(no) != "channel_not_found":
            raise
        return id
    return "" if channel.get("is_archived") else f"#{channel['name']}"


async def _ask(web: AsyncWebClient, method: str, **values: str) -> Answer:
    """Raises No, and what ``failing`` knows of."""
    try:
        answer: Any = await web.api_call(  # pyright: ignore[reportUnknownMemberType] - partly typed
            method, params=values
        )
    except SlackApiError as error:
        if (code := in_short(error)) == NO_ANSWER:
            raise
        raise No(code) from None
    return Answer(answer.data, answer.headers)


def _refused(what: str, no: No, page: str, lacking: str = REINSTALL) -> Finding:
    match str(no):
        case "account_inactive" | "token_revoked" | "token_expired":
            to_do = f"Install the app again and copy its token: {page}"
        case "missing_scope" | "no_permission":
            to_do = lacking
        case "ratelimited" | "rate_limited" | "internal_error" | "fatal_error":
            to_do = "Look again in a minute"
        case _:
            to_do = f"Copy it again: {page}"
    return bad(f"Slack refuses {what}: {no}", to_do)
