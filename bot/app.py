"""The composition root: settings become a store, plans, a router, a clock and doors; and serves."""

import asyncio
import errno
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from bot import about, gallery, sample, sample_under_way
from bot.chores import chores
from bot.clock import Clock
from bot.config import Config, Teams
from bot.dispatch import Dispatch
from bot.doors import Doors
from bot.posting import Posting
from bot.scheduler import Scheduler
from bot.web import cast
from bot.web.server import Playground
from handlers.all import command_list, everything
from schedules.all import JOBS
from storage.engine import Store
from storage.plan_files import load_plans


class PortTaken(Exception):
    """Something else listens on the port."""


def data_folder(config: Config, *, with_sample: bool) -> Path:
    """Where the data lies. The sample has a folder of its own, never mixed with real data."""
    return config.data.with_name(config.data.name + "-sample") if with_sample else config.data


async def build(
    config: Config, *, with_sample: bool = False, playground: bool = True
) -> web.Application:
    """The whole product as an aiohttp application; its clean-up closes the store.

    Raises FolderTaken, PlanError, OSError and sqlite3.DatabaseError where the data is not usable.
    """
    folder = data_folder(config, with_sample=with_sample)
    if with_sample:
        sample_under_way.write_plan(folder)
    plans = load_plans(folder)
    store = Store(folder)
    try:
        clock = Clock()
        if with_sample:
            clock = await Clock.simulated_in(store, sample.STARTS)
            await sample.fill(store, plans, under_way=True)
    except BaseException:
        await store.close()
        raise
    router = everything()
    dispatch = Dispatch(store, plans, router, clock.now, config.new_people)
    doors = Doors()
    posting = Posting(store, doors, router, plans, clock.now)
    does = chores(store, config, folder)
    scheduler = Scheduler(store, plans, JOBS, does, clock, posting.all_said)

    app = web.Application()
    # The SDK of Teams takes a quarter of a second and 20 MB, Slack's 6 MB: of those who have it.
    if config.slack.configured:
        from bot.slack import mount as slack

        slack.mount(app, config.slack, dispatch, doors)
    if config.teams.configured:
        from bot.teams import mount as teams

        teams.mount(app, _reachable(config), dispatch, doors)
    if playground:
        page = Playground(
            dispatch=dispatch,
            choices=dispatch.choices,
            commands=lambda language: command_list(router, language),
            language_of=dispatch.language,
            gallery=gallery.cards,
            clock=clock,
            pass_time=scheduler.pass_time,
        )
        page.add_to(app)
        doors.open(cast.PLATFORM, page)
    if config.teams.configured or config.teams.public_url:
        about.add_to(app)
    app.router.add_get("/healthz", _healthy)

    scheduler.add_to(app)
    posting.add_to(app)

    async def close(_: web.Application) -> None:
        await store.close()

    app.on_cleanup.append(close)
    return app


async def serve(
    config: Config,
    *,
    with_sample: bool,
    playground: bool,
    listening: Callable[[str], None],
) -> None:
    """Run until SIGINT or SIGTERM: stop taking work, finish what is in hand, close the store.

    ``listening`` is called with the address once it answers. Raises what ``build`` raises, and
    PortTaken.
    """
    app = await build(config, with_sample=with_sample, playground=playground)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=10)
    await runner.setup()
    try:
        site = web.TCPSite(runner, config.host, config.port)
        try:
            await site.start()
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise PortTaken from error
        host, port = runner.addresses[0][:2]
        stop = asyncio.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        listening(f"http://{host}:{port}")
        await stop.wait()
    finally:
        await runner.cleanup()


def _reachable(config: Config) -> Teams:
    """The settings of Teams; for a local client the bot's own address is where people reach it."""
    if not config.teams.emulator or config.teams.public_url or not config.port:
        return config.teams
    url = f"http://{config.host}:{config.port}"
    return config.teams.model_copy(update={"public_url": url})


async def _healthy(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok", "at": datetime.now(UTC).isoformat()})
