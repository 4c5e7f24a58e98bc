"""What is kept to be said is said once: right after, at the next start, or not at all when late."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.delivery import Delivery
from bot.posting import Posting
from handlers.chat.cards import Card
from handlers.chat.posts import post
from handlers.chat.texts import Texts
from storage import addresses, links, people
from storage.addresses import Address
from storage.database import Row
from storage.engine import Store, Tx, reading
from storage.errors import NotFound
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from tests.behind_a_door import PATIENCE
from tests.conversation import NOW

AT = int(NOW.timestamp())


class Bot:
    """A bot with one door, which keeps what it is handed, and fails for those it should."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now: datetime = NOW
        self.said: list[tuple[str, str, Language]] = []
        self.failing: set[str] = set()
        self.platform = "test"

    async def post(self, address: Address, card: Card, t: Texts) -> None:
        if address.id in self.failing:
            raise OSError("Alex has logged 2 hours")
        self.said.append((address.id, card.title, t.language))

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[Store]:
        """Run until the end of the block."""
        store = Store(self.folder)
        delivery = Delivery(store)
        delivery.open(self.platform, self.post)
        app = web.Application()
        Posting(store, delivery, lambda: self.now).add_to(app)
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
        raise AssertionError(self.said)


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    return Bot(tmp_path)


def meet(tx: Tx, name: str, language: str = "en", *, reached: bool = True) -> int:
    """Somebody of the chat; where ``reached``, who has spoken to the bot by themself."""
    who = Newcomer("test", name, name, f"{language}-CA")
    person = people.meet(tx, who, TeamRole.STAFF, AT).id
    if reached:
        addresses.note(tx, "test", f"chat-{name}", person, AT)
    return person


def rows(tx: Tx) -> list[Row]:
    return tx.rows("SELECT once, sent, failed, failed_at FROM posts ORDER BY id")


async def test_each_is_told_once_in_their_language(bot: Bot) -> None:
    async with bot.running() as store:
        ana, ines = await store.write(meet, "ana"), await store.write(meet, "ines", "fr")
        for _ in range(2):
            await store.write(post, "a", ana, Card("One"), AT)
            await store.write(post, "b", ines, Card("Deux"), AT)
        await bot.until(lambda: len(bot.said) == 2)
    assert sorted(bot.said) == [
        ("chat-ana", "One", Language.EN),
        ("chat-ines", "Deux", Language.FR),
    ]
    async with bot.running() as store:
        await store.write(post, "c", ana, Card("Three"), AT)
        await bot.until(lambda: len(bot.said) == 3)
    assert len(bot.said) == 3
    with reading(bot.folder) as tx:
        assert [row["sent"] for row in rows(tx)] == [AT, AT, AT]


async def test_what_fails_is_kept_as_such_and_tried_again_at_the_next_start(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.failing = {"chat-ana"}
    with caplog.at_level(logging.INFO):
        async with bot.running() as store:
            ana, ines = await store.write(meet, "ana"), await store.write(meet, "ines")
            await store.write(post, "a", ana, Card("One"), AT)
            await store.write(post, "b", ines, Card("Two"), AT)
            await bot.until(lambda: len(bot.said) == 1)
            await store.write(post, "c", ines, Card("Three"), AT)
            await bot.until(lambda: len(bot.said) == 2)
            failed, *_ = await store.read(rows)
    assert tuple(failed) == ("a", None, "OSError", AT)
    assert caplog.text.count("OSError") == 1
    assert "hours" not in caplog.text
    bot.failing = set()
    async with bot.running() as store:
        await bot.until(lambda: len(bot.said) == 3)
    assert bot.said[-1] == ("chat-ana", "One", Language.EN)


async def test_who_cannot_be_told_yet_is_once_they_can(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.posting.AGAIN", 0.01)
    async with bot.running() as store:
        ana = await store.write(lambda tx: meet(tx, "ana", reached=False))
        await store.write(post, "a", ana, Card("One"), AT)
        await asyncio.sleep(0.1)
        assert bot.said == []
        await store.write(addresses.note, "test", "chat-ana", ana, AT)
        await bot.until(lambda: len(bot.said) == 1)
        await asyncio.sleep(0.1)
        assert len(bot.said) == 1


async def test_where_the_door_is_shut_nothing_is_said_and_nothing_lost(bot: Bot) -> None:
    bot.platform = "other"
    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        await store.write(post, "a", ana, Card("One"), AT)
    bot.platform = "test"
    async with bot.running():
        await bot.until(lambda: len(bot.said) == 1)


async def test_after_a_week_it_is_left_unsaid(bot: Bot) -> None:
    async with bot.running() as store:
        ana = await store.write(lambda tx: meet(tx, "ana", reached=False))
        await store.write(post, "a", ana, Card("Late"), AT)
    bot.now += timedelta(days=7, minutes=1)
    async with bot.running() as store:
        await store.write(addresses.note, "test", "chat-ana", ana, AT)
        await store.write(post, "b", ana, Card("New"), int(bot.now.timestamp()))
        await bot.until(lambda: len(bot.said) == 1)
    assert bot.said == [("chat-ana", "New", Language.EN)]


async def test_who_was_joined_to_another_is_told_as_that_one(bot: Bot) -> None:
    def join(tx: Tx) -> None:
        admin = people.meet(tx, Newcomer("test", "sam", "Sam"), TeamRole.ADMIN, AT)
        meet(tx, "ana")
        twin = meet(tx, "twin", reached=False)
        ana = people.find(tx, "test", "ana")
        assert ana is not None
        links.link(tx, ana.id, twin, admin, AT)
        post(tx, "a", twin, Card("One"), AT)

    async with bot.running() as store:
        await store.write(join)
        await bot.until(lambda: len(bot.said) == 1)
    assert bot.said == [("chat-ana", "One", Language.EN)]


async def test_what_is_taken_back_by_its_unit_of_work_is_not_said(bot: Bot) -> None:
    def refused(tx: Tx, person: int) -> None:
        post(tx, "a", person, Card("One"), AT)
        raise NotFound

    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        with pytest.raises(NotFound):
            await store.write(refused, ana)
        await store.write(post, "b", ana, Card("Two"), AT)
        await bot.until(lambda: len(bot.said) == 1)
    assert bot.said == [("chat-ana", "Two", Language.EN)]
