"""What a person reads: the words, buttons and inputs of messages and views, with plain spaces."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.slack.memory import Json, Message, View


def plain(text: str) -> str:
    """The text with its no-break spaces made plain."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it stood when it was looked at."""

    message: Message
    blocks: Sequence[Json]
    text: str
    labels: Sequence[str]
    private: bool

    @classmethod
    def of(cls, message: Message) -> "Seen":
        blocks = list(message.blocks)
        said = words(blocks) if blocks else html.unescape(message.text)
        return cls(message, blocks, plain(said), labels(blocks), bool(message.only_for))

    @property
    def origin(self) -> Message:
        return self.message

    @property
    def fallback(self) -> str:
        """What a notification or a screen reader says of it."""
        return plain(html.unescape(self.message.text))

    @property
    def files(self) -> list[str]:
        return [one["name"] for one in self.message.files]


@dataclass(frozen=True, slots=True)
class Page:
    """A modal or a home as it stood when it was looked at."""

    view: View
    blocks: Sequence[Json]
    title: str
    text: str
    labels: Sequence[str]

    @classmethod
    def of(cls, view: View) -> "Page":
        blocks = list(view.view["blocks"])
        title = plain((view.view.get("title") or {}).get("text", ""))
        return cls(view, blocks, title, plain(words(blocks)), labels(blocks))

    @property
    def origin(self) -> View:
        return self.view

    @property
    def inputs(self) -> dict[str, str]:
        """What each input holds, as a person sees it, by its label."""
        return {
            plain(block["label"]["text"]): shown(self.view.typed[block["block_id"]])
            for block in self.blocks
            if block["type"] == "input"
        }

    @property
    def errors(self) -> dict[str, str]:
        """What is said under each input after a submission it spoiled, by the input's label."""
        by_id = {one["block_id"]: one for one in self.blocks if one["type"] == "input"}
        errors = self.view.errors.items()
        return {plain(by_id[id]["label"]["text"]): plain(error) for id, error in errors}


def words(blocks: Sequence[Json]) -> str:
    """All that blocks say, without their buttons: a line each, or more."""
    return "\n".join(line for block in blocks for line in _lines(block))


def labels(blocks: Sequence[Json]) -> list[str]:
    """The labels of all buttons, in order."""
    return [plain(one["text"]["text"]) for one in pressables(blocks)]


def pressables(blocks: Sequence[Json]) -> Iterator[Json]:
    """Every button, and every option of an overflow menu, with its block's id."""
    for block in blocks:
        inside = [*block.get("elements", []), block.get("accessory", {})]
        for element in inside if block["type"] in ("actions", "section") else []:
            id = {"block_id": block["block_id"]}
            if element.get("type") == "button":
                yield element | id
            for option in element.get("options", []) if element.get("type") == "overflow" else []:
                yield element | id | {"selected_option": option, "text": option["text"]}


def shown(state: dict[str, Json]) -> str:
    """What one input's state says to a person."""
    [held] = state.values()
    if "selected_options" in held:
        return ", ".join(plain(one["text"]["text"]) for one in held["selected_options"])
    if "selected_option" in held:
        chosen = held["selected_option"]
        return plain(chosen["text"]["text"]) if chosen else ""
    return held.get("value") or held.get("selected_date") or held.get("selected_time") or ""


def _lines(block: Json) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield _text(block["text"])
        case "section":
            for one in [*([block["text"]] if "text" in block else []), *block.get("fields", [])]:
                yield _text(one)
            if block.get("accessory", {}).get("type") == "image":
                yield block["accessory"]["alt_text"]
        case "context":
            yield " ".join(_text(one) for one in block["elements"])
        case "rich_text":
            for element in block["elements"]:
                yield _rich(element)
        case "table":
            for row in block["rows"]:
                yield " | ".join(_cell(cell) for cell in row)
        case "input":
            yield _text(block["label"])
            if "hint" in block:
                yield _text(block["hint"])
        case "markdown":
            yield block["text"]
        case "image":
            yield block["alt_text"]
        case "actions" | "divider":
            return
        case other:
            raise AssertionError(f"a block of type {other}")


def _text(one: Json) -> str:
    if one["type"] == "image":
        return one["alt_text"]
    return html.unescape(one["text"]) if one["type"] == "mrkdwn" else one["text"]


def _cell(cell: Json) -> str:
    return cell["text"] if cell["type"] == "raw_text" else "".join(map(_rich, cell["elements"]))


def _rich(element: Json) -> str:
    if element["type"] == "rich_text_list":
        return "\n".join(map(_rich, element["elements"]))
    return "".join(map(_run, element["elements"]))


def _run(run: Json) -> str:
    named: dict[str, Any] = {
        "user": f"<@{run.get('user_id')}>",
        "broadcast": f"<!{run.get('range')}>",
        "emoji": f":{run.get('name')}:",
        "link": run.get("text") or run.get("url"),
    }
    return named.get(run["type"]) or run["text"]
