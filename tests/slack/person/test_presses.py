"""A person presses buttons in the fake Slack."""

from typing import Any

import pytest

from tests.slack.driver import SlackUser
from tests.slack.memory import BOT
from tests.slack.people import Channel
from tests.slack.person.bolt_app import PRESSABLE, BoltApp, button
from tests.slack.workspace import Workspace


async def test_a_button_is_pressed_in_an_ephemeral_message(
    app: BoltApp, alex: SlackUser, team: Channel
):
    await alex.slash("/say ephemeral", team)
    await alex.press("Undo")
    body = app.heard[-1]
    assert (body["container"]["is_ephemeral"], "message" in body) == (True, False)
    assert (body["actions"][0]["value"], body["channel"]["id"]) == ("7", team.id)
    assert [one.text for one in alex.sees(team)] == ["undone"]


async def test_a_button_is_pressed_in_a_message_for_all(
    workspace: Workspace, app: BoltApp, alex: SlackUser, team: Channel
):
    for _ in range(2):
        workspace.post(team.id, BOT, "logged", PRESSABLE)
    old = alex.sees(team)[0]
    await alex.press("Undo", team)
    assert [one.text for one in alex.sees(team)] == ["2.25 h", "undone"]
    assert app.heard[-1]["message"]["ts"] == alex.sees(team)[1].message.ts
    await alex.press("Undo", old)
    await alex.press("Undo", old)  # what is on the screen may be older than the message
    assert [one.text for one in alex.sees(team)] == ["undone"] * 2


async def test_a_button_that_is_not_there_is_waited_for_in_vain(
    monkeypatch: pytest.MonkeyPatch, alex: SlackUser
):
    monkeypatch.setattr("tests.slack.world.PATIENCE", 0.01)
    with pytest.raises(AssertionError, match="a button 'Undo' for alex did not come"):
        await alex.press("Undo", alex.dm)


async def test_a_button_is_pressed_at_home(app: BoltApp, alex: SlackUser):
    await alex.opens_home()
    home = await alex.reads_at_home("2.25 h")
    await alex.press("Undo", home)
    assert app.heard[-1]["view"]["type"] == "home"
    assert alex.home is not None
    assert (alex.home.text, alex.home.labels) == ("2.25 h", [])
    await alex.opens_home()
    assert app.heard[-1]["event"]["view"]["blocks"]


async def test_an_answer_that_slack_does_not_read_is_a_violation(
    workspace: Workspace, app: BoltApp, alex: SlackUser
):
    async def talks(ack: Any) -> None:
        await ack(text="nobody reads this")

    app.app.action("talk")(talks)
    workspace.post(alex.dm.id, BOT, "x", [button("Talk", "talk")])
    await alex.press("Talk")
    assert workspace.violations.pop().startswith("block_actions: answered with")
