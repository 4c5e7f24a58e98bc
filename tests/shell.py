"""What an administrator types: run in this process, or in one of its own."""

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.config import Config
from bot.operations_cli import app
from storage import people
from storage.database import reading
from storage.people import TeamRole


def jalon(data: Path, *words: str | Path) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words], obj=Config(data=data))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def process(data: Path, *words: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "bot", "--data", data, *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


def refused(result: Result) -> str:
    """The one line that says why, on stderr alone."""
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("jalon: ")
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("jalon: ").rstrip()


def role_of(data: Path, platform: str, id: str) -> TeamRole | None:
    with reading(data) as tx:
        person = people.find(tx, platform, id)
    return person.role if person else None
