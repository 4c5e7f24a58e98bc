"""The connector's calls over HTTP, and what its refusals are taken for."""

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.config import Teams as Settings
from bot.teams.connector import Connector, Refused, failing, final, in_short
from bot.teams.hosts import allowed
from bot.teams.refusals import code_of
from bot.teams.tokens import SignInRefused, Tokens
from tests.teams.microsoft import Microsoft

CONVERSATION = "19:abc/def?x=1@thread.tacv2;messageid=17"
LOCAL = Settings(service_hosts=("127.0.0.1",))
BLOCKED_THREAD = {
    "errorCode": 209,
    "message": json.dumps({"subCode": "MessageWritesBlocked", "details": "Thread is blocked."}),
}


@dataclass(frozen=True, slots=True)
class Call:
    """A request that reached the service. ``raw`` is its path as it was written."""

    method: str
    raw: str
    conversation: str
    query: dict[str, str]
    body: Any
    bearer: str


@dataclass
class Service:
    """Answers each call with the next of ``answers``, or 200 {"id": "1"} where there is none."""

    answers: list[web.Response] = field(default_factory=list[web.Response])
    calls: list[Call] = field(default_factory=list[Call])
    url: str = ""
    silent: bool = False

    async def serve(self, request: web.Request) -> web.Response:
        text = await request.text()
        if self.silent:
            await asyncio.Event().wait()
        self.calls.append(
            Call(
                request.method,
                request.raw_path.split("?")[0],
                request.match_info["tail"],
                dict(request.query),
                json.loads(text) if text else None,
                request.headers.get("Authorization", ""),
            )
        )
        return self.answers.pop(0) if self.answers else web.json_response({"id": "1"})


@pytest.fixture
async def service() -> AsyncGenerator[Service]:
    started = Service()
    app = web.Application()
    app.router.add_route("*", "/amer/{tail:.*}", started.serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    started.url = f"http://{host}:{port}/amer/"
    yield started
    await runner.cleanup()


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def connector(session: aiohttp.ClientSession) -> Connector:
    """One that proves nothing, as in emulator mode."""
    return Connector(session, None, allowed(LOCAL))


def refusal(status: int, code: str, **headers: str) -> web.Response:
    return web.json_response({"error": {"code": code}}, status=status, headers=headers)


async def test_an_activity_is_posted_replaced_and_taken_back(
    connector: Connector, service: Service
) -> None:
    card = {"type": "message", "text": "Écrit « ici »"}
    assert await connector.send(service.url, CONVERSATION, card) == "1"
    await connector.update(service.url, CONVERSATION, "1:a/b", card)
    service.answers.append(web.Response(status=200))
    await connector.delete(service.url, CONVERSATION, "1:a/b")
    of = f"v3/conversations/{CONVERSATION}/activities"
    assert [(one.method, one.conversation, one.body) for one in service.calls] == [
        ("POST", of, card),
        ("PUT", f"{of}/1:a/b", card),
        ("DELETE", f"{of}/1:a/b", None),
    ]
    # What is in an id never becomes a part of the path, or a query.
    assert [one.raw.count("/") for one in service.calls] == [5, 6, 6]
    assert all(one.query == {} and one.bearer == "" for one in service.calls)


@pytest.mark.parametrize("body", ["", "[]", "<html>", "{}", '{"id": null}'])
async def test_an_activity_that_was_taken_needs_no_id(
    connector: Connector, service: Service, body: str
) -> None:
    service.answers.append(web.Response(status=201, text=body))
    assert await connector.send(service.url, CONVERSATION, {"type": "message"}) == ""


async def test_a_chat_is_made_with_its_tenant(connector: Connector, service: Service) -> None:
    service.answers.append(web.json_response({"id": "a:1"}, status=201))
    assert await connector.create_chat(service.url, "tenant", {"id": "28:bot"}, "29:x") == "a:1"
    assert service.calls[0].conversation == "v3/conversations"
    assert service.calls[0].body == {
        "bot": {"id": "28:bot"},
        "members": [{"id": "29:x"}],
        "isGroup": False,
        "tenantId": "tenant",
        "channelData": {"tenant": {"id": "tenant"}},
    }


async def test_a_chat_without_an_id_is_asked_for_again(
    connector: Connector, service: Service
) -> None:
    service.answers.append(web.Response(text="<html>"))
    with pytest.raises(Refused) as refused:
        await connector.create_chat(service.url, "tenant", {"id": "28:bot"}, "29:x")
    assert failing(refused.value) is not None


async def test_members_come_page_by_page(connector: Connector, service: Service) -> None:
    pages: list[dict[str, Any]] = [
        {"members": [{"id": "a"}, {"id": "b"}], "continuationToken": "t&1"},
        {"members": [], "continuationToken": "t/2"},
        {"members": [{"id": "c"}]},
    ]
    service.answers += [web.json_response(one) for one in pages]
    found = [one["id"] async for one in connector.members(service.url, CONVERSATION)]
    assert found == ["a", "b", "c"]
    assert [one.query.get("continuationToken") for one in service.calls] == [None, "t&1", "t/2"]
    assert {one.query["pageSize"] for one in service.calls} == {"500"}


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/amer/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evilbotframework.com/",
        "https://botframework.com@evil.example/",
        "https://evil.example\\@botframework.com/",
        "https://evil.example/?botframework.com",
        "https://evil.example#.botframework.com",
        "https://botframework.com/\n",
        "http://smba.trafficmanager.net/amer/",
        "http://127.0.0.1:1/",
        "https://169.254.169.254/",
        "ftp://smba.trafficmanager.net/",
        "//smba.trafficmanager.net/",
        "smba.trafficmanager.net",
        "https://",
        "",
    ],
)
async def test_nothing_is_posted_to_a_stranger(session: aiohttp.ClientSession, url: str) -> None:
    connector = Connector(session, None, allowed(Settings()))
    with pytest.raises(Refused) as refused:
        await connector.send(url, CONVERSATION, {"type": "message"})
    assert (refused.value.status, failing(refused.value)) == (0, None)


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/amer/",
        "https://SMBA.trafficmanager.net/ca/0b7c9a5e-1111-2222-3333-444455556666/",
        "https://smba.infra.gov.teams.microsoft.us/teams",
        "https://webchat.botframework.com:443/",
    ],
)
def test_teams_own_hosts_are_spoken_to(url: str) -> None:
    assert allowed(Settings())(url)


def test_in_emulator_mode_only_this_machine_is_spoken_to() -> None:
    local = allowed(Settings(emulator=True))
    assert local("http://localhost:56150/_connector")
    assert local("http://127.0.0.1:56150")
    assert local("http://[::1]:56150/")
    assert not local("https://smba.trafficmanager.net/amer/")
    assert not local("http://localhost.evil.example/")
    assert not local("http://192.168.0.1/")


async def test_a_redirect_is_not_followed(connector: Connector, service: Service) -> None:
    service.answers.append(web.Response(status=307, headers={"Location": f"{service.url}other"}))
    with pytest.raises(Refused) as refused:
        await connector.send(service.url, CONVERSATION, {"type": "message"})
    assert refused.value.status == 307
    assert len(service.calls) == 1


def signed_in(
    session: aiohttp.ClientSession, microsoft: Microsoft, service_hosts: tuple[str, ...]
) -> Connector:
    settings = Settings.model_validate(
        {
            "app_id": "00000000-0000-0000-0000-00000000000a",
            "app_password": "very-secret-words",
            "tenant_id": "00000000-0000-0000-0000-00000000000b",
            "login_url": microsoft.login_url,
            "service_hosts": service_hosts,
        }
    )
    return Connector(session, Tokens(session, settings), allowed(settings))


async def test_one_token_serves_many_calls(
    session: aiohttp.ClientSession, microsoft: Microsoft, service: Service
) -> None:
    connector = signed_in(session, microsoft, ("127.0.0.1",))
    for _ in range(3):
        await connector.send(service.url, CONVERSATION, {"type": "message"})
    [token] = microsoft.issued
    assert [one.bearer for one in service.calls] == [f"Bearer {token}"] * 3


async def test_after_a_401_another_token_is_tried_once(
    session: aiohttp.ClientSession, microsoft: Microsoft, service: Service
) -> None:
    connector = signed_in(session, microsoft, ("127.0.0.1",))
    service.answers.append(web.Response(status=401))
    assert await connector.send(service.url, CONVERSATION, {"type": "message"}) == "1"
    assert [one.bearer for one in service.calls] == [f"Bearer {one}" for one in microsoft.issued]
    assert len(set(microsoft.issued)) == 2
    service.answers += [web.Response(status=401), refusal(401, "BotNotRegistered")]
    with pytest.raises(Refused) as refused:
        await connector.send(service.url, CONVERSATION, {"type": "message"})
    assert refused.value.code == "BotNotRegistered"
    assert len(service.calls) == 4


async def test_a_stranger_never_sees_the_token(
    session: aiohttp.ClientSession, microsoft: Microsoft, service: Service
) -> None:
    connector = signed_in(session, microsoft, ("botframework.com",))
    with pytest.raises(Refused):
        await connector.send(service.url, CONVERSATION, {"type": "message"})
    assert service.calls == []
    assert microsoft.issued == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"error": {"code": "BotNotInConversationRoster", "message": "x"}}, None),
        ({"error": {"code": "ServiceError", "message": BLOCKED_THREAD["message"]}}, "deep"),
        ({"error": "BotNotInConversationRoster"}, None),
        (BLOCKED_THREAD, "deep"),
        ({"errorCode": 209, "message": {"subCode": "MessageWritesBlocked"}}, "deep"),
        ({"message": "Authorization has been denied for this request."}, ""),
        ({"error": {"code": "<script>"}}, ""),
        ({"error": {"code": "x" * 100}}, ""),
        ({"error": {"code": 7}}, ""),
        ([], ""),
        ("BotDisabledByAdmin", ""),
    ],
)
def test_the_code_is_found_wherever_it_stands(body: object, code: str | None) -> None:
    expected = {None: "BotNotInConversationRoster", "deep": "MessageWritesBlocked"}.get(code, code)
    assert code_of(json.dumps(body).encode()) == expected


@pytest.mark.parametrize("raw", [b"", b"<html>", b"\xff\xfe\x00", b"[" * 100_000])
def test_what_is_no_json_has_no_code(raw: bytes) -> None:
    assert code_of(raw) == ""


@pytest.mark.parametrize(
    "code",
    [
        "BotNotInConversationRoster",
        "ConversationBlockedByUser",
        "MessageWritesBlocked",
        "BotDisabledByAdmin",
    ],
)
async def test_four_refusals_close_an_address(
    connector: Connector, service: Service, code: str
) -> None:
    service.answers.append(refusal(403, code))
    with pytest.raises(Refused) as refused:
        await connector.send(service.url, CONVERSATION, {"type": "message"})
    assert final(refused.value) == code
    assert failing(refused.value) is None
    assert in_short(refused.value) == f"403 {code}"


def test_other_refusals_close_nothing() -> None:
    for error in (
        Refused(404, "ConversationNotFound"),  # said now and then of conversations that are there
        Refused(403, "ForbiddenOperationException"),
        Refused(404, "ActivityNotFoundInConversation"),
        Refused(500, "BotDisabledByAdmin"),
        Refused(403, ""),
        SignInRefused(403, "BotDisabledByAdmin"),
        TimeoutError(),
    ):
        assert final(error) == ""


@pytest.mark.parametrize("status", [408, 412, 429, 500, 502, 503, 504])
async def test_what_passes_is_tried_again_as_late_as_asked(
    connector: Connector, service: Service, status: int
) -> None:
    service.answers.append(web.Response(status=status, headers={"Retry-After": "7"}))
    with pytest.raises(Refused) as refused:
        await connector.send(service.url, CONVERSATION, {"type": "message"})
    wait = failing(refused.value)
    assert wait is not None
    assert 7 <= wait < 8


def test_retry_after_may_be_a_date_or_nonsense() -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    wait = failing(Refused(503, "", at))
    assert wait is not None
    assert 80 < wait < 92
    for value in ("", "soon", "-5", "²", "Sun, 06 Nov 1994 08:49:37 GMT"):
        assert 0 <= (failing(Refused(503, "", value)) or 9) < 1
        assert 1 <= (failing(Refused(429, "", value)) or 0) < 2


def test_waits_differ_so_that_not_all_come_back_at_once() -> None:
    assert len({failing(Refused(503, "", "3")) for _ in range(20)}) > 10


@pytest.mark.parametrize(
    "error",
    [Refused(400, "BadSyntax"), Refused(404, ""), Refused(413, "MessageSizeTooBig"), KeyError()],
)
def test_what_trying_again_can_not_help(error: Exception) -> None:
    assert failing(error) is None


async def test_a_service_that_does_not_answer_is_tried_again(
    session: aiohttp.ClientSession, service: Service
) -> None:
    service.silent = True
    hasty = Connector(session, None, allowed(LOCAL), timeout=0.05)
    with pytest.raises(TimeoutError) as late:
        await hasty.send(service.url, CONVERSATION, {"type": "message"})
    assert failing(late.value) is not None
    assert in_short(late.value) == "TimeoutError"


async def test_a_service_that_is_not_there_is_tried_again(
    connector: Connector, unused_tcp_port: int
) -> None:
    with pytest.raises(aiohttp.ClientError) as gone:
        await connector.send(f"http://127.0.0.1:{unused_tcp_port}", "x", {"type": "message"})
    assert failing(gone.value) is not None


def test_a_secret_that_ran_out_is_waited_for() -> None:
    error = SignInRefused(401, "invalid_client AADSTS7000222", "4")
    wait = failing(error)
    assert wait is not None
    assert 4 <= wait < 5
    assert in_short(error) == "sign-in: 401 invalid_client AADSTS7000222"
