"""Sharing an entry in the channel it was logged in: only when asked, and only what all may read."""

import pytest

from storage.people import Newcomer
from tests.conversation import FRENCH, MANAGER, MEMBER, Answer, Chat

LINE = (
    "/log 2h15 with Marie Tremblay (CDA) and Jo Roy (CDA) and 3 principals at EMSB yesterday"
    " re action plan"
)


@pytest.fixture
def chat(chat: Chat) -> Chat:
    chat.direct = False
    return chat


async def shared(chat: Chat, line: str) -> Answer:
    return await chat.press(await chat.say(line), "Share with the others")


async def test_a_receipt_in_a_channel_is_private_until_it_is_shared(chat: Chat) -> None:
    receipt = await chat.say(LINE)
    assert receipt.reply.private
    card = await chat.press(receipt, "Share with the others")
    assert not card.reply.private
    assert not card.reply.replace
    assert card.labels == []
    assert card.card.title == "Alex Roy logged hours"
    assert "Tue 11 Feb · 2.25 h · Accompaniment · 2 CDAs and 3 principals · EMSB" in card.text


async def test_nothing_typed_and_nobody_accompanied_is_told(chat: Chat) -> None:
    told = (await shared(chat, LINE)).text
    told += (await shared(chat, "/log 1h Les amis de Jo re shared calendar")).text
    told += (await shared(chat, "/log 1h with Zoë Unknown at EMSB re Zoë's plan")).text
    for private in ("Marie", "Jo", "Zoë", "amis", "plan", "calendar", "week"):
        assert private not in told


async def test_in_french(chat: Chat) -> None:
    receipt = await chat.say("/noter 1h30 table CHSSN lundi, plan de transition", FRENCH)
    card = await chat.press(receipt, "Partager avec les autres", FRENCH)
    assert card.card.title == "Chantal Dubé a inscrit des heures"
    assert "lun. 10 févr. · 1,5 h · Soutien à un partenaire" in card.text
    assert "transition" not in card.text


async def test_in_a_direct_chat_there_is_nobody_to_share_with(chat: Chat) -> None:
    chat.direct = True
    assert "Share with the others" not in (await chat.say(LINE)).labels


async def test_every_receipt_of_ones_own_can_be_shared(chat: Chat) -> None:
    receipt = await chat.say("/log 1h yesterday")
    filled = await chat.press(receipt, "EMSB")
    changed = await chat.submit(await chat.press(filled, "Edit"), duration="2h")
    again = await chat.press(changed, "Same again today")
    for card in (receipt, filled, changed, again):
        assert card.labels.count("Share with the others") == 1


async def test_what_was_changed_since_is_not_shared(chat: Chat) -> None:
    receipt = await chat.say(LINE)
    await chat.submit(await chat.press(receipt, "Edit"), duration="1h")
    late = await chat.press(receipt, "Share with the others")
    assert "changed since" in late.text
    assert late.reply.private


async def test_a_voided_entry_is_not_shared(chat: Chat) -> None:
    receipt = await chat.say(LINE)
    voided = await chat.press(receipt, "Undo")
    assert "Share with the others" not in voided.labels
    version = voided.button("Restore").values["version"]
    forged = await chat.press(receipt, "Share with the others", tampered={"version": version})
    assert "changed since" in forged.text
    assert forged.reply.private


async def test_nobody_shares_what_another_logged(chat: Chat) -> None:
    receipt = await chat.say(LINE)
    assert "cannot be found" not in (await chat.press(receipt, "Share with the others")).text
    theirs = await chat.press(receipt, "Share with the others", FRENCH)
    assert "introuvable" in theirs.text
    managers = await chat.press(receipt, "Share with the others", MANAGER)
    assert "does not allow that" in managers.text
    assert theirs.reply.private
    assert managers.reply.private
    undone = await chat.press(receipt, "Undo", MANAGER)
    restored = await chat.press(undone, "Restore", MANAGER)
    assert restored.card.title == "It counts again"
    assert "Share with the others" not in restored.labels


@pytest.mark.parametrize("tampered", [{"id": "999"}, {"id": "x"}, {"version": "-1"}, {"id": ""}])
async def test_its_button_is_a_strangers_word(chat: Chat, tampered: dict[str, str]) -> None:
    answer = await chat.press(await chat.say(LINE), "Share with the others", tampered=tampered)
    assert "did not work" in answer.text
    assert answer.reply.private


# Who looks at what was shared, where a platform shows each person their own


async def test_its_owner_sees_the_receipt_there(chat: Chat) -> None:
    mine = await chat.look(await shared(chat, LINE))
    assert mine.reply.private
    assert mine.reply.replace
    assert mine.labels == ["Undo", "Edit", "Same again today"]
    assert "Marie Tremblay" in mine.text
    assert "action plan" in mine.text
    await chat.press(mine, "Undo")
    assert await chat.hours("accompaniment-hours") == 0


async def test_a_manager_sees_it_too(chat: Chat) -> None:
    theirs = await chat.look(await shared(chat, LINE), MANAGER)
    assert theirs.reply.private
    assert theirs.labels == ["Undo", "Edit", "Same again today"]
    assert "Alex Roy" in theirs.text


@pytest.mark.parametrize("who", [FRENCH, MEMBER])
async def test_everyone_else_sees_what_everyone_sees(chat: Chat, who: Newcomer) -> None:
    card = await shared(chat, LINE)
    seen = await chat.look(card, who)
    assert seen.reply.private
    assert seen.reply.replace
    assert seen.card.title == "Alex Roy a inscrit des heures"
    assert "2,25 h · Accompagnement · 2 ADC et 3 directions · CSEM" in seen.text
    assert seen.labels == []
    assert seen.card.refresh == card.card.refresh
    for private in ("Marie", "Jo Roy", "action plan"):
        assert private not in seen.text


async def test_in_their_language_it_is_the_very_same(chat: Chat) -> None:
    card = await shared(chat, LINE)
    english = Newcomer("test", "pat", "Pat Lee")
    assert (await chat.look(card, english)).card == card.card


async def test_once_taken_back_its_hours_are_no_longer_told(chat: Chat) -> None:
    card = await shared(chat, LINE)
    back = await chat.press(await chat.look(card), "Undo")
    seen = await chat.look(card, FRENCH)
    assert seen.card.title == "Alex Roy a inscrit des heures"
    assert "ne compte plus" in seen.text
    for told in ("2,25", "ADC", "CSEM", "févr"):
        assert told not in seen.text
    assert (await chat.look(card)).labels == ["Restore"]
    await chat.press(back, "Restore")
    assert "2,25 h" in (await chat.look(card, FRENCH)).text


async def test_what_was_changed_since_is_told_to_nobody_else(chat: Chat) -> None:
    card = await shared(chat, LINE)
    changed = await chat.submit(await chat.press(await chat.look(card), "Edit"), duration="7h")
    assert "2,25 h" in (await chat.look(card, FRENCH)).text
    mine = await chat.look(card)
    assert "7 h" in mine.text
    assert "Share with the others" in mine.labels
    anew = await chat.press(changed, "Share with the others")
    assert "7 h" in (await chat.look(anew, FRENCH)).text


async def test_what_was_not_shared_there_is_told_to_nobody(chat: Chat) -> None:
    card = await shared(chat, LINE)
    unshared = await chat.say("/log 45 min with a principal at RSB")
    for tampered in (
        dict(unshared.button("Undo").values),
        {"version": "2"},
        {"id": "999"},
        {"id": "x"},
        {"id": ""},
    ):
        answer = await chat.look(card, FRENCH, tampered=tampered)
        assert answer.card.title == "Cela n’a pas marché"
        assert answer.reply.private
        assert not any(told in answer.text for told in ("2,25", "0,75", "45", "RSB", "CSEM"))
    chat.channel = "elsewhere"
    assert "introuvable" in (await chat.look(card, FRENCH)).text
    chat.direct = True
    assert "introuvable" in (await chat.look(card, FRENCH)).text


async def test_shared_twice_by_one_delivery_it_is_told_the_same(chat: Chat) -> None:
    receipt = await chat.say(LINE)
    first = await chat.press(receipt, "Share with the others", key="same")
    await chat.press(receipt, "Undo")
    assert (await chat.press(receipt, "Share with the others", key="same")).card == first.card
