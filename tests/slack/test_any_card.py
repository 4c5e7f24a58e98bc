"""Whatever a card says: it is within Slack's limits, nothing of it is lost, and it stays text."""

import html
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.slack.kit import encode
from bot.slack.limits import VALUE_LIMIT, Surface
from handlers.chat.cards import Action, Card, Item, Progress, Said, Table, Text
from tests.any_card import cards, squeezed, texts
from tests.slack.showing import EN, HOSTILE, show

any_card = cards(HOSTILE, VALUE_LIMIT)


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
    at = {EN("door.page", page=n + 1, pages=len(made)) for n in range(len(made))}
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
