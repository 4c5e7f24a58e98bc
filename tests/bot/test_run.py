"""`jalon run` as a person starts it: what it prints, and one clear line where it cannot start."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-W", "error", "-m", "bot")
ROOT = Path(__file__).parents[2]


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JALON_")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def jalon(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )


@contextmanager
def running(folder: Path, *words: str) -> Generator[tuple[subprocess.Popen[str], str]]:
    """A bot on a free port, and its address once it answers."""
    process = subprocess.Popen(
        [*COMMAND, "run", "--port", "0", *words],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        printed = [process.stdout.readline() for _ in range(6)]
        assert "http://127.0.0.1:" in printed[0], process.stderr.read()
        assert [line[:3] for line in printed[2:5]] == ["  /"] * 3
        yield process, printed[0].split()[-1]
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_it_prints_the_address_and_three_things_to_try(tmp_path: Path) -> None:
    with running(tmp_path) as (process, address):
        with urllib.request.urlopen(f"{address}/healthz") as response:
            assert json.load(response)["status"] == "ok"
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert errors == ""
    assert (tmp_path / "data" / "jalon.db").exists()


def test_the_sample_has_a_folder_of_its_own(tmp_path: Path) -> None:
    with running(tmp_path, "--sample"):
        assert not (tmp_path / "data").exists()
        shown = jalon(tmp_path, "--data", "data-sample", "progress", "--json")
    printed = json.loads(shown.stdout)
    assert list(printed) == ["plan", "at", "targets"]
    figures = {one["id"]: one for one in printed["targets"]}
    assert len(figures) == 25
    for figure in figures.values():
        assert " ".join(figure) == (
            "id measure unit actual goal share numerator denominator expected status forecast"
            " needed_per_week parts"
        )
    assert figures["accompaniment-hours"]["actual"] > 500
    assert figures["pd-workshops"]["actual"] == 16
    assert [part["goal"] for part in figures["pd-workshops"]["parts"]] == [27, 10]
    assert figures["survey-reps"]["status"] == "no_data"
    assert figures["survey-reps"]["actual"] is None


def test_the_sample_stands_where_it_was_after_a_restart(tmp_path: Path) -> None:
    with running(tmp_path, "--sample"):
        pass
    first = jalon(tmp_path, "--data", "data-sample", "verify")
    with running(tmp_path, "--sample"):
        pass
    assert jalon(tmp_path, "--data", "data-sample", "verify").stdout == first.stdout


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one line it gave up with."""
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    return line


def test_a_taken_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = refused(jalon(tmp_path, "run", "--port", str(port)))
    assert line == f"jalon: port {port} is taken; choose another with --port"


def test_a_second_bot_on_the_same_data(tmp_path: Path) -> None:
    with running(tmp_path):
        assert "a bot runs on data; stop it first" in refused(jalon(tmp_path, "run", "--port", "0"))


def test_a_data_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    assert "data" in refused(jalon(tmp_path, "run", "--port", "0"))


def test_a_database_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "jalon.db").write_text("garbage, and long enough to be looked at" * 99)
    assert "data" in refused(jalon(tmp_path, "run", "--port", "0"))


@pytest.mark.parametrize("text", ["prot = 1", "port = ", "port = 'x'"])
def test_a_broken_config(tmp_path: Path, text: str) -> None:
    (tmp_path / "jalon.toml").write_text(text)
    refused(jalon(tmp_path, "run"))


def test_local_clients_of_teams_on_an_address_that_others_reach(tmp_path: Path) -> None:
    (tmp_path / "jalon.toml").write_text("[teams]\nemulator = true\n")
    line = refused(jalon(tmp_path, "run", "--host", "0.0.0.0"))
    assert line == "jalon: teams.emulator: only with a host that is this machine's own"


def test_a_broken_plan(tmp_path: Path) -> None:
    (tmp_path / "data" / "plans").mkdir(parents=True)
    (tmp_path / "data" / "plans" / "mine.toml").write_text('id = "mine"\n')
    assert "mine.toml" in refused(jalon(tmp_path, "run", "--port", "0"))


def test_progress_of_nothing_yet(tmp_path: Path) -> None:
    assert "no database" in refused(jalon(tmp_path, "progress"))


def test_progress_of_a_plan_that_is_not_there(tmp_path: Path) -> None:
    with running(tmp_path):
        line = refused(jalon(tmp_path, "progress", "--plan", "clc-2024-26"))
    assert "clc-2024-25" in line
