"""The bot's own token: one for an hour, another after a 401, and refusals without the secret."""

import asyncio
from collections.abc import AsyncGenerator

import aiohttp
import pytest

from bot.config import Teams as Settings
from bot.teams.tokens import SignInRefused, Tokens
from tests.teams.microsoft import HOUR, SCOPE, Clock, Microsoft

APP, TENANT = "00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b"
SECRET = "very-secret-words"


@pytest.fixture
def microsoft(microsoft: Microsoft) -> Microsoft:
    microsoft.password = SECRET
    return microsoft


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


def settings(microsoft: Microsoft, **more: str) -> Settings:
    given = {"app_id": APP, "app_password": SECRET, "tenant_id": TENANT}
    return Settings.model_validate(given | {"login_url": microsoft.login_url} | more)


@pytest.fixture
def tokens(session: aiohttp.ClientSession, microsoft: Microsoft, clock: Clock) -> Tokens:
    return Tokens(session, settings(microsoft), clock)


async def test_a_token_serves_until_shortly_before_its_end(
    tokens: Tokens, microsoft: Microsoft, clock: Clock
) -> None:
    first = await tokens.get()
    assert microsoft.accepts(first)
    clock.now += HOUR - 301
    assert await tokens.get() == first
    clock.now += 1
    second = await tokens.get()
    assert second != first
    assert microsoft.issued == [first, second]
    assert microsoft.asked[0] == {
        "tenant": TENANT,
        "grant_type": "client_credentials",
        "client_id": APP,
        "client_secret": SECRET,
        "scope": SCOPE,
    }


async def test_a_short_token_serves_half_its_time(
    tokens: Tokens, microsoft: Microsoft, clock: Clock
) -> None:
    microsoft.lifetime = 60
    first = await tokens.get()
    clock.now += 29
    assert await tokens.get() == first
    clock.now += 1
    assert await tokens.get() != first


async def test_a_bot_of_many_tenants_signs_in_where_those_do(
    session: aiohttp.ClientSession, microsoft: Microsoft
) -> None:
    await Tokens(session, settings(microsoft, app_type="MultiTenant")).get()
    assert microsoft.asked[0]["tenant"] == "botframework.com"


async def test_many_who_ask_at_once_share_one(tokens: Tokens, microsoft: Microsoft) -> None:
    microsoft.wait = asyncio.Event()
    asking = [asyncio.create_task(tokens.get()) for _ in range(20)]
    await microsoft.reached.wait()
    microsoft.wait.set()
    assert len(set(await asyncio.gather(*asking))) == 1
    assert len(microsoft.issued) == 1


async def test_only_the_token_that_was_refused_is_forgotten(
    tokens: Tokens, microsoft: Microsoft
) -> None:
    first = await tokens.get()
    tokens.forget(first)
    second = await tokens.get()
    assert second != first
    tokens.forget(first)  # by someone slower
    assert await tokens.get() == second


async def test_a_refusal_says_why_and_keeps_the_secret(
    tokens: Tokens, microsoft: Microsoft
) -> None:
    microsoft.password = "another"
    with pytest.raises(SignInRefused) as refused:
        await tokens.get()
    assert refused.value.code == "invalid_client AADSTS7000215"
    assert str(refused.value) == "401 invalid_client AADSTS7000215"
    assert SECRET not in repr(refused.value)
    microsoft.password = SECRET
    assert microsoft.accepts(await tokens.get())


async def test_a_page_in_place_of_a_token(tokens: Tokens, microsoft: Microsoft) -> None:
    microsoft.login_down = True
    with pytest.raises(SignInRefused) as refused:
        await tokens.get()
    assert (refused.value.status, refused.value.code) == (503, "")
