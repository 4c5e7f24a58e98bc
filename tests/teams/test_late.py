"""What is said where an answer takes long: that it comes, once, and that it came."""

import asyncio
import logging
import threading

import pytest

from tests.teams.connector import Teams
from tests.teams.jalon import Jalon

LINE = "log 2h15 with a CDA at EMSB yesterday re action plan"
POST, MEMBERS = "POST .*/activities", "GET .*members"


async def test_nothing_is_acknowledged_that_is_not_remembered(
    jalon: Jalon, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.teams.door.WORKING_AFTER", 0.1)
    alex = jalon.user("alex", "Alex Roy")
    teams.faults.add(hold=asyncio.Event(), path=MEMBERS)
    go = threading.Event()
    writing = asyncio.create_task(jalon.store.write(lambda tx: go.wait(10)))
    saying = asyncio.create_task(alex.says(LINE))
    try:
        done, _ = await asyncio.wait({saying}, timeout=0.5)
        assert not done
    finally:
        go.set()
        await writing
    assert (await saying).status == 201


async def test_an_answer_that_comes_while_it_is_remembered_leaves_no_notice(
    jalon: Jalon, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.says("/language English")
    await jalon.settled()
    monkeypatch.setattr("bot.teams.door.WORKING_AFTER", 0.1)
    monkeypatch.setattr("bot.members.FRESH", 0.0)
    monkeypatch.setattr("bot.members.PATIENCE", 0.3)
    teams.faults.add(delay=1.0, path=MEMBERS)
    go = threading.Event()
    writing = asyncio.create_task(jalon.store.write(lambda tx: go.wait(10)))
    saying = asyncio.create_task(alex.says("/help"))
    await asyncio.sleep(0.6)  # the answer is made, and waits like its delivery to be written down
    go.set()
    await asyncio.gather(writing, saying)
    await alex.reads("What you can say")
    await jalon.settled()
    assert not [one for one in alex.sees() if "Working on it" in one.text]


async def test_a_notice_that_teams_refuses_is_no_error_of_ours(
    jalon: Jalon,
    teams: Teams,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("bot.teams.door.WORKING_AFTER", 0.1)
    alex = jalon.user("alex", "Alex Roy")
    go = asyncio.Event()
    teams.faults.add(hold=go, path=MEMBERS)
    teams.faults.add(status=502, after=True, path=POST)
    await alex.says(LINE)
    await alex.reads("Working on it")
    go.set()
    await alex.reads("2.25 h")
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []
