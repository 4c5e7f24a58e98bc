"""A bot of a few lines, to try the fake Teams with: it keeps what it hears and says fixed cards."""

from typing import Any

import aiohttp
from aiohttp import web

from tests.teams.microsoft import SCOPE, Microsoft
from tests.teams.people import APP_ID, TENANT, Json

ADAPTIVE = "application/vnd.microsoft.card.adaptive"


def card(text: str, *more: Json, title: str = "Undo", **root: Any) -> Json:
    """A card that says ``text`` and has one button."""
    button = {
        "type": "Action.Execute",
        "title": title,
        "verb": "undo",
        "data": {"jalon": {"values": {"entry": "7"}}},
        "associatedInputs": "none",
    }
    words = {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text}]}
    body = [words, *more]
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": body,
        "actions": [button],
        **root,
    }


def message(content: Json) -> Json:
    return {
        "type": "message",
        "summary": "A card",
        "attachments": [{"contentType": ADAPTIVE, "content": content}],
    }


def shown(content: Json) -> Json:
    """The answer to a button that shows a card in place of the one that was pressed."""
    return {"statusCode": 200, "type": ADAPTIVE, "value": content}


class Echo:
    """Answers each message by ``says`` and each invoke by ``answers``, with ``status``."""

    def __init__(self, microsoft: Microsoft) -> None:
        self.microsoft = microsoft
        self.heard: list[Json] = []
        self.tokens: list[str] = []
        self.says: Json | None = None
        self.answers: Json | None = None
        self.status = 200
        self.url = ""

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/api/messages", self._hear)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/api/messages"
        self._session = aiohttp.ClientSession()
        form = {
            "grant_type": "client_credentials",
            "client_id": APP_ID,
            "client_secret": "any",
            "scope": SCOPE,
        }
        url = f"{self.microsoft.login_url}/{TENANT}/oauth2/v2.0/token"
        async with self._session.post(url, data=form) as answer:
            self.token = (await answer.json())["access_token"]

    async def stop(self) -> None:
        await self._session.close()
        await self._runner.cleanup()

    async def call(
        self, method: str, url: str, body: Json | None = None, token: str | None = None
    ) -> tuple[int, Any]:
        """Ask something of the connector; the status, and what was answered."""
        headers = {"Authorization": f"Bearer {self.token if token is None else token}"}
        async with self._session.request(method, url, json=body, headers=headers) as answer:
            is_json = answer.content_type == "application/json"
            return answer.status, await answer.json() if is_json else await answer.text()

    async def put(self, url: str, content: bytes) -> int:
        """Put a file in somebody's drive."""
        headers = {"Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}"}
        async with self._session.put(url, data=content, headers=headers) as answer:
            return answer.status

    async def get(self, url: str) -> bytes:
        async with self._session.get(url) as answer:
            return await answer.read()

    async def _hear(self, request: web.Request) -> web.Response:
        activity = await request.json()
        self.heard.append(activity)
        self.tokens.append(request.headers["Authorization"].removeprefix("Bearer "))
        if activity["type"] == "invoke":
            return web.json_response(self.answers, status=self.status)
        if activity["type"] == "message" and self.says is not None:
            await self.call("POST", self.activities(activity), self.says)
        return web.Response(status=201)

    @staticmethod
    def activities(heard: Json) -> str:
        """Where to answer what was heard."""
        return f"{heard['serviceUrl']}v3/conversations/{heard['conversation']['id']}/activities"
