"""The whole product on a real port, and headless Chromium in front of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    async_playwright,
    expect,
)

from bot import app as jalon
from bot.config import Config

Visit = Callable[..., Awaitable[Page]]

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

# One Chromium serves all browser tests, so they share its event loop.
in_browser = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
sample = pytest.mark.parametrize("with_sample", [True], ids=["sample"])


class Running:
    """The bot on one data folder and one port; it can be stopped, and started again."""

    def __init__(self, config: Config, with_sample: bool) -> None:
        self._config = config
        self._with_sample = with_sample
        self._runner: web.AppRunner | None = None
        self.port = 0
        self.app = web.Application()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self.app = await jalon.build(self._config, with_sample=self._with_sample)
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        self._runner = None


class Chat:
    """One open page, and what a person does on it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.box = page.locator("#text")
        self.lines = page.locator(".line")
        self.last = page.locator(".line.bot").last
        self.trouble = page.locator("#trouble")
        self.dialog = page.get_by_role("dialog")

    async def open(self, who: str = "megan", where: str = "direct") -> None:
        await self.page.goto(f"{self.url}/?as={who}&in={where}")
        await expect(self.page.locator("#offline")).to_be_hidden()

    async def type(self, text: str) -> None:
        """Type a line and send it, and wait until it was taken."""
        await self.page.wait_for_load_state()  # a link may have led here: the script has to run
        await self.box.fill(text)
        await self.page.keyboard.press("Escape")  # closes the list of commands, if there is one
        await self.page.keyboard.press("Enter")
        await expect(self.box).to_have_value("")

    async def say(self, text: str) -> Locator:
        """Type a line, and the card that answers it."""
        before = await self.page.locator(".line.bot").count()
        await self.type(text)
        await expect(self.page.locator(".line.bot")).to_have_count(before + 1)
        return self.last

    async def press(self, name: str) -> None:
        """Press a button of the latest card."""
        await self.last.get_by_role("button", name=name).first.click()

    async def too_wide(self) -> bool:
        """Whether the page has to be scrolled sideways."""
        wide = await self.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        return bool(wide)


def _chromium() -> str | None:
    return shutil.which(os.environ.get("JALON_CHROMIUM") or "chromium")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = _chromium()
    if path is None:
        reason = "no Chromium: install Debian's chromium, or name one in JALON_CHROMIUM"
        if os.environ.get("JALON_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield started
        await started.close()


@pytest.fixture
def with_sample() -> bool:
    """Empty and on the real clock, unless a test is marked as `sample`."""
    return False


@pytest_asyncio.fixture(loop_scope="session")
async def running(tmp_path: Path, browser: Browser, with_sample: bool) -> AsyncIterator[Running]:
    """The bot, listening; stopped when the test is over."""
    bot = Running(Config(data=tmp_path / "data", port=0), with_sample)
    await bot.start()
    yield bot
    await bot.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def problems() -> AsyncIterator[list[str]]:
    """What went wrong in any page; a test that expects some takes them out."""
    found: list[str] = []
    yield found
    assert found == []


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, running: Running, problems: list[str]) -> AsyncIterator[Visit]:
    """Opens a page of its own, as another visitor would; closed before the bot stops."""
    contexts: list[BrowserContext] = []

    async def open_page(width: int = 1200, height: int = 800, *, dark: bool = False) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        return await _watched(await context.new_page(), problems)

    yield open_page
    for context in contexts:
        await context.close()


async def _watched(page: Page, problems: list[str]) -> Page:
    """Note errors, refused content and requests that leave this machine."""

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            problems.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith("http://127.0.0.1:"):
            problems.append(request.url)

    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", said)
    page.on("request", asked)
    return page


@pytest_asyncio.fixture(loop_scope="session")
async def chat(visit: Visit, running: Running) -> Chat:
    return Chat(await visit(), running.url)
