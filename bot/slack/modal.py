"""Shows a form as a modal, and reads what was filled in back from it.

An option's value is the input's own after ``=``: Slack takes no empty one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, assert_never

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from bot.slack import limits
from bot.slack.kit import Json, context, header, plain_text, short
from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.texts import Texts
from handlers.chat.values import is_count, is_day

SEARCH = "search:"  # what an action_id begins with whose options a search finds
MARK = "="
TICKED = "yes"

Choices = Sequence[tuple[str, str]]


class _Chosen(BaseModel):
    value: Annotated[str, StringConstraints(pattern=f"^{MARK}")]


class _Held(BaseModel):
    """What an element of a submitted view holds, whichever of them it is."""

    value: str | None = None
    selected_date: str | None = None
    selected_option: _Chosen | None = None
    selected_options: Sequence[_Chosen] = ()


class _State(BaseModel):
    values: Mapping[str, Annotated[Mapping[str, _Held], Field(min_length=1, max_length=1)]]


class _View(BaseModel):
    state: _State


def view(form: Form, t: Texts, metadata: str) -> Json:
    """The form as a modal; ``metadata`` comes back with it, at most 3000 characters.

    The view's ``callback_id`` is the form's name, a block's ``block_id`` its input's.
    """
    blocks = [header(form.title)] if len(form.title) > limits.MODAL_TITLE else []
    for one in form.inputs:
        blocks += _input(one, t)
    assert len(blocks) <= limits.BLOCKS[limits.Surface.VIEW]
    return {
        "type": "modal",
        "callback_id": form.name,
        "private_metadata": metadata,
        "title": plain_text(form.title, limits.MODAL_TITLE),
        "submit": plain_text(form.submit, limits.MODAL_TITLE),
        "close": plain_text(form.cancel, limits.MODAL_TITLE),
        "blocks": blocks,
    }


def submitted(view: Mapping[str, Any]) -> dict[str, str]:
    """What the inputs of a submitted view hold, by name. Raises ValueError where it is no view."""
    try:
        read = _View.model_validate(view)
    except ValidationError:
        raise ValueError("not a submitted view") from None
    return {name: _value(*held.values()) for name, held in read.state.values.items()}


def errors(form: Form) -> dict[str, str]:
    """What is wrong with each input, as the answer to a submission names them."""
    return {one.name: one.error for one in form.inputs if one.error}


def options(choices: Choices) -> Json:
    """What a search found, as Slack asks for it: the first hundred."""
    return {"options": [_option(*choice) for choice in choices[: limits.OPTIONS]]}


def _input(one: Input, t: Texts) -> Iterator[Json]:
    """The input's block, after what is wrong with it and a value that it cannot hold whole."""
    element = _element(one, t) | {"action_id": one.name}
    if one.search:
        element["action_id"] = f"{SEARCH}{one.search}"
    if one.error:
        yield from context(f"⚠ {one.error}")
    initial = any(name.startswith("initial") for name in element)
    if one.value and not (initial and element.get("initial_value", one.value) == one.value):
        yield from context(t("door.you_gave", value=one.value))
    block = {
        "type": "input",
        "block_id": one.name,
        "label": plain_text(one.label, limits.LABEL),
        "element": element,
        "optional": not one.required,
    }
    if one.hint:
        block["hint"] = plain_text(one.hint, limits.LABEL)
    yield block


def _element(one: Input, t: Texts) -> Json:
    match one.kind:
        case InputKind.TEXT | InputKind.LONG_TEXT:
            many_lines = one.kind is InputKind.LONG_TEXT
            initial = {"initial_value": one.value[: limits.TEXT]} if one.value else {}
            return {"type": "plain_text_input", "multiline": many_lines} | initial
        case InputKind.DATE:
            initial = {"initial_date": one.value} if is_day(one.value) else {}
            return {"type": "datepicker"} | initial
        case InputKind.NUMBER:
            initial = {"initial_value": one.value} if is_count(one.value) else {}
            return {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"} | initial
        case InputKind.CHOICE:
            return _choice(one, t)
        case InputKind.CHOICES:
            chosen = [choice for choice in one.choices if choice[0] in one.value.split(",")]
            initial = {"initial_options": [_option(*choice) for choice in chosen]} if chosen else {}
            few = len(one.choices) <= limits.CHECKBOXES
            kind = "checkboxes" if few else "multi_static_select"
            return {"type": kind} | _offered(one.choices or _no_answer(t)) | initial
        case InputKind.TICK:
            tick = [_option(TICKED, t("door.tick"))]
            initial = {"initial_options": tick} if one.value else {}
            return {"type": "checkboxes", "options": tick} | initial
        case _:
            assert_never(one.kind)


def _choice(one: Input, t: Texts) -> Json:
    """A menu. What is chosen cannot be cleared in Slack: no answer is a choice of its own."""
    choices = [*one.choices]
    if not one.search and "" not in dict(choices) and not (one.required and choices):
        choices = [*_no_answer(t), *choices]
    chosen = [choice for choice in choices if choice[0] == one.value]
    initial = {"initial_option": _option(*chosen[0])} if chosen else {}
    if one.search:
        return {"type": "external_select", "min_query_length": 0} | initial
    return {"type": "static_select"} | _offered(choices) | initial


def _no_answer(t: Texts) -> Choices:
    return [("", t("door.none"))]


def _offered(choices: Choices) -> Json:
    """Up to a hundred options as they are; more of them in groups by what they run from and to."""
    made = [_option(*choice) for choice in choices]
    if len(made) <= limits.OPTIONS:
        return {"options": made}
    groups = [made[at : at + limits.OPTIONS] for at in range(0, len(made), limits.OPTIONS)]
    return {
        "option_groups": [
            {"label": plain_text(_from_to(group), limits.BUTTON), "options": group}
            for group in groups
        ]
    }


def _from_to(group: Sequence[Json]) -> str:
    ends = (group[0]["text"]["text"], group[-1]["text"]["text"])
    return " – ".join(short(text, limits.BUTTON // 2 - 1) for text in ends)


def _option(value: str, label: str) -> Json:
    assert len(value) < limits.OPTION_VALUE, label
    return {"text": plain_text(label, limits.BUTTON), "value": f"{MARK}{value}"}


def _value(held: _Held) -> str:
    chosen = [held.selected_option] if held.selected_option else held.selected_options
    texts = [one.value.removeprefix(MARK) for one in chosen]
    return held.value or held.selected_date or ",".join(texts)
