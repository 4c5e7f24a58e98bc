"""What a person types and chooses in a modal, as Slack holds it, and what Slack won't submit."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from tests.slack.memory import Json, View
from tests.slack.reading import plain

Value = str | bool | int | Sequence[str] | None


class NotSubmitted(AssertionError):
    """Slack shows the person what is missing, and sends nothing."""


def find(view: View, name: str) -> Json:
    """The input block with this label, or this ``block_id`` or ``action_id``."""
    blocks = [one for one in view.view["blocks"] if one["type"] == "input"]
    for block in blocks:
        known = (plain(block["label"]["text"]), block["block_id"], block["element"]["action_id"])
        if name in known:
            return block
    there = [plain(one["label"]["text"]) for one in blocks]
    raise AssertionError(f"no input {name!r} among {there}")


def state(element: Json, value: Value, offered: Sequence[Json] = ()) -> Json:
    """The state of an input that holds ``value``; options by their label or value.

    ``offered`` are what a search has found. Raises NotSubmitted where no option is like that.
    """
    kind = element["type"]
    options = [*offered, *options_of(element)]
    match kind:
        case "plain_text_input" | "number_input" | "email_text_input" | "url_text_input":
            return {"type": kind, "value": str(value) if value not in ("", None) else None}
        case "datepicker":
            return {"type": kind, "selected_date": value or None}
        case "timepicker":
            return {"type": kind, "selected_time": value or None}
        case "static_select" | "external_select" | "radio_buttons":
            return {"type": kind, "selected_option": option(options, value) if value else None}
        case "multi_static_select" | "multi_external_select" | "checkboxes":
            if isinstance(value, bool):
                chosen = options if value else []
            else:
                wanted = [value] if isinstance(value, str) else list(value or [])
                chosen = [option(options, one) for one in wanted]
            return {"type": kind, "selected_options": chosen}
        case _:
            raise AssertionError(f"an input of type {kind}")


def option(options: Sequence[Json], wanted: Value) -> Json:
    """The option with this label or value."""
    for one in options:
        if wanted in (plain(one["text"]["text"]), one["value"]):
            return one
    there = [plain(one["text"]["text"]) for one in options]
    raise NotSubmitted(f"no option {wanted!r} among {there}")


def options_of(found: Json) -> list[Json]:
    """The options of an element or of an answer to a search, in groups or not."""
    groups = [one["options"] for one in found.get("option_groups", [])]
    return [*found.get("options", []), *(one for group in groups for one in group)]


def check(view: View) -> None:
    """Do what Slack does before it submits. Raises NotSubmitted."""
    for block in view.view["blocks"]:
        if block["type"] != "input":
            continue
        element, label = block["element"], plain(block["label"]["text"])
        held = view.typed[block["block_id"]][element["action_id"]]
        given = next((one for key, one in held.items() if key != "type" and one), None)
        if given is None and not block.get("optional", False):
            raise NotSubmitted(f"{label}: required")
        if given is not None and (wrong := _wrong(element, given)):
            raise NotSubmitted(f"{label}: {wrong}")


def _wrong(element: Json, given: str) -> str:
    match element["type"]:
        case "plain_text_input":
            most = min(element.get("max_length", 3000), 3000)
            if not element.get("min_length", 0) <= len(given) <= most:
                return f"{len(given)} characters"
        case "number_input":
            try:
                number = Decimal(given)
            except InvalidOperation:
                return "not a number"
            if not element["is_decimal_allowed"] and number != number.to_integral_value():
                return "not a whole number"
            least, most = element.get("min_value", number), element.get("max_value", number)
            if not Decimal(least) <= number <= Decimal(most):
                return "out of range"
        case _:
            return ""
    return ""
