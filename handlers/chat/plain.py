"""Says a card or a form as plain text: for a notification, and for who cannot see the card."""

from typing import assert_never

from handlers.chat.cards import (
    Block,
    Card,
    Example,
    Facts,
    Form,
    Heading,
    Input,
    Item,
    Picture,
    Progress,
    Said,
    Table,
    Text,
)

BETWEEN = " · "
STRUCK = "✗ "


def plain(says: Card | Form) -> str:
    """All its words, a line each, without the buttons."""
    match says:
        case Card():
            lines = [says.title, *(_block(block) for block in says.blocks)]
        case Form():
            lines = [says.title, *(_input(one) for one in says.inputs)]
        case _:
            assert_never(says)
    return "\n".join(line for line in lines if line)


def _block(block: Block) -> str:
    match block:
        case Text() | Said() | Heading():
            return block.text
        case Facts():
            return "\n".join(_joined(row, " – ") for row in block.rows)
        case Table():
            rows = [BETWEEN.join(row) for row in (block.header, *block.rows)]
            return _joined((block.caption, *rows), "\n")
        case Progress():
            first = _joined((block.title, block.status, block.text), BETWEEN)
            return _joined((first, block.detail), "\n")
        case Item():
            text = STRUCK + block.text if block.struck else block.text
            return _joined((text, block.detail), "\n")
        case Example():
            return _joined((block.line, block.says), " – ")
        case Picture():
            return "" if block.beside else block.alt
        case _:
            assert_never(block)


def _input(one: Input) -> str:
    return _joined((one.label, one.value, one.error), " – ")


def _joined(words: tuple[str, ...], by: str) -> str:
    return by.join(word for word in words if word)
