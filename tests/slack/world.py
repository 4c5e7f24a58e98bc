"""The state of the fake workspace, and the rules that hold whoever changes it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import NoReturn, TypeVar

from tests.slack.limits import problems
from tests.slack.memory import BOT, TEAM, File, Json, Message
from tests.slack.people import Channel, User

START = 1739372400.0  # Wednesday 12 February 2025, 10:00 in Montreal
HOOK_LIFE, HOOK_USES = 1800, 5  # seconds, and times
# What Slack answers by a name of its own.
NAMED = ("no_text", "msg_too_long", "msg_blocks_too_long")
PATIENCE = 10.0  # seconds that a test waits for what must come

T = TypeVar("T")


class Refused(Exception):
    """What Slack answers instead: an error code, and what goes with it."""

    def __init__(self, code: str, **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


@dataclass
class Hook:
    """A response_url: whose, where, for which message if any, until when and how often."""

    path: str
    user: str
    channel: str
    message: Message | None
    command: bool
    made: float
    uses: int = 0


class World:
    """Everything that is said and known. ``now`` is Slack's clock in seconds, to be set."""

    def __init__(self) -> None:
        self.now = START
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.files: dict[str, File] = {}
        self.hooks: dict[str, Hook] = {}
        self.violations: list[str] = []
        self.base = ""
        self.numbers = count(1)  # whatever is made takes the next
        self._changed = asyncio.Event()
        self.add_user("jalon", "Jalon", id=BOT, bot=True)

    def id(self, kind: str) -> str:
        """A new id that begins with a letter or a word."""
        return f"{kind}0{next(self.numbers):04d}"

    def ts(self) -> str:
        """A new timestamp, unique here, that is also a message's id."""
        return f"{int(self.now)}.{next(self.numbers):06d}"

    def change(self) -> None:
        """Wake those who wait for something."""
        self._changed.set()

    async def until(self, find: Callable[[], T | None], what: str = "") -> T:
        """Wait until ``find`` finds something. Raises AssertionError when nothing comes."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not (found := find()):
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"{what or find} did not come") from None
        return found

    # People and places

    def add_user(self, name: str, real_name: str, *, id: str = "", **more: object) -> User:
        user = User(id or f"U0{name.upper()}", name, real_name)
        self.users[user.id] = replace(user, **more)
        return self.users[user.id]

    def add_channel(
        self, name: str, members: Sequence[User] = (), *, bot: bool = True, private: bool = False
    ) -> Channel:
        ids = {one.id for one in members} | ({BOT} if bot else set())
        channel = Channel(f"C0{name.upper()}", name, ids, private)
        self.channels[channel.id] = channel
        return channel

    def dm(self, person: User | str) -> Channel:
        """The direct chat of a person and the bot, opened if it was not yet."""
        id = person if isinstance(person, str) else person.id
        place = f"D{id[1:]}"
        if place not in self.channels:
            self.channels[place] = Channel(place, "directmessage", {id, BOT}, True, person=id)
        return self.channels[place]

    def chat(self, one: User, other: User) -> Channel:
        """The direct chat of two people, which the bot is not in."""
        id = f"D{one.id[1:]}{other.id[1:]}"
        self.channels[id] = Channel(id, "directmessage", {one.id, other.id}, True)
        return self.channels[id]

    def user(self, id: str) -> User:
        if id not in self.users:
            raise Refused("user_not_found")
        return self.users[id]

    def channel(self, id: str) -> Channel:
        """A conversation that the bot may know of."""
        channel = self.channels.get(id)
        if channel is None or (channel.private and not channel.has_bot):
            raise Refused("channel_not_found")
        return channel

    def channel_to_write_in(self, id: str) -> Channel:
        """As ``channel``, for a member; a person's id stands for their direct chat."""
        if id in self.users and id != BOT:
            if self.users[id].deleted:
                raise Refused("channel_not_found")
            return self.dm(id)
        channel = self.channel(id)
        if channel.archived:
            raise Refused("is_archived")
        if not channel.has_bot:
            raise Refused("not_in_channel")
        return channel

    # Messages

    def post(
        self,
        channel: str,
        user: str,
        text: str,
        blocks: list[Json] | None = None,
        *,
        only_for: str = "",
        thread_ts: str = "",
        metadata: Json | None = None,
        files: Sequence[File] = (),
    ) -> Message:
        """Say something, whoever says it."""
        message = Message(
            channel,
            self.ts(),
            user,
            text,
            self.with_ids(blocks or []),
            only_for,
            thread_ts,
            metadata,
            [one.shown(self.base) for one in files],
        )
        self.messages.append(message)
        self.change()
        return message

    def edit(
        self,
        message: Message,
        text: str | None,
        blocks: list[Json] | None,
        metadata: Json | None = None,
    ) -> None:
        """Change a message. What is None stays as it was, the blocks too."""
        was: Json = {"text": message.text, "blocks": message.blocks, "edited_ts": self.ts()}
        message.edits.append(was)
        if text is not None:
            message.text = text
        if blocks is not None:
            message.blocks = self.with_ids(blocks)
        if metadata is not None:
            message.metadata = metadata
        self.change()

    def delete(self, message: Message) -> None:
        message.deleted = True
        self.change()

    def message(self, channel: str, ts: str) -> Message:
        """A message that stays. Ephemeral ones are not to be had by their timestamp."""
        for one in self.messages:
            if (one.channel, one.ts, one.only_for, one.deleted) == (channel, ts, "", False):
                return one
        raise Refused("message_not_found")

    def seen_by(self, person: User, channel: Channel) -> list[Message]:
        """What a person sees in a conversation, oldest first."""
        if person.id not in channel.members:
            return []
        return [
            one
            for one in self.messages
            if one.channel == channel.id and not one.deleted and one.only_for in ("", person.id)
        ]

    def check_message(self, args: Json) -> None:
        """Hold what the bot says against Slack's limits. Raises Refused, and keeps why."""
        text, blocks = args.get("text") or "", args.get("blocks") or []
        if not isinstance(blocks, list):
            self.refuse("invalid_blocks_format")
        self.check({"text": text, "blocks": blocks}, "message", "invalid_blocks")

    def hook(
        self, user: str, channel: str, message: Message | None = None, *, command: bool = False
    ) -> str:
        """A new response_url."""
        kind = "commands" if command else "actions"
        path = f"/{kind}/{TEAM}/{next(self.numbers)}/{user.lower()}"
        self.hooks[path] = Hook(path, user, channel, message, command, self.now)
        return self.base + path

    def violate(self, what: str) -> None:
        """Keep what the bot must never do, so that the test fails."""
        self.violations.append(what)
        self.change()

    def refuse(self, code: str, why: str = "") -> NoReturn:
        """As ``violate``, and raise Refused."""
        self.violate(f"{code}: {why}" if why else code)
        raise Refused(code)

    def check(self, payload: Json, surface: str, code: str) -> None:
        """Hold a message or a view against Slack's limits. Raises Refused with ``code``."""
        wrong = problems(payload, surface)
        if wrong:
            self.violations += [f"{code}: {one}" for one in wrong]
            code = next((one for one in wrong if one in NAMED), code)
            messages = [f"[ERROR] {one}" for one in wrong]
            raise Refused(code, errors=wrong, response_metadata={"messages": messages})

    def with_ids(self, blocks: list[Json]) -> list[Json]:
        """Blocks each with an id, as Slack gives them one."""
        return [{"block_id": self.id("b"), **one} for one in blocks]
