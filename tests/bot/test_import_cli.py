"""`jalon import people FILE`: what it prints, what it changes, and its one line of refusal."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import cli
from storage import people, rosters
from storage.database import reading, writing
from storage.engine import Store
from storage.people import Newcomer, TeamRole

LIST = "name,email,role,board\nNoémie Côté,n@x.example,CDA,EMSB\nBob\u202e,,CDA,Atlantis\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with writing(tmp_path / "data") as tx:
        for name, role in (("Inès", TeamRole.ADMIN), ("Sam", TeamRole.MANAGER)):
            people.meet(tx, Newcomer("test", name.casefold(), name), role, 0)
    return tmp_path / "data"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def jalon(data: Path, *words: object) -> Result:
    result = CliRunner().invoke(cli, ["--data", str(data), "import", *map(str, words)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def kept(data: Path) -> list[tuple[str, int]]:
    with reading(data) as tx:
        return [(one.says.name, one.person) for one in rosters.everyone(tx)]


def refused(result: Result) -> str:
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("jalon: ").rstrip()


def test_it_shows_what_it_would_do_and_does_it_with_yes(data: Path, file: Path) -> None:
    shown = jalon(data, "people", file)
    assert shown.exit_code == 0
    assert "1 to add · 1 unclear" in shown.stdout
    assert "I do not know the school board “Atlantis”" in shown.stdout
    assert "\u202e" not in shown.stdout
    assert shown.stdout.endswith("Nothing is stored yet: add --yes to take it in.\n")
    assert kept(data) == []
    done = jalon(data, "people", file, "--yes")
    assert done.stdout.endswith("Taken in, in the name of Inès: 1 added, 0 changed, 0 ended.\n")
    assert kept(data) == [("Noémie Côté", 1)]
    again = jalon(data, "people", file, "--yes")
    assert "1 as on the roster · 1 unclear" in again.stdout
    assert again.stdout.endswith("Nothing was changed.\n")
    assert kept(data) == [("Noémie Côté", 1)]


def test_it_is_done_in_the_name_of_a_manager(data: Path, file: Path) -> None:
    assert "in the name of Sam" in jalon(data, "people", file, "--yes", "--by", "sam").stdout
    assert kept(data) == [("Noémie Côté", 2)]
    said = refused(jalon(data, "people", file, "--yes", "--by", "Zoé"))
    assert said == "no manager or administrator is called Zoé; name one by an e-mail or an id"
    with writing(data) as tx:
        people.set_role(tx, 2, TeamRole.ADMIN, 0, None)
    assert "several administrators" in refused(jalon(data, "people", file, "--yes"))
    with writing(data) as tx:
        for id in (1, 2):
            people.set_role(tx, id, TeamRole.STAFF, 0, None)
    assert "no administrator yet" in refused(jalon(data, "people", file, "--yes"))


def test_what_is_no_list_is_one_line(data: Path, file: Path, tmp_path: Path) -> None:
    assert "there is no database yet" in refused(jalon(tmp_path / "none", "people", file))
    assert "no such file" in refused(jalon(data, "people", tmp_path / "no.csv"))
    for content in (b"", b"%PDF-1.7", b"1,2\n"):
        file.write_bytes(content)
        assert "no list of people" in refused(jalon(data, "people", file))
    file.write_text("name,role\n" + "Ann Able,CDA\n" * 1001)
    assert "more than 1000 lines" in refused(jalon(data, "people", file))


async def test_beside_a_running_bot_it_shows_and_does_not_change(data: Path, file: Path) -> None:
    store = Store(data)
    try:
        assert "1 to add" in jalon(data, "people", file).stdout
        assert "a bot runs on" in refused(jalon(data, "people", file, "--yes"))
    finally:
        await store.close()
