"""Holds what the playground remembers: who sees a line, how much is kept, and slow listeners."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.once import Once
from bot.web.cast import DANIEL, MEGAN
from bot.web.conversation import BEHIND, KEPT, KEPT_FILES, Conversation, Line
from handlers.chat.cards import Card, File
from storage.plan import Language

NOON = datetime(2025, 2, 12, 17, 0, tzinfo=UTC)


def say(conversation: Conversation, says: str | Card, only_for: str = "") -> Line:
    author = MEGAN if isinstance(says, str) else None
    return conversation.say("here", author, says, at=NOON, language=Language.EN, only_for=only_for)


async def test_an_edit_reaches_only_those_who_saw_the_line():
    talk = Conversation()
    line = say(talk, Card("one"), only_for="megan")
    with talk.listen("here", MEGAN) as hers, talk.listen("here", DANIEL) as his:
        talk.edit(line, Card("two"), Language.EN)
        open = say(talk, "hello")
        heard = [await hers.next(), await hers.next()]
        assert [one.says for one in heard if isinstance(one, Line)] == [Card("two"), "hello"]
        assert await his.next() == open


async def test_only_the_latest_lines_are_kept():
    talk = Conversation()
    for n in range(KEPT + 5):
        say(talk, str(n))
    kept = talk.seen("here", DANIEL)
    assert [kept[0].says, kept[-1].says, len(kept)] == ["5", str(KEPT + 4), KEPT]


async def test_one_who_falls_behind_starts_over():
    talk = Conversation()
    with talk.listen("here", MEGAN) as ears:
        for _ in range(BEHIND + 1):
            say(talk, "hello")
        assert await ears.next() is None


async def test_a_listener_who_left_is_forgotten():
    talk = Conversation()
    with talk.listen("here", MEGAN) as ears:
        pass
    say(talk, "hello")
    ears.close()
    assert await ears.next() is None


async def test_a_thing_that_failed_may_be_tried_again():
    once, tries = Once[int](), iter([ValueError("not yet"), None])

    async def make() -> int:
        problem = next(tries)
        if problem:
            raise problem
        return 7

    with pytest.raises(ValueError, match="not yet"):
        await once("key", make)
    assert await once("key", make) == 7
    assert await once("key", make) == 7


async def test_a_thing_is_finished_though_whoever_asked_has_hung_up():
    once, go = Once[int](), asyncio.Event()
    done: list[int] = []

    async def make() -> int:
        await go.wait()
        done.append(1)
        return 7

    asked = asyncio.create_task(once("key", make))
    await asyncio.sleep(0)
    asked.cancel()
    go.set()
    await once.finish()
    assert done == [1]


async def test_only_the_latest_files_are_kept():
    talk = Conversation()
    given = [
        talk.say("here", None, Card("a"), at=NOON, language=Language.EN, gives=File(f"{n}", b"1"))
        for n in range(KEPT_FILES + 2)
    ]
    kept = [line.files[0] for line in given if talk.file("here", MEGAN, line.id)]
    assert kept == [str(n) for n in range(2, KEPT_FILES + 2)]
