"""An answer to a meeting can be typed: it is taken for the one that was told of last."""

from datetime import date

import pytest

from handlers.chat.texts import Texts
from handlers.meetings import typed
from storage import rsvps
from storage.community import Community
from storage.people import Newcomer
from storage.plan import Language
from storage.records import Record
from storage.rsvps import Answer
from tests.conversation import MANAGER, STAFF, Chat
from tests.handlers.communing import KAYLA, MARIE, MEMBERS, gather, plan
from tests.handlers.test_meetings import announce

LATE, EARLY = date(2025, 3, 12), date(2025, 3, 5)


@pytest.fixture
async def community(chat: Chat) -> Record[Community]:
    return await gather(chat, STAFF, *MEMBERS)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("coming", Answer.COMING),
        ("Yes, I’ll be there!", Answer.COMING),
        ("Oui, je viens. Merci!", Answer.COMING),
        ("Sorry, I can't make it", Answer.NOT_COMING),
        ("Désolée, je ne pourrai pas venir", Answer.NOT_COMING),
        ("Peut-être…", Answer.MAYBE),
        ("I'm not sure yet", Answer.MAYBE),
        ("yes", None),
        ("thank you", None),
        ("1h with a CDA at EMSB", None),
        ("I'm coming down with a cold", None),
        ("", None),
    ],
)
def test_words_that_are_an_answer_and_nothing_else_are_one(text: str, says: Answer | None) -> None:
    assert typed.read(text) is says


@pytest.mark.parametrize("language", Language)
def test_what_the_buttons_say_can_be_typed(language: Language) -> None:
    t = Texts.load(language)
    for answer in Answer:
        assert typed.read(t(f"meeting.answer.{answer}")) is answer


async def test_it_is_taken_for_the_meeting_that_was_told_of_last(
    chat: Chat, community: Record[Community]
) -> None:
    early = await plan(chat, community, EARLY)
    await announce(chat, early)
    late = await plan(chat, community, LATE)
    await announce(chat, late)
    mine = await chat.say("I'll be there", KAYLA)
    assert "12 March 2025" in mine.text
    assert "You said: coming" in mine.text
    again = await chat.say("Sorry, I can’t come", KAYLA)
    assert "You said: not coming" in again.text
    changed = await chat.press(again, "Maybe", KAYLA)
    assert "You said: maybe" in changed.text
    answers = [await chat.store.read(rsvps.answers, one.id) for one in (early, late)]
    assert answers[0] == {}
    assert list(answers[1].values()) == [Answer.MAYBE]


async def test_who_was_told_of_none_answers_the_next(
    chat: Chat, community: Record[Community]
) -> None:
    await plan(chat, community, LATE)
    await plan(chat, community, EARLY)
    mine = await chat.say("je viens", MARIE)
    assert "5 mars 2025" in mine.text
    assert "Vous avez dit : je viens" in mine.text


@pytest.mark.parametrize("who", [STAFF, MANAGER])
async def test_who_is_asked_to_none_is_told_so(
    chat: Chat, community: Record[Community], who: Newcomer
) -> None:
    await plan(chat, community, LATE)
    refused = await chat.say("coming", who)
    assert refused.reply.refused
    assert "no meeting to come that you could answer for" in refused.text
    assert "coming" in refused.text


async def test_in_a_channel_only_whoever_typed_it_sees_their_answer(
    chat: Chat, community: Record[Community]
) -> None:
    await announce(chat, await plan(chat, community, LATE))
    chat.direct = False
    assert (await chat.say("coming", KAYLA)).reply.private
