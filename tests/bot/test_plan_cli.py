"""`jalon plan`: what it prints, writes and refuses, and never a traceback."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.config import Config
from bot.plan_cli import app
from storage.plan_files import SHIPPED, load_plans

CLC = SHIPPED / "clc-2024-25.toml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def jalon_plan(data: Path, *words: str) -> Result:
    result = CliRunner().invoke(app, words, obj=Config(data=data))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_plans_pass_their_check(data: Path, path: Path) -> None:
    result = jalon_plan(data, "check", str(path))
    assert result.exit_code == 0
    assert f"{path.stem} is a good plan" in result.stdout


def test_check_lists_every_problem_on_stderr(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    text = CLC.read_text("utf-8").replace("goal = 1400", "gaol = 1400")
    file.write_text(text.replace("goal = 27", "goal = 26"), "utf-8")
    result = jalon_plan(data, "check", str(file))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "mine.toml: target.1: the parts add up to 36, the goal is 37",
        "mine.toml: target.17.gaol: not a field; did you mean goal?",
    ]


@pytest.mark.parametrize("name", ["none.toml", "."])
def test_a_file_that_cannot_be_read_is_one_line(data: Path, tmp_path: Path, name: str) -> None:
    result = jalon_plan(data, "check", str(tmp_path / name))
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "can't be read" in result.stderr


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("plan", ["clc-2024-25", "wellbeing-communities-2021-24"])
def test_show_says_every_word_of_the_plan(data: Path, plan: str, language: str) -> None:
    shown = flat(jalon_plan(data, "show", "--plan", plan, "--language", language).stdout)
    whole = load_plans(None).get(plan)
    words = [each.title for each in whole.strand]
    words += [each.text for each in (*whole.objective, *whole.strategy, *whole.indicator)]
    words += [each.text for each in whole.target]
    words += [each.name for each in (*whole.milestone, *whole.closed, *whole.community)]
    words += [each.name for each in (*whole.network.body, *whole.network.role)]
    for text in words:
        assert flat(text[language]) in shown
    for target in whole.target:
        assert target.id in shown


def test_show_says_goals_and_what_is_assumed(data: Path) -> None:
    english = flat(jalon_plan(data, "show", "--plan", "clc-2024-25").stdout)
    assert "goal 37 = 27 identified outcome areas + 10 themes of choice" in english
    assert "goal 75% · among: those who answered" in english
    assert "goal 1,400 h · paced by school days" in english
    assert "23 October 2024 · First PLC meeting · assumed" in english
    assert "23 December 2024 to 3 January 2025 · Winter break · assumed" in english
    assert "14 October 2024 · Thanksgiving 23" in english
    french = flat(jalon_plan(data, "show", "--plan", "clc-2024-25", "--language", "fr").stdout)
    assert "cible de 75 % · parmi : les personnes qui ont répondu" in french
    assert "23 octobre 2024 · Première rencontre" in french
    assert "du 23 décembre 2024 au 3 janvier 2025 · Congé des fêtes · date supposée" in french


def test_show_without_a_plan_shows_the_newest(data: Path) -> None:
    assert jalon_plan(data, "show").stdout.startswith("PRT Action Plan 2024-2025")


def test_show_prints_json(data: Path) -> None:
    shown = json.loads(jalon_plan(data, "show", "--json", "--plan", "clc-2024-25").stdout)
    assert len(shown["target"]) == 25
    assert shown["target"][1]["goal"] == 0.75


def test_show_of_an_unknown_plan_names_those_there_are(data: Path) -> None:
    result = jalon_plan(data, "show", "--plan", "clc-24")
    assert result.exit_code == 2
    assert result.stderr == 'no plan "clc-24"; did you mean clc-2024-25?\n'


def test_roll_writes_a_plan_that_is_read_from_then_on(data: Path) -> None:
    result = jalon_plan(data, "roll", "2026-27")
    file = data / "plans" / "clc-2026-27.toml"
    assert result.exit_code == 0
    assert f"{file}: clc-2026-27, rolled over from clc-2024-25. Check by hand:" in result.stdout
    assert jalon_plan(data, "check", str(file)).exit_code == 0
    english = flat(jalon_plan(data, "show", "--plan", "clc-2026-27").stdout)
    assert english.count("carried over, not confirmed") == 25
    french = jalon_plan(data, "show", "--plan", "clc-2026-27", "--language", "fr").stdout
    assert flat(french).count("reconduit, non confirmé") == 25


def test_roll_overwrites_nothing(data: Path) -> None:
    file = data / "plans" / "clc-2026-27.toml"
    jalon_plan(data, "roll", "2026-27")
    before = file.read_text("utf-8")
    again = jalon_plan(data, "roll", "2026-27")
    assert (again.exit_code, again.stdout) == (2, "")
    assert again.stderr == "clc-2026-27 is there already, and is not overwritten\n"
    assert file.read_text("utf-8") == before
    # Even a file of that name that holds another plan.
    other = data / "plans" / "clc-2027-28.toml"
    other.write_text(before.replace('id = "clc-2026-27"', 'id = "clc-mine"'), "utf-8")
    again = jalon_plan(data, "roll", "2027-28")
    assert again.exit_code == 2
    assert "not overwritten" in again.stderr
    assert "clc-mine" in other.read_text("utf-8")


def test_roll_of_another_programme(data: Path) -> None:
    result = jalon_plan(data, "roll", "2024-27", "--programme", "wellbeing-communities")
    assert result.exit_code == 0
    assert (data / "plans" / "wellbeing-communities-2024-27.toml").is_file()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("roll", "2026"), '"2026" is not the years of a plan like clc-2024-25, such as 2025-26'),
        (("roll", "2026-27", "--programme", "clk"), 'no programme "clk"; did you mean clc?'),
    ],
)
def test_roll_refuses_what_cannot_be(data: Path, words: tuple[str, ...], says: str) -> None:
    result = jalon_plan(data, *words)
    assert (result.exit_code, result.stderr) == (2, f"{says}\n")
    assert not data.exists()


def test_roll_into_a_folder_that_is_a_file_is_one_line(data: Path) -> None:
    data.write_text("")
    result = jalon_plan(data, "roll", "2026-27")
    assert result.exit_code == 2
    assert "can't be written" in result.stderr
