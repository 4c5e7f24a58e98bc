"""/attendance: who came, by head, by name and from a file; taken back as a whole."""

import json
from datetime import date
from pathlib import Path

import pytest

from storage import presences, rosters, session_sums, sessions
from storage.presences import Attendance
from storage.rosters import Member
from tests.conversation import FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat

PLAN_FIRST, PLAN_LAST = date(2024, 7, 1), date(2025, 6, 30)
SAMPLES = Path(__file__).parents[3] / "shared/samples"
PEOPLE = (
    Member("Marie Tremblay", "marie.tremblay@emsb.example", "cda", "EMSB"),
    Member("Michele DiSalvatore", "mdisalvatore@lbpsb.example", "cda", "LBPSB"),
    Member("Noémie Côté", "ncote@cssdulittoral.example", "cda", "LITTORAL"),
    Member("Aïcha Diallo", "adiallo@rsb.example", "principal", "RSB"),
    Member("John O'Brien", "jobrien@wqsb.example", "board_rep", "WQSB"),
)
TEAMS = """1. Summary
Meeting title\tPLC meeting 1
Start time\t10/16/24, 1:00:12 PM
End time\t10/16/24, 2:30:05 PM

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
The Host\t10/16/24, 1:00:12 PM\t10/16/24, 2:30:05 PM\t1h 29m\th@learn.example\th\tOrganizer
Marie Tremblay\t10/16/24, 1:01:00 PM\t10/16/24, 2:30:00 PM\t1h 29m\t\t\tPresenter
Noemie Cote\t10/16/24, 1:01:00 PM\t10/16/24, 2:30:00 PM\t1h 29m\t\t\tAttendee
Mishele DiSalvatore\t10/16/24, 1:01:00 PM\t10/16/24, 2:30:00 PM\t1h 29m\t\t\tAttendee
Aïcha Diallo\t10/16/24, 1:01:00 PM\t10/16/24, 1:06:00 PM\t5m\t\t\tAttendee
"""
TWO_DAYS = """Name,Join Time,Leave Time,Duration (Minutes),Guest
Marie Tremblay,11/13/2024 09:00:00 AM,11/13/2024 03:00:00 PM,360,No
Marie Tremblay,11/14/2024 09:00:00 AM,11/14/2024 03:00:00 PM,360,No
Noémie Côté,11/13/2024 09:00:00 AM,11/13/2024 03:00:00 PM,360,No
"""


@pytest.fixture
async def plc(chat: Chat) -> Chat:
    """A conversation with five people on the roster, and a meeting that is over."""
    await chat.say("/help", MANAGER)

    for one in PEOPLE:
        form = await chat.say(f"/people add {one.name}, {one.email}", MANAGER)
        await chat.submit(form, MANAGER, role=one.role, board=one.board)
    await chat.say("/meeting PLC meeting 1 2024-10-16 at 1pm 90 min")
    return chat


async def there(chat: Chat, session: int = 0) -> Attendance | None:
    """The attendance that counts of a session, the only one if none is said."""
    found = await chat.store.read(sessions.found, "", PLAN_FIRST, PLAN_LAST, limit=9)
    id = session or found[0].id
    record = await chat.store.read(presences.of_session, id)
    return record.says if record else None


async def names(chat: Chat) -> set[str]:
    says = await there(chat)
    assert says is not None
    known = {one.id: one.says.name for one in await chat.store.read(rosters.everyone)}
    return {known[one.member] for one in says.present}


async def heads(chat: Chat) -> int:
    says = await there(chat)
    return says.participants if says else 0


async def proposed(chat: Chat, said: str) -> Answer:
    """What is recorded for the session that is proposed."""
    return await chat.press(await chat.say(said), "This one")


@pytest.mark.parametrize(
    ("said", "participants", "boards"),
    [
        ("/attendance 14 EMSB 9 RSB 5", 14, {"EMSB": 9, "RSB": 5}),
        ("/presences 14 personnes CSEM 9 RSB 5", 14, {"EMSB": 9, "RSB": 5}),
        ("/attendance 14 people, EMSB 9", 14, {"EMSB": 9, "": 5}),
        ("/attendance 14", 14, {"": 14}),
        ("/attendance EMSB 9, RSB 5", 14, {"EMSB": 9, "RSB": 5}),
    ],
)
async def test_heads_are_counted_for_the_session_that_is_proposed(
    plc: Chat, said: str, participants: int, boards: dict[str, int]
) -> None:
    asked = await plc.say(said)
    assert "PLC meeting 1" in asked.text
    assert await there(plc) is None
    done = await plc.press(asked, "This one")
    says = await there(plc)
    assert says is not None
    assert (says.participants, says.boards) == (participants, boards)
    assert str(participants) in done.text
    gone = await plc.press(done, "Undo")
    assert await there(plc) is None
    await plc.press(gone, "Restore")
    assert await heads(plc) == participants


async def test_a_session_that_is_named_is_not_asked_for(plc: Chat) -> None:
    for said in ("/attendance PLC 12", "/attendance 2024-10-16 13 people", "/presences 11 PLC"):
        done = await plc.say(said)
        assert "Wed 16 Oct" in done.text
    assert await heads(plc) == 11
    number = (await plc.store.read(sessions.found, "", PLAN_FIRST, PLAN_LAST, limit=1))[0].id
    await plc.say(f"/attendance #{number} 15")
    assert await heads(plc) == 15


async def test_numbers_that_do_not_add_up_are_asked_about(plc: Chat) -> None:
    said = await plc.say("/attendance 10 EMSB 9 RSB 5")
    assert "You say 10 came, and 14" in said.text
    assert await there(plc) is None
    said = await plc.say("/presences zèbre 3", FRENCH)
    assert "Je ne trouve pas cette séance" in said.text
    assert "/atelier liste" in said.text


async def test_each_day_of_several_has_its_own_number(plc: Chat) -> None:
    await plc.say("/workshop orientation for new CDAs Jan 21 and 22, two days")
    await plc.say("/attendance orientation 9")
    assert "session has 2 days" in (await plc.say("/attendance orientation 5 day 3")).text
    done = await plc.say("/attendance orientation day 2: 12")
    assert "12" in done.text
    says = await there(plc)
    assert says is not None
    assert [(one.day, one.number) for one in says.counts] == [(0, 9), (1, 12)]


async def test_names_are_typed_and_unknown_ones_are_asked_about(plc: Chat) -> None:
    done = await proposed(plc, "/attendance Marie Tremblay, noemie cote and Jon O'Brian")
    assert await names(plc) == {"Marie Tremblay", "Noémie Côté"}
    assert "On no roster" in done.text
    assert await heads(plc) == 3
    who = await plc.press(done, "Who is it?")
    assert "come near" in who.text
    matched = await plc.press(who, "John O'Brien · WQSB")
    assert "On no roster" not in matched.text
    assert await names(plc) == {"Marie Tremblay", "Noémie Côté", "John O'Brien"}
    await plc.press(matched, "Undo")
    assert await heads(plc) == 3
    assert len(await names(plc)) == 2


async def test_someone_else_is_looked_for_in_the_whole_roster(plc: Chat) -> None:
    done = await proposed(plc, "/attendance Marie Tremblay, Zed Zorn")
    who = await plc.press(done, "Who is it?", MANAGER)
    assert "Add to the roster" in who.labels
    form = await plc.press(who, "Someone else")
    assert form.form.inputs[0].search
    id = (await plc.store.read(rosters.named, "John O'Brien"))[0].id
    await plc.submit(form, member=str(id))
    assert "John O'Brien" in await names(plc)


async def test_names_are_picked_from_the_roster(plc: Chat) -> None:
    done = await proposed(plc, "/attendance Marie Tremblay")
    form = await plc.press(done, "Pick names")
    offered = dict(form.form.inputs[0].choices)
    ids = {label.split(" · ")[0]: id for id, label in offered.items()}
    assert form.form.inputs[0].value == ids["Marie Tremblay"]
    picked = f"{ids['Noémie Côté']},{ids['Aïcha Diallo']}"
    await plc.submit(form, there_0=picked, others="Zed Zorn")
    assert await names(plc) == {"Noémie Côté", "Aïcha Diallo"}
    assert await heads(plc) == 3
    assert (await plc.submit(form, there_0="999999")).reply.refused


async def test_a_report_is_previewed_confirmed_and_undone_as_a_whole(plc: Chat) -> None:
    asked = await plc.drop(TEAMS)
    assert "Nothing is stored yet" in asked.text
    shown = await plc.press(asked, "This one")
    assert "2 people matched" in shown.text
    assert "Too short to count: Aïcha Diallo (5 min)" in shown.text
    assert "Left out, as they held it: The Host" in shown.text
    assert await there(plc) is None
    chosen = await plc.press(shown, "Michele DiSalvatore · LBPSB")
    assert "3 people matched" in chosen.text
    done = await plc.press(chosen, "Take in")
    assert await names(plc) == {"Marie Tremblay", "Noémie Côté", "Michele DiSalvatore"}
    assert await heads(plc) == 3
    same = await plc.press(await plc.press(await plc.drop(TEAMS), "This one"), "Take in")
    assert "nothing has changed" in same.text
    await plc.press(done, "Undo")
    assert await there(plc) is None


async def test_those_who_held_it_can_be_counted(plc: Chat) -> None:
    shown = await plc.press(await plc.drop(TEAMS), "This one")
    kept = await plc.press(shown, "Count those who held it, too")
    assert "The Host" in kept.text
    await plc.press(kept, "Take in")
    assert await heads(plc) == 4
    assert "Leave out those who held it" in kept.labels


async def test_a_report_of_two_days_says_who_was_there_on_each(plc: Chat) -> None:
    await plc.say("/workshop orientation for new CDAs Nov 13-14, two days")
    done = await plc.press(await plc.press(await plc.drop(TWO_DAYS), "This one"), "Take in")
    assert "There all 2 days" in done.text
    found = (await plc.store.read(sessions.found, "orientation", PLAN_FIRST, PLAN_LAST, limit=1))[0]
    says = await there(plc, found.id)
    assert says is not None
    assert len(presences.complete(says, 2)) == 1
    assert len(says.present) == 3


async def test_of_parents_and_students_only_heads_are_kept(chat: Chat) -> None:
    await chat.say("/workshop CEGEP 2024-10-16 at 1pm 75 min, 3 students")
    asked = await chat.drop(TEAMS)
    assert "I kept no name" in asked.text
    shown = await chat.press(asked, "This one")
    assert "Marie" not in shown.text
    assert all("Marie" not in str(dict(one.values)) for one in shown.card.actions)
    done = await chat.press(shown, "Take in")
    assert await heads(chat) == 3
    assert "Pick names" not in done.labels
    assert "Marie" not in str(await there(chat))


async def test_a_report_without_a_session_says_so(chat: Chat) -> None:
    assert "No session has been recorded" in (await chat.drop(TEAMS)).text


async def test_forged_reports_and_people_are_refused(plc: Chat) -> None:
    asked = await plc.drop(TEAMS)
    for forged in ({"pending": "{}"}, {"pending": "x"}, {"session": "99999"}):
        assert (await plc.press(asked, "This one", tampered=forged)).reply.refused
    shown = await plc.press(asked, "This one")
    for forged in ({"chosen": "[]"}, {"chosen": '{"0": "x"}'}, {"pending": "[1]"}):
        assert (await plc.press(shown, "Take in", tampered=forged)).reply.refused
    assert await there(plc) is None


async def test_members_of_communities_neither_see_nor_say_who_came(plc: Chat) -> None:
    done = await proposed(plc, "/attendance Marie Tremblay")
    assert (await plc.say("/attendance 14", MEMBER)).reply.refused
    assert (await plc.drop(TEAMS, MEMBER)).reply.refused
    for label in done.labels:
        assert (await plc.press(done, label, MEMBER)).reply.refused
    assert "Qui est venu" not in (await plc.say("/presences", FRENCH)).labels


async def test_the_sums_are_those_of_the_sessions(plc: Chat) -> None:
    done = await proposed(plc, "/attendance Marie Tremblay, Zed Zorn")
    await plc.press(done, "Undo")
    await proposed(plc, "/attendance 14 EMSB 9 RSB 5")
    await plc.press(await plc.press(await plc.drop(TEAMS), "This one"), "Take in")
    assert await plc.store.read(lambda tx: list(session_sums.wrong(tx))) == []


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not beside this checkout")
async def test_the_samples_give_what_is_expected_of_them(plc: Chat) -> None:
    await plc.press(
        await plc.say("/workshop Family engagement workshop 2024-11-06 9am 3h"), "PD workshops"
    )
    expected = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
    for name, say in expected.items():
        if "minutes_present" not in say:
            continue
        shown = await plc.press(
            await plc.drop((SAMPLES / name).read_bytes(), STAFF, name=name), "This one"
        )
        pending = json.loads(shown.card.actions[0].values["pending"])
        minutes = {one["name"]: sum(one["days"]) for one in pending["people"]}
        for person, there_ in say["minutes_present"].items():
            plain = person.replace(" (Guest)", "")
            last_first = " ".join(reversed(plain.split(", ")))
            assert minutes[plain if plain in minutes else last_first] == there_
        assert say["title"] in shown.text
