"""What is kept to be said is said once, when it is due, by whichever way it may end."""

import asyncio
import logging
from datetime import timedelta
from pathlib import Path
from time import sleep

import pytest

from bot.doors import NotSaid, Refusal, Unclear
from bot.lane import AT_ONCE
from storage import addresses, deliveries, links, people
from storage.addresses import Address
from storage.deliveries import LEASE, Delivery, State
from storage.engine import Store, Tx
from storage.errors import NotFound
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from tests.behind_a_door import PATIENCE
from tests.one_door import AT, Bot, ended, meet, of
from tests.posts import say


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    return Bot(tmp_path)


async def test_each_is_told_once_in_their_language(bot: Bot) -> None:
    async with bot.running() as store:
        ana, ines = await store.write(meet, "ana"), await store.write(meet, "ines", "fr")
        for _ in range(2):
            await store.write(say, "a", ana, "One", AT)
            await store.write(say, "b", ines, "Deux", AT)
        await bot.until(lambda: len(bot.door.posted) == 2)
    assert sorted(bot.door.posted) == [("chat-ana", "One (en)"), ("chat-ines", "Deux (fr)")]
    async with bot.running() as store:
        await store.write(say, "c", ana, "Three", AT)
        await bot.until(lambda: len(bot.door.posted) == 3)
        await bot.posting.all_said()
        assert (await of(store, "c")).message == "m-c"
        assert await ended(store, "a") == (State.SENT, "")
    assert len(bot.door.posted) == 3
    assert bot.door.looked == 0


async def test_a_channel_is_told_in_its_language(bot: Bot) -> None:
    def channel(tx: Tx) -> None:
        by = people.meet(tx, Newcomer("test", "sam", "Sam"), TeamRole.STAFF, AT)
        addresses.note(tx, "test", "C1", None, AT)
        addresses.speak(tx, "test", "C1", Language.FR, by)

    async with bot.running() as store:
        await store.write(channel)
        await store.write(say, "a", None, "Un", AT, channel=("test", "C1"))
        await bot.posting.all_said()
    assert bot.door.posted == [("C1", "Un (fr)")]


async def test_nothing_is_said_before_it_is_due(bot: Bot) -> None:
    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        await store.write(say, "a", ana, "One", AT, due=AT + 600)
        await bot.posting.all_said()
        assert bot.door.posted == []
        await bot.later(600)
        assert len(bot.door.posted) == 1


async def test_what_is_soonest_too_late_goes_first(bot: Bot) -> None:
    store = Store(bot.folder)
    ana = await store.write(meet, "ana")
    for n, until in enumerate((900, 300, 600)):
        await store.write(say, f"{n}", ana, f"{until}", AT, until=AT + until)
    await store.close()
    bot.door.per_second = 20.0
    async with bot.running():
        await bot.posting.all_said()
    assert [title for _, title in bot.door.posted] == ["300 (en)", "600 (en)", "900 (en)"]


async def test_what_is_too_late_or_no_longer_so_is_dropped_and_kept_as_such(bot: Bot) -> None:
    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        await store.write(say, "a", ana, "One", AT - 900, until=AT - 1)
        await store.write(say, "b", ana, "nothing", AT)
        await bot.posting.all_said()
        assert await ended(store, "a") == (State.DROPPED, "late")
        assert await ended(store, "b") == (State.DROPPED, "moot")
    assert bot.door.posted == []


async def test_a_platform_that_can_take_nothing_for_now_is_waited_for(bot: Bot) -> None:
    bot.door.fail["chat-ana"] = [NotSaid(30, "ratelimited"), NotSaid(0, "ratelimited")]
    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        await store.write(say, "a", ana, "One", AT)
        await bot.posting.all_said()
        one = await of(store, "a")
        assert (one.state, one.open, one.attempts, one.why) == (
            State.WAITING,
            False,
            1,
            "ratelimited",
        )
        bot.posting._lanes[0]._pace._next = 0.0  # the real half minute is not waited for
        await bot.later(35)
        await bot.later(35)
        assert await ended(store, "a") == (State.SENT, "")
    assert len(bot.door.posted) == 1
    assert bot.door.looked == 0


@pytest.mark.parametrize("taken", [True, False])
async def test_an_answer_that_is_lost_is_looked_for_before_anything_is_said_again(
    bot: Bot, taken: bool
) -> None:
    (bot.door.lose if taken else bot.door.fail)["chat-ana"] = [Unclear("TimeoutError")]
    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        await store.write(say, "a", ana, "One", AT)
        await bot.posting.all_said()
        assert (await of(store, "a")).open
        await bot.later(60)
        assert await ended(store, "a") == (State.SENT, "")
        assert (await of(store, "a")).message == "m-a"
    assert bot.door.posted == [("chat-ana", "One (en)")]
    assert bot.door.looked == 1


async def test_where_nobody_can_be_asked_it_is_said_once_at_most_and_kept_as_unsure(
    bot: Bot,
) -> None:
    bot.door.tells = False
    bot.door.lose["chat-ana"] = [Unclear("TimeoutError")]
    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        await store.write(say, "a", ana, "One", AT)
        await bot.posting.all_said()
        await bot.later(60)
        assert await ended(store, "a") == (State.UNSURE, "lost")
    assert len(bot.door.posted) == 1


async def test_what_was_begun_and_is_too_late_by_now_is_only_looked_for(bot: Bot) -> None:
    bot.door.fail["chat-ana"] = [Unclear("TimeoutError")]
    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        await store.write(say, "a", ana, "One", AT, until=AT + 30)
        await bot.posting.all_said()
        await bot.later(60)
        assert await ended(store, "a") == (State.DROPPED, "late")
    assert (bot.door.posted, bot.door.looked) == ([], 1)


@pytest.mark.parametrize("error", [Refusal("channel_not_found"), OSError("Alex has logged 2 h")])
async def test_what_will_never_be_taken_is_kept_as_such_and_keeps_nobody_else_waiting(
    bot: Bot, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    bot.door.fail["chat-ana"] = [error]
    with caplog.at_level(logging.INFO):
        async with bot.running() as store:
            ana, ines = await store.write(meet, "ana"), await store.write(meet, "ines")
            await store.write(say, "a", ana, "One", AT)
            await store.write(say, "b", ines, "Two", AT)
            await bot.posting.all_said()
            state, why = await ended(store, "a")
    assert state is State.FAILED
    assert why.startswith("channel_not_found" if isinstance(error, Refusal) else "error ")
    assert [to for to, _ in bot.door.posted] == ["chat-ines"]
    assert "hours" not in caplog.text
    assert "logged" not in caplog.text


async def test_a_killed_attempt_is_looked_for_at_the_next_start_without_waiting_for_its_lease(
    bot: Bot,
) -> None:
    store = Store(bot.folder)
    ana = await store.write(meet, "ana")
    await store.write(say, "a", ana, "One", AT)
    (claimed,) = await store.write(deliveries.claim, "test", AT, 8)
    assert not claimed.again
    assert await store.write(deliveries.claim, "test", AT + LEASE - 1, 8) == []
    await store.close()
    bot.door.keys = ["a"]  # it had been said
    async with bot.running() as store:
        await bot.posting.all_said()
        assert await ended(store, "a") == (State.SENT, "")
    assert bot.door.posted == []


async def test_who_has_no_chat_yet_is_told_once_they_have(bot: Bot) -> None:
    async with bot.running() as store:
        ana = await store.write(meet, "ana", reached=False)
        await store.write(say, "a", ana, "One", AT)
        await store.write(say, "b", ana, "Too late", AT, until=AT + 60)
        await bot.posting.all_said()
        assert bot.door.posted == []
        await bot.later(120)
        assert await ended(store, "b") == (State.DROPPED, "no_chat")
        await store.write(addresses.note, "test", "chat-ana", ana, AT)
        await bot.posting.all_said()
        assert bot.door.posted == [("chat-ana", "One (en)")]


async def test_they_are_told_where_there_is_a_door(bot: Bot) -> None:
    def elsewhere(tx: Tx) -> int:
        ana = meet(tx, "ana")
        addresses.note(tx, "slack", "U1", ana, AT + 60)
        say(tx, "a", ana, "One", AT)
        return ana

    async with bot.running() as store:
        await store.write(elsewhere)
        await bot.posting.all_said()
    assert bot.door.posted == [("chat-ana", "One (en)")]


async def test_who_was_joined_to_another_is_told_as_who_they_are(bot: Bot) -> None:
    def join(tx: Tx) -> None:
        admin = people.meet(tx, Newcomer("test", "sam", "Sam"), TeamRole.ADMIN, AT)
        meet(tx, "ana", "fr")
        twin = meet(tx, "twin", reached=False)
        say(tx, "a", twin, "One", AT)
        ana = people.find(tx, "test", "ana")
        assert ana is not None
        links.link(tx, ana.id, twin, admin, AT)
        say(tx, "b", twin, "Two", AT)

    async with bot.running() as store:
        await store.write(join)
        await bot.posting.all_said()
    assert sorted(bot.door.posted) == [("chat-ana", "One (fr)"), ("chat-ana", "Two (fr)")]


async def test_a_closed_channel_ends_it_and_a_closed_chat_waits_for_another(bot: Bot) -> None:
    def close(tx: Tx) -> None:
        addresses.note(tx, "test", "C1", None, AT)
        say(tx, "a", None, "One", AT, channel=("test", "C1"))
        say(tx, "b", meet(tx, "ana"), "Two", AT)
        addresses.close(tx, "test", "C1", "removed")
        addresses.close(tx, "test", "chat-ana", "removed")

    async with bot.running() as store:
        await store.write(close)
        await bot.posting.all_said()
        assert await ended(store, "a") == (State.FAILED, "closed")
        assert (await of(store, "b")).state is State.WAITING
    assert bot.door.posted == []


async def test_what_was_said_shows_its_subject_as_it_is(bot: Bot) -> None:
    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        await store.write(say, "a", ana, "One", AT, about="session/1")
        await store.write(say, "b", ana, "Two", AT, about="session/2")
        await bot.posting.all_said()
        for _ in range(3):
            await store.write(deliveries.touch, "session/1")
        await bot.posting.all_said()
        assert {one for one, _ in bot.door.edited} == {"m-a"}
        assert (await of(store, "a")).stale == 0
        bot.door.fail["chat-ana"] = [Refusal("message_not_found")]
        await store.write(deliveries.touch, "session/2")
        await bot.posting.all_said()
        assert (await of(store, "b")).stale == 0
        assert {one for one, _ in bot.door.edited} == {"m-a"}


async def test_what_is_taken_back_by_its_unit_of_work_is_not_said(bot: Bot) -> None:
    def refused(tx: Tx, person: int) -> None:
        say(tx, "a", person, "One", AT)
        raise NotFound

    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        with pytest.raises(NotFound):
            await store.write(refused, ana)
        await store.write(say, "b", ana, "Two", AT)
        await bot.posting.all_said()
    assert [title for _, title in bot.door.posted] == ["Two (en)"]


async def test_what_can_not_be_looked_for_now_is_looked_for_later(bot: Bot) -> None:
    bot.door.lose["chat-ana"] = [Unclear("TimeoutError")]
    bot.door.blind = [NotSaid(0, "ratelimited"), NotSaid(0, "TimeoutError")]
    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        await store.write(say, "a", ana, "One", AT)
        await bot.posting.all_said()
        for _ in range(3):
            await bot.later(60)
        assert await ended(store, "a") == (State.SENT, "")
    assert bot.door.posted == [("chat-ana", "One (en)")]


async def test_where_looking_is_refused_it_is_unsure(bot: Bot) -> None:
    bot.door.lose["chat-ana"] = [Unclear("TimeoutError")]
    bot.door.blind = [Refusal("missing_scope")]
    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        await store.write(say, "a", ana, "One", AT)
        await bot.posting.all_said()
        await bot.later(60)
        assert await ended(store, "a") == (State.UNSURE, "missing_scope")
    assert len(bot.door.posted) == 1


async def test_what_changes_while_it_is_being_said_is_shown_as_it_is(bot: Bot) -> None:
    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        bot.door.hold = asyncio.Event()
        await store.write(say, "a", ana, "One", AT, about="session/1")
        await bot.until(lambda: bot.door.posted != [])
        await store.write(deliveries.touch, "session/1")
        bot.door.hold.set()
        await bot.until(lambda: bot.door.edited != [])
        await bot.posting.all_said()
        assert (await of(store, "a")).stale == 0
    assert bot.door.edited == [("m-a", "One (en)")]


async def test_a_clock_that_is_moved_on_makes_nothing_come_twice(bot: Bot) -> None:
    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        bot.door.hold = asyncio.Event()
        await store.write(say, "a", ana, "One", AT)
        await bot.until(lambda: bot.door.posted != [])
        bot.now += timedelta(days=7)
        await store.write(say, "b", ana, "Two", AT)
        await bot.until(lambda: len(bot.door.posted) == 2)
        bot.door.hold.set()
        await bot.posting.all_said()
        assert await ended(store, "a") == (State.SENT, "")
    assert sorted(title for _, title in bot.door.posted) == ["One (en)", "Two (en)"]


async def test_thousands_that_are_too_late_keep_none_that_is_not(bot: Bot) -> None:
    def put(tx: Tx) -> None:
        ana = meet(tx, "ana")
        for number in range(3000):
            say(tx, f"late/{number}", ana, "Late", AT - 900, until=AT - 1)
        say(tx, "a", ana, "One", AT)

    async with bot.running() as store:
        await store.write(put)
        await bot.posting.all_said()
        assert await ended(store, "late/2999") == (State.DROPPED, "late")
    assert bot.door.posted == [("chat-ana", "One (en)")]


async def test_too_many_requests_pause_all_and_lose_and_double_nothing(bot: Bot) -> None:
    def put(tx: Tx) -> None:
        ana = meet(tx, "ana")
        for number in range(30):
            say(tx, f"{number}", ana, f"{number}", AT, until=AT + 9000 - number)

    bot.door.fail["chat-ana"] = [NotSaid(2, "ratelimited")] * AT_ONCE
    async with bot.running() as store:
        await store.write(put)
        await bot.posting.all_said()
        assert bot.door.posted == []
        bot.now += timedelta(minutes=1)
        await asyncio.sleep(2)
        await bot.posting.all_said()
    assert sorted(bot.door.keys, key=int) == [f"{number}" for number in range(30)]
    # The soonest too late first; only what is under way at once may overtake.
    places = [29 - int(key) for key in bot.door.keys]
    assert all(abs(place - turn) < AT_ONCE for turn, place in enumerate(places))
    assert bot.door.looked == 0


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine: until it is known what is stale, the door has taken everything."""
    looks = deliveries.stale

    def slow(tx: Tx, platform: str, limit: int) -> list[tuple[Delivery, Address]]:
        found = looks(tx, platform, limit)
        sleep(0.05)
        return found

    monkeypatch.setattr(deliveries, "stale", slow)


@pytest.mark.usefixtures("slowly")
async def test_one_said_while_something_is_looked_up_keeps_none_waiting(bot: Bot) -> None:
    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        for n in range(AT_ONCE + 1):
            await store.write(say, f"{n}", ana, f"{n}", AT)
        await asyncio.wait_for(bot.posting.all_said(), PATIENCE)
    assert len(bot.door.posted) == AT_ONCE + 1


@pytest.mark.usefixtures("slowly")
async def test_one_edited_while_something_is_looked_up_is_edited_once(bot: Bot) -> None:
    async with bot.running() as store:
        ana = await store.write(meet, "ana")
        for name in ("a", "b"):
            await store.write(say, name, ana, name, AT, about=f"session/{name}")
        await bot.posting.all_said()
        await store.write(deliveries.touch, "session/a")
        await store.write(deliveries.touch, "session/b")
        await bot.posting.all_said()
    assert sorted(one for one, _ in bot.door.edited) == ["m-a", "m-b"]
