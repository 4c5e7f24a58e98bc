"""What Teams itself does for a person: delivers what they do, and shows what is answered."""

import asyncio
from collections.abc import Mapping

from tests.teams import payloads
from tests.teams.checks import LARGEST_CARD, in_bytes, of_card
from tests.teams.connector import Teams
from tests.teams.inputs import searches, sent
from tests.teams.people import Json, Place, User
from tests.teams.reading import inputs, plain, pressables
from tests.teams.seen import Seen
from tests.teams.transport import Response, Transport
from tests.teams.world import Message

CARD = "application/vnd.microsoft.card.adaptive"
WORDS = "application/vnd.microsoft.activity.message"
FOUND = "application/vnd.microsoft.search.searchResponse"

Where = Seen | Place | None


class Client:
    """Acts as ``user`` through ``transport``; with ``copies`` each thing is delivered at once.

    What is done gives the bot's response, which has been applied as Teams does. ``responses`` are
    those of all copies; only the first is applied. ``toast`` is what the last answer said without
    a card, ``trouble`` why the last was none. ``mobile``: uses the app on a telephone.
    """

    def __init__(
        self,
        teams: Teams,
        user: User,
        transport: Transport,
        *,
        copies: int = 1,
        mobile: bool = False,
    ) -> None:
        self.teams = teams
        self.user = user
        self.transport = transport
        self.copies = copies
        self.mobile = mobile
        self.responses: list[Response] = []
        self.toast = ""
        self.trouble = ""
        self._place: Place | None = None
        self._last: list[Json] = []

    # What a person sees

    @property
    def chat(self) -> Place:
        """The person's own chat with the bot."""
        return self.teams.chat(self.user)

    def sees(self, place: Place | None = None) -> list[Seen]:
        """What this person sees in a conversation, or in ``chat``, oldest first."""
        found = self.teams.seen_by(self.user, place or self.chat)
        return [Seen.of(one, self.user) for one in found]

    async def reads(self, text: str, place: Place | None = None) -> Seen:
        """Wait for a message that says this, and give the newest."""
        return await self.teams.until(
            lambda: next((one for one in reversed(self.sees(place)) if text in one.text), None),
            f"{text!r} for {self.user.name}",
        )

    async def form(self, text: str = "") -> Seen:
        """Wait for a card with inputs that says this, and give the newest, wherever it is."""

        def newest() -> Seen | None:
            theirs = [Seen.of(one, self.user) for one in self._theirs()]
            forms = [one for one in theirs if inputs(one.card) and text in one.text]
            return max(forms, key=lambda one: one.message.changed(self.user), default=None)

        return await self.teams.until(newest, f"a form {text!r} for {self.user.name}")

    def _theirs(self) -> list[Message]:
        return [
            one
            for one in self.teams.messages
            if self.user.id in one.place.members and not one.deleted
        ]

    # Once more

    async def redeliver(self, times: int = 1) -> list[Response]:
        """Deliver the last thing again, so many times at once; nothing is done with the answers."""
        assert self._last, "nothing was delivered yet"
        answers = [self.transport.several(one, times) for one in self._last]
        return [one for some in await asyncio.gather(*answers) for one in some]

    # What Teams does

    def _in(self, place: Place | None) -> Place:
        self._place = place or self.chat
        assert self.user.id in self._place.members, f"{self.user.name} is not there"
        return self._place

    def _activity(self, kind: str, place: Place, thread: str) -> Json:
        platform = "iOS" if self.mobile else "Windows"
        return payloads.activity(
            self.teams, self.user, place, kind, thread=thread, platform=platform
        )

    async def _deliver(self, activity: Json) -> Response:
        self.toast = self.trouble = ""
        self._last = [activity]
        self.responses = await self.transport.several(activity, self.copies)
        self.teams.change()
        return self.responses[0]

    async def _invoke(self, name: str, value: Json, message: Message) -> Response:
        self._in(message.place)
        base = self._activity("invoke", message.place, message.thread)
        return await self._deliver(payloads.invoke(base, name, value, message.id))

    async def _button(self, label: str, where: Where) -> tuple[Seen, Json]:
        def there() -> tuple[Seen, Json] | None:
            looked_at = (
                [where] if isinstance(where, Seen) else self.sees(where or self._place)[::-1]
            )
            for seen in looked_at:
                for action in pressables(seen.card):
                    if label in (plain(action.get("title", "")), action.get("tooltip")):
                        return seen, action
            return None

        return await self.teams.until(there, f"a button {label!r} for {self.user.name}")

    async def _execute(
        self,
        seen: Seen,
        action: Json,
        typed: Mapping[str, str],
        trigger: str = "manual",
        *,
        checked: bool = True,
    ) -> Response:
        data = dict(action.get("data") or {})
        if action.get("associatedInputs", "auto").lower() != "none" and seen.card:
            data |= sent(seen.card, typed, mobile=self.mobile, checked=checked)
        names = ("type", "id", "title", "verb")
        told = {name: action[name] for name in names if name in action} | {"data": data}
        value = {"action": told, "trigger": trigger}
        response = await self._invoke("adaptiveCard/action", value, seen.message)
        self._apply(seen.message, response)
        return response

    def _apply(self, message: Message, response: Response) -> None:
        """Do what Teams does with the answer to a button."""
        body = response.json if response.status == 200 else None
        if not isinstance(body, dict) or body.get("statusCode") != 200:
            self.trouble = f"adaptiveCard/action: {response.status} {response.body!r:.200}"
        elif body.get("type") == WORDS:
            self.toast = plain(body["value"])
        elif body.get("type") == CARD:
            card = body["value"]
            self.teams.problems += of_card(card)
            if (size := in_bytes(card)) > LARGEST_CARD:
                self.teams.problem(f"an answer of {size} bytes")
            self.teams.show(message, self.user, card)
        else:
            self.trouble = f"adaptiveCard/action: of type {body.get('type')}"
        self.teams.change()

    async def _offered(self, seen: Seen, element: Json, typed: str) -> list[Json]:
        """What the bot offers for what is typed."""
        dataset = searches(element)
        assert dataset, f"{element['id']} does not search"
        options = {"skip": 0, "top": 15}
        value = {"queryText": typed, "queryOptions": options, "dataset": dataset}
        response = await self._invoke("application/search", value, seen.message)
        body = response.json if response.status == 200 else None
        if not isinstance(body, dict) or (body.get("statusCode"), body.get("type")) != (200, FOUND):
            self.trouble = f"application/search: {response.status} {response.body!r:.200}"
            return []
        return body["value"]["results"]
