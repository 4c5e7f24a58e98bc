"""How the tests of the fake Slack ask it things: with Slack's own SDK."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.workspace import BOT_TOKEN, Workspace

SAYS = [{"type": "section", "text": {"type": "mrkdwn", "text": "2.25 h logged"}}]


def client(
    slack: Workspace, session: aiohttp.ClientSession, token: str = BOT_TOKEN
) -> AsyncWebClient:
    return AsyncWebClient(token, base_url=slack.api_url, session=session, retry_handlers=[])


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as raised:
        await call
    assert raised.value.response["ok"] is False
    return raised.value.response["error"]
