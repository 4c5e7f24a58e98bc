"""The Web API's methods for messages, conversations, people and views."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.slack.memory import BOT, BOT_ID, TEAM, Json, Message, View
from tests.slack.people import Channel
from tests.slack.views import Screens
from tests.slack.world import Refused

Work = Callable[[Screens, Json], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: one of ``scopes`` is needed; ``json`` whether it reads a JSON body at all."""

    work: Work
    scopes: tuple[str, ...]
    json: bool
    app: bool = False


METHODS: dict[str, Method] = {}


def method(
    name: str, *scopes: str, json: bool = False, app: bool = False
) -> Callable[[Work], Work]:
    """Register a method. ``app``: it takes the app token."""

    def register(work: Work) -> Work:
        METHODS[name] = Method(work, scopes, json, app)
        return work

    return register


def need(args: Json, name: str) -> str:
    """A text argument. Raises Refused where it is missing."""
    value = args.get(name)
    if not isinstance(value, str) or not value:
        raise Refused("invalid_arguments", response_metadata={"messages": [f"missing: {name}"]})
    return value


def flag(args: Json, name: str) -> bool:
    return args.get(name) in (True, "true", "True", "1", 1)


def paged(found: list[Json], args: Json, name: str) -> Json:
    """A page of a list, and the cursor of the next."""
    start, limit = int(args.get("cursor") or 0), int(args.get("limit") or 100)
    more = str(start + limit) if start + limit < len(found) else ""
    page = found[start : start + limit]
    return {name: page, "response_metadata": {"next_cursor": more}}


@method("auth.test")
def _(world: Screens, args: Json) -> Json:
    return {
        "url": "https://jalon-test.slack.com/",
        "team": "Test team",
        "user": "jalon",
        "team_id": TEAM,
        "user_id": BOT,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


@method("users.info", "users:read")
def _(world: Screens, args: Json) -> Json:
    user = world.user(need(args, "user"))
    email = "users:read.email" in args["scopes"]
    return {"user": user.shown(locale=flag(args, "include_locale"), email=email)}


@method("users.lookupByEmail", "users:read.email")
def _(world: Screens, args: Json) -> Json:
    email = need(args, "email").lower()
    for user in world.users.values():
        if user.email.lower() == email and not user.deleted:
            return {"user": user.shown(locale=False, email=True)}
    raise Refused("users_not_found")


KIND_SCOPES = ("channels:read", "groups:read", "im:read", "mpim:read")
KINDS = dict(zip(("public_channel", "private_channel", "im", "mpim"), KIND_SCOPES, strict=True))


def _kind(channel: Channel) -> str:
    if channel.direct:
        return "im"
    return "private_channel" if channel.private else "public_channel"


def _of_types(world: Screens, args: Json) -> list[Channel]:
    types = str(args.get("types") or "public_channel").split(",")
    for one in types:
        if one not in KINDS:
            raise Refused("invalid_types")
        if KINDS[one] not in args["scopes"]:
            raise Refused("missing_scope", needed=KINDS[one], provided=",".join(args["scopes"]))
    found = [one for one in world.channels.values() if _kind(one) in types]
    if flag(args, "exclude_archived"):
        found = [one for one in found if not one.archived]
    return found


@method("conversations.list", *KIND_SCOPES)
def _(world: Screens, args: Json) -> Json:
    known = [one for one in _of_types(world, args) if not one.private or one.has_bot]
    return paged([one.shown() for one in known], args, "channels")


@method("users.conversations", *KIND_SCOPES)
def _(world: Screens, args: Json) -> Json:
    user = args.get("user") or BOT
    known = [one for one in _of_types(world, args) if not one.private or one.has_bot]
    return paged([one.shown() for one in known if user in one.members], args, "channels")


@method("conversations.members", *KIND_SCOPES)
def _(world: Screens, args: Json) -> Json:
    channel = world.channel(need(args, "channel"))
    page = paged([{"id": one} for one in sorted(channel.members)], args, "members")
    return page | {"members": [one["id"] for one in page["members"]]}


@method("conversations.info", *KIND_SCOPES)
def _(world: Screens, args: Json) -> Json:
    return {"channel": world.channel(need(args, "channel")).shown()}


@method("conversations.open", "im:write", json=True)
def _(world: Screens, args: Json) -> Json:
    users = args.get("users") or ""
    ids = users if isinstance(users, list) else [one for one in users.split(",") if one]
    if len(ids) != 1:
        raise Refused("not_enough_users" if not ids else "method_not_supported_for_channel_type")
    user = world.user(ids[0])
    if user.deleted:
        raise Refused("user_disabled")
    if user.bot:
        raise Refused("cannot_dm_bot")
    channel = world.dm(user)
    return {"channel": channel.shown() if flag(args, "return_im") else {"id": channel.id}}


@method("conversations.join", "channels:join", json=True)
def _(world: Screens, args: Json) -> Json:
    channel = world.channel(need(args, "channel"))
    if channel.private:
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    known: Json = {"warning": "already_in_channel"} if channel.has_bot else {}
    channel.members.add(BOT)
    return {"channel": channel.shown()} | known


@method("conversations.history", "channels:history", "groups:history", "im:history", "mpim:history")
def _(world: Screens, args: Json) -> Json:
    channel = world.channel(need(args, "channel"))
    if not channel.has_bot:
        raise Refused("not_in_channel")
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    inclusive = flag(args, "inclusive")
    found = [
        one.shown(metadata=flag(args, "include_all_metadata"))
        for one in reversed(world.messages)
        if one.channel == channel.id
        and not one.only_for
        and not one.deleted
        and one.thread_ts in ("", one.ts)
        and (oldest < float(one.ts) < latest or (inclusive and float(one.ts) in (oldest, latest)))
    ]
    page = paged(found, args, "messages")
    return page | {"has_more": bool(page["response_metadata"]["next_cursor"]), "pin_count": 0}


def _metadata(args: Json) -> Json | None:
    found = args.get("metadata")
    if found is not None and not (
        isinstance(found, dict)
        and isinstance(found.get("event_type"), str)
        and isinstance(found.get("event_payload"), dict)
    ):
        raise Refused("invalid_metadata_format")
    return found


@method("chat.postMessage", "chat:write", json=True)
def _(world: Screens, args: Json) -> Json:
    channel = world.channel_to_write_in(need(args, "channel"))
    world.check_message(args)
    message = world.post(
        channel.id,
        BOT,
        args.get("text") or "",
        args.get("blocks"),
        thread_ts=args.get("thread_ts") or "",
        metadata=_metadata(args),
    )
    return {"channel": channel.id, "ts": message.ts, "message": message.shown()}


@method("chat.postEphemeral", "chat:write", json=True)
def _(world: Screens, args: Json) -> Json:
    channel = world.channel_to_write_in(need(args, "channel"))
    user = need(args, "user")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    world.check_message(args)
    message = world.post(
        channel.id,
        BOT,
        args.get("text") or "",
        args.get("blocks"),
        only_for=user,
        thread_ts=args.get("thread_ts") or "",
    )
    return {"message_ts": message.ts}


def _own(world: Screens, args: Json, code: str) -> Message:
    message = world.message(world.channel(need(args, "channel")).id, need(args, "ts"))
    if message.user != BOT:
        raise Refused(code)
    return message


@method("chat.update", "chat:write", json=True)
def _(world: Screens, args: Json) -> Json:
    message = _own(world, args, "cant_update_message")
    world.check_message(args)
    world.edit(message, args.get("text"), args.get("blocks"), _metadata(args))
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": message.shown(),
    }


@method("chat.delete", "chat:write", json=True)
def _(world: Screens, args: Json) -> Json:
    message = _own(world, args, "cant_delete_message")
    world.delete(message)
    return {"channel": message.channel, "ts": message.ts}


@method("views.open", json=True)
def _(world: Screens, args: Json) -> Json:
    user = world.pull(need(args, "trigger_id"))
    view = world.check_view(args.get("view"), "modal")
    world.stacks[user] = []
    return {"view": world.show_modal(user, view).shown()}


@method("views.push", json=True)
def _(world: Screens, args: Json) -> Json:
    user = world.pull(need(args, "trigger_id"))
    view = world.check_view(args.get("view"), "modal")
    if not world.stacks.get(user):
        raise Refused("not_found")
    return {"view": world.show_modal(user, view).shown()}


def _same(shown: View, args: Json) -> None:
    if args.get("hash") and args["hash"] != shown.hash:
        raise Refused("hash_conflict")


@method("views.update", json=True)
def _(world: Screens, args: Json) -> Json:
    shown = world.find_view(args.get("view_id") or "", args.get("external_id") or "")
    if shown is None:
        raise Refused("not_found")
    _same(shown, args)
    view = world.check_view(args.get("view"), shown.view["type"], beside=shown)
    return {"view": world.update_view(shown, view).shown()}


@method("views.publish", json=True)
def _(world: Screens, args: Json) -> Json:
    user = world.user(need(args, "user_id")).id
    home = world.homes.get(user)
    if home:
        _same(home, args)
    view = world.check_view(args.get("view"), "home", beside=home)
    return {"view": world.publish(user, view).shown()}
