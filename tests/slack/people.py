"""The members and conversations of the fake Slack."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.slack.memory import APP, BOT, BOT_ID, TEAM, Json


@dataclass
class User:
    """A member as ``users.info`` shows one."""

    id: str
    name: str
    real_name: str
    email: str = ""
    locale: str = "en-US"
    tz: str = "America/Toronto"
    restricted: bool = False
    ultra_restricted: bool = False
    stranger: bool = False
    bot: bool = False
    deleted: bool = False
    team: str = TEAM

    def shown(self, *, locale: bool, email: bool) -> Json:
        """The user object. ``locale`` and ``email`` are there only for who asked and may."""
        offset = datetime.now(ZoneInfo(self.tz)).utcoffset()
        assert offset is not None
        profile: Json = {
            "title": "",
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "status_text": "",
            "status_emoji": "",
            "avatar_hash": "0a1b2c3d",
            "image_72": "https://avatars.example/72.png",
            "team": self.team,
        }
        if email and self.email:
            profile["email"] = self.email
        if self.bot:
            profile |= {"bot_id": BOT_ID, "api_app_id": APP, "always_active": True}
        shown: Json = {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "deleted": self.deleted,
            "color": "4bbe2e",
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": int(offset.total_seconds()),
            "profile": profile,
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.restricted,
            "is_ultra_restricted": self.ultra_restricted,
            "is_bot": self.bot,
            "is_app_user": False,
            "updated": 1739300000,
            "is_email_confirmed": True,
            "who_can_share_contact_card": "EVERYONE",
        }
        if self.stranger:
            shown["is_stranger"] = True
        if locale:
            shown["locale"] = self.locale
        return shown


@dataclass
class Channel:
    """A channel, or a direct chat between the bot and ``person``."""

    id: str
    name: str
    members: set[str]
    private: bool = False
    archived: bool = False
    person: str = ""

    @property
    def direct(self) -> bool:
        return bool(self.person)

    @property
    def has_bot(self) -> bool:
        return BOT in self.members

    def shown(self) -> Json:
        if self.direct:
            return {
                "id": self.id,
                "created": 1739300000,
                "is_archived": False,
                "is_im": True,
                "is_org_shared": False,
                "context_team_id": TEAM,
                "updated": 1739300000,
                "user": self.person,
                "is_open": True,
                "priority": 0,
            }
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": not self.private,
            "is_group": self.private,
            "is_im": False,
            "is_mpim": False,
            "is_private": self.private,
            "is_archived": self.archived,
            "is_general": False,
            "is_member": self.has_bot,
            "is_shared": False,
            "is_ext_shared": False,
            "created": 1739300000,
            "creator": "U0OWNER",
            "context_team_id": TEAM,
            "updated": 1739300000000,
            "num_members": len(self.members),
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }
