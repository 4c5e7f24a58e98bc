"""Socket Mode: two connections, replaced when they are closed, dropped, silent or idle."""

import asyncio
from pathlib import Path

import pytest

from bot.slack import socket
from tests.new_database import new_folder
from tests.slack.faults import Fault
from tests.slack.jalon import Jalon
from tests.slack.transport import OverSocket
from tests.slack.workspace import Workspace

LINE = "/log 2h15 with a CDA at EMSB yesterday re action plan"


@pytest.fixture
async def jalon(tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(socket, "LOOK", 0.02)
    monkeypatch.setattr(socket, "PING", 1.0)
    started = Jalon(new_folder(tmp_path / "data"), workspace, socket=True)
    await started.start()
    await workspace.sockets.connected(2)
    yield started
    await started.stop()


async def test_either_connection_is_answered(jalon: Jalon) -> None:
    for number, one in enumerate(jalon.workspace.sockets.open):
        person = jalon.user(f"p{number}", f"Person {number}")
        person.transport = OverSocket(jalon.workspace.sockets, over=one)
        await person.slash(LINE)
        assert "Logged" in person.sees()[-1].text
    assert await jalon.entries() == 2


async def test_the_same_envelope_over_both_connections_counts_once(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(LINE)
    for one in jalon.workspace.sockets.open:
        alex.transport = OverSocket(jalon.workspace.sockets, over=one)
        await alex.again()
    assert await jalon.entries() == 1


@pytest.mark.parametrize("trouble", ["drop", "close", "silence", "refresh_requested", "warning"])
async def test_a_connection_in_trouble_is_replaced(jalon: Jalon, trouble: str) -> None:
    sockets = jalon.workspace.sockets
    first, _ = sockets.open
    match trouble:
        case "drop":
            first.drop()
        case "close":
            await first.close()
        case "silence":
            first.silent = True
        case _:
            await first.disconnect(trouble)
    await jalon.workspace.until(lambda: len(set(sockets.open) - {first}) == 2, "a new connection")
    alex = jalon.user("alex", "Alex Roy")
    alex.transport = OverSocket(sockets, over=sockets.open[-1])
    await alex.slash(LINE)
    assert "Logged" in alex.sees()[-1].text


async def test_a_connection_that_delivers_nothing_for_long_is_replaced(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(jalon.workspace.sockets.open)
    monkeypatch.setattr(socket, "IDLE", 0.1)  # sooner than a ping could fail
    await jalon.workspace.until(
        lambda: (
            before.isdisjoint(jalon.workspace.sockets.open)
            and len(jalon.workspace.sockets.open) == 2
        ),
        "new connections",
    )


async def test_slack_that_gives_no_connection_is_asked_again(
    jalon: Jalon, caplog: pytest.LogCaptureFixture
) -> None:
    jalon.workspace.fail("apps.connections.open", 3, with_=Fault.status(503))
    for one in jalon.workspace.sockets.open:
        one.drop()
    await asyncio.sleep(0.05)
    await jalon.workspace.sockets.connected(2)
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(LINE)
    assert "Logged" in alex.sees()[-1].text
    assert "xapp" not in caplog.text
