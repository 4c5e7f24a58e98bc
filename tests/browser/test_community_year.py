"""A year of a community, had in the playground's page in both languages, on its own clock."""

import asyncio
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from bot import sample as of_sample
from bot.web import cast
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from tests.browser.conftest import Chat, Running, Visit, in_browser, sample
from tests.community_year import Year

pytestmark = in_browser

CHANNEL = "cop-secondary"
MANAGES = cast.DANIEL
INTERESTED = (cast.KAYLA, cast.MEGAN, cast.OLIVIER)  # they have e-mails


class Someone:
    """One of the cast, with their own chat open in a window and the channel in another."""

    def __init__(self, who: Newcomer, own: Chat, channel: Chat) -> None:
        self.name = who.name
        self.email = who.email
        self.own = own
        self.channel = channel

    async def says(self, line: str, *, channel: bool = False) -> None:
        await (self.channel if channel else self.own).type(line)

    async def presses(self, label: str) -> None:
        buttons = self.own.page.locator(".line.bot button")
        button = buttons.filter(has_text=re.compile(rf"^\s*{_spaced(label)}(\s|$)")).last
        await _sent(self.own, button)

    async def fills(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            field = self.own.dialog.locator(f"[name={name}]")
            if await field.evaluate("one => one.tagName") == "SELECT":
                await field.select_option(label=value)
            else:
                await field.fill(value)
        await _sent(self.own, self.own.dialog.locator("[type=submit]"))
        await expect(self.own.dialog).to_be_hidden()

    async def reads(self, text: str, *, channel: bool = False) -> str:
        lines = (self.channel if channel else self.own).page.locator(".line.bot")
        line = lines.filter(has_text=re.compile(_spaced(text))).last
        return " ".join((await line.inner_text()).split())

    async def takes(self, name: str) -> bytes:
        link = self.own.page.get_by_role("link", name=name).last
        async with self.own.page.expect_download() as started:
            await link.click()
        download = await started.value
        assert download.suggested_filename == name
        return await asyncio.to_thread(Path(await download.path()).read_bytes)


class Door:
    """The playground; whoever is met is one of its cast."""

    def __init__(self, visit: Visit, url: str) -> None:
        self.visit = visit
        self.url = url
        self.now = of_sample.STARTS
        self.left = list(INTERESTED)
        self.pages: list[Chat] = []

    async def at(self, now: datetime) -> None:
        while self.now < now:
            hours = 168 if now - self.now >= timedelta(hours=168) else 24
            clocks = [one.page.locator("#clock") for one in self.pages]
            before = [await one.inner_text() for one in clocks]
            await _sent(self.pages[0], self.pages[0].page.locator(f"[data-hours='{hours}']"))
            # A page is told of the time after what was said by then.
            for clock, text in zip(clocks, before, strict=True):
                await expect(clock).not_to_have_text(text)
            self.now += timedelta(hours=hours)

    async def someone(self, name: str, email: str, language: Language, role: TeamRole) -> Someone:
        who = MANAGES if role is TeamRole.MANAGER else self.left.pop(0)
        own, channel = [Chat(await self.visit(), self.url) for _ in range(2)]
        await own.open(who.id)
        await own.type(f"/language {language}")
        await expect(own.page.locator("html")).to_have_attribute("lang", f"{language}-CA")
        if who is MANAGES:
            await own.type("/community close")  # the sample's own call
        await channel.open(who.id, CHANNEL)
        self.pages += [own, channel]
        return Someone(who, own, channel)

    async def settled(self) -> None:
        """The page shows what is said when it is said; who reads it waits for it."""


async def _sent(chat: Chat, button: Locator) -> None:
    """Press it, and wait until what it sends was taken."""
    async with chat.page.expect_response(lambda one: one.request.method == "POST"):
        await button.click()
    await expect(chat.page.locator("[aria-disabled=true]")).to_have_count(0)


def _spaced(text: str) -> str:
    """A pattern of the text, whatever its spaces are."""
    return r"\s+".join(map(re.escape, text.split()))


@sample
@pytest.mark.parametrize("language", Language)
async def test_from_the_first_interest_to_the_guide(
    visit: Visit, running: Running, language: Language
) -> None:
    await Year(Door(visit, running.url), language).had()
