"""The keys that Microsoft signs with: read over HTTP, kept, and read anew once one is unknown."""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import aiohttp
from jwt import PyJWK
from jwt.exceptions import PyJWTError
from pydantic import BaseModel

log = logging.getLogger("jalon.teams")

KEPT = 24 * 3600.0  # seconds; the documentation asks for a new look each day
PAUSE = 30.0  # seconds between two reads, however many unknown keys are asked for
TIMEOUT = 5  # seconds for one of the two requests; a turn of Teams' has fifteen


class Unavailable(Exception):
    """Microsoft's keys can't be read now, so nobody can say whose signature it is."""


@dataclass(frozen=True, slots=True)
class Key:
    """A signing key, and the channels that it may speak for."""

    public: PyJWK
    endorsements: frozenset[str]


class _Configuration(BaseModel):
    jwks_uri: str


class _Published(BaseModel):
    keys: list[dict[str, Any]]


class Keys:
    """Microsoft's keys by their id. ``clock`` gives seconds."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        openid_url: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._openid_url = openid_url
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._lock = asyncio.Lock()
        self._read_at = self._tried_at = float("-inf")
        self._failed = False

    async def get(self, kid: str) -> Key | None:
        """The key with this id, or None where Microsoft has none. Raises Unavailable."""
        if self._due(kid):
            async with self._lock:
                if self._due(kid):  # and nobody read them while we waited
                    await self._read()
        key = self._keys.get(kid)
        if key is None and self._failed:
            raise Unavailable
        return key

    def _due(self, kid: str) -> bool:
        now = self._clock()
        wanted = kid not in self._keys or now - self._read_at >= KEPT
        return wanted and now - self._tried_at >= PAUSE

    async def _read(self) -> None:
        """Read the keys; where that fails, the old ones stay."""
        try:
            configuration = _Configuration.model_validate_json(await self._get(self._openid_url))
            published = _Published.model_validate_json(await self._get(configuration.jwks_uri))
            self._keys = _usable(published)
            self._read_at = self._clock()
            self._failed = False
        except (aiohttp.ClientError, OSError, ValueError) as error:
            log.warning("teams: Microsoft's keys: %s", type(error).__name__)
            self._failed = True
        self._tried_at = self._clock()

    async def _get(self, url: str) -> bytes:
        timeout = aiohttp.ClientTimeout(total=TIMEOUT)
        async with self._session.get(url, timeout=timeout, raise_for_status=True) as response:
            return await response.read()


def _usable(published: _Published) -> dict[str, Key]:
    """The keys that can be used. Raises ValueError where there is none."""
    keys: dict[str, Key] = {}
    for one in published.keys:
        match one:
            case {"kty": "RSA", "kid": str(kid)}:
                with suppress(PyJWTError):
                    public = PyJWK(one, algorithm="RS256")
                    keys[kid] = Key(public, frozenset(one.get("endorsements") or ()))
            case _:
                pass
    if not keys:
        raise ValueError("no usable key")
    return keys
