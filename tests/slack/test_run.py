"""`jalon run` with Slack set up, as an administrator starts it."""

import asyncio
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.bot.test_run import COMMAND, environment
from tests.slack.driver import SlackUser
from tests.slack.transport import OverSocket
from tests.slack.workspace import APP_TOKEN, BOT_TOKEN, SECRET, Workspace

BOTH = {"JALON_SLACK__APP_TOKEN": APP_TOKEN, "JALON_SLACK__SIGNING_SECRET": SECRET}


@asynccontextmanager
async def running(
    folder: Path, workspace: Workspace, secrets: dict[str, str], *words: str, lines: int
) -> AsyncGenerator[list[str]]:
    """The lines it prints once it answers; at the end it stops when it is told to, in peace."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        "run",
        "--port",
        "0",
        *words,
        cwd=folder,
        env=environment()
        | {"JALON_SLACK__BOT_TOKEN": BOT_TOKEN, "JALON_SLACK__API_URL": workspace.api_url}
        | secrets,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        yield [(await process.stdout.readline()).decode().strip() for _ in range(lines)]
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert (process.returncode, errors.decode()) == (0, "")


async def status(address: str, path: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(address + path) as got:
        return got.status


@pytest.mark.parametrize("which", [("APP_TOKEN",), ("SIGNING_SECRET",), BOTH])
async def test_it_says_how_slack_reaches_it(
    tmp_path: Path, workspace: Workspace, which: tuple[str, ...]
) -> None:
    secrets = {name: value for name, value in BOTH.items() if name.endswith(tuple(which))}
    async with running(tmp_path, workspace, secrets, lines=2) as (line, stop):
        assert line.startswith("Jalon is open to Slack")
        assert ("over Socket Mode" in line) == ("JALON_SLACK__APP_TOKEN" in secrets)
        assert ("/slack/events" in line) == ("JALON_SLACK__SIGNING_SECRET" in secrets)
        assert stop == "Stop with Ctrl+C."
        await workspace.until(lambda: workspace.called("auth.test"), "the sign-in")
        if "JALON_SLACK__APP_TOKEN" in secrets:
            await workspace.sockets.connected(2)


async def test_the_playground_is_closed_beside_slack(tmp_path: Path, workspace: Workspace) -> None:
    secrets = {"JALON_SLACK__SIGNING_SECRET": SECRET}
    async with running(tmp_path, workspace, secrets, lines=2) as (line, _):
        address = line.split()[-1].removesuffix("/slack/events")
        assert await status(address, "/") == 404
        assert await status(address, "/healthz") == 200
        assert await status(address, "/slack/events") == 405


async def test_the_playground_is_open_beside_slack_when_asked(
    tmp_path: Path, workspace: Workspace
) -> None:
    asked = running(tmp_path, workspace, BOTH, "--playground", lines=7)
    async with asked as (_, line, *_):
        assert line.startswith("Jalon's playground is open at ")
        assert await status(line.split()[-1], "/") == 200


async def test_the_whole_product_answers(tmp_path: Path, workspace: Workspace) -> None:
    secrets = {"JALON_SLACK__APP_TOKEN": APP_TOKEN}
    async with running(tmp_path, workspace, secrets, lines=2):
        await workspace.sockets.connected(2)
        member = workspace.add_user("alex", "Alex Roy", locale="fr-CA")
        alex = SlackUser(workspace, member, OverSocket(workspace.sockets))
        await alex.slash("/noter 2h15 avec une ADC à la CSEM hier")
        assert "Durée : 2 h 15 min" in alex.sees()[-1].text
        await alex.press("Annuler")
        await alex.reads("ne compte plus")
