"""Files in the fake Slack: into it, and out again."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.fake.asking import refused
from tests.slack.people import Channel, User
from tests.slack.workspace import BOT_TOKEN, Workspace


async def test_a_file_is_uploaded_into_a_channel(
    slack: Workspace, web: AsyncWebClient, alex: User, team: Channel
):
    done = await web.files_upload_v2(
        content="a,b\n", filename="entrées 1.csv", channel=team.id, alt_txt="a chart", title="Mine"
    )
    [seen] = slack.seen_by(alex, team)
    [file] = seen.files
    assert (file["name"], file["title"], file["alt_txt"]) == ("entrées 1.csv", "Mine", "a chart")
    assert slack.files[done["file"]["id"]].content == b"a,b\n"


async def test_a_file_without_a_channel_is_nobodys_else(slack: Workspace, web: AsyncWebClient):
    done = await web.files_upload_v2(content="x", filename="x.csv")
    assert slack.messages == []
    assert (await web.files_info(file=done["file"]["id"]))["file"]["channels"] == []
    assert await refused(web.files_info(file="F0NONE")) == "file_not_found"


async def test_an_upload_must_be_whole(slack: Workspace, web: AsyncWebClient, team: Channel):
    made = await web.files_getUploadURLExternal(filename="x.csv", length=3)
    early = web.files_completeUploadExternal(files=[{"id": made["file_id"]}], channel_id=team.id)
    assert await refused(early) == "file_not_found"
    nowhere = web.files_upload_v2(content="x", filename="x.csv", channel="C0NONE")
    assert await refused(nowhere) == "invalid_channel"


async def test_a_file_is_read_with_the_token_alone(
    slack: Workspace, web: AsyncWebClient, session: aiohttp.ClientSession, team: Channel
):
    done = await web.files_upload_v2(content="a,b", filename="é.csv", channel=team.id)
    url = done["file"]["url_private_download"]

    async def read(token: str) -> str:
        async with session.get(url, headers={"Authorization": f"Bearer {token}"}) as answer:
            assert answer.status == 200
            return await answer.text()

    assert await read(BOT_TOKEN) == "a,b"
    assert "Sign in" in await read("xoxb-other")
    slack.scopes.remove("files:read")
    assert "Sign in" in await read(BOT_TOKEN)
