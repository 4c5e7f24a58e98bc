"""Where the bot can no longer write, a manager reads why in plain words, and what to do."""

import pytest

from handlers import closed
from handlers.chat.plain import plain
from handlers.chat.texts import Texts
from storage.plan import Language

EN = Texts.load(Language.EN)
CODES = {
    "BotNotInConversationRoster": "taken out",
    "ConversationBlockedByUser": "blocked",
    "MessageWritesBlocked": "turned off there",
    "BotDisabledByAdmin": "administrator",
}


@pytest.mark.parametrize("code", CODES)
def test_the_reason_is_in_plain_words(code: str) -> None:
    said = plain(closed.card(EN, "PRT team", code))
    assert "I can no longer write to PRT team" in said
    assert CODES[code] in said
    assert code not in said


def test_a_reason_that_is_not_known_is_its_code() -> None:
    assert "Gone%Fishing" in plain(closed.card(EN, "Marie Tremblay", "Gone%Fishing"))


def test_a_place_without_a_name_is_a_chat() -> None:
    assert "I can no longer write to a chat" in plain(closed.card(EN, "", "MessageWritesBlocked"))


@pytest.mark.parametrize("language", Language)
def test_each_reason_has_its_own_words_and_advice(language: Language) -> None:
    cards = [closed.card(Texts.load(language), "X", code) for code in (*CODES, "Other")]
    assert len({one.blocks for one in cards}) == len(cards)
    assert all(len(one.blocks) == 3 for one in cards)
