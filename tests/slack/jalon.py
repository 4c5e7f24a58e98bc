"""A Jalon of its own for a test: the real store, router and Slack door, served on this machine."""

import time
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.config import Slack as Settings
from bot.dispatch import Dispatch, NewPeople
from bot.doors import Doors
from bot.posting import Posting
from bot.slack.mount import mount
from handlers.all import everything
from storage.engine import Store
from storage.plan_files import load_plans
from tests import posts
from tests.behind_a_door import BehindADoor
from tests.conversation import NOW
from tests.slack.driver import SlackUser
from tests.slack.transport import OverHttp, OverSocket, Transport
from tests.slack.workspace import APP_TOKEN, BOT_TOKEN, SECRET, Workspace


class Jalon(BehindADoor):
    """The bot, beside a workspace. ``now`` can be set; it can be stopped and started again."""

    platform = "slack"

    def __init__(
        self,
        folder: Path,
        workspace: Workspace,
        *,
        socket: bool = False,
        new_people: NewPeople = "staff",
    ) -> None:
        self.folder = folder
        self.workspace = workspace
        self.socket = socket
        self.new_people: NewPeople = new_people
        self.now: datetime = NOW
        self.store: Store
        self.posting: Posting
        self.transport: Transport
        self.url = ""
        self._runner: web.AppRunner

    async def start(self) -> None:
        self.store = Store(self.folder)
        router, plans = everything(), load_plans(None)
        router.include(posts.router)
        dispatch = Dispatch(self.store, plans, router, lambda: self.now, self.new_people)
        app = web.Application()
        secret = {"app_token": APP_TOKEN} if self.socket else {"signing_secret": SECRET}
        settings = Settings.model_validate(
            {"bot_token": BOT_TOKEN, "api_url": self.workspace.api_url, **secret}
        )
        doors = Doors()
        mount(app, settings, dispatch, doors)
        self.posting = Posting(self.store, doors, router, plans, lambda: self.now)
        self.posting.add_to(app)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/slack/events"
        if self.socket:
            self.transport = OverSocket(self.workspace.sockets)
        else:
            self.transport = OverHttp(self.url, SECRET, time.time)

    async def stop(self) -> None:
        if isinstance(self.transport, OverHttp):
            await self.transport.close()
        await self._runner.cleanup()
        await self.store.close()

    def user(self, name: str, real_name: str, *, copies: int = 1, **more: object) -> SlackUser:
        """A new member of the workspace, who speaks to this bot."""
        member = self.workspace.add_user(name, real_name, **more)
        return SlackUser(self.workspace, member, self.transport, copies=copies)

    async def restart(self) -> None:
        """Stop the bot and start it; whoever spoke over HTTP has to take the new ``transport``."""
        await self.stop()
        await self.start()
        if self.socket:
            await self.workspace.sockets.connected(2)
