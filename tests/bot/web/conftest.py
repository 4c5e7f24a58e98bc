"""A real playground on a real port, with a small bot behind it that answers as it is told."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import Clock
from bot.web.pages import Cards
from bot.web.server import Playground
from handlers.chat.cards import Action, Card, File, Form, Input, InputKind, Picture, Reply, Text
from handlers.chat.charts import Bullets
from handlers.chat.incoming import Incoming, Kind
from storage.engine import Store
from storage.people import Newcomer
from storage.plan import Language
from tests.bot.web.reading import Element, read

STARTS = datetime(2025, 2, 12, 15, 0, tzinfo=UTC)


PICTURE = Picture(Bullets("Targets", (("", ()),), "Reached", "Expected", "Goal"), "One: 1 of 2 <b>")


class Bot:
    """Answers by the first word: aside, aloud, form, french, file; keeps what it heard."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []
        self.searched: list[tuple[str, str, str]] = []
        self.languages: dict[str, Language] = {}

    def language_of(self, who: Newcomer) -> Language:
        known = Language.FR if who.locale.startswith("fr") else Language.EN
        return self.languages.get(who.id, known)

    async def answer(self, msg: Incoming) -> Reply:
        self.heard.append(msg)
        buttons = (Action("Undo", "undo", {"id": "7"}), Action("Edit", "edit"))
        match msg.kind, msg.name or (msg.text or "nothing").split()[0].removeprefix("/"):
            case Kind.PRESS, "undo":
                return Reply(Card("Undone"), replace=True)
            case Kind.PRESS, "aloud":
                return Reply(Card("Undone aloud"), private=False, replace=True)
            case (Kind.PRESS, "edit") | (Kind.MESSAGE, "form"):
                return Reply(_form(msg.values))
            case Kind.SUBMIT, _:
                if not msg.values["hours"].isdigit():
                    return Reply(_form(msg.values, "Not a number"))
                return Reply(Card(f"Saved {msg.values['hours']}"), replace=True)
            case Kind.PRESS, "file":
                return Reply(Card("In place", (), buttons), replace=True, file=File("b.csv", b"2"))
            case Kind.MESSAGE, "file":
                name = msg.text.partition(" ")[2] or "a.csv"
                aloud = (*buttons, Action("File", "file"))
                return Reply(Card("A file", (), aloud), file=File(name, b"1,2\r\n"))
            case Kind.MESSAGE, "picture":
                return Reply(Card("A picture", (PICTURE,)))
            case Kind.MESSAGE, "files":
                return Reply(Card("To all"), private=False, file=File("all.csv", b"3"))
            case _, "aloud":
                return Reply(Card("To all", (), buttons), private=False)
            case _, "french":
                self.languages[msg.sender.id] = Language.FR
                return Reply(Card("Français"))
            case _:
                return Reply(Card("To one", (Text(msg.text),), buttons))

    async def choices(self, msg: Incoming) -> list[tuple[str, str]]:
        """Who there is to choose, the same whatever is typed."""
        self.searched.append((msg.name, msg.text, msg.sender.id))
        return [("1", "Alex Roy"), ("2", "Zoë Élie")]


async def _gallery(language: Language) -> Cards:
    return [(f"One {language}", Card("A card")), ("Two", _form({}))]


def _form(values: Any, error: str = "") -> Form:
    hours = Input("hours", "Hours", value=values.get("hours", ""), error=error)
    who = values.get("who", "9")
    known = (("9", "Nobody else"),)
    asked = Input("who", "Who", InputKind.CHOICE, value=who, choices=known, search="people")
    return Form("entry", "Log hours", (hours, asked), "Save", "Cancel", {"id": "7"})


def message(text: str, who: str = "megan", where: str = "prt-team") -> dict[str, str]:
    """The body of a line typed into the message box."""
    return {"key": str(uuid4()), "as": who, "in": where, "text": text}


def given(name: str, content: bytes) -> dict[str, object]:
    """A file as the page's script sends it."""
    return {"name": name, "size": len(content), "content": b64encode(content).decode()}


class Door:
    """The playground as a page sees it."""

    def __init__(
        self,
        client: TestClient[web.Request, web.Application],
        bot: Bot,
        playground: Playground,
    ) -> None:
        self.client = client
        self.bot = bot
        self.playground = playground

    async def send(self, path: str, body: object, **headers: str) -> ClientResponse:
        """POST as the page's script does."""
        origin = {"Origin": str(self.client.make_url("")).rstrip("/")}
        type = {"Content-Type": "application/json"}
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        data = text if isinstance(text, bytes) else text.encode()
        return await self.client.post(
            path, data=BytesIO(data), headers={**origin, **type, **headers}
        )

    async def do(self, path: str, who: str, where: str, **body: Any) -> Any:
        """POST, and the answer's JSON."""
        answer = await self.send(path, {"key": str(uuid4()), "as": who, "in": where, **body})
        assert answer.status == 200, await answer.text()
        return await answer.json()

    async def say(self, text: str, who: str = "megan", where: str = "prt-team") -> Any:
        return await self.do("/messages", who, where, text=text)

    async def drop(self, *files: tuple[str, bytes], text: str = "", where: str = "direct") -> Any:
        """Drop files as (name, content)."""
        return await self.do("/files", "megan", where, text=text, files=[given(*f) for f in files])

    async def press(self, line: str, name: str, who: str = "megan", where: str = "prt-team") -> Any:
        return await self.do("/presses", who, where, line=line, name=name, values={"id": "7"})

    async def page(self, who: str = "megan", where: str = "prt-team") -> Element:
        answer = await self.client.get("/", params={"as": who, "in": where})
        assert answer.status == 200
        html = await answer.text()
        return read(html[html.index("<html") :])

    async def lines(self, who: str = "megan", where: str = "prt-team") -> list[Element]:
        return (await self.page(who, where)).all("article")

    async def words(self, who: str = "megan", where: str = "prt-team") -> list[str]:
        """What is said on a page: persons' words, and the titles of cards."""
        lines = await self.lines(who, where)
        said = [one.all(class_="words") or one.all("h3") or one.all("li") for one in lines]
        return [one[0].text for one in said]

    @asynccontextmanager
    async def events(self, who: str = "megan", where: str = "prt-team") -> AsyncGenerator[Events]:
        async with self.client.get("/events", params={"as": who, "in": where}) as answer:
            assert answer.content_type == "text/event-stream"
            yield Events(answer)


class Events:
    """A stream of Server-Sent Events, read one by one."""

    def __init__(self, answer: ClientResponse) -> None:
        self.answer = answer

    async def next(self) -> tuple[str, Any]:
        """The next event's name and data."""
        name = data = ""
        while True:
            line = (await self.answer.content.readline()).decode()
            if not line:
                raise EOFError
            field, _, value = line.strip().partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                data = value
            elif not line.strip() and name:
                return name, json.loads(data)

    async def words(self) -> list[str]:
        """The words of the next lines."""
        name, lines = await self.next()
        assert name == "lines"
        said = [read(one).all(class_="words") or read(one).all("h3") for one in lines]
        return [one[0].text for one in said]


@asynccontextmanager
async def opened(clock: Clock, bot: Bot | None = None) -> AsyncGenerator[Door]:
    """A playground that listens, until the end of the block."""
    bot = bot or Bot()
    app = web.Application()
    playground = Playground(
        dispatch=bot.answer,
        choices=bot.choices,
        commands=lambda language: [("log", f"Log hours ({language})"), ("help", "Help")],
        language_of=bot.language_of,
        gallery=_gallery,
        clock=clock,
        pass_time=clock.forward,
    )
    playground.add_to(app)
    async with TestClient(TestServer(app)) as client:
        yield Door(client, bot, playground)


@pytest.fixture
async def clock(tmp_path: Path) -> AsyncIterator[Clock]:
    """A simulated clock that stands on a Wednesday in February, ten o'clock in Montreal."""
    store = Store(tmp_path)
    yield await Clock.simulated_in(store, STARTS)
    await store.close()


@pytest.fixture
async def door(clock: Clock) -> AsyncIterator[Door]:
    async with opened(clock) as one:
        yield one
