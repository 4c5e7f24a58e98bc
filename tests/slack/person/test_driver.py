"""A person types in the fake Slack, and an app made of Bolt hears it, over both transports."""

import aiohttp
import pytest

from tests.slack import events
from tests.slack.driver import SlackUser
from tests.slack.memory import BOT
from tests.slack.people import Channel
from tests.slack.person.bolt_app import BoltApp
from tests.slack.transport import OverHttp
from tests.slack.workspace import BOT_TOKEN, Workspace


async def test_a_commands_answer_is_shown_where_it_was_typed(
    workspace: Workspace, app: BoltApp, alex: SlackUser, team: Channel
):
    answer = await alex.slash("/say ephemeral", team)
    assert answer.json["text"] == "ephemeral"
    [seen] = alex.sees(team)
    assert (seen.text, seen.labels, seen.private, seen.fallback) == (
        "2.25 h",
        ["Undo"],
        True,
        "ephemeral",
    )
    assert workspace.seen_by(workspace.users["U0SAM"], team) == []
    heard = app.heard[0]
    assert (heard["channel_name"], heard["user_name"]) == ("team", "alex")


async def test_an_answer_for_all_shows_the_command_too(alex: SlackUser, team: Channel):
    await alex.slash("/say in_channel", team)
    assert [(one.text, one.private) for one in alex.sees(team)] == [
        ("/say in_channel", False),
        ("2.25 h", False),
    ]


async def test_a_command_that_nobody_knows(workspace: Workspace, http: OverHttp):
    alex = SlackUser(workspace, workspace.add_user("alex", "Alex Roy"), http)
    await alex.slash("/none")
    assert [one.text for one in alex.sees()] == ['/none failed with the error "dispatch_failed"']


async def test_an_answer_that_comes_too_late_is_not_shown(app: BoltApp, alex: SlackUser):
    await alex.slash("/say ephemeral", lost=True)
    assert [one.text for one in alex.sees()] == ['/say failed with the error "operation_timeout"']
    await alex.slash("/form")
    await alex.submit({"words": "2h"}, lost=True)
    assert alex.trouble.startswith("We had some trouble")
    await alex.submit()
    assert (alex.modal, alex.trouble) == (None, "")
    assert [one["view"]["id"] for one in app.heard[-2:]] == [app.heard[-1]["view"]["id"]] * 2


async def test_the_app_is_told_what_it_said_itself(app: BoltApp, alex: SlackUser):
    await alex.writes("2h")
    answer = await alex.reads("Heard 2h")
    app.heard.clear()
    await alex.echo(answer.message)
    assert app.heard == []  # Bolt's own middleware leaves it out


async def test_what_is_written_and_mentioned_is_heard(app: BoltApp, alex: SlackUser, team: Channel):
    await alex.writes("a & b with @sam")
    assert (await alex.reads("Heard")).text == "Heard a & b with <@U0SAM>"
    assert app.heard[-1]["event"]["text"] == "a &amp; b with <@U0SAM>"
    parent = alex.says("something else", team)
    await alex.mentions("2h", team, thread=parent)
    said = app.heard[-1]["event"]
    assert (said["type"], said["text"], said["thread_ts"], said["parent_user_id"]) == (
        "app_mention",
        f"<@{BOT}> 2h",
        parent.ts,
        alex.user.id,
    )


async def test_an_edited_message_is_told(workspace: Workspace, app: BoltApp, alex: SlackUser):
    message = alex.says("2h", alex.dm)
    await alex.edits(message, "3h")
    said = app.heard[-1]["event"]
    assert (said["previous_message"]["text"], said["message"]["text"]) == ("2h", "3h")
    assert (message.text, message.edits[0]["text"]) == ("3h", "2h")
    assert events.message_deleted(workspace, message)["event"]["deleted_ts"] == message.ts


async def test_a_file_is_shared(workspace: Workspace, app: BoltApp, alex: SlackUser, team: Channel):
    await alex.shares("hours.csv", b"a,b", text="my hours")
    said = app.heard[-1]["event"]
    assert (said["subtype"], said["channel_type"], said["text"]) == ("file_share", "im", "my hours")
    headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(said["files"][0]["url_private_download"]) as answer,
    ):
        assert await answer.read() == b"a,b"
    await alex.shares("hours.csv", b"a,b", team, only_its_id=True)
    [told] = app.heard[-1]["event"]["files"]
    assert told["file_access"] == "check_file_info"
    assert (await app.web.files_info(file=told["id"]))["file"]["name"] == "hours.csv"


async def test_only_what_was_subscribed_to_is_delivered(workspace: Workspace, alex: SlackUser):
    workspace.events = {"app_mention"}
    with pytest.raises(AssertionError, match=r"did not subscribe to message\.im"):
        await alex.writes("2h")
