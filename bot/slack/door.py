"""The Slack door: hears everything Slack delivers, each thing once, and in Slack's time."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal, assert_never

from bot.dispatch import Dispatch, note
from bot.late import Late
from bot.once import Once
from bot.packing import Unknown
from bot.slack import modal, payloads
from bot.slack.answering import Answer, Answering
from bot.slack.client import Slack
from bot.slack.members import PLATFORM, Members
from bot.slack.packing import Packing
from bot.slack.payloads import Heard, Payload
from bot.slack.posting import Posts
from bot.slack.sender import Sender
from handlers.chat.incoming import Incoming, Kind, Place
from storage import unfinished

ACK_WITHIN = 2.0  # seconds; Slack waits for 3

Ack = Mapping[str, Any] | None  # the body of the answer to Slack's own request
What = Literal["command", "press", "submission", "shortcut", "event"]


class Door:
    """Takes deliveries, over whichever transport they come."""

    def __init__(self, slack: Slack, dispatch: Dispatch) -> None:
        self._dispatch = dispatch
        self._store = dispatch.store
        self._members = Members(slack, dispatch.store)
        self._packing = Packing(dispatch.store, dispatch.now)
        self._sender = Sender(slack, dispatch.store, dispatch.now)
        self._answering = Answering(slack, dispatch, self._members, self._packing, self._sender)
        self.posts = Posts(slack, self._members, self._packing)
        self._once = Once[Answer]()
        self._late = Late(PLATFORM, dispatch.store, dispatch.now)

    async def start(self) -> None:
        """Take up what was not finished when the bot last stopped."""
        for one in await self._store.read(unfinished.everything, PLATFORM):
            content = json.loads(one.content)
            if "ways" in content:
                self._sender.go_on(one.id, content)
                continue
            heard = await self._read(content["what"], content["payload"])
            if heard is None:
                await self._store.write(unfinished.done, one.id)
            else:
                self._late.go_on(heard.key, one.id, lambda heard=heard: self._finish(heard))

    async def close(self) -> None:
        """Finish what can be finished at once; the rest is taken up at the next start."""
        await self._members.close()
        await self._late.close()
        await self._answering.close()
        await self._sender.close()

    async def take(self, what: What, payload: Payload) -> Ack:
        """Answer a delivery, within the time that Slack waits; what takes longer is said after.

        Whatever is acknowledged and not yet done is remembered first.
        """
        heard = await self._read(what, payload)
        if heard is None:
            return None
        try:
            async with asyncio.timeout(ACK_WITHIN):
                return (await self._once(heard.key, lambda: self._answer(heard))).ack
        except TimeoutError:
            pass
        content = {"what": what, "payload": payload}
        await self._late.take(heard.key, content, lambda: self._finish(heard))
        return None

    async def suggest(self, payload: Payload) -> Mapping[str, Any]:
        """The choices of an input that is searched as one types."""
        user, search = payload["user"], payload["action_id"].removeprefix(modal.SEARCH)
        sender = await self._members.get(user["id"])
        place = Place(PLATFORM, sender.id, direct=True)
        msg = Incoming(sender, place, Kind.PRESS, "", search, payload.get("value", ""))
        return modal.options(await self._dispatch.choices(msg))

    async def _read(self, what: What, payload: Payload) -> Heard | None:
        """What was heard; None where it is not for us, or no payload that Slack documents."""
        try:
            return await self._heard(what, payload)
        except (KeyError, IndexError, TypeError, ValueError) as error:
            note(error)
            return None

    async def _heard(self, what: What, payload: Payload) -> Heard | None:
        match what:
            case "command":
                return payloads.command(payload)
            case "press":
                return payloads.press(payload)
            case "submission":
                try:
                    carried = await self._packing.carried(payload["view"]["private_metadata"])
                except Unknown:  # what was typed is still given back
                    origin = {"origin": {"user": payload["user"]["id"]}, "values": {}}
                    return replace(payloads.submission(payload, json.dumps(origin)), name="")
                return payloads.submission(payload, carried)
            case "shortcut":
                return payloads.shortcut(payload)
            case "event":
                return payloads.event(payload)
            case _:
                assert_never(what)

    async def _answer(self, heard: Heard) -> Answer:
        try:
            return await self._answering(heard)
        except Exception as error:
            return await self._answering.failed(heard, note(error))

    async def _finish(self, heard: Heard) -> None:
        """Say what Slack no longer waits for."""
        answer = await self._once(heard.key, lambda: self._answer(heard))
        late = await answer.late()
        if late:
            await self._sender.send(late)
