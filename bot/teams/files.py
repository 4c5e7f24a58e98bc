"""Files in Teams: what people gave the bot, and what it gives them.

In a person's own chat Teams asks whether the file may be put with theirs. Elsewhere it is fetched
from the bot's own address, by a link for one person that holds for a short while.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import aiohttp
from aiohttp import web
from yarl import URL

from bot.config import Teams as Settings
from bot.config import is_loopback
from bot.patience import patiently
from bot.reading import at_most
from bot.teams.connector import failing, in_short
from bot.teams.origin import PLATFORM, Activity
from bot.teams.signing import Signer
from handlers.chat.cards import File
from handlers.chat.incoming import LARGEST_FILE, Dropped
from storage import files
from storage.engine import Store
from storage.files import Waiting

log = logging.getLogger("jalon.teams")

Json = dict[str, Any]
T = TypeVar("T")
PATH = "/teams/files"  # for people's browsers
TIMEOUT = aiohttp.ClientTimeout(60)  # seconds for the largest file
LINK_HOLDS = 600  # seconds
TRIES = 5
# Where Teams keeps the files of people and channels.
HOSTS = ("sharepoint.com", "sharepoint.us", "sharepoint-mil.us", "onedrive.com", "1drv.com")
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"


class Unreadable(Exception):
    """The file could not be read or put; the message is the HTTP status, or why not."""


class Files:
    """Reads and gives out files."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        store: Store,
        now: Callable[[], datetime],
        settings: Settings,
    ) -> None:
        self._session = session
        self._store = store
        self._now = now
        self._settings = settings
        # Links hold for minutes: after a restart the button gives a new one.
        self._signer = Signer("files", secrets.token_hex())

    @property
    def by_link(self) -> bool:
        """Whether people can fetch files from the bot's own address."""
        return self._settings.public_url != ""

    @property
    def only_by_link(self) -> bool:
        """Whether the client knows no other way, as local ones don't."""
        return self._settings.emulator and self.by_link

    async def fetch(self, attachment: Activity) -> Dropped:
        """A file that was given to the bot; without content where it is too large."""
        name, url = attachment["name"], attachment["content"]["downloadUrl"]
        content = await self._patiently(lambda: self._read(url))
        kept = content if len(content) <= LARGEST_FILE else b""
        return Dropped(name, len(content), kept)

    async def keep(self, file: File, person: str) -> str:
        """Have a file wait for someone; its token."""
        token = secrets.token_urlsafe(32)
        waiting = Waiting(file.name, file.content, PLATFORM, person)
        await self._store.write(files.put, token, waiting, int(self._now().timestamp()))
        return token

    async def waiting(self, token: str) -> Waiting | None:
        """The file that waits under a token."""
        found = await self._store.read(files.get, token)
        return found if found and found.platform == PLATFORM else None

    def link(self, token: str, person: str) -> str:
        """An address that gives this person the file, for ten minutes."""
        until = int(self._now().timestamp()) + LINK_HOLDS
        said = token, person, str(until)
        signed = {"for": person, "until": str(until), "signature": self._signer.sign(*said)}
        return f"{self._settings.public_url}{PATH}/{token}?{urlencode(signed)}"

    async def serve(self, request: web.Request) -> web.Response:
        """Give out a file by its link."""
        token, query = request.match_info["token"], request.query
        until = query.get("until", "")
        if not (until.isascii() and until.isdigit() and len(until) < 16):
            raise web.HTTPNotFound
        said = token, query.get("for", ""), until
        if not self._signer.signed(query.get("signature", ""), *said):
            raise web.HTTPNotFound
        if int(until) < self._now().timestamp():
            raise web.HTTPGone
        found = await self.waiting(token)
        if found is None:
            raise web.HTTPNotFound
        answer = web.Response(body=found.content, content_type="application/octet-stream")
        quoted = quote(found.name, safe="")
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quoted}"
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    async def put(self, token: str, file: Waiting, info: Activity) -> Json:
        """Put a waiting file where Teams says; the attachment that tells of it there."""
        told = {
            "contentType": INFO,
            "contentUrl": info["contentUrl"],
            "name": info["name"],
            "content": {"uniqueId": info["uniqueId"], "fileType": info["fileType"]},
        }
        await self._patiently(lambda: self._write(info["uploadUrl"], file.content))
        await self.forget(token)
        return told

    async def forget(self, token: str) -> None:
        """The file is not wanted any more."""
        await self._store.write(files.forget, token)

    async def _patiently(self, do: Callable[[], Awaitable[T]]) -> T:
        def says(error: Exception) -> str:
            return f"teams: file: {in_short(error)}"

        return await patiently(do, failing, says, log, TRIES)

    async def _read(self, url: str) -> bytes:
        self._check(url)
        async with self._session.get(url, timeout=TIMEOUT, allow_redirects=False) as answer:
            _look(answer)
            return await at_most(answer.content, LARGEST_FILE)

    async def _write(self, url: str, content: bytes) -> None:
        self._check(url)
        headers = {"Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}"}
        async with self._session.put(
            url, data=content, headers=headers, timeout=TIMEOUT, allow_redirects=False
        ) as answer:
            _look(answer)

    def _check(self, url: str) -> None:
        # Addresses come with what people press: the bot does not call just any machine for them.
        try:
            read = URL(url)
        except ValueError:
            raise Unreadable("no address") from None
        host, local = read.host or "", is_loopback(read.host or "")
        hosts = () if self._settings.emulator else (*HOSTS, *self._settings.service_hosts)
        right = any(host == one or host.endswith(f".{one}") for one in hosts)
        if not (local if self._settings.emulator else right and (local or read.scheme == "https")):
            raise Unreadable("not where Teams keeps files")


def consent(file: File, token: str, description: str) -> Json:
    """Asks whether the file may be put with the person's own."""
    context = {"jalon": token}
    return {
        "contentType": CONSENT,
        "name": file.name,
        "content": {
            "description": description,
            "sizeInBytes": len(file.content),
            "acceptContext": context,
            "declineContext": context,
        },
    }


def _look(answer: aiohttp.ClientResponse) -> None:
    if answer.status >= 500 or answer.status == 429:
        raise OSError(answer.status)
    if answer.status >= 300:
        raise Unreadable(str(answer.status))
