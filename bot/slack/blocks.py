"""Shows each block of a card as Block Kit."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from bot.cutting import cut
from bot.slack import limits, tables
from bot.slack.kit import Json, Run, buttons, context, escape, rich
from bot.slack.limits import Surface
from handlers.chat.cards import (
    Block,
    Example,
    Facts,
    Heading,
    Item,
    Picture,
    Progress,
    Said,
    Table,
    Text,
    Tone,
)
from handlers.chat.texts import Texts

CELLS = 15  # with the text beside a button, a bar stays whole on a phone
# Slack has no colours for words; a screen reader says the circle's, and the word follows.
CIRCLE = {Tone.GOOD: "🟢 ", Tone.WARN: "🟡 ", Tone.BAD: "🔴 ", Tone.NEUTRAL: ""}
# What Slack would read as formatting, a mention, a quote or an emoji.
MARKUP = re.compile(r"[*_~`<>\n]|:[^\s:]+:")


def pieces(block: Block, surface: Surface) -> Iterator[Block]:
    """The block as blocks that each say a part of it, where it is too much for one."""
    match block:
        case Text() | Said() | Heading():
            for text in cut(block.text, limits.TEXT):
                yield replace(block, text=text)
        case Table():
            yield from tables.split(block, surface)
        case Picture():  # shown beside the message; here the words say the same
            if not block.beside:
                yield from pieces(Text(block.alt, muted=True), surface)
        case Facts() | Progress() | Item() | Example():
            yield block
        case _:
            assert_never(block)


def show(block: Block, t: Texts, surface: Surface, numbers: Iterator[int]) -> list[Json]:
    """One of the ``pieces`` in Slack's blocks; ``numbers`` are its buttons'."""
    match block:
        case Text():
            return context(block.text) if block.muted else rich([(block.text, "")])
        case Said():
            return rich([(block.text, "")], "rich_text_quote")
        case Heading():
            return rich([(block.text, "bold")])
        case Facts():
            return rich(_facts(block, t))
        case Table():
            return tables.show(block, surface)
        case Progress():
            return _progress(block, numbers)
        case Item():
            runs = [(block.text, "strike" if block.struck else "")]
            if block.detail:
                runs.append((f"\n{block.detail}", ""))
            return rich(runs) + buttons(block.actions, numbers)
        case Example():
            return rich([(block.line, "code"), (f"  {block.says}" if block.says else "", "")])
        case Picture():
            return context(block.alt)
        case _:
            assert_never(block)


def _facts(block: Facts, t: Texts) -> Iterator[Run]:
    for number, (label, value) in enumerate(block.rows, 1):
        if label:
            yield t("door.label", label=label), "bold"
            value = f" {value}"
        yield value if number == len(block.rows) else f"{value}\n", ""


def _progress(block: Progress, numbers: Iterator[int]) -> list[Json]:
    """Its lines, with the button beside them where it is one and no word reads as markup."""
    status = f"{CIRCLE[block.tone]}{block.status}" if block.status else ""
    first = f" · {status}" if block.title and status else status
    second = f"{_bar(block)} {block.text}".strip()
    below = "".join(f"\n{line}" for line in (second, block.detail) if line)
    words = (block.title, block.status, block.text, block.detail)
    if len(block.actions) == 1 and block.title.strip() and not any(map(MARKUP.search, words)):
        text = escape(f"{first}{below}", limits.TEXT * 2)
        text = f"*{escape(block.title.strip(), limits.TEXT * 2)}*{text}"
        if len(text) <= limits.TEXT:
            [row] = buttons(block.actions, numbers)
            said = {"type": "mrkdwn", "text": text, "verbatim": True}
            return [{"type": "section", "text": said, "accessory": row["elements"][0]}]
    return rich([(block.title, "bold"), (first + below, "")]) + buttons(block.actions, numbers)


def _bar(block: Progress) -> str:
    """The share in block characters, never more than it is; a stroke where it should be by now."""
    if block.share is None:
        return ""
    done = _cells(block.share)
    bar = "█" * done + "░" * (CELLS - done)
    if block.expected is None:
        return bar
    due = _cells(block.expected)
    return f"{bar[:due]}│{bar[due:]}"


def _cells(share: float) -> int:
    return int(min(max(share, 0.0), 1.0) * CELLS)
