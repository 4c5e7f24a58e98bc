"""What Teams sends, read: who said or pressed what, and where its answer can go.

Pure functions of an activity (the JSON that Teams posts). Raises KeyError, TypeError, ValueError or
AttributeError where it is not what Teams documents.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape

from bot.teams import forms, render
from bot.teams.origin import Activity, Origin, Who, all_of, origin, who, within
from handlers.chat.incoming import Kind

# What invokes are called.
EXECUTE = "adaptiveCard/action"
SEARCH = "application/search"
CONSENT = "fileConsent/invoke"
FILE = "application/vnd.microsoft.teams.file.download.info"
# Only with its semicolon: what else begins with & was typed.
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that Teams delivered. ``key`` is the same when it is delivered again.

    ``inputs`` are what those of a form hold. ``invoke``: the answer to the request is shown.
    ``refreshes``: a card is looked at, mostly by its client alone, and shown to this person.
    ``replaces``: the activity in whose place a form's answer comes. ``consent``: to a file.
    """

    who: Who
    origin: Origin
    kind: Kind
    key: str
    name: str = ""
    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    inputs: Mapping[str, str] = field(default_factory=dict[str, str])
    files: Sequence[Activity] = ()
    invoke: bool = False
    refreshes: bool = False
    replaces: str = ""
    consent: Activity | None = None


def message(activity: Activity) -> Heard:
    """Words, or files, with the bot's name taken out."""
    files = [one for one in all_of(activity, "attachments") if one.get("contentType") == FILE]
    return Heard(
        who(activity),
        origin(activity),
        Kind.DROP if files else Kind.MESSAGE,
        _key(activity),
        text=as_typed(activity),
        files=files,
    )


def press(activity: Activity) -> Heard:
    """A button, a form, or a card that its client refreshes."""
    action = activity["value"]["action"]
    heard = Heard(
        who(activity),
        origin(activity),
        Kind.PRESS,
        _key(activity),
        name=str(action.get("verb") or ""),
        invoke=True,
    )
    try:
        data = within(action, "data")
        ours = within(data, "jalon")
        if "form" not in ours or heard.name == forms.CANCEL:
            refreshes = ours.get("refresh") is True
            return replace(heard, values=render.pressed(data), refreshes=refreshes)
        carried, held = forms.submitted(data)
    except (TypeError, ValueError):  # no button of ours: said so, as of one that is no longer there
        return replace(heard, name="")
    # Sent again with the same answers, as by a second press, it is the same delivery.
    digest = hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:16]
    return replace(
        heard,
        kind=Kind.SUBMIT,
        key=f"teams:form:{heard.origin.conversation}:{heard.origin.message}:{digest}",
        text="\n".join(one for one in held.values() if one),
        values=carried,
        inputs=held,
        replaces=forms.origin(data),
    )


def consent(activity: Activity) -> Heard:
    """The answer to whether a file may be put with the person's own."""
    return Heard(
        who(activity),
        origin(activity),
        Kind.PRESS,
        _key(activity),
        invoke=True,
        consent=activity["value"],
    )


def added(activity: Activity) -> Heard:
    """The bot, to a chat or a team."""
    return Heard(who(activity), origin(activity), Kind.ADDED, _key(activity))


def came(activity: Activity) -> bool:
    """Whether the bot was added there; an upgrade of the app is no such thing.

    Teams says so in a conversationUpdate as well, of a team's general channel whichever was chosen.
    """
    return activity["type"] == "installationUpdate" and activity.get("action") == "add"


def went(activity: Activity) -> tuple[str, str]:
    """The place that the bot is no longer in, or the whole team; "" for what is not."""
    data, event = activity.get("channelData"), within(activity, "channelData").get("eventType")
    team = str(within(data, "team").get("id") or "") if data else ""
    if event == "channelDeleted":
        return str(within(data, "channel")["id"]), ""
    if event == "teamDeleted" or (
        activity["type"] == "installationUpdate" and activity.get("action") == "remove"
    ):
        return ("", team) if team else (origin(activity).place, "")
    return "", ""


def name_of_place(activity: Activity) -> str:
    """What the team and its channel are called, as far as the activity says."""
    names = [within(activity, "channelData", one).get("name") for one in ("team", "channel")]
    return ", ".join(one for one in names if one) or activity["conversation"].get("name") or ""


def as_typed(activity: Activity) -> str:
    """The words, without the bot's name, with others by theirs, and nothing escaped."""
    text = activity.get("text") or ""
    for entity in all_of(activity, "entities"):
        written = entity.get("text") or ""
        if entity.get("type") != "mention" or not written:
            continue
        is_bot = within(entity, "mentioned").get("id") == activity["recipient"]["id"]
        text = text.replace(written, " " if is_bot else re.sub(r"</?at[^>]*>", "", written))
    plain = ENTITY.sub(lambda found: unescape(found[0]), text).replace("\u00a0", " ")
    return plain.strip().lstrip(",:").strip()


def _key(activity: Activity) -> str:
    return f"teams:{activity['conversation']['id']}:{activity['id']}"
