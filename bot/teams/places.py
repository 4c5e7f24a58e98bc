"""The place that something counts as said in: a channel, also where its private answer is.

A private answer to what was said in a channel stands in the person's own chat. Its buttons carry
the channel, so that what is for all still goes there; signed, as what a button sends back is a
stranger's word.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.teams.activities import Heard
from bot.teams.origin import PLATFORM, THREAD
from bot.teams.sender import Chat
from bot.teams.signing import Signer
from handlers.chat.cards import Action, Block, Card, Item, Progress
from handlers.chat.incoming import Place
from storage import addresses
from storage.engine import Store
from storage.people import PEOPLE

CARRIED = "teams.place"  # the value of a button that names the channel it is about
SIGNED = "teams.signed"


class Places:
    """Finds the place. ``secret`` must outlive a restart, as buttons do."""

    def __init__(self, store: Store, secret: str) -> None:
        self._store = store
        self._signer = Signer("places", secret)

    def of(
        self, heard: Heard, values: Mapping[str, str]
    ) -> tuple[Mapping[str, str], Place, Chat | None]:
        """The values without what they carry, the place, and the channel if that is elsewhere."""
        origin = heard.origin
        here = Place(PLATFORM, origin.place, origin.direct, origin.reference)
        if CARRIED not in values:
            return values, here, None
        channel, signed = values[CARRIED], values.get(SIGNED, "")
        values = {name: value for name, value in values.items() if name not in (CARRIED, SIGNED)}
        id = channel.partition(THREAD)[0]
        address = self._store.recall(PEOPLE, addresses.find, PLATFORM, id)
        if (
            address is None
            or address.closed
            or not self._signer.signed(signed, channel, heard.who.identity)
        ):
            return values, here, None
        chat = replace(Chat.at(address), conversation=channel)
        return values, Place(PLATFORM, id, direct=False, reference=address.reference), chat

    def carry(self, values: Mapping[str, str], channel: Chat, person: str) -> Mapping[str, str]:
        """The values, and with them the channel, for this person alone."""
        signed = self._signer.sign(channel.conversation, person)
        return {**values, CARRIED: channel.conversation, SIGNED: signed}

    def carrying(self, card: Card, channel: Chat, person: str) -> Card:
        """The card with the channel on each of its buttons."""

        def all_of(actions: tuple[Action, ...]) -> tuple[Action, ...]:
            return tuple(
                replace(one, values=self.carry(one.values, channel, person)) for one in actions
            )

        def block_of(block: Block) -> Block:
            if isinstance(block, Item | Progress):
                return replace(block, actions=all_of(block.actions))
            return block

        return replace(card, blocks=tuple(map(block_of, card.blocks)), actions=all_of(card.actions))
