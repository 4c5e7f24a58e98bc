"""/check: what a report would be asked about, whose it is to see, and where it is mended."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from storage import entry_changes, feedback, people, presences, records, sessions
from storage.engine import Tx
from storage.entries import Accompanied, Draft
from storage.feedback import Feedback
from storage.outputs import OUTPUT, Output
from storage.people import Newcomer, TeamRole
from storage.presences import Attendance, Counted, Unmatched
from storage.records import Kind
from storage.rosters import MEMBER as PERSON
from storage.rosters import Member
from storage.sessions import Day, Session
from tests.conversation import ADMIN, FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat
from tests.storage.making import NOW, SUPPORT, draft

OTHER = Newcomer("test", "olive", "Olive Other", role=TeamRole.STAFF)
NOBODY_YET = Newcomer("test", "new", "Nora Newell", role=TeamRole.PENDING)
HELD = Session(
    "pd-workshops", "Family", area="outcome-area", days=(Day(date(2025, 2, 4), "", 180),)
)
TO_COME = replace(HELD, days=(Day(date(2025, 3, 4), "", 180),))
TODAY = replace(HELD, days=(Day(date(2025, 2, 12), "", 180),))
CAME = Attendance(0, (Counted(0, "EMSB", 9),))
MARIE = Member("Marie Tremblay", role="cda", board="EMSB")


async def record(chat: Chat, kind: Kind[Any], says: object, who: Newcomer = STAFF) -> int:
    """Have someone record it; its number."""
    await chat.say("/help", who)

    def work(tx: Tx) -> int:
        by = people.find(tx, who.platform, who.id)
        assert by is not None
        return records.add(tx, kind, says, by, NOW).id

    return await chat.store.write(work)


async def log(chat: Chat, says: Draft, who: Newcomer = STAFF) -> None:
    await chat.say("/help", who)

    def work(tx: Tx) -> None:
        by = people.find(tx, who.platform, who.id)
        assert by is not None
        entry_changes.add(tx, says, by, NOW, sure=frozenset(entry_changes.Doubt))

    await chat.store.write(work)


async def hold(
    chat: Chat,
    says: Session = HELD,
    there: Attendance | None = CAME,
    *,
    pleased: bool = True,
    who: Newcomer = STAFF,
) -> int:
    """A session with attendance and feedback, or without them."""
    session = await record(chat, sessions.KIND, says, who)
    if there is not None:
        await record(chat, presences.KIND, replace(there, session=session), who)
    if pleased:
        await record(chat, feedback.KIND, Feedback(session, 9, 8, 7), who)
    return session


async def checked(chat: Chat, who: Newcomer = STAFF) -> str:
    return (await chat.say("/check", who)).text


async def opened(
    chat: Chat, who: Newcomer = STAFF, word: str = "/check", see: str = "See"
) -> Answer:
    """The first of the lists."""
    return await chat.press(await chat.say("/check", who), "See", who)


async def test_nothing_is_open(chat: Chat) -> None:
    await hold(chat)
    await log(chat, draft(boards=("EMSB",)))
    await record(chat, OUTPUT, Output("cda-tools", "Map", url="https://example.org"))
    await record(chat, PERSON, MARIE, MANAGER)
    for who in (STAFF, MANAGER, ADMIN):
        answer = await chat.say("/check", who)
        assert "Nothing is open" in answer.text or "Rien à signaler" in answer.text
        assert answer.labels == []


async def _an_entry(chat: Chat) -> None:
    await log(chat, draft(people=(), boards=("EMSB",)))


async def _an_entry_outside(chat: Chat) -> None:
    await log(chat, draft(day=date(2019, 1, 15), boards=("EMSB",)))


async def _no_attendance(chat: Chat) -> None:
    await hold(chat, there=None)


async def _unmatched(chat: Chat) -> None:
    await hold(chat, there=replace(CAME, unmatched=(Unmatched(0, "Frances"),)))


async def _far(chat: Chat) -> None:
    await hold(chat, replace(HELD, registered=40))


async def _no_feedback(chat: Chat) -> None:
    await hold(chat, pleased=False)


async def _no_part(chat: Chat) -> None:
    await hold(chat, replace(HELD, area=""))


async def _no_body(chat: Chat) -> None:
    await hold(chat, there=Attendance(0, (Counted(0, "", 9),)))


async def _no_url(chat: Chat) -> None:
    await record(chat, OUTPUT, Output("cda-tools", "Map"))


CONCERNS = [
    (_an_entry, "1 entry without a role or a school board", "no role", "Edit", "Edit the entry"),
    (_an_entry_outside, "1 entry in no plan’s dates", "Marie Tremblay", "Edit", "Edit the entry"),
    (_no_attendance, "1 session over, without attendance", "Family", "Say who came", "Family"),
    (
        _unmatched,
        "1 session with people who are on no roster",
        "Frances",
        "See who came",
        "Frances",
    ),
    (_far, "1 session with attendance far", "40 had registered, 9 came", "See who came", "Family"),
    (_no_feedback, "1 session over, without feedback", "PD workshops", "Give feedback", "Family"),
    (_no_part, "1 session whose part of the goal", "Family", "Edit", "Theme"),
    (_no_body, "1 session where nobody has a school board", "Family", "See who came", "Family"),
    (_no_url, "1 tool or capsule without a link", "Tools for CDAs", "Edit", "Learning objective"),
]


@pytest.mark.parametrize(("make", "title", "detail", "button", "mends"), CONCERNS)
async def test_each_is_found_and_its_line_opens_what_mends_it(
    chat: Chat, make: Any, title: str, detail: str, button: str, mends: str
) -> None:
    await make(chat)
    assert title in await checked(chat)
    assert title in await checked(chat, MANAGER)
    assert "Nothing is open" in await checked(chat, OTHER), "who did not record it"
    listed = await opened(chat)
    assert title in listed.text
    assert detail in listed.text
    answer = await chat.press(listed, button)
    assert mends in answer.text
    assert not answer.reply.replace, "the list stays"


async def test_what_is_voided_cancelled_or_to_come_is_left_alone(chat: Chat) -> None:
    for says in (replace(HELD, cancelled=True), TO_COME, TODAY):
        await hold(chat, says, there=None, pleased=False)
    voided = await record(chat, sessions.KIND, replace(HELD, area=""))
    await log(chat, draft(people=()))

    def void(tx: Tx) -> None:
        alex = people.find(tx, "test", "alex")
        assert alex is not None
        records.void(tx, sessions.KIND, voided, 1, alex, NOW)
        entry_changes.void(tx, 1, 1, alex, NOW)

    await chat.store.write(void)
    assert "Nothing is open" in await checked(chat)


async def test_what_no_report_asks_for_is_not_asked_about(chat: Chat) -> None:
    await log(chat, SUPPORT)
    await record(chat, OUTPUT, Output("site-updates", "News"))
    plc = replace(HELD, target="plc-meetings", area="")
    await hold(chat, plc, pleased=False)
    await hold(chat, replace(HELD, registered=10), Attendance(0, (Counted(0, "EMSB", 8),)))
    await log(chat, draft(people=(Accompanied("cda"), Accompanied()), boards=("EMSB",)))
    assert "Nothing is open" in await checked(chat)


async def test_an_entry_is_mended_and_the_list_is_done(chat: Chat) -> None:
    await log(chat, draft(boards=()))
    listed = await opened(chat)
    assert "no school board" in listed.text
    assert "no role" not in listed.text
    form = await chat.press(listed, "Edit")
    await chat.submit(form, boards="EMSB")
    again = await chat.press(listed, "Check again")
    assert "All of these are mended" in again.text
    assert again.reply.replace
    back = await chat.press(again, "All checks")
    assert "Nothing is open" in back.text
    assert back.reply.replace


async def test_many_come_a_page_at_a_time_and_are_counted_exactly(chat: Chat) -> None:
    for number in range(13):
        await log(chat, draft(minutes=30 + number, boards=()))
    first = await opened(chat)
    assert "13 entries without" in first.text
    assert first.labels.count("Edit") == 6
    second = await chat.press(first, "Next")
    third = await chat.press(second, "Next")
    assert third.labels.count("Edit") == 1
    assert "Next" not in third.labels
    assert (await chat.press(third, "Previous")).text == second.text
    form = await chat.press(third, "Edit")
    await chat.submit(form, boards="EMSB")
    again = await chat.press(third, "Check again")
    assert again.labels.count("Edit") == 6, "the last page there is"
    assert "Previous" in again.labels


async def test_a_manager_sees_whose_it_is(chat: Chat) -> None:
    await log(chat, draft(boards=()))
    assert "Alex Roy" in (await opened(chat, MANAGER)).text
    assert "Alex Roy" not in (await opened(chat)).text


async def test_people_without_a_body_are_for_managers(chat: Chat) -> None:
    await record(chat, PERSON, replace(MARIE, board=""), MANAGER)
    await record(
        chat, PERSON, replace(MARIE, name="Gone", board="", ends=date(2025, 2, 1)), MANAGER
    )
    assert "1 person on the roster without a school board" in await checked(chat, MANAGER)
    assert "Nothing is open" in await checked(chat)
    listed = await opened(chat, MANAGER)
    form = await chat.press(listed, "Edit", MANAGER)
    assert form.form.inputs[0].value == "Marie Tremblay"
    await log(chat, draft(boards=()))
    mine = await chat.say("/check")
    for concern in ("member", "same", "lunch"):
        answer = await chat.press(mine, "See", tampered={"concern": concern})
        assert "Marie" not in answer.text
        assert "no longer in use" in answer.text


async def test_two_who_may_be_one_are_compared_or_said_to_be_two(chat: Chat) -> None:
    await record(chat, PERSON, MARIE, MANAGER)
    await record(chat, PERSON, replace(MARIE, name="M. Tremblay"), MANAGER)
    await record(chat, PERSON, replace(MARIE, name="Lise Roy"), MANAGER)
    listed = await opened(chat, MANAGER)
    assert "1 pair on the roster that may be one person" in listed.text
    assert "Marie Tremblay and M. Tremblay" in listed.text
    compared = await chat.press(listed, "Compare", MANAGER)
    assert compared.labels == ["One person", "Two people"]
    two = await chat.press(listed, "Two people", MANAGER)
    assert "I will not ask about them again" in two.text
    assert not two.reply.replace
    assert "Nothing is open" in await checked(chat, MANAGER)
    await chat.press(two, "Undo", MANAGER)
    assert "1 pair" in await checked(chat, MANAGER)
    await chat.press(compared, "One person", MANAGER)
    assert "Nothing is open" in await checked(chat, MANAGER)


async def test_in_french(chat: Chat) -> None:
    await log(chat, draft(people=(), boards=()), FRENCH)
    answer = await chat.say("/vérifier", FRENCH)
    assert "1 saisie sans rôle ou sans commission scolaire" in answer.text
    listed = await chat.press(answer, "Voir", FRENCH)
    assert "sans rôle · sans commission scolaire" in listed.text
    assert "Modifier" in listed.labels


@pytest.mark.parametrize("who", [MEMBER, NOBODY_YET])
async def test_it_is_for_the_team(chat: Chat, who: Newcomer) -> None:
    await log(chat, draft(boards=()))
    answer = await chat.say("/check", who)
    assert "entries" not in answer.text
    assert "See" not in answer.labels
    mine = await chat.say("/check")
    listed = await chat.press(mine, "See", who)
    assert "Marie Tremblay" not in listed.text
    assert "a report would ask about" not in (await chat.say("/home", who)).text


async def test_nothing_goes_after_the_command(chat: Chat) -> None:
    answer = await chat.say("/check sessions")
    assert "nothing goes after the command" in answer.text


async def test_in_a_channel_only_the_person_sees_it(chat: Chat) -> None:
    await log(chat, draft(boards=()))
    chat.direct = False
    answer = await chat.say("/check")
    assert answer.reply.private
    assert (await chat.press(answer, "See")).reply.private


async def test_the_own_page_says_how_much_is_open(chat: Chat) -> None:
    await log(chat, draft(boards=()))
    await hold(chat, there=None, pleased=False)
    home = await chat.say("/home")
    assert "3 things a report would ask about" in home.text
    answer = await chat.press(home, "See")
    assert "1 session over, without attendance" in answer.text
    assert not answer.reply.replace
    assert "a report would ask" not in (await chat.say("/home", OTHER)).text


async def test_a_receipt_works_after_two_accounts_became_one(chat: Chat) -> None:
    """What was recorded by another account is checked as theirs, and its old button still works."""
    receipt = await chat.say("/output tool for CDAs: Asset map, theme family", OTHER)
    assert "Nothing is open" in await checked(chat)
    await chat.say("/help", MANAGER)
    joined = await chat.press(
        await chat.say("/people link Alex Roy = Olive Other", MANAGER), "Yes, join them", MANAGER
    )
    assert "1 tool or capsule without a link" in await checked(chat)
    undone = await chat.press(receipt, "Undo")
    assert "Restore" in undone.labels
    assert "Nothing is open" in await checked(chat)
    await chat.press(undone, "Restore")
    await chat.press(joined, "Undo", MANAGER)
    assert "Nothing is open" in await checked(chat)
    assert "1 tool or capsule without a link" in await checked(chat, OTHER)
