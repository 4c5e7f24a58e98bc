"""A delivery counts once however often it comes, and is answered the same each time."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from handlers.chat.cards import (
    Action,
    Block,
    Card,
    Example,
    Facts,
    Form,
    Heading,
    Input,
    InputKind,
    Item,
    Picture,
    Progress,
    Reply,
    Said,
    Style,
    Table,
    Text,
    Tone,
)
from handlers.chat.charts import Bar, Bullets, Curve
from handlers.chat.context import Context
from handlers.chat.incoming import Place
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from storage import entries, entry_changes, inbound, totals
from storage.engine import Store, Tx
from storage.entries import Entry
from storage.entry_changes import LongDay
from storage.people import Person
from storage.plan import Language
from storage.plan_files import load_plans
from storage.verify import problems
from tests.storage.making import DAY, NOW, draft, meet

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.dictionaries(words, words, max_size=3)
actions = st.lists(
    st.builds(Action, words, words, values, st.sampled_from(Style), words), max_size=3
).map(tuple)
rows = st.lists(st.lists(words, max_size=3).map(tuple), max_size=3).map(tuple)
fraction = st.none() | st.floats(0, 10)
share = st.floats(0, 10)
points = st.lists(st.tuples(share, share), max_size=3).map(tuple)
labels = st.lists(st.tuples(share, words), max_size=3).map(tuple)
bars = st.lists(
    st.builds(Bar, words, words, words, st.sampled_from(Tone), fraction, fraction), max_size=3
).map(tuple)
bullets = st.builds(
    Bullets, words, st.lists(st.tuples(words, bars), max_size=2).map(tuple), words, words, words
)
forecasts = st.none() | st.tuples(share, share, share)
named = (words, words, words, words)
curves = st.builds(Curve, words, words, points, points, forecasts, labels, labels, *named)
MADE: dict[type, st.SearchStrategy[Block]] = {
    Text: st.builds(Text, words, st.booleans()),
    Said: st.builds(Said, words),
    Heading: st.builds(Heading, words),
    Facts: st.builds(Facts, st.lists(st.tuples(words, words), max_size=3).map(tuple)),
    Table: st.builds(
        Table,
        words,
        st.lists(words, max_size=3).map(tuple),
        rows,
        st.lists(st.integers(0, 5), max_size=3).map(tuple),
    ),
    Progress: st.builds(
        Progress, words, words, words, st.sampled_from(Tone), fraction, fraction, words, actions
    ),
    Item: st.builds(Item, words, words, st.booleans(), actions),
    Example: st.builds(Example, words, words),
    Picture: st.builds(Picture, bullets | curves, words, words),
}
cards = st.builds(
    Card,
    words,
    st.lists(st.one_of(*MADE.values()), max_size=5).map(tuple),
    actions,
    st.sampled_from(Tone),
)
inputs = st.builds(
    Input,
    words,
    words,
    st.sampled_from(InputKind),
    words,
    st.lists(st.tuples(words, words), max_size=3).map(tuple),
    st.booleans(),
    words,
    words,
)
forms = st.builds(Form, words, words, st.lists(inputs, max_size=3).map(tuple), words, words, values)
replies = st.builds(Reply, cards | forms, st.booleans(), st.booleans())

deliveries = count()

BAR = Bar("Hours", "2.25 of 1,400", "off track", Tone.BAD, 0.002, None)
EVERY_BLOCK = (
    Text("logged", muted=True),
    Text("logged"),
    Said("2h15 with Marie\nyesterday"),
    Heading("What is missing"),
    Facts((("Duration", "2 h 15"), ("Day", "Tuesday"))),
    Table("Hours", ("Board", "Hours"), (("EMSB", "2.25"),), (1,)),
    Progress("Hours", "2.25 of 1,400", "off track", Tone.BAD, 0.002, None),
    Item("2 h 15", struck=True, actions=(Action("Void", "entry.void", {"id": "1"}),)),
    Example("/log 2h15"),
    Picture(Bullets("Targets", (("", (BAR,)),), "Reached", "Expected", "Goal"), "2.25 of 1,400"),
)


def test_there_is_a_strategy_for_every_kind_of_block() -> None:
    assert set(MADE) == set(get_args(get_args(Block)[0])) == {type(block) for block in EVERY_BLOCK}


async def someone(store: Store, key: str) -> Context:
    person = await store.write(meet, "Alex")
    return context(store, person, key)


def context(store: Store, person: Person, key: str) -> Context:
    now = datetime.fromtimestamp(NOW, UTC)
    t, place = Texts.load(Language.EN), Place("test", "direct-alex", direct=True)
    return Context(store, load_plans(None), Router(), t, person, place, now, key)


def receipt(entry: Entry) -> Reply:
    undo = Action("Undo", "entry.undo", {"id": str(entry.id)}, Style.DANGER, "of Tuesday")
    return Reply(Card(f"Logged {entry.id}", (Text("well done"),), (undo,), Tone.GOOD))


def nothing(_tx: Tx) -> None:
    """A unit of work that changes nothing."""


def log(ctx: Context) -> Callable[[Tx], Entry]:
    return lambda tx: entry_changes.add(tx, draft(), ctx.person, ctx.at)


def logged(tx: Tx) -> int:
    assert problems(tx) == []
    assert totals.logged(tx, None, DAY, DAY).entries == len(list(entries.every(tx)))
    return len(list(entries.every(tx)))


async def test_a_delivery_three_times_at_once_makes_one_entry(folder: Path) -> None:
    store = Store(folder)
    ctx = await someone(store, "delivery-1")
    first, *others = await asyncio.gather(*(ctx.change(log(ctx), receipt) for _ in range(3)))
    assert others == [first, first]
    assert first == receipt(Entry(1, 1, draft(), None, 1, NOW, None))
    assert await store.read(logged) == 1
    await store.close()

    store = Store(folder)  # and delivered again after a restart
    ctx = context(store, ctx.person, "delivery-1")
    assert await ctx.change(log(ctx), receipt) == first
    assert await store.read(logged) == 1
    await store.close()


async def test_other_deliveries_are_other_changes(store: Store) -> None:
    ctx = await someone(store, "")
    sure = frozenset(entry_changes.Doubt)
    for number in range(3):
        mine = replace(ctx, key=f"delivery-{number}")
        await mine.change(entry_changes.add, receipt, draft(), ctx.person, ctx.at, sure=sure)
    assert await store.read(logged) == 3


async def test_the_second_delivery_is_not_asked_whether_it_is_a_duplicate(store: Store) -> None:
    ctx = await someone(store, "delivery-1")
    assert await ctx.change(log(ctx), receipt) == await ctx.change(log(ctx), receipt)


async def test_what_was_refused_can_be_delivered_again(store: Store) -> None:
    ctx = await someone(store, "delivery-1")
    long = draft(minutes=721)
    with pytest.raises(LongDay):
        await ctx.change(entry_changes.add, receipt, long, ctx.person, ctx.at)
    assert await store.read(inbound.reply, "delivery-1") is None
    await ctx.change(log(ctx), receipt)
    assert await store.read(logged) == 1


async def test_a_change_whose_reply_fails_is_not_made(store: Store) -> None:
    ctx = await someone(store, "delivery-1")

    def fails(_entry: Entry) -> Reply:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await ctx.change(log(ctx), fails)
    assert await store.read(logged) == 0
    assert await store.read(inbound.reply, "delivery-1") is None


async def test_the_second_reply_is_the_first_one_block_for_block(store: Store) -> None:
    ctx = await someone(store, "delivery-1")
    reply = Reply(Card("Everything", EVERY_BLOCK), private=False, replace=True)
    assert await ctx.change(log(ctx), lambda _: reply) == reply
    assert await ctx.change(log(ctx), lambda _: reply) == reply


@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.generate],  # each example is three commits: no searching for the smallest
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(reply=replies)
async def test_any_reply_is_the_same_the_second_time(store: Store, reply: Reply) -> None:
    ctx = await someone(store, str(next(deliveries)))
    assert await ctx.change(nothing, lambda _: reply) is reply
    again = await ctx.change(nothing, lambda _: reply)
    assert again == reply
    assert repr(again) == repr(reply), "enums and tuples are what they were"


async def test_old_answers_are_dropped_and_new_ones_kept(store: Store) -> None:
    await store.write(inbound.record, "old", NOW, "what was said")
    await store.write(inbound.record, "new", NOW + 1, "what was said")
    await store.write(inbound.forget_before, NOW + 1)
    assert await store.read(inbound.reply, "old") is None
    assert await store.read(inbound.reply, "new") == "what was said"
