"""Holds how pictures are shown: drawn at an address of the playground's own, with words beside."""

from collections import OrderedDict
from dataclasses import replace

import pytest

from bot.web import pictures
from bot.web.pictures import Pictures
from bot.web.render import render
from handlers.chat.cards import Card
from handlers.chat.charts import Bullets
from handlers.chat.texts import Texts
from storage.plan import Language
from tests.bot.web.conftest import PICTURE, Door, message
from tests.bot.web.reading import read

EN = Texts.load(Language.EN)


async def test_a_picture_is_shown_with_its_words(door: Door):
    await door.send("/messages", message("/picture", where="direct"))
    image = (await door.lines("megan", "direct"))[-1].one("img", class_="picture")
    assert image["alt"] == PICTURE.alt
    answer = await door.client.get(image["src"])
    assert (answer.status, answer.content_type) == (200, "image/png")
    assert (await answer.read()).startswith(b"\x89PNG\r\n")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    evil = await door.client.get(image["src"], headers={"Host": "evil.example"})
    assert evil.status == 403


@pytest.mark.parametrize("name", ["", "x", "0" * 64, "..%2f..%2fpyproject.toml"])
async def test_what_was_never_shown_is_at_no_address(door: Door, name: str):
    assert (await door.client.get(f"/pictures/{name}")).status == 404


def test_without_an_address_the_words_are_shown():
    card = read(render(Card("", (PICTURE,)), EN)).one(class_="card")
    assert not card.all("img")
    assert PICTURE.alt in card.text
    beside = replace(PICTURE, beside=True)
    assert PICTURE.alt not in read(render(Card("", (beside,)), EN)).one(class_="card").text


def test_only_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pictures, "KEPT", 2)
    some = Pictures()
    charts = [Bullets(title, (), "", "", "") for title in "abc"]
    first, second, third = map(some.href, charts)
    assert len({first, second, third}) == 3
    assert some.href(charts[1]) == second
    assert isinstance(some._charts, OrderedDict)
    assert list(some._charts.values()) == [charts[2], charts[1]]
