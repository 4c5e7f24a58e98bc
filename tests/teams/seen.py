"""What a person sees of a message: its words, its card as it stands for them, and its files."""

import html
import re
from dataclasses import dataclass

from tests.teams.checks import CARD, CONSENT, FILE_CARD
from tests.teams.people import BOT, Json, User
from tests.teams.reading import errors, inputs, label, markdown, plain, pressables, shown, words
from tests.teams.world import Message


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it stood for a person when they looked at it.

    ``private``: the card stands there for them alone.
    """

    message: Message
    card: Json | None
    text: str
    private: bool

    @classmethod
    def of(cls, message: Message, user: User) -> "Seen":
        card = message.card(user)
        said = [_typed(message), *(_file(one) for one in message.activity.get("attachments") or [])]
        text = "\n".join([*filter(None, said), *(words(card) if card else [])])
        return cls(message, card, plain(text), user.id in message.views)

    @property
    def fallback(self) -> str:
        """What a notification says of it."""
        activity = self.message.activity
        return plain(activity.get("summary") or activity.get("text") or "")

    @property
    def buttons(self) -> dict[str, Json]:
        """The action of each button, by its title."""
        return {plain(one.get("title", "")): one for one in pressables(self.card)}

    @property
    def labels(self) -> list[str]:
        """The titles of all buttons, in order."""
        return [plain(one.get("title", "")) for one in pressables(self.card)]

    @property
    def inputs(self) -> dict[str, str]:
        """What each input holds, as a person sees it, by its label."""
        return {label(one): plain(shown(one)) for one in inputs(self.card)}

    @property
    def errors(self) -> dict[str, str]:
        """What is said in red over each input, by the input's label."""
        return errors(self.card)

    @property
    def files(self) -> list[str]:
        """The names of the files that it offers or shows."""
        attachments = self.message.activity.get("attachments") or []
        return [one["name"] for one in attachments if "name" in one]


def _typed(message: Message) -> str:
    text = message.activity.get("text") or ""
    if message.author == BOT:
        return text if message.activity.get("textFormat") == "plain" else markdown(text)
    return html.unescape(re.sub(r"</?at>", "", text))


def _file(attachment: Json) -> str:
    match attachment["contentType"]:
        case kind if kind in (CARD, "text/html"):
            return ""
        case kind if kind == CONSENT:
            return f"{attachment['name']}\n{attachment['content'].get('description', '')}"
        case kind if kind == FILE_CARD:
            return attachment["name"]
        case _:
            return str(attachment.get("name", ""))
