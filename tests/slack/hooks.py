"""The response_urls: what is sent there becomes a message, five times in half an hour."""

from typing import Any

from aiohttp import web

from tests.slack.memory import BOT, Json, Message
from tests.slack.world import HOOK_LIFE, HOOK_USES, Hook, Refused, World

TYPES = ("ephemeral", "in_channel")


async def respond(world: World, request: web.Request) -> web.Response:
    """Take what the app sends to a response_url."""
    hook = world.hooks.get(request.path)
    if hook is None:
        return _refused("no_service")
    if hook.uses >= HOOK_USES:
        return _refused("used_url")
    if world.now - hook.made > HOOK_LIFE:
        return _refused("expired_url")
    try:
        body = await request.json()
    except ValueError:
        return web.Response(text="invalid_payload", status=400)
    hook.uses += 1
    try:
        say(world, hook, body)
    except Refused as refused:
        return web.Response(text=refused.code, status=400)
    if hook.command:
        return web.Response(text="ok")
    return web.json_response({"ok": True})


def say(world: World, hook: Hook, body: Json) -> Message | None:
    """Do what a body asks: a new message, or something to the one that was pressed.

    A command's URL has no original, and whatever it is told makes a new message.
    """
    original = hook.message
    if _told(world, body, "delete_original") and original:
        world.delete(original)
        return None
    kind = body.get("response_type", TYPES[0])
    if not isinstance(body.get("text", ""), str) or kind not in TYPES:
        world.violate(f"response_url: {sorted(body)}")
        raise Refused("invalid_payload")
    world.check_message(body)
    if original and "replace_original" not in body:
        # Slack's default differs between kinds of messages, and is documented for none.
        world.violate("response_url: replace_original is not said")
    if _told(world, body, "replace_original") and original:
        if original.deleted:
            raise Refused("message_not_found")
        # A text alone would leave no blocks here, unlike in chat.update.
        world.edit(original, body.get("text") or "", body.get("blocks") or [])
        return original
    return world.post(
        hook.channel,
        BOT,
        body.get("text") or "",
        body.get("blocks"),
        only_for=hook.user if kind == "ephemeral" else "",
        thread_ts=body.get("thread_ts") or "",
        metadata=body.get("metadata"),
    )


def _told(world: World, body: Json, name: str) -> bool:
    value: Any = body.get(name, False)
    if not isinstance(value, bool):
        world.violate(f"response_url: {name} is {value!r}")
    return value is True


def _refused(code: str) -> web.Response:
    return web.json_response({"ok": False, "error": code}, status=404)
