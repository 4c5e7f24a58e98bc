"""The fake Teams delivers words and files, and shows what is answered, as Teams does."""

import jwt

from tests.teams.connector import Teams
from tests.teams.driver import TeamsUser
from tests.teams.fake.echo import Echo, card, message
from tests.teams.microsoft import Microsoft
from tests.teams.people import APP_ID, BOT, TENANT
from tests.teams.transport import Transport


async def test_words_arrive_as_teams_sends_them(
    echo: Echo, alex: TeamsUser, microsoft: Microsoft
) -> None:
    echo.says = message(card("Logged"))
    response = await alex.says("log 2h <at> R&D")
    assert (response.status, response.json) == (201, None)
    [heard] = echo.heard
    assert heard["text"] == "log 2h &lt;at&gt; R&amp;D"
    assert heard["from"] == {"id": alex.user.id, "name": "Alex Roy", "aadObjectId": alex.user.aad}
    assert heard["recipient"]["id"] == BOT == f"28:{APP_ID}"
    assert heard["conversation"]["conversationType"] == "personal"
    assert heard["conversation"]["id"].startswith("a:")
    assert heard["channelData"] == {"tenant": {"id": TENANT}}
    assert heard["entities"][-1]["timezone"] == "America/Toronto"
    assert heard["localTimestamp"].endswith("-05:00")
    claims = jwt.decode(echo.tokens[0], options={"verify_signature": False})
    assert (claims["aud"], claims["serviceurl"]) == (APP_ID, heard["serviceUrl"])
    said, answer = alex.sees()
    assert said.text == "log 2h <at> R&D"
    assert (answer.text, answer.labels, answer.fallback) == ("Logged", ["Undo"], "A card")


async def test_in_a_channel_the_bot_is_named(
    echo: Echo, teams: Teams, alex: TeamsUser, sam: TeamsUser
) -> None:
    teams.bot_name = "Jalon & co"
    place = teams.add_channel("General", [alex.user, sam.user])
    echo.says = message(card("Logged"))
    await alex.says("log 2h with @sam", place)
    [heard] = echo.heard
    assert heard["text"] == "<at>Jalon &amp; co</at>&nbsp;log 2h with <at>Sam Roy</at>"
    assert [one["type"] for one in heard["entities"]] == ["mention", "mention", "clientInfo"]
    assert heard["entities"][0]["mentioned"] == {"id": BOT, "name": "Jalon & co"}
    assert heard["attachments"][0]["content"].startswith("<p><span itemtype=")
    assert heard["conversation"]["id"] == f"{place.id};messageid={heard['id']}"
    assert heard["channelData"]["team"] == {"id": place.team}
    question, answer = sam.sees(place)
    assert question.text == "Jalon & co log 2h with Sam Roy"
    assert answer.message.thread == question.message.id
    assert sam.sees() == []
    alex.writes("not for the bot", place)
    assert len(echo.heard) == 1
    outsider = TeamsUser(teams, teams.add_user("kim", "Kim"), alex.transport)
    assert outsider.sees(place) == []


async def test_files_go_both_ways(echo: Echo, teams: Teams, alex: TeamsUser) -> None:
    await alex.shares("hours.csv", b"a,b", "log these")
    [dropped, rich] = echo.heard[-1]["attachments"]
    assert (dropped["name"], rich["contentType"]) == ("hours.csv", "text/html")
    assert await echo.get(dropped["content"]["downloadUrl"]) == b"a,b"
    context = {"file": "7"}
    content = {"description": "Yours", "sizeInBytes": 3, "acceptContext": context}
    kind = "application/vnd.microsoft.teams.card.file.consent"
    offer = {"contentType": kind, "name": "export.csv", "content": content}
    echo.says = {"type": "message", "attachments": [offer]}
    await alex.says("export")
    offered = await alex.reads("export.csv")
    file = await alex.consents(offered)
    assert file is not None
    value = echo.heard[-1]["value"]
    assert (value["action"], value["context"]) == ("accept", context)
    assert await echo.put(value["uploadInfo"]["uploadUrl"], b"abc") == 201
    assert file.content == b"abc"
    assert await alex.consents(offered, accept=False) is None
    assert echo.heard[-1]["value"]["action"] == "decline"


async def test_what_is_delivered_can_be_delivered_again(
    echo: Echo, teams: Teams, alex: TeamsUser
) -> None:
    alex.copies = 3
    await alex.says("log 2h")
    assert [one.status for one in alex.responses] == [201] * 3
    await alex.redeliver(2)
    assert len(echo.heard) == 5
    assert all(one == echo.heard[0] for one in echo.heard)
    await alex.edits(alex.sees()[0], "log 3h")
    edited = echo.heard[-1]
    assert (edited["type"], edited["id"]) == ("messageUpdate", echo.heard[0]["id"])
    assert alex.sees()[0].text == "log 3h"


async def test_a_new_post_begins_a_thread(echo: Echo, teams: Teams, alex: TeamsUser) -> None:
    place = teams.add_channel("Plans", [alex.user])
    url = f"{teams.service_url}v3/conversations"
    body = {
        "isGroup": True,
        "channelData": {"channel": {"id": place.id}},
        "activity": message(card("Weekly")),
    }
    status, answer = await echo.call("POST", url, body)
    assert (status, answer["id"]) == (201, f"{place.id};messageid={answer['activityId']}")
    said = message(card("More"))
    await echo.call("POST", f"{url}/{place.id}/activities/{answer['activityId']}", said)
    await echo.call("POST", f"{url}/{place.id}/activities", said)
    first, reply, second = (one.message for one in alex.sees(place))
    assert first.thread == reply.thread != second.thread


async def test_the_bot_comes_and_goes(
    echo: Echo, teams: Teams, alex: TeamsUser, transport: Transport
) -> None:
    kim = TeamsUser(teams, teams.add_user("kim", "Kim", installed=False), transport)
    new = {"members": [{"id": kim.user.id}], "tenantId": TENANT, "isGroup": False}
    url = f"{teams.service_url}v3/conversations"
    status, answer = await echo.call("POST", url, new)
    assert (status, answer["error"]["code"]) == (403, "ForbiddenOperationException")
    await kim.installs()
    assert {one["type"] for one in echo.heard} == {"installationUpdate", "conversationUpdate"}
    assert await echo.call("POST", url, new) == (201, {"id": kim.chat.id})
    await kim.removes()
    assert (await echo.call("POST", url, new))[0] == 403
    place = teams.add_channel("Plans", [alex.user], bot=False)
    await alex.installs(place)
    added = echo.heard[-1] if "membersAdded" in echo.heard[-1] else echo.heard[-2]
    assert added["membersAdded"] == [{"id": BOT}]
    assert added["channelData"]["team"]["name"] == "Pilot schools"
    assert added["conversation"]["id"] == place.team != place.id
    await kim.joins(place)
    assert echo.heard[-1]["membersAdded"] == [{"id": kim.user.id}]
