"""What the fake connector does with conversations: it opens them, says, edits and takes back."""

import time
from collections import defaultdict

from aiohttp import web

from tests.teams import checks
from tests.teams.people import BOT, Json, Place, User
from tests.teams.world import Message, Refused, World

# Teams' smallest page is 50; ours is to be turned with fewer people.
PAGE = 50


class Conversations(World):
    """Each call gives a status and an answer, or raises Refused.

    ``page`` is how many members come at once; ``limit`` so many sends in so many seconds in a
    conversation.
    """

    def __init__(self) -> None:
        super().__init__()
        self.page = PAGE
        self.limit: tuple[int, float] | None = None
        self._sent: dict[str, list[float]] = defaultdict(list)

    def create(self, request: web.Request, body: Json) -> tuple[int, Json]:
        wanted = ((body.get("channelData") or {}).get("channel") or {}).get("id")
        if wanted:
            place, _ = self._place(wanted)
            message = self._said(place, body.get("activity") or {}, "")
            return 201, {"id": f"{place.id};messageid={message.id}", "activityId": message.id}
        members = body.get("members") or []
        tenant = body.get("tenantId") or (body.get("channelData") or {}).get("tenant", {}).get("id")
        if len(members) != 1 or not tenant:
            raise Refused(400, "BadArgument", "One member and a tenant are needed")
        user = self._user(members[0].get("id", ""), list(self.users))
        place = self.chat(user)
        if not self.has_bot(place):
            why = "Bot is not installed in user's personal scope"
            raise Refused(403, "ForbiddenOperationException", why)
        return 201, {"id": place.id}

    def reply(self, request: web.Request, body: Json) -> tuple[int, Json]:
        place, thread = self._place(request.match_info["conversation"])
        if reply_to := request.match_info.get("activity", ""):
            thread = thread or next((one.thread for one in self.messages if one.id == reply_to), "")
        if body.get("type") == "typing":
            return 201, {"id": str(next(self.numbers))}
        return 201, {"id": self._said(place, body, thread).id}

    def put(self, request: web.Request, body: Json) -> tuple[int, Json]:
        message = self._own(request)
        self._check(message.place, body)
        self.edit(message, body)
        return 200, {"id": message.id}

    def take_back(self, request: web.Request, body: Json) -> tuple[int, Json]:
        self._own(request).deleted = True
        return 200, {}

    def members(self, request: web.Request, body: Json) -> tuple[int, Json]:
        place, _ = self._place(request.match_info["conversation"])
        start = int(request.query.get("continuationToken") or 0)
        end = start + min(int(request.query.get("pageSize") or self.page), self.page)
        # Both names of the object id are in use.
        shown = [self.users[one].shown("objectId") for one in place.members[start:end]]
        more = {"continuationToken": str(end)} if end < len(place.members) else {}
        return 200, {"members": shown} | more

    def member(self, request: web.Request, body: Json) -> tuple[int, Json]:
        place, _ = self._place(request.match_info["conversation"])
        return 200, self._user(request.match_info["member"], place.members).shown()

    # What it needs for that

    def _place(self, id: str) -> tuple[Place, str]:
        """The conversation and the thread that an id stands for. Raises Refused."""
        name, _, thread = id.partition(";messageid=")
        place = self.places.get(name)
        if place is None or (thread and not any(one.id == thread for one in self.messages)):
            raise Refused(404, "ConversationNotFound", "Conversation not found.")
        if not self.has_bot(place):
            why = "The bot is not part of the conversation roster."
            raise Refused(403, "BotNotInConversationRoster", why)
        return place, thread

    def _user(self, id: str, among: list[str]) -> User:
        for one in among:
            if id in (one, self.users[one].aad):
                return self.users[one]
        raise Refused(404, "MemberNotFoundInConversation", "Member not found in conversation.")

    def _own(self, request: web.Request) -> Message:
        place, _ = self._place(request.match_info["conversation"])
        for one in self.messages:
            if one.id == request.match_info["activity"] and one.place is place:
                if one.author != BOT:
                    raise Refused(403, "BadSyntax", "The bot did not say that.")
                if not one.deleted:
                    return one
        raise Refused(404, "ActivityNotFoundInConversation", "Activity not found.")

    def _said(self, place: Place, activity: Json, thread: str) -> Message:
        key = f"{place.id};{thread}"
        now = time.monotonic()
        if self.limit is not None:
            most, seconds = self.limit
            self._sent[key] = [one for one in self._sent[key] if now - one < seconds]
            if len(self._sent[key]) >= most:
                raise Refused(429, "Throttled", "Too many requests.")
        self._check(place, activity)
        self._sent[key].append(now)
        return self.post(place, BOT, activity, thread)

    def _check(self, place: Place, activity: Json) -> None:
        """Hold what the bot says against what Teams takes. Raises Refused, and keeps why."""
        if large := checks.too_large(activity):
            self.problems += large
            raise Refused(413, "MessageSizeTooBig", "Message size too large.")
        wrong = checks.problems(activity, personal=place.kind == "personal")
        if activity.get("type") != "message":
            wrong.append(f"an activity of type {activity.get('type')}")
        if wrong:
            self.problems += wrong
            raise Refused(400, "BadArgument", "; ".join(wrong))
