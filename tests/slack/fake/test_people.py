"""Who calls the fake Slack, and the people and conversations it tells of."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.fake.asking import client, refused
from tests.slack.memory import BOT, TEAM
from tests.slack.people import Channel, User
from tests.slack.workspace import APP_TOKEN, Workspace


async def test_the_bot_learns_who_it_is_and_what_it_may(slack: Workspace, web: AsyncWebClient):
    slack.scopes = {"chat:write", "users:read"}
    said = await web.auth_test()
    assert (said["user_id"], said["team_id"]) == (BOT, TEAM)
    assert said.headers["x-oauth-scopes"] == "chat:write,users:read"


async def test_a_wrong_token_is_refused(slack: Workspace, session: aiohttp.ClientSession):
    assert await refused(client(slack, session, "xoxb-other").auth_test()) == "invalid_auth"
    assert await refused(client(slack, session, "").auth_test()) == "not_authed"
    wrong_kind = client(slack, session, APP_TOKEN).auth_test()
    assert await refused(wrong_kind) == "not_allowed_token_type"


async def test_a_missing_scope_is_named(slack: Workspace, web: AsyncWebClient, alex: User):
    slack.scopes = {"chat:write"}
    with pytest.raises(SlackApiError) as raised:
        await web.users_info(user=alex.id)
    said = raised.value.response
    assert (said["error"], said["needed"], said["provided"]) == (
        "missing_scope",
        "users:read",
        "chat:write",
    )


async def test_an_unknown_method_is_a_violation(slack: Workspace, web: AsyncWebClient):
    assert await refused(web.api_call("chat.shout")) == "unknown_method"
    assert slack.violations == ["unknown_method: chat.shout"]


async def test_a_person_as_slack_knows_them(slack: Workspace, web: AsyncWebClient, alex: User):
    shown = (await web.users_info(user=alex.id, include_locale=True))["user"]
    assert (shown["real_name"], shown["locale"], shown["tz"]) == (
        "Alex Roy",
        "fr-CA",
        "America/Toronto",
    )
    assert shown["profile"]["email"] == "alex@example.org"
    assert "locale" not in (await web.users_info(user=alex.id))["user"]
    slack.scopes.remove("users:read.email")
    assert "email" not in (await web.users_info(user=alex.id))["user"]["profile"]
    assert await refused(web.users_info(user="U0NOBODY")) == "user_not_found"


async def test_users_info_does_not_look_at_json(web: AsyncWebClient, alex: User):
    asked = web.api_call("users.info", json={"user": alex.id})
    assert await refused(asked) == "invalid_arguments"


async def test_guests_and_strangers(slack: Workspace, web: AsyncWebClient):
    slack.add_user("guest", "A Guest", restricted=True)
    slack.add_user("other", "Another", stranger=True, team="T0OTHER")
    assert (await web.users_info(user="U0GUEST"))["user"]["is_restricted"] is True
    shown = (await web.users_info(user="U0OTHER"))["user"]
    assert (shown["is_stranger"], shown["team_id"]) == (True, "T0OTHER")


async def test_the_bots_channels_come_in_pages(slack: Workspace, web: AsyncWebClient, alex: User):
    for number in range(3):
        slack.add_channel(f"in{number}", [alex])
    slack.add_channel("out", [alex], bot=False)
    slack.add_channel("secret", [alex], private=True)
    found: list[str] = []
    async for page in await web.users_conversations(limit=2):
        found += [one["name"] for one in page["channels"]]
    assert found == ["in0", "in1", "in2"]
    both = await web.users_conversations(types="public_channel,private_channel")
    assert [one["name"] for one in both["channels"]][-1] == "secret"
    listed = await web.conversations_list()
    assert [one["is_member"] for one in listed["channels"]] == [True] * 3 + [False]


async def test_a_channel_can_be_looked_at_and_joined(slack: Workspace, web: AsyncWebClient):
    slack.add_channel("out", bot=False)
    slack.add_channel("secret", bot=False, private=True)
    assert (await web.conversations_info(channel="C0OUT"))["channel"]["is_member"] is False
    assert await refused(web.conversations_info(channel="C0SECRET")) == "channel_not_found"
    assert await refused(web.conversations_history(channel="C0OUT")) == "not_in_channel"
    assert (await web.conversations_join(channel="C0OUT"))["channel"]["is_member"] is True


async def test_a_direct_chat_is_opened_once(slack: Workspace, web: AsyncWebClient, alex: User):
    first = await web.conversations_open(users=alex.id)
    again = await web.conversations_open(users=[alex.id], return_im=True)
    assert first["channel"]["id"] == again["channel"]["id"] == slack.dm(alex).id
    assert again["channel"]["user"] == alex.id
    assert await refused(web.conversations_open(users="U0NOBODY")) == "user_not_found"


async def test_a_person_is_found_by_e_mail(slack: Workspace, web: AsyncWebClient, alex: User):
    found = await web.users_lookupByEmail(email="Alex@Example.org")
    assert found["user"]["id"] == alex.id
    alex.deleted = True
    assert await refused(web.users_lookupByEmail(email=alex.email)) == "users_not_found"
    assert await refused(web.conversations_open(users=alex.id)) == "user_disabled"
    assert (await web.users_info(user=alex.id))["user"]["deleted"] is True


async def test_who_is_in_a_channel(web: AsyncWebClient, alex: User, team: Channel):
    found = await web.conversations_members(channel=team.id)
    assert found["members"] == [alex.id, BOT]


async def test_the_history_is_what_all_can_read(
    slack: Workspace, web: AsyncWebClient, alex: User, team: Channel
):
    first = slack.post(team.id, alex.id, "first")
    slack.post(team.id, BOT, "for one", only_for=alex.id)
    slack.post(team.id, alex.id, "in a thread", thread_ts=first.ts)
    slack.now += 60
    slack.post(team.id, alex.id, "last")
    found = await web.conversations_history(channel=team.id, limit=1)
    assert ([one["text"] for one in found["messages"]], found["has_more"]) == (["last"], True)
    cursor = found["response_metadata"]["next_cursor"]
    found = await web.conversations_history(channel=team.id, cursor=cursor)
    assert ([one["text"] for one in found["messages"]], found["has_more"]) == (["first"], False)
    found = await web.conversations_history(channel=team.id, oldest=first.ts)
    assert [one["text"] for one in found["messages"]] == ["last"]
    found = await web.conversations_history(channel=team.id, latest=first.ts, inclusive=True)
    assert [one["text"] for one in found["messages"]] == ["first"]


async def test_two_people_talk_without_the_bot(slack: Workspace, web: AsyncWebClient, alex: User):
    chat = slack.chat(alex, slack.add_user("sam", "Sam Cohen"))
    said = web.chat_postMessage(channel=chat.id, text="x")
    assert await refused(said) == "channel_not_found"
