"""The pages about the draw: their example is a draw of today's code, down to each number."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from handlers.communities.drawing import pretty
from tests.handlers.drawn import drawn

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
EXAMPLE = DOCS / "draw-example.json"
PAGES = ["draw.md", "tirage.md"]


def test_the_example_is_a_draw_of_today() -> None:
    assert EXAMPLE.read_bytes().decode() == pretty(drawn())


@pytest.mark.parametrize("name", PAGES)
def test_the_table_is_the_draw(name: str) -> None:
    page = (DOCS / name).read_text("utf-8")
    row = r"^\| (\d+) \| (\d+) \| (\d+) \| `([0-9a-f]{8})` \| (\w+)"
    rows = re.findall(row, page, re.M)
    record = drawn()
    assert [(int(id), int(people), digest) for _, id, people, digest, _ in rows] == [
        (each.id, each.seats, each.digest[:8]) for each in record.ranking
    ]
    assert [int(place) for place, *_ in rows] == list(range(1, len(rows) + 1))
    taken = [int(id) for _, id, _, _, says in rows if says in ("taken", "pris")]
    assert taken == list(record.taken)
    assert f"`{record.frozen_hash}`" in page
    assert f"`{record.canonical}`" in page


@pytest.mark.parametrize("name", PAGES)
def test_the_seats_left_are_counted_right(name: str) -> None:
    page, left = (DOCS / name).read_text("utf-8"), 15
    said = re.findall(r"\| (\d+) \| `\w+` \| (?:taken|pris)\D*(\d+)", page)
    for people, says in said:
        left -= int(people)
        assert left == int(says)
    assert len(said) == 3


@pytest.mark.parametrize("name", PAGES)
def test_each_hash_by_hand_is_what_a_hash_tool_says(name: str) -> None:
    page = (DOCS / name).read_text("utf-8")
    shown = re.findall(r"\$ printf '%s' '([^']+)' \| sha256sum\n([0-9a-f]{64})\n", page)
    assert len(shown) == 2
    for text, digest in shown:
        assert hashlib.sha256(text.encode()).hexdigest() == digest
    (frozen,) = re.findall(r"\$ jq .*\| sha256sum\n([0-9a-f]{64})\n", page)
    values = json.loads(EXAMPLE.read_text("utf-8"))["frozen"]
    line = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(line.encode()).hexdigest() == frozen


def test_the_script_does_the_example_again() -> None:
    script = [sys.executable, "-I", ROOT / "tests" / "draw_again.py", EXAMPLE]
    said = subprocess.run(script, capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == ["[13, 30, 5]", "[8, 12, 3, 21]"]
