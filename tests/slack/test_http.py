"""Only Slack gets in: what is not signed as Slack signs is refused in one line, unread."""

import json
import logging
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.new_database import new_folder
from tests.slack import payloads
from tests.slack.jalon import Jalon
from tests.slack.transport import Kind, OverHttp
from tests.slack.workspace import SECRET, Workspace

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def jalon(tmp_path: Path, workspace: Workspace):
    started = Jalon(new_folder(tmp_path / "data"), workspace)
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
def http(jalon: Jalon) -> OverHttp:
    assert isinstance(jalon.transport, OverHttp)
    return jalon.transport


def body(jalon: Jalon, line: str = "/log 1h secret words") -> bytes:
    alex = jalon.user("alex", "Alex Roy")
    channel = jalon.workspace.add_channel("team", [alex.user])
    form = payloads.slash_command(jalon.workspace, alex.user, channel, line)
    return urlencode(form).encode()


def signature(raw: bytes, at: float | None = None) -> dict[str, str]:
    return FORM | payloads.signed(raw, SECRET, time.time() if at is None else at)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"X-Slack-Signature": ""}, "no signature"),
        ({"X-Slack-Request-Timestamp": ""}, "no signature"),
        ({"X-Slack-Signature": "v0=" + "0" * 64}, "bad signature"),
        ({"X-Slack-Signature": "v1=abc"}, "bad signature"),
        ({"X-Slack-Signature": "v0=é€"}, "bad signature"),
        ({"X-Slack-Request-Timestamp": "abc"}, "bad timestamp"),
        ({"X-Slack-Request-Timestamp": "١٢٣"}, "bad timestamp"),
        ({"X-Slack-Request-Timestamp": "-5"}, "bad timestamp"),
        ({"X-Slack-Request-Timestamp": "9" * 30}, "bad timestamp"),
        ({"X-Slack-Request-Timestamp": "1700000000"}, "old timestamp"),
    ],
)
async def test_what_is_not_signed_as_slack_signs_is_refused(
    jalon: Jalon,
    http: OverHttp,
    caplog: pytest.LogCaptureFixture,
    change: dict[str, str],
    why: str,
) -> None:
    raw = body(jalon)
    answer = await http.post(raw, signature(raw) | change)
    assert (answer.status, answer.body) == (401, b"")
    (line,) = [record for record in caplog.records if record.name.startswith("jalon")]
    assert line.getMessage() == f"slack: 401: {why}"
    assert "secret" not in caplog.text


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_five_minutes_is_how_old_a_request_may_be(
    jalon: Jalon, http: OverHttp, minutes: int
) -> None:
    raw = body(jalon)
    old = time.time() + minutes * 60
    assert (await http.post(raw, signature(raw, old))).status == 401
    assert (await http.post(raw, signature(raw, time.time() + minutes / 6 * 290))).status == 200


async def test_a_body_that_was_changed_on_its_way_is_refused(jalon: Jalon, http: OverHttp) -> None:
    raw = body(jalon)
    assert (await http.post(raw + b"9", signature(raw))).status == 401


@pytest.mark.parametrize(
    ("raw", "headers"),
    [
        (b'{"type": "event_callback"', JSON),
        (b"[1, 2]", JSON),
        (b'"words"', JSON),
        (b"", JSON),
        (b"\xff\xfe{}", JSON),
        (b"payload=%7Bnot+json", FORM),
        (b"something=else", FORM),
        (b"payload=%22text%22", FORM),
    ],
)
async def test_a_signed_body_that_makes_no_sense_is_refused(
    http: OverHttp, caplog: pytest.LogCaptureFixture, raw: bytes, headers: dict[str, str]
) -> None:
    answer = await http.post(raw, signature(raw) | headers)
    assert answer.status == 401
    assert [record.getMessage() for record in caplog.records] == ["slack: 401: malformed body"]


async def test_a_body_that_is_too_large_is_refused_before_it_is_read_whole(
    http: OverHttp, caplog: pytest.LogCaptureFixture
) -> None:
    raw = b"text=" + b"a" * 1_000_001
    assert (await http.post(raw, signature(raw))).status == 413
    assert [record.getMessage() for record in caplog.records] == ["slack: 413: too large"]


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "event_callback", "event_id": "E1", "event": {"type": "app_mention"}},
        {"type": "event_callback", "event": {"type": "message", "channel_type": "im"}},
        {"type": "block_actions", "actions": []},
        {"type": "block_actions", "actions": [{"action_id": "x", "value": "no JSON"}]},
        {"type": "view_submission", "view": {"private_metadata": "?", "callback_id": "log.save"}},
        {"type": "shortcut", "callback_id": "log.open"},
    ],
)
async def test_a_payload_that_slack_does_not_document_does_no_harm(
    jalon: Jalon,
    http: OverHttp,
    caplog: pytest.LogCaptureFixture,
    payload: dict[str, object],
) -> None:
    kind = Kind.EVENT if payload["type"] == "event_callback" else Kind.INTERACTION
    answer = await http.deliver(dict(payload), kind)
    assert (answer.status, answer.body) in ((200, b""), (400, b""))
    assert [record for record in caplog.records if "Traceback" in record.getMessage()] == []
    assert len(caplog.records) <= 1


async def test_slack_is_told_that_the_address_is_ours(http: OverHttp) -> None:
    answer = await http.deliver(payloads.url_verification("some words"), Kind.EVENT)
    assert answer.json == {"challenge": "some words"}
    raw = urlencode(payloads.ssl_check()).encode()
    assert (await http.post(raw, signature(raw))).status == 200


async def test_a_line_may_hold_the_word_payload(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/log 1h payload training with a CDA at EMSB")
    assert "payload training" in alex.sees()[-1].text


async def test_the_log_holds_nothing_that_anyone_typed(
    jalon: Jalon, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="jalon")
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/log 2h with Secretperson (CDA, EMSB) about secretmatter")
    await alex.writes("log 1h secretmatter")
    await alex.press("Undo")
    assert "secret" not in caplog.text.lower()
    assert json.dumps("Alex Roy") not in caplog.text
