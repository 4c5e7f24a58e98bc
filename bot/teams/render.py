"""Shows a card in Teams: as one Adaptive Card where it fits, else on pages to turn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.teams import blocks, kit, limits
from bot.teams.kit import COLOURS, Json, buttons, heading, line, run, short, size
from bot.teams.strips import Strip, stack
from handlers.chat.cards import Action, Card, Form, Heading, Item, Picture, Progress, Table, Tone
from handlers.chat.texts import Texts

PAGE = "teams.page"  # the action of the buttons that turn pages
CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"

# The values of the button that leads to a page, counted from 0; 500 bytes of JSON.
Turn = Callable[[int], Mapping[str, str]]


class _Carried(BaseModel):
    model_config = ConfigDict(strict=True)

    values: dict[str, str]


class _Pressed(BaseModel):
    jalon: _Carried


def pages(card: Card, t: Texts, turn: Turn | None) -> list[Json]:
    """The card as Adaptive Cards, on as few pages as hold it, at least one.

    Each begins with the title, and ends with the card's own buttons (where they are not too many)
    and those that turn the page, unless ``turn`` is None.
    """
    strips = _strips(card, t)
    top = _title(card)
    own = list(buttons(card.actions))
    if own and any(isinstance(block, Item | Progress) and block.actions for block in card.blocks):
        own[0]["separator"] = True
    whole = _card(card, t, [*top, *(one for strip in strips for one in strip.shown()), *own])
    if size(whole) <= limits.CARD:
        return [whole]
    if _weight(own) > limits.OWN_BUTTONS:
        strips.append(stack(own))
        own = []
    room = limits.CARD - size(_card(card, t, [*top, *own]))
    filled = _fill(strips, room)
    if len(filled) > 1:
        filled = _fill(strips, room - limits.TURNING)
    captions = [page[0].caption if page else "" for page in filled]
    made: list[Json] = []
    for number, page in enumerate(filled):
        body = [one for strip in page for one in strip.shown()]
        end = _turning(t, turn, number, captions)
        made.append(_card(card, t, [*top, *body, *own, *end]))
        assert size(made[-1]) <= limits.CARD
    return made


def message(card_json: Json, says: Card | Form) -> Json:
    """The message that brings a card; ``summary`` is what a notification says of it."""
    return bring(card_json) | {"summary": short(says.title, limits.TITLE)}


def bring(card_json: Json) -> Json:
    """A message with a card."""
    return {
        "type": "message",
        "attachments": [{"contentType": CONTENT_TYPE, "content": card_json}],
    }


def pressed(data: Mapping[str, object]) -> dict[str, str]:
    """The values of a button that was pressed. Raises ValueError where it is none of ours."""
    try:
        return _Pressed.model_validate(data).jalon.values
    except ValidationError:
        raise ValueError("not a button's values") from None


def _card(card: Card, t: Texts, body: list[Json]) -> Json:
    more: dict[str, Any] = {}
    if any(isinstance(block, Table | Progress | Picture) for block in card.blocks):
        more["msteams"] = {"width": "Full"}
    if card.refresh:
        action = kit.execute(card.refresh.name, card.refresh.values)
        action["data"]["jalon"]["refresh"] = True
        more["refresh"] = {"action": action | {"title": short(card.refresh.label, limits.BUTTON)}}
    return kit.card(card, t.language, body, **more)


def _title(card: Card) -> list[Json]:
    """The title in the colour of the card's tone."""
    if not card.title.strip():
        return []
    title = kit.one_line(card.title)
    items = heading(title if _is_short(title) else short(title, limits.TITLE), "large")
    if card.tone is Tone.NEUTRAL:
        return items
    style = COLOURS[card.tone]
    return [{"type": "Container", "style": style, "bleed": True, "items": items}]


def _is_short(title: str) -> bool:
    return len(kit.one_line(title)) <= limits.TITLE


def _strips(card: Card, t: Texts) -> list[Strip]:
    """The card's blocks, a heading together with what it stands over."""
    made: list[Strip] = []
    if not _is_short(card.title):
        made.append(stack(kit.lines(card.title, weight="bolder")))
    above: list[Strip] = []
    for block in card.blocks:
        shown = [strip for strip in blocks.show(block, t) if strip.parts or strip.shown()]
        if isinstance(block, Heading) and sum(s.size for s in shown) <= limits.HEADING:
            above = shown if not above else [*above, *shown]
            continue
        if not shown:
            continue
        if above:
            made += above[:-1]
            over = above[-1]
            shown[0] = replace(shown[0], above=over.shown(), caption=over.caption)
        above = []
        made += shown
    return made + above


def _fill(strips: Sequence[Strip], room: int) -> list[list[Strip]]:
    """The strips in order on as few pages as hold them."""
    filled: list[list[Strip]] = [[]]
    left = room
    for strip in strips:
        rest: Strip | None = strip
        while rest is not None:
            keep = rest.whole and rest.size <= room
            if filled[-1] and rest.size > left and keep:
                piece = None
            else:
                piece, rest = rest.split(left)
            if piece is None:
                assert filled[-1]
                filled.append([])
                left = room
            else:
                filled[-1].append(piece)
                left -= piece.size
    return filled


def _turning(t: Texts, turn: Turn | None, page: int, captions: Sequence[str]) -> list[Json]:
    """Which page it is, and the buttons to those beside it; nothing where there is but one."""
    if len(captions) == 1:
        return []
    at = line(run(t("door.page", page=page + 1, pages=len(captions)), **blocks.MUTED))
    if turn is None:
        return [at]
    actions: list[Action] = []
    for number, named, unnamed in (
        (page - 1, "door.previous_to", "door.previous"),
        (page + 1, "door.next_to", "door.next"),
    ):
        if 0 <= number < len(captions):
            caption = captions[number]
            label = t(named, caption=caption) if caption else t(unnamed)
            actions.append(Action(label, PAGE, turn(number)))
    made = [at, *buttons(actions)]
    assert _weight(made) <= limits.TURNING
    return made


def _weight(elements: Sequence[Json]) -> int:
    return sum(map(size, elements))
