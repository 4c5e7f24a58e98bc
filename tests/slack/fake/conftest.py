"""What the tests of the fake Slack itself may ask for."""

from collections.abc import AsyncGenerator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.fake.asking import client
from tests.slack.people import Channel, User
from tests.slack.workspace import Workspace


@pytest.fixture
async def slack() -> AsyncGenerator[Workspace]:
    """A workspace that grants everything, whose limits a test may overstep."""
    opened = Workspace()
    await opened.start()
    yield opened
    await opened.close()


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def web(slack: Workspace, session: aiohttp.ClientSession) -> AsyncWebClient:
    return client(slack, session)


@pytest.fixture
def alex(slack: Workspace) -> User:
    return slack.add_user("alex", "Alex Roy", email="alex@example.org", locale="fr-CA")


@pytest.fixture
def team(slack: Workspace, alex: User) -> Channel:
    return slack.add_channel("team", [alex])
