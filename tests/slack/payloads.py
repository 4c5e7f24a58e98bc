"""Commands and interactions as Slack sends them, and the signature of what it sends."""

import hashlib
import hmac
import html
from typing import Any

from tests.slack.memory import APP, TEAM, Json, Message, View
from tests.slack.people import Channel, User
from tests.slack.views import Screens

TOKEN = "verification-token"  # what Slack sends, and nobody should trust
TEAM_SHOWN: dict[str, Any] = {"id": TEAM, "domain": "jalon-test"}


def signed(body: bytes, secret: str, at: float) -> dict[str, str]:
    """The headers that prove a body to be Slack's, ``at`` in UTC seconds."""
    stamp = str(int(at))
    base = b"v0:" + stamp.encode() + b":" + body
    signature = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}


def slash_command(world: Screens, user: User, channel: Channel, line: str) -> Json:
    """The form fields of a typed command; ``line`` begins with its slash."""
    command, _, text = line.partition(" ")
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "team_domain": "jalon-test",
        "channel_id": channel.id,
        "channel_name": _channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": html.escape(text.strip(), quote=False),
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": world.hook(user.id, channel.id, command=True),
        "trigger_id": world.trigger(user.id),
    }


def ssl_check() -> Json:
    """The form fields with which Slack tries a certificate now and then."""
    return {"ssl_check": "1", "token": TOKEN}


def url_verification(challenge: str) -> Json:
    """What Slack sends when the events' URL is entered; ``challenge`` must come back."""
    return {"token": TOKEN, "challenge": challenge, "type": "url_verification"}


def block_actions(
    world: Screens, user: User, origin: Message | View, action: Json, *, state: Json | None = None
) -> Json:
    """A press on a message, an ephemeral message, a modal or a home.

    ``action`` is the element with its ``block_id``; ``state`` what the message's inputs hold.
    """
    payload = _from(user, "block_actions") | {
        "token": TOKEN,
        "trigger_id": world.trigger(user.id),
        "enterprise": None,
        "is_enterprise_install": False,
        "actions": [pressed(action, world.ts())],
    }
    if isinstance(origin, View):
        container = {"type": "view", "view_id": origin.id}
        return payload | {"container": container, "view": origin.shown()}
    channel = world.channels[origin.channel]
    ephemeral = bool(origin.only_for)
    container: Json = {
        "type": "message",
        "message_ts": origin.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if origin.thread_ts:
        container["thread_ts"] = origin.thread_ts
    payload |= {
        "container": container,
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "state": {"values": state or {}},
        "response_url": world.hook(user.id, channel.id, origin),
    }
    # Slack does not keep ephemeral messages, so it cannot show them again.
    return payload if ephemeral else payload | {"message": origin.shown()}


def pressed(action: Json, ts: str) -> Json:
    """An element as it is named among a payload's actions."""
    kept = ("type", "action_id", "block_id", "text", "value", "style", "selected_option")
    return {key: action[key] for key in kept if key in action} | {"action_ts": ts}


def view_submission(world: Screens, user: User, view: View) -> Json:
    """A modal's inputs, submitted."""
    return _from(user, "view_submission") | {
        "token": TOKEN,
        "trigger_id": world.trigger(user.id),
        "view": view.shown(),
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def view_closed(user: User, view: View, *, all: bool = False) -> Json:
    """A modal that was cancelled, or with ``all`` the whole stack."""
    return _from(user, "view_closed") | {
        "token": TOKEN,
        "view": view.shown(),
        "is_cleared": all,
        "is_enterprise_install": False,
        "enterprise": None,
    }


def shortcut(world: Screens, user: User, callback_id: str) -> Json:
    """A global shortcut: it has no channel."""
    return {
        "type": "shortcut",
        "token": TOKEN,
        "action_ts": world.ts(),
        "team": TEAM_SHOWN,
        "user": {"id": user.id, "username": user.name, "team_id": user.team},
        "is_enterprise_install": False,
        "enterprise": None,
        "callback_id": callback_id,
        "trigger_id": world.trigger(user.id),
    }


def message_action(world: Screens, user: User, callback_id: str, message: Message) -> Json:
    """A shortcut from a message's menu."""
    channel = world.channels[message.channel]
    return {
        "type": "message_action",
        "token": TOKEN,
        "action_ts": world.ts(),
        "team": TEAM_SHOWN,
        "user": {"id": user.id, "username": user.name, "team_id": user.team, "name": user.name},
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "is_enterprise_install": False,
        "enterprise": None,
        "callback_id": callback_id,
        "trigger_id": world.trigger(user.id),
        "response_url": world.hook(user.id, channel.id),
        "message_ts": message.ts,
        "message": message.shown(),
    }


def block_suggestion(user: User, view: View, action_id: str, block_id: str, value: str) -> Json:
    """What is typed in an external select, to be answered with options."""
    return _from(user, "block_suggestion") | {
        "container": {"type": "view", "view_id": view.id},
        "token": TOKEN,
        "action_id": action_id,
        "block_id": block_id,
        "value": value,
        "view": view.shown(),
        "is_enterprise_install": False,
        "enterprise": None,
    }


def _from(user: User, type: str) -> Json:
    return {
        "type": type,
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": user.team,
        },
        "api_app_id": APP,
        "team": TEAM_SHOWN,
    }


def _channel_name(channel: Channel) -> str:
    if channel.id.startswith("D"):
        return "directmessage"
    return "privategroup" if channel.private else channel.name
