"""The doors that what the bot says by itself goes through, and how each may end."""

from dataclasses import dataclass
from typing import Protocol

from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage.addresses import Address


class NotSaid(Exception):
    """It was certainly not said, and may be later: after ``wait`` seconds at least.

    The message is the platform's word for why, and quotes nobody.
    """

    def __init__(self, wait: float, why: str) -> None:
        super().__init__(why)
        self.wait = wait


class Unclear(Exception):
    """It may have been said: the answer was lost. The message says how, and quotes nobody."""


class CannotTell(Exception):
    """It may have been said before, and the platform can't be asked."""


class Refusal(Exception):
    """It will never be said there. The message is the platform's word for why."""


@dataclass(frozen=True, slots=True)
class Said:
    """The platform's id of what was said; ``lacks`` is why its picture is not with it, if so."""

    message: str
    lacks: str = ""


class Door(Protocol):
    """A platform, as what is said by itself sees it."""

    @property
    def per_second(self) -> float:
        """How many posts a second the platform takes over time."""
        ...

    async def say(self, address: Address, card: Card, t: Texts, once: str) -> Said:
        """Say a card at an address. A picture that can't be shown holds up nothing.

        Raises NotSaid, Unclear and Refusal.
        """
        ...

    async def said(self, address: Address, once: str, since: int) -> str | None:
        """The id of what was said there as this ``once`` since then (UTC seconds), if it was.

        Raises CannotTell where the platform can't be asked, NotSaid where it can't be for now.
        """
        ...

    async def edit(self, address: Address, message: str, card: Card, t: Texts) -> None:
        """Put a card in the place of what was said under this id. Raises NotSaid and Refusal."""
        ...


class Doors:
    """The doors that are open."""

    def __init__(self) -> None:
        self._doors: dict[str, Door] = {}

    def open(self, platform: str, door: Door) -> None:
        """From now on, there is a door to this platform."""
        self._doors[platform] = door

    @property
    def platforms(self) -> tuple[str, ...]:
        """Those whose door is open."""
        return tuple(self._doors)

    def of(self, platform: str) -> Door:
        """The open door to a platform."""
        return self._doors[platform]
