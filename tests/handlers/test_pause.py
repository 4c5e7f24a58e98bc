"""/pause in both languages: nudges, communities' reminders, receipts and what can't be."""

from datetime import date

import pytest

from handlers.quiet.line import Said, read
from storage import people, quiet
from storage.engine import Tx
from storage.quiet import NUDGES
from tests.conversation import FRENCH, MANAGER, STAFF, Chat
from tests.handlers.communing import KAYLA, MEMBERS, gather

WEDNESDAY = date(2025, 2, 12)


async def paused(chat: Chat, id: str = "alex") -> list[tuple[str, date | None]]:
    def of(tx: Tx) -> list[tuple[str, date | None]]:
        person = people.find(tx, "test", id)
        assert person
        there = quiet.of_person(tx, person.id, chat.now.date())
        return [(one.says.about, one.says.until) for one in there]

    return await chat.store.read(of)


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("until Monday", (date(2025, 2, 17),)),
        ("till next Monday", (date(2025, 2, 17),)),
        ("jusqu’à lundi", (date(2025, 2, 17),)),
        ("jusqu'au 5 mars", (date(2025, 3, 5),)),
        ("until March 5", (date(2025, 3, 5),)),
        ("demain", (date(2025, 2, 13),)),
        ("for two weeks", (date(2025, 2, 26),)),
        ("pendant une semaine", (date(2025, 2, 19),)),
        ("10 jours", (date(2025, 2, 22),)),
        ("until next week", (date(2025, 2, 17),)),
        ("until Wednesday", (date(2025, 2, 19),)),
        ("mercredi", (date(2025, 2, 19),)),
        ("until 03/04", (date(2025, 3, 4), date(2025, 4, 3))),
        ("until I say", ()),
        ("jusqu’à nouvel ordre", ()),
        ("jusqu’à ce que je le dise", ()),
    ],
)
def test_until_when_is_read(line: str, days: tuple[date, ...]) -> None:
    assert read(line, today=WEDNESDAY) == Said("", days=days)


@pytest.mark.parametrize("line", ["until", "until yesterday", "until today", "until the moon"])
def test_what_is_no_day_to_come_is_not_guessed(line: str) -> None:
    assert not read(line, today=WEDNESDAY).read


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("resume", Said("", resume=True)),
        ("Reprendre PLC", Said("PLC", resume=True)),
        ("PLC until Monday", Said("PLC", days=(date(2025, 2, 17),))),
        ("Communauté pour le primaire", Said("Communauté pour le primaire", given=False)),
        ("", Said("", given=False)),
    ],
)
def test_what_else_a_line_says(line: str, said: Said) -> None:
    assert read(line, today=WEDNESDAY) == said


async def test_a_line_pauses_and_the_receipt_takes_it_back(chat: Chat) -> None:
    done = await chat.say("/pause until Monday")
    assert done.card.title == "Paused"
    assert "Paused until Monday 17 February 2025; that day I start again." in done.text
    assert await paused(chat) == [(NUDGES, date(2025, 2, 17))]
    undone = await chat.press(done, "Undo")
    assert undone.card.title == "On again"
    assert await paused(chat) == []
    again = await chat.press(undone, "Undo")
    assert await paused(chat) == [(NUDGES, date(2025, 2, 17))]
    assert (await chat.press(done, "Undo")).text.count("changed") == 1, "an old receipt"
    assert (await chat.press(again, "Start again")).card.title == "On again"


async def test_it_is_said_in_french(chat: Chat) -> None:
    done = await chat.say("/pause jusqu’à lundi", FRENCH)
    assert "En pause jusqu’au lundi 17 février 2025; ce jour-là, je reprends." in done.text
    assert "En pause jusqu’à nouvel ordre." in (await chat.say("/pause forever", FRENCH)).text
    assert (await chat.say("/pause reprendre", FRENCH)).card.title == "De nouveau en marche"
    assert await paused(chat, "chantal") == []


async def test_alone_it_shows_what_is_paused_and_offers(chat: Chat) -> None:
    shown = await chat.say("/pause")
    assert shown.labels == ["Until tomorrow", "Until Monday", "Two weeks", "Until I say"]
    await chat.press(shown, "Until I say")
    assert await paused(chat) == [(NUDGES, None)]
    shown = await chat.say("/pause")
    assert "Paused until you say." in shown.text
    assert shown.labels == ["Start again", "Another day"]
    await chat.press(shown, "Start again")
    assert await paused(chat) == []


async def test_another_day_is_asked_for_in_a_form(chat: Chat) -> None:
    done = await chat.say("/pause until Monday")
    form = await chat.press(done, "Another day")
    for wrong in ("2025-02-12", "2024-12-01", "2027-01-01", "soon"):
        refused = await chat.submit(form, until=wrong)
        assert "Choose a day after today" in refused.text
        assert refused.form.inputs[0].value == wrong
    await chat.submit(form, until="2025-03-03")
    assert await paused(chat) == [(NUDGES, date(2025, 3, 3))]


async def test_a_day_that_reads_two_ways_is_asked_about(chat: Chat) -> None:
    asked = await chat.say("/pause until 03/04")
    assert asked.labels == ["Tuesday 4 March 2025", "Thursday 3 April 2025"]
    await chat.press(asked, "Thursday 3 April 2025")
    assert await paused(chat) == [(NUDGES, date(2025, 4, 3))]


async def test_what_was_said_wrongly_is_given_back(chat: Chat) -> None:
    refused = await chat.say("/pause until the moon")
    assert "Until when?" in refused.text
    assert "until the moon" in refused.text
    assert "nothing by that name" in (await chat.say("/pause Atlantis until Monday")).text
    assert "nothing that I remind you of" in (await chat.say("/pause", MANAGER)).text


async def test_a_button_is_a_strangers_word(chat: Chat) -> None:
    shown = await chat.say("/pause")
    for forged in (
        {"about": "community/7"},
        {"about": "x"},
        {"until": "2020-01-01"},
        {"until": "x"},
    ):
        await chat.press(shown, "Until Monday", tampered=forged)
    assert await paused(chat) == []
    done = await chat.say("/pause until Monday")
    await chat.press(done, "Undo", FRENCH)
    assert await paused(chat) == [(NUDGES, date(2025, 2, 17))]


async def test_the_home_page_says_what_is_paused(chat: Chat) -> None:
    assert "Paused" not in (await chat.say("/home")).text
    await chat.say("/pause until Monday")
    page = await chat.say("/home")
    assert "Paused until Monday 17 February 2025" in page.text
    await chat.press(page, "Start again")
    assert await paused(chat) == []


async def test_a_member_pauses_the_reminders_of_their_community(chat: Chat) -> None:
    community = await gather(chat, STAFF, *MEMBERS)
    shown = await chat.say("/pause", KAYLA)
    assert community.says.name_en in shown.text
    await chat.say("/pause until Monday", KAYLA)
    about = quiet.of_community(community.id)
    assert await paused(chat, KAYLA.id) == [(about, date(2025, 2, 17))]
    word = community.says.name_en.split()[0]
    await chat.say(f"/pause {word} for two weeks", KAYLA)
    assert await paused(chat, KAYLA.id) == [(about, date(2025, 2, 26))]
