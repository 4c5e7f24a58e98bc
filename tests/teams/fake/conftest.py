"""A bot of a few lines in place of ours, and people who speak to it."""

from collections.abc import AsyncGenerator

import pytest

from tests.teams.connector import Teams
from tests.teams.driver import TeamsUser
from tests.teams.fake.echo import Echo
from tests.teams.microsoft import Microsoft
from tests.teams.transport import Transport


@pytest.fixture
async def echo(microsoft: Microsoft) -> AsyncGenerator[Echo]:
    started = Echo(microsoft)
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def transport(echo: Echo, microsoft: Microsoft) -> AsyncGenerator[Transport]:
    opened = Transport(echo.url, microsoft)
    yield opened
    await opened.close()


@pytest.fixture
def alex(teams: Teams, transport: Transport) -> TeamsUser:
    return TeamsUser(teams, teams.add_user("alex", "Alex Roy"), transport)


@pytest.fixture
def sam(teams: Teams, transport: Transport) -> TeamsUser:
    return TeamsUser(teams, teams.add_user("sam", "Sam Roy", locale="fr-CA"), transport)
