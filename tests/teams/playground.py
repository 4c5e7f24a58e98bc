"""Starts the Microsoft 365 Agents Playground, and does in it what a person does in Teams."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Locator, Page, Route, expect

CLI = "node_modules/@microsoft/m365agentsplayground/cli.js"
FOLDER = Path(__file__).parents[2] / ".venv" / "agents-playground"
WORDS = ("-c", "msteams", "-p", "0", "--disable-telemetry")

BOT = "Jalon"
PERSONAL, GROUP, CHANNEL = "Personal Chat", "Group Chat", "My Team - General"
PEOPLE = ("Alex Roy", "Megan Bowen", "Lee Gu", "Isaiah Langer", "Patti Fernandez", "Lynne Robbins")

# It would listen to the whole network.
ON_LOOPBACK = """\
const { Server } = require("node:net");
const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, port, "127.0.0.1", ...rest);
};
"""

SETTINGS = f"""\
version: "0.1.1"
tenantId: 5a0c6e0e-0000-4000-8000-000000000001
bot:
  id: 5a0c6e0e-0000-4000-8000-000000000002
  name: {BOT}
currentUser:{{me}}
users:{{others}}
personalChat:
  id: personal-chat-id
groupChat:
  id: group-chat-id
  name: {GROUP}
team:
  id: team-id
  name: My Team
  aadGroupId: 5a0c6e0e-0000-4000-8000-000000000003
  channels:
    - id: channel-announcements-id
      name: Announcements
"""


def missing() -> str | None:
    """What it would take to start it; None where nothing is missing."""
    if shutil.which("node") is None:
        return "no Node.js"
    if not (FOLDER / CLI).exists():
        return "no Agents Playground: .ci/run installs it, where npm is there"
    return None


def _settings() -> str:
    def user(number: int, start: str) -> str:
        name = PEOPLE[number]
        first, last = name.split()
        email = f"{first.lower()}.{last.lower()}@example.com"
        return f"""
{start}id: user-{number}
    name: {name}
    userPrincipleName: {email}
    aadObjectId: 5a0c6e0e-0000-4000-8000-00000000010{number}
    givenName: {first}
    surname: {last}
    email: {email}"""

    others = "".join(user(number, "  - ") for number in range(1, len(PEOPLE)))
    return SETTINGS.format(me=user(0, "    "), others=others)


@asynccontextmanager
async def playground(folder: Path, endpoint: str) -> AsyncGenerator[str]:
    """Its address, once it answers. ``endpoint`` is where the bot takes activities."""
    (folder / ".m365agentsplayground.yml").write_text(_settings())
    loopback = folder / "loopback.cjs"
    loopback.write_text(ON_LOOPBACK)
    process = await asyncio.create_subprocess_exec(
        "node",
        *("--require", str(loopback), str(FOLDER / CLI), "start", "-e", endpoint, *WORDS),
        cwd=folder,
        env={**os.environ, "TEAMSAPPTESTER_BROWSER": "none", "HOME": str(folder)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    assert process.stdout is not None
    said: list[str] = []
    try:
        async with asyncio.timeout(30):
            while not (said and said[-1].startswith("Listening on ")):
                line = await process.stdout.readline()
                assert line, "".join(said)
                said.append(line.decode())
        yield f"http://127.0.0.1:{said[-1].split()[-1]}"
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGTERM)
        await process.communicate()


class Teams:
    """A person who has the Playground open on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.cards = page.locator(".ac-adaptiveCard")
        self._boxes = page.locator("[role=textbox][data-lexical-editor]")

    async def open(self, url: str) -> None:
        """Open it on the personal chat; the bot hears that it was installed there."""

        async def only_here(route: Route) -> None:
            here = route.request.url.startswith(url)
            await (route.continue_() if here else route.abort())

        await self.page.route("http*://**", only_here)
        await self.page.goto(url)
        await expect(self._boxes).to_have_count(1)
        await self.page.get_by_role("button", name="Hide log panel").click()

    def words(self, text: str) -> Locator:
        """The latest message that has these words; the list of chats may show them too."""
        return self.page.get_by_text(text).last

    @property
    def last(self) -> Locator:
        """The latest card of the chat that is open. (A channel has its latest post on top.)"""
        return self.cards.last

    async def go(self, chat: str) -> None:
        """Open PERSONAL, GROUP or CHANNEL, another than is open."""
        place = self.page.get_by_role("treeitem", name=chat, exact=True)
        closed = await place.get_attribute("class") or ""
        await place.click()
        await expect(place).not_to_have_class(closed)  # nothing else tells which one is open
        await expect(self._boxes.first).to_have_text("")

    async def type(self, text: str) -> None:
        """Type a line and send it."""
        await self._boxes.first.click()
        await self.page.keyboard.type(text)
        await self.page.keyboard.press("Enter")
        await expect(self._boxes.first).to_have_text("")

    async def mention(self, text: str) -> None:
        """Begin a line with the bot's name, as a channel or a group needs it."""
        await self._boxes.first.click()
        await self.page.keyboard.type("@")
        await self.page.get_by_role("menuitem", name=BOT).click()
        await self.page.keyboard.type(f" {text}")
        await self.page.keyboard.press("Enter")
        await expect(self._boxes.first).to_have_text("")

    async def press(self, label: str, card: Locator | None = None) -> None:
        """Press a button, of the latest card if none is given."""
        button = (card or self.last).get_by_role("button", name=label, exact=True)
        await button.click()

    def input(self, label: str) -> Locator:
        """An input of the latest card."""
        labelled = self.page.get_by_label(label)
        return self.last.locator("input, textarea").and_(labelled).first

    async def fill(self, label: str, value: str) -> None:
        """Type into an input; a date as 2026-02-13."""
        await self.input(label).fill(value)
        await self.page.keyboard.press("Tab")  # what an input holds counts once it is left

    async def choose(self, label: str, *choices: str) -> None:
        """Choose from an input's list."""
        await self.input(label).click()
        for choice in choices:
            found = self.page.get_by_role("option", name=choice, exact=True)
            several = self.page.get_by_role("menuitemcheckbox", name=choice, exact=True)
            await found.or_(several).click()
        await self.page.keyboard.press("Escape")

    async def screenshot(self, path: Path) -> None:
        await self.page.screenshot(path=path, full_page=True)
