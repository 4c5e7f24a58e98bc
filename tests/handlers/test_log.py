"""Logging hours by one line, by form, and taking it back."""

import asyncio

import pytest

from handlers.chat.cards import Form
from tests.conversation import FRENCH, MANAGER, MEMBER, STAFF, Chat

LINE = "/log 2h15 with a CDA at EMSB yesterday re action plan"


async def test_a_logged_hour_can_be_taken_back(chat: Chat) -> None:
    card = await chat.say(LINE)
    assert "2.25 h" in card.text
    assert await chat.hours("accompaniment-hours") == 2.25
    undone = await chat.press(card, "Undo")
    assert await chat.hours("accompaniment-hours") == 0
    assert undone.reply.replace
    restored = await chat.press(undone, "Restore")
    assert await chat.hours("accompaniment-hours") == 2.25
    assert "2 h 15 min" in restored.text


async def test_the_receipt_echoes_everything(chat: Chat) -> None:
    card = await chat.say("/log 2h15 with Marie Tremblay (CDA, EMSB) yesterday re action plan")
    for part in (
        "2 h 15 min (2.25 h)",
        "Tuesday 11 February 2025",
        "Accompaniment",
        "Marie Tremblay (CDA)",
        "EMSB",
        "action plan",
        "Your total this week: 2.25 h",
    ):
        assert part in card.text
    assert card.reply.private


async def test_the_receipt_in_french(chat: Chat) -> None:
    card = await chat.say("/noter 1h30 table CHSSN lundi, plan de transition", FRENCH)
    for part in (
        "1 h 30 min (1,5 h)",
        "lundi 10 février 2025",
        "Soutien à un partenaire",
        "CHSSN",
        "plan de transition",
        "Votre total cette semaine : 1,5 h",
    ):
        assert part in card.text
    assert await chat.hours("partner-hours") == 1.5
    assert await chat.hours("accompaniment-hours") == 0


async def test_words_of_either_language_are_understood_whatever_the_persons(chat: Chat) -> None:
    await chat.say("/noter 2 h avec une ADC à la CSEM hier")
    await chat.say("/LOG 1h with a CDA at EMSB yesterday", FRENCH)
    await chat.say("log 30 min with a CDA at RSB")
    assert await chat.hours("accompaniment-hours") == 3.5


async def test_what_a_report_needs_is_one_press_away(chat: Chat) -> None:
    card = await chat.say("/log 1h yesterday")
    assert "EMSB" in card.labels
    card = await chat.press(card, "EMSB")
    assert "EMSB" not in card.labels
    card = await chat.press(card, "CDA")
    assert card.labels == ["Undo", "Edit", "Same again today"]
    assert "EMSB" in card.text
    assert await chat.hours("accompaniment-hours") == 1


async def test_a_line_that_does_not_say_the_kind_can_be_partner_support(chat: Chat) -> None:
    card = await chat.say("/log 1h yesterday")
    await chat.press(card, "It was partner support")
    assert await chat.hours("partner-hours") == 1
    assert await chat.hours("accompaniment-hours") == 0


async def test_a_bare_number_is_asked_about(chat: Chat) -> None:
    asked = await chat.say("/log 30 with a CDA at EMSB")
    assert await chat.hours("accompaniment-hours") == 0
    card = await chat.press(asked, "30 min")
    assert "0.5 h" in card.text
    assert card.reply.replace


async def test_an_answer_keeps_the_day_the_line_was_typed(chat: Chat) -> None:
    asked = await chat.say("/log 30 with a CDA at EMSB yesterday")
    chat.pass_time(hours=20)
    card = await chat.press(asked, "30 min")
    assert "Tuesday 11 February 2025" in card.text


async def test_a_date_that_reads_two_ways_is_asked_about(chat: Chat) -> None:
    asked = await chat.say("/log 2h with a CDA at EMSB 02/01")
    assert "Thursday 2 January 2025" in asked.labels
    card = await chat.press(asked, "Saturday 1 February 2025")
    assert "Saturday 1 February 2025" in card.text


@pytest.mark.parametrize(
    "line",
    [
        "/log 2h with a CDA tomorrow",
        "/log 100h with a CDA",
        "/log 0h with a CDA",
        "/log -2h with a CDA",
        "/log 2h on 1900-01-01",
        "/log 2h on 2025-02-30",
        "/log with a CDA at EMSB",
        "/log all morning with a CDA",
        "/log 🙂🙂🙂",
        "/log ساعتان مع المدير",
        "/log <script>alert()</script>",
        "/log " + "long " * 2000,
    ],
)
async def test_what_is_not_understood_is_asked_about_and_given_back(chat: Chat, line: str) -> None:
    asked = await chat.say(line)
    assert line.removeprefix("/log ").strip() in asked.text
    assert "Open the form" in asked.labels
    form = await chat.press(asked, "Open the form")
    assert isinstance(form.reply.says, Form)
    assert await chat.hours("accompaniment-hours") == 0


async def test_an_identical_entry_of_the_last_minutes_is_asked_about(chat: Chat) -> None:
    await chat.say(LINE)
    asked = await chat.say(LINE)
    assert await chat.hours("accompaniment-hours") == 2.25
    await chat.press(asked, "Yes, log it")
    assert await chat.hours("accompaniment-hours") == 4.5
    asked = await chat.say(LINE)
    dropped = await chat.press(asked, "No, leave it")
    assert "Not logged" in dropped.text
    assert await chat.hours("accompaniment-hours") == 4.5
    chat.pass_time(minutes=11)
    await chat.say(LINE)
    assert await chat.hours("accompaniment-hours") == 6.75


async def test_the_same_form_twice_is_asked_about(chat: Chat) -> None:
    for _ in range(2):
        answer = await chat.submit(await chat.say("/log"), duration="1h", boards="EMSB")
    assert "exactly this a few minutes ago" in answer.text
    assert "EMSB" in answer.text
    await chat.press(answer, "Yes, log it")
    assert await chat.hours("accompaniment-hours") == 2


async def test_more_than_twelve_hours_in_a_day_are_asked_about(chat: Chat) -> None:
    await chat.say("/log 9h with a CDA at EMSB yesterday")
    asked = await chat.say("/log 4h table CHSSN yesterday")
    assert "13 h" in asked.text
    assert await chat.hours("partner-hours") == 0
    await chat.press(asked, "Yes, log it")
    assert await chat.hours("partner-hours") == 4


async def test_the_form_logs_the_same(chat: Chat) -> None:
    form = await chat.say("/log")
    card = await chat.submit(
        form,
        duration="2h15",
        day="2025-02-11",
        role_1="cda",
        number_1="2",
        boards="EMSB",
        objective="action plan",
    )
    assert "2 CDAs" in card.text
    assert await chat.hours("accompaniment-hours") == 2.25


async def test_a_form_with_a_mistake_says_where_and_keeps_what_was_typed(chat: Chat) -> None:
    form = await chat.say("/log")
    again = await chat.submit(form, duration="long", day="2025-02-30", objective="asset map")
    errors = {one.name for one in again.form.inputs if one.error}
    assert errors == {"duration", "day"}
    assert {"long", "asset map"} <= {one.value for one in again.form.inputs}
    assert await chat.hours("accompaniment-hours") == 0
    await chat.submit(again, duration="1h", day="2025-02-11")
    assert await chat.hours("accompaniment-hours") == 1


async def test_the_form_opens_with_what_the_line_said(chat: Chat) -> None:
    asked = await chat.say("/log all morning with 2 principals at RSB yesterday re onboarding")
    form = (await chat.press(asked, "Open the form")).form
    values = {one.name: one.value for one in form.inputs}
    assert values["role_1"] == "principal"
    assert values["number_1"] == "2"
    assert values["boards"] == "RSB"
    assert values["day"] == "2025-02-11"
    assert "onboarding" in values["objective"]


async def test_an_entry_is_edited_and_the_edit_undone(chat: Chat) -> None:
    card = await chat.say(LINE)
    form = await chat.press(card, "Edit")
    assert {one.name: one.value for one in form.form.inputs}["boards"] == "EMSB"
    changed = await chat.submit(form, duration="1h", boards="RSB")
    assert await chat.hours("accompaniment-hours") == 1
    assert "RSB" in changed.text
    back = await chat.press(changed, "Undo")
    assert "EMSB" in back.text
    assert await chat.hours("accompaniment-hours") == 2.25


async def test_an_edit_keeps_everybody_accompanied(chat: Chat) -> None:
    card = await chat.say("/log 1h with a CDA and a principal at EMSB yesterday")
    changed = await chat.submit(await chat.press(card, "Edit"), duration="2h")
    assert "CDA" in changed.text
    assert "principal" in changed.text.lower()


async def test_a_card_that_is_out_of_date_changes_nothing(chat: Chat) -> None:
    card = await chat.say(LINE)
    await chat.submit(await chat.press(card, "Edit"), duration="1h")
    late = await chat.press(card, "Undo")
    assert "changed since" in late.text
    assert await chat.hours("accompaniment-hours") == 1


async def test_the_same_again_is_logged_for_today(chat: Chat) -> None:
    card = await chat.say(LINE)
    again = await chat.press(card, "Same again today")
    assert "Wednesday 12 February 2025" in again.text
    assert not again.reply.replace
    await chat.press(again, "Undo")
    assert await chat.hours("accompaniment-hours") == 2.25


async def test_a_message_that_reads_like_hours_is_offered_not_logged(chat: Chat) -> None:
    offer = await chat.say("2h with a CDA at EMSB yesterday")
    assert await chat.hours("accompaniment-hours") == 0
    await chat.press(offer, "Log it")
    assert await chat.hours("accompaniment-hours") == 2
    asked = await chat.press(await chat.say("30 with a CDA at EMSB"), "Log it")
    assert "30 min" in asked.labels
    assert "Écrivez /aide" in (await chat.say("2h avec une ADC", MEMBER)).text


async def test_members_cannot_log(chat: Chat) -> None:
    for words in (LINE, "/log", "/entries"):
        assert "ne le permet pas" in (await chat.say(words, MEMBER)).text
    assert await chat.hours("accompaniment-hours") == 0


async def test_a_button_is_a_strangers_word(chat: Chat) -> None:
    card = await chat.say(LINE)
    for who in (FRENCH, MEMBER):
        await chat.press(card, "Undo", who)
        await chat.press(card, "Edit", who)
        await chat.press(card, "Same again today", who)
    for tampered in ({"id": "999"}, {"id": "x"}, {"version": "7"}, {"id": "-1"}, {"id": "１"}):
        answer = await chat.press(card, "Undo", tampered=tampered)
        assert "did not work" in answer.text
    assert await chat.hours("accompaniment-hours") == 2.25


async def test_managers_change_everybodys(chat: Chat) -> None:
    card = await chat.say(LINE)
    undone = await chat.press(card, "Undo", MANAGER)
    assert "no longer counts" in undone.text
    assert "Their total" in undone.text
    assert await chat.hours("accompaniment-hours") == 0


async def test_the_same_delivery_three_times_at_once_is_one_entry(chat: Chat) -> None:
    await chat.say("/help")
    answers = await asyncio.gather(*(chat.say(LINE, STAFF, key="once") for _ in range(3)))
    assert await chat.hours("accompaniment-hours") == 2.25
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].reply == answers[1].reply == answers[2].reply
    presses = await asyncio.gather(
        *(chat.press(answers[0], "Same again today", key="again") for _ in range(3))
    )
    assert presses[0].reply == presses[1].reply == presses[2].reply
    assert await chat.hours("accompaniment-hours") == 4.5


async def test_entries_without_a_plan_are_kept_and_said_to_wait(chat: Chat) -> None:
    chat.pass_time(days=365)
    card = await chat.say("/log 2h with a CDA at EMSB yesterday")
    assert "No action plan covers that day" in card.text
    overview = await chat.say("/progress")
    assert "1 entry (2 h) waits" in overview.text


async def test_a_request_is_noted(chat: Chat) -> None:
    card = await chat.say("/log 2h with a CDA at EMSB yesterday on request re action plan")
    assert "They asked for it" in card.text


async def test_what_a_question_settled_is_no_part_of_the_objective(chat: Chat) -> None:
    asked = await chat.say("/log 45 with a CDA at EMSB re family night")
    settled = await chat.press(asked, "45 min")
    assert "family night" in settled.text
    assert "family night, 45" not in settled.text
    asked = await chat.say("/log 2h EMSB 03/01 workshop preparation")
    day = next(label for label in asked.labels if "January" in label)
    settled = await chat.press(asked, day)
    assert "03/01" not in settled.text
    assert "workshop preparation" in settled.text


@pytest.mark.parametrize("said", ["", "Hello!", "bonjour", "Merci!", "thank you"])
async def test_a_greeting_is_answered_with_what_can_be_said(chat: Chat, said: str) -> None:
    assert "What you can say" in (await chat.say(said)).text
