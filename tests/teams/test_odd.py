"""A Teams that errs, is late, or sends what it does not document."""

import asyncio
import json
from typing import Any

import pytest

from bot.once import Once
from storage import files, unfinished
from tests.teams.connector import Teams
from tests.teams.jalon import Jalon

LINE = "log 2h15 with a CDA at EMSB yesterday re action plan"
OTHER = "99999999-9999-4999-8999-999999999999"
POST, PUT, MEMBERS = "POST .*/activities", "PUT .*/activities", "GET .*members"


async def test_a_form_that_failed_late_can_be_sent_again_at_once(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.says("/log")
    await alex.form()
    await jalon.settled()
    real = jalon.store.write

    async def slow_and_fails(work: Any, *args: Any, **more: Any) -> Any:
        if "Context.change" in getattr(work, "__qualname__", ""):
            await asyncio.sleep(0.4)
            raise OSError
        return await real(work, *args, **more)

    with monkeypatch.context() as broken:
        broken.setattr("bot.teams.door.WORKING_AFTER", 0.1)
        broken.setattr(jalon.store, "write", slow_and_fails)
        await alex.submit({"Duration": "2 h"})
        assert "Working on it" in alex.toast
        await alex.reads("did not work")
        await jalon.settled()
    form = await alex.form()
    await alex.submit({"Duration": "2 h"}, form)
    await jalon.settled()
    assert await jalon.entries() == 1


async def test_what_is_delivered_again_after_a_restart_is_finished(
    jalon: Jalon, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.teams.door.WORKING_AFTER", 0.1)
    alex = jalon.user("alex", "Alex Roy")
    go = asyncio.Event()
    teams.faults.add(hold=go, path=MEMBERS, times=4)
    await alex.says(LINE)
    await jalon.restart()
    await alex.redeliver()  # the acknowledgement did not come through
    go.set()
    await alex.reads("2.25 h")
    await asyncio.sleep(1)
    assert await jalon.store.read(unfinished.everything, "teams") == []


async def test_one_that_hangs_does_not_keep_all_the_others() -> None:
    once, never = Once[int](), asyncio.Event()

    async def hang() -> int:
        await never.wait()
        return 0

    async def quick() -> int:
        return 1

    hanging = asyncio.create_task(once("stuck", hang))
    await asyncio.sleep(0)
    for number in range(5000):
        await once(str(number), quick)
    kept = len(once._tasks)
    never.set()
    await hanging
    assert kept < 1100


async def test_a_link_to_a_file_that_took_long_comes(
    jalon: Jalon, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.says("help")
    card = await alex.reads("What you can say")
    await jalon.settled()
    waiting = files.Waiting("a.csv", b"1", "teams", alex.user.aad)
    await jalon.store.write(files.put, "tok", waiting, 0)
    monkeypatch.setattr("bot.teams.door.WORKING_AFTER", 0.1)
    monkeypatch.setattr("bot.members.FRESH", 0.0)
    monkeypatch.setattr("bot.members.PATIENCE", 0.3)
    teams.faults.add(delay=1.0, path=MEMBERS)
    await alex.presses({"verb": "teams.file", "data": {"jalon": {"values": {"file": "tok"}}}}, card)
    assert "Working on it" in alex.toast
    await jalon.settled()
    assert [one for one in alex.sees() if "This link is for you alone" in one.text]


async def test_half_a_character_is_answered(jalon: Jalon, teams: Teams) -> None:
    alex = jalon.user("alex", "Alex Roy")
    answer = await alex.says("log 2h \ud83d with a CDA")
    await jalon.settled()
    assert answer.status == 201
    assert len(alex.sees()) == 2, "something is said"


async def test_an_answer_comes_though_the_notice_cannot_be_edited(
    jalon: Jalon, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.teams.door.WORKING_AFTER", 0.1)
    alex = jalon.user("alex", "Alex Roy")
    teams.faults.add(delay=0.6, path=MEMBERS)
    teams.faults.add(status=400, code="BadSyntax", path=PUT)
    await alex.says(LINE)
    await alex.reads("Working on it")
    await jalon.settled()
    assert [one for one in alex.sees() if "2.25 h" in one.text]


async def test_a_picture_is_answered_as_something_unreadable(jalon: Jalon, teams: Teams) -> None:
    alex = jalon.user("alex", "Alex Roy")
    _, said = alex._said("", None, None, mention=False, files=[])
    said = json.loads(json.dumps(said))
    del said["text"]
    said["attachments"] = [
        {"contentType": "image/*", "contentUrl": "https://smba.trafficmanager.net/x"},
        {"contentType": "text/html", "content": "<p><img></p>"},
    ]
    await jalon.transport.deliver(said)
    await jalon.settled()
    assert len(alex.sees()) == 2


async def test_a_file_dropped_with_an_image_that_is_none(jalon: Jalon, teams: Teams) -> None:
    """A file that cannot be read at all is told of in the end."""
    alex = jalon.user("alex", "Alex Roy")
    await alex.says("help")
    await jalon.settled()
    info = {
        "contentType": "application/vnd.microsoft.teams.file.download.info",
        "name": "x.csv",
        "content": {"uniqueId": "1", "fileType": "csv"},
    }
    answer = await alex.says("", files=[info])
    await jalon.settled()
    assert "did not work" in alex.sees()[-1].text
    assert answer.status == 201


async def test_consent_without_upload_info(jalon: Jalon, teams: Teams) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.says("help")
    card = await alex.reads("What you can say")
    waiting = files.Waiting("a.csv", b"1", "teams", alex.user.aad)
    await jalon.store.write(files.put, "tok", waiting, 0)
    value = {"type": "fileUpload", "action": "accept", "context": {"jalon": "tok"}}
    await alex._invoke("fileConsent/invoke", value, card.message)
    await jalon.settled()
    assert "did not work" in alex.sees()[-1].text
    assert await jalon.store.read(files.get, "tok") is not None


async def test_a_404_that_passes_closes_nothing(jalon: Jalon, teams: Teams) -> None:
    """Teams says ConversationNotFound now and then of conversations that are there."""
    alex = jalon.user("alex", "Alex Roy")
    await alex.says("help")
    await jalon.settled()
    teams.faults.add(status=404, code="ConversationNotFound", path=POST)
    await alex.says(LINE)
    await jalon.settled()
    assert [one for one in alex.sees() if "2.25 h" in one.text]


async def test_a_stub_is_not_posted_below_what_is_newer(jalon: Jalon, teams: Teams) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.says(LINE)
    await alex.press("Edit", await alex.reads("2.25 h"))
    form = await alex.form()
    await jalon.settled()
    replaced = json.loads(json.dumps(form.card))
    origin = json.dumps(replaced).split('"origin": "')[1].split('"')[0]
    teams.faults.add(status=404, code="ActivityNotFoundInConversation", path=f"PUT .*/{origin}")
    await alex.submit({"Duration": "3 h"}, form)
    await jalon.settled()
    assert "newer card" not in alex.sees()[-1].text


async def test_a_search_of_someone_new_is_answered_in_time(jalon: Jalon, teams: Teams) -> None:
    alex = jalon.user("alex", "Alex Roy")
    message = teams.post(alex.chat, alex.user.id, {}, "")
    go = asyncio.Event()
    teams.faults.add(hold=go, path=MEMBERS)
    value = {"queryText": "em", "queryOptions": {}, "dataset": "log.boards"}
    try:
        await asyncio.wait_for(alex._invoke("application/search", value, message), 7)
    finally:
        go.set()
