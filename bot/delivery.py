"""What the bot says by itself, to those it is due to, through whichever doors are open."""

import logging
from collections.abc import Awaitable, Callable

from bot.dispatch import note
from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage import addresses
from storage.addresses import Address
from storage.engine import Store

log = logging.getLogger("jalon")

# A door's own: once it comes back, the card is not lost any more.
Post = Callable[[Address, Card, Texts], Awaitable[None]]


class Delivery:
    """Hands cards over to doors."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._doors: dict[str, Post] = {}

    def open(self, platform: str, post: Post) -> None:
        """From now on, there is a door to this platform."""
        self._doors[platform] = post

    @property
    def platforms(self) -> tuple[str, ...]:
        """Those whose door is open."""
        return tuple(self._doors)

    async def post(self, address: Address, card: Card, t: Texts) -> None:
        """Say something at an address, in the language of ``t``. Its door must be open."""
        await self._doors[address.platform](address, card, t)

    async def tell_managers(self, says: Callable[[Texts], Card]) -> None:
        """Say something to every manager and administrator, each in their language.

        ``says`` makes the card in a language. Where nobody can be told, the log is told so.
        """
        told = 0
        for person, address in await self._store.read(addresses.of_managers, self.platforms):
            t = Texts.load(person.language)
            try:
                await self.post(address, says(t), t)
                told += 1
            except Exception as error:  # the others are told nevertheless
                note(error)
        if not told:
            log.warning("nobody could be told: no manager has a chat with the bot that is open")
