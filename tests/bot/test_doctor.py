"""The doctor finds what is wrong before it hurts, says what to do, and tells no secrets."""

import time
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot import doctor
from bot.clock import Clock
from bot.config import Teams
from bot.finding import Finding, State
from handlers.chat.texts import Texts
from storage import addresses
from storage.contents import known
from storage.database import FILE, LOCK, locked, writing
from storage.engine import Store
from storage.plan_files import SHIPPED
from tests import filled
from tests.storage.making import LATER

NOW = datetime(2025, 2, 20, 9, 0, tzinfo=UTC)
CLC = SHIPPED / "clc-2024-25.toml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    filled.fill(tmp_path / "data")
    return tmp_path / "data"


def states(findings: Iterable[Finding]) -> list[State]:
    return [finding.state for finding in findings]


def text(findings: Iterable[Finding]) -> str:
    return "\n".join(f"{finding.says} {finding.to_do}" for finding in findings)


def test_a_healthy_folder_has_nothing_bad(data: Path) -> None:
    found = list(doctor.findings(data, NOW))
    assert set(states(found)) == {State.OK}, text(found)
    assert "4 entries, 4 people; migrations: 0001_first" in text(found)
    assert "no bot runs on it" in text(found)
    assert "last backup was made is not known" in text(found)
    assert f"clc-2024-25, 2024-07-01 to 2025-06-30, in force: {CLC}" in text(found)


def test_every_finding_is_one_line_and_what_is_not_well_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"ruined")
    found = list(doctor.findings(tmp_path, NOW))
    assert State.BAD in states(found)
    for finding in found:
        assert "\n" not in finding.says + finding.to_do
        assert bool(finding.to_do) == (finding.state is not State.OK)


def test_nothing_personal_is_said(data: Path) -> None:
    said = text(doctor.findings(data, NOW))
    for secret in ("Lapointe", "Megan", "Tremblay", "CHSSN", "cmd", "line one", "U0GEN"):
        assert secret not in said


def test_where_the_bot_may_no_longer_write_is_listed(data: Path) -> None:
    with writing(data) as tx:
        for id, person, why in (
            ("19:a@thread.tacv2", None, "BotDisabledByAdmin"),
            ("a:1", 1, "ConversationBlockedByUser"),
            ("19:b@thread.tacv2", None, addresses.REMOVED),
            ("19:c@thread.tacv2", None, ""),
        ):
            addresses.note(tx, "teams", id, person, 0, "{}")
            if why:
                addresses.close(tx, "teams", id, why)
    found = list(doctor.closed(data))
    assert [one.says for one in found] == [
        "teams: the channel 19:a@thread.tacv2 is closed to the bot: BotDisabledByAdmin",
        "teams: the chat of person 1 is closed to the bot: ConversationBlockedByUser",
    ]
    assert set(states(found)) == {State.WARN}
    assert found[0] in list(doctor.findings(data, NOW))


def test_a_folder_that_is_not_there_yet_is_no_harm(tmp_path: Path) -> None:
    found = list(doctor.findings(tmp_path / "none", NOW))
    assert State.BAD not in states(found)
    assert "is not there yet jalon run makes it" in text(found)
    assert not (tmp_path / "none").exists()


def test_looking_makes_no_file_in_an_empty_folder(tmp_path: Path) -> None:
    assert "No database there yet" in text(doctor.findings(tmp_path, NOW))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_bad(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    assert states(doctor.data_folder(tmp_path / "data")) == [State.BAD]


def test_a_lock_that_cannot_be_taken_is_bad(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    (finding,) = doctor.data_folder(tmp_path)
    assert (finding.state, finding.to_do != "") == (State.BAD, True)


def test_a_running_bot_is_seen(data: Path) -> None:
    lock = locked(data)
    try:
        assert "a bot runs on it" in text(doctor.data_folder(data))
    finally:
        lock.release()


def test_room_runs_out() -> None:
    assert [doctor.free_space(mb).state for mb in (50, 500, 5000)] == ["bad", "warn", "ok"]


@pytest.mark.parametrize(
    ("python", "sqlite", "expected", "says"),
    [
        ((3, 11, 7), (3, 40, 1), ["ok", "ok", "ok"], "one, behind a lock"),
        ((3, 13, 0), (3, 51, 2), ["ok", "ok", "ok"], "it has the WAL-reset bug"),
        ((3, 13, 0), (3, 51, 3), ["ok", "ok", "ok"], "the WAL-reset bug is fixed in it"),
        ((3, 14, 0), (3, 52, 0), ["bad", "ok", "ok"], "Python 3.14.0 is not supported"),
        ((3, 11, 0), (3, 36, 0), ["ok", "bad", "ok"], "SQLite 3.36.0 is too old"),
    ],
)
def test_versions(
    python: tuple[int, ...], sqlite: tuple[int, ...], expected: list[str], says: str
) -> None:
    found = list(doctor.versions(python, sqlite))
    assert states(found) == expected
    assert says in text(found)
    assert "sqlite-utils 4." in text(found)


def test_time_zones_are_looked_up() -> None:
    assert doctor.time_zones(doctor.ZONES).state == "ok"
    assert doctor.time_zones(("America/Nowhere",)).state == "bad"


def test_texts_that_cannot_be_read_or_lack_a_language_are_bad(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_: object) -> Texts:
        raise ValueError("Expected '=' (at line 3)")

    monkeypatch.setattr(Texts, "load", broken)
    assert doctor.texts().state == "bad"
    monkeypatch.setattr(Texts, "load", lambda each: Texts(each, {f"only.{each}": "x"}))
    assert "only.en, only.fr" in doctor.texts().says
    monkeypatch.setattr(Texts, "load", lambda each: Texts(each, {}))
    assert doctor.texts().state == "bad"


def test_the_clock_may_not_be_before_the_last_change(data: Path) -> None:
    newest = filled.AT + 300
    last = datetime.fromtimestamp(newest, UTC)
    assert doctor.clock(last, newest).state == "ok"
    assert doctor.clock(last - timedelta(minutes=1), newest).state == "ok"
    assert doctor.clock(last - timedelta(hours=3), newest).state == "bad"
    assert doctor.clock(NOW, None).state == "ok"
    found = list(doctor.findings(data, datetime(2024, 12, 1, tzinfo=UTC)))
    assert states(found).count(State.BAD) == 1
    assert "before the last change (2025-02-19 21:25 UTC) Set this machine's clock" in text(found)


async def test_a_simulated_clock_is_not_held_against_the_machine(data: Path) -> None:
    store = Store(data)
    try:
        clock = await Clock.simulated_in(store, datetime(2024, 8, 1, tzinfo=UTC))
        found = list(doctor.findings(data, datetime.now(UTC)))
        assert State.BAD not in states(found)
        assert "its clock is simulated" in text(found)
        assert "2025-06-30, in force" in text(found)
        await clock.forward(timedelta(days=3000))
        assert "No plan covers" in text(doctor.findings(data, datetime.now(UTC)))
    finally:
        await store.close()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"not a database " * 100, "can't be read"),
        (b"", "No database there yet"),
    ],
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert says in text(doctor.database(tmp_path, NOW))


@pytest.mark.parametrize(
    ("sql", "state", "says"),
    [
        ("DELETE FROM _sqlite_migrations", "bad", "not a Jalon database"),
        (LATER, "bad", "newer Jalon"),
    ],
)
def test_a_database_of_another_version(data: Path, sql: str, state: str, says: str) -> None:
    with writing(data) as tx:
        tx.run(sql)
    (finding,) = doctor.database(data, NOW)
    assert finding.state == state
    assert says in finding.says


def test_a_database_of_an_older_version_waits_for_the_next_start(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "known", lambda: [*known(), "9999_next"])
    waiting, _ = doctor.database(data, NOW)
    assert (waiting.state, "to be brought up to date (9999_next)" in waiting.says) == ("warn", True)


def test_the_day_that_no_plan_covers_is_named_before_it_comes(tmp_path: Path) -> None:
    def plans(day: date) -> str:
        return text(doctor.plans(tmp_path, day))

    assert "No plan covers" not in plans(date(2025, 4, 30))
    assert "No plan covers 2025-07-01; entries will wait" in plans(date(2025, 5, 15))
    assert "No plan covers 2026-11-21" in plans(date(2026, 11, 21))
    assert "jalon plan roll 2026-27" in plans(date(2026, 11, 21))
    assert "jalon plan roll 2026-27" in plans(date(2027, 3, 1))


def test_a_plan_of_the_folder_is_named_with_its_file(data: Path) -> None:
    mine = data / "plans" / "mine.toml"
    mine.parent.mkdir()
    mine.write_bytes(CLC.read_bytes())
    assert f"in force: {mine}" in text(doctor.plans(data, date(2025, 2, 20)))


def test_a_broken_plan_is_bad_and_says_where(data: Path) -> None:
    mine = data / "plans" / "mine.toml"
    mine.parent.mkdir()
    mine.write_text(CLC.read_text("utf-8").replace("goal = 1400", "gaol = 1400"), "utf-8")
    (finding,) = doctor.plans(data, date(2025, 2, 20))
    assert finding.state == "bad"
    assert "mine.toml: target.17.gaol: not a field; did you mean goal?" in finding.says


def test_the_doctor_is_quick(data: Path) -> None:
    started = time.perf_counter()
    list(doctor.findings(data, NOW))
    assert time.perf_counter() - started < 2


def test_without_teams_nobody_is_asked_for_a_token() -> None:
    assert list(doctor.teams(Teams(), token=False)) == []
    (finding,) = doctor.teams(Teams(), token=True)
    assert (finding.state, finding.says.startswith("Teams is not set up")) == ("warn", True)


def test_the_doctor_says_how_teams_is_set_up() -> None:
    (finding,) = doctor.teams(Teams(emulator=True), token=False)
    assert (finding.state, "the emulator setting is on" in finding.says) == ("warn", True)
