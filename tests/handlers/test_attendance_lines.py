"""/attendance in one line: heads by day, names beside a title, and what is never guessed."""

from dataclasses import replace

import pytest

from storage import presences
from storage.presences import Counted
from storage.rosters import Member
from tests.conversation import FRENCH, MANAGER, MEMBER, Answer, Chat
from tests.handlers.attending import PEOPLE, enrol, hold, names, there


@pytest.fixture
async def held(chat: Chat) -> dict[str, int]:
    """Sessions by their titles, and four people on the roster."""
    await chat.store.write(enrol, *PEOPLE)
    write = chat.store.write
    return {
        "mapping": await write(hold, "Asset mapping", "2025-02-11"),
        "welcome": await write(hold, "Welcome day", "2025-02-05", "2025-02-06"),
        "parents": await write(
            hold, "Reading at home", "2025-02-08", target="family-workshops", head_counts=True
        ),
    }


@pytest.mark.parametrize(
    ("said", "heads"),
    [
        ("/attendance welcome 14", [(0, 14), (1, 14)]),
        ("/attendance welcome 14, day 2: 12", [(0, 14), (1, 12)]),
        ("/presences welcome 14, jour 2 : 12", [(0, 14), (1, 12)]),
        ("/attendance welcome 14 day 1, 12 day 2", [(0, 14), (1, 12)]),
        ("/attendance welcome day 14", [(0, 14), (1, 14)]),
        ("/attendance welcome day 1: 9 day 2: 8", [(0, 9), (1, 8)]),
        ("/attendance 7 welcome on day 2", [(1, 7)]),
        ("/attendance 2025-02-05 14", [(0, 14), (1, 14)]),
    ],
)
async def test_each_day_has_the_number_that_is_said_of_it(
    chat: Chat, held: dict[str, int], said: str, heads: list[tuple[int, int]]
) -> None:
    await chat.say(said)
    says = await there(chat, held["welcome"])
    assert [(one.day, one.number) for one in says.counts] == heads


async def test_boards_can_differ_from_day_to_day(chat: Chat, held: dict[str, int]) -> None:
    done = await chat.say("/attendance welcome 14 EMSB 9 RSB 5, day 2: 12 people, EMSB 9")
    says = await there(chat, held["welcome"])
    assert set(says.counts) == {
        Counted(0, "EMSB", 9),
        Counted(0, "RSB", 5),
        Counted(1, "EMSB", 9),
        Counted(1, "", 3),
    }
    assert "14 + 12" in done.text
    form = await chat.press(done, "Count heads")
    assert form.form.inputs[0].value == "day 1: 14 EMSB 9 RSB 5, day 2: 12 EMSB 9"
    again = await chat.submit(form)
    assert "nothing has changed" in again.text
    french = await chat.press(done, "Count heads", FRENCH)
    await chat.submit(french, FRENCH)
    assert await there(chat, held["welcome"]) == says


@pytest.mark.parametrize(
    ("said", "came"),
    [
        ("asset mapping Marie Tremblay, John O'Brien", {"Marie Tremblay", "John O’Brien"}),
        ("Marie Tremblay and Aicha Diallo at asset mapping", {"Marie Tremblay", "Aïcha Diallo"}),
        ("yesterday: Tremblay, noemie cote", {"Noémie Côté", "(Tremblay)"}),
        ("hier Marie Tremblay et Zed Zorn", {"Marie Tremblay", "(Zed Zorn)"}),
        ("asset mapping Marie Tremblay, Zed Zorn, Bea Bell", {
            "Marie Tremblay", "(Zed Zorn)", "(Bea Bell)",
        }),
        ("yesterday Mary Tremblay", {"(Mary Tremblay)"}),
    ],
)  # fmt: skip
async def test_names_may_stand_beside_the_session(
    chat: Chat, held: dict[str, int], said: str, came: set[str]
) -> None:
    done = await chat.say(f"/attendance {said}")
    assert "Tue 11 Feb · Asset mapping" in done.text
    assert await names(chat, held["mapping"]) == came


async def test_by_its_number_a_session_takes_any_name(chat: Chat, held: dict[str, int]) -> None:
    await chat.say(f"/attendance #{held['mapping']} Zed Zorn")
    assert await names(chat, held["mapping"]) == {"(Zed Zorn)"}


async def test_heads_and_names_are_taken_together(chat: Chat, held: dict[str, int]) -> None:
    await chat.say("/attendance asset mapping 14 EMSB 9, Marie Tremblay")
    says = await there(chat, held["mapping"])
    assert says.participants == 14
    assert await names(chat, held["mapping"]) == {"Marie Tremblay"}


async def test_namesakes_are_not_guessed_but_one_human_is_one(
    chat: Chat, held: dict[str, int]
) -> None:
    await chat.store.write(enrol, replace(PEOPLE[0], email="", board="WQSB"))
    done = await chat.say("/attendance asset mapping Marie Tremblay")
    assert await names(chat, held["mapping"]) == {"(Marie Tremblay)"}
    who = await chat.press(done, "Who is it?")
    assert {"Marie Tremblay · EMSB", "Marie Tremblay · WQSB"} <= set(who.labels)
    (first,) = await chat.store.write(enrol, Member("Ann Able", "", "cda"))
    await chat.store.write(enrol, Member("Ann Able", "", "cda", same_as=first))
    await chat.say("/attendance asset mapping Ann Able")
    assert "Ann Able" in await names(chat, held["mapping"])


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/attendance 14 zebra", "find no session"),
        ("/attendance zebra yesterday", "find no session"),
        ("/attendance reading Marie Tremblay", "Nobody is named"),
        ("/attendance welcome 14 day 3", "has 2 days"),
        ("/attendance mapping 0", "How many came?"),
        ("/attendance welcome day 1 9 day 2", "How many came?"),
        ("/attendance mapping 20001", "find no session"),
        ("/attendance mapping 4 EMSB 9", "You say 4 came, and 9"),
    ],
)
async def test_what_cannot_be_is_said_kindly(
    chat: Chat, held: dict[str, int], said: str, answer: str
) -> None:
    refused = await chat.say(said)
    assert refused.reply.refused
    assert answer in refused.text
    assert said in refused.text
    for id in held.values():
        assert await chat.store.read(presences.of_session, id) is None


async def test_several_sessions_of_a_day_are_offered(chat: Chat, held: dict[str, int]) -> None:
    other = await chat.store.write(hold, "Reading at noon", "2025-02-11")
    asked = await chat.say("/attendance yesterday 14")
    assert asked.labels == ["This one", "This one"]
    await chat.press(asked, "This one")
    assert {(await there(chat, one)).participants for one in (other, held["mapping"])} == {0, 14}


async def test_what_is_over_and_has_none_is_proposed_first_and_for_names_no_parents(
    chat: Chat, held: dict[str, int]
) -> None:
    await chat.say("/attendance mapping 14")
    asked = await chat.say("/attendance 9")
    assert asked.text.index("Reading at home") < asked.text.index("Asset mapping")
    asked = await chat.say("/attendance Marie Tremblay")
    assert "Reading at home" not in asked.text


async def test_a_session_to_come_has_no_attendance_yet(chat: Chat, held: dict[str, int]) -> None:
    later = await chat.store.write(hold, "Later on", "2025-03-05")
    refused = await chat.say("/attendance later on 14")
    assert "still to come, on 5 March 2025" in refused.text
    assert await chat.store.read(presences.of_session, later) is None


async def test_forged_heads_change_nothing(chat: Chat, held: dict[str, int]) -> None:
    asked = await chat.say("/attendance 14")
    for forged in (
        "14",
        "[1]",
        '[{"day":0,"board":"ATLANTIS","number":3}]',
        '[{"day":0,"board":"","number":-3}]',
        '[{"day":9,"board":"","number":3}]',
    ):
        assert (await chat.press(asked, "This one", tampered={"heads": forged})).reply.refused
    assert (await there(chat, held["mapping"])).participants == 0


async def test_members_see_how_many_and_nobody_by_name(chat: Chat, held: dict[str, int]) -> None:
    done = await chat.say("/attendance mapping 14 EMSB 9, Marie Tremblay, Zed Zorn")
    card = await chat.press(await chat.press(done, "The session"), "Who came", MEMBER)
    assert "14" in card.text
    assert "EMSB 9" in card.text.replace("CSEM", "EMSB")
    assert not card.labels
    assert not any(name in card.text for name in ("Tremblay", "Zorn"))


async def test_many_unknown_names_have_pages(chat: Chat, held: dict[str, int]) -> None:
    many = ", ".join(f"Guest {letter}xx" for letter in "ABCDEFGH")
    done = await chat.say(f"/attendance #{held['mapping']} {many}")
    assert done.labels.count("Who is it?") == 6
    more = await chat.press(done, "More")
    assert more.labels.count("Who is it?") == 2
    first = await chat.press(more, "More")
    assert first.labels.count("Who is it?") == 6


async def test_who_is_unknown_can_be_added_to_the_roster_and_then_matched(
    chat: Chat, held: dict[str, int]
) -> None:
    done = await chat.say(f"/attendance #{held['welcome']} Zed Zorn", MANAGER)
    who = await chat.press(done, "Who is it?", MANAGER)
    form = await chat.press(who, "Add to the roster", MANAGER)
    assert {one.name: one.value for one in form.form.inputs}["name"] == "Zed Zorn"
    await chat.submit(form, MANAGER, role="cda", board="EMSB")
    who = await chat.press(done, "Who is it?", MANAGER)
    matched: Answer = await chat.press(who, "Zed Zorn · EMSB", MANAGER)
    assert await names(chat, held["welcome"]) == {"Zed Zorn"}
    assert await names(chat, held["welcome"], 1) == {"Zed Zorn"}
    await chat.press(matched, "Undo", MANAGER)
    assert await names(chat, held["welcome"]) == {"(Zed Zorn)"}
