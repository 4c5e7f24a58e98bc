"""The token that the bot shows to Teams, from Microsoft Entra: one for an hour, not one a call."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import aiohttp
from pydantic import BaseModel, Field, ValidationError

from bot.config import Teams as Settings

SCOPE = "https://api.botframework.com/.default"
# Where the bots of many tenants sign in.
SHARED = "botframework.com"
EARLY = 300.0  # seconds before its end that a token is replaced
TIMEOUT = 10  # seconds


class SignInRefused(Exception):
    """Microsoft gave no token.

    ``code`` says why in Microsoft's words for it, such as "invalid_client AADSTS7000215", or is "".
    ``retry_after`` is the header of that name.
    """

    def __init__(self, status: int, code: str, retry_after: str = "") -> None:
        super().__init__(f"{status} {code}".strip())
        self.status = status
        self.code = code
        self.retry_after = retry_after


class _Granted(BaseModel):
    access_token: str
    expires_in: float


class _Refusal(BaseModel):
    error: str = Field("", pattern=r"^[a-z_]{0,40}$")
    error_codes: list[int] = []


class Tokens:
    """The bot's token. ``clock`` gives seconds."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        settings: Settings,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        tenant = settings.tenant_id if settings.app_type == "SingleTenant" else SHARED
        self._session = session
        self._settings = settings
        self._url = f"{settings.login_url}/{tenant}/oauth2/v2.0/token"
        self._clock = clock
        self._lock = asyncio.Lock()
        self._token = ""
        self._good_until = 0.0

    async def get(self) -> str:
        """The token. Raises SignInRefused, and what aiohttp raises."""
        async with self._lock:
            if not self._token or self._clock() >= self._good_until:
                granted = await self._ask()
                seconds = granted.expires_in
                self._token = granted.access_token
                self._good_until = self._clock() + max(seconds - EARLY, seconds / 2)
            return self._token

    def forget(self, token: str) -> None:
        """Teams took this one no more; the next call gets another."""
        if token == self._token:
            self._token = ""

    async def _ask(self) -> _Granted:
        password = self._settings.app_password
        assert password is not None
        form = {
            "grant_type": "client_credentials",
            "client_id": self._settings.app_id,
            "client_secret": password.get_secret_value(),
            "scope": SCOPE,
        }
        async with self._session.post(
            self._url,
            data=form,
            timeout=aiohttp.ClientTimeout(total=TIMEOUT),
            # The secret goes to nobody else.
            allow_redirects=False,
        ) as response:
            raw = await response.read()
            headers: Any = response.headers
            try:
                if response.status == 200:
                    return _Granted.model_validate_json(raw)
                code = _code(_Refusal.model_validate_json(raw))
            except ValidationError:
                code = ""
            raise SignInRefused(response.status, code, headers.get("Retry-After", ""))


def _code(refusal: _Refusal) -> str:
    return " ".join([refusal.error, *(f"AADSTS{one}" for one in refusal.error_codes)]).strip()
