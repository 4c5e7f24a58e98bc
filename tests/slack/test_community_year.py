"""A year of a community, had in Slack in both languages."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from storage.engine import Store
from storage.people import TeamRole
from storage.plan import Language
from tests.community_year import Year
from tests.slack.driver import SlackUser
from tests.slack.jalon import Jalon
from tests.slack.reading import plain


class Someone:
    """A member of the workspace, in their own chat or in the channel."""

    def __init__(self, door: "Door", user: SlackUser) -> None:
        self.door = door
        self.user = user

    async def says(self, line: str, *, channel: bool = False) -> None:
        await self.user.slash(line, self.door.channel if channel else None)
        await self.door.settled()

    async def presses(self, label: str) -> None:
        await self.user.press(plain(label), self.user.dm)
        await self.door.settled()

    async def fills(self, values: Mapping[str, str]) -> None:
        await self.user.submit(values)
        await self.door.settled()

    async def reads(self, text: str, *, channel: bool = False) -> str:
        place = self.door.channel if channel else None
        return (await self.user.reads(plain(text), place)).text


class Door:
    """The bot in a workspace."""

    def __init__(self, jalon: Jalon) -> None:
        self.jalon = jalon
        self.channel = jalon.workspace.add_channel("calm")

    @property
    def store(self) -> Store:
        return self.jalon.store

    @property
    def now(self) -> datetime:
        return self.jalon.now

    @now.setter
    def now(self, now: datetime) -> None:
        self.jalon.now = now

    async def someone(self, name: str, email: str, language: Language, role: TeamRole) -> Someone:
        short = name.split()[0].lower()
        user = self.jalon.user(short, name, locale=f"{language}-CA", email=email)
        self.channel.members.add(user.user.id)
        await user.slash("/help")
        await self.jalon.give(user.user.id, role)
        return Someone(self, user)

    async def settled(self) -> None:
        await self.jalon.settled()


# Over one of the transports: to a conversation they are the same.
@pytest.mark.parametrize("jalon", ["http"], indirect=True)
@pytest.mark.parametrize("language", Language)
async def test_from_the_first_interest_to_the_notes(jalon: Jalon, language: Language) -> None:
    await Year(Door(jalon), language).had()
