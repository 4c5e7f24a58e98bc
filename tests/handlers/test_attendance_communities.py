"""Who came to a community's meeting: of several whom a name can mean, the one who is a member."""

from datetime import date, timedelta

import pytest

from storage import communities, records, sessions
from storage.community import Community, Membership
from storage.engine import Tx
from storage.people import TeamRole
from storage.plan import CommunityKind
from storage.rosters import Member
from storage.sessions import Day, Session
from tests.conversation import Chat
from tests.handlers.attending import enrol, report, there
from tests.storage.making import NOW, meet

DAY = date(2025, 2, 11)
ELSEWHERE = Member("Marie Tremblay", "marie@rsb.example", "cda", "RSB")
HERE = Member("Marie Tremblay", "marie@emsb.example", "other", "EMSB")


def hold(tx: Tx, *members: int) -> int:
    """A meeting of a community of these members."""
    by = meet(tx, "Manager", TeamRole.MANAGER)
    says = Community("Elementary", "Primaire", CommunityKind.PRACTICE)
    community = records.add(tx, communities.COMMUNITY, says, by, NOW).id
    for one in members:
        joined = Membership(community, one, date(2024, 9, 1), DAY)
        records.add(tx, communities.MEMBERSHIP, joined, by, NOW)
    return meeting(tx, community, DAY)


def meeting(tx: Tx, community: int, day: date) -> int:
    by = meet(tx, "Manager", TeamRole.MANAGER)
    days = (Day(day, "09:00", 90),)
    says = Session("community-meetings", "Recess", days=days, community=community)
    return records.add(tx, sessions.KIND, says, by, NOW).id


async def who(chat: Chat, session: int) -> list[int | str]:
    """The numbers of those who were there, and the names of those who are not known."""
    says = await there(chat, session)
    return [*(one.member for one in says.present), *(one.name for one in says.unmatched)]


async def test_a_name_that_two_have_means_the_member(chat: Chat) -> None:
    _, here = await chat.store.write(enrol, ELSEWHERE, HERE)
    held = await chat.store.write(hold, here)
    await chat.say(f"/attendance #{held} Marie Tremblay")
    assert await who(chat, held) == [here]


@pytest.mark.parametrize("both", [False, True])
async def test_where_none_or_both_are_members_it_is_asked(chat: Chat, both: bool) -> None:
    two = await chat.store.write(enrol, ELSEWHERE, HERE)
    held = await chat.store.write(hold, *(two if both else []))
    await chat.say(f"/attendance #{held} Marie Tremblay")
    assert await who(chat, held) == ["Marie Tremblay"]


async def test_only_members_of_that_day_are_likelier(chat: Chat) -> None:
    _, here = await chat.store.write(enrol, ELSEWHERE, HERE)
    first = await chat.store.write(hold, here)
    community = (await chat.store.read(records.get, sessions.KIND, first)).says.community
    later = await chat.store.write(meeting, community, DAY + timedelta(days=1))
    await chat.say(f"/attendance #{later} Marie Tremblay")
    assert await who(chat, later) == ["Marie Tremblay"]


async def test_who_is_no_member_but_the_only_one_of_a_name_was_there(chat: Chat) -> None:
    _, here, guest = await chat.store.write(enrol, ELSEWHERE, HERE, Member("Luc Roy", role="cda"))
    held = await chat.store.write(hold, here)
    await chat.say(f"/attendance #{held} Luc Roy")
    assert await who(chat, held) == [guest]


async def test_a_report_of_the_meeting_prefers_members_too(chat: Chat) -> None:
    _, here = await chat.store.write(enrol, ELSEWHERE, HERE)
    held = await chat.store.write(hold, here)
    asked = await chat.drop(report(("Marie Tremblay", "2025-02-11", 85)))
    await chat.press(await chat.press(asked, "This one"), "Take in")
    assert await who(chat, held) == [here]


async def test_the_members_of_that_day_are_offered_to_be_ticked(chat: Chat) -> None:
    _, here = await chat.store.write(enrol, ELSEWHERE, HERE)
    held = await chat.store.write(hold, here)
    card = await chat.say(f"/attendance #{held}")
    form = await chat.press(card, "Pick names")
    assert [value for value, _ in form.form.inputs[0].choices] == [str(here)]
    await chat.submit(form, there_0=str(here), others="Luc Roy")
    assert await who(chat, held) == [here, "Luc Roy"]


async def test_of_names_that_come_near_those_of_members_are_offered_first(chat: Chat) -> None:
    near = [Member(f"Zoé Tremblai{end}", role="cda", board="RSB") for end in ("s", "e", "x")]
    *_, here = await chat.store.write(
        enrol, *near, Member("Zoé Tremblaie", role="other", board="EMSB")
    )
    held = await chat.store.write(hold, here)
    card = await chat.say(f"/attendance #{held} Zoé Tremblai")
    offered = await chat.press(card, "Who is it?")
    assert offered.labels[0] == "Zoé Tremblaie · EMSB"
