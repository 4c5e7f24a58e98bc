"""What happens when something is typed or pressed: it is heard, answered, and shown where due."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.clock import Clock
from bot.once import Once
from bot.web.channels import Channel
from bot.web.conversation import Conversation
from handlers.chat.cards import Card, Form, Input, Reply
from handlers.chat.incoming import Dropped, Incoming, Kind
from storage.people import Newcomer
from storage.plan import Language

Choices = Callable[[Incoming], Awaitable[Sequence[tuple[str, str]]]]

MENTION = re.compile(r"(?<![\w@.])@jalon\b[,:]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page is told: a form to open or None, and the person's language from here on."""

    form: Form | None
    language: Language


class Talk:
    """Brings what people do on the page to ``dispatch``, and its replies into the conversation."""

    def __init__(
        self,
        dispatch: Callable[[Incoming], Awaitable[Reply]],
        choices: Choices,
        language_of: Callable[[Newcomer], Language],
        clock: Clock,
        pass_time: Callable[[timedelta], Awaitable[None]],
    ) -> None:
        self.conversation = Conversation()
        self._dispatch = dispatch
        self._choices = choices
        self._language_of = language_of
        self._clock = clock
        self._pass_time = pass_time
        self._once = Once[Answer]()

    async def close(self) -> None:
        """End all listening, and wait for what is being answered."""
        self.conversation.close()
        await self._once.finish()

    async def typed(
        self, me: Newcomer, here: Channel, key: str, text: str, files: tuple[Dropped, ...] = ()
    ) -> Answer:
        """A line from the message box, or files with it. The bot hears it where it is meant to."""
        key = _key(me, key)
        return await self._once(key, lambda: self._typed(me, here, key, text, files))

    async def did(
        self,
        me: Newcomer,
        here: Channel,
        key: str,
        kind: Kind,
        name: str,
        values: dict[str, str],
        text: str,
        line: str,
    ) -> Answer:
        """A press or a submitted form; ``line`` is the id of the message it came from."""
        msg = Incoming(me, here.place(me), kind, _key(me, key), name, text, values)

        async def answer() -> Answer:
            return await self._show(msg, await self._dispatch(msg), line)

        return await self._once(msg.key, answer)

    async def waited(self, me: Newcomer, key: str, by: timedelta) -> Answer:
        """Time passes, in a simulation."""

        async def answer() -> Answer:
            await self._pass_time(by)
            self.conversation.tick()
            return Answer(None, self._language_of(me))

        return await self._once(_key(me, key), answer)

    async def _typed(
        self, me: Newcomer, here: Channel, key: str, text: str, files: tuple[Dropped, ...]
    ) -> Answer:
        place = here.place(me)
        words = text.strip()
        for_us = words.startswith("/") or bool(files)
        # A command typed among others stays between the person and the bot, as it does in Slack:
        # one's own hours are not for the channel. Where the answer is for all, so is the command.
        aside = for_us and not here.direct
        language = self._language_of(me)
        line = self.conversation.say(
            place.id,
            me,
            text,
            at=self._clock.now(),
            language=language,
            only_for=me.id if aside else "",
            files=tuple(one.name for one in files),
        )
        if not (for_us or here.direct or MENTION.search(words)):
            return Answer(None, language)
        heard = words if words.startswith("/") else MENTION.sub("", words).strip()
        kind = Kind.DROP if files else Kind.MESSAGE
        msg = Incoming(me, place, kind, key, text=heard, files=files)
        reply = await self._dispatch(msg)
        if aside and not reply.private and isinstance(reply.says, Card):
            self.conversation.reveal(line)
        return await self._show(msg, reply, "")

    async def _show(self, msg: Incoming, reply: Reply, origin: str) -> Answer:
        language = self._language_of(msg.sender)
        if isinstance(reply.says, Form):
            return Answer(await self._with_choices(reply.says, msg), language)
        private = reply.private and not msg.place.direct
        old = self.conversation.card(msg.place.id, msg.sender, origin) if reply.replace else None
        # What all could see does not become one person's: then the answer comes after it.
        if old and (old.only_for or not private):
            self.conversation.edit(old, reply.says, language, reply.file)
        else:
            self.conversation.say(
                msg.place.id,
                None,
                reply.says,
                at=self._clock.now(),
                language=language,
                only_for=msg.sender.id if private else "",
                gives=reply.file,
            )
        return Answer(None, language)

    async def _with_choices(self, form: Form, msg: Incoming) -> Form:
        """The form as a page can show it: what is found by typing elsewhere is listed."""
        inputs = [await self._with_found(one, msg) if one.search else one for one in form.inputs]
        return replace(form, inputs=tuple(inputs))

    async def _with_found(self, one: Input, msg: Incoming) -> Input:
        asked = Incoming(msg.sender, msg.place, Kind.MESSAGE, msg.key, name=one.search)
        found = dict(one.choices) | dict(await self._choices(asked))
        return replace(one, choices=tuple(found.items()))


def _key(me: Newcomer, key: str) -> str:
    """The delivery's key. A page makes it up, so that one person's cannot answer another's."""
    return f"web:{me.id}:{key}"
