"""`jalon schedule list`: each job in words, and what comes next by the clock and in UTC."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner, Result

from bot.clock import Clock
from bot.config import Config
from bot.schedule_cli import app
from handlers.chat.texts import Texts
from schedules.all import JOBS
from storage import occurrences
from storage.engine import Store, writing
from storage.occurrences import Occurrence, State
from storage.plan import Language

HOME = ZoneInfo("America/Toronto")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with writing(tmp_path) as tx:
        occurrences.enter(tx, "backup", Occurrence("2025-02-11", 1, 2), State.PASSED)
        occurrences.enter(tx, "backup", Occurrence("2025-02-12", 1, 2), State.DONE)
    return tmp_path


def schedule(data: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["list", *words], obj=Config(data=data))


def test_every_job_is_named_in_words(data: Path) -> None:
    for language in Language:
        result = schedule(data, "--language", language)
        assert result.exit_code == 0, result.output
        t = Texts.load(language)
        for job in JOBS:
            assert f"{job.name}\n  {job.when.says}\n  {t(f'schedule.{job.name}')}" in result.stdout
    assert "03:40 America/Toronto" in result.stdout
    assert "08:15 America/Toronto, Mon Tue Wed Thu Fri\n" in result.stdout
    assert "1 done, 1 passed" in result.stdout
    (backup,) = [
        one for one in json.loads(schedule(data, "--json").stdout) if one["job"] == "backup"
    ]
    assert backup["occurred"] == {"due": 0, "done": 1, "passed": 1, "failed": 0}


def test_what_comes_next_is_shown_by_the_clock_and_in_utc(data: Path) -> None:
    # The night before, clocks were put forward in Toronto: 3:10 is 7:10 UTC from then on.
    result = schedule(data, "--next", "60", "--from", "2025-03-08T08:30:00Z")
    nightly = [one for one in result.stdout.splitlines() if one.endswith(("backup", "retention"))]
    assert nightly[:5] == [
        "Sat 2025-03-08 03:40 EST  2025-03-08T08:40:00Z  backup",
        "Sun 2025-03-09 03:10 EDT  2025-03-09T07:10:00Z  retention",
        "Sun 2025-03-09 03:40 EDT  2025-03-09T07:40:00Z  backup",
        "Mon 2025-03-10 03:10 EDT  2025-03-10T07:10:00Z  retention",
        "Mon 2025-03-10 03:40 EDT  2025-03-10T07:40:00Z  backup",
    ]


def test_a_year_of_it_is_in_order(data: Path) -> None:
    result = schedule(data, "--next", "500", "--from", "2025-02-12T15:00", "--json")
    found = json.loads(result.stdout)
    assert len(found) == 500
    due = [datetime.fromisoformat(one["utc"]) for one in found]
    assert due == sorted(due)
    assert due[0] > datetime(2025, 2, 12, 15, 0, tzinfo=HOME)
    for one in found:
        assert datetime.fromisoformat(one["local"]) == datetime.fromisoformat(one["utc"])


async def test_a_simulated_clock_and_a_running_bot_are_no_hindrance(data: Path) -> None:
    store = Store(data)
    starts = datetime(2031, 6, 2, 12, 0, tzinfo=UTC)
    await Clock.simulated_in(store, starts)
    (first,) = json.loads(schedule(data, "--next", "1", "--json").stdout)
    assert timedelta() < datetime.fromisoformat(first["utc"]) - starts < timedelta(days=1)
    await store.close()


def test_what_is_no_instant_is_refused_in_one_line(data: Path, tmp_path: Path) -> None:
    for words, says in (
        (("--next", "1", "--from", "tomorrow"), "not an instant"),
        (("--from", "2025-99-01"), "not an instant"),
    ):
        result = schedule(data, *words)
        assert result.exit_code == 2
        assert says in result.stderr
    assert "no database" in schedule(tmp_path / "none", "--next", "1").stderr
