"""The fake Teams refuses and fails as Teams does."""

import asyncio

import aiohttp
import pytest

from tests.teams.checks import SCHEMA
from tests.teams.connector import Teams
from tests.teams.driver import TeamsUser
from tests.teams.fake.echo import Echo, card, message
from tests.teams.faults import Final
from tests.teams.people import Json


async def test_members_come_in_pages(echo: Echo, teams: Teams) -> None:
    people = [teams.add_user(f"p{number}", f"P {number}") for number in range(5)]
    place, teams.page = teams.add_channel("Plans", people), 2
    url = f"{teams.service_url}v3/conversations/{place.id}"
    found: list[Json] = []
    token = ""
    while token is not None:
        status, page = await echo.call("GET", f"{url}/pagedmembers?continuationToken={token}")
        assert status == 200
        found += page["members"]
        token = page.get("continuationToken")
    assert [one["id"] for one in found] == [one.id for one in people]
    assert (await echo.call("GET", f"{url}/members/{people[3].aad}"))[1]["name"] == "P 3"
    assert (await echo.call("GET", f"{url}/members/29:nobody"))[0] == 404


async def test_faults_are_met_in_order(echo: Echo, teams: Teams, alex: TeamsUser) -> None:
    await alex.says("hello")
    url, said = echo.activities(echo.heard[0]), message(card("Said"))
    teams.faults.add(status=429, retry_after=1, times=2, path="activities$")
    teams.faults.add(code=Final.NOT_THERE)
    teams.faults.add(code=Final.WRITES_BLOCKED)
    teams.faults.add(status=502, after=True)
    teams.faults.add(dropped=True)
    teams.faults.add(delay=0.01)
    for _ in range(2):
        status, answer = await echo.call("POST", url, said)
        assert (status, answer["error"]["code"]) == (429, "Throttled")
    status, answer = await echo.call("POST", url, said)
    assert (status, answer["error"]["code"]) == (403, "BotNotInConversationRoster")
    status, answer = await echo.call("POST", url, said)
    assert (status, "MessageWritesBlocked" in answer["message"]) == (403, True)
    assert len(alex.sees()) == 1
    assert (await echo.call("POST", url, said))[0] == 502
    assert alex.sees()[-1].text == "Said"
    with pytest.raises(aiohttp.ClientError):
        await echo.call("POST", url, said)
    assert (await echo.call("POST", url, said))[0] == 201
    assert len(alex.sees()) == 3
    assert teams.faults.left == []


async def test_a_request_is_held_until_it_is_let_go(
    echo: Echo, teams: Teams, alex: TeamsUser
) -> None:
    await alex.says("hello")
    go, url = asyncio.Event(), echo.activities(echo.heard[0])
    teams.faults.add(hold=go)
    asked = asyncio.create_task(echo.call("POST", url, message(card("Late"))))
    [waits] = await teams.until(lambda: list(teams.faults.waiting))
    assert waits == f"POST /amer/v3/conversations/{alex.chat.id}/activities"
    assert len(alex.sees()) == 1
    go.set()
    assert (await asked)[0] == 201
    assert alex.sees()[-1].text == "Late"


async def test_no_token_no_place_no_room(echo: Echo, teams: Teams, alex: TeamsUser) -> None:
    await alex.says("hello")
    url, said = echo.activities(echo.heard[0]), message(card("Said"))
    assert (await echo.call("POST", url, said, token="made up"))[0] == 401
    elsewhere = teams.add_group("Others", [alex.user], bot=False)
    for place, status in ((elsewhere.id, 403), ("19:none@thread.v2", 404)):
        there = f"{teams.service_url}v3/conversations/{place}/activities"
        assert (await echo.call("POST", there, said))[0] == status
    assert (await echo.call("PUT", f"{url}/{alex.sees()[0].message.id}", said))[0] == 403
    teams.limit = (2, 60.0)
    answers = [(await echo.call("POST", url, said))[0] for _ in range(3)]
    assert answers == [201, 201, 429]


@pytest.mark.parametrize(
    ("wrong", "status", "why"),
    [
        (card("a" * 26_000), 413, "a card of 26"),
        (card("a", version="1.6"), 400, "version 1.6"),
        (card("a", {"type": "ProgressBar", "value": 1}), 400, "without a fallback"),
        pytest.param(
            card("a", {"type": "TextBlock", "text": "", "colour": "red"}),
            400,
            "'colour' was unexpected",
            marks=pytest.mark.skipif(
                not SCHEMA.is_file(), reason="the cards' schema is not beside this checkout"
            ),
        ),
        (card("a", {"type": "ActionSet", "actions": [{}] * 7}), 400, "7 buttons"),
    ],
)
async def test_what_teams_would_not_take_is_refused_and_kept(
    echo: Echo, teams: Teams, alex: TeamsUser, wrong: Json, status: int, why: str
) -> None:
    await alex.says("hello")
    answer = await echo.call("POST", echo.activities(echo.heard[0]), message(wrong))
    assert answer[0] == status
    assert any(why in one for one in teams.problems)
    teams.problems.clear()
