"""`jalon draw verify`: what it says of a draw that holds, of one that does not, and of no draw."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import cli
from handlers.communities.drawing import hash_of_record, pretty
from tests.handlers.drawn import drawn


def jalon_draw(*words: str, typed: bytes = b"") -> Result:
    result = CliRunner().invoke(cli, ["draw", *words], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "draw.json"
    file.write_text(pretty(drawn()), "utf-8")
    return file


def test_a_draw_that_holds_is_told_shortly(file: Path) -> None:
    result = jalon_draw("verify", str(file))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        """\
draw.json holds: done again, it comes out the same.

Community   7, Well-being at school · Le bien-être à l’école
Pool        7 projects of 25 people, for 15 seats
Frozen      2025-09-25 14:00:00 UTC
Hash        adc3c565b3c56cbb3057dad6bea839cda360029a08bf92d37ff2b6672d61ab10
Randomness  The six numbers of the Lotto 6/49 of 4 October 2025, without the bonus
            known from 2025-10-05 03:00:00 UTC
            typed 2025-10-06 13:30:00 UTC as "41, 05, 12, 38, 19, 23", read as "5.12.19.23.38.41."
Seed        d342fd90a5e12547dd9ab9896d005aa0c965bfeed08e1d254ae93d500e71f540
Taken       project 13 (5), project 30 (4), project 5 (2): 11 of 15 seats
Waiting     project 8 (6), project 12 (3), project 3 (4), project 21 (1), in this order

Two things only you can check: that this hash was published before the randomness was
known, and that the randomness is what its source says.
"""
    )


def test_a_draw_may_come_from_stdin_and_from_windows(file: Path) -> None:
    text = file.read_text("utf-8")
    for content in (text.encode(), text.replace("\n", "\r\n").encode("utf-8-sig")):
        result = jalon_draw("verify", "-", typed=content)
        assert result.exit_code == 0
        assert result.stdout.startswith("The draw holds: done again, it comes out the same.\n")


def test_every_problem_of_a_draw_is_a_line(file: Path) -> None:
    forged = replace(drawn(), taken=(13, 30, 5, 12), waiting=(8, 3, 21))
    file.write_text(pretty(replace(forged, record_hash=hash_of_record(forged))), "utf-8")
    result = jalon_draw("verify", str(file))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "draw.json does not hold:",
        "- Who is taken differs: the file says 13, 30, 5, 12, done again it is 13, 30, 5.",
        "- The waiting list differs: the file says 8, 3, 21, done again it is 8, 12, 3, 21.",
    ]


def test_a_file_cannot_steer_the_terminal(file: Path) -> None:
    file.write_text(pretty(replace(drawn(), seed="\x1b[2Jholds")), "utf-8")
    result = jalon_draw("verify", str(file))
    assert result.exit_code == 1
    assert "the file says ?[2Jholds," in result.stderr


def test_what_is_no_draw_is_one_clear_line(file: Path) -> None:
    file.write_text("{", "utf-8")
    result = jalon_draw("verify", str(file))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 2
    assert "- This is not the record of a draw: Invalid JSON" in result.stderr


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("none.json", "can't be read: No such file"),
        (".", "can't be read: Is a directory"),
        ("picture.json", "is no text; the file of a draw is JSON, in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(file: Path, name: str, says: str) -> None:
    file.with_name("picture.json").write_bytes(b"\x89PNG")
    result = jalon_draw("verify", str(file.with_name(name) if name != "." else file.parent))
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert says in result.stderr
