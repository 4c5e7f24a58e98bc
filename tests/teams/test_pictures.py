"""Pictures in Teams: at an address of the bot's own that nobody can make up, with their words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chores import let_go
from handlers.chat.cards import Card, Picture
from handlers.chat.charts import Bullets
from storage.people import TeamRole
from storage.plan import Language
from tests.conversation import NOW
from tests.posts import say
from tests.teams.connector import Teams
from tests.teams.jalon import Jalon
from tests.teams.showing import show
from tests.teams.test_posts import AT, known, number

MONDAY = datetime(2025, 2, 17, 13, 30, tzinfo=UTC)  # half past eight in Montreal
CHART = Bullets("Targets", (), "Reached", "Expected", "Goal")


def image(card: Any) -> dict[str, Any]:
    [found] = [one for one in card["body"] if one["type"] == "Image"]
    return found


async def test_a_picture_is_in_the_card_with_its_words(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.says("progress chart accompaniment")
    shown = image((await alex.reads("By the end of each month")).card)
    assert "Accompaniment hours: 0\u00a0h of 1,400\u00a0h (0%)" in shown["altText"]
    assert shown["url"].startswith(jalon.url)
    got = await alex.transport.get(shown["url"])
    assert (got.status, got.content_type) == (200, "image/png")
    assert got.body.startswith(b"\x89PNG")
    assert (await alex.transport.get(shown["url"][:-1])).status == 404
    assert (await alex.transport.get(shown["url"].partition("?")[0])).status == 404


async def test_its_address_outlives_a_restart_and_is_let_go_with_what_is_old(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.says("progress chart")
    url = image((await alex.reads("Picture of all targets")).card)["url"]
    before = jalon.url
    await jalon.restart()
    url = url.replace(before, jalon.url)
    assert (await alex.transport.get(url)).status == 200
    await jalon.store.write(let_go, int((NOW + timedelta(days=31)).timestamp()))
    assert (await alex.transport.get(url)).status == 410


async def test_a_post_has_its_picture(jalon: Jalon) -> None:
    kayla = await known(jalon)
    await jalon.store.write(say, "a", await number(jalon, kayla), "Targets", AT, picture=True)
    shown = image((await kayla.reads("One: 1 of 2")).card)
    assert (await kayla.transport.get(shown["url"])).status == 200


async def test_where_nobody_reaches_the_bot_the_words_are_shown(jalon: Jalon, teams: Teams) -> None:
    await jalon.stop()
    jalon.settings = {"public_url": ""}
    await jalon.start()
    alex = jalon.user("alex", "Alex Roy")
    await alex.says("progress chart accompaniment")
    said = await alex.reads("0 h of 1,400 h (0%)")
    assert not [one for one in said.card["body"] if one["type"] == "Image"]
    assert "By the end of each month" in said.text


def test_many_words_stand_below_the_picture() -> None:
    for times, below in ((100, False), (900, True)):
        words = "word " * times
        [page] = show(Card("T", (Picture(CHART, words.strip(), "https://bot.example/x"),)))
        assert (image(page)["altText"] == words.strip()) is not below
        assert ("RichTextBlock" in [one["type"] for one in page["body"][1:]]) is below


def test_of_one_beside_what_matters_no_words_are_shown() -> None:
    for address, shown in (("https://bot.example/x", ["Image"]), ("", [])):
        for times in (100, 900):
            picture = Picture(CHART, ("word " * times).strip(), address, beside=True)
            [page] = show(Card("T", (picture,)))
            assert [one["type"] for one in page["body"][1:]] == shown


@pytest.mark.parametrize("language", Language)
async def test_the_week_comes_by_itself_with_its_picture_in_the_card(
    jalon: Jalon, teams: Teams, language: Language
) -> None:
    sam = jalon.user("sam", "Sam Roy")
    team = teams.add_channel("General", [sam.user])
    french = language is Language.FR
    await sam.says("help")
    await jalon.give(sam.user.aad, TeamRole.MANAGER)
    await sam.says("log 2h15 with a CDA at EMSB yesterday")
    line = "canal chaque semaine en français" if french else "channel weekly in English"
    await sam.says(line, team)
    await jalon.settled()
    before = len(sam.sees(team))
    for jalon.now in (NOW, MONDAY - timedelta(minutes=1), MONDAY):
        assert len(sam.sees(team)) == before
        await jalon.happens("weekly-progress")
    assert len(sam.sees(team)) == before + 1
    week = await sam.reads("Semaine du 10" if french else "Week of 10", team)
    shown = image(week.card)
    hours = "Heures d’accompagnement : 0,1 %" if french else "Accompaniment hours: 0.1%"
    assert hours in shown["altText"].replace("\u00a0", " ")
    got = await sam.transport.get(shown["url"])
    assert (got.status, got.content_type) == (200, "image/png")
