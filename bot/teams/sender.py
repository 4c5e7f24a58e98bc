"""Has something said in Teams: what is handed over is delivered, if late, and outlives a restart.

In one conversation things are said in the order in which they were handed over.
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from bot.outbox import Outbox
from bot.patience import patiently
from bot.teams.connector import Connector, Refused, failing, final, in_short
from bot.teams.origin import PLATFORM, Origin
from storage.addresses import Address
from storage.engine import Store

log = logging.getLogger("jalon.teams")

Json = dict[str, Any]
NOT_FOUND_TRIES = 4
# Closes the address with this id, for the reason that Teams gave.
Close = Callable[[str, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Chat:
    """Where to write: a conversation, or if it has no id, the own chat of ``user`` with the bot."""

    service_url: str
    conversation: str = ""
    tenant: str = ""
    bot: str = ""
    user: str = ""

    @classmethod
    def of(cls, origin: Origin) -> Self:
        """Where something came from."""
        return cls(origin.service_url, origin.conversation)

    @classmethod
    def with_(cls, origin: Origin) -> Self:
        """The own chat of whom something came from."""
        if origin.direct:
            return cls.of(origin)
        return cls(origin.service_url, "", origin.tenant, origin.bot, origin.user)

    def to_json(self) -> Json:
        """All of it; ``asdict`` would take as long as the rest of a message."""
        return {
            "service_url": self.service_url,
            "conversation": self.conversation,
            "tenant": self.tenant,
            "bot": self.bot,
            "user": self.user,
        }

    @classmethod
    def at(cls, address: Address) -> Self:
        """What an address refers to."""
        reference = json.loads(address.reference)
        return cls(reference["serviceUrl"], reference["conversation"]["id"])


@dataclass(frozen=True, slots=True)
class Message:
    """An activity to post, or to put in the place of the one whose id it ``replaces``.

    ``only_there``: where that is gone, nothing is said. ``said`` and ``unsaid`` are said after it,
    as it could be delivered or not.
    """

    to: Chat
    activity: Json
    replaces: str = ""
    said: "Message | None" = None
    unsaid: "Message | None" = None
    only_there: bool = False

    @classmethod
    def read(cls, content: Json) -> Self:
        """What ``to_json`` made of one."""
        then = {name: content[name] and cls.read(content[name]) for name in ("said", "unsaid")}
        to, only_there = Chat(**content["to"]), content["only_there"]
        return cls(to, content["activity"], content["replaces"], **then, only_there=only_there)

    def to_json(self) -> Json:
        """All of it; the activity is the very same."""
        return {
            "to": self.to.to_json(),
            "activity": self.activity,
            "replaces": self.replaces,
            "said": self.said and self.said.to_json(),
            "unsaid": self.unsaid and self.unsaid.to_json(),
            "only_there": self.only_there,
        }


def words(text: str) -> Json:
    """An activity of plain words."""
    return {"type": "message", "textFormat": "plain", "text": text}


class Sender:
    """Delivers what it is handed."""

    def __init__(
        self, connector: Connector, store: Store, now: Callable[[], datetime], close: Close
    ) -> None:
        self._connector = connector
        self._close = close
        self._outbox = Outbox(PLATFORM, store, now, self._deliver)
        self._lanes: dict[str, tuple[asyncio.Lock, int]] = {}
        self._chats: dict[str, str] = {}

    async def send(self, message: Message) -> None:
        """Take a message over: from here on it is not lost. Returns before it is delivered."""
        await self._outbox.put({"message": message.to_json()})

    def go_on(self, id: int, content: Json) -> None:
        """Deliver what was taken over under this number."""
        self._outbox.go_on(id, content)

    async def now(self, message: Message) -> str:
        """Post at once, without keeping it; the id of the activity. Raises what Teams says."""
        conversation = await self._conversation(message.to)
        return await self._connector.send(message.to.service_url, conversation, message.activity)

    async def close(self) -> None:
        """Finish what goes through at once; the rest is taken up at the next start."""
        await self._outbox.close()

    async def _deliver(self, content: Json) -> None:
        message = Message.read(content["message"])
        async with self._lane(message.to.conversation or message.to.user):
            delivered = await self._goes_through(message)
        after = message.said if delivered else message.unsaid
        if after is not None:
            await self._deliver({"message": after.to_json()})

    async def _goes_through(self, message: Message) -> bool:
        try:
            await patiently(lambda: self._go(message), failing, _says, log)
        except Refused as refused:
            log.warning("%s", _says(refused))
            own = self._chats.pop(message.to.user, "")
            if why := final(refused):
                await self._close(message.to.conversation or own, why)
            return False
        return True

    async def _go(self, message: Message) -> None:
        to, connector = message.to, self._connector
        conversation = await self._conversation(to)
        if message.replaces:
            try:
                await connector.update(
                    to.service_url, conversation, message.replaces, message.activity
                )
                return
            except Refused as refused:
                if failing(refused) is not None or final(refused):
                    raise
                log.info("teams: what should be replaced can't be: %s", refused)
            if message.only_there:
                return
        await self._post(to.service_url, conversation, message.activity)

    async def _post(self, service_url: str, conversation: str, activity: Json) -> None:
        async def post() -> str:
            return await self._connector.send(service_url, conversation, activity)

        # Teams says it now and then of conversations that are there.
        await patiently(post, _not_found, _says, log, NOT_FOUND_TRIES)

    async def _conversation(self, to: Chat) -> str:
        if to.conversation:
            return to.conversation
        if to.user not in self._chats:
            self._chats[to.user] = await self._connector.create_chat(
                to.service_url, to.tenant, {"id": to.bot}, to.user
            )
        return self._chats[to.user]

    @asynccontextmanager
    async def _lane(self, name: str) -> AsyncGenerator[None]:
        """Wait for what goes the same way and was first."""
        lock, waiting = self._lanes.get(name, (asyncio.Lock(), 0))
        self._lanes[name] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._lanes.pop(name)
            if waiting > 1:
                self._lanes[name] = lock, waiting - 1


def _not_found(error: Exception) -> float | None:
    return 0.0 if isinstance(error, Refused) and error.status == 404 else None


def _says(error: Exception) -> str:
    return f"teams: {in_short(error)}"
