"""Says in Slack what nobody asked for, once: each message carries its key, and is looked for by it.

Slack gives back a message's metadata with a conversation's history; so what became of an attempt
whose answer was lost can be seen.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.dispatch import note
from bot.doors import NotSaid, Refusal, Unclear
from bot.slack import files
from bot.slack.client import NO_ANSWER, Slack, failing, in_short
from bot.slack.limits import Surface
from bot.slack.members import Members
from bot.slack.packing import Packing
from bot.slack.render import Rendered, pages
from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage.addresses import Address

EVENT = "jalon_post"  # the type of the metadata
UPLOADING = 30  # seconds for a picture
SKEW = 300  # seconds by which clocks may differ
PAGE = 200  # messages of a history at once
# Slack says of several hundred messages a minute that they are too many for a workspace.
PER_SECOND = 4.0
# With these, Slack may have done what was asked.
MAYBE = {"fatal_error", "internal_error", "request_timeout", "service_unavailable", NO_ANSWER}


class Posts:
    """What is said by itself, in channels and in people's own chats."""

    per_second = PER_SECOND

    def __init__(self, slack: Slack, members: Members, packing: Packing) -> None:
        self._slack = slack
        self._members = members
        self._packing = packing

    async def say(self, address: Address, card: Card, t: Texts, once: str) -> str:
        """Post a card; its channel and timestamp. Of several pages, the last carries the key."""
        shown = pages(await self._packing.card(card), t, Surface.MESSAGE, None)
        channel = await self._channel(address)
        for page in shown[:-1]:
            await self._post(channel, page, {})
        metadata = {"event_type": EVENT, "event_payload": {"once": once}}
        said = await self._post(channel, shown[-1], {"metadata": metadata})
        for picture in card.pictures:
            try:
                async with asyncio.timeout(UPLOADING):
                    await files.show(self._slack, picture, channel)
            except Exception as error:  # the words of the message say the same
                note(error)
        return f"{channel} {said['ts']}"

    async def said(self, address: Address, once: str, since: int) -> str | None:
        """Look through what was said there since, for the message with this key."""
        channel, us, cursor = await self._channel(address), await self._slack.bot(), ""
        while True:
            try:
                page = await self._slack.ask(
                    "conversations.history",
                    channel=channel,
                    oldest=str(since - SKEW),
                    include_all_metadata="true",
                    limit=str(PAGE),
                    cursor=cursor,
                )
            except Exception as error:
                raise _not_said(error) from error
            for one in page["messages"]:
                if one.get("user") == us and _once(one) == once:
                    return f"{channel} {one['ts']}"
            cursor = _next(page)
            if not cursor:
                return None

    async def edit(self, address: Address, message: str, card: Card, t: Texts) -> None:
        """Have the message show this card; of several pages the first."""
        channel, _, ts = message.partition(" ")
        page = pages(await self._packing.card(card), t, Surface.MESSAGE, None)[0]
        try:
            await self._slack.call(
                "chat.update", channel=channel, ts=ts, blocks=page.blocks, text=page.text
            )
        except Exception as error:
            raise _not_said(error) from error

    async def _channel(self, address: Address) -> str:
        """The id of the conversation: a person's own chat with the bot has one of its own."""
        if address.person is None:
            return address.id
        try:
            return await self._members.direct_chat(address.id)
        except Exception as error:
            raise _not_said(error) from error

    async def _post(
        self, channel: str, page: Rendered, more: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        args = {"channel": channel, "blocks": page.blocks, "text": page.text, **more}
        try:
            return await self._slack.call("chat.postMessage", **args)
        except (aiohttp.ClientConnectorError, aiohttp.ClientProxyConnectionError) as error:
            raise NotSaid(0.0, in_short(error)) from error
        except Exception as error:
            lost = not isinstance(error, SlackApiError) and failing(error) is not None
            if lost or in_short(error) in MAYBE:
                raise Unclear(in_short(error)) from error
            raise _not_said(error) from error


def _next(page: Mapping[str, Any]) -> str:
    match page.get("response_metadata"):
        case {"next_cursor": str(cursor)}:
            return cursor
        case _:
            return ""


def _once(message: Mapping[str, Any]) -> str:
    match message.get("metadata"):
        case {"event_type": str(kind), "event_payload": {"once": str(once)}} if kind == EVENT:
            return once
        case _:
            return ""


def _not_said(error: Exception) -> Exception:
    """What an error means where nothing was said; one that is no failure of Slack's, as it is."""
    wait = failing(error)
    if wait is not None:
        return NotSaid(wait, in_short(error))
    return Refusal(in_short(error)) if isinstance(error, SlackApiError) else error
