"""The conversation in Microsoft's Agents Playground: a client that we did not write."""

import asyncio
import os
import re
import signal
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.bot.test_run import COMMAND, environment
from tests.browser import conftest as chromium
from tests.teams.playground import CHANNEL, GROUP, PERSONAL, Teams, missing, playground

pytestmark = chromium.in_browser
browser = chromium.browser  # the fixture


@asynccontextmanager
async def jalon(folder: Path) -> AsyncGenerator[str]:
    """The bot as a person starts it for a local client; gives where it takes activities."""
    process = await asyncio.create_subprocess_exec(
        *(*COMMAND, "run", "--port", "0"),
        cwd=folder,
        env=environment() | {"JALON_TEAMS__EMULATOR": "true"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        found = None
        async with asyncio.timeout(20):
            while found is None:
                line = await process.stdout.readline()
                assert line, (await process.stderr.read()).decode()
                found = re.search(r"http://127\.0\.0\.1:\d+", line.decode())
        yield f"{found[0]}/api/messages"
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert (process.returncode, errors.decode()) == (0, "")


@pytest_asyncio.fixture(loop_scope="session")
async def teams(tmp_path: Path, browser: Browser) -> AsyncIterator[Teams]:
    """A person's Teams with the bot in it, open on their chat with it."""
    reason = missing()
    if reason is not None:
        if os.environ.get("JALON_REQUIRE_PLAYGROUND") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    async with jalon(tmp_path) as endpoint, playground(tmp_path, endpoint) as url:
        context = await browser.new_context(viewport={"width": 1400, "height": 1000})
        context.set_default_timeout(10_000)
        person = Teams(await context.new_page())
        await person.open(url)
        yield person
        await context.close()


async def has(card: Locator, *words: str) -> None:
    for one in words:
        await expect(card).to_contain_text(one)


async def test_a_day_with_it(teams: Teams) -> None:
    await has(teams.last, "English", "Français")  # the welcome

    await teams.type("log 2h15 with a CDA at EMSB yesterday re action plan")
    await has(teams.last, "Logged", "2.25 h", "EMSB", "action plan")
    receipts = await teams.cards.count()
    await teams.press("Undo")
    await has(teams.last, "Taken back")
    await teams.press("Restore")
    await has(teams.last, "It counts again")
    await expect(teams.cards).to_have_count(receipts)  # each in place of the one before

    receipt = teams.cards.nth(receipts - 1)
    await teams.press("Edit")
    await expect(teams.cards).to_have_count(receipts + 1)
    await has(teams.last, "Edit the entry")
    await teams.fill("Duration", "a while")
    await teams.press("Save")
    await has(teams.last, "I do not see how long it took.")
    await expect(teams.input("Duration")).to_have_value("a while")
    await expect(teams.cards).to_have_count(receipts + 1)
    await teams.fill("Duration", "90 min")
    await teams.choose("Role of the person", "principal")
    await teams.press("Save")
    await has(teams.last, "Changed", "1.5 h", "principal")
    await expect(receipt).not_to_contain_text("2.25 h")

    await teams.type("/progress")
    await has(teams.last, "accompaniment")

    await teams.type("language")
    await teams.press("Français")
    await has(teams.last, "Langue", "français")
    await teams.type("noter 1,5 h table CHSSN lundi")
    await has(teams.last, "Inscrit", "1,5 h", "CHSSN")
    await teams.press("Annuler")
    await has(teams.last, "Annulé")


async def test_a_channel_and_a_group_hear_nothing_private(teams: Teams) -> None:
    await has(teams.last, "English", "Français")
    for place, minutes in ((CHANNEL, 45), (GROUP, 50)):
        await teams.go(place)
        await has(teams.last, "English", "Français")
        await teams.mention(f"log {minutes} min with a teacher at RSB yesterday re reading night")
        await expect(teams.words("I answered in our own chat.")).to_be_visible()
        await expect(teams.cards).to_have_count(1)
        await teams.go(PERSONAL)
        await has(teams.last, "Logged", f"{minutes} min", "RSB", "reading night")
