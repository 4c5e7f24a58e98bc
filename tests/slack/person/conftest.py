"""What the tests of a person in the fake Slack may ask for: an app made of Bolt to speak with."""

import time
from collections.abc import AsyncGenerator

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from tests.slack.driver import SlackUser
from tests.slack.people import Channel
from tests.slack.person.bolt_app import BoltApp
from tests.slack.transport import OverHttp, OverSocket, Transport
from tests.slack.workspace import APP_TOKEN, SECRET, Workspace


@pytest.fixture
async def app(workspace: Workspace) -> BoltApp:
    return BoltApp(workspace)


@pytest.fixture
async def http(app: BoltApp) -> AsyncGenerator[OverHttp]:
    served = web.Application()
    served.router.add_post("/slack/events", app.http)
    runner = web.AppRunner(served, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    opened = OverHttp(f"http://{host}:{port}/slack/events", SECRET, time.time)
    yield opened
    await opened.close()
    await runner.cleanup()


@pytest.fixture
async def socket(workspace: Workspace, app: BoltApp) -> AsyncGenerator[OverSocket]:
    handler = AsyncSocketModeHandler(app.app, APP_TOKEN, web_client=app.web)
    await handler.connect_async()
    yield OverSocket(workspace.sockets)
    await handler.close_async()


@pytest.fixture(params=["http", "socket"])
def transport(request: pytest.FixtureRequest) -> Transport:
    return request.getfixturevalue(request.param)


@pytest.fixture
def alex(workspace: Workspace, transport: Transport) -> SlackUser:
    return SlackUser(workspace, workspace.add_user("alex", "Alex Roy"), transport)


@pytest.fixture
def team(workspace: Workspace, alex: SlackUser) -> Channel:
    sam = workspace.add_user("sam", "Sam Cohen")
    return workspace.add_channel("team", [alex.user, sam])
