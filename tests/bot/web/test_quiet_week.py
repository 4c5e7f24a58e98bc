"""A week passes in the playground in which nobody logs: it says what that week would have said."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import app
from bot.config import Config
from tests.bot.web.conftest import Bot
from tests.bot.web.test_asked import Playground


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncGenerator[Playground]:
    built = await app.build(Config(data=tmp_path / "data"), with_sample=True)
    async with TestClient(TestServer(built)) as client:
        yield Playground(client, Bot(), None)


async def test_a_quiet_week_asks_megan_once_and_a_pause_ends_it(playground: Playground) -> None:
    await playground.do("/clock", "megan", "direct", hours=168)
    nudge = await playground.reads("Anything to log?", "megan")
    assert "I have nothing from you since" in nudge.words
    assert "Quelque chose à inscrire?" in " ".join(await playground.words("genevieve", "direct"))
    for who in ("daniel", "kayla"):
        assert "to log?" not in " ".join(await playground.words(who, "direct"))
    await playground.press_on("I was away", "megan")
    await playground.press_on("Two weeks", "megan")
    for _ in range(2):
        await playground.do("/clock", "megan", "direct", hours=168)
    said = await playground.words("megan", "direct")
    assert said.count("Anything to log?") == 1
    # The team's channel was told of both weeks; then schools were closed.
    assert await playground.words("megan", "prt-team") == [
        "Week of 10 February 2025 to 16 February 2025",
        "Week of 17 February 2025 to 23 February 2025",
    ]
    # Meanwhile the journal was to be handed in, and Kayla has not; and a report comes due.
    await playground.reads("It closes in 7 days", "kayla")
    await playground.reads("It is due in 14 days", "daniel")
