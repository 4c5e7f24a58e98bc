"""Who a Slack id is: name, language, time zone and e-mail, asked of Slack now and then."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack.client import Slack, in_short
from storage import people
from storage.engine import Store
from storage.people import PEOPLE, Newcomer

PLATFORM = "slack"
FRESH = 3600.0  # seconds that what Slack said of someone holds
# What Slack says of someone of another workspace, whom ours may not be told of.
UNKNOWN = {"user_not_found", "user_not_visible"}
PATIENCE = 1.0  # seconds that someone we know waits for Slack to say something new of them


class Members:
    """The people of the workspace, each asked for once an hour at most."""

    def __init__(self, slack: Slack, store: Store) -> None:
        self._slack = slack
        self._store = store
        self._known: dict[str, tuple[float, Newcomer]] = {}
        self._asking: dict[str, asyncio.Task[Newcomer]] = {}
        self._chats: dict[str, str] = {}

    async def get(self, id: str) -> Newcomer:
        """Who this is.

        While Slack does not say, someone known is taken as known; someone new is waited for.
        """
        asked_at, known = self._known.get(id, (0.0, None))
        if known is not None and time.monotonic() - asked_at < FRESH:
            return known
        asking = self._asking.get(id)
        if asking is None:
            asking = self._asking[id] = asyncio.create_task(self._ask(id))
            asking.add_done_callback(lambda _: self._asking.pop(id, None))
        stored = known or self._stored(id)
        if stored is None:
            return await asyncio.shield(asking)
        await asyncio.wait({asking}, timeout=PATIENCE)
        return asking.result() if asking.done() else stored

    async def direct_chat(self, id: str) -> str:
        """The channel id of someone's own chat with the bot."""
        if id not in self._chats:
            opened = await self._slack.until_said(
                lambda: self._slack.call("conversations.open", users=id)
            )
            self._chats[id] = opened["channel"]["id"]
        return self._chats[id]

    async def close(self) -> None:
        """Stop asking."""
        for asking in list(self._asking.values()):
            asking.cancel()

    def _stored(self, id: str) -> Newcomer | None:
        person = self._store.recall(PEOPLE, people.find, PLATFORM, id)
        if person is None:
            return None
        return Newcomer(PLATFORM, id, person.name, f"{person.language}-CA", person.timezone)

    async def _ask(self, id: str) -> Newcomer:
        try:
            said = await self._slack.until_said(
                lambda: self._slack.ask("users.info", user=id, include_locale="true")
            )
        except SlackApiError as error:
            if in_short(error) not in UNKNOWN:
                raise
            return Newcomer(PLATFORM, id, id, guest=True)
        newcomer = described(said["user"], await self._slack.team())
        self._known[id] = time.monotonic(), newcomer
        return newcomer


def described(user: Mapping[str, Any], ours: str) -> Newcomer:
    """Someone as ``users.info`` describes them; a guest unless a full member of our workspace.

    In an Enterprise organization that is one of several that they are in.
    """
    profile = user.get("profile", {})
    teams = {user.get("team_id", ours), *user.get("enterprise_user", {}).get("teams", ())}
    guest = (
        user.get("is_restricted", False)
        or user.get("is_ultra_restricted", False)
        or user.get("is_stranger", False)
        or ours not in teams
    )
    return Newcomer(
        PLATFORM,
        user["id"],
        " ".join((user.get("real_name") or profile.get("real_name") or user["name"]).split()),
        user.get("locale") or "en-CA",
        user.get("tz") or "America/Toronto",
        guest=guest,
        email=profile.get("email") or "",
    )
