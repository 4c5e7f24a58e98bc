"""What the README and the other pages say is true."""

import re
from pathlib import Path

from tests.conversation import Chat
from tests.generated import PAGES, README, anew

ROOT = Path(__file__).parents[1]


def test_the_tables_are_those_of_the_code() -> None:
    for page in PAGES:
        assert anew(page) == page.read_text("utf-8"), "make docs"


async def test_every_line_it_shows_is_logged_at_once(chat: Chat) -> None:
    shown = re.findall(r"^(?:.*`)?(/(?:log|noter) [^`\n]+)", README.read_text("utf-8"), re.M)
    assert len(shown) >= 4
    for line in dict.fromkeys(shown):
        assert (await chat.say(line)).card.title == "Logged", line


def test_the_links_lead_somewhere() -> None:
    for page in (README, *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), link


def test_the_files_that_the_architecture_names_are_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    trees = "\n".join(page.split("```")[1::2])
    folder = ""
    for line in trees.splitlines():
        if re.match(r"\w+/", line):
            folder = line.split()[0]
        for name in re.findall(r"\b[a-z_]+\.py\b", line):
            assert (ROOT / folder / name).exists(), f"{folder}{name}"
