"""Who is missing: for managers, in private, by body, and as many as the figures lack."""

from datetime import date, timedelta

import pytest

from storage import rosters
from storage.engine import Tx
from storage.people import Newcomer, TeamRole
from storage.rosters import Member
from tests.conversation import ADMIN, MANAGER, MEMBER, STAFF, Answer, Chat
from tests.handlers.holding import open_hinted
from tests.storage.making import NOW, meet

TODAY = date(2025, 2, 12)


def enrol(tx: Tx, *members: Member) -> None:
    by = meet(tx, "Manager", TeamRole.MANAGER)
    for says in members:
        rosters.add(tx, says, by, NOW)


def rows(answer: Answer) -> dict[str, str]:
    """What each item of a card says, by its title."""
    return {one.text: one.detail for one in answer.card.blocks if one.block == "item"}


@pytest.fixture
async def listed(chat: Chat) -> Chat:
    """A conversation with five CDAs on the roster, one of them new and one who leaves."""
    await chat.store.write(
        enrol,
        Member("Marie Tremblay", role="cda", board="EMSB"),
        Member("John Kelly", role="cda", board="RSB"),
        Member("Ann Fortin", role="cda", board="RSB", starts=date(2024, 9, 3)),
        Member("Zoé Roy", role="cda"),
        Member("Gone Girard", role="cda", board="RSB", ends=TODAY - timedelta(days=1)),
    )
    return chat


async def test_nobody_is_expected_before_anything_goes_out(chat: Chat) -> None:
    assert "Nobody is expected anywhere yet" in (await chat.say("/missing", MANAGER)).text


async def test_who_is_missing_is_listed_by_body(listed: Chat) -> None:
    await listed.say("/journal open 2025-02-03", MANAGER)
    await listed.say("/journal done Marie Tremblay")
    shown = await listed.say("/missing", MANAGER)
    assert rows(shown) == {
        "New CDAs onboarded": "1 of 1 missing",
        "Journal 1": "3 of 5 missing",
    }
    page = await open_hinted(listed, shown, "Journal 1", MANAGER)
    assert rows(page) == {"RSB": "Ann Fortin, John Kelly", "No school board": "Zoé Roy"}
    assert list(rows(page)) == ["RSB", "No school board"]
    assert "1 more is missing from the figure and has left meanwhile" in page.text
    assert "Girard" not in page.text
    card = await listed.press(page, "Open it", MANAGER)
    again = await listed.press(card, "Who is missing", MANAGER)
    assert rows(again) == rows(page)
    back = await listed.press(again, "Everything missing", MANAGER)
    assert rows(back) == rows(shown)
    new = await open_hinted(listed, shown, "New CDAs onboarded", MANAGER)
    assert rows(new) == {"RSB": "Ann Fortin"}


async def test_nobody_is_missing_any_more(listed: Chat) -> None:
    await listed.say("/survey open CDAs today", MANAGER)
    await listed.say("/survey done Marie Tremblay, John Kelly, Ann Fortin, Zoé Roy")
    shown = await listed.say("/missing", MANAGER)
    assert (rows(shown))["Year-end survey, CDAs"] == "0 of 4 missing"
    card = await listed.say("/survey CDAs", MANAGER)
    assert "0 people" in (await listed.press(card, "Who is missing", MANAGER)).text


async def test_a_long_list_is_paged(chat: Chat) -> None:
    bodies = ("EMSB", "RSB", "WQSB")
    many = [Member(f"Agent {n:02}", role="cda", board=bodies[n % 3]) for n in range(50)]
    await chat.store.write(enrol, *many)
    await chat.say("/journal open today", MANAGER)
    first = await open_hinted(chat, await chat.say("/missing", MANAGER), "Journal 1", MANAGER)
    assert "50 people" in first.text
    assert list(rows(first)) == ["EMSB", "RSB"]
    second = await chat.press(first, "More", MANAGER)
    last = await chat.press(second, "More", MANAGER)
    assert "More" not in last.labels
    names = ", ".join(name for page in (first, second, last) for name in rows(page).values())
    assert sorted(names.split(", ")) == sorted(one.name for one in many)
    assert rows(await chat.press(last, "Before", MANAGER)) == rows(second)


@pytest.mark.parametrize("who", [STAFF, MEMBER])
async def test_only_managers_see_it(listed: Chat, who: Newcomer) -> None:
    await listed.say("/journal open today", MANAGER)
    shown = await listed.say("/missing", MANAGER)
    page = await open_hinted(listed, shown, "Journal 1", MANAGER)
    refused = [
        await listed.say("/missing", who),
        await open_hinted(listed, shown, "Journal 1", who),
        await listed.press(page, "Everything missing", who),
    ]
    for answer in refused:
        assert answer.reply.refused
        assert "Kelly" not in answer.text


async def test_it_is_private_in_a_channel_too(listed: Chat) -> None:
    listed.direct = False
    shown = await listed.say("/missing", MANAGER)
    assert shown.reply.private
    page = await open_hinted(listed, shown, "New CDAs onboarded", MANAGER)
    assert page.reply.private


@pytest.mark.parametrize(
    "forged", [{"plan": "x"}, {"target": "x"}, {"survey": "1"}, {"offset": "x"}]
)
async def test_forged_buttons_are_refused(listed: Chat, forged: dict[str, str]) -> None:
    shown = await listed.say("/missing", MANAGER)
    answer = await listed.press(shown, "See who", MANAGER, tampered=forged)
    assert answer.reply.refused


async def test_it_speaks_french(listed: Chat) -> None:
    shown = await listed.say("/manquants", ADMIN)
    assert rows(shown) == {"Nouveaux ADC accueillis": "Il en manque 1 sur 1"}
