"""Cuts what is too much for one place into pieces, and puts small things together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def cut(text: str, most: int) -> Iterator[str]:
    """The text in pieces, after a line or a word where there is one; together they are the text."""
    while len(text) > most:
        late = most // 2
        end = text.rfind("\n", late, most) + 1 or text.rfind(" ", late, most) + 1 or most
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def pack(
    things: Iterable[T], size: Callable[[T], int], room: int, most: int
) -> Iterator[Sequence[T]]:
    """Things in order, as many together as fit: up to ``most``, whose sizes come to ``room``."""
    packed: list[T] = []
    left = room
    for thing in things:
        taken = size(thing)
        if packed and (taken > left or len(packed) == most):
            yield packed
            packed, left = [], room
        packed.append(thing)
        left -= taken
    if packed:
        yield packed
