"""Shows a table: natively where Slack can, else as lines with aligned columns."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.cutting import pack
from bot.slack import limits
from bot.slack.kit import Json, rich
from bot.slack.limits import Surface
from handlers.chat.cards import Table

WIDEST = 24  # characters of a column that are aligned, for a phone; a longer cell sticks out


def split(table: Table, surface: Surface) -> Iterator[Table]:
    """The table as tables of few enough rows, each with its caption and header."""
    if _is_native(table, surface):
        room = limits.TABLE_CELLS - _size(table.header)
        packed = pack(table.rows, _size, room, limits.TABLE_ROWS - 1)
    else:
        widths = _widths(table)

        def size(row: Sequence[str]) -> int:
            return len(_line(row, table, widths)) + 1

        packed = pack(table.rows, size, limits.TEXT - size(table.header), limits.TEXT)
    for rows in packed:
        yield replace(table, rows=tuple(rows))
    if not table.rows:
        yield table


def show(table: Table, surface: Surface) -> list[Json]:
    """What ``split`` gave: its caption in bold, and its rows."""
    caption = rich([(table.caption, "bold")])
    columns = _columns(table)
    if not columns:
        return caption
    if not _is_native(table, surface):
        widths = _widths(table)
        lines = (_line(row, table, widths) for row in (table.header, *table.rows))
        return caption + rich([("\n".join(lines), "")], "rich_text_preformatted")
    head = [_bold(cell) for cell in _padded(table.header, columns)]
    rows = [[_cell(cell) for cell in _padded(row, columns)] for row in table.rows]
    settings = [
        {"align": "right" if column in table.numeric else "left", "is_wrapped": True}
        for column in range(columns)
    ]
    return [*caption, {"type": "table", "rows": [head, *rows], "column_settings": settings}]


def _is_native(table: Table, surface: Surface) -> bool:
    """Whether Slack has a table for it: in messages only, of 20 columns, and not for long texts."""
    longest = max(map(_size, table.rows), default=0)
    return (
        surface is Surface.MESSAGE
        and _columns(table) <= limits.TABLE_COLUMNS
        and _size(table.header) + longest <= limits.TABLE_CELLS
    )


def _columns(table: Table) -> int:
    return max(map(len, (table.header, *table.rows)))


def _size(row: Sequence[str]) -> int:
    """No fewer than the characters of a native row, where an empty cell holds a space."""
    return sum(map(len, row)) + limits.TABLE_COLUMNS


def _padded(row: Sequence[str], columns: int) -> list[str]:
    return [*row, *[""] * (columns - len(row))]


def _cell(text: str) -> Json:
    return {"type": "raw_text", "text": text or " "}


def _bold(text: str) -> Json:
    run = {"type": "text", "text": text or " ", "style": {"bold": True}}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [run]}]}


def _widths(table: Table) -> list[int]:
    rows = [_padded(row, _columns(table)) for row in (table.header, *table.rows)]
    return [min(max(map(len, column)), WIDEST) for column in zip(*rows, strict=True)]


def _line(row: Sequence[str], table: Table, widths: Sequence[int]) -> str:
    cells = [
        cell.rjust(width) if column in table.numeric else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=False))
    ]
    return "  ".join(cells).replace("\n", " ").rstrip()
