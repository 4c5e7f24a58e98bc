"""Staff who log nothing for a week of school are asked once, in private; /pause stops that."""

from datetime import UTC, datetime, timedelta

import pytest

from storage import people
from storage.engine import Tx
from storage.people import Newcomer, TeamRole
from tests.conversation import ADMIN, FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat

ISLANDER = Newcomer(
    "test", "ian", "Ian Leblanc", "en-CA", timezone="America/Halifax", role=TeamRole.STAFF
)
TITLE = "Anything to log?"


async def days(chat: Chat, number: float) -> list[tuple[str, Answer]]:
    """Let time pass in half hours; what is said meanwhile, each with the place."""
    found: list[tuple[str, Answer]] = []
    end = chat.now + timedelta(days=number)
    while chat.now < end:
        chat.now += timedelta(minutes=30)
        found += await chat.happened()
    return found


@pytest.fixture
async def team(chat: Chat) -> Chat:
    """Everyone has spoken, in October; it is a Monday in November at nine, and nobody logged."""
    chat.now = datetime(2024, 10, 7, 13, tzinfo=UTC)
    await chat.happened()
    for who in (STAFF, FRENCH, MANAGER, ADMIN, MEMBER):
        await chat.say("/help", who)
    chat.now = datetime(2024, 11, 4, 14, tzinfo=UTC)
    at = int(chat.now.timestamp())
    await chat.store.write(lambda tx: tx.run("UPDATE watermarks SET at = :at", at=at))
    return chat


async def test_staff_are_asked_in_their_language_and_nobody_else(team: Chat) -> None:
    asked = dict(await days(team, 1))
    assert {*asked} == {"direct-alex", "direct-chantal"}
    assert asked["direct-alex"].card.title == TITLE
    assert asked["direct-chantal"].card.title == "Quelque chose à inscrire?"
    assert asked["direct-alex"].labels == ["Log by form", "I was away"]
    assert "/log 1h with a CDA" in asked["direct-alex"].text
    form = await team.press(asked["direct-alex"], "Log by form")
    assert form.form.title == "Log hours"


async def test_they_are_asked_at_half_past_three_and_once_a_week(team: Chat) -> None:
    moments: list[str] = []
    for _ in range(48 * 15):
        team.now += timedelta(minutes=30)
        for place, _ in await team.happened():
            if place == "direct-alex":
                moments.append(team.now.strftime("%a %d %H:%M"))
    assert moments == ["Mon 04 20:30", "Mon 11 20:30", "Mon 18 20:30"]


async def test_what_is_logged_or_dated_in_these_days_counts(team: Chat) -> None:
    await team.say("/log 1h with a CDA at EMSB on 8 October")  # logged now, long ago
    assert "direct-alex" not in dict(await days(team, 6))
    # Monday is not among the last five school days on the Monday after.
    assert "Tuesday 8 October 2024" in dict(await days(team, 1.5))["direct-alex"].text


async def test_who_has_logged_meanwhile_is_not_asked(team: Chat) -> None:
    team.now = datetime(2024, 11, 4, 21, tzinfo=UTC)
    await team.say("/log 1h with a CDA at EMSB")
    assert [place for place, _ in await team.happened()] == ["direct-chantal"]


async def test_nobody_is_asked_in_a_break_or_on_a_weekend(team: Chat) -> None:
    await days(team, 1)
    team.now = datetime(2024, 12, 20, 21, tzinfo=UTC)  # Friday, after half past three
    await team.happened()
    assert await days(team, 16) == [], "winter break, 23 December to 3 January"
    assert "direct-alex" in dict(await days(team, 1))


async def test_what_is_late_is_dropped_the_same_evening(team: Chat) -> None:
    team.now = datetime(2024, 11, 5, 1, 30, tzinfo=UTC)  # half past eight in the evening
    assert await team.happened() == []
    team.now = datetime(2024, 11, 6, 0, 30, tzinfo=UTC)  # the next day, half past seven
    assert {place for place, _ in await team.happened()} == {"direct-alex", "direct-chantal"}


async def test_who_is_elsewhere_is_asked_by_their_own_clock(team: Chat) -> None:
    team.now -= timedelta(days=20)
    await team.say("/help", ISLANDER)
    team.now += timedelta(days=20)
    team.now = datetime(2024, 11, 4, 19, 35, tzinfo=UTC)  # 15:35 on the islands, 14:35 at home
    assert [place for place, _ in await team.happened()] == ["direct-ian"]


async def test_clocks_that_change_move_no_nudge(team: Chat) -> None:
    team.now = datetime(2025, 3, 10, 19, 29, tzinfo=UTC)  # Monday after; 15:29 in summer time
    await team.happened()
    team.now += timedelta(minutes=2)
    assert "direct-alex" in dict(await team.happened())


async def test_who_is_new_is_left_alone_for_five_school_days(team: Chat) -> None:
    new = Newcomer("test", "noa", "Noa New", "en-CA", role=TeamRole.STAFF)
    await team.say("/help", new)
    assert "direct-noa" not in dict(await days(team, 4))
    assert "direct-noa" not in dict(await days(team, 0.25))
    assert "direct-noa" in dict(await days(team, 3))


async def test_joined_accounts_are_one_person_who_is_asked_once(team: Chat) -> None:
    double = Newcomer("test", "alex2", "A. Roy", "en-CA", role=TeamRole.STAFF)
    team.now -= timedelta(days=20)
    await team.say("/help", double)
    team.now += timedelta(days=20)
    await team.say("/log 1h with a CDA at EMSB", double)
    asked = await team.say("/people link Alex Roy = A. Roy", MANAGER)
    await team.press(asked, "Yes, join them", MANAGER)
    assert not {"direct-alex", "direct-alex2"} & {*dict(await days(team, 4.5))}
    found = [place for place, _ in await days(team, 3) if place != "direct-chantal"]
    assert len(found) == 1


async def test_i_was_away_pauses_it(team: Chat) -> None:
    nudge = dict(await days(team, 1))["direct-alex"]
    offers = await team.press(nudge, "I was away")
    assert offers.labels == ["Until tomorrow", "Until Monday", "Two weeks", "Until I say"]
    done = await team.press(offers, "Two weeks")
    assert "Paused until Tuesday 19 November 2024; that day I start again." in done.text
    assert "direct-alex" not in dict(await days(team, 13))
    assert "direct-alex" in dict(await days(team, 2))


async def test_who_has_become_a_manager_is_asked_no_more(team: Chat) -> None:
    def promote(tx: Tx) -> None:
        alex = people.find(tx, "test", "alex")
        assert alex
        people.set_role(tx, alex.id, TeamRole.MANAGER, 0, None)

    await team.store.write(promote)
    assert [*dict(await days(team, 1))] == ["direct-chantal"]
