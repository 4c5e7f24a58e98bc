"""Modals and homes in the fake Slack."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.fake.asking import SAYS, refused
from tests.slack.memory import Json
from tests.slack.people import User
from tests.slack.workspace import Workspace


def modal(**more: Any) -> Json:
    asked = {
        "type": "input",
        "block_id": "time",
        "label": {"type": "plain_text", "text": "How long?"},
        "element": {"type": "plain_text_input", "action_id": "time", "initial_value": "2h"},
    }
    titles = {key: {"type": "plain_text", "text": key} for key in ("title", "submit", "close")}
    return {"type": "modal", **titles, "blocks": [asked], **more}


async def test_a_trigger_opens_one_modal_within_three_seconds(
    slack: Workspace, web: AsyncWebClient, alex: User
):
    trigger = slack.trigger(alex.id)
    opened = await web.views_open(trigger_id=trigger, view=modal())
    view = slack.modal(alex)
    assert view is not None
    assert view.id == opened["view"]["id"]
    assert view.typed == {"time": {"time": {"type": "plain_text_input", "value": "2h"}}}
    used = web.views_open(trigger_id=trigger, view=modal())
    assert await refused(used) == "exchanged_trigger_id"
    late = slack.trigger(alex.id)
    slack.now += 4
    assert await refused(web.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"


async def test_modals_stack_three_high(slack: Workspace, web: AsyncWebClient, alex: User):
    nothing = web.views_push(trigger_id=slack.trigger(alex.id), view=modal())
    assert await refused(nothing) == "not_found"
    await web.views_open(trigger_id=slack.trigger(alex.id), view=modal())
    for _ in range(2):
        await web.views_push(trigger_id=slack.trigger(alex.id), view=modal())
    root, _, top = slack.stacks[alex.id]
    assert (top.root, slack.modal(alex)) == (root.id, top)
    more = web.views_push(trigger_id=slack.trigger(alex.id), view=modal())
    assert await refused(more) == "push_limit_reached"


async def test_an_updated_modal_keeps_what_was_typed_where_its_ids_are_the_same(
    slack: Workspace, web: AsyncWebClient, alex: User
):
    opened = await web.views_open(trigger_id=slack.trigger(alex.id), view=modal())
    view = slack.modal(alex)
    assert view is not None
    view.typed["time"]["time"]["value"] = "3h"
    id, hash = opened["view"]["id"], opened["view"]["hash"]
    await web.views_update(view_id=id, hash=hash, view=modal())
    assert view.typed["time"]["time"]["value"] == "3h"
    assert await refused(web.views_update(view_id=id, hash=hash, view=modal())) == "hash_conflict"
    assert await refused(web.views_update(view_id="V0GONE", view=modal())) == "not_found"
    other = modal()
    other["blocks"][0]["block_id"] = "time-2"
    await web.views_update(view_id=id, view=other)
    assert view.typed["time-2"]["time"]["value"] == "2h"


async def test_a_view_is_held_against_the_limits(slack: Workspace, web: AsyncWebClient, alex: User):
    long = modal(private_metadata="x" * 3001)
    wrong = web.views_open(trigger_id=slack.trigger(alex.id), view=long)
    assert await refused(wrong) == "invalid_arguments"
    assert slack.violations == ["invalid_arguments: private_metadata: more than 3000 characters"]
    assert slack.modal(alex) is None


async def test_an_external_id_is_taken_once(slack: Workspace, web: AsyncWebClient, alex: User):
    sam = slack.add_user("sam", "Sam")
    view = modal(external_id="entry-7")
    await web.views_open(trigger_id=slack.trigger(alex.id), view=view)
    twice = web.views_open(trigger_id=slack.trigger(sam.id), view=view)
    assert await refused(twice) == "duplicate_external_id"
    await web.views_update(external_id="entry-7", view=view)


async def test_a_home_is_published_for_each(slack: Workspace, web: AsyncWebClient, alex: User):
    home = {"type": "home", "blocks": SAYS}
    first = await web.views_publish(user_id=alex.id, view=home)
    await web.views_publish(user_id=alex.id, view=home | {"blocks": SAYS * 2})
    assert len(slack.homes[alex.id].view["blocks"]) == 2
    assert slack.homes[alex.id].earlier[0]["blocks"][0]["text"] == SAYS[0]["text"]
    old = web.views_publish(user_id=alex.id, view=home, hash=first["view"]["hash"])
    assert await refused(old) == "hash_conflict"
    assert await refused(web.views_publish(user_id="U0NOBODY", view=home)) == "user_not_found"
