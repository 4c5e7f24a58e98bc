"""What the bot says: cards made of blocks, buttons and forms, as plain values without markup.

All text is plain text: a door escapes it, and nothing in it is ever read as formatting.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Discriminator

from handlers.chat.charts import Chart
from handlers.chat.charts import Tone as Tone


class Style(StrEnum):
    """How strongly a button invites."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Action:
    """A button: pressing it sends ``name`` and ``values`` back.

    ``hint`` is what a screen reader adds where the label alone is not enough ("Undo" of what?).
    """

    label: str
    name: str
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    style: Style = Style.PLAIN
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``muted`` for what matters less."""

    text: str
    muted: bool = False
    block: Literal["text"] = field(default="text", kw_only=True)


@dataclass(frozen=True, slots=True)
class Said:
    """Words a person typed, given back to them exactly, line breaks included."""

    text: str
    block: Literal["said"] = field(default="said", kw_only=True)


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside a card."""

    text: str
    block: Literal["heading"] = field(default="heading", kw_only=True)


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, in order."""

    rows: tuple[tuple[str, str], ...]
    block: Literal["facts"] = field(default="facts", kw_only=True)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; ``caption`` says what it holds, ``numeric`` columns align right."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    block: Literal["table"] = field(default="table", kw_only=True)


@dataclass(frozen=True, slots=True)
class Progress:
    """A target's line: title, what is reached in words, a bar, and a status word with its tone.

    ``share`` and ``expected`` are fractions of the goal (1.0 is the goal; share may exceed it), or
    None where there is no figure: then no bar is shown.
    """

    title: str
    text: str
    status: str
    tone: Tone
    share: float | None = None
    expected: float | None = None
    detail: str = ""
    actions: tuple[Action, ...] = ()
    block: Literal["progress"] = field(default="progress", kw_only=True)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a list, with its own buttons; ``struck`` when it no longer counts."""

    text: str
    detail: str = ""
    struck: bool = False
    actions: tuple[Action, ...] = ()
    block: Literal["item"] = field(default="item", kw_only=True)


@dataclass(frozen=True, slots=True)
class Example:
    """A line the person can type as it stands; a door may let them press it to try."""

    line: str
    says: str = ""
    block: Literal["example"] = field(default="example", kw_only=True)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart; it is drawn when it is shown. ``alt`` says the same in words.

    ``beside``: it stands beside a card that says what matters without it, and leads to the rest:
    where it can't be shown, no words take its place. ``url`` is set by a door that has an address
    for it.
    """

    chart: Chart
    alt: str
    url: str = ""
    beside: bool = False
    block: Literal["picture"] = field(default="picture", kw_only=True)


# Replies are kept as JSON: there the field ``block`` says which a block is.
Block = Annotated[
    Text | Said | Heading | Facts | Table | Progress | Item | Example | Picture,
    Discriminator("block"),
]


@dataclass(frozen=True, slots=True)
class Card:
    """One thing said: a title, blocks and buttons. ``tone`` colours its edge.

    ``refresh`` brings the card as it is for whoever looks at it; a platform that can asks for it by
    itself.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    actions: tuple[Action, ...] = ()
    tone: Tone = Tone.NEUTRAL
    refresh: Action | None = None
    kind: Literal["card"] = field(default="card", kw_only=True)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures among its blocks."""
        return tuple(block for block in self.blocks if isinstance(block, Picture))


class InputKind(StrEnum):
    """The inputs a form can have. Values travel as text whatever the kind."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"  # ISO date
    NUMBER = "number"  # a whole number, 1 or more
    CHOICE = "choice"  # one of the choices, or "" when not required
    CHOICES = "choices"  # any of the choices, their values joined by commas
    TICK = "tick"  # "yes" or ""


@dataclass(frozen=True, slots=True)
class Input:
    """A question of a form. ``error`` is shown at the input after a submission it spoiled.

    ``search`` names the router's search that finds the choices of a CHOICE as the person types;
    ``choices`` then hold no more than the value that is set.
    """

    name: str
    label: str
    kind: InputKind = InputKind.TEXT
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()  # (value, label)
    required: bool = False
    hint: str = ""
    error: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Questions answered at once; submitting sends ``name``, ``values`` and every input's value."""

    name: str
    title: str
    inputs: tuple[Input, ...]
    submit: str
    cancel: str
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    kind: Literal["form"] = field(default="form", kw_only=True)


@dataclass(frozen=True, slots=True)
class File:
    """A file the bot has made, given out with a card. ``name`` ends in what it is (.csv, .docx)."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one Incoming: a card, or a form to open.

    ``private``: only the person sees it. ``replace``: it takes the place of the card that was
    pressed (or of the form's origin) where there is one. ``refused``: nothing was done, so what was
    filled in stays where it is. ``file`` comes with the card; what changes something gives none, as
    its reply is kept.
    """

    says: Annotated[Card | Form, Discriminator("kind")]
    private: bool = True
    replace: bool = False
    refused: bool = False
    file: File | None = None
