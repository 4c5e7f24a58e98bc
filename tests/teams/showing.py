"""Shows a card as Teams would get it, held against Teams' limits, for tests."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from bot.teams import limits
from bot.teams.render import pages
from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage.plan import Language
from tests.teams.checks import in_bytes, of_card
from tests.teams.people import Json

EN, FR = Texts.load(Language.EN), Texts.load(Language.FR)
HOSTILE = (
    "<at>Alex</at> <b>bold</b> **bold** _it_ ~~gone~~ `code` [here](https://example.org) "
    "{{DATE(2025-02-11T06:00:00Z, SHORT)}} ${title} &amp; &lt;at&gt;\n# title\n- listed\n\n1. one"
)
# Where any text will do.
FREE = {"errorMessage", "fallbackText", "label", "text", "title", "tooltip", "value", "verb"}


def turn(page: int) -> Mapping[str, str]:
    return {"page": str(page)}


def show(card: Card, t: Texts = EN) -> list[Json]:
    """The card's pages, each held against the schema and the limits."""
    made = pages(card, t, turn)
    for page in made:
        assert problems(page) == []
    return made


def problems(card: Json) -> list[str]:
    """What is wrong with a card; of things that differ in their texts alone one is looked at."""
    too_large = [f"{size} bytes"] if (size := in_bytes(card)) > limits.CARD else []
    return [*too_large, *_of_outline(json.dumps(outline(card)))]


def outline(value: Any) -> Any:
    """The card without its texts and what is like the thing beside it."""
    if isinstance(value, dict):
        return {
            name: "x" if name in FREE and isinstance(one, str) else outline(one)
            for name, one in value.items()
            if name != "data"
        }
    if not isinstance(value, list):
        return value
    made = [outline(one) for one in value]
    buttons = any(isinstance(one, dict) and "verb" in one for one in made)
    return made if buttons else list({json.dumps(one): one for one in made}.values())


@cache
def _of_outline(outlined: str) -> list[str]:
    return of_card(json.loads(outlined))
