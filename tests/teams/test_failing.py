"""Teams fails, is slow, or loses an answer: what was said is delivered late, and never lost."""

import asyncio
import time
from typing import Any

import pytest

from storage.people import TeamRole
from tests.teams.connector import Teams
from tests.teams.faults import Final
from tests.teams.jalon import Jalon

LINE = "log 2h15 with a CDA at EMSB yesterday re action plan"
POST = "POST /.*/activities"
FAULTS: list[dict[str, Any]] = [
    {"status": 429, "retry_after": 0},
    {"status": 412},
    {"status": 500},
    {"status": 502},
    {"status": 504},
    {"dropped": True},
]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses are what a test does not have to sit through."""
    monkeypatch.setattr("bot.patience.PAUSE", 0.01)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_a_receipt_waits_for_a_failing_teams(
    jalon: Jalon, teams: Teams, fault: dict[str, Any]
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    teams.faults.add(**fault, times=2, path=POST)
    await alex.says(LINE)
    await alex.reads("2.25 h")
    await jalon.settled()
    assert await jalon.entries() == 1


async def test_retry_after_is_obeyed(jalon: Jalon, teams: Teams) -> None:
    alex = jalon.user("alex", "Alex Roy")
    teams.faults.add(status=429, retry_after=1, path=POST)
    began = time.monotonic()
    await alex.says(LINE)
    await alex.reads("2.25 h")
    assert time.monotonic() - began >= 1


async def test_what_is_said_in_one_chat_comes_in_order(jalon: Jalon, teams: Teams) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.says("/help")
    await alex.reads("What you can say")
    teams.faults.add(status=502, times=3, path=POST)
    for hours in (1, 2, 3):
        await alex.says(f"log {hours}h with a CDA at EMSB")
    await jalon.settled()
    said = [one.text for one in alex.sees() if one.message.author != alex.user.id]
    assert [f"{hours} h" in text for hours, text in zip((1, 2, 3), said[1:], strict=True)] == [
        True
    ] * 3


async def test_what_was_not_delivered_is_after_a_restart(
    jalon: Jalon, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    go = asyncio.Event()
    teams.faults.add(hold=go, path=POST)
    await alex.says(LINE)
    monkeypatch.setattr("bot.outbox.GRACE", 0.01)
    await jalon.restart()
    go.set()
    await alex.reads("2.25 h")
    await jalon.settled()
    assert await jalon.entries() == 1


async def test_what_takes_long_is_said_to_be_under_way_and_then_answered_there(
    jalon: Jalon, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.teams.door.WORKING_AFTER", 0.1)
    alex = jalon.user("alex", "Alex Roy")
    go = asyncio.Event()
    teams.faults.add(hold=go, path="GET /.*members")
    response = await alex.says(LINE)
    assert response.status == 201
    notice = await alex.reads("Working on it")
    go.set()
    receipt = await alex.reads("2.25 h")
    assert receipt.message.id == notice.message.id
    await jalon.settled()
    assert not [one for one in alex.sees() if "Working on it" in one.text]


async def test_in_a_channel_the_word_takes_the_place_of_the_notice(
    jalon: Jalon, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.teams.door.WORKING_AFTER", 0.1)
    alex = jalon.user("alex", "Alex Roy")
    channel = teams.add_channel("General", [alex.user])
    go = asyncio.Event()
    teams.faults.add(hold=go, path="GET /.*members")
    await alex.says(LINE, channel)
    notice = await alex.reads("Working on it", channel)
    go.set()
    word = await alex.reads("in our own chat", channel)
    assert word.message.id == notice.message.id
    await alex.reads("2.25 h")


async def test_a_press_that_takes_long_is_answered_on_the_card(
    jalon: Jalon, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.says(LINE)
    receipt = await alex.reads("2.25 h")
    await jalon.settled()
    monkeypatch.setattr("bot.teams.door.WORKING_AFTER", 0.1)
    monkeypatch.setattr("bot.members.FRESH", 0.0)
    monkeypatch.setattr("bot.members.PATIENCE", 0.5)
    teams.faults.add(delay=5.0, path="GET /.*members")
    await alex.press("Undo", receipt)
    assert "Working on it" in alex.toast
    taken_back = await alex.reads("Taken back")
    assert taken_back.message.id == receipt.message.id
    assert await jalon.entries() == 0


async def test_what_was_acknowledged_and_not_done_is_done_after_a_restart(
    jalon: Jalon, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.teams.door.WORKING_AFTER", 0.1)
    alex = jalon.user("alex", "Alex Roy")
    teams.faults.add(hold=asyncio.Event(), path="GET /.*members")
    await alex.says(LINE)
    await alex.reads("Working on it")
    monkeypatch.setattr("bot.outbox.GRACE", 0.01)
    await jalon.restart()
    await alex.reads("2.25 h")
    await jalon.settled()
    assert await jalon.entries() == 1


@pytest.mark.parametrize("final", Final)
async def test_a_closed_address_is_told_to_a_manager_and_left_alone(
    jalon: Jalon, teams: Teams, final: Final
) -> None:
    ines, alex = jalon.user("ines", "Inès Roy"), jalon.user("alex", "Alex Roy")
    await ines.says("/help")
    await ines.reads("What you can say")
    await jalon.give(ines.user.aad, TeamRole.MANAGER)
    await alex.says("/help")
    await alex.reads("What you can say")
    await jalon.settled()
    teams.faults.add(code=final, path=POST)
    await alex.says(LINE)
    told = await ines.reads("no longer write")
    assert "Alex Roy" in told.text
    assert "2.25" not in told.text
    posted = len(teams.called("POST", "activities"))
    await jalon.settled()
    assert len(teams.called("POST", "activities")) == posted


async def test_the_own_chat_that_cannot_be_opened_is_said_in_the_channel(
    jalon: Jalon, teams: Teams
) -> None:
    alex = jalon.user("alex", "Alex Roy", installed=False)
    channel = teams.add_channel("General", [alex.user])
    await alex.says(LINE, channel)
    word = await alex.reads("did not reach our own chat", channel)
    assert "2.25" not in word.text
    assert await jalon.entries() == 1
