"""The Slack part of `make bench`: a whole /log over signed HTTP, against doing nothing at all.

The load comes from a process of its own, so that what is measured is the server; each round asks
every server in turn. Run as a module with a URL, it is that load.
"""

import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from statistics import median
from urllib.parse import parse_qsl, urlencode

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import Slack as Settings
from bot.dispatch import Dispatch
from bot.doors import Doors
from bot.slack.mount import mount
from bot.slack.signature import SIGNATURE, TIMESTAMP, complaint, sign
from handlers.all import everything
from handlers.chat.router import Router
from storage import people, totals
from storage.engine import Store
from storage.people import Newcomer, TeamRole
from storage.plan_files import load_plans
from tests.slack.workspace import BOT_TOKEN, SECRET, Workspace

PEOPLE, ROUNDS, CONNECTIONS = 40, 5, (1, 32)
REQUESTS = {1: 150, 32: 960}
Serve = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Took:
    """How one server did under one load: requests a second, and the median wait in ms."""

    rate: float
    p50: float


def command(number: int) -> bytes:
    """A command of one of forty people: no two lines the same, no day beyond twelve hours."""
    person, day = number % PEOPLE, time.gmtime(1720000000 + number // PEOPLE % 200 * 86400)
    board = ("EMSB", "RSB", "LBPSB", "WQSB")[number % 4]
    date = time.strftime("%Y-%m-%d", day)
    fields = {
        "token": "bench",
        "team_id": "T0TEAM",
        "team_domain": "bench",
        "channel_id": "C0TEAM",
        "channel_name": "team",
        "user_id": f"U0{person}",
        "user_name": f"person{person}",
        "command": "/log",
        "text": f"{5 + number % 7} min with a CDA at {board} {date} re action plan {number}",
        "api_app_id": "A0JALON",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T0TEAM/1/abc",
        "trigger_id": f"{number}.1.{number:032x}",
    }
    return urlencode(fields).encode()


async def load(url: str, connections: int, requests: int, first: int) -> None:
    """Send that many requests over so many connections; print how it went as JSON."""
    waits: list[float] = []

    async def one(session: aiohttp.ClientSession, number: int) -> None:
        body, at = command(number), str(int(time.time()))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            TIMESTAMP: at,
            SIGNATURE: sign(at, body, SECRET.encode()).decode(),
        }
        start = time.perf_counter()
        async with session.post(url, data=body, headers=headers) as answer:
            await answer.read()
            assert answer.status == 200, answer.status
        waits.append(time.perf_counter() - start)

    async def line(session: aiohttp.ClientSession, numbers: range) -> None:
        for number in numbers:
            await one(session, number)

    connector = aiohttp.TCPConnector(limit=connections)
    async with aiohttp.ClientSession(connector=connector) as session:
        await asyncio.gather(*(one(session, first + n) for n in range(connections)))
        waits.clear()
        numbers = range(first + connections, first + connections + requests)
        start = time.perf_counter()
        await asyncio.gather(*(line(session, numbers[n::connections]) for n in range(connections)))
        took = time.perf_counter() - start
    sys.stdout.write(json.dumps({"rate": requests / took, "p50": median(waits) * 1000}))


async def _loaded(url: str, connections: int, first: int) -> Took:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench_slack",
        url,
        str(connections),
        str(REQUESTS[connections]),
        str(first),
        stdout=subprocess.PIPE,
    )
    said, _ = await process.communicate()
    return Took(**json.loads(said))


async def _bare(request: web.Request) -> web.StreamResponse:
    raw = await request.read()
    if complaint(request.headers, raw, SECRET.encode(), time.time()):
        return web.Response(status=401)
    dict(parse_qsl(raw.decode(), keep_blank_values=True))
    return web.Response()


def _bolt(workspace: Workspace) -> Serve:
    """Bolt as its documentation sets it up, with a command that does nothing."""
    app = AsyncApp(
        signing_secret=SECRET, client=AsyncWebClient(BOT_TOKEN, base_url=workspace.api_url)
    )

    @app.command(re.compile("/log"))
    async def nothing(ack: AsyncAck) -> None:
        await ack()

    async def serve(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    return serve


async def _jalon(
    folder: Path, workspace: Workspace, router: Router
) -> tuple[web.Application, Store]:
    store = Store(folder)
    for person in range(PEOPLE):
        name = f"Person {person}"
        if f"U0{person}" not in workspace.users:
            workspace.add_user(f"person{person}", name, id=f"U0{person}")
        who = Newcomer("slack", f"U0{person}", name)
        await store.write(people.meet, who, TeamRole.STAFF, 0)
    dispatch = Dispatch(store, load_plans(None), router, _now)
    app = web.Application()

    secrets = {"bot_token": BOT_TOKEN, "signing_secret": SECRET, "api_url": workspace.api_url}
    mount(app, Settings.model_validate(secrets), dispatch, Doors())
    return app, store


def _more_commands() -> Router:
    """Everything, and twenty commands more."""
    router = everything()
    for number in range(20):
        handler = router.commands["help"].handler
        router.command(f"more{number}", f"plus{number}")(handler)
    return router


async def bench_slack() -> None:
    """Measure and print."""
    workspace = Workspace()
    await workspace.start()
    runners: list[web.AppRunner] = []
    urls: dict[str, str] = {}
    stores: dict[str, Store] = {}

    async def serve(name: str, app: web.Application) -> None:
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        runners.append(runner)
        urls[name] = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"

    with tempfile.TemporaryDirectory() as folder:
        for name, handler in (("bare", _bare), ("bolt", _bolt(workspace))):
            app = web.Application()
            app.router.add_post("/slack/events", handler)
            await serve(name, app)
        for name, router in (("jalon", everything()), ("jalon, 20 more", _more_commands())):
            app, stores[name] = await _jalon(Path(folder) / name, workspace, router)
            await serve(name, app)
        took: dict[tuple[str, int], list[Took]] = {}
        first = count(0, 10_000)
        for round in range(ROUNDS + 1):
            for connections in CONNECTIONS:
                for name, url in urls.items():
                    one = await _loaded(url, connections, next(first))
                    if round:  # the first warms up
                        took.setdefault((name, connections), []).append(one)
        logged = [
            await one.read(totals.logged, None, date.min, date.max) for one in stores.values()
        ]
        for runner in runners:
            await runner.cleanup()
        for store in stores.values():
            await store.close()
    await workspace.close()
    sent = (ROUNDS + 1) * sum(REQUESTS[one] + one for one in CONNECTIONS)
    assert [one.entries for one in logged] == [sent, sent], (logged, sent)
    _print(took)


def _print(took: dict[tuple[str, int], list[Took]]) -> None:
    def each(name: str, of: str, connections: int, what: str) -> str:
        """The ratio of two servers, round by round: its median and its range."""
        pairs = zip(took[name, connections], took[of, connections], strict=True)
        found = sorted(getattr(one, what) / getattr(other, what) for one, other in pairs)
        return f"{median(found):.2f}x ({found[0]:.2f} to {found[-1]:.2f})"

    def line(text: str) -> None:
        sys.stdout.write(text + "\n")

    line("A whole /log over signed HTTP, committed at FULL, receipt in the response:")
    for (name, connections), found in took.items():
        rate, p50 = median(one.rate for one in found), median(one.p50 for one in found)
        line(f"  {name:15} {connections:2} connections: {rate:6.0f} a second, p50 {p50:6.2f} ms")
    for text, ratio, goal in (
        ("p50 at 1 against Bolt's own", each("jalon", "bolt", 1, "p50"), "at most 0.25x"),
        ("rate at 32 against Bolt's own", each("jalon", "bolt", 32, "rate"), "at least 1.00x"),
        ("rate at 32 against bare aiohttp", each("jalon", "bare", 32, "rate"), "at least 0.25x"),
        ("rate at 32 with 20 more commands", each("jalon, 20 more", "jalon", 32, "rate"), "1.00x"),
    ):
        line(f"  {text}: {ratio}  goal {goal}")


def _now() -> datetime:
    return datetime(2025, 2, 12, 15, 0, tzinfo=UTC)


if __name__ == "__main__":
    asyncio.run(load(sys.argv[1], *map(int, sys.argv[2:])))
