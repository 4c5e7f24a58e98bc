"""Holds what the playground refuses: other hosts, other sites, wrong bodies, and markup."""

import json

import pytest

from bot.web.bodies import LIMIT
from tests.bot.web.conftest import Door, message


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:3978", "[::1]:80", "LOCALHOST:1"])
async def test_loopback_names_are_served(door: Door, host: str):
    for path in ("/", "/gallery", "/static/jalon.svg"):
        assert (await door.client.get(path, headers={"Host": host})).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil", "192.168.0.2", "[::2]"]
)
async def test_other_names_are_refused(door: Door, host: str):
    for path in ("/", "/gallery", "/events", "/static/playground.js", "/files/line-1"):
        assert (await door.client.get(path, headers={"Host": host})).status == 403
    assert (await door.send("/messages", message("hi"), Host=host)).status == 403
    assert await door.words() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_sites_page_cannot_speak_here(door: Door, headers: dict[str, str]):
    for path in ("/messages", "/files", "/presses", "/forms", "/clock"):
        assert (await door.send(path, message("hi"), **headers)).status == 403


async def test_a_post_has_to_say_where_it_comes_from_and_be_json(door: Door):
    body = json.dumps(message("hi"))
    json_type = {"Content-Type": "application/json"}
    assert (await door.client.post("/messages", data=body, headers=json_type)).status == 403
    same = {**json_type, "Sec-Fetch-Site": "same-origin"}
    assert (await door.client.post("/messages", data=body, headers=same)).status == 200
    assert (await door.send("/messages", body, **{"Content-Type": "text/plain"})).status == 400


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"as": "nobody"}, "as: nobody here is 'nobody'"),
        ({"in": "nowhere"}, "in: Megan Whitfield is in no channel 'nowhere'"),
        ({"text": " \n"}, "text: nothing was typed"),
        ({"text": 3}, "text: Input should be a valid string"),
        ({"key": "a b"}, "key: String should match pattern"),
        ({"more": "1"}, "more: Extra inputs are not permitted"),
    ],
)
async def test_a_wrong_body_is_told_what_is_wrong(door: Door, change: dict[str, object], says: str):
    answer = await door.send("/messages", {**message("hi"), **change})
    assert answer.status == 400
    assert (await answer.json())["error"].startswith(says)


@pytest.mark.parametrize("raw", ["", "{", "[]", "[" * 100_000, '{"text": "\\ud800"}', b"\xff"])
async def test_what_is_no_json_is_refused(door: Door, raw: str | bytes):
    answer = await door.send("/messages", raw)
    assert answer.status == 400
    assert (await answer.json())["error"]


async def test_a_long_text_with_emoji_is_taken_whole(door: Door):
    text = "🎉" * 10_000
    await door.say(text, where="direct")
    assert door.bot.heard[0].text == text
    assert (await door.words("megan", "direct"))[0] == text


@pytest.mark.parametrize("size", [LIMIT, 2 * 1024 * 1024])
async def test_what_is_too_long_is_refused_with_a_reason(door: Door, size: int):
    answer = await door.send("/messages", message("a" * size))
    assert answer.status == 413
    assert "256 KiB" in (await answer.json())["error"]


async def test_what_people_type_is_never_markup(door: Door):
    text = "<script>alert(1)</script>\u202e</article>"
    await door.say(text, where="direct")
    page = await door.page("megan", "direct")
    assert (await door.words("megan", "direct"))[0] == text
    assert [one["src"] for one in page.all("script")] == ["/static/playground.js"]


async def test_pages_allow_nothing_from_elsewhere_and_nothing_inline(door: Door):
    for path in ("/", "/gallery"):
        answer = await door.client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self';")
        assert "unsafe" not in policy
        html = await answer.text()
        assert not any(one in html for one in (" style=", " onclick=", "<style", "http:", "https:"))


async def test_without_javascript_the_page_says_that_it_needs_it(door: Door):
    assert "needs JavaScript" in (await door.page()).one("noscript").words


async def test_only_our_own_files_are_served(door: Door):
    assert (await door.client.get("/static/playground.css")).content_type == "text/css"
    assert (await door.client.get("/static/..%2Fserver.py")).status == 404
