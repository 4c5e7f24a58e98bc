"""/meeting series: four meetings of a school year are proposed, planned at once, and taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from storage.engine import Store
from storage.people import Newcomer, TeamRole
from tests.conversation import FRENCH, MEMBER, Chat
from tests.handlers.convening import ELEMENTARY, MARIE, SECONDARY, found, on_chat
from tests.handlers.test_convening import meetings

MARIE_THERE = replace(MARIE, guest=True)


@pytest.fixture
async def elementary(chat: Chat, store: Store) -> int:
    chat.now = datetime(2024, 9, 10, 15, tzinfo=UTC)
    id = await store.write(found, ELEMENTARY, "marie", "anne")
    await store.write(on_chat, MARIE)
    return id


async def days(chat: Chat, community: int = 0) -> list[date]:
    return [one.says.first for one in await meetings(chat, community)]


async def test_four_are_proposed_planned_and_taken_back(chat: Chat, elementary: int) -> None:
    card = await chat.say("/meeting series Elementary 1pm 2 h https://example.org/a")
    assert card.card.title == "Meetings of Elementary, 2024-25"
    assert await days(chat) == []
    done = await chat.press(card, "Plan all 4 meetings")
    assert await days(chat, elementary) == [
        date(2024, 10, 16),
        date(2025, 1, 15),
        date(2025, 3, 19),
        date(2025, 5, 21),
    ]
    for place, one in enumerate(await meetings(chat)):
        assert one.says.title == f"Meeting {place + 1} of Elementary"
        assert (one.says.starts, one.says.minutes) == ("13:00", 120)
        assert one.says.link == "https://example.org/a"
    assert "2 members; 1 can be told privately" in done.text
    gone = await chat.press(done, "Undo")
    assert await days(chat) == []
    back = await chat.press(gone, "Restore")
    assert len(await days(chat)) == 4
    await chat.press(back, "Undo")
    assert await days(chat) == []


async def test_members_are_told_of_all_four_in_one_message(chat: Chat, elementary: int) -> None:
    await chat.happened("meeting-reminders")
    card = await chat.say("/meeting series Elementary 1pm 2 h https://example.org/a")
    await chat.press(card, "Plan all 4 meetings")
    ((place, told),) = await chat.posted()
    assert place == "direct-marie"
    assert told.card.title == "4 nouvelles rencontres"
    assert told.text.count("13 h 00") == 4
    assert told.text.count("https://example.org/a") == 4
    assert "Venez-vous?" not in told.text
    files = [one for one in told.labels if one == "Fichier d’agenda (.ics)"]
    assert len(files) == 4
    file = (await chat.press(told, "Fichier d’agenda (.ics)", MARIE_THERE)).reply.file
    assert file is not None
    assert file.name == "rencontre-2024-10-16.ics"
    opened = await chat.press(told, "Répondre", MARIE_THERE)
    assert not opened.reply.replace
    assert "Venez-vous?" in opened.text
    await chat.press(opened, "Je viens", MARIE_THERE)
    ((_, shown),) = await chat.edited()
    assert shown.text.count("Vous avez dit") == 1
    # The first reminder of one that is not answered yet asks.
    chat.now = datetime(2025, 1, 8, 18, tzinfo=UTC)
    told = dict(await chat.happened("meeting-reminders"))["direct-marie"]
    assert "Venez-vous?" in told.text


async def test_what_becomes_of_one_is_shown_and_told_by_itself(chat: Chat, elementary: int) -> None:
    card = await chat.say("/meeting series Elementary 1pm 2 h")
    await chat.press(card, "Plan all 4 meetings")
    await chat.posted()
    await chat.say("/meeting cancel Meeting 2 of Elementary")
    shown = next(one for _, one in await chat.edited() if "13 h 00" in one.text)
    assert shown.card.title == "3 nouvelles rencontres"
    ((_, told),) = await chat.posted()
    assert told.card.title == "La rencontre n’a pas lieu"


async def test_taken_back_and_restored_all_four_are_told_at_once(
    chat: Chat, elementary: int
) -> None:
    done = await chat.press(await chat.say("/meeting series Elementary"), "Plan all 4 meetings")
    await chat.posted()
    gone = await chat.press(done, "Undo")
    ((_, told),) = await chat.posted()
    assert told.card.title == "4 rencontres n’ont pas lieu"
    assert "Répondre" not in told.labels
    ((_, shown),) = await chat.edited()
    assert shown.card.title == "4 rencontres n’ont pas lieu"
    back = await chat.press(gone, "Restore")
    ((_, told),) = await chat.posted()
    assert told.card.title == "4 nouvelles rencontres"
    # What was not said yet, and is so no longer, stays unsaid.
    gone = await chat.press(back, "Undo")
    await chat.press(gone, "Restore")
    assert [said.card.title for _, said in await chat.posted()] == ["4 nouvelles rencontres"]


async def test_another_day_is_a_press_away(chat: Chat, elementary: int) -> None:
    card = await chat.say("/meeting series Elementary Thursdays 9:30am 90 min")
    assert "Thursday 17 October 2024" in card.text
    earlier = await chat.press(card, "A week earlier")
    assert "Thursday 10 October 2024" in earlier.text
    after = await chat.press(earlier, "The day after")
    assert "Friday 11 October 2024" in after.text
    # Monday the 14th is Thanksgiving.
    after = await chat.press(after, "The day after")
    assert "Tuesday 15 October 2024" in after.text
    await chat.press(after, "Plan all 4 meetings")
    assert (await days(chat))[0] == date(2024, 10, 15)


async def test_what_is_planned_already_is_shown_and_kept(chat: Chat, elementary: int) -> None:
    await chat.say("/meeting Elementary October 8 2pm 60 min")
    card = await chat.say("/meeting series Elementary")
    assert "Planned already: it stays as it is." in card.text
    # As they met: Tuesdays at two.
    assert "Tuesday 21 January 2025" in card.text
    assert "14:00" in card.text
    await chat.press(card, "Plan all 3 meetings")
    assert len(await days(chat)) == 4
    with_all = await chat.say("/meeting series Elementary")
    assert with_all.card.title == "Meetings of Elementary, 2025-26"


async def test_planned_meanwhile_nothing_is_planned_twice(chat: Chat, elementary: int) -> None:
    card = await chat.say("/meeting series Elementary")
    await chat.say("/meeting Elementary October 8 2pm 60 min")
    await chat.press(card, "Plan all 4 meetings")
    assert len(await days(chat)) == 1


async def test_pressed_twice_it_is_planned_once(chat: Chat, elementary: int) -> None:
    card = await chat.say("/meeting series Elementary")
    for _ in range(2):
        await chat.press(card, "Plan all 4 meetings", key="same")
    assert len(await days(chat)) == 4


async def test_months_that_are_over_are_left_out(chat: Chat, elementary: int) -> None:
    chat.now = datetime(2025, 2, 12, 15, tzinfo=UTC)
    card = await chat.say("/meeting series Elementary")
    assert card.text.count("No school day is left in this month.") == 2
    await chat.press(card, "Plan all 2 meetings")
    next_year = await chat.say("/meeting series Elementary 2025-26")
    assert next_year.card.title == "Meetings of Elementary, 2025-26"


async def test_time_length_and_link_come_by_a_form(chat: Chat, elementary: int) -> None:
    card = await chat.say("/meeting series Elementary")
    assert "Not said yet" in card.text
    form = await chat.press(card, "Time and length")
    wrong = await chat.submit(form, at="25:00", length="soon", where="example")
    assert all(one.error for one in wrong.form.inputs)
    filled = await chat.submit(wrong, at="10:30", length="75 min", where="https://example.org")
    await chat.press(filled, "Plan all 4 meetings")
    (first, *_) = await meetings(chat)
    assert (first.says.starts, first.says.minutes) == ("10:30", 75)
    assert first.says.link == "https://example.org"


async def test_it_speaks_french(chat: Chat, elementary: int) -> None:
    card = await chat.say("/rencontre série primaire les jeudis 13 h 90 min", FRENCH)
    assert card.card.title == "Rencontres de Primaire, 2024-25"
    assert "Jeudi 17 octobre 2024" in card.text
    done = await chat.press(card, "Planifier les 4 rencontres", FRENCH)
    assert "Rencontre 1 : Primaire" in done.text


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/meeting series", "Which community?"),
        ("/meeting series zebra", "Which community?"),
        ("/meeting series Elementary 2019-20", "Say a school year"),
        ("/meeting series Secondary and vocational 2025-26", "does not run"),
    ],
)
async def test_what_cannot_be_is_said(
    chat: Chat, store: Store, elementary: int, line: str, says: str
) -> None:
    await store.write(found, replace(SECONDARY, years=(2024, 2024)))
    assert says in (await chat.say(line)).text


async def test_without_any_community_it_says_how_one_is_made(chat: Chat) -> None:
    assert "/community new" in (await chat.say("/meeting series")).text


@pytest.mark.parametrize(
    "forged",
    [
        {"days": "2024-10-13,,,"},  # a Sunday
        {"days": "2024-11-13,,,"},
        {"days": "2024-10-16"},
        {"days": "soon,,,"},
        {"year": "2019"},
        {"minutes": "9999"},
        {"starts": "noon"},
        {"link": "javascript:alert(1)"},
    ],
)
async def test_forged_buttons_plan_nothing(
    chat: Chat, elementary: int, forged: dict[str, str]
) -> None:
    card = await chat.say("/meeting series Elementary")
    await chat.press(card, "Plan all 4 meetings", tampered=forged)
    assert await days(chat) == []


async def test_members_plan_nothing(chat: Chat, elementary: int) -> None:
    card = await chat.say("/meeting series Elementary")
    await chat.press(card, "Plan all 4 meetings", MEMBER)
    assert await days(chat) == []
    done = await chat.press(card, "Plan all 4 meetings")
    await chat.press(done, "Undo", MEMBER)
    await chat.press(done, "Undo", tampered={"made": "x"})
    assert len(await days(chat)) == 4


async def test_without_a_community_it_says_how_to_make_one(chat: Chat) -> None:
    assert "/community new" in (await chat.say("/meeting series")).text


async def test_a_year_in_which_it_does_not_run_is_refused(chat: Chat, elementary: int) -> None:
    refused = await chat.say("/meeting series Elementary 2035-36 1pm 90 min")
    assert refused.reply.refused


async def test_a_stranger_is_given_no_calendar_file(chat: Chat, elementary: int) -> None:
    card = await chat.say("/meeting series Elementary 1pm 2 h")
    await chat.press(card, "Plan all 4 meetings")
    told = next(said for place, said in await chat.posted() if place == "direct-marie")
    assert (await chat.press(told, told.labels[3], MARIE)).reply.file is not None
    stranger = Newcomer("test", "zed", "Zed Roy", "fr-CA", guest=True, role=TeamRole.MEMBER)
    refused = await chat.press(told, told.labels[3], stranger)
    assert refused.reply.refused
    assert refused.reply.file is None
