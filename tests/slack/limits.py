"""What Slack refuses in a message or a view, after its documentation (docs.slack.dev).

It knows the blocks that Jalon uses, and trusts nothing of how they were made. Some limits are not
written there but were met: one table a message, 13,000 characters over all of a message's blocks.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from tests.slack.element_limits import (
    ASKED,
    BESIDE,
    PRESSED,
    Json,
    count,
    element_problems,
    field_problems,
    option_problems,
    plain_text,
    text_object,
)

__all__ = ["option_problems", "problems"]

BLOCKS = {"message": 50, "view": 100}
TEXT_OF_MESSAGE = 40_000
MESSAGE_CHARACTERS = 13_000
VIEW_BYTES = 250_000
CELL_CHARACTERS = 10_000

VIEW_FIELDS = {
    "modal": {"title", "blocks", "close", "submit", "private_metadata", "callback_id"}
    | {"external_id", "clear_on_close", "notify_on_close"},
    "home": {"blocks", "private_metadata", "callback_id", "external_id"},
}


def problems(payload: Json, surface: str) -> list[str]:
    """Why Slack would refuse this message or view (``surface``: "message" or "view")."""
    return list(_view(payload) if surface == "view" else _message(payload))


def _message(message: Json) -> Iterator[str]:
    text, blocks = message.get("text") or "", message.get("blocks") or []
    if not text.strip() and not blocks:
        yield "no_text"
    if len(text) > TEXT_OF_MESSAGE:
        yield "msg_too_long"
    yield from _blocks(blocks, "message")
    if sum(map(len, _strings(blocks))) > MESSAGE_CHARACTERS:
        yield "msg_blocks_too_long"
    tables = [block for block in blocks if block.get("type") == "table"]
    if len(tables) > 1:
        yield "only_one_table_allowed"
    if sum(map(len, _strings([one["rows"] for one in tables]))) > CELL_CHARACTERS:
        yield "more than 10,000 characters in cells"


def _view(view: Json) -> Iterator[str]:
    kind = view.get("type")
    if kind not in VIEW_FIELDS:
        yield f"view: no such type {kind}"
        return
    yield from (f"view: unknown {name}" for name in view.keys() - VIEW_FIELDS[kind] - {"type"})
    for name, most in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        if len(view.get(name, "")) > most:
            yield f"{name}: more than {most} characters"
    if kind == "modal":
        yield from plain_text(view.get("title"), 24, "title")
        for name in ("submit", "close"):
            if name in view:
                yield from plain_text(view[name], 24, name)
        asks = any(block.get("type") == "input" for block in view["blocks"])
        if asks and "submit" not in view:
            yield "a modal with inputs has no submit"
    if not view["blocks"]:
        yield "a view without blocks"
    yield from _blocks(view["blocks"], "view")
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        yield "view_too_large"


def _blocks(blocks: Sequence[Json], surface: str) -> Iterator[str]:
    if len(blocks) > BLOCKS[surface]:
        yield f"{len(blocks)} blocks"
    for number, block in enumerate(blocks):
        at = f"blocks/{number}"
        yield from field_problems(block, at, {"block_id"})
        yield from _block(block, surface, at)
    yield from _ids("block_id", blocks)
    # In a view an action is told by its block too.
    for scope in [blocks] if surface == "message" else blocks:
        yield from _ids("action_id", scope)


def _ids(name: str, scope: object) -> Iterator[str]:
    ids = [one[name] for one in _dicts(scope) if name in one]
    yield from (f"{name} twice: {one}" for one in sorted({i for i in ids if ids.count(i) > 1}))
    yield from (f"{name} of {len(one)} characters" for one in ids if not 0 < len(one) <= 255)


def _block(block: Json, surface: str, at: str) -> Iterator[str]:
    kind = block.get("type")
    if kind == "section":
        if "text" not in block and not block.get("fields"):
            yield f"{at}: neither text nor fields"
        if "text" in block:
            yield from text_object(block["text"], 3000, at)
        if len(block.get("fields", [])) > 10:
            yield f"{at}: more than 10 fields"
        for field in block.get("fields", []):
            yield from text_object(field, 2000, at)
        if "accessory" in block:
            yield from element_problems(block["accessory"], BESIDE, at)
    elif kind == "header":
        yield from plain_text(block.get("text"), 150, at)
    elif kind == "context":
        yield from count(block.get("elements"), 10, f"{at}: elements")
        for one in block.get("elements", []):
            yield from text_object(one, 3000, at)
    elif kind == "actions":
        yield from count(block.get("elements"), 25, f"{at}: elements")
        for one in block.get("elements", []):
            yield from element_problems(one, PRESSED, at)
    elif kind == "rich_text":
        yield from _rich(block, at)
    elif kind == "table":
        if surface == "view":
            yield f"{at}: a table in a view"
        yield from _table(block, at)
    elif kind == "input":
        yield from plain_text(block.get("label"), 2000, f"{at}/label")
        if "hint" in block:
            yield from plain_text(block["hint"], 2000, f"{at}/hint")
        yield from element_problems(block.get("element", {}), ASKED, at)


def _rich(block: Json, at: str) -> Iterator[str]:
    yield from count(block.get("elements"), None, f"{at}: elements")
    for part in block.get("elements", []):
        kind = str(part.get("type"))
        if kind not in {f"rich_text_{one}" for one in ("section", "quote", "preformatted")}:
            yield f"{at}: no such part {kind}"
        yield from count(part.get("elements"), None, f"{at}/{kind}: elements")
        for run in part.get("elements", []):
            if run.get("type") != "text" or run.keys() - {"type", "text", "style"}:
                yield f"{at}: no text: {run}"
            if not run.get("text"):
                yield f"{at}: an empty text"
            if run.get("style", {}).keys() - {"bold", "italic", "strike", "code"}:
                yield f"{at}: no such style"


def _table(block: Json, at: str) -> Iterator[str]:
    rows = block.get("rows", [])
    yield from count(rows, 100, f"{at}: rows")
    for row in rows:
        yield from count(row, 20, f"{at}: columns")
        for cell in row:
            if cell.get("type") == "rich_text":
                yield from _rich(cell, at)
            elif cell.get("type") != "raw_text" or cell.keys() != {"type", "text"}:
                yield f"{at}: no cell: {cell}"
            elif not cell["text"]:
                yield f"{at}: an empty cell"
    if len({len(row) for row in rows}) > 1:
        yield f"{at}: rows of different length"
    settings = block.get("column_settings", [])
    if len(settings) > 20:
        yield f"{at}: more than 20 column settings"
    for one in settings:
        if one.keys() - {"align", "is_wrapped"} or one["align"] not in ("left", "center", "right"):
            yield f"{at}: no column setting: {one}"


def _dicts(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _dicts(one)


def _strings(value: object) -> Iterator[str]:
    """Every text inside, the kinds of things left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            if name != "type":
                yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
