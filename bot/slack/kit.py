"""The pieces of Block Kit that cards and forms are made of, each within Slack's limits.

What people typed stands only in ``rich_text``, ``plain_text`` and ``raw_text``, which Slack shows
as they are: nothing in them is read as formatting, a mention or an emoji's code.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from bot.cutting import cut, pack
from bot.packing import compact
from bot.slack import limits
from handlers.chat.cards import Action, Style

Json = dict[str, Any]
Run = tuple[str, str]  # a text, and "bold", "code", "strike" or ""

_VALUES = TypeAdapter(dict[str, str])


def plain_text(text: str, most: int) -> Json:
    """Text as it is, without emoji codes; cut at ``most`` characters."""
    return {"type": "plain_text", "text": short(text, most), "emoji": False}


def header(text: str) -> Json:
    return {"type": "header", "text": plain_text(text, limits.HEADER)}


def context(text: str) -> list[Json]:
    """Text that matters less, in as many blocks as it takes."""
    return [
        {"type": "context", "elements": [plain_text(piece, limits.TEXT)]}
        for piece in cut(text, limits.TEXT)
        if piece.strip()
    ]


def rich(runs: Iterable[Run], inside: str = "rich_text_section") -> list[Json]:
    """Runs of text one after the other, in as many blocks as they take; none for no words."""
    pieces = [(piece, style) for text, style in runs for piece in cut(text, limits.TEXT)]
    return [
        {"type": "rich_text", "elements": [{"type": inside, "elements": [*map(_run, packed)]}]}
        for packed in pack(pieces, lambda run: len(run[0]), limits.TEXT, limits.TEXT)
        if any(text.strip() for text, _ in packed)
    ]


def _run(run: Run) -> Json:
    text, style = run
    return {"type": "text", "text": text} | ({"style": {style: True}} if style else {})


def buttons(actions: Iterable[Action], numbers: Iterator[int]) -> list[Json]:
    """Rows of buttons. ``numbers`` keep their ids apart in one message."""
    made = [button(action, next(numbers)) for action in actions]
    rows = pack(
        made, lambda one: len(one["value"]) + limits.A_BUTTON, limits.ROW_OF_BUTTONS, limits.BUTTONS
    )
    return [{"type": "actions", "elements": row} for row in rows]


def button(action: Action, number: int) -> Json:
    """A button that carries its action's values; ``action_id`` is the name, "#" and the number."""
    value = encode(action.values)
    assert len(value) <= limits.VALUE_LIMIT, action.name
    made: Json = {
        "type": "button",
        "action_id": f"{action.name}#{number}",
        "text": plain_text(action.label, limits.BUTTON),
        "value": value,
    }
    if action.style is not Style.PLAIN:
        made["style"] = action.style.value
    if action.hint:
        made["accessibility_label"] = short(f"{action.label} {action.hint}", limits.BUTTON)
    return made


def encode(values: Mapping[str, str]) -> str:
    """Values as a button carries them: at most ``VALUE_LIMIT`` characters fit in one."""
    return compact(values)


def decode(value: str) -> dict[str, str]:
    """The values of a button that was pressed. Raises ValueError where they are none."""
    try:
        return _VALUES.validate_json(value, strict=True)
    except ValidationError:
        raise ValueError("not a button's values") from None


def escape(text: str, most: int) -> str:
    """Text for where Slack reads markup; cut at ``most`` characters once it is escaped."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if len(escaped) <= most:
        return escaped
    # An entity that the cut would leave half goes whole.
    return re.sub(r"&\w{0,3}$", "", escaped[: most - 1]) + "…"


def short(text: str, most: int) -> str:
    """The text, cut with an ellipsis where it is longer; never empty, which Slack refuses."""
    if len(text) > most:
        return text[: most - 1] + "…"
    return text if text.strip() else "…"


def weight(piece: object) -> int:
    """The characters that a block or a part of one holds, its kinds and field names left out."""
    if isinstance(piece, str):
        return len(piece)
    if isinstance(piece, dict):
        inside = cast(Json, piece)
        return sum(map(weight, inside.values())) - len(inside.get("type", ""))
    if isinstance(piece, list):
        return sum(map(weight, cast(list[object], piece)))
    return 0
