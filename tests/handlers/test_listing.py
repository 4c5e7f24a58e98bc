"""/entries: mine and others', pages, voiding and restoring in place."""

import pytest

from tests.conversation import FRENCH, MANAGER, STAFF, Chat


async def log_week(chat: Chat) -> None:
    for day in ("monday", "yesterday", "today"):
        await chat.say(f"/log 2h with a CDA at EMSB {day}")
    await chat.say("/log 1h with a principal at RSB on Jan 15")
    await chat.say("/noter 3 h table CHSSN hier", FRENCH)


async def test_mine_this_week(chat: Chat) -> None:
    await log_week(chat)
    card = await chat.say("/entries")
    assert "3 entries that count · 6 h" in card.text
    assert "10 February 2025 to 16 February 2025" in card.text
    assert "CHSSN" not in card.text


@pytest.mark.parametrize(
    ("words", "summary"),
    [
        ("/entries last month", "1 entry that counts · 1 h"),
        ("/entries since 1 Feb", "3 entries that count · 6 h"),
        ("/entries yesterday", "1 entry that counts · 2 h"),
        ("/entries January", "1 entry that counts · 1 h"),
        ("/saisies le mois dernier", "1 entry that counts · 1 h"),
        ("/saisies depuis le 1er février", "3 entries that count · 6 h"),
    ],
)
async def test_other_periods(chat: Chat, words: str, summary: str) -> None:
    await log_week(chat)
    assert summary in (await chat.say(words)).text


async def test_void_and_restore_in_the_list(chat: Chat) -> None:
    await log_week(chat)
    card = await chat.press(await chat.say("/entries"), "Void")
    assert "2 entries that count · 4 h" in card.text
    assert card.reply.replace
    assert await chat.hours("accompaniment-hours") == 5
    card = await chat.press(card, "Restore")
    assert "3 entries that count · 6 h" in card.text
    assert await chat.hours("accompaniment-hours") == 7


async def test_edit_from_the_list_shows_the_list_again(chat: Chat) -> None:
    await log_week(chat)
    form = await chat.press(await chat.say("/entries"), "Edit")
    card = await chat.submit(form, duration="30 min")
    assert "3 entries that count · 4.5 h" in card.text
    assert card.reply.replace


async def test_long_lists_have_pages(chat: Chat) -> None:
    for minutes in range(10, 25):
        await chat.say(f"/log {minutes} min with a CDA at EMSB yesterday")
    card = await chat.say("/entries")
    assert "Newer" not in card.labels
    seen = card.labels.count("Void")
    while "Older" in card.labels:
        card = await chat.press(card, "Older")
        seen += card.labels.count("Void")
    assert seen == 15
    assert "Newer" in card.labels


async def test_managers_see_a_person_or_everyone(chat: Chat) -> None:
    await log_week(chat)
    card = await chat.say("/entries Chantal Dube", MANAGER)
    assert "Entries of Chantal Dubé" in card.text
    assert "CHSSN" in card.text
    everyone = await chat.say("/entries everyone this week", MANAGER)
    assert "4 entries that count · 9 h" in everyone.text
    assert "Chantal Dubé" in everyone.text
    await chat.press(everyone, "Void", MANAGER)
    assert "Nobody here" in (await chat.say("/entries Zoltan", MANAGER)).text


async def test_staff_see_only_their_own(chat: Chat) -> None:
    await log_week(chat)
    for words in ("/entries Chantal", "/entries everyone"):
        card = await chat.say(words)
        assert "CHSSN" not in card.text
        assert words.removeprefix("/entries ") in card.text


async def test_a_list_button_of_somebody_else_opens_nothing(chat: Chat) -> None:
    await log_week(chat)
    everyone = await chat.say("/entries everyone", MANAGER)
    theirs = await chat.press(everyone, "Void", STAFF, tampered={"list": "everyone"})
    assert "Chantal" not in theirs.text
    assert await chat.hours("partner-hours") == 3
