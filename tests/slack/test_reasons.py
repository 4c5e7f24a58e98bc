"""Why what a sent report was made from is changed, asked for in a modal whatever came before it."""

import json

import pytest

from bot.slack import door
from storage import period_lock, sent_reports
from storage.people import TeamRole
from storage.period_lock import Reason
from tests.slack.driver import SlackUser
from tests.slack.jalon import Jalon

LINE = "2h15 with a CDA at EMSB yesterday re action plan"
TITLE = "Why this change?"
WHY = "Two hours were written as twenty"


async def sends_the_report(jalon: Jalon) -> SlackUser:
    """A manager marks the second progress report as sent."""
    daniel = jalon.user("daniel", "Daniel Rosenberg")
    await daniel.slash("/help")
    await jalon.give(daniel.user.id, TeamRole.MANAGER)
    await daniel.slash("/report 2 sent")
    return daniel


async def given(jalon: Jalon) -> list[Reason]:
    report = await jalon.store.read(sent_reports.of, "clc-2024-25", "dsrea-reports", 2)
    return await jalon.store.read(period_lock.reasons, report.id if report else 0)


async def test_an_entry_is_taken_back_from_its_receipt(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(f"/log {LINE}")
    receipt = alex.sees()[-1]
    await sends_the_report(jalon)
    await alex.press("Undo", alex.dm)
    assert (await alex.form()).title == TITLE
    assert await jalon.entries() == 1
    for wrong in (" ", "x" * 1001):
        await alex.submit({"The reason": wrong})
        assert alex.modal is not None
        assert list(alex.modal.errors) == ["The reason"]
        assert alex.modal.inputs == {"The reason": wrong}
    await alex.submit({"The reason": WHY})
    assert (alex.modal, alex.trouble) == (None, "")
    struck = await alex.reads("Taken back")
    assert struck.message.ts == receipt.message.ts
    await alex.again(3)
    await jalon.settled()
    assert [one.text for one in await given(jalon)] == [WHY]
    assert [one.text for one in alex.sees()].count(struck.text) == 1
    assert await jalon.entries() == 0


async def test_a_form_in_a_channel_becomes_the_one_that_asks(jalon: Jalon) -> None:
    alex, sam = jalon.user("alex", "Alex Roy", copies=2), jalon.user("sam", "Sam Roy")
    team = jalon.workspace.add_channel("team", [alex.user, sam.user])
    await alex.slash(f"/log {LINE}", team)
    receipt = alex.sees(team)[-1]
    await sends_the_report(jalon)
    await alex.press("Edit", team)
    await alex.submit({"Duration": "3 h", "Objective": "é" * 1000})
    assert alex.modal is not None
    assert alex.modal.title == TITLE
    held = alex.modal.view.view["private_metadata"]
    assert list(json.loads(held)) == ["held"]
    assert "é" not in held
    await alex.submit({"The reason": WHY})
    changed = await alex.reads("Changed", team)
    assert "3 h" in changed.text
    assert changed.message.ts == receipt.message.ts
    await alex.again(2)
    await jalon.settled()
    assert [one.text for one in await given(jalon)] == [WHY]
    assert len(alex.sees(team)) == 1
    assert sam.sees(team) == []


@pytest.mark.parametrize("how", ["command", "message", "mention"])
async def test_what_is_typed_is_done_once_it_is_said_why(jalon: Jalon, how: str) -> None:
    alex = jalon.user("alex", "Alex Roy")
    team = jalon.workspace.add_channel("team", [alex.user])
    await alex.slash("/workshop 3h Calm classrooms yesterday")
    await alex.press("PD workshops")
    await alex.slash("/attendance Calm classrooms 12")
    await sends_the_report(jalon)
    line, place = "attendance Calm classrooms 14", alex.dm
    match how:
        case "command":
            await alex.slash(f"/{line}")
        case "message":
            await alex.writes(line)
            await alex.press("Open the form")
        case _:
            place = team
            await alex.mentions(line, team)
            await alex.press("Open the form")
    assert (await alex.form()).title == TITLE
    await alex.submit({"The reason": WHY})
    answer = await alex.reads("Participants: 14", place)
    assert answer.private == (place is team)
    await alex.again(2)
    await jalon.settled()
    assert [one.text for one in await given(jalon)] == [WHY]
    assert sum("Participants: 14" in one.text for one in alex.sees(place)) == 1
    assert "Open the form" not in [label for one in alex.sees(place) for label in one.labels]


async def test_it_is_asked_later_than_slack_waits_and_after_a_restart(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(f"/log {LINE}")
    await sends_the_report(jalon)
    await alex.press("Edit", alex.dm)
    await alex.form()
    monkeypatch.setattr(door, "ACK_WITHIN", 0.0)
    await alex.submit({"Duration": "3 h"})
    await alex.reads(TITLE)
    monkeypatch.undo()
    await jalon.restart()
    alex.transport = jalon.transport
    await alex.press("Open the form", alex.dm)
    assert (await alex.form()).title == TITLE
    await alex.submit({"The reason": WHY})
    await alex.reads("Changed")
    assert [one.text for one in await given(jalon)] == [WHY]


async def test_what_is_wrong_by_then_is_shown_in_the_form_that_it_is_wrong_in(
    jalon: Jalon,
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(f"/log {LINE}")
    await sends_the_report(jalon)
    await alex.press("Edit", alex.dm)
    await alex.submit({"Duration": "3 h"})
    asks = (await alex.form()).view.view
    asks["private_metadata"] = asks["private_metadata"].replace("3 h", "soon")
    await alex.submit({"The reason": WHY})
    assert alex.modal is not None
    assert (alex.modal.title, alex.modal.inputs["Duration"]) == ("Edit the entry", "soon")
    assert "⚠" in alex.modal.text
