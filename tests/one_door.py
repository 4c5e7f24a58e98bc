"""A bot with one door, a platform that fails as it is told to, and a clock that can be set."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web

from bot.doors import CannotTell, Doors, Said
from bot.posting import Posting
from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage import addresses, deliveries, people
from storage.addresses import Address
from storage.deliveries import Delivery, State
from storage.engine import Store, Tx
from storage.people import Newcomer, TeamRole
from storage.plan_files import load_plans
from tests import posts
from tests.behind_a_door import PATIENCE
from tests.conversation import NOW

AT = int(NOW.timestamp())


class Door:
    """A platform that takes what it is told, or fails as it should; it may forget to answer."""

    def __init__(self) -> None:
        self.per_second = 1000.0
        self.posted: list[tuple[str, str]] = []
        self.keys: list[str] = []
        self.edited: list[tuple[str, str]] = []
        self.looked = 0
        self.fail: dict[str, list[Exception]] = {}  # by address, before anything is taken
        self.lose: dict[str, list[Exception]] = {}  # after it was
        self.blind: list[Exception] = []  # when it is asked what it was told
        self.tells = True
        self.hold: asyncio.Event | None = None  # answers wait for it

    async def say(self, address: Address, card: Card, t: Texts, once: str) -> Said:
        if failing := self.fail.get(address.id):
            raise failing.pop(0)
        self.posted.append((address.id, card.title))
        self.keys.append(once)
        if self.hold:
            await self.hold.wait()
        if losing := self.lose.get(address.id):
            raise losing.pop(0)
        return Said(f"m-{once}")

    async def said(self, address: Address, once: str, since: int) -> str | None:
        self.looked += 1
        if self.blind:
            raise self.blind.pop(0)
        if not self.tells:
            raise CannotTell
        return f"m-{once}" if once in self.keys else None

    async def edit(self, address: Address, message: str, card: Card, t: Texts) -> None:
        if failing := self.fail.get(address.id):
            raise failing.pop(0)
        self.edited.append((message, card.title))


class Bot:
    """A bot with one door, and a clock that can be set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now: datetime = NOW
        self.door = Door()
        self.platform = "test"
        self.posting: Posting

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Store]:
        """Run until the end of the block."""
        store, doors, app = Store(self.folder), Doors(), web.Application()
        doors.open(self.platform, self.door)
        plans = load_plans(None)
        self.posting = Posting(store, doors, posts.router, plans, lambda: self.now)
        self.posting.add_to(app)
        runner = web.AppRunner(app)
        await runner.setup()
        try:
            yield store
        finally:
            await runner.cleanup()
            await store.close()

    async def until(self, is_so: Callable[[], bool]) -> None:
        for _ in range(int(PATIENCE * 100)):
            if is_so():
                return
            await asyncio.sleep(0.01)
        raise AssertionError(self.door.posted)

    async def later(self, seconds: int) -> None:
        """Have time pass, and all be said that can be."""
        self.now += timedelta(seconds=seconds)
        await self.posting.all_said()


def meet(tx: Tx, name: str, language: str = "en", *, reached: bool = True) -> int:
    """Somebody of the chat; where ``reached``, who has spoken to the bot by themself."""
    who = Newcomer("test", name, name, f"{language}-CA")
    person = people.meet(tx, who, TeamRole.STAFF, AT).id
    if reached:
        addresses.note(tx, "test", f"chat-{name}", person, AT)
    return person


async def of(store: Store, once: str) -> Delivery:
    found = await store.read(deliveries.get, once)
    assert found is not None
    return found


async def ended(store: Store, once: str) -> tuple[State, str]:
    one = await of(store, once)
    return one.state, one.why
