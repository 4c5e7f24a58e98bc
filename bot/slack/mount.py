"""Hangs the Slack door into the process: its route, its connections, and their end."""

from aiohttp import web

from bot.config import Slack as Settings
from bot.dispatch import Dispatch
from bot.doors import Doors
from bot.slack.bolt import app_of
from bot.slack.client import Slack
from bot.slack.door import Door
from bot.slack.http import Events
from bot.slack.manifest import PATH
from bot.slack.members import PLATFORM
from bot.slack.socket import Sockets


def mount(app: web.Application, settings: Settings, dispatch: Dispatch, doors: Doors) -> None:
    """Have the app serve Slack, over HTTP and over Socket Mode as far as each is set up."""
    slack = Slack(settings)
    door = Door(slack, dispatch)
    doors.open(PLATFORM, door.posts)
    bolt = app_of(slack, door)
    if settings.signing_secret is not None:
        events = Events(bolt, settings.signing_secret.get_secret_value())
        app.router.add_post(PATH, events.serve)
    sockets: Sockets | None = None
    if settings.app_token is not None:
        sockets = Sockets(bolt, settings.app_token.get_secret_value(), slack)

    async def start(_: web.Application) -> None:
        await door.start()
        if sockets:
            sockets.start()

    async def hang_up(_: web.Application) -> None:
        if sockets:
            await sockets.close()

    async def close(_: web.Application) -> None:
        await door.close()
        await slack.close()

    app.on_startup.append(start)
    app.on_shutdown.append(hang_up)
    app.on_cleanup.append(close)
