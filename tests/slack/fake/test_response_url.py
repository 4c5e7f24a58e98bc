"""The fake Slack's response_urls: five uses in half an hour."""

import json

from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.slack.fake.asking import SAYS
from tests.slack.memory import BOT, TEAM
from tests.slack.people import Channel, User
from tests.slack.workspace import Workspace

PRIVATE = {"text": "only you", "response_type": "ephemeral"}


async def test_a_response_url_works_five_times(slack: Workspace, alex: User):
    out = slack.add_channel("out", [alex], bot=False)
    hook = AsyncWebhookClient(slack.hook(alex.id, out.id, command=True))
    for _ in range(4):
        assert (await hook.send_dict(PRIVATE)).body == "ok"
    await hook.send_dict({"text": "for all", "response_type": "in_channel"})
    assert [one.only_for for one in slack.seen_by(alex, out)] == [alex.id] * 4 + [""]
    sixth = await hook.send_dict(PRIVATE)
    assert (sixth.status_code, json.loads(sixth.body)["error"]) == (404, "used_url")


async def test_a_response_url_works_for_half_an_hour(slack: Workspace, alex: User, team: Channel):
    hook = AsyncWebhookClient(slack.hook(alex.id, team.id, command=True))
    slack.now += 1801
    late = await hook.send_dict(PRIVATE)
    assert (late.status_code, json.loads(late.body)["error"]) == (404, "expired_url")


async def test_a_response_url_changes_what_was_pressed(slack: Workspace, alex: User, team: Channel):
    pressed = slack.post(team.id, BOT, "logged", SAYS, only_for=alex.id)
    hook = AsyncWebhookClient(slack.hook(alex.id, team.id, pressed))
    await hook.send_dict({"text": "undone", "replace_original": True})
    assert (pressed.text, pressed.blocks, pressed.only_for) == ("undone", [], alex.id)
    await hook.send_dict({"text": "beside", "replace_original": False})
    assert [one.text for one in slack.seen_by(alex, team)] == ["undone", "beside"]
    await hook.send_dict({"delete_original": True})
    assert [one.text for one in slack.seen_by(alex, team)] == ["beside"]
    gone = await hook.send_dict({"text": "late", "replace_original": True})
    assert (gone.status_code, gone.body) == (400, "message_not_found")
    assert slack.violations == []
    await hook.send_dict({"text": "and now?"})
    assert slack.violations == ["response_url: replace_original is not said"]


async def test_a_response_url_takes_no_more_than_slack_does(
    slack: Workspace, alex: User, team: Channel
):
    hook = AsyncWebhookClient(slack.hook(alex.id, team.id, command=True))
    answer = await hook.send(text="x", blocks=SAYS * 51)
    assert (answer.status_code, answer.body) == (400, "invalid_blocks")
    assert slack.violations == ["invalid_blocks: 51 blocks"]
    assert (await hook.send_dict({"text": "x", "response_type": "all"})).status_code == 400
    unknown = await AsyncWebhookClient(f"{slack.base}/commands/{TEAM}/99").send(text="x")
    assert (unknown.status_code, json.loads(unknown.body)["error"]) == (404, "no_service")
