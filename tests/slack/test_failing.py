"""Slack fails, is slow, or loses an answer: what was said is delivered late, and never lost."""

import asyncio

import pytest

from bot.slack import client, door
from tests.slack.faults import Fault
from tests.slack.jalon import Jalon

LINE = "log 2h15 with a CDA at EMSB yesterday re action plan"
FAULTS = [
    Fault.rate_limited(0),
    Fault.status(500),
    Fault.status(503),
    Fault.dropped(),
    Fault.malformed(),
    Fault.error("internal_error"),
    Fault.error("invalid_auth"),
]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses are what a test does not have to sit through."""
    monkeypatch.setattr("bot.patience.PAUSE", 0.01)
    monkeypatch.setattr(client, "random", Unmoved())
    monkeypatch.setattr(door, "ACK_WITHIN", 0.2)


class Unmoved:
    """Chance that is always nil."""

    def random(self) -> float:
        return 0.0


@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_a_receipt_waits_for_a_failing_slack(jalon: Jalon, fault: Fault) -> None:
    alex = jalon.user("alex", "Alex Roy")
    jalon.workspace.fail("chat.postMessage", 3, with_=fault)
    await alex.writes(LINE)
    await alex.reads("Logged")
    await jalon.settled()
    assert sum("Logged" in one.text for one in alex.sees()) == 1
    assert jalon.workspace.faults_left == {}


@pytest.mark.parametrize("fault", FAULTS[:4], ids=str)
async def test_an_edit_waits_for_a_failing_response_url(jalon: Jalon, fault: Fault) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/" + LINE)
    jalon.workspace.fail("response_url", 3, with_=fault)
    await alex.press("Undo")
    await alex.reads("Taken back")
    await jalon.settled()
    assert await jalon.entries() == 0
    assert not any("Logged" in one.text for one in alex.sees())


@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_someone_new_is_waited_for(jalon: Jalon, fault: Fault) -> None:
    alex = jalon.user("alex", "Alex Roy", locale="fr-CA")
    jalon.workspace.fail("users.info", 3, with_=fault)
    await alex.slash("/noter 2h avec une ADC à la CSEM hier")
    assert "2 h" in (await alex.reads("Inscrit")).text
    assert await jalon.entries() == 1


async def test_someone_known_is_answered_while_slack_says_nothing_of_them(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.members.PATIENCE", 0.01)
    alex = jalon.user("alex", "Alex Roy", locale="fr-CA")
    await alex.slash("/aide")
    await jalon.restart()
    alex.transport = jalon.transport
    jalon.workspace.fail("users.info", 1000, with_=Fault.status(503))
    await alex.slash("/noter 2h avec une ADC à la CSEM hier")
    await alex.reads("Inscrit")


async def test_a_slow_answer_is_acknowledged_first_and_said_after(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    team = jalon.workspace.add_channel("team", [alex.user])
    go = asyncio.Event()
    jalon.workspace.fail("users.info", with_=Fault.slow(go))
    answer = await alex.slash("/" + LINE, team)
    assert (answer.status, answer.body) == (200, b"")
    assert await jalon.entries() == 0
    go.set()
    receipt = await alex.reads("Logged", team)
    assert receipt.private
    assert await jalon.entries() == 1
    await jalon.settled()


async def test_a_form_that_is_slow_to_be_checked_comes_back_behind_a_button(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/log")
    monkeypatch.setattr(door, "ACK_WITHIN", 0.0)
    await alex.submit({"duration": "nonsense", "objective": "all that was typed"})
    assert alex.modal is None
    monkeypatch.setattr(door, "ACK_WITHIN", 2.0)
    await alex.press("Open the form")
    form = await alex.form()
    assert form.inputs["Objective"] == "all that was typed"
    await alex.submit({"duration": "2h"})
    await alex.reads("all that was typed")


async def test_a_form_that_slack_does_not_open_comes_behind_a_button(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    jalon.workspace.fail("views.open", with_=Fault.error("expired_trigger_id"))
    await alex.slash("/log")
    await alex.press("Open the form")
    await alex.submit({"duration": "2h"})
    await alex.reads("Logged")


async def test_a_form_whose_three_seconds_are_over_comes_behind_a_button(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    go = asyncio.Event()
    jalon.workspace.fail("users.info", with_=Fault.slow(go))
    await alex.slash("/log")
    jalon.workspace.now += 4
    go.set()
    await alex.press("Open the form")
    await alex.submit({"duration": "2h"})
    await alex.reads("Logged")


async def test_a_used_up_response_url_leads_to_the_message_itself(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/" + LINE)
    jalon.workspace.fail("response_url", with_=Fault.status(404))
    await alex.press("Undo")
    await alex.reads("Taken back")
    assert not any("Logged" in one.text for one in alex.sees())


async def test_a_used_up_response_url_of_a_private_card_leads_to_a_new_one(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    sam = jalon.user("sam", "Sam Roy")
    team = jalon.workspace.add_channel("team", [alex.user, sam.user])
    await alex.slash("/" + LINE, team)
    jalon.workspace.fail("response_url", with_=Fault.status(404))
    await alex.press("Undo")
    assert (await alex.reads("Taken back", team)).private
    assert sam.sees(team) == []


async def test_where_the_bot_is_not_the_answer_comes_in_the_direct_chat(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    elsewhere = jalon.workspace.add_channel("elsewhere", [alex.user], bot=False)
    await alex.slash("/" + LINE, elsewhere)
    jalon.workspace.fail("response_url", with_=Fault.status(404))
    await alex.press("Undo")
    await alex.reads("Taken back", alex.dm)


async def test_what_was_not_delivered_is_after_a_restart(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    go = asyncio.Event()
    jalon.workspace.fail("chat.postMessage", with_=Fault.slow(go))
    await alex.writes(LINE)
    monkeypatch.setattr("bot.outbox.GRACE", 0.01)
    await jalon.restart()
    go.set()
    await alex.reads("Logged")
    await jalon.settled()
    assert await jalon.entries() == 1


async def test_what_was_acknowledged_and_not_done_is_done_after_a_restart(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    go = asyncio.Event()
    jalon.workspace.fail("users.info", with_=Fault.slow(go))
    answer = await alex.slash("/" + LINE)
    assert (answer.status, answer.body, await jalon.entries()) == (200, b"", 0)
    await jalon.restart()
    await alex.reads("Logged")
    await jalon.settled()
    assert await jalon.entries() == 1


async def test_slack_away_at_the_start_is_waited_for(jalon: Jalon) -> None:
    await jalon.workspace.until(lambda: jalon.workspace.called("auth.test"), "the first sign-in")
    jalon.workspace.fail("auth.test", 3, with_=Fault.dropped())
    await jalon.restart()
    alex = jalon.user("alex", "Alex Roy")
    await alex.writes(LINE)
    await alex.reads("Logged")
    assert jalon.workspace.faults_left == {}


async def test_thirty_first_requests_sign_in_once(jalon: Jalon) -> None:
    people = [jalon.user(f"p{n}", f"Person {n}") for n in range(30)]
    await asyncio.gather(*(one.slash("/" + LINE) for one in people))
    await jalon.settled()
    assert len(jalon.workspace.called("auth.test")) == 1
    assert await jalon.entries() == 30


async def test_what_can_never_be_delivered_is_let_go_and_logged(
    jalon: Jalon, caplog: pytest.LogCaptureFixture
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    jalon.workspace.fail("chat.postMessage", 2, with_=Fault.error("channel_not_found"))
    await alex.writes(LINE)
    await jalon.settled()
    assert "could not be delivered in any way" in caplog.text
    assert "action plan" not in caplog.text
