"""A person in the fake workspace: types, presses and reads, and Slack does what it does with it."""

import asyncio
import re
from collections.abc import Mapping

from tests.slack import events, payloads
from tests.slack.hooks import say
from tests.slack.inputs import Value, check, find, state
from tests.slack.memory import BOT, File, Json, Message, View
from tests.slack.people import Channel, User
from tests.slack.reading import Page, Seen, plain, pressables
from tests.slack.submission import TROUBLE, offered, submitted
from tests.slack.transport import Kind, Response, Transport, several
from tests.slack.workspace import Workspace
from tests.slack.world import Refused

SLACKBOT = "USLACKBOT"


class SlackUser:
    """Acts as ``user`` through ``transport``; with ``copies`` each thing is delivered at once.

    What is done gives the app's response, which has been applied to the workspace. ``responses``
    are those of all copies; only the first is applied, as Slack takes one.
    """

    def __init__(
        self, workspace: Workspace, user: User, transport: Transport, *, copies: int = 1
    ) -> None:
        self.workspace = workspace
        self.user = user
        self.transport = transport
        self.copies = copies
        self.responses: list[Response] = []
        self.trouble = ""
        self._place: Channel | None = None
        self._last: tuple[Json, Kind] | None = None

    # What a person sees

    @property
    def dm(self) -> Channel:
        """The person's own chat with the bot."""
        return self.workspace.dm(self.user)

    @property
    def modal(self) -> Page | None:
        """The modal on top."""
        view = self.workspace.modal(self.user)
        return Page.of(view) if view else None

    @property
    def home(self) -> Page | None:
        """What the app's Home tab shows."""
        view = self.workspace.homes.get(self.user.id)
        return Page.of(view) if view else None

    def sees(self, place: Channel | None = None) -> list[Seen]:
        """What this person sees in a conversation, or in ``dm``, oldest first."""
        return [Seen.of(one) for one in self.workspace.seen_by(self.user, place or self.dm)]

    async def reads(self, text: str, place: Channel | None = None) -> Seen:
        """Wait for a message that says this, and give the newest."""
        return await self.workspace.until(
            lambda: next((one for one in reversed(self.sees(place)) if text in one.text), None),
            f"{text!r} for {self.user.name}",
        )

    async def reads_at_home(self, text: str) -> Page:
        """Wait until the Home tab says this."""
        return await self.workspace.until(
            lambda: self.home if self.home and text in self.home.text else None,
            f"{text!r} on the home of {self.user.name}",
        )

    async def form(self) -> Page:
        """Wait for a modal."""
        return await self.workspace.until(lambda: self.modal, f"a modal for {self.user.name}")

    # What a person types

    async def slash(
        self, line: str, place: Channel | None = None, *, lost: bool = False
    ) -> Response:
        """Type a command; without a place in the person's own chat with the bot.

        ``lost``: the app's answer comes too late for Slack.
        """
        place = self._in(place)
        payload = payloads.slash_command(self.workspace, self.user, place, line)
        response = await self._deliver(payload, Kind.COMMAND)
        hook = self.workspace.hooks[payload["response_url"].removeprefix(self.workspace.base)]
        body = response.json if response.content_type == "application/json" else None
        if lost or response.status != 200:
            why = "operation_timeout" if lost else "dispatch_failed"
            self._slackbot(place, f'{payload["command"]} failed with the error "{why}"')
        elif body is None and response.body:
            self._slackbot(place, response.body.decode(), BOT)
        elif body:
            if body.get("response_type") == "in_channel":
                # The command is then everyone's to read, too.
                self.workspace.post(place.id, self.user.id, line)
            try:
                say(self.workspace, hook, body)
            except Refused as refused:
                self._slackbot(place, f"{payload['command']} failed: {refused.code}")
        return response

    async def writes(
        self, text: str, place: Channel | None = None, *, thread: Message | None = None
    ) -> Response:
        """Say something in the own chat with the bot."""
        message = self.says(text, place or self.dm, thread=thread)
        return await self._event(events.message_event(self.workspace, message))

    async def mentions(
        self, text: str, place: Channel, *, thread: Message | None = None
    ) -> Response:
        """Say something in a channel, with the bot's name before it."""
        assert place.has_bot, "Slack delivers no mention from where the bot is not"
        message = self.says(f"@jalon {text}", place, thread=thread)
        return await self._event(events.app_mention(self.workspace, message))

    def says(self, text: str, place: Channel, *, thread: Message | None = None) -> Message:
        """Say something that the bot is not told of. ``@name`` names a member."""
        place = self._in(place)
        said = events.typed(text)
        for one in self.workspace.users.values():
            said = re.sub(rf"(?<!\w)@{one.name}\b", f"<@{one.id}>", said)
        blocks = events.rich_text(text)
        ts = thread.ts if thread else ""
        return self.workspace.post(place.id, self.user.id, said, blocks, thread_ts=ts)

    async def edits(self, message: Message, text: str) -> Response:
        """Change what one said in the own chat with the bot."""
        before = message.text
        self.workspace.edit(message, events.typed(text), events.rich_text(text))
        return await self._event(events.message_changed(self.workspace, message, before))

    async def shares(
        self,
        name: str,
        content: bytes,
        place: Channel | None = None,
        *,
        text: str = "",
        thread: Message | None = None,
        only_its_id: bool = False,
    ) -> Response:
        """Drop a file in the own chat, or in a channel beside the bot's name.

        ``only_its_id``: Slack tells no more of it, as for files from another workspace.
        """
        place = self._in(place)
        file = File(self.workspace.id("F"), name, len(content), self.user.id, content=content)
        file.complete, file.channels = True, [place.id]
        self.workspace.files[file.id] = file
        words = text if place.direct else f"<@{BOT}> {text}".strip()
        message = self.workspace.post(
            place.id,
            self.user.id,
            words,
            events.rich_text(text) if text else [],
            thread_ts=thread.ts if thread else "",
            files=[file],
        )
        told: list[Json] = []
        if only_its_id:
            told = [{"id": file.id, "mode": "file_access", "file_access": "check_file_info"}]
        if place.direct:
            return await self._event(events.message_event(self.workspace, message, files=told))
        return await self._event(events.app_mention(self.workspace, message, files=told))

    async def echo(self, message: Message) -> Response:
        """Tell the app what it said itself in a direct chat, as Slack does."""
        return await self._event(events.message_event(self.workspace, message))

    # What a person presses

    async def press(self, label: str, where: Seen | Page | Channel | None = None) -> Response:
        """Press the button with this label, or with this name for screen readers.

        In a message or view as it was seen; in a conversation the newest message that has it;
        without ``where`` in the open modal, or else where this person was last.
        """
        origin, action = await self.workspace.until(
            lambda: self._find(label, where), f"a button {label!r} for {self.user.name}"
        )
        return await self._pressed(origin, action)

    async def presses(self, action: Json, where: Seen | Page) -> Response:
        """Press a button that is not there, as only a client that is not Slack's own would."""
        whole = {"type": "button", "block_id": "b", "text": {"type": "plain_text", "text": ""}}
        return await self._pressed(where.origin, whole | action)

    async def _pressed(self, origin: Message | View, action: Json) -> Response:
        payload = payloads.block_actions(self.workspace, self.user, origin, action)
        return await self._interact(payload)

    async def shortcut(self, callback_id: str) -> Response:
        """Choose a shortcut from the composer's menu."""
        return await self._interact(payloads.shortcut(self.workspace, self.user, callback_id))

    async def message_shortcut(self, callback_id: str, message: Message) -> Response:
        """Choose a shortcut from a message's menu."""
        self._in(self.workspace.channels[message.channel])
        return await self._interact(
            payloads.message_action(self.workspace, self.user, callback_id, message)
        )

    async def opens_home(self, tab: str = "home") -> Response:
        """Look at the app's page."""
        return await self._event(events.app_home_opened(self.workspace, self.user, tab=tab))

    # What a person does with a modal

    async def searches(self, name: str, typed: str) -> list[str]:
        """Type in an input that searches; gives the labels of what it offers."""
        view = (await self.form()).view
        found = await self._offered(view, find(view, name), typed)
        return [plain(one["text"]["text"]) for one in found]

    async def submit(
        self, values: Mapping[str, Value] | None = None, *, lost: bool = False
    ) -> Response:
        """Fill in inputs by label or name, and submit. What is not named stays as it is.

        ``lost``: the app's answer comes too late for Slack, and the modal stays open. Raises
        NotSubmitted where Slack itself would not send the form.
        """
        view = (await self.form()).view
        for name, value in (values or {}).items():
            block = find(view, name)
            element = block["element"]
            found: list[Json] = []
            if "external" in element["type"] and value:
                found = await self._offered(view, block, str(value))
            held = state(element, value, found)
            view.typed[block["block_id"]][element["action_id"]] = held
        check(view)
        return await self.sends(view, lost=lost)

    async def sends(self, view: View, *, lost: bool = False) -> Response:
        """Submit a modal as it is filled in, whether Slack's own client would or not."""
        view.errors = {}
        payload = payloads.view_submission(self.workspace, self.user, view)
        response = await self._deliver(payload, Kind.INTERACTION)
        self.trouble = TROUBLE if lost else submitted(self.workspace, view, response)
        return response

    async def cancel(self) -> Response | None:
        """Close the modal on top. The app is told only if it asked to be."""
        view = (await self.form()).view
        self.workspace.stacks[self.user.id].remove(view)
        self.workspace.change()
        if not view.view.get("notify_on_close"):
            return None
        return await self._deliver(payloads.view_closed(self.user, view), Kind.INTERACTION)

    # Once more

    async def again(self, times: int = 1) -> list[Response]:
        """Deliver the last thing again, so many times at once; nothing is done with the answers."""
        assert self._last is not None, "nothing was delivered yet"
        payload, kind = self._last
        return await asyncio.gather(
            *(self.transport.deliver(payload, kind, retry=one + 1) for one in range(times))
        )

    # What Slack does

    def _in(self, place: Channel | None) -> Channel:
        self._place = place or self.dm
        assert self.user.id in self._place.members, f"{self.user.name} is not there"
        return self._place

    async def _deliver(self, payload: Json, kind: Kind) -> Response:
        self.trouble = ""
        self._last = payload, kind
        self.responses = await several(self.transport, payload, kind, self.copies)
        self.workspace.change()
        return self.responses[0]

    async def _event(self, payload: Json) -> Response:
        type = payload["event"]["type"]
        if type == "message":
            type = f"message.{payload['event']['channel_type']}"
        assert type in self.workspace.events, f"the app did not subscribe to {type}"
        return await self._deliver(payload, Kind.EVENT)

    async def _interact(self, payload: Json) -> Response:
        response = await self._deliver(payload, Kind.INTERACTION)
        if response.status != 200:
            self.trouble = f"{payload['type']}: {response.status}"
        elif response.body:
            self.workspace.violate(f"{payload['type']}: answered with {response.body!r:.80}")
        return response

    def _find(
        self, label: str, where: Seen | Page | Channel | None
    ) -> tuple[Message | View, Json] | None:
        if isinstance(where, Seen | Page):
            looked_at: list[Seen | Page] = [where]
        elif where is None and self.modal:
            looked_at = [self.modal]
        else:
            looked_at = [*reversed(self.sees(where or self._place))]
        for one in looked_at:
            for action in pressables(one.blocks):
                if label in (plain(action["text"]["text"]), action.get("accessibility_label")):
                    return one.origin, action
        return None

    async def _offered(self, view: View, block: Json, typed: str) -> list[Json]:
        """What the app offers for what is typed; nothing before it is long enough."""
        element = block["element"]
        if len(typed) < element.get("min_query_length", 3):
            return []
        ids = element["action_id"], block["block_id"]
        payload = payloads.block_suggestion(self.user, view, *ids, typed)
        response = await self._deliver(payload, Kind.INTERACTION)
        return offered(self.workspace, response)

    def _slackbot(self, place: Channel, text: str, by: str = SLACKBOT) -> None:
        self.workspace.post(place.id, by, text, only_for=self.user.id)
