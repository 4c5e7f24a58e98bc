"""What the tests of the Slack door may ask for: a workspace on this machine."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.slack.manifest import EVENTS, SCOPES
from tests.new_database import new_folder
from tests.slack.jalon import Jalon
from tests.slack.workspace import Workspace


@pytest.fixture
async def workspace() -> AsyncGenerator[Workspace]:
    """A workspace that granted what the manifest asks for; at the end no limit was overstepped."""
    opened = Workspace()
    opened.scopes = {one.name for one in SCOPES}
    opened.events = set(EVENTS)
    await opened.start()
    yield opened
    await opened.close()
    assert opened.violations == []


@pytest.fixture(params=["http", "socket"])
async def jalon(
    request: pytest.FixtureRequest, tmp_path: Path, workspace: Workspace
) -> AsyncGenerator[Jalon]:
    """The bot in that workspace, over each of the transports."""
    started = Jalon(new_folder(tmp_path / "data"), workspace, socket=request.param == "socket")
    await started.start()
    yield started
    await started.stop()
