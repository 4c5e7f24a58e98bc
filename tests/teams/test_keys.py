"""Microsoft's signing keys: read once, kept, read anew when one is unknown, never hammered for."""

import asyncio
from collections.abc import AsyncGenerator

import aiohttp
import pytest

from bot.teams.keys import KEPT, PAUSE, Keys, Unavailable
from tests.teams.microsoft import Clock, Microsoft


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def keys(microsoft: Microsoft, clock: Clock) -> AsyncGenerator[Keys]:
    async with aiohttp.ClientSession() as session:
        yield Keys(session, microsoft.openid_url, clock)


async def test_keys_are_read_once_with_their_endorsements(keys: Keys, microsoft: Microsoft) -> None:
    key = await keys.get(microsoft.kid)
    assert key is not None
    assert "msteams" in key.endorsements
    assert await keys.get(microsoft.kid) is key
    assert microsoft.keys_read == 1


async def test_many_who_ask_at_once_have_them_read_once(keys: Keys, microsoft: Microsoft) -> None:
    microsoft.wait = asyncio.Event()
    asking = [asyncio.create_task(keys.get(microsoft.kid)) for _ in range(20)]
    await microsoft.reached.wait()
    microsoft.wait.set()
    assert all(await asyncio.gather(*asking))
    assert microsoft.keys_read == 1


async def test_a_new_key_is_found_and_the_old_one_gone(
    keys: Keys, microsoft: Microsoft, clock: Clock
) -> None:
    old = microsoft.kid
    await keys.get(old)
    microsoft.rotate()
    clock.now += PAUSE
    assert await keys.get(microsoft.kid) is not None
    assert await keys.get(old) is None
    assert microsoft.keys_read == 2


async def test_junk_does_not_hammer_the_key_server(
    keys: Keys, microsoft: Microsoft, clock: Clock
) -> None:
    await keys.get(microsoft.kid)
    clock.now += PAUSE
    assert [await keys.get(f"junk{n}") for n in range(50)] == [None] * 50
    assert microsoft.keys_read == 2


async def test_keys_are_read_anew_each_day(keys: Keys, microsoft: Microsoft, clock: Clock) -> None:
    await keys.get(microsoft.kid)
    clock.now += KEPT - 1
    await keys.get(microsoft.kid)
    assert microsoft.keys_read == 1
    clock.now += 1
    await keys.get(microsoft.kid)
    assert microsoft.keys_read == 2


async def test_a_failing_read_keeps_the_old_keys(
    keys: Keys, microsoft: Microsoft, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    await keys.get(microsoft.kid)
    microsoft.keys_down = True
    clock.now += KEPT
    assert await keys.get(microsoft.kid) is not None
    assert await keys.get(microsoft.kid) is not None
    assert microsoft.keys_read == 2
    assert caplog.messages == ["teams: Microsoft's keys: ClientResponseError"]
    with pytest.raises(Unavailable):  # it may be one that we could not read
        await keys.get("another")
    microsoft.keys_down = False
    clock.now += PAUSE
    assert await keys.get("another") is None


async def test_keys_that_were_never_read_are_unavailable(
    keys: Keys, microsoft: Microsoft, clock: Clock
) -> None:
    microsoft.keys_down = True
    for _ in range(5):
        with pytest.raises(Unavailable):
            await keys.get(microsoft.kid)
    assert microsoft.keys_read == 1
    microsoft.keys_down = False
    clock.now += PAUSE
    assert await keys.get(microsoft.kid) is not None


@pytest.mark.parametrize(
    "published",
    [
        "{",
        "[]",
        '{"keys": 1}',
        '{"keys": []}',
        '{"keys": [{"kty": "RSA", "kid": "key-0"}]}',
        '{"keys": [{"kty": "RSA", "kid": "key-0", "n": 1, "e": []}]}',
        '{"keys": [{"kty": "EC", "kid": "key-0"}]}',
    ],
)
async def test_what_is_no_set_of_keys_keeps_the_old_ones(
    keys: Keys, microsoft: Microsoft, clock: Clock, published: str
) -> None:
    await keys.get(microsoft.kid)
    microsoft.published = published
    clock.now += KEPT
    assert await keys.get(microsoft.kid) is not None
    assert microsoft.keys_read == 2


async def test_a_key_server_that_can_not_be_reached(microsoft: Microsoft, clock: Clock) -> None:
    await microsoft.stop()
    async with aiohttp.ClientSession() as session:
        with pytest.raises(Unavailable):
            await Keys(session, microsoft.openid_url, clock).get(microsoft.kid)
