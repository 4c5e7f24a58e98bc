"""The attestation of attendance: each meeting a member attended, as a document in two languages."""

from datetime import date

import pytest

from storage import communities, presences, records, rosters, sessions
from storage.communities import MEMBERSHIP, Membership
from storage.engine import Tx
from storage.people import TeamRole
from storage.presences import Attendance, Present
from storage.rosters import Member
from storage.sessions import Day, Session
from tests.conversation import ADMIN, MANAGER, STAFF, Answer, Chat
from tests.reading_papers import words_of
from tests.storage.making import NOW, meet

# Day, minutes, cancelled, and whether she was there.
HELD = (
    (date(2024, 10, 2), 90, False, True),
    (date(2024, 11, 20), 120, False, False),
    (date(2025, 1, 15), 75, False, True),
    (date(2025, 1, 29), 60, True, False),
    (date(2024, 9, 4), 45, False, True),  # she was no member yet
)


@pytest.fixture
async def met(chat: Chat) -> Chat:
    """A community that has met, and Marie Tremblay, who is there twice on the roster."""
    await chat.say("/community new Elementary / Primaire, 1 to 4", MANAGER)

    def work(tx: Tx) -> None:
        by = meet(tx, "By", TeamRole.MANAGER)
        community = communities.of_name(tx, "Elementary")
        assert community is not None
        marie = rosters.add(tx, Member("Marie Tremblay", role="other"), by, NOW)
        same = rosters.add(tx, Member("M. T.", role="cda", same_as=marie.id), by, NOW)
        says = Membership(
            community.id, marie.id, date(2024, 9, 15), measure="15022", institution="École du Lac"
        )
        records.add(tx, MEMBERSHIP, says, by, NOW)
        for place, (day, minutes, cancelled, there) in enumerate(HELD):
            one = Session(
                "community-meetings",
                f"Meeting {place + 1}",
                days=(Day(day, "13:00", minutes),),
                cancelled=cancelled,
                community=community.id,
            )
            session = records.add(tx, sessions.KIND, one, by, NOW)
            if there:
                who = (marie.id, same.id)[place % 2]
                taken = Attendance(session.id, present=(Present(0, who),))
                presences.take(tx, taken, by, NOW)

    await chat.store.write(work)
    return chat


def text_of(answer: Answer) -> str:
    """Every word of the document that came with an answer, with plain spaces."""
    file = answer.reply.file
    assert file is not None
    return words_of(file.content)


async def test_it_names_each_meeting_that_was_attended(met: Chat) -> None:
    given = await met.say("/community attestation Marie Tremblay", MANAGER)
    expected = [one for one in HELD if one[3] and one[0] > date(2024, 9, 15)]
    assert f"Meetings\n{len(expected)}" in given.text
    assert "2 h 45 min" in given.text
    text = text_of(given)
    for words in (
        "Marie Tremblay", "École du Lac", "Public", "15022", "Elementary", "Sam Cohen",
        "Wednesday 2 October 2024", "1 h 30 min", "Wednesday 15 January 2025", "1 h 15 min",
        "In all: 2 meetings, 2 h 45 min.", "Wednesday 12 February 2025",
    ):  # fmt: skip
        assert words in text
    for words in ("November", "September", "29 January"):
        assert words not in text
    assert sum(one[1] for one in expected) == 165


async def test_it_is_given_in_the_language_that_is_asked(met: Chat) -> None:
    french = await met.say("/community attestation Marie Tremblay in French", MANAGER)
    assert "mercredi 2 octobre 2024" in text_of(french)
    assert "Meetings" in french.text, "the card speaks to who asks"
    english = await met.press(french, "In English", MANAGER)
    assert "Wednesday 2 October 2024" in text_of(english)
    asked = await met.say("/communaute attestation Marie Tremblay dans Primaire, anglais", ADMIN)
    assert "Wednesday 2 October 2024" in text_of(asked)
    file = asked.reply.file
    assert file is not None
    assert file.name == "attestation-marie-tremblay-en.docx"


async def test_only_who_leads_gives_one(met: Chat) -> None:
    assert (await met.say("/community attestation Marie Tremblay", STAFF)).reply.refused
    shown = await met.say("/community elementary", MANAGER)
    listed = await met.press(shown, "Members", MANAGER)
    assert "15022" in text_of(await met.press(listed, "Attestation", MANAGER))
    assert (await met.press(listed, "Attestation", STAFF)).reply.refused


async def test_it_is_given_after_the_membership_has_ended_too(met: Chat) -> None:
    await met.say("/community end Marie Tremblay, January 31", MANAGER)
    met.pass_time(days=30)
    given = await met.say("/community attestation Marie Tremblay", MANAGER)
    assert "15 January 2025" in text_of(given)
    assert (await met.say("/community end Marie Tremblay", MANAGER)).reply.refused


async def test_without_a_meeting_there_is_nothing_to_attest(met: Chat) -> None:
    opened = await met.say("/community add Jo Roy to Elementary", MANAGER)
    await met.submit(opened, MANAGER)
    none = await met.say("/community attestation Jo Roy", MANAGER)
    assert "No meeting that Jo Roy attended" in none.text
