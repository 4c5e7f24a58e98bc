"""The sample, as someone who is new to it finds it: what is held, and what waits for an answer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import sample, sample_under_way
from bot.web import cast
from storage import people
from storage.delivered import latest
from storage.engine import Store
from storage.plan_files import load_plans
from storage.verify import problems
from tests.conversation import Chat


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    sample_under_way.write_plan(tmp_path)
    store = Store(tmp_path)
    chat = Chat(store, plans=load_plans(tmp_path))
    await sample.fill(store, chat.plans, under_way=True)
    yield chat
    await store.close()


async def test_its_plan_of_communities_is_a_press_from_progress(chat: Chat) -> None:
    card = await chat.say("/progress", cast.DANIEL)
    assert "PRT Action Plan 2024-2025" in card.text  # that year's own, of the two in force
    card = await chat.press(
        card, "Well-being at school: communities of practice 2024-2027", cast.DANIEL
    )
    assert "2 of 24 (8.3%)" in card.text
    assert "preschool and elementary school: 2 of 12" in card.text
    assert "Due: 19 March 2025 (assumed)" in card.text
    assert "2022" not in (await chat.press(card, card.labels[1], cast.DANIEL)).text


async def test_the_milestones_of_the_last_plan_are_two_presses_away(chat: Chat) -> None:
    card = await chat.say("/progres", cast.GENEVIEVE)
    card = await chat.press(
        card, "Bien-être à l’école : communautés de pratique 2021-2024", cast.GENEVIEVE
    )
    for words in ("Échéance : 15 juin 2022 (présumé)", "Échéance : 12 juin 2024 (présumé)"):
        assert words in card.text


async def test_a_meeting_to_come_has_answers_and_waits_for_the_guests(chat: Chat) -> None:
    card = await chat.say("/meeting", cast.KAYLA)
    assert "Wednesday 26 February 2025" in card.text
    assert "Are you coming?" in card.text
    opened = await chat.press(card, "Open", cast.KAYLA)
    assert "2 coming" in opened.text
    coming = await chat.press(opened, "Coming", cast.KAYLA)
    assert "3 coming" in coming.text


async def test_a_week_on_the_guest_is_reminded(chat: Chat) -> None:
    await chat.happened()
    chat.pass_time(days=8)
    await chat.happened()
    kayla = await chat.store.read(people.find, cast.PLATFORM, cast.KAYLA.id)
    told = await chat.store.read(latest, limit=100)
    assert kayla is not None
    assert [one.post.says for one in told if one.post.person == kayla.id] == ["meeting.told"]


async def test_a_call_is_open_and_has_interests(chat: Chat) -> None:
    card = await chat.say("/interest list", cast.DANIEL)
    for words in ("Parkdale High School", "Relevant · not told yet", "Received", "look at again"):
        assert words in card.text
    form = await chat.say("/interest", cast.KAYLA)
    assert form.form.name == "interest.send"


async def test_the_guide_is_made_of_its_practices(chat: Chat) -> None:
    card = await chat.say("/guide", cast.GENEVIEVE)
    built = await chat.press(card, "Le produire en français", cast.GENEVIEVE)
    assert built.reply.file is not None
    assert built.reply.file.name.endswith(".docx")


async def test_what_it_keeps_proves_right(chat: Chat) -> None:
    assert await chat.store.read(problems) == []
