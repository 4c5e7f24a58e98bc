"""Shows a form as an Adaptive Card, and reads what was filled in back from it."""

from collections.abc import Mapping, Sequence
from math import isfinite

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.teams import inputs, kit, limits
from bot.teams.inputs import Room
from bot.teams.kit import Json, heading, lines, short, size
from handlers.chat.cards import Form
from handlers.chat.texts import Texts

CANCEL = "teams.cancel"  # the action of a form's cancel button
# The first that the form fits with is taken; our own forms fit with all their words.
ROOMS = (
    Room(limits.CARD, limits.CARD, limits.ERROR),
    Room(4000, 400, limits.ERROR),
    Room(1500, 150, 300),
    Room(500, 40, 200),
    Room(150, 8, 100),
    Room(40, 1, 40),
)


class _Carried(BaseModel):
    model_config = ConfigDict(strict=True)

    values: dict[str, str]
    form: list[str]
    origin: str


class _Submitted(BaseModel):
    jalon: _Carried


def render(form: Form, t: Texts, origin: str = "") -> Json:
    """The form as a card; ``origin`` comes back with it.

    What it carries is at most ``VALUE_LIMIT`` characters of JSON. Where given values or choices are
    too much for a card, it says that it shows but the first of them.
    """
    for room in ROOMS:
        made = _card(form, t, origin, room)
        if size(made) <= limits.CARD:
            return made
    raise AssertionError(form.name)


def submitted(data: Mapping[str, object]) -> tuple[dict[str, str], dict[str, str]]:
    """The values that the form carried, and what each of its inputs holds.

    Raises ValueError where it is no form of ours.
    """
    carried = _read(data)
    return carried.values, {name: _text(data.get(name)) for name in carried.form}


def origin(data: Mapping[str, object]) -> str:
    """What was given to ``render`` as such. Raises ValueError where it is no form of ours."""
    return _read(data).origin


def found(choices: Sequence[tuple[str, str]]) -> list[Json]:
    """What a search found, as Teams asks for it."""
    return [{"title": short(label, limits.CHOICE), "value": value} for value, label in choices]


def _card(form: Form, t: Texts, origin: str, room: Room) -> Json:
    body = heading(short(form.title, limits.LABEL), "large")
    for one in form.inputs:
        body += inputs.show(one, t, room)
    sent = {
        "values": dict(form.values),
        "form": [one.name for one in form.inputs],
        "origin": origin,
    }
    submit = {
        "type": "Action.Execute",
        "verb": form.name,
        "title": short(form.submit, limits.BUTTON),
        "style": "positive",
        "data": {"jalon": sent},
    }
    cancel = {
        "type": "Action.Execute",
        "verb": CANCEL,
        "title": short(form.cancel, limits.BUTTON),
        "associatedInputs": "none",
        "data": {"jalon": sent},
    }
    if wrong := [one.label for one in form.inputs if one.error]:
        # The inputs may be a screen above the button that was pressed.
        says = t("teams.look_again", labels=t.all_of(wrong))
        body += lines(says, color="attention", weight="bolder")
    body.append({"type": "ActionSet", "actions": [submit, cancel]})
    return kit.card(form, t.language, body)


def _read(data: Mapping[str, object]) -> _Carried:
    try:
        return _Submitted.model_validate(data).jalon
    except ValidationError:
        raise ValueError("not a submitted form") from None


def _text(held: object) -> str:
    """What an input holds, as text. A number may come as one; nothing comes from an empty input."""
    match held:
        case None:
            return ""
        case str():
            return held
        case bool():
            pass
        case int():
            return str(held)
        case float() if isfinite(held):
            return str(int(held)) if held.is_integer() else str(held)
        case _:
            pass
    raise ValueError("not what an input holds")
