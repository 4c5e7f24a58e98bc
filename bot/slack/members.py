"""Who a Slack id is: name, language, time zone and e-mail, asked of Slack now and then."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from bot import members
from bot.slack.client import Slack, in_short
from storage.engine import Store
from storage.people import Newcomer

PLATFORM = "slack"
# What Slack says of someone of another workspace, whom ours may not be told of.
UNKNOWN = {"user_not_found", "user_not_visible"}


class Members:
    """The people of the workspace, and their own chats with the bot."""

    def __init__(self, slack: Slack, store: Store) -> None:
        self._slack = slack
        self._members = members.Members(PLATFORM, store)
        self._chats: dict[str, str] = {}

    async def get(self, id: str) -> Newcomer:
        """Who this is."""
        return await self._members.get(id, lambda: self._ask(id))

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
        await self._members.close()

    async def _ask(self, id: str) -> Newcomer:
        try:
            said = await self._slack.until_said(
                lambda: self._slack.ask("users.info", user=id, include_locale="true")
            )
        except SlackApiError as error:
            if in_short(error) not in UNKNOWN:
                raise
            return Newcomer(PLATFORM, id, id, guest=True)
        return described(said["user"], await self._slack.team())


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
