"""`jalon admin`: who becomes an administrator, and what is said where it isn't clear who."""

from pathlib import Path

import pytest

from storage import people
from storage.database import reading, writing
from storage.people import Newcomer, TeamRole
from tests import filled
from tests.shell import jalon, refused, role_of


@pytest.fixture
def data(tmp_path: Path) -> Path:
    filled.fill(tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize("who", ["Geneviève Lapointe", "geneviève LAPOINTE", " U0GEN", "u0gen"])
def test_someone_met_becomes_an_administrator(data: Path, who: str) -> None:
    for _ in range(2):
        result = jalon(data, "admin", who)
        assert (result.exit_code, result.stdout) == (0, "Geneviève Lapointe is an administrator.\n")
        assert role_of(data, "slack", "U0GEN") is TeamRole.ADMIN
    assert role_of(data, "slack", "U0MEG") is TeamRole.STAFF
    assert jalon(data, "verify").exit_code == 0
    with reading(data) as tx:
        assert len(tx.rows("SELECT 1 FROM audit WHERE action = 'role' AND person IS NULL")) == 1


def test_of_several_of_one_name_the_id_must_be_given(data: Path) -> None:
    result = jalon(data, "admin", "Megan Whitfield")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "jalon: 2 people are called that; name one by its id:",
        "  Megan Whitfield, staff: U0MEG (slack)",
        "  megan whitfield, member: 29:meg (teams)",
    ]
    assert role_of(data, "slack", "U0MEG") is TeamRole.STAFF
    assert jalon(data, "admin", "29:meg").exit_code == 0
    assert role_of(data, "teams", "29:meg") is TeamRole.ADMIN


@pytest.mark.parametrize("who", ["Nobody", "nobody@example.org", "", "Megan"])
def test_someone_unknown_must_say_something_first(data: Path, who: str) -> None:
    said = refused(jalon(data, "admin", who))
    assert said.startswith(f"nobody is called {who}: they must say something to the bot first; ")
    assert said.endswith(
        "known so far: @SUM(A1), Geneviève Lapointe, Megan Whitfield, megan whitfield"
    )


def test_nobody_is_listed_where_there_are_many_or_none(data: Path, tmp_path: Path) -> None:
    with writing(data) as tx:
        for number in range(7):
            who = Newcomer("slack", f"U{number}", f"Person {number}")
            people.meet(tx, who, TeamRole.STAFF, filled.AT)
    assert refused(jalon(data, "admin", "x")).endswith("say something to the bot first")
    with writing(tmp_path / "new"):
        pass
    assert refused(jalon(tmp_path / "new", "admin", "x")).endswith("first; nobody has yet")


def test_a_name_cannot_drive_the_terminal(data: Path) -> None:
    with writing(data) as tx:
        who = Newcomer("slack", "U0BAD", "Eve\x1b[2J\r\nroot")
        people.meet(tx, who, TeamRole.STAFF, filled.AT)
    assert (
        jalon(data, "admin", "U0BAD").stdout
        == "Eve\ufffd[2J\ufffd\ufffdroot is an administrator.\n"
    )
