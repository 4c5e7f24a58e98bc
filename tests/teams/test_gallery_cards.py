"""Every card and form of the gallery in Teams: within its limits, and as a snapshot."""

import json
from collections.abc import Iterator

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.gallery import Shown
from bot.teams import forms, render
from bot.teams.limits import VALUE_LIMIT
from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage.plan import Language
from tests.packed import packed_cards, unsealed
from tests.teams.people import Json
from tests.teams.showing import problems, turn

# What of an element is more than its words.
LOOKS = ("style", "separator", "label", "value", "text", "isRequired", "isMultiSelect", "dataset")


def payloads(says: Shown, t: Texts) -> list[Json]:
    return render.pages(says, t, turn) if isinstance(says, Card) else [forms.render(says, t)]


def outlined(card: Json) -> str:
    """A card's lines: what each is and looks like, and what it says or sends."""
    return "\n".join(["AdaptiveCard", *(line for one in card["body"] for line in lines(one, "  "))])


def lines(one: Json, indent: str) -> Iterator[str]:
    shown = [str(one.get("type", "Column"))]
    shown += [f"{name}={one[name]}" for name in LOOKS if name in one]
    shown += [" | ".join(map(saying, row["cells"])) for row in one.get("rows", [])]
    shown += [saying(one)] if "inlines" in one else []
    for action in one.get("actions", []):
        held = action["data"]["jalon"]["values"]
        shown.append(f"[{action['title']}: {action['verb']} {json.dumps(held)}]")
    yield indent + " ".join(shown)
    if one.get("type") != "Table":
        for inside in (*one.get("items", []), *one.get("columns", [])):
            yield from lines(inside, indent + "  ")


def saying(one: Json) -> str:
    """The words of a line or of a cell, each run with how it looks."""
    if "items" in one:
        return " / ".join(map(saying, one["items"]))
    texts: list[str] = []
    for run in one["inlines"]:
        looks = [
            name if held is True else held
            for name, held in run.items()
            if name not in ("type", "text")
        ]
        texts.append(f"{run['text']}<{' '.join(looks)}>" if looks else run["text"])
    return "".join(texts)


@pytest.mark.parametrize("language", Language)
async def test_every_card_is_within_the_limits(language: Language) -> None:
    t = Texts.load(language)
    for title, says in await packed_cards(language, VALUE_LIMIT):
        for made in payloads(says, t):
            assert problems(made) == [], title
            assert render.message(made, says)["summary"] == says.title


@pytest.mark.parametrize("language", Language)
async def test_every_card_as_teams_shows_it(
    language: Language, snapshot: SnapshotAssertion
) -> None:
    t = Texts.load(language)
    for title, says in await packed_cards(language, VALUE_LIMIT):
        shown = "\n".join([title, *(outlined(made) for made in payloads(says, t))])
        assert unsealed(shown) == snapshot
