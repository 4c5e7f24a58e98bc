"""Shows a card in Slack: in one message or view where it fits, else in pages to turn."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, groupby
from operator import add
from typing import NamedTuple

from bot.slack import limits
from bot.slack.blocks import pieces, show
from bot.slack.kit import Json, buttons, compact, context, escape, header, rich, weight
from bot.slack.limits import Surface
from handlers.chat.cards import Action, Block, Card, Heading, Table
from handlers.chat.plain import plain
from handlers.chat.texts import Texts

PAGE = "slack.page"  # the action of the buttons that turn pages
LINE: Json = {"type": "divider"}
TURNING = 1600  # characters kept free for them
# The card's own buttons stand on every page while they take no more than this of it.
OWN_BUTTONS = 2600

# The values of the button that leads to a page, counted from 0; 500 characters once encoded.
Turn = Callable[[int], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Rendered:
    """Blocks, and the same in words for notifications and screen readers (escaped for Slack)."""

    blocks: list[Json]
    text: str


class _Size(NamedTuple):
    """Blocks, characters and tables: what a page has room for."""

    blocks: int
    characters: int
    tables: int = 1

    def fits(self, room: "_Size") -> bool:
        return all(mine <= its for mine, its in zip(self, room, strict=True))

    def and_(self, other: "_Size") -> "_Size":
        return _Size(*map(add, self, other))


_NOTHING = _Size(0, 0, 0)


class _Unit:
    """What stays together on a page, as long as a page can hold it."""

    def __init__(
        self, says: tuple[Block, ...], blocks: list[Json], caption: str = "", headed: bool = False
    ) -> None:
        self.says = says
        self.blocks = blocks
        self.caption = caption
        self.headed = headed

    @cached_property
    def size(self) -> _Size:
        return _size(self.blocks)

    def one_by_one(self) -> "Iterator[_Unit]":
        for block in self.blocks:
            yield _Unit(self.says, [block], self.caption)


def pages(
    card: Card, t: Texts, surface: Surface, turn: Turn | None, first: int = 0
) -> list[Rendered]:
    """The card on as few pages as hold it, at least one.

    Each begins with the title, and ends with the card's own buttons (where they are not too many)
    and those that turn the page, unless ``turn`` is None. ``first`` is the first button's number.
    """
    numbers = count(first)
    own = buttons(card.actions, numbers)
    units = list(_units(card, t, surface, numbers))
    top = [header(card.title)] if card.title.strip() else []
    whole = [*top, *_body(units), *own]
    if _surely_fits(whole, surface):
        return [Rendered(whole, _words(card, units, t, 0, 1))]
    if _weight(own) > OWN_BUTTONS:
        units.append(_Unit((), own))
        own = []
    fixed = [*top, *own]
    room = _Size(limits.BLOCKS[surface] - len(fixed), limits.CHARACTERS[surface] - _weight(fixed))
    filled = _fill(units, room)
    if len(filled) > 1:
        filled = _fill(units, _Size(room.blocks - 2, room.characters - TURNING))
    captions = [page[0].caption if page else "" for page in filled]
    rendered: list[Rendered] = []
    for number, page in enumerate(filled):
        end = [*own, *_turning(t, turn, number, captions, numbers)]
        blocks = [*top, *_body(page), *end]
        if not _size(blocks).fits(_Size(limits.BLOCKS[surface], limits.CHARACTERS[surface])):
            blocks = [block for block in blocks if block is not LINE]
        rendered.append(Rendered(blocks, _words(card, page, t, number, len(filled))))
    return rendered


def _units(card: Card, t: Texts, surface: Surface, numbers: Iterator[int]) -> Iterator[_Unit]:
    """The card's blocks, a heading together with what it stands over."""
    if len(card.title) > limits.HEADER:
        yield _Unit((), rich([(card.title, "bold")]))
    above: list[Heading] = []
    for block in card.blocks:
        for piece in pieces(block, surface):
            if isinstance(piece, Heading):
                above.append(piece)
                continue
            caption = piece.caption if isinstance(piece, Table) else ""
            says = (*above, piece)
            shown = [one for each in says for one in show(each, t, surface, numbers)]
            if shown:
                yield _Unit(says, shown, above[0].text if above else caption, bool(above))
            above = []
    for heading in above:
        yield _Unit((heading,), show(heading, t, surface, numbers), heading.text)


def _body(page: Sequence[_Unit]) -> Iterator[Json]:
    """The blocks of a page, a line above each heading but one that begins it."""
    for number, unit in enumerate(page):
        if unit.headed and number > 0:
            yield LINE
        yield from unit.blocks


def _fill(units: Sequence[_Unit], room: _Size) -> list[list[_Unit]]:
    """The units in order on as few pages as hold them."""
    filled: list[list[_Unit]] = [[]]
    taken = _NOTHING
    for unit in units:
        for part in (unit,) if unit.size.fits(room) else unit.one_by_one():
            taken = taken.and_(part.size)
            if filled[-1] and not taken.fits(room):
                filled.append([])
                taken = part.size
            filled[-1].append(part)
    return filled


def _turning(
    t: Texts, turn: Turn | None, page: int, captions: Sequence[str], numbers: Iterator[int]
) -> list[Json]:
    """Which page it is, and the buttons to those beside it; nothing where there is but one."""
    if len(captions) == 1:
        return []
    at = context(t("door.page", page=page + 1, pages=len(captions)))
    if turn is None:
        return at
    actions: list[Action] = []
    if page > 0:
        caption = captions[page - 1]
        label = t("door.previous_to", caption=caption) if caption else t("door.previous")
        actions.append(Action(label, PAGE, turn(page - 1)))
    if page + 1 < len(captions):
        caption = captions[page + 1]
        label = t("door.next_to", caption=caption) if caption else t("door.next")
        actions.append(Action(label, PAGE, turn(page + 1)))
    made = [*at, *buttons(actions, numbers)]
    assert _weight(made) <= TURNING
    return made


def _words(card: Card, page: Sequence[_Unit], t: Texts, number: int, of: int) -> str:
    """The page as plain text."""
    # Of a unit that stands here block by block, what it says is said once.
    units = [next(same) for _, same in groupby(page, lambda unit: id(unit.says))]
    text = plain(replace(card, blocks=tuple(block for unit in units for block in unit.says)))
    if of > 1:
        text = f"{text}\n{t('door.page', page=number + 1, pages=of)}"
    return escape(text.strip() or "…", limits.FALLBACK)


def _surely_fits(blocks: Sequence[Json], surface: Surface) -> bool:
    """Whether one page holds them, seen at a glance: most cards are small."""
    return (
        len(blocks) <= limits.BLOCKS[surface]
        and _tables(blocks) <= 1
        and len(compact(blocks)) + limits.A_BLOCK * len(blocks) <= limits.CHARACTERS[surface]
    )


def _size(blocks: Sequence[Json]) -> _Size:
    return _Size(len(blocks), _weight(blocks), _tables(blocks))


def _tables(blocks: Sequence[Json]) -> int:
    return sum(block["type"] == "table" for block in blocks)


def _weight(blocks: Sequence[Json]) -> int:
    return sum(weight(block) + limits.A_BLOCK for block in blocks)
