"""/people same: two lines of the roster become one person, and are counted as one."""

from dataclasses import replace
from datetime import date

import pytest

from storage import people, presences, records, rosters, sessions
from storage.engine import Tx
from storage.people import Newcomer
from storage.presences import Attendance, Present
from storage.rosters import MEMBER as PERSON
from storage.rosters import Member
from storage.sessions import Day, Session
from tests.conversation import ADMIN, MANAGER, MEMBER, STAFF, Answer, Chat
from tests.storage.making import NOW

MARIE = Member("Marie Tremblay", "marie@example.org", "cda", "EMSB", starts=date(2024, 9, 3))
AGAIN = replace(MARIE, name="Marie T.", email="")
LISE = replace(MARIE, name="Lise Roy", email="lise@example.org")
PLC = Session("plc-meetings", "PLC", days=(Day(date(2025, 2, 4), "", 120),))

ASK = "/people same Marie Tremblay = Marie T."


@pytest.fixture
async def known(chat: Chat) -> Chat:
    """Marie Tremblay (1), Marie T. (2) and Lise Roy (3), each at one meeting of two or both."""
    await chat.say("/help", MANAGER)

    def work(tx: Tx) -> None:
        sam = people.find(tx, "test", "sam")
        assert sam is not None
        for one in (MARIE, AGAIN, LISE):
            records.add(tx, PERSON, one, sam, NOW)
        for there in ((1, 3), (2, 3)):
            held = records.add(tx, sessions.KIND, PLC, sam, NOW).id
            present = tuple(Present(0, id) for id in there)
            presences.take(tx, Attendance(held, present=present), sam, NOW)

    await chat.store.write(work)
    return chat


async def humans(chat: Chat) -> list[int]:
    found = await chat.store.read(rosters.humans)
    return [human for _, human in sorted(found.items())]


async def always(chat: Chat) -> str:
    return (await chat.say("/progress plc-attend-all", MANAGER)).text


async def test_both_are_shown_then_joined_and_taken_apart_again(known: Chat) -> None:
    assert "1 of 3" in await always(known)
    asked = await known.say(ASK, MANAGER)
    for words in ("Marie Tremblay · CDA · EMSB", "marie@example.org", "Marie T.", "1 session"):
        assert words in asked.text
    assert await humans(known) == [1, 2, 3], "nothing is done yet"
    joined = await known.press(asked, "One person", MANAGER)
    assert "count once in every figure" in joined.text
    assert joined.reply.replace
    assert await humans(known) == [1, 1, 3]
    assert "2 of 2" in await always(known)
    undone = await known.press(joined, "Undo", MANAGER)
    assert await humans(known) == [1, 2, 3]
    assert "1 of 3" in await always(known)
    await known.press(undone, "Restore", MANAGER)
    assert await humans(known) == [1, 1, 3]


async def test_the_roster_says_who_is_one(known: Chat) -> None:
    await known.press(await known.say(ASK, MANAGER), "One person", MANAGER)
    listed = await known.say("/people Marie T", MANAGER)
    assert "one person with Marie T. (CDA · EMSB · since 3 September 2024)" in listed.text
    assert "one person with Marie Tremblay (CDA" in listed.text
    assert "one person with" in (await known.say("/people Marie T")).text
    assert "one person with" not in (await known.say("/people Lise")).text


async def test_who_is_one_already_can_be_two(known: Chat) -> None:
    await known.press(await known.say(ASK, MANAGER), "One person", MANAGER)
    asked = await known.say(ASK, MANAGER)
    assert "They are one person" in asked.text
    assert asked.labels == ["Two people"]
    two = await known.press(asked, "Two people", MANAGER)
    assert await humans(known) == [1, 2, 3]
    await known.press(two, "Undo", MANAGER)
    assert await humans(known) == [1, 1, 3]


async def test_a_name_that_two_have_is_enough(known: Chat) -> None:
    assert "The same person?" in (await known.say("/people same Marie", MANAGER)).text
    french = await known.say("/équipe même Marie", ADMIN)
    assert french.labels == ["Une personne", "Deux personnes"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/people same", "Say who it is"),
        ("/people same Lise", "Say who it is"),
        ("/people same Lise =", "Say who it is"),
        ("/people same Lise = Nobody", "Nobody on the roster goes by “Nobody”"),
        ("/people same Marie = Lise", "Several lines of the roster go by “Marie”"),
        ("/people same Lise = lise@example.org", "one and the same line"),
    ],
)
async def test_what_is_not_understood_says_how(known: Chat, said: str, answer: str) -> None:
    refused = await known.say(said, MANAGER)
    assert answer in refused.text
    assert said in refused.text, "what was typed is given back"


@pytest.mark.parametrize("who", [STAFF, MEMBER])
async def test_it_is_for_managers(known: Chat, who: Newcomer) -> None:
    asked = await known.say(ASK, MANAGER)
    assert await _refused(known, await known.say(ASK, who))
    for label in ("One person", "Two people"):
        assert await _refused(known, await known.press(asked, label, who))
    joined = await known.press(asked, "One person", MANAGER)
    assert await _refused(known, await known.press(joined, "Undo", who), [1, 1, 3])


async def _refused(chat: Chat, answer: Answer, expected: list[int] | None = None) -> bool:
    assert await humans(chat) == (expected or [1, 2, 3])
    refusals = ("kept by managers", "tenu par les gestionnaires", "how I know you", "Comment je")
    return any(words in answer.text for words in refusals)


async def test_a_card_that_is_too_old_says_so(known: Chat) -> None:
    asked = await known.say(ASK, MANAGER)
    joined = await known.press(asked, "One person", MANAGER)
    assert "has changed since" in (await known.press(asked, "One person", MANAGER)).text
    await known.press(joined, "Undo", MANAGER)
    assert "has changed since" in (await known.press(joined, "Undo", MANAGER)).text
    for changed in ({"other": "77"}, {"one": "x"}, {"other": "1"}):
        answer = await known.press(asked, "One person", MANAGER, tampered=changed)
        assert "did not work" in answer.text
    assert await humans(known) == [1, 2, 3]


async def test_the_same_delivery_twice_joins_once(known: Chat) -> None:
    asked = await known.say(ASK, MANAGER)
    first, second = [await known.press(asked, "One person", MANAGER, key="twice") for _ in range(2)]
    assert first.text == second.text
    decided = await known.store.read(
        lambda tx: tx.rows("SELECT 1 FROM records WHERE kind = 'same'")
    )
    assert len(decided) == 1


async def test_an_edit_and_a_list_leave_who_is_one(known: Chat) -> None:
    await known.press(await known.say(ASK, MANAGER), "One person", MANAGER)
    form = await known.say("/people change Marie T.", MANAGER)
    await known.submit(form, MANAGER, centre="LaurierMac CLC")
    assert await humans(known) == [1, 1, 3]
    listed = await known.drop("name,role,centre\nMarie T.,CDA,Riverview\n", MANAGER)
    await known.press(listed, "Take in", MANAGER)
    assert await humans(known) == [1, 1, 3]


async def test_who_comes_back_after_an_end_is_one_by_themself(known: Chat) -> None:
    await known.say("/people end Lise Roy 2024-12-20", MANAGER)
    ending = await known.say("/people end Lise Roy 2024-12-20", MANAGER)
    await known.submit(ending, MANAGER)
    listed = await known.drop("name,role,start\nLise Roy,CDA,2025-02-03\n", MANAGER)
    assert "back again: one person, who counts once" in listed.text
    taken = await known.press(listed, "Take in", MANAGER)
    assert await humans(known) == [1, 2, 3, 3]
    more = await known.drop("name,role,start\nLise Roy,CDA,2025-02-03\n", MANAGER)
    assert "There is nothing to take in" in more.text
    await known.press(taken, "Undo", MANAGER)
    assert await humans(known) == [1, 2, 3]


async def test_in_a_channel_it_is_private(known: Chat) -> None:
    known.direct = False
    asked = await known.say(ASK, MANAGER)
    assert asked.reply.private
    assert (await known.press(asked, "One person", MANAGER)).reply.private
