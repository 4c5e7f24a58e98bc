"""What `jalon doctor` asks of Teams: the settings, a token, the signing keys. No secret is said."""

import json
from collections.abc import AsyncGenerator, Iterator
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.config import GUID, Teams, is_loopback
from bot.finding import Finding, bad, ok, warn
from bot.teams.refusals import in_short
from bot.teams.tokens import SignInRefused, Tokens

PATIENCE = 10  # seconds for one answer
BUSY = {"AADSTS50196", "AADSTS90033"}
BOT = "portal.azure.com, your Azure Bot, Configuration"
ENTRA = "entra.microsoft.com, Enterprise applications"
NEW_SECRET = (
    f"Make one: {BOT}, Manage Password, New client secret; copy its Value, not its Secret ID,"
    " to teams.app_password"
)
COMPARE = f"Compare teams.app_id and teams.tenant_id with {BOT}"
TURN_ON = f"Have an administrator turn it on: {ENTRA}, the app, Properties"
MAKE = f"Have an administrator add it there: az ad sp create --id, with teams.app_id; see {ENTRA}"
# https://learn.microsoft.com/entra/identity-platform/reference-error-codes
MEANS = {
    "AADSTS7000215": ("teams.app_password is no secret of this app", NEW_SECRET),
    "AADSTS7000222": ("the app's secret has expired", NEW_SECRET),
    "AADSTS700016": ("this tenant has no such app", COMPARE),
    "AADSTS90002": ("there is no such tenant", COMPARE),
    "AADSTS900021": ("there is no such tenant", COMPARE),
    "AADSTS900023": ("there is no such tenant", COMPARE),
    "AADSTS7000112": ("the app is turned off in this tenant", TURN_ON),
    "AADSTS7000229": ("the app was never added to this tenant", MAKE),
    "AADSTS53003": (
        "a Conditional Access policy forbids it",
        "Ask those who look after the tenant's policies to allow the app",
    ),
}


async def findings(settings: Teams, *, token: bool) -> list[Finding]:
    """How the way to Teams is; with ``token``, Microsoft is asked as well."""
    found = [*looks(settings)]
    if settings.emulator:
        return found
    if not token:
        return [*found, ok("Microsoft was not asked for a token; jalon doctor --token asks")]
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=True) as session:
        async for finding in _asked(settings, session):
            found.append(finding)  # noqa: PERF401 no list of it before all were asked
    return found


def looks(settings: Teams) -> Iterator[Finding]:
    """What can be said without asking anyone."""
    if settings.emulator:
        yield warn(
            "Teams: the emulator setting is on: who reaches the bot's port is whoever they say",
            "For local clients alone; unset teams.emulator before Teams itself is to reach the bot",
        )
        return
    tenant = settings.tenant_id if settings.app_type == "SingleTenant" else "any"
    yield ok(f"Teams: app {settings.app_id}, tenant {tenant}")
    if settings.app_id == settings.tenant_id:
        yield bad("teams.app_id and teams.tenant_id are the same", COMPARE)
    secret = settings.app_password
    if secret is not None and GUID.fullmatch(secret.get_secret_value()):
        yield bad("teams.app_password looks like a secret's id, and is no secret", NEW_SECRET)
    yield _public(settings.public_url)


def _public(url: str) -> Finding:
    if not url:
        return warn(
            "teams.public_url is not set: a file made for a channel goes to who asked for it alone",
            "Set it to the https address that people's browsers reach the bot at",
        )
    parts = urlsplit(url)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        to_do = "Set it to an https address: links to files are for those alone who have them"
        return warn("teams.public_url is not https", to_do)
    return ok(f"Links to files lead to {url}")


async def _asked(settings: Teams, session: aiohttp.ClientSession) -> AsyncGenerator[Finding]:
    """What Microsoft says."""
    try:
        await Tokens(session, settings).get()
        yield ok("Microsoft gives the bot a token")
    except SignInRefused as refused:
        yield _refused(refused, settings)
    except (aiohttp.ClientError, OSError) as error:
        host = urlsplit(settings.login_url).hostname
        says = f"Microsoft's sign-in doesn't answer at {host}: {in_short(error)}"
        yield bad(says, "Look at the network, and at the setting teams.login_url")
    yield await _signing_keys(settings, session)


def _refused(refused: SignInRefused, settings: Teams) -> Finding:
    """What it means that there was no token, and what to do."""
    codes = refused.code.split()
    says = f"Microsoft gives the bot no token: {refused}"
    if refused.status == 429 or refused.status >= 500 or BUSY & {*codes}:
        return bad(says, "Look again in a minute")
    known = next((code for code in codes if code in MEANS), "")
    if known == "AADSTS700016" and settings.app_type == "MultiTenant":
        to_do = "An app of one tenant needs teams.app_type SingleTenant and teams.tenant_id"
        return bad(f"{says}: it is no app of many tenants", to_do)
    if known:
        means, to_do = MEANS[known]
        return bad(f"{says}: {means}", to_do)
    number = next((code.removeprefix("AADSTS") for code in codes if code[:6] == "AADSTS"), "")
    if number:
        return bad(says, f"Look it up: https://login.microsoftonline.com/error?code={number}")
    return bad(says, "Look at the setting teams.login_url")


async def _signing_keys(settings: Teams, session: aiohttp.ClientSession) -> Finding:
    """Whether the keys can be read that requests from Teams are proven with."""
    host = urlsplit(settings.openid_url).hostname
    try:
        configuration = await _json(session, settings.openid_url)
        keys = (await _json(session, configuration["jwks_uri"]))["keys"]
        if keys:
            return ok(f"Microsoft's signing keys can be read at {host}: {len(keys)} of them")
        says = "there are none"
    except (aiohttp.ClientError, OSError) as error:
        says = in_short(error)
    except (ValueError, LookupError, TypeError):
        says = "what answers there is something else"
    return bad(
        f"Microsoft's signing keys can't be read at {host}, so nothing from Teams is taken: {says}",
        "Look at the network, and at the setting teams.openid_url",
    )


async def _json(session: aiohttp.ClientSession, url: str) -> Any:
    async with session.get(url, raise_for_status=True) as response:
        return json.loads(await response.read())
