"""A year of a community through the router and the store, in both languages."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from handlers.chat.cards import Card
from storage import addresses
from storage.engine import Store
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from tests.community_story import happen
from tests.community_year import Year
from tests.conversation import Answer, Chat


class Someone:
    """A person of the conversation; of what they see, the newest counts."""

    def __init__(self, door: "Door", who: Newcomer) -> None:
        self.door = door
        self.name, self.email = who.name, who.email
        self.who = who
        self.seen: list[Answer] = []

    async def says(self, line: str, *, channel: bool = False) -> None:
        self.door.chat.direct = not channel
        self.seen.append(await self.door.chat.say(line, self.who))

    async def presses(self, label: str) -> None:
        self.door.chat.direct = True
        for one in reversed(self.seen):
            if isinstance(one.reply.says, Card) and has(one, label):
                self.seen.append(await self.door.chat.press(one, label, self.who))
                return
        raise AssertionError((label, [one.text for one in self.seen[-3:]]))

    async def fills(self, values: Mapping[str, str]) -> None:
        form = self.seen[-1]
        ids = {one.name: {label: id for id, label in one.choices} for one in form.form.inputs}
        typed = {name: ids[name].get(value, value) for name, value in values.items()}
        self.seen.append(await self.door.chat.submit(form, self.who, **typed))

    async def reads(self, text: str, *, channel: bool = False) -> str:
        seen = self.door.channel if channel else self.seen
        for one in reversed(seen):
            if text in one.text:
                return one.text
        raise AssertionError((text, [one.text for one in seen[-3:]]))

    async def takes(self, name: str) -> bytes:
        for one in reversed(self.seen):
            if one.reply.file and one.reply.file.name == name:
                return one.reply.file.content
        raise AssertionError(name)


class Door:
    """The conversation without a door: what is said by itself is put where it belongs."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.chat = Chat(store)
        self.people: dict[str, Someone] = {}
        self.channel: list[Answer] = []

    async def at(self, now: datetime) -> None:
        self.chat.now = now
        await happen(self.store, now)
        await self.settled()

    async def someone(self, name: str, email: str, language: Language, role: TeamRole) -> Someone:
        id = name.split()[0].lower()
        who = Newcomer("test", id, name, f"{language}-CA", email=email, role=role)
        one = self.people[f"direct-{id}"] = Someone(self, who)
        await one.says("/help")
        return one

    async def settled(self) -> None:
        for place, answer in [*await self.chat.posted(), *await self.chat.edited()]:
            seen = self.people[place].seen if place in self.people else self.channel
            seen.append(answer)


def has(answer: Answer, label: str) -> bool:
    try:
        answer.button(label)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("language", Language)
async def test_from_the_first_interest_to_the_guide(store: Store, language: Language) -> None:
    door = Door(store)
    await Year(door, language).had()
    assert await store.read(addresses.find, "test", "team") is not None
