"""Says in Slack what nobody asked for, once: each message carries its key, and is looked for by it.

Slack gives back a message's metadata with a conversation's history; so what became of an attempt
whose answer was lost can be seen.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.dispatch import note
from bot.doors import NotSaid, Refusal, Said, Unclear
from bot.slack import files
from bot.slack.client import Slack, failing, in_short, untaken
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


class Posts:
    """What is said by itself, in channels and in people's own chats."""

    per_second = PER_SECOND

    def __init__(self, slack: Slack, members: Members, packing: Packing) -> None:
        self._slack = slack
        self._members = members
        self._packing = packing

    async def say(self, address: Address, card: Card, t: Texts, once: str) -> Said:
        """Post a card; its channel and timestamp. Of several pages, the last carries the key.

        Its pictures come after it: an attempt that ends between them is never made again.
        """
        shown = pages(await self._packing.card(card), t, Surface.MESSAGE, None)
        channel = await self._channel(address)
        for page in shown[:-1]:
            await self._post(channel, page, {})
        metadata = {"event_type": EVENT, "event_payload": {"once": once}}
        said = await self._post(channel, shown[-1], {"metadata": metadata})
        lacks = ""
        for picture in card.pictures:
            try:
                async with asyncio.timeout(UPLOADING):
                    await files.show(self._slack, picture, channel, once=True)
            except Exception as error:  # the message stands without it
                lacks = in_short(error) if _is_slack_s(error) else f"error {note(error)}"
        return Said(f"{channel} {said['ts']}", lacks)

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
        except Exception as error:
            if failing(error) is not None and untaken(error) is None:
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


def _is_slack_s(error: Exception) -> bool:
    """Whether Slack said no, or failed."""
    return isinstance(error, SlackApiError) or failing(error) is not None


def _not_said(error: Exception) -> Exception:
    """What an error means where nothing was said; one that is no failure of Slack's, as it is."""
    wait = failing(error)
    if wait is not None:
        return NotSaid(wait, in_short(error))
    return Refusal(in_short(error)) if isinstance(error, SlackApiError) else error
