"""A year of a community, had in Slack in both languages."""

import pytest

from bot.slack.posting import Posts
from storage.people import TeamRole
from storage.plan import Language
from tests.community_doors import AtADoor, BehindThis
from tests.community_year import Year
from tests.slack.driver import SlackUser
from tests.slack.jalon import Jalon
from tests.slack.people import Channel


class Someone(AtADoor[Channel]):
    """A member of the workspace."""

    def __init__(self, door: "Door", name: str, email: str, user: SlackUser) -> None:
        super().__init__(door, name, email, user, user.dm, door.channel)
        self.slack = user

    async def types(self, line: str, place: Channel) -> None:
        await self.slack.slash(line, place)

    async def takes(self, name: str) -> bytes:
        seen, workspace = self.slack.sees, self.slack.workspace
        id = await workspace.until(
            lambda: next(
                (
                    each["id"]
                    for one in seen()
                    for each in one.message.files
                    if each["name"] == name
                ),
                None,
            ),
            f"{name} for {self.name}",
        )
        content = workspace.files[id].content
        assert content is not None
        return content


class Door(BehindThis):
    """The bot in a workspace."""

    def __init__(self, jalon: Jalon) -> None:
        super().__init__(jalon)
        self.slack = jalon
        self.channel = jalon.workspace.add_channel("calm")

    async def someone(self, name: str, email: str, language: Language, role: TeamRole) -> Someone:
        short = name.split()[0].lower()
        user = self.slack.user(short, name, locale=f"{language}-CA", email=email)
        self.channel.members.add(user.user.id)
        await user.slash("/help")
        await self.slack.give(user.user.id, role)
        return Someone(self, name, email, user)


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is kept waiting for the pace that Slack wants; other tests hold that."""
    monkeypatch.setattr(Posts, "per_second", 1000.0)


# Over one of the transports: to a conversation they are the same.
@pytest.mark.parametrize("jalon", ["http"], indirect=True)
@pytest.mark.parametrize("language", Language)
async def test_from_the_first_interest_to_the_guide(jalon: Jalon, language: Language) -> None:
    await Year(Door(jalon), language).had()
