"""What Slack sends, read: who said or pressed what, and where its answer can go.

Pure functions of a payload (a command's form fields, an interaction's or an event's JSON).
Raises KeyError, TypeError or ValueError where a payload is not what Slack documents.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from html import unescape
from typing import Any

from bot.slack.kit import decode
from bot.slack.modal import submitted
from handlers.chat.incoming import Kind

Payload = Mapping[str, Any]

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
MARKED_UP = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
SAID_BY_PEOPLE = {None, "file_share", "thread_broadcast"}  # subtypes of messages


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was said or pressed.

    ``direct``: in the person's own chat with the bot. ``message`` is the timestamp of the message
    that was pressed; only the person sees it if it is ``ephemeral``. ``home``: on the Home tab.
    """

    user: str
    channel: str = ""
    direct: bool = False
    thread: str = ""
    message: str = ""
    ephemeral: bool = False
    response_url: str = ""
    home: bool = False

    def to_json(self) -> dict[str, Any]:
        """What a modal carries of it: whatever is not empty."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that Slack delivered. ``key`` is the same when it is delivered again.

    ``trigger`` opens a modal, for 3 seconds. ``values`` are a stranger's word. ``text`` is in
    Slack's ``markup`` or as it was typed. ``said_at``: when the message that a shortcut is on was
    written, in UTC seconds.
    """

    origin: Origin
    kind: Kind
    key: str
    name: str = ""
    text: str = ""
    markup: bool = False
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    trigger: str = ""
    files: Sequence[Payload] = ()
    said_at: float = 0.0


def command(form: Payload) -> Heard:
    """A slash command. `/jalon log 2h` is `/log 2h`, for where another app owns a word."""
    text = as_typed(form.get("text", ""))
    word = "" if form["command"] == "/jalon" else form["command"] + " "
    if not word and not text.strip():
        text = "/help"
    return Heard(
        Origin(
            form["user_id"],
            form["channel_id"],
            response_url=form.get("response_url", ""),
        ),
        Kind.MESSAGE,
        f"slack:trigger:{form['trigger_id']}",
        text=word + text,
        trigger=form["trigger_id"],
    )


def press(payload: Payload) -> Heard:
    """A button, on a message or on the Home tab."""
    action, container = payload["actions"][0], payload.get("container", {})
    origin = Origin(
        payload["user"]["id"],
        payload.get("channel", {}).get("id", ""),
        thread=payload.get("message", {}).get("thread_ts", ""),
        message=container.get("message_ts", ""),
        ephemeral=bool(container.get("is_ephemeral")),
        response_url=payload.get("response_url", ""),
        home=payload.get("view", {}).get("type") == "home",
    )
    return Heard(
        origin,
        Kind.PRESS,
        f"slack:trigger:{payload['trigger_id']}",
        name=action["action_id"].partition("#")[0],
        values=decode(action.get("value", "{}")),
        trigger=payload["trigger_id"],
    )


def submission(payload: Payload, carried: str) -> Heard:
    """A modal that was sent; ``carried`` is its private metadata, in full.

    Sent again with the same answers, as after Slack's own timeout, it is the same delivery.
    """
    view = payload["view"]
    kept = json.loads(carried)
    origin = replace(Origin(**kept["origin"]), user=payload["user"]["id"])
    values = submitted(view)
    digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
    return Heard(
        origin,
        Kind.SUBMIT,
        f"slack:view:{view['id']}:{digest}",
        name=view["callback_id"],
        text="\n".join(value for value in values.values() if value),
        values=kept["values"] | values,
    )


def shortcut(payload: Payload) -> Heard:
    """A shortcut of the composer's menu, or of a message's with the words of that message."""
    message = payload.get("message", {})
    origin = Origin(
        payload["user"]["id"],
        payload.get("channel", {}).get("id", ""),
        response_url=payload.get("response_url", ""),
    )
    return Heard(
        origin,
        Kind.PRESS,
        f"slack:trigger:{payload['trigger_id']}",
        name=payload["callback_id"],
        text=message.get("text", ""),
        markup=True,
        trigger=payload["trigger_id"],
        said_at=float(payload.get("message_ts") or message.get("ts") or 0),
    )


def event(payload: Payload) -> Heard | None:
    """A message in a direct chat, a mention, or the Home tab opened; None for anything else."""
    said, kind = payload["event"], payload["event"]["type"]
    if kind == "app_home_opened":
        if said.get("tab") != "home":
            return None
        origin = Origin(said["user"], home=True)
        return Heard(origin, Kind.MESSAGE, _event_key(payload), text="/home")
    direct = kind == "message" and said.get("channel_type") == "im"
    if not direct and kind != "app_mention":
        return None
    if said.get("subtype") not in SAID_BY_PEOPLE or said.get("bot_id") or not said.get("user"):
        return None
    thread = said.get("thread_ts", "")
    origin = Origin(said["user"], said["channel"], direct=direct, thread=thread)
    files = said.get("files", ())
    return Heard(
        origin,
        Kind.DROP if files else Kind.MESSAGE,
        _event_key(payload),
        text=said.get("text", ""),
        markup=True,
        files=files,
    )


def as_typed(text: str, names: Callable[[str], str] = lambda id: "") -> str:
    """Slack's markup as the person typed it: links by their words, people by ``names``."""

    def typed(found: re.Match[str]) -> str:
        target, label = found[1], found[2]
        if mention := MENTION.fullmatch(found[0]):
            return names(mention[1])
        if label:
            return f"#{label}" if target.startswith("#") else label
        return target.replace("!", "@", 1) if target.startswith("!") else target

    return unescape(MARKED_UP.sub(typed, text)).strip()


def mentioned(text: str) -> set[str]:
    """The ids of the people that a text in Slack's markup names."""
    return {found[1] for found in MENTION.finditer(text)}


def _event_key(payload: Payload) -> str:
    return f"slack:event:{payload['event_id']}"
