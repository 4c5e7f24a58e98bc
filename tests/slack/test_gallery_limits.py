"""Every card and form of the gallery in Slack: within its limits, and as a snapshot."""

import json
from typing import Any

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from syrupy.assertion import SnapshotAssertion

from bot.gallery import Shown
from bot.slack.limits import VALUE_LIMIT, Surface
from bot.slack.modal import view
from bot.slack.render import pages
from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage.plan import Language
from tests.packed import packed_cards, unsealed
from tests.slack.limits import problems

Payloads = list[dict[str, Any]]


def payloads(says: Shown, t: Texts, surface: Surface) -> Payloads:
    """The messages or views that show it."""
    if not isinstance(says, Card):
        return [view(says, t, json.dumps(dict(says.values)))]
    shown = pages(says, t, surface, lambda page: {"page": str(page)})
    if surface is Surface.VIEW:
        return [{"type": "home", "blocks": one.blocks} for one in shown]
    return [{"text": one.text, "blocks": one.blocks} for one in shown]


@pytest.mark.parametrize("surface", Surface)
@pytest.mark.parametrize("language", Language)
async def test_every_card_is_within_the_limits(language: Language, surface: Surface) -> None:
    t = Texts.load(language)
    for title, says in await packed_cards(language, VALUE_LIMIT):
        held = surface if isinstance(says, Card) else Surface.VIEW
        for payload in payloads(says, t, surface):
            assert problems(payload, held) == [], title


@pytest.mark.parametrize("language", Language)
async def test_slacks_own_models_take_every_card(language: Language) -> None:
    t = Texts.load(language)
    for title, says in await packed_cards(language, VALUE_LIMIT):
        for payload in payloads(says, t, Surface.MESSAGE):
            if payload.get("type") == "modal":
                assert View(**payload).to_dict() == payload, title
            for block in payload["blocks"]:
                parsed = Block.parse(block)
                assert parsed is not None, title
                assert parsed.to_dict() == block, title


@pytest.mark.parametrize("language", Language)
async def test_every_card_as_slack_shows_it(
    language: Language, snapshot: SnapshotAssertion
) -> None:
    t = Texts.load(language)
    for title, says in await packed_cards(language, VALUE_LIMIT):
        parts = [title]
        for payload in payloads(says, t, Surface.MESSAGE):
            parts += [f"{name}: {held}" for name, held in payload.items() if name != "blocks"]
            parts += [json.dumps(block, ensure_ascii=False) for block in payload["blocks"]]
        assert unsealed("\n".join(parts)) == snapshot
