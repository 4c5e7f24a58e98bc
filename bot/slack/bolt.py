"""Bolt between the transports and the door: one listener a kind of payload, and our table behind.

What is behind answers everything itself, so each further command costs nothing here.
"""

# The SDK's own types are incomplete.
# pyright: reportUnknownMemberType=false

import logging
import re

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from bot.slack.client import Slack
from bot.slack.door import Ack, Door
from bot.slack.payloads import Payload

QUIET = logging.getLogger("jalon.slack.bolt")
QUIET.setLevel(logging.CRITICAL)  # Bolt's own lines quote payloads
ANYTHING = re.compile("")


def app_of(slack: Slack, door: Door) -> AsyncApp:
    """A Bolt app that brings every payload to the door, and the door's answer back."""

    async def authorize() -> AuthorizeResult:
        # One workspace, one token: nothing to look up, so nothing to wait for.
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=slack.web.token)

    app = AsyncApp(
        logger=QUIET,
        client=slack.web,
        authorize=authorize,
        # Without it Bolt looks for the acknowledgement every 10 ms, and an error in that time
        # takes the acknowledgement away.
        process_before_response=True,
        # The door has looked at signatures and at who speaks.
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    @app.command(ANYTHING)
    async def command(body: Payload) -> BoltResponse:
        return _response(await door.take("command", body))

    @app.action(ANYTHING)
    async def press(body: Payload) -> BoltResponse:
        return _response(await door.take("press", body))

    @app.view(ANYTHING)
    async def submission(body: Payload) -> BoltResponse:
        return _response(await door.take("submission", body))

    @app.event(ANYTHING)
    async def event(body: Payload) -> BoltResponse:
        return _response(await door.take("event", body))

    @app.shortcut(ANYTHING)
    async def shortcut(body: Payload) -> BoltResponse:
        return _response(await door.take("shortcut", body))

    @app.options(ANYTHING)
    async def options(body: Payload) -> BoltResponse:
        return _response(await door.suggest(body))

    return app


def _response(ack: Ack) -> BoltResponse:
    return BoltResponse(status=200, body="" if ack is None else dict(ack))
