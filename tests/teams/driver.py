"""A person in the fake Teams: types, presses and reads, and Teams does what it does with it."""

import asyncio
from collections.abc import Mapping

from tests.teams import drive, payloads
from tests.teams.checks import CONSENT
from tests.teams.client import Client, Where
from tests.teams.inputs import Value, find, held, searches, sent
from tests.teams.people import BOT, Json, Place
from tests.teams.reading import plain, pressables
from tests.teams.seen import Seen
from tests.teams.transport import Response
from tests.teams.world import File, Message

CANCEL = "teams.cancel"


class TeamsUser(Client):
    """What a person can do; each gives the bot's response, which has been applied."""

    # What a person types

    async def says(
        self,
        text: str,
        place: Place | None = None,
        *,
        thread: Message | None = None,
        files: list[Json] | None = None,
    ) -> Response:
        """Say something in the own chat, or elsewhere with the bot's name before it."""
        message, activity = self._said(text, place, thread, mention=True, files=files or [])
        assert self.teams.has_bot(message.place), "Teams delivers nothing from where the bot is not"
        return await self._deliver(activity)

    def writes(self, text: str, place: Place, *, thread: Message | None = None) -> Message:
        """Say something among people that the bot is not told of."""
        return self._said(text, place, thread, mention=False, files=[])[0]

    async def edits(self, message: Message | Seen, text: str) -> Response:
        """Change what one said to the bot."""
        message = _message(message)
        words = payloads.words(self.teams, text, mention=message.place.kind != "personal")
        base = self._activity("messageUpdate", message.place, message.thread)
        activity = payloads.said(base, words, message.id)
        activity["channelData"] = activity["channelData"] | {"eventType": "editMessage"}
        self.teams.edit(message, activity)
        return await self._deliver(activity)

    async def shares(self, name: str, content: bytes, text: str = "") -> Response:
        """Drop a file in the own chat: the only place where bots are told of one."""
        file = drive.add(self.teams, name, self.user, content)
        return await self.says(text, files=[drive.told(self.teams, file)])

    def _said(
        self,
        text: str,
        place: Place | None,
        thread: Message | None,
        *,
        mention: bool,
        files: list[Json],
    ) -> tuple[Message, Json]:
        place = self._in(place)
        mention = mention and place.kind != "personal"
        words = payloads.words(self.teams, text, mention=mention)
        words["attachments"] = [*files, *words["attachments"]]
        message = self.teams.post(place, self.user.id, {}, thread.thread if thread else "")
        base = self._activity("message", place, message.thread)
        message.activity = payloads.said(base, words, message.id)
        return message, message.activity

    # What a person presses

    async def press(self, label: str, where: Where = None) -> Response:
        """Press the button with this title, or with this name for screen readers.

        In a message as it was seen; in a conversation the newest message that has it; without
        ``where`` where this person was last.
        """
        seen, action = await self._button(label, where)
        assert action["type"] == "Action.Execute", f"{label} is a link"
        return await self._execute(seen, action, {})

    async def presses(self, action: Json, where: Seen) -> Response:
        """Press a button that is not there, as only a client that is not Teams' own would."""
        return await self._execute(where, {"type": "Action.Execute", "title": ""} | action, {})

    async def opens(self, label: str, where: Where = None) -> Response:
        """Follow the link of a button, as this person's browser does."""
        _, action = await self._button(label, where)
        assert action["type"] == "Action.OpenUrl", f"{label} is no link"
        return await self.transport.get(action["url"])

    async def submit(
        self,
        values: Mapping[str, Value] | None = None,
        where: Seen | None = None,
        *,
        checked: bool = True,
    ) -> Response:
        """Fill in inputs of a form, or of the newest, by label or id, and submit.

        What is not named stays as it is. Raises NotSubmitted where Teams would not send the form,
        unless it is not ``checked``: not every client does.
        """
        seen = where or await self.form()
        assert seen.card is not None
        typed: dict[str, str] = {}
        for name, value in (values or {}).items():
            element = find(seen.card, name)
            found: list[Json] = []
            if searches(element) and value:
                found = await self._offered(seen, element, str(value))
            typed[element["id"]] = held(element, value, found)
        action = next(one for one in pressables(seen.card) if one.get("associatedInputs") != "none")
        return await self._execute(seen, action, typed, checked=checked)

    async def sends(self, values: Mapping[str, str], where: Seen) -> Response:
        """Submit a form with these values as they are, as only a client that is not Teams' own."""
        assert where.card is not None
        action = next(one for one in pressables(where.card) if one.get("verb") != CANCEL)
        data = action["data"] | sent(where.card, {}, mobile=False, checked=False) | dict(values)
        return await self._execute(where, action | {"associatedInputs": "none", "data": data}, {})

    async def cancel(self, where: Seen | None = None) -> Response:
        """Press what leaves a form, or the newest."""
        seen = where or await self.form()
        action = next(one for one in pressables(seen.card) if one.get("verb") == CANCEL)
        return await self._execute(seen, action, {})

    async def refresh(self, where: Message | Seen) -> Response:
        """Look at a card that refreshes: by itself for those it names, else by its menu."""
        seen = Seen.of(_message(where), self.user)
        refresh = (seen.card or {}).get("refresh")
        assert refresh, "the card has no refresh"
        ids = refresh.get("userIds") or seen.message.place.members[:60]
        trigger = "automatic" if self.user.id in ids else "manual"
        return await self._execute(seen, refresh["action"], {}, trigger)

    async def search(self, name: str, typed: str) -> list[str]:
        """Type in an input that searches; gives the titles of what it offers."""
        seen = await self.form()
        assert seen.card is not None
        found = await self._offered(seen, find(seen.card, name), typed)
        return [plain(one["title"]) for one in found]

    async def consents(self, where: Message | Seen, accept: bool = True) -> File | None:
        """Take a file that the bot offers, or not; gives it as it is in the person's drive."""
        message = _message(where)
        [offer] = [one for one in message.activity["attachments"] if one["contentType"] == CONSENT]
        word = "accept" if accept else "decline"
        context = offer["content"].get(f"{word}Context")
        value: Json = {"type": "fileUpload", "action": word, "context": context}
        file = drive.add(self.teams, offer["name"], self.user) if accept else None
        if file is not None:
            value["uploadInfo"] = drive.room(self.teams, file)
        response = await self._invoke("fileConsent/invoke", value, message)
        if response.status != 200:
            self.trouble = f"fileConsent/invoke: {response.status}"
        return file

    # Where the bot is

    async def installs(self, place: Place | None = None) -> list[Response]:
        """Add the bot to the own chat, or to a chat or a channel's team."""
        place = place or self.chat
        self.teams.installed.add(place.home)
        return await self._installed(place, added=True)

    async def removes(self, place: Place | None = None) -> list[Response]:
        """Remove the bot from there."""
        place = place or self.chat
        self.teams.installed.discard(place.home)
        return await self._installed(place, added=False)

    async def joins(self, place: Place) -> Response:
        """Come into a conversation."""
        place.members.append(self.user.id)
        base = self._activity("conversationUpdate", place, "")
        return await self._deliver(payloads.membership(base, place, [self.user.id], added=True))

    async def _installed(self, place: Place, *, added: bool) -> list[Response]:
        bases = [
            self._activity(one, place, "") for one in ("installationUpdate", "conversationUpdate")
        ]
        both = [
            payloads.installation(bases[0], place, "add" if added else "remove"),
            payloads.membership(bases[1], place, [BOT], added=added),
        ]
        self._last = both
        answers = [self.transport.several(one, self.copies) for one in both]
        self.responses = [one for some in await asyncio.gather(*answers) for one in some]
        return self.responses


def _message(where: Message | Seen) -> Message:
    return where.message if isinstance(where, Seen) else where
