"""A year of a community, had in Teams in both languages."""

import pytest

from storage.people import TeamRole
from storage.plan import Language
from tests.community_doors import AtADoor, BehindThis
from tests.community_year import Year
from tests.teams.connector import Teams
from tests.teams.driver import TeamsUser
from tests.teams.jalon import Jalon
from tests.teams.people import Place


class Someone(AtADoor[Place]):
    """A person of the tenant."""

    def __init__(self, door: "Door", name: str, email: str, user: TeamsUser) -> None:
        super().__init__(door, name, email, user, user.chat, door.channel)
        self.teams = user

    async def types(self, line: str, place: Place) -> None:
        await self.teams.says(line, place)

    async def takes(self, name: str) -> bytes:
        file = await self.teams.consents(await self.teams.reads(name))
        await self.door.settled()
        assert file is not None
        assert file.content is not None
        return file.content


class Door(BehindThis):
    """The bot in a tenant."""

    def __init__(self, jalon: Jalon, teams: Teams) -> None:
        super().__init__(jalon)
        self.teams = jalon
        self.channel = teams.add_channel("Calm schools")

    async def someone(self, name: str, email: str, language: Language, role: TeamRole) -> Someone:
        short = name.split()[0].lower()
        user = self.teams.user(short, name, locale=f"{language}-CA", email=email)
        self.channel.members.append(user.user.id)
        await user.says("/help")
        await self.settled()
        await self.teams.give(user.user.aad, role)
        return Someone(self, name, email, user)


@pytest.mark.parametrize("language", Language)
async def test_from_the_first_interest_to_the_guide(
    jalon: Jalon, teams: Teams, language: Language
) -> None:
    await Year(Door(jalon, teams), language).had()
