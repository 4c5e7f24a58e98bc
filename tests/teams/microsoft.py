"""A fake of Microsoft's sign-in on this machine: its signing keys, and the tokens it gives bots."""

import asyncio
import secrets
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

ISSUER = "https://api.botframework.com"
SCOPE = "https://api.botframework.com/.default"
HOUR = 3600

Json = dict[str, Any]


@dataclass
class Clock:
    """A clock that stands until it is set."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@cache
def rsa_key(number: int) -> RSAPrivateKey:
    """A key that is made once a test run: making one takes a while."""
    return generate_private_key(65537, 2048)


class Microsoft:
    """The two servers in one, on a free port of this machine.

    ``password`` is the bot's secret; None takes any. ``endorsements`` are the channels that the
    signing keys may speak for, ``published`` what there is in place of the keys. While
    ``keys_down`` or ``login_down`` it answers 503; while ``refusal`` is not "", with that AADSTS
    code. ``lifetime`` is how many seconds a token of the bot's is good for. Where ``wait`` is set,
    answers wait for it; ``reached`` is set once a request is there.
    """

    def __init__(self) -> None:
        self.password: str | None = None
        self.endorsements = ["msteams", "webchat"]
        self.keys_down = self.login_down = False
        self.published: str | None = None
        self.refusal = ""
        self.lifetime = HOUR
        self.wait: asyncio.Event | None = None
        self.reached = asyncio.Event()
        self.issued: list[str] = []
        self.asked: list[Json] = []
        self.keys_read = 0
        self._revoked: set[str] = set()
        self._turn = 0
        self._url = ""
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/v1/.well-known/openidconfiguration", self._configuration)
        app.router.add_get("/v1/.well-known/keys", self._keys)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self._url = f"http://{host}:{port}"

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def openid_url(self) -> str:
        """For ``JALON_TEAMS__OPENID_URL``."""
        return f"{self._url}/v1/.well-known/openidconfiguration"

    @property
    def login_url(self) -> str:
        """For ``JALON_TEAMS__LOGIN_URL``."""
        return self._url

    @property
    def kid(self) -> str:
        """The id of the key that signs now."""
        return f"key-{self._turn}"

    def rotate(self) -> None:
        """From here on another key signs; the old one is no longer among those published."""
        self._turn += 1

    def token(self, app_id: str, service_url: str, **claims_overrides: Any) -> str:
        """What Teams proves itself with to a bot; a claim given as None is left out."""
        return self.sign(claims(app_id, service_url, **claims_overrides))

    def sign(
        self, claims: Json, *, key: RSAPrivateKey | None = None, kid: str | None = None
    ) -> str:
        """A token with these claims, from another key or under another id where one is given."""
        headers = {"kid": self.kid if kid is None else kid}
        return jwt.encode(claims, key or rsa_key(self._turn), algorithm="RS256", headers=headers)

    def accepts(self, token: str) -> bool:
        """Whether it was given to a bot, and not taken back."""
        return token in self.issued and token not in self._revoked

    def revoke(self) -> None:
        """Take back every token that a bot has."""
        self._revoked.update(self.issued)

    async def _configuration(self, _: web.Request) -> web.Response:
        keys = f"{self._url}/v1/.well-known/keys"
        return web.json_response({"issuer": ISSUER, "jwks_uri": keys})

    async def _keys(self, _: web.Request) -> web.Response:
        self.keys_read += 1
        await self._waited()
        if self.keys_down:
            return web.Response(status=503, text="<html>down</html>", content_type="text/html")
        if self.published is not None:
            return web.Response(text=self.published, content_type="application/json")
        public = RSAAlgorithm.to_jwk(rsa_key(self._turn).public_key(), as_dict=True)
        more = {"use": "sig", "kid": self.kid, "x5t": self.kid, "endorsements": self.endorsements}
        return web.json_response({"keys": [public | more]})

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append(form | {"tenant": request.match_info["tenant"]})
        await self._waited()
        if self.login_down:
            return web.Response(status=503, text="<html>down</html>", content_type="text/html")
        right = self.password is None or form.get("client_secret") == self.password
        if self.refusal or not right:
            code = self.refusal or "AADSTS7000215"
            words = f"{code}: Invalid client secret provided for app {form.get('client_id')}."
            numbers = [int(code.removeprefix("AADSTS"))]
            refusal = {
                "error": "invalid_client",
                "error_description": words,
                "error_codes": numbers,
            }
            return web.json_response(refusal, status=401)
        if form.get("grant_type") != "client_credentials" or form.get("scope") != SCOPE:
            return web.json_response({"error": "invalid_request"}, status=400)
        token = secrets.token_urlsafe(24)
        self.issued.append(token)
        answer = {"token_type": "Bearer", "expires_in": self.lifetime, "access_token": token}
        return web.json_response(answer)

    async def _waited(self) -> None:
        self.reached.set()
        if self.wait is not None:
            await self.wait.wait()


def claims(app_id: str, service_url: str, **overrides: Any) -> Json:
    """What a token of Teams' says; a claim given as None is left out."""
    now = int(time.time())
    usual = {
        "iss": ISSUER,
        "aud": app_id,
        "serviceurl": service_url,
        "nbf": now - 300,
        "iat": now - 300,
        "exp": now + HOUR,
    }
    return {name: value for name, value in (usual | overrides).items() if value is not None}
