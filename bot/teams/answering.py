"""From what was heard to what is said: an Incoming is made of it, and its Reply shown where due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from bot.dispatch import Dispatch
from bot.packing import Packing, Unknown
from bot.teams import forms
from bot.teams.activities import Heard
from bot.teams.files import Files
from bot.teams.members import Members
from bot.teams.offers import GET_FILE, Offers
from bot.teams.pictures import Pictures
from bot.teams.places import Places
from bot.teams.render import PAGE, message, pages
from bot.teams.sender import Chat, Message, words
from handlers.chat.cards import Card, Form, Reply, Said, Text, Tone
from handlers.chat.incoming import Incoming, Kind
from handlers.chat.texts import Texts
from storage.plan import Language

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was made of something heard: the body of an invoke's answer, and what to send.

    ``undone``: nothing came of it, so the same can be said again.
    """

    body: Json | None = None
    messages: Sequence[Message] = ()
    undone: bool = False

    @property
    def shown(self) -> Json | None:
        """The card that the body shows, if any."""
        value = self.body.get("value") if self.body else None
        return cast("Json", value) if isinstance(value, dict) else None


class Answering:
    """Answers one thing heard at a time."""

    def __init__(
        self,
        dispatch: Dispatch,
        members: Members,
        packing: Packing,
        places: Places,
        files: Files,
        pictures: Pictures,
    ) -> None:
        self._dispatch = dispatch
        self._members = members
        self._packing = packing
        self._places = places
        self._files = files
        self._pictures = pictures
        self._offers = Offers(files)

    async def __call__(self, heard: Heard) -> Answer:
        """Answer it. What goes wrong in a handler is an answer; what goes wrong here is raised."""
        if heard.refreshes and not self._members.knows(heard.who):
            return NOTHING  # looking at a card makes nobody known
        sender = await self._members.get(heard.who, heard.origin)
        t = Texts.load(self._dispatch.language(sender))
        if heard.consent is not None:
            return Answer({}, [await self._offers.agreed(heard, heard.consent, t)])
        if heard.name == forms.CANCEL and heard.origin.direct:
            card = Card(t("teams.cancelled"), (Text(t("teams.nothing_changed"), muted=True),))
            return self._in_place(heard, pages(card, t, None)[0], card)
        if heard.name == GET_FILE:
            card = await self._offers.link(heard, t)
            return Answer(_card(card)) if card else await self._say(heard, t, "teams.file_gone")
        values: Mapping[str, str] = heard.values
        try:
            values = await self._packing.given(values)
        except Unknown:  # a button of no use
            heard, values = replace(heard, name=""), {}
        values, place, channel = self._places.of(heard, values)
        values = {**values, **heard.inputs}
        dropped = tuple([await self._files.fetch(one) for one in heard.files])
        msg = Incoming(
            sender, place, heard.kind, heard.key, heard.name, heard.text, values, dropped
        )
        page = 0
        if msg.name == PAGE:
            try:
                msg, page = await self._packing.asked_again(msg)
            except PermissionError:
                return await self._say(heard, t, "door.not_yours")
            except Unknown:
                msg = replace(msg, name="")
        reply = await self._dispatch(msg)
        t = Texts.load(self._dispatch.language(sender))  # as it is after what was just said
        if heard.name == PAGE:
            reply = replace(reply, replace=True)
        if isinstance(reply.says, Form):
            return await self._ask(heard, reply.says, channel, t)
        shown = await self._shown(heard, msg, reply, reply.says, channel, t)
        if reply.says.refresh is not None:  # by itself for whom it differs, for others by a menu
            ids = {"userIds": [heard.who.id]}
            shown = [one | {"refresh": one["refresh"] | ids} for one in shown]
        answer = self._answer(heard, reply, reply.says, shown, page, channel, t)
        answer = replace(answer, undone=reply.refused)
        if reply.file is None:
            return answer
        offered = await self._offers.offer(heard, reply.file, channel, t, private=reply.private)
        return replace(answer, messages=[*answer.messages, offered])

    async def failed(self, heard: Heard, code: str) -> Answer:
        """Say that something of ours failed, to someone whose language may not be known."""
        says = [Text(Texts.load(one)("errors.failed", code=code)) for one in Language]
        given = (Said(heard.text),) if heard.text else ()
        t = Texts.load(Language.EN)
        answer = self._say_card(heard, Card(t("errors.title"), (*says, *given), tone=Tone.WARN), t)
        return replace(answer, undone=True)

    async def _shown(
        self,
        heard: Heard,
        msg: Incoming,
        reply: Reply,
        card: Card,
        channel: Chat | None,
        t: Texts,
    ) -> list[Json]:
        """The card on its pages, with buttons to turn them."""
        about = self._about(heard, reply, channel)
        if about is not None:
            card = self._places.carrying(card, about, msg.sender.id)
        card = await self._packing.card(await self._pictures.placed(card))
        shown = pages(card, t, None)
        if len(shown) == 1 or msg.kind is Kind.DROP:
            return shown
        again = await self._packing.again(msg)

        def turn(page: int) -> Mapping[str, str]:
            values = again(page)
            return self._places.carry(values, about, msg.sender.id) if about else values

        return pages(card, t, turn)

    def _about(self, heard: Heard, reply: Reply, channel: Chat | None) -> Chat | None:
        """The channel that an answer's buttons carry: what it is about, where it is not shown."""
        if not reply.private:
            return None
        return channel if heard.origin.direct else Chat.of(heard.origin)

    def _answer(
        self,
        heard: Heard,
        reply: Reply,
        card: Card,
        shown: Sequence[Json],
        page: int,
        channel: Chat | None,
        t: Texts,
    ) -> Answer:
        """Show a card: in place of another, below it, or in the person's own chat."""
        there = min(page, len(shown) - 1)
        if heard.refreshes:
            return NOTHING if reply.refused else Answer(_card(shown[there]))
        # One person's view of a card that all see: theirs alone, in its place.
        theirs = reply.private and reply.replace and card.refresh is not None
        if theirs and heard.invoke and not heard.origin.direct:
            return Answer(_card(shown[there]))
        here = heard.origin.direct if reply.private else channel in (None, Chat.of(heard.origin))
        takes_place = reply.replace or (heard.kind is Kind.SUBMIT and not reply.refused)
        if here and takes_place and heard.origin.message:
            answer = self._in_place(heard, shown[there], card)
            if reply.replace and heard.replaces and heard.origin.direct:
                # a form's answer: what it was about is older now
                older = Card(card.title, (Text(t("teams.newer_below"), muted=True),))
                activity = message(pages(older, t, None)[0], older)
                stub = Message(Chat.of(heard.origin), activity, heard.replaces, only_there=True)
                return replace(answer, messages=[*answer.messages, stub])
            return answer
        said = shown if heard.kind is Kind.DROP else [shown[there]]
        return self._deliver(
            heard, [message(one, card) for one in said], channel, t, private=reply.private
        )

    def _deliver(
        self,
        heard: Heard,
        activities: Sequence[Json],
        channel: Chat | None,
        t: Texts,
        *,
        private: bool,
    ) -> Answer:
        """Say it below, or where it belongs, and here that it was said there."""
        here = Chat.of(heard.origin)
        if not private:
            to = channel or here
            key = "teams.below" if to == here else "teams.said_there"
            return Answer(toast(t(key)), [Message(to, one) for one in activities])
        if heard.origin.direct:
            return Answer(toast(t("teams.below")), [Message(here, one) for one in activities])
        own = Chat.with_(heard.origin)
        word = Message(here, words(t("teams.in_private")))
        told = None if heard.invoke else word
        missing = Message(here, words(t("teams.not_installed")))
        first, *more = activities
        messages = [Message(own, first, said=told, unsaid=missing)]
        return Answer(
            toast(t("teams.in_private")), [*messages, *(Message(own, one) for one in more)]
        )

    def _in_place(self, heard: Heard, card: Json, says: Card | Form) -> Answer:
        """Show a card where the pressed one was, to this person at once and to all for good."""
        stays = Message(Chat.of(heard.origin), message(card, says), heard.origin.message)
        return Answer(_card(card), [stays])

    async def _ask(self, heard: Heard, form: Form, channel: Chat | None, t: Texts) -> Answer:
        """Show a form: in its own place if it comes back with errors, else below."""
        about = channel if heard.origin.direct else Chat.of(heard.origin)
        if about is not None:
            values = self._places.carry(form.values, about, heard.who.identity)
            form = replace(form, values=values)
        form = replace(form, values=await self._packing.values(form.values))
        if heard.kind is Kind.SUBMIT:
            asked_again = self._in_place(heard, forms.render(form, t, heard.replaces), form)
            return replace(asked_again, undone=True)
        replaces = heard.origin.message if heard.origin.direct else ""
        card = forms.render(form, t, replaces)
        return self._deliver(heard, [message(card, form)], channel, t, private=True)

    async def _say(self, heard: Heard, t: Texts, key: str) -> Answer:
        return self._say_card(heard, Card(t("errors.title"), (Text(t(key)),), tone=Tone.WARN), t)

    def _say_card(self, heard: Heard, card: Card, t: Texts) -> Answer:
        """Show someone a short card of this door's own, below."""
        if heard.refreshes:
            return NOTHING
        activities = [message(one, card) for one in pages(card, t, None)]
        return self._deliver(heard, activities, None, t, private=True)


def _card(card: Json) -> Json:
    return {
        "statusCode": 200,
        "type": "application/vnd.microsoft.card.adaptive",
        "value": card,
    }


def toast(text: str) -> Json:
    """The answer to an invoke that shows words, and leaves the card as it is."""
    return {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": text,
    }


NOTHING = Answer(toast(""))  # the card stays as it is
