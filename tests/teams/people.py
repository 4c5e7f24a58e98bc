"""The people and conversations of the fake Teams, with the ids that Teams gives them."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal
from uuid import NAMESPACE_DNS, uuid5

Json = dict[str, Any]

TENANT = "0f5e9f0e-2c3b-4f6a-9d55-0c1f6f1d7a10"
APP_ID = "5b7c1de2-8a44-4c0f-b0a9-6d2f1a3c9e77"
BOT = f"28:{APP_ID}"
BOT_NAME = "Jalon"


def letters(name: str) -> str:
    """Letters that stand in an id for what is called so, the same each time."""
    return sha256(name.encode()).hexdigest()[:32]


@dataclass
class User:
    """A person of the tenant. ``id`` is the bot's own for them, ``aad`` their Entra object id."""

    short: str  # what the e-mail address begins with
    name: str
    locale: str = "en-CA"
    timezone: str = "America/Toronto"
    role: Literal["user", "guest", "anonymous"] = "user"
    email: str = ""
    tenant: str = TENANT

    @property
    def id(self) -> str:
        return f"29:1{letters(self.short)}"

    @property
    def aad(self) -> str:
        return str(uuid5(NAMESPACE_DNS, f"{self.short}.example.org"))

    @property
    def account(self) -> Json:
        """Who an activity is from."""
        return {"id": self.id, "name": self.name, "aadObjectId": self.aad}

    def shown(self, object_id: str = "aadObjectId") -> Json:
        """The member as the connector shows one. It tells no language and no time zone."""
        given, _, surname = self.name.partition(" ")
        address = self.email or f"{self.short}@example.org"
        # A guest signs in under a name that their own tenant's address is written into.
        guest = f"{address.replace('@', '_')}#EXT#@pilot.onmicrosoft.com"
        shown = {
            "id": self.id,
            object_id: self.aad,
            "name": self.name,
            "givenName": given,
            "surname": surname,
            "userPrincipalName": guest if self.role == "guest" else address,
            "tenantId": self.tenant,
            "userRole": self.role,
        }
        return shown if self.role == "anonymous" else shown | {"email": address}


@dataclass
class Place:
    """A conversation; ``members`` are people's ids, ``home`` what the bot is installed in."""

    id: str
    kind: Literal["personal", "channel", "groupChat"]
    members: list[str]
    name: str = ""
    team: str = ""
    team_name: str = ""

    @property
    def home(self) -> str:
        return self.team or self.id

    def account(self, thread: str = "") -> Json:
        """The ``conversation`` of an activity."""
        id = f"{self.id};messageid={thread}" if thread else self.id
        account = {"conversationType": self.kind, "tenantId": TENANT, "id": id}
        return account if self.kind == "personal" else {"isGroup": True} | account

    def data(self) -> Json:
        """The ``channelData`` of an activity."""
        data: Json = {"tenant": {"id": TENANT}}
        if self.kind == "channel":
            data |= {
                "teamsChannelId": self.id,
                "teamsTeamId": self.team,
                "channel": {"id": self.id},
                "team": {"id": self.team},
            }
        return data


def personal(user: User) -> Place:
    """The chat of a person and the bot."""
    return Place(f"a:1{letters(user.short + BOT)}", "personal", [user.id])


def channel(name: str, members: list[str], team_name: str) -> Place:
    """A channel of a team; a team's id is that of its general channel."""
    team = f"19:{letters(team_name)}@thread.tacv2"
    id = team if name == "General" else f"19:{letters(team_name + name)}@thread.tacv2"
    return Place(id, "channel", members, name, team, team_name)


def group(name: str, members: list[str]) -> Place:
    """A chat of several people."""
    return Place(f"19:{letters(name)}@thread.v2", "groupChat", members, name)
