"""Whatever a card or a form says: Teams takes it, nothing of it is lost, and it stays text."""

import json
import re
from collections.abc import Iterator
from typing import Any

from hypothesis import example, given, settings

from bot.teams import forms, kit, render
from bot.teams.limits import VALUE_LIMIT
from handlers.chat.cards import (
    Action,
    Card,
    Form,
    Item,
    Progress,
    Said,
    Table,
    Text,
)
from tests.any_card import cards, squeezed, texts
from tests.any_card import forms as any_form
from tests.teams.checks import objects
from tests.teams.people import Json
from tests.teams.reading import plain, pressables, words
from tests.teams.showing import EN, HOSTILE, problems, show, turn

any_card = cards(HOSTILE, VALUE_LIMIT)
# What a client carries out or formats where it reads more than text.
FUNCTION = re.compile(r"\{\{|\$\{")
MARKDOWN = re.compile(r"[*_`~\[\]<>#|\\!{}$]|^\s*(\d+\.|[-+])|\w\.\w|//|@|&\w+;")


def bodies(card: Card, made: list[Json]) -> Iterator[list[Json]]:
    """What each page says of the card: without what every page begins or ends with."""
    captions = [
        kit.heading(block.caption, "default") for block in card.blocks if isinstance(block, Table)
    ]
    begun: list[list[Json]] = []  # captions that were there: what goes on repeats its own
    for number, page in enumerate(made):
        body = page["body"]
        if len(made) > 1:
            at = EN("door.page", page=number + 1, pages=len(made))
            body = [one for one in body if "".join(words({"body": [one]})) != at]
        if number > 0 and card.title.strip():
            body = body[1:]
        for caption in begun:
            if body[: len(caption)] == caption:
                body = body[len(caption) :]
                break
        begun += [one for one in captions if one and one not in begun and holds(body, one)]
        yield body


def holds(body: list[Json], part: list[Json]) -> bool:
    return any(body[at : at + len(part)] == part for at in range(len(body)))


def fallen_back(value: Any) -> Any:
    """A card where nothing is known that has a fallback."""
    if isinstance(value, list):
        return [fallen_back(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "fallback" in value:
        return fallen_back(value["fallback"])
    return {name: fallen_back(one) for name, one in value.items()}


@settings(deadline=None, max_examples=40)
@given(any_card)
@example(Card(HOSTILE * 20, (Text(HOSTILE * 400), Said(HOSTILE * 400)) * 4))
@example(Card("", (Table("T", ("a",), ((HOSTILE,),) * 300),) * 2))
@example(Card("", (Table("T", tuple("abcdefgh"), (("b" * 9000,) * 8,) * 3),)))
@example(Card("", (Item("x", "y", actions=(Action("z", "z", {"v": "w" * 1400}),) * 60),)))
@example(Card("", (Item("\x00" * 9000, actions=(Action("z", "z", {"v": "😀" * 1400}),) * 3),)))
@example(Card("T", (), (Action("z", "z"),) * 200))
def test_any_card_fits_and_nothing_of_it_is_lost(card: Card) -> None:
    made = show(card)
    for shown in (made, fallen_back(made)):
        said = [plain("".join(words({"body": body}))) for body in bodies(card, shown)]
        whole = squeezed("".join(said))
        for text in texts(card):
            assert squeezed(plain(text)) in whole
    pressed = [
        (one["verb"], render.pressed(one["data"])) for page in made for one in pressables(page)
    ]
    within = [
        one for block in card.blocks if isinstance(block, Item | Progress) for one in block.actions
    ]
    for action in (*within, *card.actions):
        assert (action.name, dict(action.values)) in pressed
    own = [one for one in pressed if one[0] != render.PAGE]
    assert len(own) >= len(within) + len(card.actions)


@settings(deadline=None, max_examples=40)
@given(any_card)
def test_no_text_is_read_as_anything_else(card: Card) -> None:
    for page in show(card):
        for one in objects(page):
            if one["type"] == "TextBlock":
                assert not MARKDOWN.search(one["text"])
            if one["type"] in ("TextRun", "TextBlock"):
                assert not FUNCTION.search(one["text"])
                assert len(one["text"].splitlines()) == 1
            assert not FUNCTION.search(one.get("title", ""))
        assert not FUNCTION.search(page["fallbackText"])
        assert json.loads(json.dumps(page)) == page
        assert not FUNCTION.search(render.message(page, card)["summary"])


@settings(deadline=None, max_examples=40)
@given(any_card)
def test_each_page_leads_to_those_beside_it(card: Card) -> None:
    made = show(card)
    for number, page in enumerate(made):
        to = [render.pressed(one["data"]) for one in pressables(page) if one["verb"] == render.PAGE]
        beside = [at for at in (number - 1, number + 1) if 0 <= at < len(made)]
        assert to == [turn(at) for at in beside]


@settings(deadline=None, max_examples=40)
@given(any_form())
def test_any_form_fits_and_what_it_holds_comes_back(form: Form) -> None:
    made = forms.render(form, EN, "activity-1")
    assert problems(made) == []
    [submit, cancel] = pressables(made)
    held = {
        one["id"]: one["value"]
        for one in objects(made)
        if one["type"].startswith("Input.") and "value" in one
    }
    values, given = forms.submitted(submit["data"] | held)
    assert values == {"id": "1"}
    assert forms.origin(submit["data"]) == "activity-1"
    assert cancel["data"] == submit["data"]
    if "shown" not in " ".join(words(made)):
        assert given == {one.name: one.value for one in form.inputs}
