"""The endpoint over HTTP: what is taken, what an invoke is answered, and what is refused unread."""

import json
import logging
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from bot.teams.http import LARGEST
from tests.teams.endpoint import Served, activity, serving
from tests.teams.microsoft import Microsoft


@pytest.fixture
async def served(microsoft: Microsoft) -> AsyncGenerator[Served]:
    async with serving(microsoft) as started:
        yield started


CARD = {
    "statusCode": 200,
    "type": "application/vnd.microsoft.card.adaptive",
    "value": {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "Écrit « ici »"}]},
}
EXECUTE: dict[str, Any] = {
    "action": {"type": "Action.Execute", "verb": "undo", "data": {}},
    "trigger": "manual",
}


@pytest.mark.parametrize("type", ["message", "installationUpdate", "conversationUpdate"])
async def test_what_happens_is_taken_as_it_came(served: Served, type: str) -> None:
    sent = activity(type, action="add", membersAdded=[{"id": "28:x"}], odd={"deep": [None, 1.5]})
    answer = await served.post(sent, served.bearer())
    assert (answer.status, answer.body) == (201, b"")
    assert served.recorder.taken == [sent]


@pytest.mark.parametrize(
    "type", ["typing", "messageReaction", "messageUpdate", "event", "endOfConversation", "handoff"]
)
async def test_what_means_nothing_to_us_is_accepted_and_left(served: Served, type: str) -> None:
    sent = activity(type, conversation=None, recipient=None)
    assert (await served.post(sent, served.bearer())).status == 201
    assert served.recorder.taken == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("adaptiveCard/action", EXECUTE),
        ("application/search", {"queryText": "a"}),
        ("fileConsent/invoke", {"action": "accept"}),
    ],
)
async def test_an_invoke_is_answered_with_its_body(
    served: Served, name: str, value: dict[str, Any]
) -> None:
    sent = activity("invoke", name=name, value=value)
    served.recorder.answer = CARD
    answer = await served.post(sent, served.bearer())
    assert (answer.status, answer.headers["Content-Type"][:16]) == (200, "application/json")
    assert json.loads(answer.body) == CARD
    assert served.recorder.taken == [sent]


async def test_an_invoke_may_have_nothing_to_answer(served: Served) -> None:
    sent = activity("invoke", name="fileConsent/invoke", value={})
    answer = await served.post(sent, served.bearer())
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.parametrize("name", ["task/fetch", "composeExtension/query", "", None])
async def test_an_invoke_that_we_do_not_know(served: Served, name: str | None) -> None:
    answer = await served.post(activity("invoke", name=name), served.bearer())
    assert (answer.status, answer.body) == (501, b"")
    assert served.recorder.taken == []


@pytest.mark.parametrize(
    "value",
    [
        {"action": {"type": "Action.Submit", "data": {}}},
        {"action": {}},
        {"action": []},
        {"action": "Action.Execute"},
        {},
        [],
        "x",
        None,
    ],
)
async def test_a_button_of_another_kind_is_told_so(served: Served, value: object) -> None:
    sent = activity("invoke", name="adaptiveCard/action", value=value)
    answer = await served.post(sent, served.bearer())
    assert answer.status == 200
    body = json.loads(answer.body)
    assert (body["statusCode"], body["type"]) == (400, "application/vnd.microsoft.error")
    assert body["value"]["code"] == "NotSupported"
    assert served.recorder.taken == []


MALFORMED = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"message"',
    b"7",
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b"{}",
    *(
        json.dumps(one).encode()
        for one in (
            activity(""),
            activity(channelId=None),
            activity(channelId=7),
            activity(serviceUrl=None),
            activity(serviceUrl=["https://smba.trafficmanager.net/amer/"]),
            activity(conversation=None),
            activity(conversation="a:1"),
            activity(conversation={"id": ""}),
            activity(recipient={}),
            activity("invoke", **{"from": None}),
            activity("conversationUpdate", **{"from": {"id": None}}),
        )
    ),
]


@pytest.mark.parametrize("raw", MALFORMED)
async def test_what_is_no_activity_is_refused_whoever_sends_it(
    served: Served, caplog: pytest.LogCaptureFixture, raw: bytes
) -> None:
    for header in (None, "Bearer garbage", served.bearer()):
        answer = await served.post(raw, header)
        assert (answer.status, answer.body) == (400, b"")
    assert served.recorder.taken == []
    assert caplog.messages == ["teams: 400: not an activity that Teams documents"] * 3


async def test_what_is_too_large_is_not_read_to_its_end(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    sent = json.dumps(activity(text="x" * LARGEST)).encode()
    assert (await served.post(sent, served.bearer())).status == 413
    assert caplog.messages == ["teams: 413: too large"]
    assert (await served.post(activity(text="x" * 500_000), served.bearer())).status == 201


@pytest.mark.parametrize(
    "error", [ValueError("secretmatter"), PermissionError("secretmatter"), KeyError("secretmatter")]
)
async def test_what_fails_behind_is_a_500_without_anyones_words(
    served: Served, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    caplog.set_level(logging.DEBUG)
    served.recorder.error = error
    answer = await served.post(activity(), served.bearer())
    assert (answer.status, answer.body) == (500, b"")
    [record] = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert type(error).__name__ in record.getMessage()
    assert record.exc_info is None
    assert "secretmatter" not in caplog.text


async def test_the_log_holds_nothing_that_anyone_typed(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await served.post(activity(), served.bearer())
    await served.post(activity())
    await served.post(
        activity("invoke", name="adaptiveCard/action", value=EXECUTE), served.bearer()
    )
    assert "secretmatter" not in caplog.text
    assert "Alex Roy" not in caplog.text
