"""Holds how files come and go: dropped ones reach the bot, its own reach whom their card is for."""

import asyncio
from uuid import uuid4

import pytest

from bot.web.bodies import DROP_LIMIT, MOST_FILES
from handlers.chat.incoming import LARGEST_FILE, Dropped, Kind
from tests.bot.web.conftest import Door, given
from tests.bot.web.reading import Element

HOSTILE = '<script>alert("1")</script>\'"> & \u202etxt.exe\u202c 🎉.csv'


def drop(*files: object, text: str = "", where: str = "direct") -> dict[str, object]:
    return {"key": str(uuid4()), "as": "megan", "in": where, "text": text, "files": files}


def link(line: Element) -> str:
    return line.one("a", download="")["href"]


async def test_dropped_files_reach_the_bot_with_what_was_typed(door: Door):
    await door.drop(("Présences.csv", b"1,2\n"), ("b.bin", bytes(range(256))), text="for May ")
    (heard,) = door.bot.heard
    assert (heard.kind, heard.text, heard.sender.id) == (Kind.DROP, "for May", "megan")
    assert heard.files == (
        Dropped("Présences.csv", 4, b"1,2\n"),
        Dropped("b.bin", 256, bytes(range(256))),
    )
    mine, answer = await door.lines("megan", "direct")
    assert mine.one(class_="words").text == "for May "
    assert [one.text for one in mine.one(class_="files").all("li")] == ["Présences.csv", "b.bin"]
    assert answer.one("h3").text == "To one"


async def test_a_file_without_a_word_is_a_line_too(door: Door):
    await door.drop(("empty.csv", b""))
    assert door.bot.heard[0].files == (Dropped("empty.csv", 0, b""),)
    mine = (await door.lines("megan", "direct"))[0]
    assert not mine.all(class_="words")
    assert mine.one("li").text == "empty.csv"


async def test_in_a_channel_a_file_is_between_the_person_and_the_bot(door: Door):
    await door.drop(("a.csv", b"1"), text="@jalon this one", where="prt-team")
    assert door.bot.heard[0].text == "this one"
    assert len(await door.lines("megan")) == 2
    assert await door.lines("daniel") == []


async def test_a_file_that_is_too_large_is_told_by_its_size(door: Door):
    await door.send("/files", drop({"name": "film.mp4", "size": 5_000_000_000, "content": ""}))
    await door.drop(("scan.pdf", b"\0" * (LARGEST_FILE + 1)))
    await door.drop(("fits.pdf", b"\0" * LARGEST_FILE))
    film, scan, fits = [one.files[0] for one in door.bot.heard]
    assert film == Dropped("film.mp4", 5_000_000_000, b"")
    assert scan == Dropped("scan.pdf", LARGEST_FILE + 1, b"")
    assert len(fits.content) == fits.size == LARGEST_FILE


async def test_the_same_drop_again_is_taken_once(door: Door):
    body = drop(given("a.csv", b"1"))
    answers = await asyncio.gather(*(door.send("/files", body) for _ in range(3)))
    assert {one.status for one in answers} == {200}
    assert len(door.bot.heard) == 1
    assert len(await door.lines("megan", "direct")) == 2


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ({"name": "", "size": 1, "content": ""}, "files.0.name"),
        ({"name": "a" * 256, "size": 1, "content": ""}, "files.0.name"),
        ({"name": "a", "size": -1, "content": ""}, "files.0.size"),
        ({"name": "a", "size": 1, "content": "abc"}, "files.0.content"),
        ({"name": "a", "size": 1}, "files.0.content"),
        ({"name": "a", "size": 1, "content": "", "path": "/"}, "files.0.path"),
        ("a", "files.0"),
    ],
)
async def test_what_is_no_file_is_refused(door: Door, file: object, says: str):
    answer = await door.send("/files", drop(file))
    assert answer.status == 400
    assert (await answer.json())["error"].startswith(says)
    assert door.bot.heard == []


async def test_too_many_files_too_much_at_once_and_none_are_refused(door: Door):
    many = [given("a", b"") for _ in range(MOST_FILES + 1)]
    assert (await door.send("/files", drop(*many))).status == 413
    assert (await door.send("/files", b" " * (DROP_LIMIT + 1))).status == 413
    assert (await door.send("/files", drop())).status == 400
    assert door.bot.heard == []


async def test_another_site_drops_nothing_here_and_reads_nothing(door: Door):
    body = drop(given("a.csv", b"1"))
    assert (await door.send("/files", body, Origin="https://evil.example")).status == 403
    assert (await door.send("/files", body, **{"Content-Type": "text/plain"})).status == 400
    await door.say("/file", where="direct")
    path = link((await door.lines("megan", "direct"))[1])
    assert (await door.client.get(path, headers={"Host": "evil.example"})).status == 403


async def test_a_file_the_bot_gives_is_saved_and_never_shown(door: Door):
    await door.say("/file", where="direct")
    line = (await door.lines("megan", "direct"))[1]
    assert line.one("a", download="").words == "Download a.csv"
    answer = await door.client.get(link(line))
    assert await answer.read() == b"1,2\r\n"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a.csv"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content_type == "application/octet-stream"


async def test_a_files_name_is_text_wherever_it_stands(door: Door):
    await door.drop((HOSTILE, b"1"))
    await door.say(f"/file {HOSTILE}", where="direct")
    lines = await door.lines("megan", "direct")
    assert lines[0].one("li").one("bdi").text == HOSTILE
    assert lines[3].one("a", download="").one("bdi").text == HOSTILE
    answer = await door.client.get(link(lines[3]))
    assert answer.content_disposition is not None
    assert answer.content_disposition.filename == HOSTILE


async def test_a_file_is_for_whom_its_card_is_for(door: Door):
    await door.say("/file")
    await door.say("/files")
    hers = [link(line) for line in await door.lines("megan") if line.all("a")]
    assert [(await door.client.get(path)).status for path in hers] == [200, 200]
    assert [link(line) for line in await door.lines("daniel") if line.all("a")] == [
        hers[1].replace("megan", "daniel")
    ]
    elsewhere = [path.replace("megan", "daniel") for path in hers]
    elsewhere += [path.replace("prt-team", "direct") for path in hers]
    elsewhere += ["/files/line-gone-1?as=megan&in=prt-team", "/files/..%2Fserver.py"]
    told = [(await door.client.get(path)).status for path in elsewhere]
    assert told == [404, 200, 404, 404, 404, 404]


async def test_a_card_in_place_of_another_has_its_own_file_or_none(door: Door):
    await door.say("/file", where="direct")
    line = (await door.lines("megan", "direct"))[1]
    await door.press(line["id"], "file", where="direct")
    renewed = (await door.lines("megan", "direct"))[1]
    assert renewed.one("a", download="").words == "Download b.csv"
    assert await (await door.client.get(link(renewed))).read() == b"2"
    await door.press(line["id"], "undo", where="direct")
    assert not (await door.lines("megan", "direct"))[1].all("a")
    assert (await door.client.get(link(renewed))).status == 404


async def test_what_is_found_by_typing_elsewhere_is_listed_here(door: Door):
    opens = await door.say("/form", where="direct")
    assert door.bot.searched == [("people", "", "megan")]
    for label in ("Nobody else", "Alex Roy", "Zoë Élie"):
        assert f">{label}</option>" in opens["form"]
    assert '<option value="9" selected>' in opens["form"]
    values = {"id": "7", "hours": "many", "who": "2"}
    again = await door.do("/forms", "megan", "direct", line="", name="entry", values=values)
    assert '<option value="2" selected>' in again["form"]
