"""Who someone is by what Slack says of them; asked for now and then, not with each message."""

from typing import Any

import pytest

from bot import members
from bot.slack.members import described
from storage import unfinished
from storage.people import Newcomer
from tests.slack.faults import Fault
from tests.slack.jalon import Jalon

OURS = "T0TEAM"
ALEX: dict[str, Any] = {
    "id": "U0ALEX",
    "name": "alex",
    "real_name": "Alex  Roy ",
    "team_id": OURS,
    "tz": "America/Blanc-Sablon",
    "locale": "fr-CA",
    "profile": {"email": "alex@example.org"},
}


def test_a_full_member() -> None:
    assert described(ALEX, OURS) == Newcomer(
        "slack",
        "U0ALEX",
        "Alex Roy",
        "fr-CA",
        "America/Blanc-Sablon",
        guest=False,
        email="alex@example.org",
    )


def test_one_of_whom_slack_says_little() -> None:
    assert described({"id": "U0X", "name": "x"}, OURS) == Newcomer("slack", "U0X", "x")


@pytest.mark.parametrize(
    ("change", "guest"),
    [
        ({"is_restricted": True}, True),
        ({"is_ultra_restricted": True}, True),
        ({"is_stranger": True}, True),
        ({"team_id": "T0OTHER"}, True),
        ({"team_id": "T0OTHER", "enterprise_user": {"teams": ["T0OTHER", OURS]}}, False),
        ({"team_id": "T0OTHER", "enterprise_user": {"teams": ["T0OTHER"]}}, True),
    ],
)
def test_who_is_a_guest(change: dict[str, Any], guest: bool) -> None:
    assert described(ALEX | change, OURS).guest is guest


async def test_they_are_asked_for_once_an_hour(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    for _ in range(3):
        await alex.slash("/help")
    assert len(jalon.workspace.called("users.info")) == 1
    monkeypatch.setattr(members, "FRESH", 0.0)
    jalon.workspace.users["U0ALEX"].real_name = "Alexandra Roy"
    await alex.slash("/help")
    assert (await jalon.find("U0ALEX")).name == "Alexandra Roy"


async def test_nobody_becomes_a_guest_because_the_bot_may_not_ask(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    jalon.workspace.fail("users.info", with_=Fault.error("missing_scope"))
    await alex.slash("/log 2h with a CDA at EMSB")
    assert "2h with a CDA at EMSB" in (await alex.reads("Something failed on our side")).text
    await alex.slash("/log 2h with a CDA at EMSB")
    await alex.reads("Logged")


async def test_a_payload_that_was_left_and_makes_no_sense_does_not_keep_the_bot_from_starting(
    jalon: Jalon,
) -> None:
    for content in ('{"what": "press", "payload": {}}', '{"what": "event", "payload": {}}'):
        await jalon.store.write(unfinished.put, "slack", content, 0)
    await jalon.restart()
    await jalon.settled()
