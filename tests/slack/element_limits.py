"""What Slack refuses in the parts of a block: texts, buttons, inputs and their options."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

Json = Mapping[str, Any]

# The fields that each thing has to have, and those that it may have.
FIELDS: dict[str, tuple[set[str], set[str]]] = {
    "section": (set(), {"text", "fields", "accessory"}),
    "header": ({"text"}, set()),
    "context": ({"elements"}, set()),
    "divider": (set(), set()),
    "actions": ({"elements"}, set()),
    "rich_text": ({"elements"}, set()),
    "table": ({"rows"}, {"column_settings"}),
    "input": ({"label", "element"}, {"hint", "optional", "dispatch_action"}),
    "image": ({"image_url", "alt_text"}, {"title"}),
    "button": ({"text"}, {"value", "url", "style", "accessibility_label"}),
    "plain_text_input": (set(), {"initial_value", "multiline", "placeholder", "max_length"}),
    "number_input": ({"is_decimal_allowed"}, {"initial_value", "min_value", "max_value"}),
    "datepicker": (set(), {"initial_date", "placeholder"}),
    "checkboxes": ({"options"}, {"initial_options"}),
    "static_select": (set(), {"options", "option_groups", "initial_option", "placeholder"}),
    "multi_static_select": (set(), {"options", "option_groups", "initial_options", "placeholder"}),
    "external_select": (set(), {"min_query_length", "initial_option", "placeholder"}),
}
PRESSED = {"button", "datepicker", "checkboxes", "static_select", "external_select"}
BESIDE = PRESSED | {"multi_static_select"}
ASKED = (BESIDE - {"button"}) | {"plain_text_input", "number_input"}


def element_problems(element: Json, known: set[str], at: str) -> Iterator[str]:
    kind = str(element.get("type"))
    at = f"{at}/{kind}"
    if kind not in known:
        yield f"{at}: not here"
        return
    yield from field_problems(element, at, {"action_id"})
    if "placeholder" in element:
        yield from plain_text(element["placeholder"], 150, at)
    if kind == "button":
        yield from plain_text(element.get("text"), 75, at)
        for name, most in (("value", 2000), ("accessibility_label", 75), ("url", 3000)):
            if len(element.get(name, "")) > most:
                yield f"{at}: {name} of more than {most} characters"
        if element.get("style", "primary") not in ("primary", "danger"):
            yield f"{at}: no such style"
    elif kind == "plain_text_input":
        if len(element.get("initial_value", "")) > 3000:
            yield f"{at}: initial_value of more than 3000 characters"
    elif kind == "number_input":
        held = [element.get(name, "1") for name in ("min_value", "initial_value", "max_value")]
        if not all(re.fullmatch(r"-?\d+(\.\d+)?", one) for one in held):
            yield f"{at}: no number"
        elif float(held[1]) < float(held[0]):
            yield f"{at}: initial_value below min_value"
    elif kind == "datepicker":
        if "initial_date" in element and not _is_date(element["initial_date"]):
            yield f"{at}: no date"
    else:
        yield from _options(element, kind, at)


def _options(element: Json, kind: str, at: str) -> Iterator[str]:
    groups = element.get("option_groups", [])
    offered = [*element.get("options", [])]
    if kind == "external_select":
        offered = [element["initial_option"]] if "initial_option" in element else []
    elif groups:
        yield from count(groups, 100, f"{at}: option_groups")
        for group in groups:
            yield from plain_text(group.get("label"), 75, at)
            yield from count(group.get("options"), 100, f"{at}: options of a group")
            offered += group["options"]
        if "options" in element:
            yield f"{at}: both options and option_groups"
    else:
        yield from count(offered, 10 if kind == "checkboxes" else 100, f"{at}: options")
    for option in offered:
        yield from option_problems(option, at)
    if "initial_options" in element:
        yield from count(element["initial_options"], 100, f"{at}: initial_options")
    initial = [*element.get("initial_options", [])]
    initial += [element["initial_option"]] if "initial_option" in element else []
    if any(one not in offered for one in initial):
        yield f"{at}: what is chosen is none of the options"


def option_problems(option: Json, at: str = "option") -> Iterator[str]:
    """Why Slack would refuse an option of a menu."""
    if option.keys() - {"text", "value", "description"}:
        yield f"{at}: no option: {option}"
    yield from plain_text(option.get("text"), 75, at)
    if not 0 < len(option.get("value", "")) <= 150:
        yield f"{at}: value of an option"


def text_object(text: Json | None, most: int, at: str) -> Iterator[str]:
    if text is not None and text.get("type") == "mrkdwn":
        yield from _length(text.get("text", ""), most, at)
        if text.keys() - {"type", "text", "verbatim"}:
            yield f"{at}: no mrkdwn: {text}"
    else:
        yield from plain_text(text, most, at)


def plain_text(text: Json | None, most: int, at: str) -> Iterator[str]:
    if text is None or text.get("type") != "plain_text" or text.keys() - {"type", "text", "emoji"}:
        yield f"{at}: no plain_text: {text}"
        return
    yield from _length(text.get("text", ""), most, at)


def _length(text: str, most: int, at: str) -> Iterator[str]:
    if not text.strip():
        yield f"{at}: an empty text"
    if len(text) > most:
        yield f"{at}: more than {most} characters"


def count(things: Sequence[object] | None, most: int | None, what: str) -> Iterator[str]:
    if not things:
        yield f"{what}: none"
    elif most is not None and len(things) > most:
        yield f"{what}: {len(things)}, more than {most}"


def field_problems(thing: Json, at: str, also: set[str]) -> Iterator[str]:
    kind = thing.get("type")
    if kind not in FIELDS:
        yield f"{at}: no such type {kind}"
        return
    needed, allowed = FIELDS[kind]
    yield from (f"{at}: no {name}" for name in needed - thing.keys())
    yield from (
        f"{at}: unknown {name}" for name in thing.keys() - needed - allowed - also - {"type"}
    )


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
