"""Sharing an entry in the channel it was logged in: only when asked, and only what all may read."""

import pytest

from tests.conversation import FRENCH, MANAGER, Answer, Chat

LINE = (
    "/log 2h15 with Marie Tremblay (CDA) and Jo Roy (CDA) and 3 principals at EMSB yesterday"
    " re action plan"
)


@pytest.fixture
def chat(chat: Chat) -> Chat:
    chat.direct = False
    return chat


async def shared(chat: Chat, line: str) -> Answer:
    return await chat.press(await chat.say(line), "Share here")


async def test_a_receipt_in_a_channel_is_private_until_it_is_shared(chat: Chat) -> None:
    receipt = await chat.say(LINE)
    assert receipt.reply.private
    card = await chat.press(receipt, "Share here")
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
    card = await chat.press(receipt, "Partager ici", FRENCH)
    assert card.card.title == "Chantal Dubé a inscrit des heures"
    assert "lun. 10 févr. · 1,5 h · Soutien à un partenaire" in card.text
    assert "transition" not in card.text


async def test_in_a_direct_chat_there_is_nobody_to_share_with(chat: Chat) -> None:
    chat.direct = True
    assert "Share here" not in (await chat.say(LINE)).labels


async def test_every_receipt_of_ones_own_can_be_shared(chat: Chat) -> None:
    receipt = await chat.say("/log 1h yesterday")
    filled = await chat.press(receipt, "EMSB")
    changed = await chat.submit(await chat.press(filled, "Edit"), duration="2h")
    again = await chat.press(changed, "Same again today")
    for card in (receipt, filled, changed, again):
        assert card.labels.count("Share here") == 1


async def test_what_was_changed_since_is_not_shared(chat: Chat) -> None:
    receipt = await chat.say(LINE)
    await chat.submit(await chat.press(receipt, "Edit"), duration="1h")
    late = await chat.press(receipt, "Share here")
    assert "changed since" in late.text
    assert late.reply.private


async def test_a_voided_entry_is_not_shared(chat: Chat) -> None:
    receipt = await chat.say(LINE)
    voided = await chat.press(receipt, "Undo")
    assert "Share here" not in voided.labels
    version = voided.button("Restore").values["version"]
    forged = await chat.press(receipt, "Share here", tampered={"version": version})
    assert "changed since" in forged.text
    assert forged.reply.private


async def test_nobody_shares_what_another_logged(chat: Chat) -> None:
    receipt = await chat.say(LINE)
    assert "cannot be found" not in (await chat.press(receipt, "Share here")).text
    theirs = await chat.press(receipt, "Share here", FRENCH)
    assert "introuvable" in theirs.text
    managers = await chat.press(receipt, "Share here", MANAGER)
    assert "does not allow that" in managers.text
    assert theirs.reply.private
    assert managers.reply.private
    undone = await chat.press(receipt, "Undo", MANAGER)
    restored = await chat.press(undone, "Restore", MANAGER)
    assert restored.card.title == "It counts again"
    assert "Share here" not in restored.labels


@pytest.mark.parametrize("tampered", [{"id": "999"}, {"id": "x"}, {"version": "-1"}, {"id": ""}])
async def test_its_button_is_a_strangers_word(chat: Chat, tampered: dict[str, str]) -> None:
    answer = await chat.press(await chat.say(LINE), "Share here", tampered=tampered)
    assert "did not work" in answer.text
    assert answer.reply.private
