"""Messages in the fake Slack: who sees them, who may change them, and how long they may be."""

import json

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.fake.asking import SAYS, refused
from tests.slack.memory import Json
from tests.slack.people import Channel, User
from tests.slack.workspace import BOT_TOKEN, Workspace


async def test_a_message_is_said_changed_and_taken_away(
    slack: Workspace, web: AsyncWebClient, alex: User, team: Channel
):
    meta = {"event_type": "entry", "event_payload": {"id": 7}}
    said = await web.chat_postMessage(channel=team.id, text="logged", blocks=SAYS, metadata=meta)
    [seen] = slack.seen_by(alex, team)
    assert (seen.ts, seen.metadata, seen.blocks[0]["text"]) == (said["ts"], meta, SAYS[0]["text"])
    assert said["message"]["blocks"][0]["block_id"]
    await web.chat_update(channel=team.id, ts=said["ts"], text="undone")
    assert (seen.text, seen.blocks[0]["text"]["text"]) == ("undone", "2.25 h logged")
    await web.chat_update(channel=team.id, ts=said["ts"], text="undone", blocks=[])
    assert (seen.blocks, seen.edits[0]["text"]) == ([], "logged")
    history = await web.conversations_history(channel=team.id, include_all_metadata=True)
    assert history["messages"][0]["metadata"] == meta
    await web.chat_delete(channel=team.id, ts=said["ts"])
    assert slack.seen_by(alex, team) == []
    gone = web.chat_update(channel=team.id, ts=said["ts"], text="again")
    assert await refused(gone) == "message_not_found"


async def test_only_ones_own_messages_can_be_changed(
    slack: Workspace, web: AsyncWebClient, alex: User, team: Channel
):
    message = slack.post(team.id, alex.id, "mine")
    changed = web.chat_update(channel=team.id, ts=message.ts, text="ours")
    assert await refused(changed) == "cant_update_message"
    assert await refused(web.chat_delete(channel=team.id, ts=message.ts)) == "cant_delete_message"


async def test_a_message_to_a_person_goes_to_their_direct_chat(
    slack: Workspace, web: AsyncWebClient, alex: User
):
    said = await web.chat_postMessage(channel=alex.id, text="hello")
    assert said["channel"] == slack.dm(alex).id
    assert [one.text for one in slack.seen_by(alex, slack.dm(alex))] == ["hello"]


async def test_an_ephemeral_message_is_one_persons_alone(
    slack: Workspace, web: AsyncWebClient, alex: User, team: Channel
):
    sam = slack.add_user("sam", "Sam Cohen")
    team.members.add(sam.id)
    said = await web.chat_postEphemeral(channel=team.id, user=alex.id, text="only you")
    assert [one.text for one in slack.seen_by(alex, team)] == ["only you"]
    assert slack.seen_by(sam, team) == []
    changed = web.chat_update(channel=team.id, ts=said["message_ts"], text="x")
    assert await refused(changed) == "message_not_found"
    outsider = slack.add_user("lee", "Lee")
    asked = web.chat_postEphemeral(channel=team.id, user=outsider.id, text="x")
    assert await refused(asked) == "user_not_in_channel"


async def test_where_the_bot_cannot_speak(slack: Workspace, web: AsyncWebClient):
    slack.add_channel("out", bot=False)
    slack.add_channel("old").archived = True
    for channel, error in (
        ("C0OUT", "not_in_channel"),
        ("C0OLD", "is_archived"),
        ("C0NONE", "channel_not_found"),
        ("U0NOBODY", "channel_not_found"),
    ):
        assert await refused(web.chat_postMessage(channel=channel, text="x")) == error


async def test_blocks_may_come_as_text_in_a_form(
    slack: Workspace, web: AsyncWebClient, team: Channel
):
    form = {"channel": team.id, "text": "x", "blocks": json.dumps(SAYS)}
    await web.api_call("chat.postMessage", data=form)
    assert slack.messages[0].blocks[0]["text"] == SAYS[0]["text"]
    broken = web.api_call("chat.postMessage", data=form | {"blocks": "[{"})
    assert await refused(broken) == "invalid_json"


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"blocks": SAYS * 51}, "invalid_blocks"),
        (
            {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}] * 5},
            "msg_blocks_too_long",
        ),
        ({"blocks": {"type": "section"}}, "invalid_blocks_format"),
    ],
)
async def test_slacks_limits_hold_and_are_remembered(
    slack: Workspace, session: aiohttp.ClientSession, team: Channel, more: Json, error: str
):
    url, headers = f"{slack.api_url}chat.postMessage", {"Authorization": f"Bearer {BOT_TOKEN}"}
    async with session.post(url, json={"channel": team.id} | more, headers=headers) as answer:
        assert (answer.status, (await answer.json())["error"]) == (200, error)
    assert slack.messages == []
    assert slack.violations


async def test_a_refusal_says_why(slack: Workspace, web: AsyncWebClient, team: Channel):
    with pytest.raises(SlackApiError) as raised:
        await web.chat_postMessage(channel=team.id, text="x", blocks=SAYS * 51)
    said = raised.value.response
    assert said["response_metadata"]["messages"] == ["[ERROR] 51 blocks"]
    assert slack.violations == ["invalid_blocks: 51 blocks"]


async def test_who_is_called_by_a_message(slack: Workspace, web: AsyncWebClient, team: Channel):
    text = "<!channel> <@U0ALEX> &lt;!here&gt;"
    await web.chat_postMessage(channel=team.id, text=text)
    assert slack.messages[0].pings == ["!channel", "@U0ALEX"]
