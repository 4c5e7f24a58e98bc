"""A thing that Teams delivers again, or a person presses twice, is done once."""

import pytest

from tests.teams.jalon import Jalon

LINE = "log 2h15 with a CDA at EMSB yesterday re action plan"


async def test_a_message_delivered_three_times_at_once_is_one_entry(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy", copies=3)
    await alex.says(LINE)
    await jalon.settled()
    assert [one.status for one in alex.responses] == [201, 201, 201]
    assert await jalon.entries() == 1
    assert len([one for one in alex.sees() if "2.25 h" in one.text]) == 1


async def test_delivered_again_after_a_restart_it_is_one_entry(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.says(LINE)
    await jalon.settled()
    await jalon.restart()
    await alex.redeliver()
    await jalon.settled()
    assert await jalon.entries() == 1


async def test_a_form_sent_twice_is_one_entry(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy", copies=2)
    await alex.says("/log")
    await alex.submit({"Duration": "2 h"})
    await alex.redeliver()
    await jalon.settled()
    assert await jalon.entries() == 1


async def test_an_edited_message_logs_nothing_more(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.says(LINE)
    await alex.reads("2.25 h")
    [said] = [one.message for one in alex.sees() if one.message.author == alex.user.id]
    await alex.edits(said, "log 5h with a CDA")
    await jalon.settled()
    assert await jalon.entries() == 1


async def test_a_form_that_failed_for_a_reason_of_ours_can_be_sent_again(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.says("/log")
    await alex.form()

    def fails(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(jalon.store, "write", fails)
        await alex.submit({"Duration": "2 h"})
        await alex.reads("did not work")
    await alex.submit({"Duration": "2 h"})
    await jalon.settled()
    assert await jalon.entries() == 1
