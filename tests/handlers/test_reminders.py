"""Surveys and reports are reminded of ahead of their day, of whom they are still to come."""

from datetime import date, datetime, time, timedelta

import pytest

from schedules import ahead
from storage.local_time import HOME
from storage.people import Newcomer
from storage.plan_files import load_plans
from tests.conversation import ADMIN, MANAGER, STAFF, Answer, Chat

MARIE = Newcomer("test", "marie", "Marie Tremblay", "fr-CA", guest=True, email="marie@emsb.example")
KAYLA = Newcomer("test", "kayla", "Kayla Buckle", "en-CA", guest=True, email="kayla@emsb.example")
Said = list[tuple[date, str, Answer]]


@pytest.fixture
async def asked(chat: Chat) -> Chat:
    """Two agents of the roster are on the chat, one is not; a survey closes on Friday 14 March."""
    await chat.happened()
    for name in ("Marie Tremblay", "Kayla Buckle", "Nobody Here"):
        email = f"{name.split()[0].lower()}@emsb.example"
        form = await chat.say(f"/people add {name}, CDA, EMSB, {email}, since 2023-08-28", MANAGER)
        if not hasattr(form.reply.says, "blocks"):
            await chat.submit(form, MANAGER)
    for who in (MARIE, KAYLA):
        await chat.say("/help", who)
    await chat.say("/survey open CDAs 2025-02-12 closes 2025-03-14", MANAGER)
    return chat


async def until(chat: Chat, last: date, *, at: time = time(10, 1)) -> Said:
    """What is said day by day, at this time of each."""
    found: Said = []
    day = chat.now.astimezone(HOME).date() + timedelta(days=1)
    while day <= last:
        chat.now = datetime.combine(day, at, HOME)
        found += [(day, place, one) for place, one in sorted(await chat.happened(), key=str)]
        day += timedelta(days=1)
    return [one for one in found if "Anything to log" not in one[2].text]


async def test_who_has_not_handed_it_in_is_reminded_twice(asked: Chat) -> None:
    said = [one for one in await until(asked, date(2025, 3, 20)) if one[1] != "direct-sam"]
    # Seven days before is in spring break: it is said on the school day before that.
    assert [(day, place) for day, place, _ in said] == [
        (date(2025, 2, 28), "direct-kayla"),
        (date(2025, 2, 28), "direct-marie"),
        (date(2025, 3, 13), "direct-kayla"),
        (date(2025, 3, 13), "direct-marie"),
    ]
    first, last = said[0][2], said[2][2]
    assert "It closes in 14 days, on Friday 14 March 2025" in first.text
    assert "It closes tomorrow" in last.text
    assert "La date limite est demain" in said[3][2].text
    assert last.labels == ["I’ve done it", "Don’t remind me of this one"]


async def test_who_says_it_is_done_is_reminded_no_more(asked: Chat) -> None:
    ((_, _, kaylas),) = [one for one in await until(asked, date(2025, 2, 28)) if "kayla" in one[1]]
    done = await asked.press(kaylas, "I’ve done it", KAYLA)
    assert done.card.title == "Thank you, that is recorded"
    said = await until(asked, date(2025, 3, 14))
    assert "direct-kayla" not in {place for _, place, _ in said}
    assert "direct-marie" in {place for _, place, _ in said}


async def test_who_wants_no_more_of_one_gets_none_and_can_take_that_back(asked: Chat) -> None:
    ((_, _, kaylas),) = [one for one in await until(asked, date(2025, 2, 28)) if "kayla" in one[1]]
    stopped = await asked.press(kaylas, "Don’t remind me of this one", KAYLA)
    assert "I remind you of" in stopped.text
    assert "Reminders of" in (await asked.say("/pause", KAYLA)).text
    said = await until(asked, date(2025, 3, 12))
    undone = await asked.press(stopped, "Undo", KAYLA)
    assert undone.card.title == "On again"
    said += await until(asked, date(2025, 3, 14))
    assert [day for day, place, _ in said if place == "direct-kayla"] == [date(2025, 3, 13)]
    refused = await asked.press(kaylas, "Don’t remind me of this one", STAFF)
    assert "None that is out went to you" in refused.text


async def test_a_manager_sees_how_many_were_reminded_when(asked: Chat) -> None:
    assert "Reminded" not in (await asked.say("/survey CDAs", MANAGER)).text
    await until(asked, date(2025, 3, 14))
    text = (await asked.say("/survey CDAs", MANAGER)).text
    assert "2 people on Fri 28 Feb and 2 people on Thu 13 Mar" in text
    assert "Reminded" not in (await asked.say("/survey CDAs")).text


async def test_what_is_late_is_said_while_it_is_of_use_and_never_after(asked: Chat) -> None:
    asked.now = datetime(2025, 3, 14, 9, tzinfo=HOME)  # down since the break, back on the last day
    said = {place: one.text for place, one in await asked.happened()}
    assert "It closes today" in said["direct-kayla"]
    for chat_again in (datetime(2025, 3, 15, 9, tzinfo=HOME), datetime(2025, 4, 1, tzinfo=HOME)):
        asked.now = chat_again
        assert "direct-kayla" not in dict(await asked.happened())


async def test_a_survey_that_is_over_while_the_bot_is_down_is_not_reminded_of(asked: Chat) -> None:
    asked.now = datetime(2025, 3, 15, 0, 30, tzinfo=HOME)
    assert "direct-kayla" not in dict(await asked.happened())


async def test_managers_are_reminded_of_a_report_until_it_is_sent(chat: Chat) -> None:
    await chat.happened()
    for who in (MANAGER, ADMIN, STAFF):
        await chat.say("/help", who)
    said = await until(chat, date(2025, 2, 28), at=time(9, 1))
    # The second report is due on Friday 14 March; a week before is in spring break, and so is said
    # with the reminder of two weeks.
    assert [(day, place) for day, place, _ in said] == [
        (date(2025, 2, 28), "direct-ines"),
        (date(2025, 2, 28), "direct-sam"),
    ]
    reminder = said[1][2]
    assert reminder.card.title == "Second progress report"
    assert (
        "It is due in 14 days, on Friday 14 March 2025, and is not marked as sent." in reminder.text
    )
    assert "À remettre dans 14 jours, le vendredi 14 mars 2025" in said[0][2].text
    await chat.say("/log 1h", STAFF)
    last = await until(chat, date(2025, 3, 13), at=time(9, 1))
    assert [day for day, place, _ in last if place == "direct-sam"] == [date(2025, 3, 13)]
    (tomorrow,) = [one for _, place, one in last if place == "direct-sam"]
    assert "It is due tomorrow" in tomorrow.text
    assert (await chat.press(tomorrow, "See", MANAGER)).card.title
    await chat.press(tomorrow, "Mark as sent", MANAGER)
    assert await until(chat, date(2025, 5, 20), at=time(9, 1)) == []


async def test_what_was_sent_before_it_is_said_is_not_reminded_of(chat: Chat) -> None:
    await chat.happened()
    await chat.say("/report 2 sent today", MANAGER)
    assert await until(chat, date(2025, 3, 14), at=time(9, 1)) == []


def test_reminders_fall_on_school_days_and_each_is_of_use_until_the_next() -> None:
    plans = load_plans(None)
    last = date(2025, 1, 10)
    days = ahead.reminders(plans, last, (14, 7, 1))
    assert days == [date(2024, 12, 20), date(2025, 1, 9)], "14 and 7 days before are in the break"
    ends = [ahead.until(plans, day, last, (14, 7, 1)) for day in days]
    expected = [datetime(2025, 1, 9, tzinfo=HOME), datetime(2025, 1, 11, tzinfo=HOME)]
    assert ends == [int(one.timestamp()) - 1 for one in expected]
    assert ahead.until(plans, date(2025, 1, 8), last, (14, 7, 1)) is None
