"""Whether an activity comes from Microsoft: its token, proven before anything of it is believed.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

# The SDK's own types are incomplete.
# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn, cast

import jwt
from botbuilder.schema import Activity
from botframework.connector.aio import ConnectorClient
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
)
from botframework.connector.auth.connector_factory import ConnectorFactory
from botframework.connector.auth.user_token_client import UserTokenClient

from bot.config import Teams as Settings
from bot.teams.hosts import allowed
from bot.teams.keys import Key, Keys

# People of other channels are who their clients say they are.
CHANNEL = "msteams"
ISSUER = "https://api.botframework.com"
ALGORITHM = "RS256"
LEEWAY = 300  # seconds that Microsoft's clock and ours may be apart
REMEMBERED = 500  # tokens; Teams shows the same one for an hour


@dataclass(frozen=True, slots=True)
class _Proven:
    """A token whose signature was checked with this key."""

    kid: str
    key: Key
    claims: dict[str, Any]


class Authentication(BotFrameworkAuthentication):
    """Refuses with PermissionError what is not Microsoft's; its message quotes nothing.

    Raises ``keys.Unavailable`` where that can't be told now. In emulator mode nobody proves
    anything, and only activities of this machine are taken.
    """

    def __init__(self, settings: Settings, keys: Keys) -> None:
        self._settings = settings
        self._keys = keys
        self._allowed = allowed(settings)
        self._proven: dict[bytes, _Proven] = {}

    async def authenticate_request(
        self, activity: Activity, auth_header: str
    ) -> AuthenticateRequestResult:
        """Who an activity comes from. Of it only ``channel_id`` and ``service_url`` are read."""
        service_url, channel = cast("Any", activity).service_url, cast("Any", activity).channel_id
        if not self._allowed(service_url):
            raise PermissionError("a service URL that the bot may not post to")
        claims: dict[str, Any] = {}
        if not self._settings.emulator:
            proven = await self._prove(_token(auth_header))
            claims = proven.claims
            _check(claims, self._settings.app_id, service_url)
            if channel != CHANNEL or channel not in proven.key.endorsements:
                raise PermissionError("unendorsed channel")
        result = AuthenticateRequestResult()
        result.claims_identity = ClaimsIdentity(claims, is_authenticated=bool(claims))
        result.connector_factory = _NoConnectors()
        return result

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> AuthenticateRequestResult:
        """Teams does not speak to bots so."""
        raise PermissionError("no streaming")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        return _NoConnectors()

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> UserTokenClient:
        return cast("UserTokenClient", _Elsewhere())

    async def _prove(self, token: str) -> _Proven:
        """What a token says, once its signature is Microsoft's."""
        digest = hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
        known = self._proven.get(digest)
        kid = known.kid if known else _kid(token)
        key = await self._keys.get(kid)
        if key is None:
            raise PermissionError("unknown key")
        if known is not None and known.key is key:
            return known
        proven = _Proven(kid, key, _claims(token, key))
        while len(self._proven) >= REMEMBERED:
            del self._proven[next(iter(self._proven))]
        self._proven[digest] = proven
        return proven


def _token(auth_header: str) -> str:
    match auth_header.split():
        case []:
            raise PermissionError("no token")
        case [scheme, token] if scheme.lower() == "bearer":
            return token
        case _:
            raise PermissionError("not a bearer token")


def _kid(token: str) -> str:
    """The id of the key that signed a token, before anything is proven."""
    header = _nonsense_refused(lambda: jwt.get_unverified_header(token))
    if header.get("alg") != ALGORITHM:
        raise PermissionError("wrong algorithm")
    if not header.get("kid"):
        raise PermissionError("no key id")
    return str(header["kid"])


def _claims(token: str, key: Key) -> dict[str, Any]:
    return _nonsense_refused(
        lambda: jwt.decode(
            token,
            key.public,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            leeway=LEEWAY,
            # Whom it is for is looked at with each activity; see _check.
            options={"require": ["exp", "iss", "aud"], "verify_aud": False},
        )
    )


def _check(claims: dict[str, Any], app_id: str, service_url: str) -> None:
    """What can be wrong with a token that Microsoft signed."""
    if time.time() > int(claims["exp"]) + LEEWAY:  # it may be one that was proven a while ago
        raise PermissionError("expired")
    if str(claims["aud"]).lower() != app_id:
        raise PermissionError("wrong audience")
    if claims.get("serviceurl") != service_url:
        raise PermissionError("wrong service URL")


def _nonsense_refused(read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What is read of a token. What a stranger wrote can break a parser in any way it likes."""
    try:
        return read()
    except jwt.ExpiredSignatureError:
        why = "expired"
    except jwt.InvalidIssuerError:
        why = "wrong issuer"
    except jwt.InvalidSignatureError:
        why = "wrong signature"
    except Exception:
        why = "malformed token"
    raise PermissionError(why)


class _NoConnectors(ConnectorFactory):
    """The SDK wants one for each turn; what the bot says goes through ``bot.teams.connector``."""

    async def create(self, service_url: str, audience: str) -> ConnectorClient:
        return cast("ConnectorClient", _Elsewhere())


class _Elsewhere:
    """Stands where the SDK keeps a client of its own."""

    def __getattr__(self, name: str) -> NoReturn:
        raise RuntimeError("what the bot says goes through bot.teams.connector")
