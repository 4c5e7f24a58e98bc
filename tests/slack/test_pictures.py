"""Pictures in Slack: uploaded beside the message that says the same, for whom that is."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.slack import posting
from handlers.chat.charts import Bullets
from handlers.pictures import bullets, drawing
from storage.deliveries import Delivery, State
from storage.people import TeamRole
from tests.conversation import NOW
from tests.posts import say
from tests.slack.driver import SlackUser
from tests.slack.faults import Fault
from tests.slack.jalon import Jalon
from tests.slack.memory import File
from tests.slack.test_posts import AT, of

MONDAY = datetime(2025, 2, 17, 13, 30, tzinfo=UTC)  # half past eight in Montreal


async def picture(jalon: Jalon, user: SlackUser) -> File:
    """The newest picture in a person's own chat."""
    await jalon.workspace.until(
        lambda: next((one for one in user.sees(user.dm) if one.files), None), "a picture"
    )
    return list(jalon.workspace.files.values())[-1]


async def test_a_picture_comes_with_words_that_say_the_same(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/progress chart accompaniment")
    said = await alex.reads("By the end of each month")
    assert "0 h of 1,400 h (0%)" in said.text
    shown = await picture(jalon, alex)
    assert (shown.title, shown.name) == ("Accompaniment hours", "Accompaniment hours.png")
    assert shown.content is not None
    assert shown.content.startswith(b"\x89PNG")
    assert shown.alt_text.startswith("Accompaniment hours: 0\u00a0h of 1,400\u00a0h (0%)")


async def test_what_slack_does_not_take_to_say_of_a_picture_is_cut(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/progress chart")
    shown = await picture(jalon, alex)
    assert 900 < len(shown.alt_text) <= 1000
    *_, last, end = shown.alt_text.splitlines()
    assert end == "…"
    assert last.endswith(("off track", "on track", "not due yet", "no data")), "a whole line"
    said = "\n".join(one.text for one in alex.sees())
    assert "Action plan submitted" in said


async def test_asked_for_in_a_channel_it_comes_to_the_own_chat(jalon: Jalon) -> None:
    alex, sam = jalon.user("alex", "Alex Roy"), jalon.user("sam", "Sam Roy")
    team = jalon.workspace.add_channel("team", [alex.user, sam.user])
    await alex.slash("/progress chart", team)
    await picture(jalon, alex)
    assert sam.sees(team) == []


async def test_the_words_come_where_the_picture_cannot(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    jalon.workspace.scopes.discard("files:write")
    await alex.slash("/progress chart accompaniment")
    await alex.reads("0 h of 1,400 h (0%)")
    await jalon.settled()
    assert not any(one.files for one in alex.sees())


async def posted(jalon: Jalon) -> tuple[SlackUser, Delivery]:
    """Have a picture posted to somebody; who, and what became of it."""
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/help")
    person = (await jalon.find(alex.user.id)).id
    await jalon.store.write(say, "a", person, "Targets", AT, picture=True)
    await jalon.settled()
    return alex, await of(jalon, "a")


def seen(alex: SlackUser) -> tuple[int, int]:
    """How often the words were said, and how often the picture is there."""
    said = alex.sees()
    return sum("One: 1 of 2" in one.text for one in said), sum(bool(one.files) for one in said)


async def test_a_post_brings_its_picture_once(jalon: Jalon) -> None:
    alex, one = await posted(jalon)
    await picture(jalon, alex)
    await jalon.restart()
    await jalon.settled()
    assert seen(alex) == (1, 1)
    assert (one.state, one.why) == (State.SENT, "")


STEPS = ("files.getUploadURLExternal", "files.upload", "files.completeUploadExternal")
LOST = {
    "failing": Fault.status(503),
    "no answer": Fault.dropped(),
    "no answer, and taken": Fault.dropped(after=True),
    "half an answer, and taken": Fault.malformed(after=True),
    "too many": Fault.rate_limited(),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", LOST.values(), ids=LOST)
async def test_a_picture_whose_answer_is_lost_is_never_there_twice(
    jalon: Jalon, step: str, fault: Fault
) -> None:
    jalon.workspace.fail(step, with_=fault)
    alex, one = await posted(jalon)
    words, pictures = seen(alex)
    assert (words, one.state) == (1, State.SENT)
    lost = step == STEPS[-1] and fault != LOST["too many"]
    assert pictures == (fault.after if lost else 1)
    assert bool(one.why) == lost


REFUSED = ("file_uploads_disabled", "missing_scope", "storage_limit_reached")


@pytest.mark.parametrize("why", REFUSED)
async def test_a_post_whose_picture_is_refused_is_said_all_the_same(
    jalon: Jalon, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    jalon.workspace.fail("files.getUploadURLExternal", with_=Fault.error(why))
    alex, one = await posted(jalon)
    assert seen(alex) == (1, 0)
    assert (one.state, one.why) == (State.SENT, why)
    assert "One" not in caplog.text


async def test_a_post_whose_picture_cannot_be_drawn_is_said_all_the_same(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(chart: Bullets) -> bytes:
        raise ZeroDivisionError(chart.title)

    monkeypatch.setattr(bullets, "png", broken)
    drawing.forget()
    alex, one = await posted(jalon)
    assert seen(alex) == (1, 0)
    code = one.why.removeprefix("error ")
    assert code in caplog.text, "the log says where it failed"
    assert "Targets" not in caplog.text


async def test_one_that_takes_too_long_holds_up_nothing(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "UPLOADING", 0.2)
    jalon.workspace.fail("files.upload", with_=Fault.slow(asyncio.Event()))
    alex, one = await posted(jalon)
    assert seen(alex) == (1, 0)
    assert (one.state, one.why) == (State.SENT, "TimeoutError")


async def test_stopped_before_its_picture_came_a_post_is_not_said_again(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/help")
    person = (await jalon.find(alex.user.id)).id
    jalon.workspace.fail("files.upload", with_=Fault.slow(asyncio.Event()))
    await jalon.store.write(say, "a", person, "Targets", AT, picture=True)
    await alex.reads("One: 1 of 2")
    await jalon.workspace.until(lambda: jalon.workspace.faults.waiting)
    await jalon.restart()
    await jalon.settled()
    assert seen(alex) == (1, 0)
    assert (await of(jalon, "a")).state is State.SENT


async def test_the_week_comes_by_itself_as_one_message_and_its_picture(jalon: Jalon) -> None:
    sam = jalon.user("sam", "Sam Roy")
    team = jalon.workspace.add_channel("team", [sam.user])
    await sam.slash("/help")
    await jalon.give(sam.user.id, TeamRole.MANAGER)
    await sam.slash("/log 2h15 with a CDA at EMSB yesterday")
    await sam.slash("/canal chaque semaine en français", team)
    await jalon.settled()
    before = sam.sees(team)
    for jalon.now in (NOW, MONDAY - timedelta(minutes=1), MONDAY):
        assert sam.sees(team) == before
        await jalon.happens("weekly-progress")
    words, shown = sam.sees(team)[len(before) :]
    assert "Semaine du 10 février 2025" in words.text
    assert "Heures d’accompagnement" in words.text
    assert "PRT" not in words.text
    [file] = jalon.workspace.files.values()
    assert shown.files == [file.name]
    assert file.title == "CSC – Plan d’action 2024-2025, 16 février 2025"
    assert "Perfectionnement professionnel" in file.alt_text
    assert "Perfectionnement professionnel" not in words.text, "no words are said twice"
