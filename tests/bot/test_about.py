"""The page that the listing leads to: in both languages, with nothing loaded, where Teams is."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import about, app
from bot.config import Config, Teams
from handlers.chat.texts import Texts
from storage.plan import Language


@asynccontextmanager
async def serving(folder: Path, teams: Teams) -> AsyncGenerator[TestClient]:
    built = await app.build(Config(data=folder, teams=teams), playground=False)
    async with TestClient(TestServer(built)) as client:
        yield client


async def test_it_is_served_to_whoever_asks(tmp_path: Path) -> None:
    async with serving(tmp_path, Teams(public_url="https://jalon.example.org")) as client:
        answer = await client.get(about.PATH, headers={"Host": "jalon.example.org"})
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert (await answer.text()).startswith("<!doctype html>")


async def test_it_is_served_where_teams_is_set_up(tmp_path: Path) -> None:
    async with serving(tmp_path, Teams(emulator=True)) as client:
        assert (await client.get(about.PATH)).status == 200


async def test_it_is_not_served_without_teams(tmp_path: Path) -> None:
    async with serving(tmp_path, Teams()) as client:
        assert (await client.get(about.PATH)).status == 404


@pytest.mark.parametrize("language", Language)
def test_it_says_everything_in_each_language(language: Language) -> None:
    html = about.page()
    _, _, article = html.partition(f'<article id="{language}" lang="{language}">')
    article = article.partition("</article>")[0]
    texts = Texts.load(language).texts
    said = [text for key, text in texts.items() if key.startswith("about.")]
    assert len(said) == 11
    for text in said:
        assert isinstance(text, str)
        for line in text.splitlines():
            assert line in article


def test_nothing_is_loaded_or_run() -> None:
    assert not re.search(r"<script|src=|url\(|@import|http", about.page())
