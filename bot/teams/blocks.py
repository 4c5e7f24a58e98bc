"""Shows each block of a card as elements of an Adaptive Card."""

from typing import assert_never

from bot.teams import limits, tables
from bot.teams.kit import COLOURS, Json, as_is, buttons, heading, line, lines, run, short
from bot.teams.strips import Strip, box, stack
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
from handlers.chat.plain import BETWEEN
from handlers.chat.texts import Texts

CELLS = 15  # of a bar in characters: it stays whole on a phone
BARS = {Tone.GOOD: "Good", Tone.WARN: "Warning", Tone.BAD: "Attention", Tone.NEUTRAL: "Accent"}
BESIDE = 12  # characters of a button that leaves a phone room for words beside it
MUTED = {"isSubtle": True, "size": "small"}


def show(block: Block, t: Texts) -> list[Strip]:
    """The block, ready to be cut between its lines, rows or buttons."""
    match block:
        case Text():
            return [stack(lines(block.text, **(MUTED if block.muted else {})))]
        case Said():
            return [box(lines(block.text), style="emphasis")]
        case Heading():
            return [stack(heading(block.text, "medium"), caption=block.text)]
        case Facts():
            return [stack(tables.pairs(block.rows, t))]
        case Table():
            return tables.show(block, t)
        case Progress():
            return [_beside(_progress(block), block) or _with_buttons(_progress(block), block)]
        case Item():
            return [_with_buttons(_item(block, t), block)]
        case Example():
            return [stack(_example(block))]
        case Picture():
            return [stack(_picture(block))]
        case _:
            assert_never(block)


def _with_buttons(words: list[Json], block: Item | Progress) -> Strip:
    """Words and their buttons together, a line above: whose buttons they are is plain to see."""
    line_above = {"separator": True} if block.actions else {}
    return box([*words, *buttons(block.actions)], whole=True, **line_above)


def _beside(words: list[Json], block: Progress) -> Strip | None:
    """Words with their one short button beside them: a plan's list of targets stays short."""
    if len(block.actions) != 1 or len(block.actions[0].label) > BESIDE:
        return None
    columns = [
        {"type": "Column", "width": "stretch", "items": words},
        {"type": "Column", "width": "auto", "items": [*buttons(block.actions)]},
    ]
    made = stack([{"type": "ColumnSet", "columns": columns}])
    return made if words and made.size <= limits.ROW else None


def _item(block: Item, t: Texts) -> list[Json]:
    if not block.struck:
        return [*lines(block.text), *_below(block.detail)]
    # A screen reader does not say that a text is crossed out.
    struck = lines(block.text, strikethrough=True)
    return [*struck, *_below(t("teams.struck")), *_below(block.detail)]


def _example(block: Example) -> list[Json]:
    typed = lines(block.line, fontType="monospace")
    if len(typed) != 1 or len(block.line) + len(block.says) > limits.LINE:
        return [*typed, *_below(block.says)]
    said = lines(block.says, **MUTED)
    if len(said) == 1:
        typed[0]["inlines"] += [run(" "), *said.pop()["inlines"]]
    return [*typed, *said]


def _picture(block: Picture) -> list[Json]:
    """The picture, its words unseen where they are few; the words alone where it has no address."""
    said = [] if block.beside else lines(block.alt)
    if not block.url:
        return said
    fits = len(block.alt) <= limits.ALT
    alt = as_is(block.alt) if fits else short(block.chart.title, limits.TITLE)
    image: Json = {"type": "Image", "url": block.url, "altText": alt, "size": "stretch"}
    return [image | {"msteams": {"allowExpand": True}}, *([] if fits else said)]


def _progress(block: Progress) -> list[Json]:
    """Its title and status, the figure in words, the bar, and what else there is to say."""
    made = lines(block.title, weight="bolder")
    status = lines(block.status, weight="bolder", color=COLOURS[block.tone])
    if made and len(status) == 1 and len(block.title) + len(block.status) <= limits.LINE:
        made[-1]["inlines"] += [run(BETWEEN), *status.pop()["inlines"]]
    made += [*status, *_close(lines(block.text))]
    if block.share is not None:
        made.append(_bar(block, block.share))
    return [*made, *_below(block.detail)]


def _bar(block: Progress, share: float) -> Json:
    """The share, never more than it is; where Teams has no bar for it, one of characters."""
    done = _cells(share, CELLS)
    text = "█" * done + "░" * (CELLS - done)
    if block.expected is not None:
        due = _cells(block.expected, CELLS)
        text = f"{text[:due]}│{text[due:]}"
    return {
        "type": "ProgressBar",
        "value": _cells(share, 100),
        "max": 100,
        "color": BARS[block.tone],
        "spacing": "small",
        "fallback": line(run(text), spacing="none"),
    }


def _cells(share: float, of: int) -> int:
    return int(min(max(share, 0.0), 1.0) * of)


def _below(text: str) -> list[Json]:
    """What matters less, close to what stands above it."""
    return _close(lines(text, isSubtle=True))


def _close(elements: list[Json]) -> list[Json]:
    return [{**one, "spacing": "none"} for one in elements]
