"""/home: a person's own page, what is pressed on it, and what it does not show."""

import pytest

from handlers.chat.cards import Item
from handlers.progress.home import most_telling
from storage.figures import Figure, Status
from storage.plan_files import load_plans
from tests.conversation import FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat

LINE = "/log 2h15 with Marie Tremblay (CDA) at EMSB yesterday re action plan"


async def page(chat: Chat) -> Answer:
    """The page of someone with four entries in their week."""
    await chat.say(LINE)
    for hours in (3, 1, 2):
        await chat.say(f"/log {hours}h with a principal at RSB today")
    await chat.say("/noter 5 h table CHSSN hier", FRENCH)
    return await chat.say("/home")


async def test_my_week_my_latest_entries_the_targets_and_the_language(chat: Chat) -> None:
    card = await page(chat)
    assert card.card.title == "Hello, Alex Roy"
    assert card.reply.private
    assert "4 entries that count · 8.25 h" in card.text
    assert card.labels[0] == "Log hours"
    assert card.labels.count("Undo") == card.labels.count("Edit") == 3
    assert "0 of 37 (0%)" in card.text
    assert "targets have figures so far." in card.text
    assert card.labels[-3:] == ["All targets", "English", "Français"]
    assert card.text.index("My week") < card.text.index("of 37") < card.text.index("I speak")


async def test_in_french(chat: Chat) -> None:
    await page(chat)
    card = await chat.say("/accueil", FRENCH)
    assert card.card.title == "Bonjour, Chantal Dubé"
    assert "1 saisie qui compte · 5 h" in card.text
    assert "Marie Tremblay" not in card.text
    assert "Inscrire des heures" in card.labels


async def test_members_see_the_targets_and_no_hours(chat: Chat) -> None:
    await page(chat)
    card = await chat.say("/home", MEMBER)
    assert card.labels == [*("Toutes les cibles", "Partager une pratique", "English", "Français")]
    assert "RSB" not in card.text
    forged = await chat.press(await chat.say("/home"), "Log hours", MEMBER)
    assert "ne le permet pas" in forged.text


async def test_it_stays_small(chat: Chat) -> None:
    """In Slack an item takes two blocks and anything else one; a page may have a hundred."""
    card = (await page(chat)).card
    assert 1 + sum(2 if isinstance(block, Item) else 1 for block in card.blocks) <= 40


async def test_undo_on_the_page_and_restore(chat: Chat) -> None:
    undone = await chat.press(await page(chat), "Undo")
    assert "no longer counts" in undone.text
    assert not undone.reply.replace  # the page is not lost to a receipt
    assert await chat.hours("accompaniment-hours") == 6.25
    card = await chat.say("/home")
    assert "3 entries that count · 6.25 h" in card.text
    assert card.labels.count("Restore") == 1
    await chat.press(card, "Restore")
    assert await chat.hours("accompaniment-hours") == 8.25
    again = await chat.press(undone, "Restore")
    assert "changed since" in again.text


async def test_edit_on_the_page(chat: Chat) -> None:
    form = await chat.press(await page(chat), "Edit")
    wrong = await chat.submit(form, duration="long")
    assert {one.name for one in wrong.form.inputs if one.error} == {"duration"}
    changed = await chat.submit(wrong, duration="30 min")
    assert changed.card.title == "Changed"
    assert not changed.reply.replace
    assert await chat.hours("accompaniment-hours") == 6.75
    assert (await chat.press(changed, "Undo")).reply.replace


async def test_log_hours_on_the_page(chat: Chat) -> None:
    await chat.say("/log 9h with a CDA at EMSB yesterday")
    form = await chat.press(await chat.say("/home"), "Log hours")
    asked = await chat.submit(form, duration="4h", day="2025-02-11", boards="EMSB")
    assert "13 h" in asked.text
    assert not asked.reply.replace
    logged = await chat.press(asked, "Yes, log it")
    assert logged.reply.replace
    assert await chat.hours("accompaniment-hours") == 13


async def test_all_targets_and_the_language_come_after_the_page(chat: Chat) -> None:
    card = await page(chat)
    targets = await chat.press(card, "All targets")
    assert targets.labels.count("Open") == 25
    assert not targets.reply.replace
    assert (await chat.press(targets, "Open")).reply.replace
    spoken = await chat.press(card, "Français")
    assert "désormais en français" in spoken.text
    assert not spoken.reply.replace
    assert (await chat.say("/home")).card.title == "Bonjour, Alex Roy"


@pytest.mark.parametrize("home", ["", "home.press", "no.such", "HOME"])
async def test_a_button_of_the_page_is_a_strangers_word(chat: Chat, home: str) -> None:
    answer = await chat.press(await page(chat), "Undo", tampered={"home": home})
    assert "did not work" in answer.text


async def test_a_managers_page_is_their_own(chat: Chat) -> None:
    await page(chat)
    card = await chat.say("/home", MANAGER)
    assert "0 entries that count · 0 h" in card.text
    assert "RSB" not in card.text
    assert "My latest entries" not in card.text


async def test_without_a_plan_in_force_the_last_one_is_shown_and_said_to_be_over(
    chat: Chat,
) -> None:
    chat.pass_time(days=365)
    assert "This plan ran until 30 June 2025" in (await chat.say("/home", STAFF)).text


def test_the_targets_at_risk_come_first_and_there_are_six_at_most() -> None:
    target = load_plans(None).all[-1].target[0]
    statuses = [
        Status.NOT_DUE,
        Status.MET,
        Status.AHEAD,
        Status.WATCH,
        Status.ON_TRACK,
        Status.OFF_TRACK,
        Status.WATCH,
    ]
    shown = most_telling([Figure(target, status=status) for status in statuses])
    assert [one.status for one in shown] == [
        Status.OFF_TRACK,
        Status.WATCH,
        Status.WATCH,
        Status.ON_TRACK,
        Status.AHEAD,
        Status.MET,
    ]
