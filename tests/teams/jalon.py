"""A Jalon of its own for a test: the real store, router and Teams door, served on this machine."""

import socket
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.config import Teams as Settings
from bot.dispatch import Dispatch, NewPeople
from bot.doors import Doors
from bot.posting import Posting
from bot.teams.mount import mount
from handlers.all import everything
from storage.engine import Store
from storage.plan_files import load_plans
from tests import posts
from tests.behind_a_door import BehindADoor
from tests.conversation import NOW
from tests.teams.connector import Teams
from tests.teams.driver import TeamsUser
from tests.teams.people import APP_ID, TENANT
from tests.teams.transport import Transport

PASSWORD = "the-test-bot's-password"


class Jalon(BehindADoor):
    """The bot, beside a Teams. ``now`` can be set; it can be stopped and started again.

    ``settings`` are more of the door's settings, or others in place of the usual; with
    ``emulator=True`` nobody proves anything.
    """

    platform = "teams"

    def __init__(
        self, folder: Path, teams: Teams, *, new_people: NewPeople = "staff", **settings: Any
    ) -> None:
        self.folder = folder
        self.teams = teams
        self.new_people: NewPeople = new_people
        self.settings = settings
        self.now: datetime = NOW
        self.store: Store
        self.posting: Posting
        self.url = ""
        self.transport = Transport("", teams.microsoft, signed=not settings.get("emulator"))
        self._runner: web.AppRunner

    async def start(self) -> None:
        self.store = Store(self.folder)
        router, plans = everything(), load_plans(None)
        router.include(posts.router)
        dispatch = Dispatch(self.store, plans, router, lambda: self.now, self.new_people)
        doors = Doors()
        # The bot is to know its own address before it is served there.
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        usual = {
            "app_id": APP_ID,
            "app_password": PASSWORD,
            "tenant_id": TENANT,
            "openid_url": self.teams.microsoft.openid_url,
            "login_url": self.teams.microsoft.login_url,
            "service_hosts": ("127.0.0.1",),
            "public_url": self.url,
        }
        app = web.Application()
        mount(app, Settings.model_validate(usual | self.settings), dispatch, doors)
        self.posting = Posting(self.store, doors, router, plans, lambda: self.now)
        self.posting.add_to(app)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.SockSite(self._runner, listening).start()
        self.transport.url = f"{self.url}/api/messages"

    async def stop(self) -> None:
        """Stop the bot; people's requests then find nobody."""
        await self._runner.cleanup()
        await self.store.close()

    async def close(self) -> None:
        """Stop the bot for good."""
        await self.stop()
        await self.transport.close()

    async def restart(self) -> None:
        """Stop the bot and start it, at another address that everyone is told of."""
        await self.stop()
        await self.start()

    def user(
        self, short: str, name: str, *, copies: int = 1, mobile: bool = False, **more: Any
    ) -> TeamsUser:
        """A new person of the tenant, who speaks to this bot."""
        member = self.teams.add_user(short, name, **more)
        return TeamsUser(self.teams, member, self.transport, copies=copies, mobile=mobile)
