"""What the fake Teams remembers: people, conversations, messages, files, and where the bot is."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

from tests.teams import people
from tests.teams.people import BOT, BOT_NAME, Json, Place, User

START = 1739372400000  # Wednesday 12 February 2025, 10:00 in Montreal, in milliseconds
PATIENCE = 10.0  # seconds that a test waits for what must come

T = TypeVar("T")


class Refused(Exception):
    """What the connector answers instead: a status, an error's code, and its message."""

    def __init__(self, status: int, code: str, message: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message or code


@dataclass
class Message:
    """A message; ``views`` are cards that stand in its place for one person, by their id.

    ``thread`` is the id of a channel's post that it belongs to; ``edits`` what it was before;
    ``touched`` is when it last changed for somebody (by their id) and for all ("").
    """

    place: Place
    id: str
    author: str
    activity: Json
    thread: str
    views: dict[str, Json] = field(default_factory=dict[str, Json])
    edits: list[Json] = field(default_factory=list[Json])
    touched: dict[str, int] = field(default_factory=dict[str, int])
    deleted: bool = False

    def card(self, user: User) -> Json | None:
        """The card as this person has it before them."""
        return self.views.get(user.id) or card_of(self.activity)

    def changed(self, user: User) -> int:
        """Grows whenever this person sees something new of it."""
        return max(self.touched[""], self.touched.get(user.id, 0))


@dataclass
class File:
    """A file in somebody's drive; ``content`` is None before it is uploaded."""

    id: str
    name: str
    owner: User
    content: bytes | None = None


def card_of(activity: Json) -> Json | None:
    """The adaptive card of a message."""
    for one in activity.get("attachments") or []:
        if one.get("contentType") == "application/vnd.microsoft.card.adaptive":
            return one["content"]
    return None


class World:
    """Everything that is said and known. ``problems`` are what the bot must never do."""

    def __init__(self) -> None:
        self.base = ""
        self.bot_name = BOT_NAME
        self.users: dict[str, User] = {}
        self.places: dict[str, Place] = {}
        self.installed: set[str] = set()
        self.messages: list[Message] = []
        self.files: dict[str, File] = {}
        self.problems: list[str] = []
        self.numbers = count(1)  # whatever is made takes the next
        self._changed = asyncio.Event()

    @property
    def service_url(self) -> str:
        """Where the bot is to answer, as activities say it."""
        return f"{self.base}/amer/"

    def change(self) -> None:
        """Wake those who wait for something."""
        self._changed.set()

    def problem(self, what: str) -> None:
        """Keep what the bot must never do, so that the test fails."""
        self.problems.append(what)
        self.change()

    async def until(self, find: Callable[[], T | None], what: str = "") -> T:
        """Wait until ``find`` finds something. Raises AssertionError when nothing comes."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not (found := find()):
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            why = "".join(f"; {one}" for one in self.problems)
            raise AssertionError(f"{what or find} did not come{why}") from None
        return found

    # People and places

    def add_user(self, short: str, name: str, *, installed: bool = True, **more: Any) -> User:
        """A person, who has the bot in a chat of their own unless ``installed`` is false."""
        user = User(short, name, **more)
        self.users[user.id] = user
        if installed:
            self.installed.add(self.chat(user).id)
        return user

    def chat(self, user: User) -> Place:
        """The chat of a person and the bot, whether it is installed there or not."""
        place = people.personal(user)
        return self.places.setdefault(place.id, place)

    def add_channel(
        self,
        name: str,
        members: Sequence[User] = (),
        *,
        team: str = "Pilot schools",
        bot: bool = True,
    ) -> Place:
        """A channel of a team, which the bot is installed in unless ``bot`` is false."""
        return self._add(people.channel(name, [one.id for one in members], team), bot)

    def add_group(self, name: str, members: Sequence[User] = (), *, bot: bool = True) -> Place:
        return self._add(people.group(name, [one.id for one in members]), bot)

    def _add(self, place: Place, bot: bool) -> Place:
        self.places[place.id] = place
        if bot:
            self.installed.add(place.home)
        return place

    def has_bot(self, place: Place) -> bool:
        return place.home in self.installed

    # Messages

    def post(self, place: Place, author: str, activity: Json, thread: str = "") -> Message:
        """Say something, whoever says it. In a channel without a thread it begins one."""
        id = str(START + next(self.numbers) * 1000)
        message = Message(place, id, author, activity, thread)
        if place.kind == "channel":
            message.thread = thread or id
        message.touched[""] = next(self.numbers)
        self.messages.append(message)
        self.change()
        return message

    def edit(self, message: Message, activity: Json) -> None:
        """Change a message for everyone, also for those who had another card in its place."""
        message.edits.append(message.activity)
        message.activity = activity
        message.views.clear()
        message.touched = {"": next(self.numbers)}
        self.change()

    def show(self, message: Message, user: User, card: Json) -> None:
        """Put another card in a message's place, for one person alone."""
        message.views[user.id] = card
        message.touched[user.id] = next(self.numbers)
        self.change()

    def seen_by(self, user: User, place: Place) -> list[Message]:
        """What a person sees in a conversation, oldest first."""
        if user.id not in place.members:
            return []
        return [one for one in self.messages if one.place is place and not one.deleted]

    def bot_messages(self, place: Place) -> list[Message]:
        """What the bot has in a conversation, oldest first."""
        return [
            one
            for one in self.messages
            if one.place is place and not one.deleted and one.author == BOT
        ]
