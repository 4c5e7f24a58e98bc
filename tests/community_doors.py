"""What the doors of platforms share as places of a community's story."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from tests.behind_a_door import BehindADoor
from tests.community_story import happen

P = TypeVar("P")  # a conversation on the platform
Asked = TypeVar("Asked", contravariant=True)


class Seen(Protocol):
    """A message that was read."""

    @property
    def text(self) -> str: ...


class User(Protocol[Asked]):
    """A person of the platform's driver."""

    async def press(self, label: str, where: Asked) -> object: ...

    async def submit(self, values: Mapping[str, str]) -> object: ...

    async def reads(self, text: str, place: Asked) -> Seen: ...


class AtADoor(ABC, Generic[P]):
    """A person in their own chat with the bot, or in the community's channel."""

    def __init__(
        self, door: "BehindThis", name: str, email: str, user: User[P], own: P, channel: P
    ) -> None:
        self.door = door
        self.name = name
        self.email = email
        self.user = user
        self.own = own
        self.channel = channel

    @abstractmethod
    async def types(self, line: str, place: P) -> None:
        """Type a line there."""

    @abstractmethod
    async def takes(self, name: str) -> bytes:
        """Wait for a file of this name, and what is in it."""

    async def says(self, line: str, *, channel: bool = False) -> None:
        await self.types(line, self.channel if channel else self.own)
        await self.door.settled()

    async def presses(self, label: str) -> None:
        await self.user.press(label, self.own)
        await self.door.settled()

    async def fills(self, values: Mapping[str, str]) -> None:
        await self.user.submit(values)
        await self.door.settled()

    async def reads(self, text: str, *, channel: bool = False) -> str:
        return (await self.user.reads(text, self.channel if channel else self.own)).text


class BehindThis:
    """The bot behind a door, with its clock."""

    def __init__(self, jalon: BehindADoor) -> None:
        self.jalon = jalon

    async def at(self, now: datetime) -> None:
        self.jalon.now = now
        await happen(self.jalon.store, now)
        await self.settled()

    async def settled(self) -> None:
        await self.jalon.settled()
