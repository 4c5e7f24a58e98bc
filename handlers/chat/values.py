"""What a button or a form sent back: a stranger's word, so it is read with care."""

from collections.abc import Mapping
from datetime import date

from handlers.chat.errors import UserError


def whole(values: Mapping[str, str], name: str) -> int:
    """A whole number from 0 on. Raises UserError where it is none."""
    text = values.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise UserError("errors.no_such_button")
    return int(text)


def day(values: Mapping[str, str], name: str) -> date:
    """An ISO date. Raises UserError where it is none."""
    try:
        return date.fromisoformat(values.get(name, ""))
    except ValueError:
        raise UserError("errors.no_such_button") from None


def is_day(text: str) -> bool:
    """Whether it is an ISO date, as date inputs hold."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_count(text: str) -> bool:
    """Whether it is a whole number, 1 or more, as number inputs hold."""
    return text.isascii() and text.isdigit() and len(text) < 16 and int(text) >= 1


def text(values: Mapping[str, str], name: str) -> str:
    """A text that must be there. Raises UserError where it is not."""
    if name not in values:
        raise UserError("errors.no_such_button")
    return values[name]
