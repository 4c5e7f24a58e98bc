"""The fake Slack fails as it was told to."""

import asyncio
import json

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.slack.fake.asking import refused
from tests.slack.faults import Fault
from tests.slack.people import Channel, User
from tests.slack.workspace import Workspace


async def test_ratelimits_and_errors(slack: Workspace, web: AsyncWebClient, team: Channel):
    slack.fail("chat.postMessage", with_=Fault.rate_limited(7))
    slack.fail("chat.postMessage", with_=Fault.status(503))
    slack.fail("chat.postMessage", with_=Fault.error("fatal_error"))
    with pytest.raises(SlackApiError) as raised:
        await web.chat_postMessage(channel=team.id, text="x")
    said = raised.value.response
    assert (said.status_code, said["error"], said.headers["Retry-After"]) == (
        429,
        "ratelimited",
        "7",
    )
    with pytest.raises(SlackApiError) as raised:
        await web.chat_postMessage(channel=team.id, text="x")
    assert raised.value.response.status_code == 503
    assert await refused(web.chat_postMessage(channel=team.id, text="x")) == "fatal_error"
    assert slack.faults_left == {}
    await web.chat_postMessage(channel=team.id, text="x")
    assert len(slack.messages) == len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize("after", [False, True])
async def test_a_dropped_connection(
    slack: Workspace, web: AsyncWebClient, team: Channel, after: bool
):
    slack.fail("chat.postMessage", with_=Fault.dropped(after=after))
    with pytest.raises(aiohttp.ClientConnectionError):
        await web.chat_postMessage(channel=team.id, text="x")
    assert len(slack.messages) == int(after)


@pytest.mark.parametrize("after", [False, True])
async def test_a_slow_answer_comes_when_it_is_let_go(
    slack: Workspace, web: AsyncWebClient, team: Channel, after: bool
):
    go = asyncio.Event()
    slack.fail("chat.postMessage", with_=Fault.slow(go, after=after))
    asked = asyncio.create_task(web.chat_postMessage(channel=team.id, text="x"))
    await slack.until(lambda: slack.messages if after else slack.waiting)
    assert (len(slack.messages), asked.done()) == (int(after), False)
    go.set()
    assert (await asked)["ok"] is True
    assert len(slack.messages) == 1


async def test_a_malformed_answer(slack: Workspace, session: aiohttp.ClientSession):
    slack.fail("auth.test", with_=Fault.malformed())
    async with session.post(f"{slack.api_url}auth.test") as answer:
        with pytest.raises(json.JSONDecodeError):
            await answer.json()


async def test_faults_of_files_and_response_urls(
    slack: Workspace, web: AsyncWebClient, alex: User, team: Channel
):
    hook = AsyncWebhookClient(slack.hook(alex.id, team.id, command=True))
    slack.fail("response_url", with_=Fault.status(500))
    slack.fail("response_url", with_=Fault.error("used_url"))
    assert [(await hook.send(text="x")).status_code for _ in range(3)] == [500, 404, 200]
    slack.fail("files.upload", with_=Fault.dropped())
    with pytest.raises(aiohttp.ClientConnectionError):
        await web.files_upload_v2(content="x", filename="x.csv", channel=team.id)
    slack.fail("files.completeUploadExternal", with_=Fault.status(500, after=True))
    with pytest.raises(SlackApiError):
        await web.files_upload_v2(content="x", filename="x.csv", channel=team.id)
    assert len(slack.messages[-1].files) == 1


async def test_a_workspace_closes_while_an_answer_is_slow(web: AsyncWebClient, slack: Workspace):
    slack.fail("auth.test", with_=Fault.slow(asyncio.Event()))
    asked = asyncio.create_task(web.auth_test())
    await slack.until(lambda: slack.waiting)
    await slack.close()
    assert (await asked)["ok"] is True
