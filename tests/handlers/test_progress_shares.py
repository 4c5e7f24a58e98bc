"""/progress: shares opened, down to who they are of; and rates of few replies, which few see."""

from datetime import date

import pytest

from storage import presences
from storage.engine import Tx
from storage.people import Newcomer, TeamRole
from storage.presences import Attendance, Present
from tests.conversation import ADMIN, FRENCH, MANAGER, MEMBER, STAFF, Chat
from tests.handlers.holding import enrol, hold, row
from tests.storage.making import NOW, meet


async def test_a_share_says_of_what(chat: Chat) -> None:
    await chat.store.write(hold, "pd-workshops", replies=(60, 41, 31), counts=(("", 60),))
    assert "31 of 41 (75.6%), goal: 75% | met" in await row(chat, "pd-feedback")
    opened = await chat.say("/progress pd-feedback")
    assert "over all the sessions that count: 31 ÷ 41" in opened.text
    assert "Positive, of all who came\n31 of 60 (51.6%)" in opened.text
    assert "Replies, of all who were asked\n41 of 60 (68.3%)" in opened.text
    listed = await chat.press(opened, "Sessions that count (1)")
    back = await chat.press(listed, "Back to the target")
    assert back.card == opened.card


async def test_almost_is_not_met_and_not_rounded_up(chat: Chat) -> None:
    await chat.store.write(hold, "pd-workshops", replies=(999, 999, 749))
    assert "749 of 999 (74.9%), goal: 75% | on track" in await row(chat, "pd-feedback")


async def test_no_replies_are_no_data(chat: Chat) -> None:
    assert "Goal: 75% | no data" in await row(chat, "pd-feedback")
    opened = await chat.say("/progres pd-feedback", FRENCH)
    assert "Il n’y a encore rien à diviser : aucune donnée." in opened.text


FEW = [(STAFF, True), (STAFF, False), (MEMBER, True), (MANAGER, False)]


@pytest.mark.parametrize(("who", "direct"), FEW)
async def test_below_five_replies_no_rate_is_shown(chat: Chat, who: Newcomer, direct: bool) -> None:
    await chat.store.write(hold, "pd-workshops", replies=(9, 4, 3), counts=(("", 9),))
    chat.direct = direct
    shown = [
        await chat.say("/progress", who),
        await chat.say("/home", who),
        await chat.say("/progress indicators", who),
        await chat.say("/progress pd-workshops", who),
        await chat.say("/progress pd-feedback", who),
    ]
    if who is not MEMBER:
        shown.append(await chat.press(shown[-1], "Sessions that count (1)", who))
    for card in shown:
        for rate in ("3 of 4", "3 sur 4", "75.0", "3 ÷ 4", "of 9 (33", "sur 9 (33"):
            assert rate not in card.text
    said = await row(chat, "pd-feedback", who)
    assert "fewer than five replies" in said or "moins de cinq réponses" in said
    assert "met" not in said.split(" | ")[2]
    assert "4 of 9 (44.4%)" in shown[4].text or "4 sur 9 (44,4 %)" in shown[4].text


@pytest.mark.parametrize("who", [MANAGER, ADMIN])
async def test_a_manager_sees_the_rate_of_few_by_themself(chat: Chat, who: Newcomer) -> None:
    await chat.store.write(hold, "pd-workshops", replies=(9, 4, 3))
    said = await row(chat, "pd-feedback", who)
    assert "3 of 4 (75%)" in said or "3 sur 4 (75 %)" in said
    await chat.store.write(hold, "pd-workshops", replies=(1, 1, 0))
    assert "3 of 5 (60%)" in await row(chat, "pd-feedback")


async def test_few_replies_of_one_session_among_many_are_hidden_there(chat: Chat) -> None:
    await chat.store.write(hold, "pd-workshops", replies=(9, 6, 6))
    await chat.store.write(hold, "pd-workshops", replies=(9, 4, 3))
    opened = await chat.say("/progress pd-feedback")
    listed = await chat.press(opened, "Sessions that count (2)")
    assert "6 of 9 replied · positive: 6 of 6 (100%)" in listed.text
    assert "4 of 9 replied · fewer than five replies" in listed.text
    listed = await chat.press(opened, "Sessions that count (2)", MANAGER)
    assert "4 of 9 replied · positive: 3 of 4 (75%)" in listed.text


def peers(tx: Tx) -> None:
    ann, bob = enrol(tx, "Ann Lee", "cda", "EMSB"), enrol(tx, "Bob Roy", "cda", "")
    hold(tx, "plc-meetings", date(2024, 10, 23), present=(ann, bob))
    hold(tx, "plc-meetings", date(2024, 12, 4), present=(ann,))


async def test_a_share_of_attendance_opens_to_people_for_managers(chat: Chat) -> None:
    await chat.store.write(peers)
    assert "1 of 2 (50%), goal: 50% | not due yet" in await row(chat, "plc-attend-all")
    opened = await chat.say("/progress plc-attend-all", MANAGER)
    assert "People at all 2 meetings held so far ÷ people at one or more: 1 ÷ 2" in opened.text
    assert "Still possible: at every meeting held so far\n1 of 2 (50%)" in opened.text
    assert "Ann" not in opened.text
    people = await chat.press(opened, "People", MANAGER)
    assert people.reply.private
    assert "Bob Roy\nCDA · at 1 of 2 sessions" in people.text
    assert "Ann Lee\nCDA · EMSB · at 2 of 2 sessions" in people.text
    assert people.text.index("Bob") < people.text.index("Ann")
    back = await chat.press(people, "Back to the target", MANAGER)
    assert back.card == opened.card


@pytest.mark.parametrize("who", [STAFF, MEMBER])
async def test_others_see_no_people(chat: Chat, who: Newcomer) -> None:
    await chat.store.write(peers)
    opened = await chat.say("/progress plc-attend-all", who)
    assert not {"People", "Personnes"} & set(opened.labels)
    theirs = await chat.say("/progress plc-attend-all", MANAGER)
    forged = await chat.press(theirs, "People", who)
    assert "Ann" not in forged.text


def newcomers(tx: Tx) -> None:
    ann = enrol(tx, "Ann Lee", "cda", "EMSB", date(2024, 8, 26))
    bob = enrol(tx, "Bob Roy", "cda", "RSB", date(2024, 8, 26))
    enrol(tx, "Cy Ng", "cda", "RSB", date(2025, 2, 3))
    both = date(2024, 9, 17), date(2024, 9, 18)
    id = hold(tx, "onboarding-sessions", *both)
    there = Present(0, ann), Present(1, ann), Present(0, bob)
    presences.take(tx, Attendance(id, (), there), meet(tx, "Manager", TeamRole.MANAGER), NOW)


async def test_who_is_onboarded(chat: Chat) -> None:
    await chat.store.write(newcomers)
    opened = await chat.say("/progress onboarding-coverage", MANAGER)
    assert "all CDAs who started between 1 July 2024 and 12 February 2025: 1 ÷ 3" in opened.text
    assert "(hired before the last one)\n1 of 2 (50%)" in opened.text
    people = await chat.press(opened, "People", MANAGER)
    assert "Cy Ng\nCDA · RSB · at 0 of 1 session\n" in people.text
    assert "Bob Roy\nCDA · RSB · at 1 of 1 session, on every day at 0" in people.text
    assert "Ann Lee\nCDA · EMSB · at 1 of 1 session\n" in people.text
    sessions_ = await chat.say("/progress onboarding-sessions")
    assert "New this year\n2\n" in sessions_.text
