"""The fake Slack's Socket Mode, with the SDK's own client."""

from collections.abc import AsyncGenerator
from typing import Any

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.fake.asking import refused
from tests.slack.faults import Fault
from tests.slack.workspace import APP_TOKEN, BOT_TOKEN, Workspace


async def connect(
    web: AsyncWebClient, session: aiohttp.ClientSession
) -> aiohttp.ClientWebSocketResponse:
    return await session.ws_connect((await web.apps_connections_open(app_token=APP_TOKEN))["url"])


@pytest.fixture
async def socket(slack: Workspace, web: AsyncWebClient) -> AsyncGenerator[SocketModeClient]:
    """The SDK's own client, which acknowledges with the payload's text, where Slack reads it."""
    opened = SocketModeClient(APP_TOKEN, web_client=web, ping_interval=0.2)

    async def answer(client: Any, request: SocketModeRequest) -> None:
        said = {"text": request.payload["text"]} if request.accepts_response_payload else None
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, said))

    opened.socket_mode_request_listeners.append(answer)
    await opened.connect()
    await slack.sockets.connected(1)
    yield opened
    await opened.close()


async def test_an_envelope_is_delivered_and_acknowledged(
    slack: Workspace, socket: SocketModeClient
):
    assert slack.sockets.open[0].sent[0]["type"] == "hello"
    ack = await slack.sockets.deliver("slash_commands", {"text": "2h"}, accepts=True)
    assert ack.payload == {"text": "2h"}
    event = await slack.sockets.deliver("events_api", {"text": "2h"}, retry_attempt=1)
    assert event.payload is None
    assert slack.sockets.open[0].sent[-1]["retry_attempt"] == 1


async def test_the_app_token_opens_connections_and_no_other(
    slack: Workspace, web: AsyncWebClient, session: aiohttp.ClientSession
):
    asked = web.apps_connections_open(app_token=BOT_TOKEN)
    assert await refused(asked) == "not_allowed_token_type"
    url = (await web.apps_connections_open(app_token=APP_TOKEN))["url"]
    async with session.ws_connect(url) as opened:
        assert (await opened.receive_json())["type"] == "hello"
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await session.ws_connect(url)


async def test_an_eleventh_connection_is_turned_away(
    slack: Workspace, web: AsyncWebClient, session: aiohttp.ClientSession
):
    kept = [await connect(web, session) for _ in range(10)]
    url = (await web.apps_connections_open(app_token=APP_TOKEN))["url"]
    async with session.ws_connect(url) as opened:
        assert (await opened.receive_json())["reason"] == "too_many_websockets"
        assert (await opened.receive()).type is aiohttp.WSMsgType.CLOSE
    assert len(slack.sockets.open) == len(kept)


@pytest.mark.parametrize("how", ["refresh_requested", "dropped", "silent"])
async def test_the_client_comes_back(slack: Workspace, socket: SocketModeClient, how: str):
    [first] = slack.sockets.open
    match how:
        case "dropped":
            first.drop()
        case "silent":
            first.silent = True
        case reason:
            await first.disconnect(reason)
    await slack.until(lambda: slack.sockets.connections[1:], "a second connection")
    second = slack.sockets.connections[1]
    ack = await slack.sockets.deliver("slash_commands", {"text": "2h"}, accepts=True, over=second)
    assert (ack.payload, ack.connection) == ({"text": "2h"}, second.number)


async def test_what_is_no_acknowledgement_is_a_violation(
    slack: Workspace, web: AsyncWebClient, session: aiohttp.ClientSession
):
    url = (await web.apps_connections_open(app_token=APP_TOKEN))["url"]
    async with session.ws_connect(url) as opened:
        await opened.send_str("hello")
        await slack.until(lambda: slack.violations)
    assert slack.violations == ["socket: not an acknowledgement: 'hello'"]


async def test_a_handshake_can_fail(
    slack: Workspace, web: AsyncWebClient, session: aiohttp.ClientSession
):
    slack.fail("socket", with_=Fault.status(503))
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await connect(web, session)
    assert (await (await connect(web, session)).receive_json())["type"] == "hello"


async def test_slack_pings_and_an_event_may_come_twice(slack: Workspace, socket: SocketModeClient):
    [connection] = slack.sockets.open
    await connection.ping()
    for attempt in (0, 1):
        ack = await slack.sockets.deliver(
            "events_api", {"text": "2h"}, envelope_id="same", retry_attempt=attempt
        )
        assert ack.envelope_id == "same"
    assert len(slack.sockets.acks) == 2
