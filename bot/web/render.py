"""Shows cards and forms as HTML. What is said in them is text, and is escaped by the templates."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import assert_never

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from handlers.chat.cards import (
    Block,
    Card,
    Example,
    Facts,
    Form,
    Heading,
    Input,
    InputKind,
    Item,
    Picture,
    Progress,
    Said,
    Table,
    Text,
)
from handlers.chat.charts import Chart
from handlers.chat.texts import Texts

# The address of a picture.
Href = Callable[[Chart], str]


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values), ensure_ascii=False)


TEMPLATES = Environment(
    loader=PackageLoader("bot.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,  # looking at the files anew would cost six calls a card
)
TEMPLATES.filters["json"] = _json
CARDS = TEMPLATES.get_template("cards.html").module


def render(says: Card | Form, t: Texts, scope: str = "form", href: Href | None = None) -> Markup:
    """The card or form as HTML; ``scope`` keeps the ids of two forms on one page apart.

    Without ``href`` a picture is shown as its words.
    """
    match says:
        case Card():
            blocks = [_block(block, t, href) for block in says.blocks]
            return _macro("card", card=says, blocks=blocks)
        case Form():
            inputs = [_input(one, f"{scope}-{n}", t) for n, one in enumerate(says.inputs)]
            names = json.dumps([one.name for one in says.inputs])
            return _macro("form", form=says, inputs=inputs, names=names, id=f"{scope}-title")


def _block(block: Block, t: Texts, href: Href | None) -> Markup:
    match block:
        case Text():
            return _macro("text", block=block)
        case Said():
            return _macro("said", block=block)
        case Heading():
            return _macro("heading", block=block)
        case Facts():
            return _macro("facts", block=block)
        case Table():
            return _macro("table", block=block)
        case Progress():
            return _macro("progress", block=block, bar=_bar(block, t))
        case Item():
            return _macro("item", block=block, t=t)
        case Example():
            return _macro("example", block=block, t=t)
        case Picture():
            if href is None:
                return Markup() if block.beside else _macro("text", block=Text(block.alt))
            return _macro("picture", src=href(block.chart), alt=block.alt)
        case _:
            assert_never(block)


def _bar(block: Progress, t: Texts) -> Markup:
    """The bar with its words, or nothing where there is no figure."""
    if block.share is None:
        return Markup()
    share = t.percent(_exact(block.share))
    if block.expected is None:
        says = t("playground.bar", share=share)
        pace = None
    else:
        says = t("playground.bar_paced", share=share, expected=t.percent(_exact(block.expected)))
        pace = _within(block.expected)
    return _macro("bar", tone=block.tone, filled=_within(block.share), pace=pace, says=says)


def _exact(share: float) -> Fraction:
    return Fraction(repr(share))


def _within(share: float) -> float:
    return round(min(max(share, 0.0), 1.0) * 100, 2)


def _input(one: Input, id: str, t: Texts) -> Markup:
    match one.kind:
        case InputKind.TEXT:
            return _macro("line_input", input=one, id=id, t=t, type="text", mode="text")
        case InputKind.NUMBER:
            # Not type=number: a browser forgets what it cannot read, and we give it back.
            return _macro("line_input", input=one, id=id, t=t, type="text", mode="numeric")
        case InputKind.DATE:
            type = "date" if _is_date_or_empty(one.value) else "text"
            return _macro("line_input", input=one, id=id, t=t, type=type, mode="text")
        case InputKind.LONG_TEXT:
            return _macro("long_input", input=one, id=id, t=t)
        case InputKind.CHOICE:
            return _macro("choice_input", input=one, id=id, t=t)
        case InputKind.CHOICES:
            chosen = one.value.split(",")
            return _macro("choices_input", input=one, id=id, t=t, chosen=chosen)
        case InputKind.TICK:
            return _macro("tick_input", input=one, id=id, t=t)
        case _:
            assert_never(one.kind)


def _is_date_or_empty(value: str) -> bool:
    try:
        return not value or bool(date.fromisoformat(value))
    except ValueError:
        return False


def _macro(name: str, **values: object) -> Markup:
    return getattr(CARDS, name)(**values)
