"""What Teams posts to a bot: activities, with everything in them that the real ones have."""

import html
import re
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.teams.people import BOT, TENANT, Json, Place, User
from tests.teams.world import START, World

SPAN = '<span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="{}">{}</span>'


def activity(
    world: World, user: User, place: Place, kind: str, *, thread: str = "", platform: str = "Web"
) -> Json:
    """What all of them have. Its id is that of something which is no message."""
    number = next(world.numbers)
    at = datetime.fromtimestamp((START + number * 1000) / 1000, UTC)
    client = {
        "locale": user.locale,
        "country": user.locale.partition("-")[2],
        "platform": platform,
        "timezone": user.timezone,
        "type": "clientInfo",
    }
    return {
        "type": kind,
        "timestamp": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "localTimestamp": at.astimezone(ZoneInfo(user.timezone)).isoformat(timespec="milliseconds"),
        "id": f"f:{UUID(int=number)}",
        "channelId": "msteams",
        "serviceUrl": world.service_url,
        "from": user.account,
        "conversation": place.account(thread),
        "recipient": {"id": BOT, "name": world.bot_name},
        "entities": [client],
        "channelData": place.data(),
        "locale": user.locale,
        "localTimezone": user.timezone,
    }


def words(world: World, typed: str, *, mention: bool) -> Json:
    """The part of a message that says ``typed``, escaped as Teams does.

    ``@short`` names a person and ``@jalon`` the bot; with ``mention`` the bot's name stands before.
    """
    names = {one.short: (one.id, one.name) for one in world.users.values()}
    names["jalon"] = (BOT, world.bot_name)
    if mention and "@jalon" not in typed:
        typed = f"@jalon\u00a0{typed}"
    entities: list[Json] = []
    spans: list[str] = []

    def name(found: re.Match[str]) -> str:
        if found[1] not in names:
            return found[0]
        id, shown = names[found[1]]
        written = f"<at>{html.escape(shown, quote=False)}</at>"
        entities.append(
            {"mentioned": {"id": id, "name": shown}, "text": written, "type": "mention"}
        )
        spans.append(SPAN.format(len(spans), html.escape(shown, quote=False)))
        return f"\0{len(spans) - 1}\0"

    marked = re.sub(r"@(\w+)", name, typed)
    marked = html.escape(marked, quote=False).replace("\u00a0", "&nbsp;")
    text, rich = marked, marked.replace("\n", "<br>")
    for number, entity in enumerate(entities):
        text = text.replace(f"\0{number}\0", entity["text"])
        rich = rich.replace(f"\0{number}\0", spans[number])
    attachments = [{"contentType": "text/html", "content": f"<p>{rich}</p>"}]
    return {"text": text, "textFormat": "plain", "attachments": attachments, "entities": entities}


def said(base: Json, words: Json, id: str) -> Json:
    """A message, or one that was edited: what is common to all, with its words and its own id."""
    return base | words | {"id": id, "entities": [*words["entities"], *base["entities"]]}


def invoke(base: Json, name: str, value: Json, reply_to: str = "") -> Json:
    """What waits for an answer; ``reply_to`` is the message that was pressed."""
    data = base["channelData"] | {"source": {"name": "message"}}
    if reply_to:
        data |= {"legacy": {"replyToId": f"1:{reply_to}"}}
        base = base | {"replyToId": reply_to}
    return base | {"name": name, "value": value, "channelData": data}


def installation(base: Json, place: Place, action: str) -> Json:
    """The bot was added to a conversation, or removed from it."""
    chosen = {"settings": {"selectedChannel": {"id": place.id}}} | _team(place)
    data = base["channelData"] | chosen | {"source": {"name": "message"}}
    return base | {"action": action, "channelData": data}


def membership(base: Json, place: Place, ids: list[str], *, added: bool) -> Json:
    """People, or the bot, came to a conversation or left it."""
    event = {"eventType": "teamMemberAdded" if added else "teamMemberRemoved"}
    data = {"tenant": {"id": TENANT}} | (event | _team(place) if place.team else {})
    conversation = base["conversation"] | ({"id": place.team} if place.team else {})
    members = [{"id": one} for one in ids]
    found = {"membersAdded" if added else "membersRemoved": members}
    return base | found | {"channelData": data, "conversation": conversation}


def _team(place: Place) -> Json:
    if not place.team:
        return {}
    group = str(UUID(hex=place.team[3:35]))
    return {"team": {"id": place.team, "name": place.team_name, "aadGroupId": group}}
