"""Holds that every pair of colours the playground uses can be read, in light and in dark."""

import re
from pathlib import Path

import pytest

from bot.web import cast

CSS = (Path(cast.__file__).parent / "static" / "playground.css").read_text("utf-8")
BACKGROUNDS = ("ground", "paper", "raised")
TEXTS = ("ink", "soft", "accent", "neutral", "good", "warn", "bad")
PAIRS = [
    *((text, back) for text in TEXTS for back in BACKGROUNDS),
    ("on-accent", "accent"),
    ("on-deep", "deep"),
    ("on-deep", "deep-over"),
    ("on-deep-soft", "deep"),
]


def colour(name: str, dark: bool) -> str:
    value = re.search(rf"--{name}: (.+?);", CSS)
    assert value is not None, name
    hexes = re.findall(r"#[0-9a-f]{6}", value[1])
    return hexes[-1] if dark else hexes[0]


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(hexes: str) -> float:
    parts = [int(hexes[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "back"), PAIRS)
def test_text_can_be_read(text: str, back: str, dark: bool):
    assert contrast(colour(text, dark), colour(back, dark)) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("back", BACKGROUNDS)
def test_the_edges_of_what_can_be_pressed_can_be_seen(back: str, dark: bool):
    assert contrast(colour("edge", dark), colour(back, dark)) >= 3


@pytest.mark.parametrize("number", range(len(cast.CAST)))
def test_initials_can_be_read(number: int):
    face = re.search(rf"\.face-{number} {{ background: (#[0-9a-f]{{6}})", CSS)
    assert face is not None
    assert contrast(face[1], "#ffffff") >= 4.5
