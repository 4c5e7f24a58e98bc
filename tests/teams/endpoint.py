"""The endpoint by itself, served on this machine, with a receiver that writes down what it took."""

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web

from bot.config import Teams as Settings
from bot.teams.authentication import Authentication
from bot.teams.http import PATH, Endpoint
from bot.teams.keys import Keys
from tests.teams.microsoft import Clock, Json, Microsoft

APP = "00000000-0000-0000-0000-00000000000a"
SERVICE_URL = "https://smba.trafficmanager.net/amer/"


def activity(type: str = "message", **more: Any) -> Json:
    """An activity as Teams sends it; a field given as None is left out."""
    usual = {
        "type": type,
        "id": "1485983408511",
        "channelId": "msteams",
        "serviceUrl": SERVICE_URL,
        "from": {"id": "29:alex", "aadObjectId": "7faf8ab2", "name": "Alex Roy"},
        "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": "t"},
        "recipient": {"id": f"28:{APP}", "name": "Jalon"},
        "channelData": {"tenant": {"id": "t"}},
        "text": "log 1h of secretmatter",
    }
    return {name: value for name, value in (usual | more).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the endpoint answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Recorder:
    """Takes activities. ``answer`` is what it says to an invoke; ``error`` is raised if given."""

    def __init__(self) -> None:
        self.taken: list[Json] = []
        self.answer: Json | None = None
        self.error: Exception | None = None

    async def take(self, activity: Json) -> Json | None:
        self.taken.append(activity)
        if self.error is not None:
            raise self.error
        return self.answer


class Served:
    """The endpoint on a free port. ``clock`` is that of its keys."""

    def __init__(
        self, microsoft: Microsoft, settings: Settings, session: aiohttp.ClientSession
    ) -> None:
        self.microsoft = microsoft
        self.recorder = Recorder()
        self.clock = Clock()
        keys = Keys(session, settings.openid_url, self.clock)
        self.authentication = Authentication(settings, keys)
        self.url = ""
        self._session = session

    def bearer(self, **claims: Any) -> str:
        """A genuine header, or one whose token has other claims."""
        return f"Bearer {self.microsoft.token(APP, SERVICE_URL, **claims)}"

    async def post(self, activity: Json | bytes, header: str | None = None) -> Answer:
        """Have an activity delivered."""
        raw = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        headers = {"Content-Type": "application/json"}
        if header is not None:
            headers["Authorization"] = header
        async with self._session.post(self.url, data=raw, headers=headers) as response:
            return Answer(response.status, response.headers, await response.read())


@asynccontextmanager
async def serving(microsoft: Microsoft, **settings: Any) -> AsyncGenerator[Served]:
    """An endpoint that believes this Microsoft."""
    given = {"app_id": APP, "app_password": "secret-of-the-app", "tenant_id": APP}
    read = Settings.model_validate(given | {"openid_url": microsoft.openid_url} | settings)
    app = web.Application()
    async with aiohttp.ClientSession() as session:
        served = Served(microsoft, read, session)
        endpoint = Endpoint(served.authentication, served.recorder)
        app.router.add_post(PATH, endpoint.serve)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        served.url = f"http://{host}:{port}{PATH}"
        yield served
        await runner.cleanup()
