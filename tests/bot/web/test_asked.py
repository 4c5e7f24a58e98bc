"""Who was at a session is asked in their own chat of the playground, and the answer counts."""

import asyncio
import json
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import app
from bot.config import Config
from tests.behind_a_door import PATIENCE
from tests.bot.web.conftest import Bot, Door
from tests.bot.web.reading import Element


class Playground(Door):
    """The whole bot with its sample year, as a page has it."""

    async def press_on(self, label: str, who: str) -> None:
        """Press the newest button with this label in somebody's own chat."""
        lines = await self.lines(who, "direct")
        line, button = next(
            (line, button)
            for line in reversed(lines)
            for button in line.all("button")
            if button.all("bdi") and button.all("bdi")[0].text.replace("\xa0", " ") == label
        )
        values = json.loads(button["data-values"])
        name = button["data-action"]
        await self.do("/presses", who, "direct", line=line["id"], name=name, values=values)

    async def reads(self, text: str, who: str) -> Element:
        """Wait for a line that says this in somebody's own chat."""
        for _ in range(int(PATIENCE * 20)):
            for line in reversed(await self.lines(who, "direct")):
                if text in line.words.replace("\xa0", " "):
                    return line
            await asyncio.sleep(0.05)
        raise AssertionError(text)


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncGenerator[Playground]:
    built = await app.build(Config(data=tmp_path / "data"), with_sample=True)
    async with TestClient(TestServer(built)) as client:
        yield Playground(client, Bot(), None)


async def test_the_question_comes_to_the_own_chat_and_its_answer_counts(
    playground: Playground,
) -> None:
    for line in (
        "/meeting PLC reading circle 2025-02-03, 90 min",
        "/attendance 2025-02-03 Kayla Buckle",
        "/feedback 2025-02-03",
    ):
        await playground.say(line, "megan", "direct")
    async with playground.events("kayla", "direct") as hers:
        assert await hers.words() == []
        await playground.press_on("Ask 1 person who was there", "megan")
        assert await hers.words() == ["How was it?"]
    assert await playground.words("kayla", "direct") == ["How was it?"]
    assert "How was it?" not in await playground.words("megan", "direct")
    await playground.press_on("5 · Very good", "kayla")
    await playground.reads("It counts, without your name.", "kayla")
    await playground.say("/feedback 2025-02-03", "daniel", "direct")
    shown = await playground.reads("PLC reading circle", "daniel")
    assert "Asked1 Answered1 Positive1" in shown.words
