"""What a person types and chooses in a form, as Teams sends it, and what Teams won't submit."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from tests.teams.people import Json
from tests.teams.reading import inputs, label, plain

Value = str | bool | int | Sequence[str] | None


class NotSubmitted(AssertionError):
    """Teams shows the person what is missing, and sends nothing."""


def find(card: Json, name: str) -> Json:
    """The input with this label or this id, or whose label begins so: a bad answer adds to it."""
    there = inputs(card)
    for one in there:
        if name in (label(one), one["id"]):
            return one
    begin = [one for one in there if label(one).startswith(name)]
    assert len(begin) == 1, f"no input {name!r} among {[label(one) for one in there]}"
    return begin[0]


def held(element: Json, value: Value, offered: Sequence[Json] = ()) -> str:
    """What an input holds that was given ``value``; choices by their title or value.

    ``offered`` are what a search has found. Raises NotSubmitted where no choice is like that.
    """
    if element["type"] == "Input.Toggle":
        given = value not in (False, "", None)
        return element.get("valueOn", "true") if given else element.get("valueOff", "false")
    if element["type"] != "Input.ChoiceSet":
        return "" if value is None else str(value)
    choices = [*offered, *element.get("choices", [])]
    if not element.get("isMultiSelect"):
        return _choice(choices, str(value)) if value else ""
    if isinstance(value, bool):
        return ",".join(one["value"] for one in choices if value)
    wanted = [value] if isinstance(value, str) else list(value or [])
    return ",".join(_choice(choices, one) for one in wanted if one)


def searches(element: Json) -> str:
    """The search that an input's choices come from, or ""."""
    return (element.get("choices.data") or {}).get("dataset", "")


def sent(card: Json, typed: Mapping[str, str], *, mobile: bool, checked: bool = True) -> Json:
    """What goes with a button that takes the inputs along. Raises NotSubmitted if ``checked``.

    What is empty is left out, and numbers are text; on ``mobile`` it is there, and they are
    numbers.
    """
    found: Json = {}
    for one in inputs(card):
        value = typed.get(one["id"], str(one.get("value", _start(one))))
        if checked:
            _check(one, value)
        if mobile and one["type"] == "Input.Number" and value.isdecimal():
            found[one["id"]] = int(value)
        elif value or mobile:
            found[one["id"]] = value
    return found


def _start(element: Json) -> str:
    return element.get("valueOff", "false") if element["type"] == "Input.Toggle" else ""


def _choice(choices: Sequence[Json], wanted: str) -> str:
    for one in choices:
        if wanted in (plain(one["title"]), one["value"]):
            return one["value"]
    raise NotSubmitted(f"no choice {wanted!r} among {[plain(one['title']) for one in choices]}")


def _check(element: Json, value: str) -> None:
    off = element["type"] == "Input.Toggle" and value == element.get("valueOff", "false")
    if element.get("isRequired") and (not value or off):
        raise NotSubmitted(f"{label(element)}: {element.get('errorMessage', 'required')}")
    if value and (wrong := _wrong(element, value)):
        raise NotSubmitted(f"{label(element)}: {wrong}")


def _wrong(element: Json, value: str) -> str:
    match element["type"]:
        case "Input.Text":
            if len(value) > element.get("maxLength", len(value)):
                return f"{len(value)} characters"
            if "regex" in element and not re.search(element["regex"], value):
                return "not of that form"
        case "Input.Number":
            try:
                number = float(value)
            except ValueError:
                return "not a number"
            if not element.get("min", number) <= number <= element.get("max", number):
                return "out of range"
        case "Input.Date":
            try:
                date.fromisoformat(value)
            except ValueError:
                return "not a date"
            if not element.get("min", value) <= value <= element.get("max", value):
                return "out of range"
        case _:
            return ""
    return ""
