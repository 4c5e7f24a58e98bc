"""Shows a table as Teams' own where a phone has room for it, else in lines; and pairs in lines."""

from collections.abc import Sequence

from bot.teams import limits
from bot.teams.kit import Json, heading, line, lines, run, size
from bot.teams.strips import Part, Strip, part_size, stack, strip
from handlers.chat.cards import Table
from handlers.chat.plain import BETWEEN
from handlers.chat.texts import Texts

LEAST, WIDEST = 6, 16  # characters of a column, for its share of the width
EDGES = 4  # characters that fit into the space around a cell
LABEL = 200  # characters of a label that stands in one line with its value


def show(table: Table, t: Texts) -> list[Strip]:
    """The table; each piece of it on a page of its own has the caption and the header."""
    columns = max(map(len, (table.header, *table.rows)))
    top = heading(table.caption, "default")
    if not columns:
        return [stack(top)]
    before: list[Strip] = []
    if sum(map(size, top)) > limits.HEADING:
        before, top = [stack(top)], []
    header = _padded(table.header, columns)
    rows = [_padded(row, columns) for row in table.rows]
    said = [_in_lines(header, row, t) for row in rows or [[""] * columns]]
    head = _row(header, weight="bolder")
    parts: list[Part] = [(_row(row), *of) for row, of in zip(rows, said, strict=False)]
    if not rows or columns > limits.COLUMNS or max(map(part_size, [(head,), *parts])) > limits.ROW:
        each = [one for row in said for one in row]
        return [*before, stack(each, top=top, caption=table.caption)]
    settings = [
        {"type": "TableColumnDefinition", "width": width}
        | ({"horizontalCellContentAlignment": "right"} if column in table.numeric else {})
        for column, width in enumerate(_widths([header, *rows]))
    ]

    def wrap(parts: Sequence[Part]) -> list[Json]:
        native = {
            "type": "Table",
            "columns": settings,
            "rows": [head, *(row for row, *_ in parts)],
            "fallback": {"type": "Container", "items": [one for _, *of in parts for one in of]},
        }
        return [*top, native]

    return [*before, strip(wrap, parts, caption=table.caption)]


def pairs(rows: Sequence[tuple[str, str]], t: Texts) -> list[Json]:
    """Labels and values, a line each: a phone wraps them, a screen reader says them together."""
    made: list[Json] = []
    for label, value in rows:
        said = lines(value)
        if len(label) > LABEL or len(f"{label}:".splitlines()) > 1:
            said = lines(t("door.label", label=label), weight="bolder") + said
        elif label.strip():
            runs = [run(t("door.label", label=label), weight="bolder")]
            if said:
                runs += [run(" "), *said.pop(0)["inlines"]]
            said.insert(0, line(*runs))
        made += [
            {**one, "spacing": "none" if number else "small"} for number, one in enumerate(said)
        ]
    return made


def _in_lines(header: Sequence[str], row: Sequence[str], t: Texts) -> list[Json]:
    """A row in one line where it is short, else in a line or more for each cell."""
    named = [(label, cell) for label, cell in zip(header, row, strict=True) if label or cell]
    texts = [text for pair in named for text in pair if text]
    if any(text.splitlines() != [text] for text in texts) or sum(map(len, texts)) > limits.LINE:
        return pairs(named, t)
    runs: list[Json] = []
    for label, cell in named:
        runs += [run(BETWEEN)] if runs else []
        runs += [run(t("door.label", label=label), weight="bolder")] if label else []
        runs += [run(f" {cell}" if label else cell)] if cell else []
    return [line(*runs, spacing="small")] if runs else []


def _row(cells: Sequence[str], **looks: str) -> Json:
    return {
        "type": "TableRow",
        "cells": [
            {"type": "TableCell", "items": lines(cell, **looks) or [line(run("\u00a0"))]}
            for cell in cells
        ],
    }


def _padded(row: Sequence[str], columns: int) -> list[str]:
    return [*row, *[""] * (columns - len(row))]


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Each column's share: figures and headers stay whole on a phone, longer texts wrap."""
    return [
        min(max(LEAST, *map(len, column)), WIDEST) + EDGES for column in zip(*rows, strict=True)
    ]
