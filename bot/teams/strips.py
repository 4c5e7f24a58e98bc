"""What can be cut between its parts to fill pages, each page's piece in the same wrapping."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, takewhile

from bot.teams.kit import Json, size

# What stays together: one element, or more where each stands at a place of its own.
Part = tuple[Json, ...]


@dataclass(frozen=True)
class Strip:
    """Parts, and how they are shown together. Measured only where a card is too much for a page.

    ``above`` stands over the first part alone. ``caption`` is what a button to its page says of it;
    ``whole``: not cut as long as a page holds it.
    """

    wrap: Callable[[Sequence[Part]], list[Json]]
    parts: Sequence[Part]
    caption: str = ""
    whole: bool = False
    above: Sequence[Json] = ()
    measured: Sequence[int] = ()

    @cached_property
    def sizes(self) -> Sequence[int]:
        """What each part takes in bytes."""
        return self.measured or [part_size(part) for part in self.parts]

    @property
    def size(self) -> int:
        return self._fixed() + sum(self.sizes)

    def shown(self) -> list[Json]:
        return [*self.above, *self.wrap(self.parts)]

    def split(self, room: int) -> "tuple[Strip | None, Strip | None]":
        """What of it fits in so many bytes, and what is left; None for nothing."""
        if self.size <= room:
            return self, None
        taken = accumulate(self.sizes, initial=self._fixed())
        fits = sum(1 for _ in takewhile(lambda size: size <= room, taken)) - 1
        if fits < 1:
            return None, self
        first = replace(self, parts=self.parts[:fits], measured=self.sizes[:fits])
        return first, replace(self, parts=self.parts[fits:], measured=self.sizes[fits:], above=())

    def _fixed(self) -> int:
        return sum(map(size, [*self.above, *self.wrap([])]))


def part_size(part: Part) -> int:
    return sum(map(size, part))


def strip(
    wrap: Callable[[Sequence[Part]], list[Json]],
    parts: Sequence[Part],
    *,
    caption: str = "",
    whole: bool = False,
) -> Strip:
    """Parts in a wrapping."""
    return Strip(wrap, parts, caption, whole)


def stack(elements: Iterable[Json], *, top: Sequence[Json] = (), caption: str = "") -> Strip:
    """Elements one below the other; ``top`` stands over them on each page."""

    def wrap(parts: Sequence[Part]) -> list[Json]:
        return [*top, *_joined(parts)]

    return strip(wrap, [(one,) for one in elements], caption=caption)


def box(elements: Iterable[Json], *, whole: bool = False, **settings: object) -> Strip:
    """Elements in a container."""

    def wrap(parts: Sequence[Part]) -> list[Json]:
        return [{"type": "Container", "items": _joined(parts), **settings}]

    return strip(wrap, [(one,) for one in elements], whole=whole)


def _joined(parts: Sequence[Part]) -> list[Json]:
    return [one for part in parts for one in part]
