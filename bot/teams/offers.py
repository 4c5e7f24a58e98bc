"""Hands out the files that the bot made: by Teams' consent, or by a link for whoever presses."""

from typing import Any

from bot.teams.activities import Heard
from bot.teams.files import Files, consent
from bot.teams.origin import Activity, within
from bot.teams.render import message, pages
from bot.teams.sender import Chat, Message, words
from handlers.chat.cards import Action, Card, File, Style, Text
from handlers.chat.texts import Texts

Json = dict[str, Any]

GET_FILE = "teams.file"  # the action of the button that gives a link to a file


class Offers:
    """What becomes of a file between its being made and its being somebody's."""

    def __init__(self, files: Files) -> None:
        self._files = files

    async def offer(
        self, heard: Heard, file: File, channel: Chat | None, t: Texts, *, private: bool
    ) -> Message:
        """The message that offers a file: to one person in their own chat, or to all."""
        to_all = not private and not (heard.origin.direct and channel is None)
        token = await self._files.keep(file, "" if to_all else heard.who.identity)
        if self._files.only_by_link or (to_all and self._files.by_link):
            get = Action(t("teams.get_file"), GET_FILE, {"file": token}, Style.PRIMARY)
            card = Card(file.name, (Text(t("teams.file_waits")),), (get,))
            activity = message(pages(card, t, None)[0], card)
            here = channel or Chat.of(heard.origin)
            return Message(here if to_all else Chat.with_(heard.origin), activity)
        asked = consent(file, token, t("teams.file_consent"))
        activity = {"type": "message", "attachments": [asked]}
        return Message(Chat.with_(heard.origin), activity)

    async def link(self, heard: Heard, t: Texts) -> Json | None:
        """A card with a link for whoever pressed; None where the file is not theirs, or gone."""
        token, person = heard.values.get("file", ""), heard.who.identity
        file = await self._files.waiting(token)
        if file is None or file.person not in ("", person):
            return None
        card = pages(Card(file.name, (Text(t("teams.file_link")),)), t, None)[0]
        url = self._files.link(token, person)
        open_ = {"type": "Action.OpenUrl", "title": t("teams.download"), "url": url}
        card["body"].append({"type": "ActionSet", "actions": [open_]})
        return card

    async def agreed(self, heard: Heard, value: Activity, t: Texts) -> Message:
        """Put a file with the person's own if they agreed; what stands where they were asked."""
        token = str(within(value, "context").get("jalon", ""))
        file = await self._files.waiting(token)
        here, asked = Chat.of(heard.origin), heard.origin.message
        if file is None or file.person not in ("", heard.who.identity):
            return Message(here, words(t("teams.file_gone")), asked)
        if value.get("action") != "accept":
            await self._files.forget(token)
            return Message(here, words(t("teams.file_declined")), asked)
        attachment = await self._files.put(token, file, value["uploadInfo"])
        return Message(here, {"type": "message", "attachments": [attachment]}, asked)
