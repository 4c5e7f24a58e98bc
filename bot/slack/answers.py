"""Where an answer goes in Slack: each way it can take, from where something was said or pressed."""

from collections.abc import Mapping
from dataclasses import replace as changed
from typing import Any

from bot.slack.payloads import Origin
from bot.slack.sender import RESPONSE_URL, Way

Body = Mapping[str, Any]  # "blocks", and "text" that says the same


def ways(origin: Origin, body: Body, *, private: bool, replace: bool) -> list[Way]:
    """The ways for a message, the best first.

    What all could see does not become one person's: then a private answer comes after it. A
    private answer that finds no way in the channel goes to the person's own chat with the bot.
    Should Slack not take the blocks, the words alone go the same ways.
    """
    private = private and not origin.direct
    everyone_saw = not origin.ephemeral and not origin.direct
    in_place = replace and origin.message != "" and not (private and everyone_saw)
    if in_place and origin.ephemeral and not private:
        in_place = False  # what is for all cannot stand in the place of what one person sees
    found: list[Way] = []
    if origin.response_url:
        kind = "ephemeral" if private else "in_channel"
        fate = {"replace_original": in_place, "response_type": kind}
        found.append(Way(RESPONSE_URL, {**body, **fate}, origin.response_url))
    if in_place and not origin.ephemeral:
        where = {"channel": origin.channel, "ts": origin.message}
        found.append(Way("chat.update", {**body, **where}))
    thread = {"thread_ts": origin.thread} if origin.thread else {}
    if origin.channel and private:
        where = {"channel": origin.channel, "user": origin.user}
        found.append(Way("chat.postEphemeral", {**body, **where, **thread}))
    elif origin.channel:
        found.append(Way("chat.postMessage", {**body, "channel": origin.channel, **thread}))
    if private or not origin.channel:
        found.append(Way("chat.postMessage", {**body, "channel": origin.user}))
    return [*found, *(changed(way, args=way.args | {"blocks": []}) for way in found)]


def response(origin: Origin, body: Body) -> dict[str, Any]:
    """The same as the answer to a slash command's own request: for the person alone."""
    return {**body, "response_type": "in_channel" if origin.direct else "ephemeral"}
