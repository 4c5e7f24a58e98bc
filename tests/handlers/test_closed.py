"""Where the bot can no longer write, a manager reads why in plain words, and what to do."""

from datetime import UTC, datetime

import pytest

from handlers import closed
from handlers.chat.cards import Card
from handlers.chat.plain import plain
from handlers.chat.posts import Telling
from handlers.chat.texts import Texts
from storage.engine import Tx
from storage.plan import Language
from storage.plan_files import load_plans

EN = Texts.load(Language.EN)
PLANS, NOW = load_plans(None), datetime(2025, 2, 12, tzinfo=UTC)
CODES = {
    "BotNotInConversationRoster": "taken out",
    "ConversationBlockedByUser": "blocked",
    "MessageWritesBlocked": "turned off there",
    "BotDisabledByAdmin": "administrator",
}


def card(tx: Tx, t: Texts, name: str, why: str) -> Card:
    """What a manager is told."""
    return closed.card(tx, Telling(t, PLANS, NOW, None), {"name": name, "why": why})


@pytest.mark.parametrize("code", CODES)
def test_the_reason_is_in_plain_words(tx: Tx, code: str) -> None:
    said = plain(card(tx, EN, "PRT team", code))
    assert "I can no longer write to PRT team" in said
    assert CODES[code] in said
    assert code not in said


def test_a_reason_that_is_not_known_is_its_code(tx: Tx) -> None:
    assert "Gone%Fishing" in plain(card(tx, EN, "Marie Tremblay", "Gone%Fishing"))


def test_a_place_without_a_name_is_a_chat(tx: Tx) -> None:
    assert "I can no longer write to a chat" in plain(card(tx, EN, "", "MessageWritesBlocked"))


@pytest.mark.parametrize("language", Language)
def test_each_reason_has_its_own_words_and_advice(tx: Tx, language: Language) -> None:
    cards = [card(tx, Texts.load(language), "X", code) for code in (*CODES, "Other")]
    assert len({one.blocks for one in cards}) == len(cards)
    assert all(len(one.blocks) == 3 for one in cards)
