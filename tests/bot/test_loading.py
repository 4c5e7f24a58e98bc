"""What a bot that starts does not load: what only some need, or need only now and then."""

import subprocess
import sys
from pathlib import Path

from tests.new_database import new_folder

LATER = {
    "botbuilder",  # Teams
    "docx",  # papers
    "holidays",  # the tests
    "lxml",
    "matplotlib",  # pictures
    "numpy",
    "PIL",
    "slack_bolt",  # Slack
    "slack_sdk",
    "sqlite_utils",  # a database of an older shape
    "tomlkit",  # a plan that is rolled over
    "xlsxwriter",  # workbooks
}
STARTS = """
import asyncio, pathlib, sys
import bot.cli
from aiohttp import web
from bot.app import build
from bot.config import Config

async def start():
    runner = web.AppRunner(await build(Config(data=pathlib.Path(sys.argv[1]))))
    await runner.setup()
    await runner.cleanup()

asyncio.run(start())
print(*{name.partition(".")[0] for name in sys.modules})
"""


def test_a_bot_starts_without_what_it_may_never_need(tmp_path: Path) -> None:
    started = subprocess.run(
        [sys.executable, "-c", STARTS, new_folder(tmp_path / "data")],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    loaded = set(started.stdout.split())
    assert {"aiohttp", "jinja2"} <= loaded, "it is a whole bot that started"
    assert not loaded & LATER
