"""The playground's channels: their names, who reads along, and what the bot is told of them."""

from dataclasses import dataclass

from bot.web.cast import PLATFORM
from handlers.chat.incoming import Place
from storage.people import Newcomer


@dataclass(frozen=True, slots=True)
class Channel:
    """A place to talk. ``guests``: people from outside the team are in it too."""

    id: str
    guests: bool
    direct: bool = False

    def admits(self, person: Newcomer) -> bool:
        """Whether this person is in the channel."""
        return self.guests or not person.guest

    def place(self, person: Newcomer) -> Place:
        """The place as the bot knows it: a direct chat is one's own."""
        id = f"{self.id}-{person.id}" if self.direct else self.id
        return Place(PLATFORM, id, self.direct)


DIRECT = Channel("direct", guests=True, direct=True)
CHANNELS = (
    Channel("prt-team", guests=False),
    Channel("cop-elementary", guests=True),
    Channel("cop-secondary", guests=True),
    DIRECT,
)


def channel(id: str, person: Newcomer) -> Channel | None:
    """The channel of this id, if this person is in it."""
    return next((one for one in CHANNELS if one.id == id and one.admits(person)), None)
