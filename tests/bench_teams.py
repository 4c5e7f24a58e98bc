"""The Teams part of `make bench`: whole turns, against an echo on the stock CloudAdapter.

Every server is a process of its own, and so are Teams and its people (``bench_teams_load``); each
round asks both servers in turn. Run as a module with "stock" or "jalon", it is that server.
"""

import asyncio
import json
import logging
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

import requests
from aiohttp import web
from botbuilder.core import ActivityHandler, MessageFactory, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import Activity, AdaptiveCardInvokeResponse, AdaptiveCardInvokeValue
from botframework.connector.auth import AuthenticationConstants, MicrosoftAppCredentials

from bot.config import Teams as Settings
from bot.dispatch import Dispatch
from bot.doors import Doors
from bot.teams.mount import mount
from handlers.all import everything
from storage.engine import Store
from storage.plan_files import load_plans
from tests.bench_teams_load import Order, What
from tests.teams.people import APP_ID, TENANT

PATH = "/api/messages"
PASSWORD = "bench"
CARD = "application/vnd.microsoft.card.adaptive"
CALLERS, ROUNDS = 32, 5
# Turns a round: half a second and more of each server.
TURNS: dict[tuple[str, What], int] = {
    ("stock", "message"): 64,
    ("stock", "invoke"): 160,
    ("jalon", "message"): 640,
    ("jalon", "invoke"): 640,
}
# What the bot sends in a turn beside its answer: our receipt is also edited for everyone.
SENDS: dict[tuple[str, What], int] = {
    ("stock", "message"): 1,
    ("stock", "invoke"): 0,
    ("jalon", "message"): 1,
    ("jalon", "invoke"): 1,
}
LONG = 10_000  # turns over which memory is watched
Json = dict[str, Any]


class Stock(CloudAdapter):
    """The adapter as it comes, but for an invoke's answer, which it would serialise twice."""

    async def process(self, request: web.Request, bot: ActivityHandler) -> web.Response:
        activity: Activity = Activity().deserialize(await request.json())
        header = request.headers.get("Authorization", "")
        answer = await self.process_activity(header, activity, bot.on_turn)
        if answer:
            return web.json_response(answer.body, status=answer.status)
        return web.Response(status=201)


class Echo(ActivityHandler):
    """Says what it heard; a press is answered with the smallest card."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(MessageFactory.text(f"Echo: {turn_context.activity.text}"))

    async def on_adaptive_card_invoke(
        self, turn_context: TurnContext, invoke_value: AdaptiveCardInvokeValue
    ) -> AdaptiveCardInvokeResponse:
        body = [{"type": "TextBlock", "text": "Pressed"}]
        card = {"type": "AdaptiveCard", "version": "1.5", "body": body}
        return AdaptiveCardInvokeResponse(status_code=200, type=CARD, value=card)


def _stock(openid: str, login: str) -> web.Application:
    """The echo, with Microsoft's addresses replaced by those on this machine."""
    logging.getLogger("msrest").setLevel(logging.ERROR)  # it warns at each press of its "trigger"
    AuthenticationConstants.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL = openid

    # MSAL speaks https alone. A turn's token costs it two requests or more, each over a connection
    # of its own; here it is one without TLS, in favour of the stock side.
    def get_access_token(self: MicrosoftAppCredentials, force_refresh: bool = False) -> str:
        form = {
            "grant_type": "client_credentials",
            "client_id": self.microsoft_app_id,
            "client_secret": self.microsoft_app_password,
            "scope": "https://api.botframework.com/.default",
        }
        answer = requests.post(f"{login}/{TENANT}/oauth2/v2.0/token", data=form, timeout=10)
        return answer.json()["access_token"]

    MicrosoftAppCredentials.get_access_token = get_access_token

    settings = SimpleNamespace(
        APP_ID=APP_ID, APP_PASSWORD=PASSWORD, APP_TYPE="SingleTenant", APP_TENANTID=TENANT
    )
    adapter, bot = Stock(ConfigurationBotFrameworkAuthentication(settings)), Echo()

    async def serve(request: web.Request) -> web.Response:
        return await adapter.process(request, bot)

    app = web.Application()
    app.router.add_post(PATH, serve)
    return app


def _jalon(openid: str, login: str, folder: Path) -> web.Application:
    store = Store(folder)
    plans = load_plans(None)
    dispatch = Dispatch(
        store, plans, everything(), lambda: datetime(2025, 2, 12, 15, 0, tzinfo=UTC)
    )
    settings = {
        "app_id": APP_ID,
        "app_password": PASSWORD,
        "tenant_id": TENANT,
        "login_url": login,
        "openid_url": openid,
        "service_hosts": ("127.0.0.1",),
    }
    app = web.Application()
    mount(app, Settings.model_validate(settings), dispatch, Doors())

    async def close(_: web.Application) -> None:
        await store.close()

    app.on_cleanup.append(close)
    return app


async def serve(app: web.Application) -> None:
    """Say where it answers, and go on until nobody listens any more."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(json.dumps({"url": f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"}) + "\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


class Process:
    """A module of the benchmark that runs, and talks in lines of JSON."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, *words: str) -> tuple["Process", Json]:
        """One, and what it says first."""
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", *words)
        process = cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe))
        return process, await process.hear()

    async def hear(self) -> Json:
        assert self._process.stdout is not None
        return json.loads(await self._process.stdout.readline())

    async def ask(self, said: Json) -> Json:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(said).encode() + b"\n")
        return await self.hear()

    async def stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()

    @property
    def memory(self) -> float:
        """In MB; 0 where there is no /proc."""
        status = Path(f"/proc/{self._process.pid}/status")
        if not status.exists():
            return 0.0
        lines = status.read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1024


async def bench_teams() -> None:
    """Measure and print."""
    teams, at = await Process.start("tests.bench_teams_load")
    took: dict[tuple[str, What], list[float]] = {one: [] for one in TURNS}
    numbers = count(0, 20_000)
    with tempfile.TemporaryDirectory() as folder:
        servers: dict[str, Process] = {}
        urls: dict[str, str] = {}
        for name in ("stock", "jalon"):
            words = (name, at["openid"], at["login"], folder)
            servers[name], said = await Process.start("tests.bench_teams", *words)
            urls[name] = said["url"]

        async def measure(name: str, what: What, turns: int) -> float:
            order = Order(urls[name], what, CALLERS, turns, next(numbers), SENDS[name, what])
            return (await teams.ask(asdict(order)))["rate"]

        for round in range(ROUNDS + 1):
            for (name, what), turns in TURNS.items():
                rate = await measure(name, what, turns)
                if round:  # the first warms up
                    took[name, what].append(rate)
        memory = [servers["jalon"].memory]
        for _ in range(2):
            for what in ("message", "invoke"):
                await measure("jalon", what, LONG // 4)
            memory.append(servers["jalon"].memory)
        for one in (*servers.values(), teams):
            await one.stop()
    _print(took, memory)


def _print(took: dict[tuple[str, What], list[float]], memory: list[float]) -> None:
    def line(text: str) -> None:
        sys.stdout.write(text + "\n")

    line(f"A whole turn in Teams at {CALLERS} callers, tokens checked and shown, against an echo:")
    for (name, what), found in took.items():
        line(f"  {name:5} {what:7}: {median(found):6.0f} a second")
    goals: dict[What, str] = {"message": "8.00x", "invoke": "6.00x"}
    for what, goal in goals.items():
        pairs = zip(took["jalon", what], took["stock", what], strict=True)
        found = sorted(ours / theirs for ours, theirs in pairs)
        line(
            f"  {what}s against the stock CloudAdapter's: {median(found):.2f}x"
            f" ({found[0]:.2f} to {found[-1]:.2f})  goal at least {goal}"
        )
    start, half, end = memory
    line(
        f"  memory before, at half and after {LONG:,} turns: {start:.0f}, {half:.0f}, {end:.0f} MB"
        "  goal flat"
    )


def main(name: str, openid: str, login: str, folder: str) -> None:
    """Be one of the servers."""

    async def run() -> None:
        built = _stock(openid, login) if name == "stock" else _jalon(openid, login, Path(folder))
        await serve(built)

    asyncio.run(run())


if __name__ == "__main__":
    main(*sys.argv[1:])
