"""Files: what people drop on the bot reaches it, and what it makes reaches them alone."""

import pytest

from bot.slack import files
from handlers.chat.incoming import LARGEST_FILE
from tests.slack.faults import Fault
from tests.slack.jalon import Jalon

LINE = "/log 2h15 with a CDA at EMSB yesterday re action plan"


async def test_a_file_in_the_direct_chat_is_taken(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.shares("notes.csv", b"1,2\n", text="here they are")
    answer = await alex.reads("notes.csv")
    assert "I can do nothing with notes.csv yet" in answer.text
    assert "here they are" in answer.text


async def test_a_file_with_a_mention_is_taken_in_private(jalon: Jalon) -> None:
    alex, sam = jalon.user("alex", "Alex Roy"), jalon.user("sam", "Sam Roy")
    team = jalon.workspace.add_channel("team", [alex.user, sam.user])
    await alex.shares("notes.csv", b"1,2\n", team)
    assert (await alex.reads("I can do nothing with notes.csv", team)).private


async def test_a_file_of_another_workspace_is_asked_for(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.shares("notes.csv", b"1,2\n", only_its_id=True)
    await alex.reads("I can do nothing with notes.csv")


async def test_a_file_that_is_too_large_is_not_fetched(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST_FILE", 10)
    assert LARGEST_FILE > 10
    alex = jalon.user("alex", "Alex Roy")
    jalon.workspace.fail("files.download", with_=Fault.dropped())
    await alex.shares("video.mp4", b"0" * 11)
    await alex.reads("video.mp4")
    assert list(jalon.workspace.faults_left) == ["files.download"]


async def test_a_file_that_slack_is_slow_to_give_is_waited_for(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.patience.PAUSE", 0.01)
    alex = jalon.user("alex", "Alex Roy")
    jalon.workspace.fail("files.download", 2, with_=Fault.status(503))
    await alex.shares("notes.csv", b"1,2\n")
    await alex.reads("I can do nothing with notes.csv")


async def test_a_file_that_slack_does_not_give_is_said(
    jalon: Jalon, caplog: pytest.LogCaptureFixture
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    jalon.workspace.scopes.discard("files:read")
    await alex.shares("notes.csv", b"1,2\n")
    await alex.reads("Something failed on our side")
    assert "notes" not in caplog.text


async def test_ones_entries_come_as_a_file(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(LINE)
    await alex.slash("/entries")
    await alex.press("As a file")
    given = await jalon.workspace.until(
        lambda: next((one for one in alex.sees() if one.files), None), "a file"
    )
    assert given.files[0].endswith(".csv")


async def test_in_a_channel_it_comes_in_the_direct_chat(jalon: Jalon) -> None:
    alex, sam = jalon.user("alex", "Alex Roy"), jalon.user("sam", "Sam Roy")
    team = jalon.workspace.add_channel("team", [alex.user, sam.user])
    await alex.slash(LINE, team)
    await alex.slash("/entries", team)
    jalon.workspace.fail("files.upload", with_=Fault.dropped())
    await alex.press("As a file")
    await jalon.workspace.until(
        lambda: next((one for one in alex.sees(alex.dm) if one.files), None), "a file"
    )
    assert sam.sees(team) == []
    assert not any(one.files for one in alex.sees(team))
