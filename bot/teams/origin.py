"""Who an activity is from, and where: read of the JSON that Teams posts.

Raises KeyError, TypeError, ValueError or AttributeError where it is not what Teams documents.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

Activity = Mapping[str, Any]

PLATFORM = "teams"
PATH = "/api/messages"  # where Teams posts activities
THREAD = ";messageid="  # what follows it in a conversation's id names the thread


@dataclass(frozen=True, slots=True)
class Who:
    """A person as an activity names them; ``locale`` and ``timezone`` may be empty."""

    id: str  # what Teams addresses them by: "29:…"
    entra: str  # their object id in Microsoft Entra, or "" where Teams gives none
    name: str
    locale: str
    timezone: str

    @property
    def identity(self) -> str:
        """The id that we know them by."""
        return self.entra or self.id


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was said or pressed: a conversation, as Teams needs it to be answered.

    ``conversation`` names the thread as well. ``message`` is the activity that was pressed.
    """

    service_url: str
    conversation: str
    kind: str  # "personal", "channel" or "groupChat"
    tenant: str
    bot: str
    user: str
    message: str = ""
    team: str = ""

    @property
    def direct(self) -> bool:
        """Whether nobody but the person and the bot reads along."""
        return self.kind == "personal"

    @property
    def place(self) -> str:
        """The conversation's id without the thread."""
        return self.conversation.partition(THREAD)[0]

    @property
    def reference(self) -> str:
        """The conversation reference that proactive messages need, as camelCase JSON."""
        conversation = {
            "id": self.place,
            "conversationType": self.kind,
            "isGroup": not self.direct,
            "tenantId": self.tenant,
        }
        found: dict[str, Any] = {
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "bot": {"id": self.bot},
            "conversation": conversation,
        }
        if self.direct:
            found["user"] = {"id": self.user}
        if self.team:
            found["team"] = {"id": self.team}
        return json.dumps(found, sort_keys=True)


def who(activity: Activity) -> Who:
    """The person who an activity is from."""
    person = activity["from"]
    client = _client(activity)
    return Who(
        person["id"],
        person.get("aadObjectId") or "",
        " ".join((person.get("name") or "").split()),
        activity.get("locale") or client.get("locale") or "",
        client.get("timezone") or activity.get("localTimezone") or "",
    )


def origin(activity: Activity) -> Origin:
    """Where an activity is from."""
    conversation = activity["conversation"]
    return Origin(
        activity["serviceUrl"],
        conversation["id"],
        conversation.get("conversationType") or _kind(conversation),
        within(activity, "channelData", "tenant").get("id") or conversation.get("tenantId") or "",
        activity["recipient"]["id"],
        activity["from"]["id"],
        activity.get("replyToId") or "",
        within(activity, "channelData", "team").get("id") or "",
    )


def _kind(conversation: Activity) -> str:
    """What kind of conversation it must be taken for that names none."""
    shared = conversation.get("isGroup") or str(conversation["id"]).startswith("19:")
    return "groupChat" if shared else "personal"


def within(value: Any, *names: str) -> Activity:
    """The object inside objects that these names lead to; an empty one where there is none."""
    for name in names:
        value = cast("Activity", value).get(name) or {}
    if not isinstance(value, Mapping):
        raise TypeError
    return cast("Activity", value)


def all_of(activity: Activity, name: str) -> Sequence[Activity]:
    """The objects of a list, which may be missing."""
    return activity.get(name) or ()


def _client(activity: Activity) -> Activity:
    found = [one for one in all_of(activity, "entities") if one.get("type") == "clientInfo"]
    return found[0] if found else {}
