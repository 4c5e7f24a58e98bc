"""Delivered again, at once or later, over either transport: the same reply, and nothing twice."""

import asyncio
import json

import pytest

from bot.slack import door
from tests.slack.faults import Fault
from tests.slack.jalon import Jalon

LINE = "2h15 with a CDA at EMSB yesterday re action plan"


async def test_a_command_three_times_at_once(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy", copies=3)
    await alex.slash(f"/log {LINE}")
    first, *others = [one.json for one in alex.responses]
    assert "2 h 15" in json.dumps(first).replace("\\u00a0", " ")
    assert others == [first, first]
    assert await jalon.entries() == 1


async def test_a_message_three_times_at_once(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy", copies=3)
    await alex.writes(f"log {LINE}")
    await alex.reads("Logged")
    assert await jalon.entries() == 1
    await jalon.settled()
    assert sum("Logged" in one.text for one in alex.sees()) == 1


async def test_a_mention_three_times_at_once(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy", copies=3)
    team = jalon.workspace.add_channel("team", [alex.user])
    await alex.mentions(f"log {LINE}", team)
    await alex.reads("Logged", team)
    await jalon.settled()
    assert sum("Logged" in one.text for one in alex.sees(team)) == 1
    assert await jalon.entries() == 1


async def test_a_press_three_times_at_once(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy", copies=3)
    await alex.slash(f"/log {LINE}")
    await alex.press("Same again today")
    await alex.reads("Wednesday 12 February 2025")
    await jalon.settled()
    assert sum("Wednesday 12" in one.text for one in alex.sees()) == 1
    assert await jalon.entries() == 2


async def test_a_form_three_times_at_once(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy", copies=3)
    await alex.slash("/log")
    await alex.submit({"duration": "2h15"})
    await alex.reads("Logged")
    await jalon.settled()
    assert sum("Logged" in one.text for one in alex.sees()) == 1
    assert await jalon.entries() == 1


async def test_a_form_sent_again_after_slacks_own_timeout(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/log")
    form = await alex.form()
    await alex.submit({"duration": "2h15"})
    await alex.reads("Logged")
    # Slack saw no answer in time, so the modal is still open, and is sent anew.
    jalon.workspace.show_modal(alex.user.id, form.view.view)
    reopened = await alex.form()
    reopened.view.id = form.view.id
    await alex.submit({"duration": "2h15"})
    await jalon.settled()
    assert await jalon.entries() == 1


async def test_the_home_tab_opened_three_times_at_once(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy", copies=3)
    await alex.opens_home()
    assert "Alex Roy" in (await alex.reads_at_home("Alex")).text
    await jalon.settled()
    assert len(jalon.workspace.called("views.publish")) == 1


async def test_after_a_restart_too(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(f"/log {LINE}")
    said = alex.responses[0].json
    await jalon.restart()
    alex.transport = jalon.transport
    (again,) = await alex.again()
    assert again.json == said
    assert await jalon.entries() == 1


async def test_the_line_typed_again_after_a_timeout_is_asked_about(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(f"/log {LINE}")
    await alex.slash(f"/log {LINE}")
    assert "Yes, log it" in alex.sees()[-1].labels
    assert await jalon.entries() == 1


async def test_a_slow_command_three_times_at_once(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "ACK_WITHIN", 0.1)
    alex = jalon.user("alex", "Alex Roy", copies=3)
    go = asyncio.Event()
    jalon.workspace.fail("users.info", with_=Fault.slow(go))
    await alex.slash(f"/log {LINE}")
    assert [one.body for one in alex.responses] == [b""] * 3
    go.set()
    await alex.reads("Logged")
    await jalon.settled()
    assert sum("Logged" in one.text for one in alex.sees()) == 1
    assert await jalon.entries() == 1
