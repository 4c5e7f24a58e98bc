"""Events as Slack sends them: messages, mentions, and what else the bot can subscribe to."""

import html
import re
from collections.abc import Sequence

from tests.slack.memory import APP, BOT, TEAM, Json, Message
from tests.slack.payloads import TOKEN
from tests.slack.people import Channel, User
from tests.slack.views import Screens

LINK = re.compile(r"\bhttps?://[^\s<>]+")


def event(world: Screens, inner: Json, *, event_id: str = "") -> Json:
    """An event in its envelope; an ``event_id`` given again is the event delivered again."""
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": inner,
        "type": "event_callback",
        "event_id": event_id or world.id("Ev"),
        "event_time": int(world.now),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{inner['type']}",
    }


def message_event(world: Screens, message: Message, *, files: Sequence[Json] = ()) -> Json:
    """``message.im`` or ``message.channels``: a message as it was said, by a person or a bot.

    ``files`` stand in for the message's own where Slack shows less of them.
    """
    inner = _said(world, message) | {"type": "message"}
    inner["channel_type"] = "im" if world.channels[message.channel].direct else "channel"
    if message.user == BOT:
        inner["bot_id"] = message.shown()["bot_id"]
    if message.files:
        inner |= {
            "subtype": "file_share",
            "files": list(files) or message.files,
            "upload": False,
            "display_as_bot": False,
        }
    return event(world, inner)


def message_changed(world: Screens, message: Message, before: str) -> Json:
    """A message that its writer has edited."""
    ts = world.ts()
    edited = message.shown() | {"edited": {"user": message.user, "ts": ts}}
    was = message.shown() | {"text": before, "blocks": rich_text(before)}
    inner = {
        "type": "message",
        "subtype": "message_changed",
        "message": edited,
        "previous_message": was,
        "channel": message.channel,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
        "channel_type": "im" if world.channels[message.channel].direct else "channel",
    }
    return event(world, inner)


def message_deleted(world: Screens, message: Message) -> Json:
    """A message that its writer has taken away."""
    ts = world.ts()
    inner = {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": message.shown(),
        "channel": message.channel,
        "hidden": True,
        "deleted_ts": message.ts,
        "ts": ts,
        "event_ts": ts,
        "channel_type": "im" if world.channels[message.channel].direct else "channel",
    }
    return event(world, inner)


def app_mention(world: Screens, message: Message, *, files: Sequence[Json] = ()) -> Json:
    """A message that names the bot, perhaps in a thread, perhaps with files."""
    inner = _said(world, message) | {"type": "app_mention"}
    if message.files:
        inner |= {"files": list(files) or message.files, "upload": False, "display_as_bot": False}
    return event(world, inner)


def app_home_opened(world: Screens, user: User, *, tab: str = "home") -> Json:
    """A look at the app's page; what was published there comes along."""
    inner: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": world.dm(user).id,
        "tab": tab,
        "event_ts": world.ts(),
    }
    if tab == "home" and user.id in world.homes:
        inner["view"] = world.homes[user.id].shown()
    return event(world, inner)


def user_change(world: Screens, user: User) -> Json:
    """A member who has changed something about themselves."""
    shown = user.shown(locale=True, email=True)
    inner = {
        "type": "user_change",
        "user": shown,
        "cache_ts": int(world.now),
        "event_ts": world.ts(),
    }
    return event(world, inner)


def member_joined_channel(world: Screens, user: User, channel: Channel) -> Json:
    """Someone, perhaps the bot, who has come into a channel."""
    inner = {
        "type": "member_joined_channel",
        "user": user.id,
        "channel": channel.id,
        "channel_type": "G" if channel.private else "C",
        "team": TEAM,
        "event_ts": world.ts(),
    }
    return event(world, inner)


def typed(text: str) -> str:
    """What a person typed, as Slack hands it on: three characters escaped, and links marked."""
    return LINK.sub(lambda found: f"<{found[0]}>", html.escape(text, quote=False))


def rich_text(text: str) -> list[Json]:
    """The blocks that Slack makes of what a person types."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": "said", "elements": [section]}]


def _said(world: Screens, message: Message) -> Json:
    said: Json = {
        "user": message.user,
        "ts": message.ts,
        "client_msg_id": f"00000000-0000-4000-8000-{message.ts[-6:]:0>12}",
        "text": message.text,
        "team": world.users[message.user].team,
        "blocks": message.blocks,
        "channel": message.channel,
        "event_ts": message.ts,
    }
    if message.thread_ts:
        parent = world.message(message.channel, message.thread_ts)
        said |= {"thread_ts": message.thread_ts, "parent_user_id": parent.user}
    if world.users[message.user].team != TEAM:
        said |= {"user_team": said["team"], "source_team": said["team"]}
    return said
