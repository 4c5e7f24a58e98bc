"""The doctor finds what is wrong on the way to Slack, says what to do, and tells no token."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from bot.config import Config, Slack
from bot.finding import Finding, State
from bot.operations_cli import app
from bot.slack import health
from bot.slack.manifest import SCOPES
from storage import addresses
from storage.database import writing
from tests import filled
from tests.slack.faults import Fault
from tests.slack.workspace import APP_TOKEN, BOT_TOKEN, Workspace

SIGNING = "0123456789abcdef0123456789abcdef"
SECRETS = (BOT_TOKEN, APP_TOKEN, SIGNING, "xoxb-", "xapp-")


@pytest.fixture
async def workspace() -> AsyncGenerator[Workspace]:
    workspace = Workspace()
    await workspace.start()
    workspace.scopes = {scope.name for scope in SCOPES}
    yield workspace
    await workspace.close()


def settings(api_url: str, **given: str) -> Slack:
    return Slack.model_validate(
        {"bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "api_url": api_url} | given
    )


async def look(
    workspace: Workspace, channels: Collection[str] = (), off: timedelta = timedelta(), **given: str
) -> list[Finding]:
    now = datetime.now(UTC) + off
    found = await health.findings(settings(workspace.api_url, **given), channels, now)
    for finding in found:
        assert "\n" not in finding.says + finding.to_do
        assert bool(finding.to_do) == (finding.state is not State.OK)
        assert not any(secret in finding.says + finding.to_do for secret in SECRETS)
    return found


def not_ok(found: list[Finding]) -> list[tuple[str, str]]:
    return [(one.state, one.says) for one in found if one.state is not State.OK]


def to_do(found: list[Finding]) -> str:
    return " ".join(one.to_do for one in found)


async def test_a_good_connection_has_nothing_bad(workspace: Workspace) -> None:
    channel = workspace.add_channel("prt-team")
    found = await look(workspace, [channel.id], signing_secret=SIGNING)
    assert not_ok(found) == []
    assert [one.says for one in found] == [
        "Slack: workspace Test team, bot @jalon",
        "Slack's clock agrees with this machine's",
        f"The app has all of its {len(SCOPES)} scopes in Slack",
        "The bot is in every channel where it was spoken to",
        "Slack takes the app token: Socket Mode can connect",
        "The signing secret looks like one; whether it is the app's, a request shows",
    ]


async def test_looking_opens_no_socket_and_writes_nothing(workspace: Workspace) -> None:
    await look(workspace, ["C0GONE"])
    assert {one.method for one in workspace.calls} == {
        "auth.test",
        "users.conversations",
        "conversations.info",
        "apps.connections.open",
    }
    assert workspace.messages == []


@pytest.mark.parametrize(
    ("code", "says_to_do"),
    [
        ("invalid_auth", "Copy it again: api.slack.com/apps, Jalon, OAuth & Permissions"),
        ("account_inactive", "Install the app again and copy its token"),
        ("token_revoked", "Install the app again and copy its token"),
        ("ratelimited", "Look again in a minute"),
    ],
)
async def test_a_bot_token_that_slack_refuses_is_bad(
    workspace: Workspace, code: str, says_to_do: str
) -> None:
    workspace.fail("auth.test", with_=Fault.error(code))
    found = await look(workspace, ["C0GONE"])
    assert not_ok(found) == [("bad", f"Slack refuses the bot token: {code}")]
    assert says_to_do in to_do(found)


async def test_a_wrong_token_is_named_by_its_kind(workspace: Workspace) -> None:
    found = await look(workspace, bot_token="xoxb-another", app_token="xapp-another")
    assert not_ok(found) == [
        ("bad", "Slack refuses the bot token: invalid_auth"),
        ("bad", "Slack refuses the app token: invalid_auth"),
    ]
    assert "App-Level Tokens" in found[1].to_do


async def test_an_app_token_without_its_scope_is_bad(workspace: Workspace) -> None:
    workspace.fail("apps.connections.open", with_=Fault.error("missing_scope"))
    found = await look(workspace)
    assert not_ok(found) == [("bad", "Slack refuses the app token: missing_scope")]
    assert "Make a new one" in to_do(found)
    assert "connections:write" in to_do(found)


async def test_a_scope_that_was_not_granted_is_named_and_more_are_fine(
    workspace: Workspace,
) -> None:
    workspace.scopes |= {"reactions:read"}
    assert not_ok(await look(workspace)) == []
    workspace.scopes -= {"files:write", "im:write"}
    found = await look(workspace)
    assert not_ok(found) == [("bad", "The app lacks scopes in Slack: files:write, im:write")]
    assert "jalon manifest slack" in to_do(found)
    workspace.scopes -= {"groups:read"}
    found = await look(workspace, ["C0GONE"])
    assert ("bad", "Slack refuses to list the bot's channels: missing_scope") in not_ok(found)


def test_scopes_that_are_not_told_are_looked_up_by_hand() -> None:
    assert health.scopes(None).state is State.WARN
    assert health.scopes("").state is State.BAD
    assert health.scopes(", ".join(scope.name for scope in SCOPES)).state is State.OK


async def test_the_channels_that_it_is_not_in_are_named(workspace: Workspace) -> None:
    inside = workspace.add_channel("inside")
    outside = workspace.add_channel("outside", bot=False)
    hidden = workspace.add_channel("hidden", bot=False, private=True)
    closed = workspace.add_channel("closed", bot=False)
    closed.archived = True
    direct = workspace.dm(workspace.add_user("alex", "Alex Roy"))
    channels = [inside.id, outside.id, hidden.id, closed.id, direct.id]
    found = await look(workspace, channels)
    says = "The bot was spoken to in channels that it is not in: #outside, C0HIDDEN"
    assert not_ok(found) == [("warn", says)]
    assert "/invite @jalon" in to_do(found)
    assert not_ok(await look(workspace, [inside.id, closed.id, direct.id])) == []


async def test_many_channels_are_read_page_by_page_and_few_are_listed(
    workspace: Workspace,
) -> None:
    inside = [workspace.add_channel(f"in-{n}").id for n in range(401)]
    assert not_ok(await look(workspace, inside)) == []
    assert len(workspace.called("users.conversations")) == 3
    outside = [workspace.add_channel(f"out-{n}", bot=False).id for n in range(12)]
    ((_, says),) = not_ok(await look(workspace, outside))
    assert says.endswith("#out-8, #out-9 and 2 more")


@pytest.mark.parametrize(("seconds", "side"), [(400, "ahead of"), (-400, "behind")])
async def test_a_clock_that_is_off_is_bad(workspace: Workspace, seconds: int, side: str) -> None:
    ((state, says),) = not_ok(await look(workspace, off=timedelta(seconds=seconds)))
    assert (state, f"s {side} Slack's" in says) == ("bad", True)
    assert not_ok(await look(workspace, off=timedelta(seconds=seconds / 20))) == []


def test_the_clock_is_set_against_the_date_of_the_answer() -> None:
    now = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    assert health.clock("Sat, 21 Nov 2026 09:01:00 GMT", now).state is State.OK
    late = health.clock("Sat, 21 Nov 2026 09:01:01 GMT", now)
    assert (late.state, "clock is 61 s behind Slack's" in late.says) == (State.BAD, True)
    early = health.clock("Sat, 21 Nov 2026 08:00:00 GMT", now)
    assert (early.state, "clock is 3,600 s ahead of Slack's" in early.says) == (State.BAD, True)
    assert health.clock("", now).state is State.WARN
    assert health.clock("yesterday", now).state is State.WARN


@pytest.mark.parametrize(
    "secret", ["", "0123", SIGNING.upper(), SIGNING + "\n", SIGNING[:-1] + "g"]
)
def test_a_signing_secret_of_another_shape_is_doubted(secret: str) -> None:
    found = health.signing_secret(SecretStr(secret))
    assert found.state is State.WARN
    assert not secret or secret not in found.says + found.to_do


@pytest.mark.parametrize(
    "fault", [Fault.dropped(), Fault.malformed(), Fault.status(502)], ids=["gone", "half", "502"]
)
async def test_what_does_not_answer_is_one_line(workspace: Workspace, fault: Fault) -> None:
    workspace.fail("auth.test", with_=fault)
    ((state, says),) = not_ok(await look(workspace))
    assert state == "bad"
    assert says.startswith("Slack's Web API doesn't answer at 127.0.0.1: ")
    # What was found before the connection went stays.
    workspace.fail("apps.connections.open", with_=fault)
    found = await look(workspace)
    assert found[0].says == "Slack: workspace Test team, bot @jalon"
    assert [state for state, _ in not_ok(found)] == ["bad"]


async def test_an_answer_that_does_not_come_is_not_waited_for(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.2)
    workspace.fail("auth.test", with_=Fault.slow(asyncio.Event()))
    ((_, says),) = not_ok(await look(workspace))
    assert says == "Slack's Web API doesn't answer at 127.0.0.1: TimeoutError"


async def test_nobody_at_the_address_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    found = await health.findings(settings(f"http://127.0.0.1:{port}/"), [], datetime.now(UTC))
    ((state, says),) = not_ok(found)
    assert (state, says.startswith("Slack's Web API doesn't answer at 127.0.0.1")) == ("bad", True)


async def test_a_page_that_is_not_the_web_api_is_one_line(workspace: Workspace) -> None:
    found = await health.findings(settings(f"{workspace.base}/none"), [], datetime.now(UTC))
    assert [state for state, _ in not_ok(found)] == ["bad"]


# The command


async def doctor(data: Path, slack: Slack) -> Result:
    config = Config(data=data, slack=slack)
    return await asyncio.to_thread(CliRunner().invoke, app, ["doctor"], obj=config)


async def test_the_doctor_looks_at_slack_too(workspace: Workspace, tmp_path: Path) -> None:
    filled.fill(tmp_path)
    workspace.add_channel("outside", bot=False)
    with writing(tmp_path) as tx:
        addresses.note(tx, "slack", "C0OUTSIDE", None, filled.AT)
        addresses.note(tx, "teams", "C0TEAMS", None, filled.AT)
        addresses.note(tx, "slack", "D0MEG", 1, filled.AT)
    said = await doctor(tmp_path, settings(workspace.api_url))
    assert "ok    Slack: workspace Test team, bot @jalon\n" in said.stdout
    assert "warn  The bot was spoken to in channels that it is not in: #outside\n" in said.stdout
    assert not any(secret in said.stdout for secret in SECRETS)
    assert said.exit_code == 0
    workspace.fail("auth.test", with_=Fault.error("token_revoked"))
    said = await doctor(tmp_path, settings(workspace.api_url))
    assert "bad   Slack refuses the bot token: token_revoked\n" in said.stdout
    assert said.exit_code == 1


async def test_the_doctor_looks_at_slack_without_a_database(
    workspace: Workspace, tmp_path: Path
) -> None:
    said = await doctor(tmp_path, settings(workspace.api_url))
    assert "No database there yet" in said.stdout
    assert "Slack: workspace Test team" in said.stdout


async def test_without_slack_the_doctor_asks_nobody(workspace: Workspace, tmp_path: Path) -> None:
    said = await doctor(tmp_path, Slack(api_url=workspace.api_url))
    assert "Slack" not in said.stdout
    assert workspace.calls == []
