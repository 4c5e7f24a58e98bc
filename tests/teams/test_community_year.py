"""A year of a community, had in Teams in both languages."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from storage.engine import Store
from storage.people import TeamRole
from storage.plan import Language
from tests.community_year import Year
from tests.teams.connector import Teams
from tests.teams.driver import TeamsUser
from tests.teams.jalon import Jalon
from tests.teams.reading import plain


class Someone:
    """A person of the tenant, in their own chat or in the channel."""

    def __init__(self, door: "Door", user: TeamsUser) -> None:
        self.door = door
        self.user = user

    async def says(self, line: str, *, channel: bool = False) -> None:
        await self.user.says(line, self.door.channel if channel else None)
        await self.door.settled()

    async def presses(self, label: str) -> None:
        await self.user.press(plain(label), self.user.chat)
        await self.door.settled()

    async def fills(self, values: Mapping[str, str]) -> None:
        await self.user.submit(values)
        await self.door.settled()

    async def reads(self, text: str, *, channel: bool = False) -> str:
        place = self.door.channel if channel else None
        return (await self.user.reads(plain(text), place)).text


class Door:
    """The bot in a tenant."""

    def __init__(self, jalon: Jalon, teams: Teams) -> None:
        self.jalon = jalon
        self.teams = teams
        self.channel = teams.add_channel("Calm schools")

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
        self.channel.members.append(user.user.id)
        await user.says("/help")
        await self.settled()
        await self.jalon.give(user.user.aad, role)
        return Someone(self, user)

    async def settled(self) -> None:
        await self.jalon.settled()


@pytest.mark.parametrize("language", Language)
async def test_from_the_first_interest_to_the_notes(
    jalon: Jalon, teams: Teams, language: Language
) -> None:
    await Year(Door(jalon, teams), language).had()
