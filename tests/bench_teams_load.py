"""The side of Teams in `make bench`, a process of its own: its keys, its connector, and the load.

Each line that it reads is an Order; when that is done, it prints how it went.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

import aiohttp
from aiohttp import web

from tests.teams.microsoft import Microsoft
from tests.teams.people import APP_ID, BOT, TENANT

Json = dict[str, Any]
What = Literal["message", "invoke"]

PEOPLE = 40
PRESSED = {"Undo", "Restore"}
PRESS = {"type": "Action.Execute", "title": "Press", "verb": "press", "data": {"jalon": {}}}


@dataclass(frozen=True, slots=True)
class Order:
    """So many turns over so many connections, numbered from ``first`` on.

    ``sends``: a turn is over once the bot has also sent so many activities.
    """

    url: str
    what: What
    callers: int
    turns: int
    first: int
    sends: int


@dataclass(slots=True)
class Chat:
    """A person's own chat with the bot: what the bot said in it, and the card that stands there."""

    person: int
    said: asyncio.Queue[Json] = field(default_factory=asyncio.Queue[Json])
    card: Json = field(default_factory=dict[str, Any])
    message: str = ""


class Teams:
    """What bots see of Teams."""

    def __init__(self) -> None:
        self._microsoft = Microsoft()
        self._chats = {f"a:chat-{person}": Chat(person) for person in range(PEOPLE)}
        self._ids = count(1739372400000)
        self._url = ""
        self._headers: dict[str, str] = {}

    async def start(self) -> Json:
        """Where its parts answer."""
        await self._microsoft.start()
        app = web.Application()
        app.router.add_get("/v3/conversations/{chat}/pagedmembers", self._members)
        app.router.add_post("/v3/conversations/{chat}/activities", self._take)
        app.router.add_post("/v3/conversations/{chat}/activities/{id}", self._take)
        app.router.add_put("/v3/conversations/{chat}/activities/{id}", self._take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self._url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        token = self._microsoft.token(APP_ID, self._url)
        self._headers = {"Authorization": f"Bearer {token}"}
        return {"openid": self._microsoft.openid_url, "login": self._microsoft.login_url}

    async def _members(self, request: web.Request) -> web.Response:
        account = _account(self._chats[request.match_info["chat"]].person)
        member = account | {"tenantId": TENANT, "userRole": "user"}
        return web.json_response({"members": [member]})

    async def _take(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"].startswith("Bearer ")
        chat = self._chats[request.match_info["chat"]]
        activity = await request.json()
        id = str(next(self._ids))
        if request.method == "POST":
            chat.message = id
        chat.said.put_nowait(activity)
        return web.json_response({"id": id}, status=201)

    async def carry_out(self, order: Order) -> Json:
        """Turns a second."""
        chats = list(self._chats.items())[: order.callers]
        numbers = iter(range(order.first, order.first + order.turns))
        async with aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), headers=self._headers
        ) as session:
            if order.what == "invoke":  # there has to be something to press
                made = zip(count(order.first + order.turns), chats, strict=False)
                logs = [(chat, self._message(id, chat, number)) for number, (id, chat) in made]
                await asyncio.gather(*(self._turn(session, order, *one, 1) for one in logs))
            start = time.perf_counter()
            await asyncio.gather(
                *(self._caller(session, order, id, chat, numbers) for id, chat in chats)
            )
            took = time.perf_counter() - start
        return {"rate": order.turns / took}

    async def _caller(
        self,
        session: aiohttp.ClientSession,
        order: Order,
        id: str,
        chat: Chat,
        numbers: Iterator[int],
    ) -> None:
        for number in numbers:
            make = self._message if order.what == "message" else self._press
            await self._turn(session, order, chat, make(id, chat, number), order.sends)

    async def _turn(
        self,
        session: aiohttp.ClientSession,
        order: Order,
        chat: Chat,
        activity: Json,
        sends: int,
    ) -> None:
        async with session.post(order.url, json=activity) as answer:
            assert answer.status in (200, 201), (answer.status, await answer.text())
            shown = (await answer.json())["value"] if activity["type"] == "invoke" else None
        async with asyncio.timeout(30):
            for _ in range(sends):
                said = await chat.said.get()
                attachments = said.get("attachments") or [{}]
                chat.card = attachments[0].get("content") or {}
        if shown is not None:
            assert shown["type"] == "AdaptiveCard", shown
            chat.card = shown if chat.card else {}  # an echo's cards have no buttons

    def _message(self, id: str, chat: Chat, number: int) -> Json:
        """A line of the chat's person: no two the same, no day beyond twelve hours."""
        day = time.strftime("%Y-%m-%d", time.gmtime(1720000000 + number // PEOPLE % 200 * 86400))
        board = ("EMSB", "RSB", "LBPSB", "WQSB")[number % 4]
        text = f"log {5 + number % 7} min with a CDA at {board} {day} re action plan {number}"
        return self._activity(id, chat, number) | {
            "type": "message",
            "text": text,
            "textFormat": "plain",
            "attachments": [{"contentType": "text/html", "content": f"<p>{text}</p>"}],
        }

    def _press(self, id: str, chat: Chat, number: int) -> Json:
        """A press on the card that stands in the chat: Undo, then Restore, then Undo …"""
        return self._activity(id, chat, number) | {
            "type": "invoke",
            "name": "adaptiveCard/action",
            "replyToId": chat.message,
            "value": {"action": _button(chat.card) if chat.card else PRESS, "trigger": "manual"},
        }

    def _activity(self, id: str, chat: Chat, number: int) -> Json:
        """What every activity of Teams has."""
        client = {"locale": "en-CA", "country": "CA", "platform": "Web", "type": "clientInfo"}
        return {
            "id": f"f:{number}",
            "timestamp": "2025-02-12T15:00:00.000Z",
            "localTimestamp": "2025-02-12T10:00:00.000-05:00",
            "localTimezone": "America/Toronto",
            "channelId": "msteams",
            "serviceUrl": self._url,
            "from": _account(chat.person),
            "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": id},
            "recipient": {"id": BOT, "name": "Jalon"},
            "entities": [client | {"timezone": "America/Toronto"}],
            "channelData": {"tenant": {"id": TENANT}},
            "locale": "en-CA",
        }


def _account(person: int) -> Json:
    aad = f"00000000-0000-4000-8000-{person:012d}"
    return {"id": f"29:person-{person}", "name": f"Person {person}", "aadObjectId": aad}


def _button(card: Any) -> Json:
    """The button of a card that is pressed, wherever it stands."""
    if isinstance(card, list):
        found = [_button(one) for one in card]
        return next((one for one in found if one), {})
    if not isinstance(card, dict):
        return {}
    if card.get("type") == "Action.Execute" and card.get("title") in PRESSED:
        return {name: card[name] for name in ("type", "title", "verb", "data")}
    return _button(list(card.values()))


async def main() -> None:
    teams = Teams()
    _print(await teams.start())
    while line := await asyncio.to_thread(sys.stdin.readline):
        _print(await teams.carry_out(Order(**json.loads(line))))


def _print(said: Json) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
