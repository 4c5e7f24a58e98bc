"""The pieces of Adaptive Cards that cards and forms are made of.

What people typed stands only in text runs, button titles and inputs, which Teams shows as they are:
nothing in them is read as markdown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.cutting import cut, pack
from bot.packing import compact
from bot.teams import limits
from handlers.chat.cards import Action, Card, Form, Style, Tone
from handlers.chat.plain import plain

Json = dict[str, Any]

COLOURS = {Tone.GOOD: "good", Tone.WARN: "warning", Tone.BAD: "attention", Tone.NEUTRAL: "default"}
_STYLES = {Style.PRIMARY: "positive", Style.DANGER: "destructive"}
# {{DATE(…)}} and {{TIME(…)}} become dates even in text runs; ${…} is what templates fill in.
_FUNCTION = re.compile(r"(?<=[{$])(?=\{)")
_BREAKS_IT = "\u200c"  # an unseen character
_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")
_SPACES = re.compile(r" (?= )")
# In a text of these characters alone nothing is markdown, a link or a function.
_HARMLESS = re.compile(
    r"(?!\d+\.\s)(?:[^\W_]|[ \u00a0\u202f,;:’'“”«»()%?…·–—&]|\.(?=\s|$)|(?<=\d)\.(?=\d)"
    r"|/(?!/)|(?<=\w)-(?=\w))+"
)
_ENTITY = re.compile(r"&\w+;")


def size(piece: Json) -> int:
    """The bytes that it takes in a card, with the comma after it."""
    return len(compact(piece).encode()) + 1


def as_is(text: str) -> str:
    """The text such that no function in it is carried out, and no space goes lost."""
    return _SPACES.sub("\u00a0", _FUNCTION.sub(_BREAKS_IT, text))


def short(text: str, most: int) -> str:
    """The text in one line, cut with an ellipsis where it is longer; never empty."""
    text = one_line(text)
    return as_is(text if len(text) <= most else f"{text[: most - 1]}…") or "…"


def one_line(text: str) -> str:
    """The text without its line breaks; its no-break spaces stay."""
    return _BREAKS.sub(" ", text).strip()


def run(text: str, **looks: Any) -> Json:
    """Text that looks the same from its first character to its last."""
    return {"type": "TextRun", "text": as_is(text), **looks}


def line(*runs: Json, **settings: Any) -> Json:
    """Runs one after the other, wrapped where they are too long."""
    return {"type": "RichTextBlock", "inlines": [*runs], **settings}


def lines(text: str, **looks: Any) -> list[Json]:
    """The text, each of its lines apart; a space above the first and after each empty line."""
    made: list[Json] = []
    apart = True
    for written in text.splitlines():
        for piece in cut(written, limits.LINE):
            if piece.strip():
                piece = f"\u00a0{piece[1:]}" if piece.startswith(" ") else piece
                made.append(line(run(piece, **looks), **({} if apart else {"spacing": "none"})))
                apart = False
        apart = apart or not written.strip()
    return made


def heading(text: str, text_size: str) -> list[Json]:
    """A title, which screen readers find as one where no character of it could be markdown."""
    if text.strip() and len(text) <= limits.LINE and is_harmless(text):
        return [
            {
                "type": "TextBlock",
                "text": text.strip(),
                "style": "heading",
                "size": text_size,
                "weight": "bolder",
                "wrap": True,
            }
        ]
    return lines(text, size=text_size, weight="bolder")


def is_harmless(text: str) -> bool:
    """Whether Teams shows the text as it is where it reads markdown."""
    return _HARMLESS.fullmatch(text) is not None and _ENTITY.search(text) is None


def button(action: Action) -> Json:
    """A button that carries its action's values: at most ``VALUE_LIMIT`` characters of JSON."""
    made = execute(action.name, action.values)
    made["title"] = short(action.label, limits.BUTTON)
    if action.style is not Style.PLAIN:
        made["style"] = _STYLES[action.style]
    if action.hint:
        # Some screen readers say it in place of the label.
        made["tooltip"] = short(f"{action.label} {action.hint}", limits.TOOLTIP)
    return made


def execute(name: str, values: Mapping[str, str]) -> Json:
    """What sends a name and values back, and no input's value."""
    return {
        "type": "Action.Execute",
        "verb": name,
        "data": {"jalon": {"values": dict(values)}},
        "associatedInputs": "none",
    }


def buttons(actions: Iterable[Action]) -> Iterator[Json]:
    """Rows of buttons, each row as wide as a phone at most."""
    rows = pack(
        map(button, actions),
        _width,
        limits.ROW_OF_BUTTONS,
        limits.BUTTONS,
    )
    for row in rows:
        yield {"type": "ActionSet", "actions": row}


def _width(button: Json) -> int:
    """What it takes of a row: the characters of its label, or more where it carries much."""
    carried = compact(button["data"]["jalon"]["values"])
    assert len(carried) <= limits.VALUE_LIMIT, button["verb"]
    return max(len(button["title"]) + limits.A_BUTTON, len(carried) // 100)


def card(says: Card | Form, language: str, body: list[Json], **more: Any) -> Json:
    """An Adaptive Card; the first of its words stand in for it where none can be shown."""
    words = plain(says)
    if len(words) > limits.FALLBACK:
        words = f"{words[: limits.FALLBACK - 1]}…"
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "lang": language,
        "fallbackText": as_is(words),
        "body": body,
        **more,
    }
