"""What a story of a community is told of, and the doors it is told through."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Protocol

from handlers.chat.texts import Texts
from schedules.all import JOBS
from schedules.occurring import occur
from storage.engine import Store
from storage.people import TeamRole
from storage.plan import Language
from storage.plan_files import load_plans


class Someone(Protocol):
    """A person at a door."""

    name: str
    email: str

    async def says(self, line: str, *, channel: bool = False) -> None:
        """Type a line, in the own chat with the bot or in the community's channel."""
        ...

    async def presses(self, label: str) -> None:
        """Press a button of this label in the own chat, on the newest card that has one."""
        ...

    async def fills(self, values: Mapping[str, str]) -> None:
        """Fill in the form that was opened, by the names of its inputs, and send it."""
        ...

    async def reads(self, text: str, *, channel: bool = False) -> str:
        """Wait until something says this; all of it."""
        ...

    async def takes(self, name: str) -> bytes:
        """Wait for a file of this name, and what is in it."""
        ...


class Door(Protocol):
    """A bot behind a door, with a clock that goes on as it is told."""

    async def at(self, now: datetime) -> None:
        """Have time go on until it is no earlier than this, and all happen that is due by then."""
        ...

    async def someone(self, name: str, email: str, language: Language, role: TeamRole) -> Someone:
        """A person who has spoken to the bot and is in the community's channel.

        Where a door has people of its own, it is one of them: with another name and e-mail.
        """
        ...

    async def settled(self) -> None:
        """Wait until the bot has nothing left to say."""
        ...


async def happen(store: Store, now: datetime) -> None:
    """Have all happen that is due by then."""
    for job in JOBS:
        if job.posts is not None:
            await store.write(occur, job, load_plans(None), now)


class Story:
    """A story. ``t`` are the texts of the language that everybody speaks."""

    def __init__(self, door: Door, language: Language) -> None:
        self.door = door
        self.language = language
        self.t = Texts.load(language)

    def text(self, key: str, **values: object) -> str:
        """A text as a door shows it: with plain spaces."""
        return self.t(key, **values).replace("\u00a0", " ")

    def said(self, english: str, french: str) -> str:
        """What is typed, in the language."""
        return french if self.language is Language.FR else english

    async def at(self, *when: int) -> None:
        """Have time go on to a moment (UTC)."""
        await self.door.at(datetime(*when, tzinfo=UTC))
