"""/progress: all targets, one opened, and the entries behind a figure."""

import pytest

from tests.conversation import FRENCH, MANAGER, MEMBER, STAFF, Chat


async def log_some(chat: Chat) -> None:
    await chat.say("/log 2h15 with a CDA at EMSB yesterday re action plan")
    await chat.say("/log 1h with a principal at RSB on Jan 15")
    await chat.say("/noter 3 h table CHSSN hier", FRENCH)


async def test_all_twenty_five_targets_by_strand(chat: Chat) -> None:
    await log_some(chat)
    card = await chat.say("/progress")
    assert card.labels.count("Open") == 25
    assert "3.25 h of 1,400 h (0.2%)" in card.text
    assert "0 of 37 (0%)" in card.text
    assert "Goal: 75%\nno data" in card.text
    assert "off track" in card.text


async def test_in_french(chat: Chat) -> None:
    await log_some(chat)
    card = await chat.say("/progrès", FRENCH)
    assert "3,25 h sur 1 400 h (0,2 %)" in card.text
    assert "en retard" in card.text
    opened = await chat.say("/progres accompagnement", FRENCH)
    assert "février 2025" in opened.text


async def test_one_target_opened(chat: Chat) -> None:
    await log_some(chat)
    card = await chat.say("/progress accompaniment")
    for part in (
        "The minutes of the 2 accompaniment entries",
        "195 min ÷ 60 = 3.25 h",
        "January 2025",
        "February 2025",
        "EMSB",
        "RSB",
        "school weeks left",
    ):
        assert part in card.text
    assert "CHSSN" not in card.text


async def test_a_figure_opens_to_its_entries(chat: Chat) -> None:
    await log_some(chat)
    which = await chat.say("/progress partner", MANAGER)
    opened = await chat.press(which, "Hours of support to partners", MANAGER)
    listed = await chat.press(opened, "Entries", MANAGER)
    assert "made of 1 entry: 3 h" in listed.text
    assert "Chantal Dubé" in listed.text


async def test_staff_see_their_own_entries_and_everyones_sum(chat: Chat) -> None:
    await log_some(chat)
    opened = await chat.say("/progress partner-hours")
    listed = await chat.press(opened, "Entries")
    assert "made of 1 entry: 3 h" in listed.text
    assert "CHSSN" not in listed.text
    assert "Chantal" not in listed.text


async def test_members_see_figures_but_no_entries(chat: Chat) -> None:
    await log_some(chat)
    opened = await chat.say("/progress partner-hours", MEMBER)
    assert "Saisies" not in opened.labels
    overview = await chat.say("/progress", STAFF)
    assert overview.reply.private


async def test_back_and_forth(chat: Chat) -> None:
    overview = await chat.say("/progress")
    opened = await chat.press(overview, "Open")
    assert opened.reply.replace
    assert "0 of 37 (0%)" in opened.text
    back = await chat.press(opened, "All targets")
    assert back.card == overview.card


@pytest.mark.parametrize("words", ["zzz", "🙂", "<zzz>", "a" * 10_000])
async def test_an_unknown_target_is_said_kindly(chat: Chat, words: str) -> None:
    card = await chat.say(f"/progress {words}")
    assert "no target by that name" in card.text
    assert words in card.text


async def test_a_voided_entry_counts_nowhere(chat: Chat) -> None:
    card = await chat.say("/log 2h15 with a CDA at EMSB yesterday re action plan")
    await chat.press(card, "Undo")
    opened = await chat.say("/progress accompaniment")
    assert "0 h of 1,400 h" in opened.text
    listed = await chat.press(opened, "Entries")
    assert "action plan" not in listed.text


async def test_the_plan_of_the_other_programme_can_be_asked_for(chat: Chat) -> None:
    card = await chat.say("/progress wellbeing-communities-2021-24")
    assert "ran until" in card.text
