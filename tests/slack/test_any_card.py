"""Whatever a card says: it is within Slack's limits, nothing of it is lost, and it stays text."""

import html
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.slack.kit import encode
from bot.slack.limits import VALUE_LIMIT, Surface
from handlers.chat.cards import (
    Action,
    Card,
    Example,
    Facts,
    Heading,
    Item,
    Progress,
    Said,
    Style,
    Table,
    Text,
    Tone,
)
from tests.slack.showing import EN, HOSTILE, show

words = st.builds(
    lambda text, times: text * times,
    st.text(max_size=30) | st.just(HOSTILE),
    st.sampled_from([1, 1, 1, 1, 40, 400]),
)
labelled = st.text(min_size=1, max_size=100)
actions = st.lists(
    st.builds(
        Action,
        labelled,
        st.text("abc.", min_size=1, max_size=20),
        st.dictionaries(st.text("abc", min_size=1), words).filter(
            lambda values: len(encode(values)) <= VALUE_LIMIT
        ),
        st.sampled_from(Style),
        words,
    ),
    max_size=30,
).map(tuple)
few_actions = st.just(()) | actions
cells = st.text(max_size=30) | st.sampled_from([HOSTILE, HOSTILE * 40])
rows = st.builds(
    lambda some, times: tuple(some * times),
    st.lists(st.lists(cells, max_size=22).map(tuple), max_size=3),
    st.sampled_from([1, 1, 1, 60]),
)
shares = st.none() | st.floats(-1, 3)
any_block = st.one_of(
    st.builds(Text, words, st.booleans()),
    st.builds(Said, words),
    st.builds(Heading, words),
    st.builds(Facts, st.lists(st.tuples(words, words), max_size=5).map(tuple)),
    st.builds(Table, words, st.lists(cells, max_size=4).map(tuple), rows, st.just((0, 2))),
    st.builds(
        Progress, words, words, words, st.just(Tone.GOOD), shares, shares, words, few_actions
    ),
    st.builds(Item, words, words, st.booleans(), few_actions),
    st.builds(Example, words, words),
)
any_card = st.builds(Card, words, st.lists(any_block, max_size=8).map(tuple), few_actions)


def texts(card: Card) -> Iterator[str]:
    """Every text that is to be shown, the buttons' aside."""
    yield card.title
    for block in card.blocks:
        match block:
            case Text() | Said() | Heading():
                yield block.text
            case Facts():
                yield from (text for row in block.rows for text in row)
            case Table():
                yield block.caption
                yield from (cell for row in (block.header, *block.rows) for cell in row)
            case Progress():
                yield from (block.title, block.text, block.status, block.detail)
            case Item():
                yield from (block.text, block.detail)
            case Example():
                yield from (block.line, block.says)


def shown(value: Any) -> Iterator[str]:
    """Every text in blocks as a person reads it, the buttons' aside."""
    match value:
        case {"type": "button"}:
            return
        case {"type": "mrkdwn", "text": str(text)}:
            yield html.unescape(text)
        case {"text": str(text)}:
            yield text
        case dict():
            for one in value.values():
                yield from shown(one)
        case list():
            for one in value:
                yield from shown(one)


def squeezed(text: str) -> str:
    return "".join(text.split())


def of_kind(value: Any, kind: str) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("type") == kind:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from of_kind(one, kind)


@settings(deadline=None)
@given(any_card, st.sampled_from(Surface))
@example(Card(HOSTILE * 20, (Text(HOSTILE * 400), Said(HOSTILE * 400)) * 4), Surface.MESSAGE)
@example(Card("", (Table("T", ("a",), ((HOSTILE,),) * 300),) * 2), Surface.VIEW)
@example(
    Card("", (Item("x", "y", actions=(Action("z", "z", {"v": "w" * 1900}),) * 60),)),
    Surface.MESSAGE,
)
def test_any_card_is_within_the_limits_and_nothing_of_it_is_lost(
    card: Card, surface: Surface
) -> None:
    made = show(card, surface)
    at = {EN("slack.page", page=n + 1, pages=len(made)) for n in range(len(made))}
    bodies = [
        [
            text
            for block in page.blocks
            if block["type"] != "header" or number == 0
            for text in shown(block)
            if text not in at
        ]
        for number, page in enumerate(made)
    ]
    whole = squeezed("".join(text for body in bodies for text in body))
    for text in texts(card):
        assert squeezed(text) in whole
    pressed = [
        (one["action_id"].split("#")[0], one["value"])
        for page in made
        for one in of_kind(page.blocks, "button")
    ]
    within = [
        one for block in card.blocks if isinstance(block, Item | Progress) for one in block.actions
    ]
    for action in within:
        assert (action.name, encode(action.values)) in pressed
    for action in card.actions:
        assert (action.name, encode(action.values)) in pressed
    assert len([one for one in pressed if one[0] != "slack.page"]) >= len(within) + len(
        card.actions
    )


@settings(deadline=None)
@given(any_card, st.sampled_from(Surface))
def test_nobody_can_be_mentioned_by_any_text(card: Card, surface: Surface) -> None:
    for page in show(card, surface):
        assert "<" not in page.text
        for text in of_kind(page.blocks, "mrkdwn"):
            assert "<" not in text["text"]
            assert text["verbatim"] is True
        assert not any(text["emoji"] for text in of_kind(page.blocks, "plain_text"))
        assert json.loads(json.dumps(page.blocks)) == page.blocks
