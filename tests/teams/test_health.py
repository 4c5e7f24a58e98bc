"""The doctor finds what is wrong on the way to Teams, says what to do, and tells no secret."""

import asyncio
import logging
import socket
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from typer.testing import CliRunner, Result

from bot.config import Config, Teams
from bot.finding import Finding, State
from bot.operations_cli import app
from bot.teams import health
from tests.teams.microsoft import Microsoft

ID, TENANT = "11111111-aaaa-bbbb-cccc-222222222222", "33333333-dddd-eeee-ffff-444444444444"
SECRET = "a~secret.value"
URL = "https://jalon.example.org"


@pytest.fixture
async def microsoft() -> AsyncGenerator[Microsoft]:
    microsoft = Microsoft()
    microsoft.password = SECRET
    await microsoft.start()
    yield microsoft
    await microsoft.stop()


def settings(microsoft: Microsoft | None = None, **given: object) -> Teams:
    urls = (
        {}
        if microsoft is None
        else {
            "login_url": microsoft.login_url,
            "openid_url": microsoft.openid_url,
        }
    )
    whole = {"app_id": ID, "app_password": SECRET, "tenant_id": TENANT, "public_url": URL}
    return Teams.model_validate(whole | urls | given)


async def look(teams: Teams, *, token: bool = True) -> list[Finding]:
    found = await health.findings(teams, token=token)
    for finding in found:
        assert "\n" not in finding.says + finding.to_do
        assert bool(finding.to_do) == (finding.state is not State.OK)
        assert SECRET not in finding.says + finding.to_do
    return found


def not_ok(found: list[Finding]) -> list[tuple[str, str]]:
    return [(one.state, one.says) for one in found if one.state is not State.OK]


def to_do(found: list[Finding]) -> str:
    return " ".join(one.to_do for one in found if one.to_do)


async def test_a_good_connection_has_nothing_bad(microsoft: Microsoft) -> None:
    found = await look(settings(microsoft))
    assert [one.says for one in found] == [
        f"Teams: app {ID}, tenant {TENANT}",
        f"Links to files lead to {URL}",
        "Microsoft gives the bot a token",
        "Microsoft's signing keys can be read at 127.0.0.1: 1 of them",
    ]
    assert not_ok(found) == []
    assert [one["tenant"] for one in microsoft.asked] == [TENANT]
    assert not any(token in one.says for one in found for token in microsoft.issued)


async def test_it_asks_nobody_unless_told_to(microsoft: Microsoft) -> None:
    found = await look(settings(microsoft), token=False)
    says = "Microsoft was not asked for a token; jalon doctor --token asks"
    assert (not_ok(found), found[-1].says) == ([], says)
    assert (microsoft.asked, microsoft.keys_read) == ([], 0)


async def test_an_app_of_many_tenants_signs_in_elsewhere(microsoft: Microsoft) -> None:
    many = settings(microsoft, app_type="MultiTenant", tenant_id="")
    found = await look(many)
    assert (not_ok(found), found[0].says) == ([], f"Teams: app {ID}, tenant any")
    assert [one["tenant"] for one in microsoft.asked] == ["botframework.com"]
    microsoft.refusal = "AADSTS700016"
    found = await look(many)
    assert not_ok(found)[0][1].endswith("AADSTS700016: it is no app of many tenants")
    assert "teams.app_type SingleTenant" in to_do(found)


@pytest.mark.parametrize(
    ("code", "says", "says_to_do"),
    [
        ("AADSTS7000215", "teams.app_password is no secret of this app", "not its Secret ID"),
        ("AADSTS7000222", "the app's secret has expired", "New client secret"),
        ("AADSTS700016", "this tenant has no such app", "Compare teams.app_id and teams.tenant_id"),
        ("AADSTS90002", "there is no such tenant", "Compare teams.app_id and teams.tenant_id"),
        ("AADSTS900021", "there is no such tenant", "Compare teams.app_id and teams.tenant_id"),
        ("AADSTS900023", "there is no such tenant", "Compare teams.app_id and teams.tenant_id"),
        ("AADSTS7000112", "the app is turned off in this tenant", "turn it on"),
        ("AADSTS7000229", "the app was never added to this tenant", "az ad sp create"),
        ("AADSTS53003", "a Conditional Access policy forbids it", "allow the app"),
    ],
)
async def test_what_microsoft_refuses_is_said_in_plain_words(
    microsoft: Microsoft, code: str, says: str, says_to_do: str
) -> None:
    microsoft.refusal = code
    found = await look(settings(microsoft))
    refused = f"Microsoft gives the bot no token: 401 invalid_client {code}: {says}"
    assert not_ok(found) == [("bad", refused)]
    assert says_to_do in to_do(found)
    assert found[-1].says.startswith("Microsoft's signing keys can be read")


async def test_a_wrong_secret_is_told_from_the_rest(microsoft: Microsoft) -> None:
    found = await look(settings(microsoft, app_password="another.secret~value"))
    assert not_ok(found)[0][1].endswith(
        "AADSTS7000215: teams.app_password is no secret of this app"
    )
    assert "another" not in str(found)


async def test_a_refusal_that_is_not_known_is_looked_up(microsoft: Microsoft) -> None:
    microsoft.refusal = "AADSTS123456"
    found = await look(settings(microsoft))
    says = "Microsoft gives the bot no token: 401 invalid_client AADSTS123456"
    assert not_ok(found) == [("bad", says)]
    assert to_do(found) == "Look it up: https://login.microsoftonline.com/error?code=123456"


async def test_a_sign_in_that_is_busy_or_down_is_asked_again_later(microsoft: Microsoft) -> None:
    microsoft.refusal = "AADSTS90033"
    assert to_do(await look(settings(microsoft))) == "Look again in a minute"
    microsoft.refusal, microsoft.login_down = "", True
    found = await look(settings(microsoft))
    assert not_ok(found) == [("bad", "Microsoft gives the bot no token: 503")]
    assert to_do(found) == "Look again in a minute"


async def test_signing_keys_that_cannot_be_read_are_bad(microsoft: Microsoft) -> None:
    microsoft.keys_down = True
    ((state, says),) = not_ok(await look(settings(microsoft)))
    assert state == "bad"
    assert says == (
        "Microsoft's signing keys can't be read at 127.0.0.1, so nothing from Teams is taken:"
        " ClientResponseError"
    )


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'"a"', b"{}", b'{"jwks_uri": 1}', b"\xff"])
async def test_a_page_that_holds_no_keys_is_one_line(microsoft: Microsoft, answer: bytes) -> None:
    async def other(_: web.Request) -> web.Response:
        return web.Response(body=answer)

    elsewhere = web.Application()
    elsewhere.router.add_get("/keys", other)
    async with TestServer(elsewhere) as server:
        found = await look(settings(microsoft, openid_url=str(server.make_url("/keys"))))
    ((state, says),) = not_ok(found)
    assert (state, says.endswith("what answers there is something else")) == ("bad", True)


async def test_no_keys_at_all_are_bad(microsoft: Microsoft) -> None:
    elsewhere = web.Application()

    async def configuration(request: web.Request) -> web.Response:
        return web.json_response({"jwks_uri": str(request.url), "keys": []})

    elsewhere.router.add_get("/keys", configuration)
    async with TestServer(elsewhere) as server:
        found = await look(settings(microsoft, openid_url=str(server.make_url("/keys"))))
    assert [says.endswith("taken: there are none") for _, says in not_ok(found)] == [True]


async def test_nobody_at_the_addresses_is_a_line_each() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    found = await look(settings(login_url=nobody, openid_url=f"{nobody}/keys"))
    assert [state for state, _ in not_ok(found)] == ["bad", "bad"]
    assert "Microsoft's sign-in doesn't answer at 127.0.0.1: ClientConnector" in found[-2].says
    assert "Microsoft's signing keys can't be read at 127.0.0.1" in found[-1].says


async def test_an_answer_that_does_not_come_is_not_waited_for(
    microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.2)
    monkeypatch.setattr("bot.teams.tokens.TIMEOUT", 0.2)
    microsoft.wait = asyncio.Event()
    found = await look(settings(microsoft))
    assert [state for state, _ in not_ok(found)] == ["bad", "bad"]
    assert all("TimeoutError" in says for _, says in not_ok(found))


# Without asking


@pytest.mark.parametrize(
    ("given", "state", "says"),
    [
        ({"tenant_id": ID}, "bad", "teams.app_id and teams.tenant_id are the same"),
        ({"app_password": TENANT}, "bad", "teams.app_password looks like a secret's id"),
        ({"public_url": ""}, "warn", "teams.public_url is not set: a file made for a channel"),
        ({"public_url": "http://jalon.example.org"}, "warn", "teams.public_url is not https"),
    ],
)
async def test_settings_that_cannot_be_right_are_seen(
    given: dict[str, str], state: str, says: str
) -> None:
    ((found, said),) = not_ok(await look(settings(**given), token=False))
    assert (found, said.startswith(says)) == (state, True)


async def test_a_local_address_needs_no_certificate() -> None:
    assert not_ok(await look(settings(public_url="http://127.0.0.1:3978"), token=False)) == []


@pytest.mark.parametrize("token", [False, True])
async def test_with_local_clients_nobody_is_asked(microsoft: Microsoft, token: bool) -> None:
    found = await look(settings(microsoft, emulator=True), token=token)
    ((state, says),) = not_ok(found)
    assert (state, "the emulator setting is on" in says) == ("warn", True)
    assert (microsoft.asked, microsoft.keys_read) == ([], 0)


# The command


async def doctor(data: Path, teams: Teams, *words: str) -> Result:
    config = Config(data=data, teams=teams)
    return await asyncio.to_thread(CliRunner().invoke, app, ["doctor", *words], obj=config)


async def test_the_doctor_looks_at_teams_too(
    microsoft: Microsoft, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    teams = settings(microsoft)
    said = await doctor(tmp_path, teams)
    assert f"ok    Teams: app {ID}, tenant {TENANT}\n" in said.stdout
    assert (said.exit_code, microsoft.asked) == (0, [])
    said = await doctor(tmp_path, teams, "--token")
    assert (said.exit_code, len(microsoft.issued)) == (0, 1)
    assert "ok    Microsoft gives the bot a token\n" in said.stdout
    microsoft.refusal = "AADSTS7000222"
    said = await doctor(tmp_path, teams, "--token")
    assert said.exit_code == 1
    assert "AADSTS7000222: the app's secret has expired\n      -> Make one: " in said.stdout
    for secret in (SECRET, *microsoft.issued):
        assert secret not in said.stdout + said.stderr + caplog.text
