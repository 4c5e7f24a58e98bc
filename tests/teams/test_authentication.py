"""Only Microsoft gets in: every other token is refused in one line that quotes nothing of it."""

import asyncio
import base64
import json
import logging
import time
from collections.abc import AsyncGenerator, Callable
from typing import Any

import jwt
import pytest
from jwt.algorithms import RSAAlgorithm

from bot.teams import authentication
from bot.teams.keys import KEPT, PAUSE
from tests.teams.endpoint import APP, SERVICE_URL, Served, activity, serving
from tests.teams.microsoft import Microsoft, claims, rsa_key


@pytest.fixture
async def served(microsoft: Microsoft) -> AsyncGenerator[Served]:
    async with serving(microsoft) as started:
        yield started


async def test_microsoft_gets_in(served: Served) -> None:
    sent = activity()
    assert (await served.post(sent, served.bearer())).status == 201
    assert served.recorder.taken == [sent]


def part(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def usual(**more: Any) -> dict[str, Any]:
    return claims(APP, SERVICE_URL, **more)


def public(microsoft: Microsoft) -> bytes:
    """The published key as text: what a naive HS256 check would take for the secret."""
    return json.dumps(
        {"n": rsa_key(0).public_key().public_numbers().n, "k": microsoft.kid}
    ).encode()


Header = Callable[[Microsoft], str]
NOW = time.time()
MATRIX: list[tuple[str, Header, str]] = [
    ("empty", lambda _: "", "no token"),
    ("blank", lambda _: "   ", "no token"),
    ("basic", lambda _: "Basic dXNlcjpwYXNz", "not a bearer token"),
    ("no scheme", lambda m: m.token(APP, SERVICE_URL), "not a bearer token"),
    ("scheme alone", lambda _: "Bearer", "not a bearer token"),
    ("two tokens", lambda m: f"Bearer {m.token(APP, SERVICE_URL)} x", "not a bearer token"),
    ("issuer", lambda m: bearer(m, iss="https://sts.windows.net/x/"), "wrong issuer"),
    ("no issuer", lambda m: bearer(m, iss=None), "malformed token"),
    ("audience", lambda m: bearer(m, aud=APP.replace("a", "b")), "wrong audience"),
    ("audiences", lambda m: bearer(m, aud=[APP]), "wrong audience"),
    ("no audience", lambda m: bearer(m, aud=None), "malformed token"),
    ("service URL", lambda m: bearer(m, serviceurl="https://x.example/"), "wrong service URL"),
    ("no service URL", lambda m: bearer(m, serviceurl=None), "wrong service URL"),
    ("garbage", lambda _: "Bearer garbage", "malformed token"),
    ("dots", lambda _: "Bearer a.b.c", "malformed token"),
    ("no bytes", lambda _: "Bearer é€.\udcff.x", "malformed token"),
    ("not JSON", lambda _: f"Bearer {part('x')}.{part('y')}.z", "malformed token"),
    ("not an object", lambda _: f"Bearer {part([1])}.{part([2])}.z", "malformed token"),
    ("deep", lambda _: f"Bearer {part('[' * 5000)}.{part({})}.z", "malformed token"),
    ("odd kid", lambda _: f"Bearer {part({'alg': 'RS256', 'kid': {}})}.e30.z", "malformed token"),
    ("no kid", lambda m: f"Bearer {m.sign(usual(), kid='')}", "no key id"),
    ("wrong key", lambda m: f"Bearer {m.sign(usual(), key=rsa_key(99))}", "wrong signature"),
    ("unknown kid", lambda m: f"Bearer {m.sign(usual(), kid='other')}", "unknown key"),
    ("cut", lambda m: bearer(m)[:-6], "wrong signature"),
    ("no signature", lambda m: bearer(m).rpartition(".")[0] + ".", "wrong signature"),
    (
        "none",
        lambda m: f"Bearer {jwt.encode(usual(), '', 'none', headers={'kid': m.kid})}",
        "wrong algorithm",
    ),
    (
        "HS256",
        lambda m: f"Bearer {jwt.encode(usual(), public(m), 'HS256', headers={'kid': m.kid})}",
        "wrong algorithm",
    ),
    (
        "RS512",
        lambda m: f"Bearer {jwt.encode(usual(), rsa_key(0), 'RS512', headers={'kid': m.kid})}",
        "wrong algorithm",
    ),
    ("expired", lambda m: bearer(m, exp=NOW - 400, nbf=NOW - 4000), "expired"),
    ("endless", lambda m: bearer(m, exp=None), "malformed token"),
    ("not yet", lambda m: bearer(m, nbf=NOW + 4000), "malformed token"),
    ("odd claims", lambda m: bearer(m, exp="soon"), "malformed token"),
]


def bearer(microsoft: Microsoft, **more: Any) -> str:
    return f"Bearer {microsoft.sign(usual(**more))}"


@pytest.mark.parametrize(("header", "why"), [one[1:] for one in MATRIX], ids=[m[0] for m in MATRIX])
async def test_a_forged_token_is_refused_in_one_line(
    served: Served, caplog: pytest.LogCaptureFixture, header: Header, why: str
) -> None:
    caplog.set_level(logging.DEBUG)
    shown = header(served.microsoft)
    answer = await served.post(activity(), shown)
    assert answer.status == 401
    assert answer.body == b""
    assert served.recorder.taken == []
    ours = [one for one in caplog.records if one.name != "asyncio"]
    assert [one.getMessage() for one in ours] == [f"teams: 401: {why}"]
    assert ours[0].exc_info is None
    assert all(len(word) < 5 or word not in caplog.text for word in shown.split()[1:])


async def test_no_header_is_refused(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    assert (await served.post(activity())).status == 401
    assert caplog.messages == ["teams: 401: no token"]


async def test_a_channel_that_the_key_may_not_speak_for(
    served: Served, microsoft: Microsoft
) -> None:
    microsoft.endorsements = ["webchat"]
    assert (await served.post(activity(), served.bearer())).status == 401
    assert served.recorder.taken == []


async def test_only_teams_own_channel_is_spoken_to(served: Served) -> None:
    # The key may speak for it; but there people are who their clients say they are.
    sent = activity(channelId="webchat")
    assert (await served.post(sent, served.bearer())).status == 401
    assert served.recorder.taken == []


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "http://smba.trafficmanager.net/amer/", "http://127.0.0.1/"]
)
async def test_a_service_url_that_is_not_teams_own(
    served: Served, caplog: pytest.LogCaptureFixture, url: str
) -> None:
    sent = activity(serviceUrl=url)
    assert (await served.post(sent, served.bearer(serviceurl=url))).status == 401
    assert caplog.messages == ["teams: 401: a service URL that the bot may not post to"]


async def test_clocks_may_be_five_minutes_apart(served: Served) -> None:
    now = time.time()
    assert (await served.post(activity(), served.bearer(exp=now - 200))).status == 201
    assert (await served.post(activity(), served.bearer(nbf=now + 200))).status == 201


async def test_the_audience_is_the_app_however_it_is_written(served: Served) -> None:
    assert (await served.post(activity(), served.bearer(aud=APP.upper()))).status == 201


async def test_a_token_is_believed_again_only_for_the_same_service_url(
    served: Served,
) -> None:
    shown = served.bearer()
    assert (await served.post(activity(), shown)).status == 201
    assert (await served.post(activity(), shown)).status == 201
    other = activity(serviceUrl="https://smba.trafficmanager.net/emea/")
    assert (await served.post(other, shown)).status == 401
    assert (await served.post(activity(channelId="directline"), shown)).status == 401
    assert len(served.recorder.taken) == 2


async def test_a_token_that_was_believed_ends_all_the_same(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = int(time.time()) + 3600
    shown = served.bearer(exp=end)
    assert (await served.post(activity(), shown)).status == 201
    monkeypatch.setattr(authentication.time, "time", lambda: end + 301.0)
    assert (await served.post(activity(), shown)).status == 401


async def test_a_token_that_was_believed_ends_with_its_key(
    served: Served, microsoft: Microsoft
) -> None:
    shown = served.bearer()
    assert (await served.post(activity(), shown)).status == 201
    microsoft.rotate()
    served.clock.now += PAUSE
    assert (await served.post(activity(), served.bearer())).status == 201  # the new key is read
    served.clock.now += PAUSE
    assert (await served.post(activity(), shown)).status == 401


async def test_a_token_that_was_believed_ends_when_its_key_is_replaced(
    served: Served, microsoft: Microsoft
) -> None:
    shown = served.bearer()
    assert (await served.post(activity(), shown)).status == 201
    other = RSAAlgorithm.to_jwk(rsa_key(5).public_key(), as_dict=True)
    same_id = other | {"kid": microsoft.kid, "endorsements": ["msteams"]}
    microsoft.published = json.dumps({"keys": [same_id]})
    served.clock.now += KEPT
    assert (await served.post(activity(), shown)).status == 401


async def test_only_so_many_tokens_are_remembered(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authentication, "REMEMBERED", 2)
    shown = [served.bearer(jti=str(n)) for n in range(4)]
    for header in shown * 2:
        assert (await served.post(activity(), header)).status == 201
    assert len(served.authentication._proven) == 2


async def test_after_a_rotation_the_first_genuine_request_is_accepted(
    served: Served, microsoft: Microsoft
) -> None:
    assert (await served.post(activity(), served.bearer())).status == 201
    microsoft.rotate()
    served.clock.now += PAUSE
    assert (await served.post(activity(), served.bearer())).status == 201
    assert microsoft.keys_read == 2


async def test_strangers_do_not_hammer_the_key_server(served: Served, microsoft: Microsoft) -> None:
    await served.post(activity(), served.bearer())
    served.clock.now += PAUSE
    junk = [f"Bearer {microsoft.sign(usual(), kid=f'junk{n}')}" for n in range(20)]
    answers = await asyncio.gather(*(served.post(activity(), one) for one in junk))
    assert {one.status for one in answers} == {401}
    assert microsoft.keys_read == 2
    assert (await served.post(activity(), served.bearer())).status == 201


async def test_what_is_nonsense_asks_the_key_server_nothing(
    served: Served, microsoft: Microsoft
) -> None:
    unsigned = jwt.encode(usual(), "", "none", headers={"kid": "other"})
    assert (await served.post(activity(), f"Bearer {unsigned}")).status == 401
    assert (await served.post(activity(), "Bearer garbage")).status == 401
    assert microsoft.keys_read == 0


async def test_while_the_key_server_is_down_teams_is_asked_to_come_back(
    served: Served, microsoft: Microsoft, caplog: pytest.LogCaptureFixture
) -> None:
    microsoft.keys_down = True
    answer = await served.post(activity(), served.bearer())
    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert caplog.messages == [
        "teams: Microsoft's keys: ClientResponseError",
        "teams: 503: Microsoft's keys can't be read",
    ]
    microsoft.keys_down = False
    served.clock.now += PAUSE
    assert (await served.post(activity(), served.bearer())).status == 201


async def test_others_are_answered_while_keys_are_waited_for(
    served: Served, microsoft: Microsoft
) -> None:
    shown = served.bearer()
    assert (await served.post(activity(), shown)).status == 201
    microsoft.wait = asyncio.Event()
    microsoft.reached.clear()
    microsoft.rotate()
    served.clock.now += PAUSE
    late = asyncio.create_task(served.post(activity(), served.bearer()))
    await microsoft.reached.wait()
    assert (await served.post(activity(), shown)).status == 201
    assert not late.done()
    microsoft.wait.set()
    assert (await late).status == 201


async def test_in_emulator_mode_nobody_proves_anything(microsoft: Microsoft) -> None:
    async with serving(microsoft, emulator=True) as local:
        url = "http://localhost:56150/_connector"
        assert (await local.post(activity(serviceUrl=url, channelId="emulator"))).status == 201
        assert (await local.post(activity(serviceUrl=url), "Bearer garbage")).status == 201
        assert (await local.post(activity())).status == 401
        assert (await local.post(activity(), local.bearer())).status == 401
        assert len(local.recorder.taken) == 2
    assert microsoft.keys_read == 0
