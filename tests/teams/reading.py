"""What a person reads on a card: its words, buttons and inputs, with plain spaces."""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

from tests.teams.checks import NEWER
from tests.teams.people import Json

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# Where an element of each type keeps those that are inside it.
INSIDE = {
    "AdaptiveCard": "body",
    "Column": "items",
    "ColumnSet": "columns",
    "Container": "items",
    "ImageSet": "images",
    "TableCell": "items",
}
INPUTS = {f"Input.{one}" for one in ("ChoiceSet", "Date", "Number", "Text", "Time", "Toggle")}


def plain(text: str) -> str:
    """The text with its no-break spaces made plain, and without what is not seen."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u200c", "")


def words(card: Json) -> list[str]:
    """All that a card says, without its buttons: a line each, or more."""
    return [line for one in card.get("body", []) for line in _lines(one)]


def elements(card: Json | None) -> Iterator[Json]:
    """Every element that is shown, in order; one that is not known by what stands in for it."""
    for row in _rows(card):
        yield from row


def inputs(card: Json | None) -> list[Json]:
    """The inputs of a card, in order."""
    return [one for one in elements(card) if one["type"] in INPUTS]


def pressables(card: Json | None) -> Iterator[Json]:
    """Every button that can be pressed, in order."""
    found: list[Json] = []
    for one in elements(card):
        found += [one[name] for name in ("selectAction", "inlineAction") if name in one]
        found += one.get("actions", []) if one["type"] == "ActionSet" else []
    found += (card or {}).get("actions", [])
    for one in found:
        assert one["type"] in ("Action.Execute", "Action.OpenUrl"), one["type"]
        if one.get("isEnabled", True):
            yield one


def errors(card: Json | None) -> dict[str, str]:
    """What is said in red over each input, by the input's label."""
    found: dict[str, str] = {}
    for row in _rows(card):
        red: list[str] = []
        for one in row:
            if one["type"] in INPUTS:
                found |= {label(one): plain(" ".join(red))} if red else {}
                red = []
            elif _is_red(one):
                red += _lines(one)
    return found


def label(element: Json) -> str:
    """What an input is called on the screen."""
    own = element.get("title") if element["type"] == "Input.Toggle" else None
    return plain(element.get("label") or own or element["id"])


def shown(element: Json) -> str:
    """What an input holds, as a person sees it."""
    held = str(element.get("value", ""))
    if element["type"] != "Input.ChoiceSet":
        return held
    titles = {one["value"]: plain(one["title"]) for one in element.get("choices", [])}
    chosen = held.split(",") if element.get("isMultiSelect") else [held]
    return ", ".join(titles.get(one, one) for one in chosen)


def _rows(card: Json | None) -> Iterator[list[Json]]:
    """The elements that are shown, with their neighbours: those of a card, a container, a cell."""
    if card is None:
        return
    inside: list[Json] = []
    if card["type"] == "Table":
        inside = [cell for row in card["rows"] for cell in row["cells"]]
    elif card["type"] in INSIDE:
        inside = card.get(INSIDE[card["type"]], [])
    row = [one for given in inside if (one := _known(given)) is not None]
    if row:
        yield row
    for one in row:
        yield from _rows(one)


def _known(element: Json) -> Json | None:
    """The element, or its fallback where current clients do not know it, or None."""
    kind = element.get("type", "Column")
    if not element.get("isVisible", True):
        return None
    known = {"ActionSet", "FactSet", "Image", "RichTextBlock", "Table", "TextBlock"}
    if kind in known | INSIDE.keys() | INPUTS | NEWER:
        return element
    fallback = element.get("fallback")
    assert fallback is not None, f"an element of type {kind}"
    return _known(fallback) if isinstance(fallback, dict) else None


def _lines(given: Json) -> list[str]:
    element = _known(given)
    if element is None:
        return []
    match element["type"]:
        case "TextBlock":
            return [markdown(element["text"])]
        case "RichTextBlock":
            runs = [one if isinstance(one, str) else one["text"] for one in element["inlines"]]
            return ["".join(runs)]
        case "FactSet":
            return [f"{_titled(one['title'])} {markdown(one['value'])}" for one in element["facts"]]
        case "Table":
            return [" | ".join(map(_cell, row["cells"])) for row in element["rows"]]
        case "Image":
            return [element["altText"]] if element.get("altText") else []
        case "Badge":
            return [element["text"]] if element.get("text") else []
        case kind if kind in INPUTS:
            return [label(element)]
        case kind if kind in INSIDE:
            return [line for one in element.get(INSIDE[kind], []) for line in _lines(one)]
        case _:
            return []


def _cell(cell: Json) -> str:
    return " ".join(_lines(cell))


def _titled(title: str) -> str:
    found = markdown(title)
    return found if plain(found).rstrip().endswith(":") else f"{found}:"


def markdown(text: str) -> str:
    """The text without the signs that keep it from being read as markup."""
    return html.unescape(ESCAPED.sub(r"\1", text))


def _is_red(element: Json) -> bool:
    runs: Sequence[Any] = element.get("inlines", [element])
    return element["type"] in ("TextBlock", "RichTextBlock") and any(
        isinstance(one, dict) and str(one.get("color", "")).lower() == "attention" for one in runs
    )
