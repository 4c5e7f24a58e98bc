"""What the tests of the Teams door may ask for: a Teams on this machine, and the bot in it."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.new_database import new_folder
from tests.teams.connector import Teams
from tests.teams.jalon import Jalon
from tests.teams.microsoft import Microsoft


@pytest.fixture
async def microsoft() -> AsyncGenerator[Microsoft]:
    """Microsoft's sign-in and its signing keys."""
    started = Microsoft()
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def teams(microsoft: Microsoft) -> AsyncGenerator[Teams]:
    """A Teams; at the end the bot has done nothing that Teams would not take."""
    opened = Teams(microsoft)
    await opened.start()
    yield opened
    await opened.close()
    assert opened.problems == []


@pytest.fixture
async def jalon(tmp_path: Path, teams: Teams) -> AsyncGenerator[Jalon]:
    """The bot in that Teams."""
    started = Jalon(new_folder(tmp_path / "data"), teams)
    await started.start()
    yield started
    await started.close()
