"""Why what a sent report was made from is changed, asked for in a card whatever came before it."""

import pytest

from storage import period_lock, sent_reports
from storage.people import TeamRole
from storage.period_lock import Reason
from tests.teams.connector import Teams
from tests.teams.jalon import Jalon
from tests.teams.reading import inputs

LINE = "log 2h15 with a CDA at EMSB yesterday re action plan"
TITLE = "Why this change?"
WHY = "Two hours were written as twenty"


async def sends_the_report(jalon: Jalon) -> None:
    """A manager marks the second progress report as sent."""
    daniel = jalon.user("daniel", "Daniel Rosenberg")
    await daniel.installs()
    await daniel.says("help")
    await jalon.give(daniel.user.aad, TeamRole.MANAGER)
    await daniel.says("report 2 sent")
    await jalon.settled()


async def given(jalon: Jalon) -> list[Reason]:
    report = await jalon.store.read(sent_reports.of, "clc-2024-25", "dsrea-reports", 2)
    return await jalon.store.read(period_lock.reasons, report.id if report else 0)


async def test_an_entry_is_taken_back_from_its_receipt(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.installs()
    await alex.says(LINE)
    receipt = await alex.reads("2.25 h")
    await sends_the_report(jalon)
    await alex.press("Undo", receipt)
    form = await alex.form(TITLE)
    assert await jalon.entries() == 1
    for wrong in ("x" * 1001, "  "):
        await alex.submit({"The reason": wrong}, checked=False)
        await jalon.settled()
        again = await alex.form(TITLE)
        assert again.message.id == form.message.id
        assert list(again.errors) == ["The reason (look again)"]
        [reason] = inputs(again.card)
        assert reason["value"] == wrong
    await alex.submit({"The reason": WHY})
    await alex.redeliver(3)
    await jalon.settled()
    texts = {one.message.id: one.text for one in alex.sees()}
    assert "Taken back" in texts[form.message.id]
    assert "newer card" in texts[receipt.message.id]
    assert [one.text for one in await given(jalon)] == [WHY]
    assert await jalon.entries() == 0


async def test_a_form_becomes_the_one_that_asks(jalon: Jalon, teams: Teams) -> None:
    alex, marie = jalon.user("alex", "Alex Roy", copies=2), jalon.user("marie", "Marie Tremblay")
    await alex.installs()
    channel = teams.add_channel("General", [alex.user, marie.user])
    await alex.installs(channel)
    await alex.says(LINE, channel)
    receipt = await alex.reads("2.25 h")
    await sends_the_report(jalon)
    await alex.press("Edit", receipt)
    form = await alex.form()
    await alex.submit({"Duration": "3 h", "Objective": "é" * 1000})
    await jalon.settled()
    asked = await alex.form(TITLE)
    assert asked.message.id == form.message.id
    await alex.submit({"The reason": WHY})
    await alex.redeliver(2)
    await jalon.settled()
    texts = {one.message.id: one.text for one in alex.sees()}
    assert "3 h" in texts[form.message.id]
    assert "newer card" in texts[receipt.message.id]
    assert [one.text for one in await given(jalon)] == [WHY]
    assert not [one for one in marie.sees(channel) if WHY in one.text or "3 h" in one.text]


@pytest.mark.parametrize("where", ["chat", "channel"])
async def test_what_is_typed_is_done_once_it_is_said_why(
    jalon: Jalon, teams: Teams, where: str
) -> None:
    alex, marie = jalon.user("alex", "Alex Roy"), jalon.user("marie", "Marie Tremblay")
    await alex.installs()
    channel = teams.add_channel("General", [alex.user, marie.user])
    await alex.installs(channel)
    await alex.says("workshop 3h Calm classrooms yesterday")
    await alex.press("PD workshops")
    await alex.reads("Recorded")
    await alex.says("attendance Calm classrooms 12")
    await alex.reads("Participants: 12")
    await sends_the_report(jalon)
    await alex.says("attendance Calm classrooms 14", channel if where == "channel" else None)
    form = await alex.form(TITLE)
    assert form.message.place is alex.chat
    await alex.submit({"The reason": WHY})
    await alex.redeliver(2)
    await jalon.settled()
    done = await alex.reads("Participants: 14")
    assert done.message.id == form.message.id
    assert not [one for one in marie.sees(channel) if "Participants" in one.text]
    assert [one.text for one in await given(jalon)] == [WHY]
