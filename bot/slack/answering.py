"""From what was heard to what is said: an Incoming is made of it, and its Reply shown where due."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.dispatch import Dispatch, note
from bot.outbox import GRACE
from bot.packing import Unknown
from bot.slack import files, limits, modal, payloads
from bot.slack.answers import response, ways
from bot.slack.client import Slack, failing, in_short
from bot.slack.limits import Surface
from bot.slack.members import PLATFORM, Members
from bot.slack.packing import Packing
from bot.slack.payloads import Heard, Origin
from bot.slack.render import PAGE, Rendered, pages
from bot.slack.sender import Sender, Way
from handlers.chat.cards import Action, Block, Card, Form, Said, Style, Text, Tone
from handlers.chat.incoming import Incoming, Kind, Place
from handlers.chat.texts import Texts
from storage.local_time import zone_of
from storage.people import Newcomer
from storage.plan import Language

log = logging.getLogger("jalon.slack")

HOME = "/home"  # the command whose card is the Home tab


async def _nothing() -> Sequence[Way]:
    return ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was made of something heard: the answer to Slack's request, or if that has gone, ways.

    Whatever has to be said in any case has been handed over already.
    """

    ack: Mapping[str, Any] | None = None
    late: Callable[[], Awaitable[Sequence[Way]]] = _nothing


class Answering:
    """Answers one thing heard at a time."""

    def __init__(
        self,
        slack: Slack,
        dispatch: Dispatch,
        members: Members,
        packing: Packing,
        sender: Sender,
    ) -> None:
        self._slack = slack
        self._dispatch = dispatch
        self._members = members
        self._packing = packing
        self._sender = sender
        self._uploads: set[asyncio.Task[None]] = set()

    async def __call__(self, heard: Heard) -> Answer:
        """Answer it. What goes wrong in a handler is an answer; what goes wrong here is raised."""
        sender = await self._members.get(heard.origin.user)
        origin = await self._settled(heard.origin)
        msg, page = await self._incoming(heard, sender, origin), 0
        if msg.name == PAGE:
            try:
                msg, page = await self._packing.asked_again(msg)
            except PermissionError:
                return await self._note(origin, sender, "door.not_yours")
            except Unknown:
                msg = replace(msg, name="")
        reply = await self._dispatch(msg)
        t = Texts.load(self._dispatch.language(sender))  # as it is after what was just said
        if isinstance(reply.says, Form):
            return await self._open(heard, origin, msg, reply.says, t)
        if (file := reply.file) is not None:
            self._hand_out(partial(files.upload, self._slack, file), origin, private=reply.private)
        for one in () if heard.name == PAGE else reply.says.pictures:
            self._hand_out(partial(files.show, self._slack, one), origin, private=reply.private)
        if origin.home:
            return await self._show_home(msg, reply.says, page, t)
        shown = await self._shown(msg, reply.says, t, Surface.MESSAGE)
        body = _body(shown[min(page, len(shown) - 1)])
        found = ways(origin, body, private=reply.private, replace=reply.replace or page > 0)
        if heard.kind is Kind.MESSAGE and heard.trigger and (reply.private or origin.direct):

            async def late() -> Sequence[Way]:
                return found

            return Answer(response(origin, body), late)
        await self._sender.send(found)
        if msg.kind is Kind.DROP:  # it can't be asked for again: all its pages at once
            for more in shown[1:]:
                await self._sender.send(
                    ways(origin, _body(more), private=reply.private, replace=False)
                )
        return Answer()

    async def failed(self, heard: Heard, code: str) -> Answer:
        """Say that something of ours failed, to someone whose language may not be known."""
        says: list[Block] = [Text(Texts.load(one)("errors.failed", code=code)) for one in Language]
        if heard.text:
            says.append(Said(payloads.as_typed(heard.text) if heard.markup else heard.text))
        t, says_all = Texts.load(Language.EN), tuple(says)
        return await self._say(heard.origin, Card(t("errors.title"), says_all, tone=Tone.WARN), t)

    async def close(self) -> None:
        """Finish the uploads that go through at once."""
        if self._uploads:
            _, late = await asyncio.wait(self._uploads, timeout=GRACE)
            for task in late:
                task.cancel()

    async def _settled(self, origin: Origin) -> Origin:
        """Whether a direct chat is the one with the bot, and not with somebody else."""
        if not origin.channel.startswith("D") or origin.direct:
            return origin
        try:
            ours = await self._members.direct_chat(origin.user)
        except SlackApiError:  # not known: then what we say is for this person alone
            return origin
        return replace(origin, direct=origin.channel == ours)

    async def _incoming(self, heard: Heard, sender: Newcomer, origin: Origin) -> Incoming:
        private = origin.direct or not origin.channel
        place = Place(PLATFORM, sender.id if private else origin.channel, private)
        text, values = heard.text, heard.values
        if heard.kind is Kind.PRESS:
            try:
                values = await self._packing.given(values)
            except Unknown:
                return Incoming(sender, place, heard.kind, heard.key)  # a button of no use
        if heard.markup:
            text = await self._as_typed(text)
        if heard.said_at:
            there = zone_of(sender.timezone)
            said_on = datetime.fromtimestamp(heard.said_at, UTC).astimezone(there)
            values, text = {"said": text, "today": said_on.date().isoformat()}, ""
        dropped = tuple([await files.fetch(self._slack, one) for one in heard.files])
        return Incoming(sender, place, heard.kind, heard.key, heard.name, text, values, dropped)

    async def _as_typed(self, text: str) -> str:
        """A message's text without Slack's markup: people by their names, the bot left out."""
        others = payloads.mentioned(text) - {await self._slack.bot()}
        names = {id: (await self._members.get(id)).name for id in others}
        return payloads.as_typed(text, lambda id: names.get(id, "")).lstrip(" ,:")

    async def _shown(
        self, msg: Incoming, card: Card, t: Texts, surface: Surface, first: int = 0
    ) -> list[Rendered]:
        """The card on its pages, with buttons to turn them; the first button is ``first``."""
        card = await self._packing.card(card)
        shown = pages(card, t, surface, None, first)
        if len(shown) == 1 or msg.kind is Kind.DROP:
            return shown
        return pages(card, t, surface, await self._packing.again(msg), first)

    async def _note(self, origin: Origin, sender: Newcomer, key: str) -> Answer:
        t = Texts.load(self._dispatch.language(sender))
        return await self._say(origin, Card(t("errors.title"), (Text(t(key)),), tone=Tone.WARN), t)

    async def _say(self, origin: Origin, card: Card, t: Texts) -> Answer:
        """Show someone a short card of this door's own."""
        body = _body(pages(card, t, Surface.MESSAGE, None)[0])
        await self._sender.send(ways(origin, body, private=True, replace=False))
        return Answer()

    async def _open(
        self, heard: Heard, origin: Origin, msg: Incoming, form: Form, t: Texts
    ) -> Answer:
        """Show a form: in the modal that was sent, in one of its own, or behind a button."""

        async def behind_a_button() -> Sequence[Way]:
            turn = await self._packing.again(msg)
            action = Action(t("slack.open_form"), PAGE, turn(0), Style.PRIMARY)
            card = Card(form.title, (Text(t("slack.form_waits")),), (action,))
            body = _body(pages(card, t, Surface.MESSAGE, None)[0])
            return ways(origin, body, private=True, replace=False)

        view = modal.view(form, t, await self._packing.metadata(form.values, origin))
        if heard.kind is Kind.SUBMIT:
            # Slack takes errors only at inputs of the form that it shows.
            errors = modal.errors(form) if form.name == heard.name else {}
            answer = {"errors": errors} if errors else {"view": view}
            action = "errors" if errors else "update"
            return Answer({"response_action": action, **answer}, behind_a_button)
        if heard.trigger:
            try:
                await self._slack.call("views.open", trigger_id=heard.trigger, view=view)
                return Answer()
            except Exception as error:  # too late, or Slack fails: nothing is lost, ask again
                if not isinstance(error, SlackApiError) and failing(error) is None:
                    raise
                log.warning("slack: views.open: %s", in_short(error))
        await self._sender.send(await behind_a_button())
        return Answer()

    def _hand_out(
        self, give: Callable[[str, str], Awaitable[None]], origin: Origin, *, private: bool
    ) -> None:
        """Have something given out in a channel and thread, or in the person's own chat."""

        async def upload() -> None:
            channel, thread = origin.channel, origin.thread
            try:
                if private and not origin.direct:
                    channel, thread = await self._members.direct_chat(origin.user), ""
                await give(channel, thread)
            except Exception as error:
                note(error)

        task = asyncio.create_task(upload())
        self._uploads.add(task)
        task.add_done_callback(self._uploads.discard)

    async def _show_home(self, msg: Incoming, card: Card, page: int, t: Texts) -> Answer:
        """The Home tab: one's own page, under the answer to what was pressed there."""
        blocks: list[dict[str, Any]] = []
        fallback: list[Way] = []
        if (msg.kind, msg.text) != (Kind.MESSAGE, HOME):
            shown = await self._shown(msg, card, t, Surface.VIEW)
            answer = shown[min(page, len(shown) - 1)]
            blocks = [*answer.blocks, {"type": "divider"}]
            fallback = ways(Origin(msg.sender.id), _body(answer), private=True, replace=False)
            key = f"{msg.key}:home"
            asked = replace(msg, kind=Kind.MESSAGE, key=key, name="", text=HOME, values={})
            reply = await self._dispatch(asked)
            assert isinstance(reply.says, Card)
            card = reply.says
        below = await self._shown(msg, card, t, Surface.VIEW, len(blocks) * limits.BUTTONS)
        blocks += below[0].blocks
        view = {"type": "home", "blocks": blocks[: limits.BLOCKS[Surface.VIEW]]}
        publish = Way("views.publish", {"user_id": msg.sender.id, "view": view})
        await self._sender.send([publish, *fallback])
        return Answer()


def _body(shown: Rendered) -> dict[str, Any]:
    return {"blocks": shown.blocks, "text": shown.text}
