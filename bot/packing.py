"""What a button carries; what it has no room for is held in the store, under a token."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from handlers.chat.cards import Action, Block, Card, Item, Progress
from handlers.chat.incoming import Incoming, Kind
from storage import held
from storage.engine import Store

HELD = "held"  # the only value of a button whose values are held under that token
AGAIN = "again"  # the value of a button that asks for an answer again, by its token

# JSON without a space. Made once: ``json.dumps`` makes an encoder at each call.
compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Unknown(Exception):
    """What a button held was let go, or never was."""


class Packing:
    """Makes values fit, and brings them back. A button holds ``most`` characters of JSON."""

    def __init__(self, store: Store, now: Callable[[], datetime], most: int) -> None:
        self._store = store
        self._now = now
        self._most = most

    async def card(self, card: Card) -> Card:
        """The card with buttons whose values fit."""
        blocks: list[Block] = []
        for block in card.blocks:
            if isinstance(block, Item | Progress) and any(map(self._too_long, block.actions)):
                block = replace(block, actions=await self._all(block.actions))
            blocks.append(block)
        if blocks != list(card.blocks) or any(map(self._too_long, card.actions)):
            return replace(card, blocks=tuple(blocks), actions=await self._all(card.actions))
        return card

    async def values(self, values: Mapping[str, str]) -> Mapping[str, str]:
        """Values that fit on a button."""
        content = compact(values)
        return values if len(content) <= self._most else {HELD: await self.hold(content)}

    async def given(self, values: Mapping[str, str]) -> Mapping[str, str]:
        """The values of a button that was pressed. Raises Unknown."""
        if set(values) != {HELD}:
            return values
        return json.loads(await self.held(values[HELD]))

    async def again(self, msg: Incoming) -> Callable[[int], Mapping[str, str]]:
        """The values of buttons that ask for the answer to ``msg`` again, from a page (0 on).

        It goes by the same key: what changed something does not do so twice.
        """
        token = await self.hold(
            json.dumps(
                {
                    "by": msg.sender.id,
                    "kind": msg.kind,
                    "key": msg.key,
                    "name": msg.name,
                    "text": msg.text,
                    "values": dict(msg.values),
                }
            )
        )
        return lambda page: {AGAIN: token, "page": str(page)}

    async def asked_again(self, msg: Incoming) -> tuple[Incoming, int]:
        """What such a button asks for, from where it was pressed, and the page.

        Raises PermissionError where the answer was someone else's, and Unknown.
        """
        kept = json.loads(await self.held(msg.values.get(AGAIN, "")))
        page = msg.values.get("page", "")
        if kept["by"] != msg.sender.id:
            raise PermissionError
        first = replace(
            msg,
            kind=Kind(kept["kind"]),
            key=kept["key"],
            name=kept["name"],
            text=kept["text"],
            values=kept["values"],
        )
        return first, int(page) if page.isascii() and page.isdigit() else 0

    async def _all(self, actions: tuple[Action, ...]) -> tuple[Action, ...]:
        return tuple([replace(one, values=await self.values(one.values)) for one in actions])

    async def hold(self, content: str) -> str:
        """The token under which it is held."""
        return await self._store.write(held.put, content, int(self._now().timestamp()))

    async def held(self, token: str) -> str:
        """What is held under a token. Raises Unknown."""
        content = await self._store.read(held.get, token)
        if content is None:
            raise Unknown
        return content

    def _too_long(self, action: Action) -> bool:
        # JSON writes no character in more than six: most values fit at a glance.
        glance = sum(len(name) + len(value) + 1 for name, value in action.values.items()) * 6
        return glance + 2 > self._most and len(compact(action.values)) > self._most
