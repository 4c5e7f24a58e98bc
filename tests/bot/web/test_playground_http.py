"""Holds what the playground's door does over HTTP: who sees what, once, live, in which language."""

import asyncio
from uuid import uuid4

import pytest

from bot.clock import Clock
from handlers.chat.incoming import Kind
from tests.bot.web.conftest import Bot, Door, message, opened


async def test_what_is_said_in_a_channel_is_for_all_and_not_for_the_bot(door: Door):
    await door.say("Good morning")
    assert await door.words("daniel") == ["Good morning"]
    assert door.bot.heard == []
    assert await door.words("daniel", "cop-elementary") == []


async def test_a_command_in_a_channel_and_its_private_answer_are_seen_by_one(door: Door):
    await door.say("/log 2h")
    assert await door.words("megan") == ["/log 2h", "To one"]
    assert await door.words("daniel") == []
    marks = [one.all(class_="only-you")[0].text for one in await door.lines("megan")]
    assert marks == ["Only visible to you"] * 2
    (heard,) = door.bot.heard
    assert (heard.kind, heard.text, heard.place.id) == (Kind.MESSAGE, "/log 2h", "prt-team")
    assert (heard.sender.id, heard.place.direct) == ("megan", False)


async def test_an_answer_to_all_shows_the_command_to_all(door: Door):
    await door.say("/aloud")
    assert await door.words("daniel") == ["/aloud", "To all"]
    assert not (await door.page("megan")).all(class_="only-you")


@pytest.mark.parametrize("text", ["@jalon aloud", "@Jalon, aloud", "aloud @JALON"])
async def test_a_mention_is_heard_without_the_name(door: Door, text: str):
    await door.say(text)
    assert door.bot.heard[0].text == "aloud"
    assert await door.words("daniel") == [text, "To all"]


@pytest.mark.parametrize("text", ["jalon", "me@jalon.ca", "@jalons", "a /log"])
async def test_what_only_looks_like_a_mention_is_not(door: Door, text: str):
    await door.say(text)
    assert door.bot.heard == []


async def test_a_direct_chat_is_ones_own_and_hears_everything(door: Door):
    await door.say("two hours at EMSB", where="direct")
    assert await door.words("megan", "direct") == ["two hours at EMSB", "To one"]
    assert await door.words("daniel", "direct") == []
    assert not (await door.page("megan", "direct")).all(class_="only-you")
    assert door.bot.heard[0].place.id == "direct-megan"
    assert door.bot.heard[0].place.direct


async def test_a_guest_is_not_in_the_teams_channel(door: Door):
    page = await door.page("kayla", "prt-team")
    assert page.one("body")["data-in"] == "direct"
    assert "prt-team" not in page.one("nav").text
    refused = await door.send("/messages", message("hi", who="kayla"))
    assert refused.status == 400
    assert "no channel" in (await refused.json())["error"]


async def test_an_answer_takes_the_place_of_the_card_that_was_pressed(door: Door):
    await door.say("/log 2h")
    await door.say("/log 3h")
    pressed = (await door.lines())[1]
    await door.press(pressed["id"], "undo")
    assert await door.words() == ["/log 2h", "Undone", "/log 3h", "To one"]
    assert (await door.lines())[1]["id"] == pressed["id"]
    assert (await door.lines())[1]["data-version"] == "2"


@pytest.mark.parametrize("line", ["", "line-gone-1"])
async def test_where_the_card_is_unknown_the_answer_comes_last(door: Door, line: str):
    await door.say("/log 2h")
    await door.press(line, "undo")
    assert await door.words() == ["/log 2h", "To one", "Undone"]


async def test_a_card_that_another_person_sees_alone_cannot_be_replaced(door: Door):
    await door.say("/log 2h")
    await door.press((await door.lines("megan"))[1]["id"], "undo", "daniel")
    assert await door.words("megan") == ["/log 2h", "To one"]
    assert await door.words("daniel") == ["Undone"]


async def test_a_card_that_all_saw_is_not_turned_into_a_private_one(door: Door):
    await door.say("/aloud")
    card = (await door.lines())[1]["id"]
    await door.press(card, "undo")
    assert await door.words("daniel") == ["/aloud", "To all"]
    assert await door.words("megan") == ["/aloud", "To all", "Undone"]
    await door.press(card, "aloud")
    assert await door.words("daniel") == ["/aloud", "Undone aloud"]


async def test_a_form_opens_comes_back_with_its_error_and_replaces_the_card(door: Door):
    await door.say("/log 2h")
    card = (await door.lines())[1]["id"]
    opens = await door.press(card, "edit")
    assert "Log hours" in opens["form"]
    values = {"id": "7", "hours": "many"}
    again = await door.do("/forms", "megan", "prt-team", line=card, name="entry", values=values)
    assert "Not a number" in again["form"]
    assert 'value="many"' in again["form"]
    values["hours"] = "3"
    done = await door.do("/forms", "megan", "prt-team", line=card, name="entry", values=values)
    assert done["form"] is None
    assert await door.words() == ["/log 2h", "Saved 3"]
    assert (door.bot.heard[-1].kind, door.bot.heard[-1].name) == (Kind.SUBMIT, "entry")
    assert door.bot.heard[-1].values == values


async def test_a_second_delivery_gets_the_first_ones_answer(door: Door):
    body = message("/form")
    first, second = await asyncio.gather(door.send("/messages", body), door.send("/messages", body))
    third = await door.send("/messages", body)
    answers = [await one.json() for one in (first, second, third)]
    assert answers[0] == answers[1] == answers[2]
    assert len(door.bot.heard) == 1
    assert await door.words() == ["/form"]


async def test_a_key_reaches_the_bot_as_it_was_after_a_restart_too(clock: Clock):
    bot, body = Bot(), message("/log 2h")
    for _ in range(2):
        async with opened(clock, bot) as door:
            await door.send("/messages", body)
            assert await door.words() == ["/log 2h", "To one"]
    assert bot.heard[0].key == bot.heard[1].key
    assert body["key"] in bot.heard[0].key


async def test_one_persons_key_does_not_answer_for_another(door: Door):
    body = message("/log 2h")
    await door.send("/messages", body)
    await door.send("/messages", {**body, "as": "daniel"})
    assert [one.sender.id for one in door.bot.heard] == ["megan", "daniel"]
    assert door.bot.heard[0].key != door.bot.heard[1].key


async def test_lines_arrive_live_and_only_where_they_are_for(door: Door):
    await door.say("before")
    async with door.events("megan") as hers, door.events("daniel") as his:
        assert await hers.words() == ["before"]
        assert await his.words() == ["before"]
        await door.say("/log 2h")
        await door.say("for all")
        assert await hers.words() == ["/log 2h"]
        assert await hers.words() == ["To one"]
        assert await hers.words() == ["for all"]
        assert await his.words() == ["for all"]
    async with door.events("daniel") as again:
        assert await again.words() == ["before", "for all"]


async def test_open_streams_end_when_the_bot_stops(clock: Clock):
    async with opened(clock) as door, door.events() as events:
        assert await events.words() == []
        async with asyncio.timeout(5):
            await door.client.server.close()
        with pytest.raises(EOFError):
            await events.next()


async def test_the_page_speaks_the_persons_language(door: Door):
    english, french = await door.page("megan"), await door.page("genevieve")
    assert (english.one("html")["lang"], french.one("html")["lang"]) == ("en-CA", "fr-CA")
    assert "Only you" not in french.text
    assert "Log hours (fr)" in french.one(id="commands").words
    assert (await door.say("/french"))["language"] == "fr"
    assert (await door.page("megan")).one("html")["lang"] == "fr-CA"


async def test_a_card_says_in_which_language_it_is(door: Door):
    await door.say("/aloud", "genevieve")
    (card,) = (await door.page("megan")).all("div", lang="fr-CA")
    assert card.words.startswith("To all")


async def test_the_clock_is_shown_in_the_persons_zone_and_moves(door: Door):
    assert (await door.page("megan")).one(id="clock").text == "Wednesday 12 February 2025, 10:00"
    assert (await door.page("kayla")).one(id="clock").text.endswith("11:00")
    async with door.events("daniel") as events:
        await events.next()
        body = {"key": str(uuid4()), "as": "megan", "in": "direct", "hours": 168}
        for _ in range(2):
            assert (await door.send("/clock", body)).status == 200
        assert await events.next() == ("clock", "Wednesday 19 February 2025, 10:00")
    assert (await door.page()).one(id="clock").text == "Wednesday 19 February 2025, 10:00"


async def test_the_real_clock_cannot_be_moved():
    async with opened(Clock()) as door:
        assert not (await door.page()).all("button", data_hours="1")
        body = {"key": str(uuid4()), "as": "megan", "in": "direct", "hours": 24}
        assert (await door.send("/clock", body)).status == 400


async def test_unknown_people_and_channels_show_the_first_there_is(door: Door):
    body = (await door.page("nobody", "nowhere")).one("body")
    assert (body["data-as"], body["data-in"]) == ("megan", "direct")


async def test_an_empty_chat_offers_lines_to_try(door: Door):
    tries = (await door.page("genevieve", "direct")).one(class_="start").all("button")
    assert [one["data-line"].split()[0] for one in tries] == ["/noter", "/progres", "/aide"]


async def test_the_gallery_shows_every_card_in_both_languages(door: Door):
    for query, languages in (("", ["en-CA", "fr-CA"]), ("?language=fr", ["fr-CA"])):
        answer = await door.client.get("/gallery" + query)
        html = await answer.text()
        for language in languages:
            assert html.count(f'<div lang="{language}">') == 2
        assert html.count("<div lang=") == 2 * len(languages)
