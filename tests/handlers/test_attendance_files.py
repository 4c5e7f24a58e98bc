"""Dropped reports of attendance: their days, what they replace, and whose names they keep."""

import pytest

from handlers.chat.incoming import Dropped, Incoming, Kind, Place
from storage import presences
from storage.engine import Tx
from storage.rosters import Member
from tests.conversation import STAFF, Answer, Chat
from tests.handlers.attending import HEAD, PEOPLE, enrol, hold, names, report, there

MARIE, JOHN = "Marie Tremblay", "John O’Brien"


@pytest.fixture
async def listed(chat: Chat) -> Chat:
    """A conversation with four people on the roster."""
    await chat.store.write(enrol, *PEOPLE)
    return chat


async def previewed(chat: Chat, content: str, words: str = "") -> Answer:
    """The preview of a report, for the session that fits best."""
    return await chat.press(await chat.drop(content, text=words), "This one")


async def taken(chat: Chat, content: str, words: str = "") -> Answer:
    return await chat.press(await previewed(chat, content, words), "Take in")


async def test_the_session_of_its_day_time_and_title_comes_first(listed: Chat) -> None:
    await listed.store.write(hold, "Another one", "2025-02-10")
    await listed.store.write(hold, "Asset mapping", "2025-02-11")
    content = "Topic,Start Time,Duration (Minutes)\nAsset mapping,2025-02-11 09:00:00,180\n\n"
    asked = await listed.drop(content + report((MARIE, "2025-02-11", 180)))
    assert "Asset mapping · Tuesday 11 February 2025, 9:00" in asked.text
    assert "Another one" not in asked.text
    assert asked.labels == ["This one", "Another session"]


async def test_of_two_ways_to_read_its_days_the_session_tells(listed: Chat) -> None:
    id = await listed.store.write(hold, "Asset mapping", "2024-11-06")
    row = "Marie Tremblay,,06/11/2024 09:00:00 AM,06/11/2024 12:00:00 PM,180,No\n"
    asked = await listed.drop(f"{HEAD}\n{row}")
    assert "Tuesday 11 June 2024, 9:00 or Wednesday 6 November 2024, 9:00" in asked.text
    await listed.press(await listed.press(asked, "This one"), "Take in")
    assert await names(listed, id) == {MARIE}


async def test_each_of_its_days_is_that_day_of_the_session(listed: Chat) -> None:
    """A test call on the evening before is no day of it, and a day between is none of the file."""
    id = await listed.store.write(hold, "Welcome", "2025-02-04", "2025-02-05", "2025-02-06")
    done = await taken(
        listed,
        report(
            ("Noémie Côté", "2025-02-03", 600),
            (MARIE, "2025-02-04", 180),
            (MARIE, "2025-02-06", 180),
            (JOHN, "2025-02-06", 89),
        ),
    )
    assert [await names(listed, id, day) for day in range(3)] == [{MARIE}, set(), {MARIE}]
    assert "There all 3 days" in done.text


async def test_a_file_a_day_adds_up_and_the_same_again_changes_nothing(listed: Chat) -> None:
    id = await listed.store.write(hold, "Welcome", "2025-02-04", "2025-02-05")
    first = report((MARIE, "2025-02-04", 180), (JOHN, "2025-02-04", 180))
    second = report((MARIE, "2025-02-05", 180), ("Zed Zorn", "2025-02-05", 180))
    await taken(listed, first)
    await taken(listed, second)
    assert [await names(listed, id, day) for day in (0, 1)] == [
        {MARIE, JOHN},
        {MARIE, "(Zed Zorn)"},
    ]
    assert len(presences.complete(await there(listed, id), 2)) == 1
    before = await listed.store.read(presences.of_session, id)
    for again in (first, second):
        assert "nothing has changed" in (await taken(listed, again)).text
    assert await listed.store.read(presences.of_session, id) == before
    third = report((JOHN, "2025-02-05", 180))
    shown = await previewed(listed, third)
    assert "takes the place of what is recorded: 2 participants" in shown.text
    undone = await listed.press(await listed.press(shown, "Take in"), "Undo")
    assert not undone.reply.refused
    assert await there(listed, id) == (before.says if before else None)


async def test_as_many_files_as_a_session_has_days(listed: Chat) -> None:
    days = [f"2025-01-{day:02}" for day in range(1, 31)]
    id = await listed.store.write(hold, "Thirty days", *days)
    for day in days:
        await taken(listed, report((MARIE, day, 180)))
    assert len(presences.complete(await there(listed, id), len(days))) == 1


async def test_who_of_it_is_who_can_be_said_before_and_after(listed: Chat) -> None:
    id = await listed.store.write(hold, "Asset mapping", "2025-02-11")
    content = report(("Mary Tremblay", "2025-02-11", 180), ("Jon O’Brien", "2025-02-11", 180))
    shown = await previewed(listed, content)
    assert "2 people not found" in shown.text
    shown = await listed.press(shown, "Marie Tremblay · EMSB")
    assert "1 person matched" in shown.text
    done = await listed.press(shown, "Take in")
    assert await names(listed, id) == {MARIE, "(Jon O’Brien)"}
    matched = await listed.press(await listed.press(done, "Who is it?"), f"{JOHN} · RSB")
    assert await names(listed, id) == {MARIE, JOHN}
    assert "nothing has changed" in (await taken(listed, content)).text
    assert await names(listed, id) == {MARIE, JOHN}
    await listed.press(matched, "Undo")
    assert await names(listed, id) == {MARIE, "(Jon O’Brien)"}


async def test_the_many_on_no_roster_are_listed_and_those_who_come_near_asked(
    listed: Chat,
) -> None:
    await listed.store.write(hold, "Asset mapping", "2025-02-11")
    guests = [(f"Guest {n:02} Xyz", "2025-02-11", 180) for n in range(60)]
    shown = await previewed(listed, report(*guests, ("Mary Tremblay", "2025-02-11", 180)))
    assert shown.labels == ["Marie Tremblay · EMSB", "Take in"]
    assert "Guest 00 Xyz" in shown.text
    assert "20 more" in shown.text


async def test_two_devices_and_two_stays_of_one_are_one(listed: Chat) -> None:
    id = await listed.store.write(hold, "Asset mapping", "2025-02-11")
    content = report((MARIE, "2025-02-11", 180), ("Tremblay, Marie", "2025-02-11", 170))
    done = await taken(listed, content)
    assert (await there(listed, id)).participants == 1
    assert "Participants\n1\n" in done.text


async def test_a_name_can_be_long_and_a_name_of_signs_alone(listed: Chat) -> None:
    id = await listed.store.write(hold, "Asset mapping", "2025-02-11")
    long = "Lo" * 2000
    await taken(listed, report((long, "2025-02-11", 180), ("(Guest)", "2025-02-11", 180)))
    assert (await there(listed, id)).participants == 2
    assert any(name.startswith("(LoLo") for name in await names(listed, id))


async def test_a_report_of_another_day_says_so(listed: Chat) -> None:
    id = await listed.store.write(hold, "Asset mapping", "2025-02-11")
    content = report((MARIE, "2025-02-10", 180))
    asked = await listed.drop(content)
    assert "No session of that day is recorded" in asked.text
    shown = await listed.press(asked, "This one")
    assert "not of the day of this session" in shown.text
    assert "No session of that day" not in (await listed.drop(content, text="mapping")).text
    await listed.press(shown, "Take in")
    assert await names(listed, id) == {MARIE}


async def test_where_nobody_stayed_there_is_nothing_to_take_in(listed: Chat) -> None:
    id = await listed.store.write(hold, "Asset mapping", "2025-02-11")
    shown = await previewed(listed, report((MARIE, "2025-02-11", 89)))
    assert "Nobody stayed long enough" in shown.text
    assert "Take in" not in shown.labels
    enough = await previewed(listed, report((MARIE, "2025-02-11", 90)))
    forged = dict(enough.button("Take in").values)["pending"].replace("[90]", "[89]")
    refused = await listed.press(enough, "Take in", tampered={"pending": forged})
    assert "Nobody stayed long enough" in refused.text
    assert await listed.store.read(presences.of_session, id) is None


@pytest.mark.parametrize("words", ["", "reading at home"])
async def test_no_parent_is_named_anywhere(listed: Chat, words: str) -> None:
    await listed.store.write(enrol, Member("A Parent", "", "cda", "EMSB"))
    id = await listed.store.write(
        hold, "Reading at home", "2025-02-08", target="family-workshops", head_counts=True
    )
    content = report(("Ann Mother", "2025-02-08", 180), ("Bob Father", "2025-02-08", 10))
    asked = await listed.drop(content, STAFF, text=words)
    shown = await listed.press(asked, "This one")
    done = await listed.press(shown, "Take in")
    assert (await there(listed, id)).participants == 1
    for answer in (asked, shown, done):
        said = f"{answer.text} {answer.reply}"
        assert not any(name in said for name in ("Mother", "Father"))
    kept = await listed.store.read(_everything)
    assert not any(name in kept for name in ("Mother", "Father"))
    await listed.press(done, "Undo")
    assert (await there(listed, id)).participants == 0


async def test_several_files_and_too_many_people_are_refused(listed: Chat) -> None:
    await listed.store.write(hold, "Asset mapping", "2025-02-11")
    many = report(*((f"Guest {n}", "2025-02-11", 180) for n in range(1001)))
    assert "more than 1000 people" in (await listed.drop(many)).text
    one = report((MARIE, "2025-02-11", 180)).encode()
    two = tuple(Dropped(name, len(one), one) for name in ("a.csv", "b.csv"))
    place = Place("test", "direct-alex", True)
    said = Answer(await listed.dispatch(Incoming(STAFF, place, Kind.DROP, "two", files=two)))
    assert "One attendance report at a time" in said.text


def _everything(tx: Tx) -> str:
    """All that the database holds, as one text."""
    tables = [row["name"] for row in tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return "\n".join(
        str(tuple(row))
        for table in tables
        for row in tx.each(f"SELECT * FROM {table}")  # noqa: S608 - every table
    )
