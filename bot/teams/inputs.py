"""Shows each input of a form, with what is wrong with it and what it cannot hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.teams import limits
from bot.teams.kit import Json, lines, short
from handlers.chat.cards import Input, InputKind
from handlers.chat.texts import Texts
from handlers.chat.values import is_count, is_day

TICKED = "yes"

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Room:
    """How much of an input is shown: characters of its value, choices, characters of its words."""

    value: int
    choices: int
    words: int


def show(one: Input, t: Texts, room: Room) -> Iterator[Json]:
    """The input, its error above it, its hint below; ``id`` is its name."""
    if one.error:
        yield from lines(f"⚠ {_begin(one.error, room.words)}", color="attention")
    value = _begin(one.value, room.value)
    offered = _offered(one, t, room)
    element = _element(one, value, offered)
    if value and "value" not in element:
        yield from lines(t("door.you_gave", value=value), isSubtle=True)
    if value != one.value:
        yield from lines(t("teams.cut"), isSubtle=True)
    label = t("teams.to_mend", label=one.label) if one.error else one.label
    element |= {"id": one.name, "label": short(label, min(limits.LABEL, room.words))}
    if one.required:
        element |= {"isRequired": True, "errorMessage": t("teams.needed")}
    yield element
    hints = [_begin(one.hint, room.words)]
    if len(offered) < len(one.choices):
        hints.append(t("teams.listed", count=len(offered)))
    for hint in hints:
        for said in lines(hint, isSubtle=True, size="small"):
            yield {**said, "spacing": "small"}


def _element(one: Input, value: str, offered: Choices) -> Json:
    match one.kind:
        case InputKind.TEXT | InputKind.LONG_TEXT:
            many_lines = one.kind is InputKind.LONG_TEXT or "\n" in value
            element = {"type": "Input.Text", "isMultiline": many_lines}
            return element | ({"value": value} if value else {})
        case InputKind.DATE:
            return {"type": "Input.Date"} | ({"value": value} if is_day(value) else {})
        case InputKind.NUMBER:
            held = {"value": int(value)} if is_count(value) else {}
            return {"type": "Input.Number", "min": 1} | held
        case InputKind.CHOICE:
            return _choice(one, value, offered)
        case InputKind.CHOICES | InputKind.TICK:
            known = {choice for choice, _ in offered}
            held = {"value": value} if set(value.split(",")) <= known else {}
            style = "expanded" if len(offered) <= limits.CHOICES_OPEN else "compact"
            return _choice_set(offered, style) | {"isMultiSelect": True} | held
        case _:
            assert_never(one.kind)


def _choice(one: Input, value: str, offered: Choices) -> Json:
    found = bool(one.search) or len(offered) > limits.MENU
    element = _choice_set(offered, "filtered" if found else "compact")
    if one.search:
        element["choices.data"] = {"type": "Data.Query", "dataset": one.search}
    return element | ({"value": value} if value in dict(offered) else {})


def _offered(one: Input, t: Texts, room: Room) -> Choices:
    """The choices there is room for, those that are set among them."""
    if one.kind is InputKind.TICK:
        return [(TICKED, t("door.tick"))]
    held = one.value.split(",") if one.kind is InputKind.CHOICES else [one.value]
    chosen = sum(choice in held for choice, _ in one.choices)
    free = max(room.choices - chosen, 0)
    offered: list[tuple[str, str]] = []
    for choice, label in one.choices:
        if choice in held or free > 0:
            offered.append((choice, label))
            free -= choice not in held
    menu = one.kind is InputKind.CHOICE and not one.search
    if menu and not one.required and "" not in dict(offered):
        # A menu's choice cannot be cleared: no answer is a choice of its own.
        offered.insert(0, ("", t("door.none")))
    return offered


def _choice_set(offered: Choices, style: str) -> Json:
    choices = [{"title": short(label, limits.CHOICE), "value": choice} for choice, label in offered]
    return {"type": "Input.ChoiceSet", "style": style, "wrap": True, "choices": choices}


def _begin(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
