"""Hangs the Teams door into the process: its routes, its connections, and their end."""

import aiohttp
from aiohttp import web

from bot.config import Teams as Settings
from bot.dispatch import Dispatch
from bot.doors import Doors
from bot.teams import files, http, pictures
from bot.teams.authentication import Authentication
from bot.teams.connector import Connector
from bot.teams.door import Door
from bot.teams.files import Files
from bot.teams.hosts import allowed
from bot.teams.http import Endpoint
from bot.teams.keys import Keys
from bot.teams.origin import PLATFORM
from bot.teams.pictures import Pictures
from bot.teams.tokens import Tokens


def mount(app: web.Application, settings: Settings, dispatch: Dispatch, doors: Doors) -> None:
    """Have the app serve Teams."""
    session = aiohttp.ClientSession(trust_env=True, cookie_jar=aiohttp.DummyCookieJar())
    tokens = None if settings.emulator else Tokens(session, settings)
    calls = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
    connector = Connector(calls, tokens, allowed(settings))
    given_out = Files(session, dispatch.store, dispatch.now, settings)
    shown = Pictures(dispatch.store, dispatch.now, settings)
    door = Door(connector, dispatch, given_out, shown, settings)
    endpoint = Endpoint(Authentication(settings, Keys(session, settings.openid_url)), door)
    app.router.add_post(http.PATH, endpoint.serve)
    app.router.add_get(f"{files.PATH}/{{token}}", given_out.serve)
    app.router.add_get(f"{pictures.PATH}/{{token}}", shown.serve)
    doors.open(PLATFORM, door.posts)

    async def start(_: web.Application) -> None:
        await door.start()

    async def close(_: web.Application) -> None:
        await door.close()
        await calls.close()
        await session.close()

    app.on_startup.append(start)
    app.on_cleanup.append(close)
