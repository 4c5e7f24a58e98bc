"""A sheet to draw on: words, boxes and lines by matplotlib, in its own font, on its own paper.

The paper is part of the picture, so that it reads the same in a light and in a dark window. Places
are counted from the top left, in units.
"""

# matplotlib's own types are incomplete.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from bisect import bisect
from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, Polygon

PAPER, EDGE, INK, MUTED, TRACK = "#ffffff", "#c3cecb", "#16231f", "#52615c", "#dfe6e4"
FONTS = {bold: f"DejaVuSans{'-Bold' if bold else ''}.ttf" for bold in (False, True)}
UNITS, PIXELS = 100, 1.6  # an inch; of a unit
SPACE = 0.35  # of the size, in the wider of both fonts
ELLIPSIS, UNKNOWN = "…", "□"

Place = tuple[float, float]

mpl.rcdefaults()  # whatever a file of settings on this machine says


def _path(bold: bool) -> Path:
    return Path(mpl.get_data_path(), "fonts", "ttf", FONTS[bold])


def _font(size: float, bold: bool) -> FontProperties:
    return FontProperties(fname=_path(bold), size=size * 72 / UNITS)


_measure = FigureCanvasAgg(Figure(dpi=UNITS)).get_renderer()


@cache
def _known() -> frozenset[int]:
    """The characters that the font has."""
    return frozenset(get_font(_path(False)).get_charmap())


def clean(text: str) -> str:
    """The words on one line; what the font doesn't have is a box."""
    known = _known()
    line = text.replace("\n", " ").replace("\t", " ")
    return "".join(one if ord(one) in known else UNKNOWN for one in line)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide these words are."""
    words = text.split(" ")
    return sum(_word(one, size, bold) for one in words) + size * SPACE * (len(words) - 1)


@lru_cache(2048)  # measuring takes longer than drawing, and the same words come again
def _word(word: str, size: float, bold: bool) -> float:
    wide, _, _ = _measure.get_text_width_height_descent(word, _font(size, bold), False)
    return wide


def wrapped(text: str, size: float, room: float, most: int, *, bold: bool = False) -> list[str]:
    """The words on at most so many lines that fit; what is left over ends in an ellipsis."""
    lines: list[str] = [""]
    for word in clean(text).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]}{ELLIPSIS}"]
    return [_cut(line, size, room, bold) for line in lines]


def _cut(line: str, size: float, room: float, bold: bool) -> str:
    if width(line, size, bold=bold) <= room:
        return line
    line = line.removesuffix(ELLIPSIS)
    fits = bisect(range(len(line)), room, key=lambda n: width(line[:n] + ELLIPSIS, size, bold=bold))
    return line[: max(fits - 1, 0)].rstrip() + ELLIPSIS


class Sheet:
    """One picture being drawn."""

    def __init__(self, wide: float) -> None:
        self._wide = wide
        self._figure = Figure(dpi=PIXELS * UNITS, facecolor=PAPER)
        self._canvas = FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()

    def text(
        self,
        at: Place,
        text: str,
        size: float,
        colour: str = INK,
        *,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        """Words whose line begins (or ends, or has its middle) at a place of its baseline."""
        self._axes.text(
            *at,
            text,
            color=colour,
            fontproperties=_font(size, bold),
            ha=align,
            va="baseline",
            parse_math=False,
        )

    def lines(
        self,
        at: Place,
        text: str,
        size: float,
        room: float,
        most: int,
        colour: str = INK,
        *,
        bold: bool = False,
        apart: float = 5,
    ) -> float:
        """Words on at most so many lines from the top of a place on; where they end."""
        x, y = at
        for line in wrapped(text, size, room, most, bold=bold):
            self.text((x, y + size), line, size, colour, bold=bold)
            y += size + apart
        return y

    def box(self, at: Place, wide: float, high: float, colour: str) -> None:
        """A box with round ends, its top left at a place."""
        if wide <= 0:
            return
        round_ = min(high, wide) / 2
        style = f"round,pad=0,rounding_size={round_}"
        self._axes.add_artist(
            FancyBboxPatch(at, wide, high, boxstyle=style, facecolor=colour, linewidth=0)
        )

    def ring(self, at: Place, radius: float, colour: str) -> None:
        """A ring around a place, paper in it."""
        self._axes.add_artist(
            Circle(at, radius, facecolor=PAPER, edgecolor=colour, linewidth=1.5, zorder=3)
        )

    def line(
        self, places: Sequence[Place], colour: str, thick: float, *, dashed: bool = False
    ) -> None:
        """A line through places; ``thick`` in units."""
        self._axes.add_artist(
            Line2D(
                [x for x, _ in places],
                [y for _, y in places],
                color=colour,
                linewidth=thick * 72 / UNITS,
                linestyle=(0, (4, 2.5)) if dashed else "solid",
                solid_capstyle="butt",
                zorder=2.5,
            )
        )

    def area(self, corners: Sequence[Place], colour: str) -> None:
        """What lies between places."""
        self._axes.add_artist(Polygon(list(corners), facecolor=colour, linewidth=0))

    def png(self, high: float) -> bytes:
        """The picture, so high. It says neither when it was made nor by which version of what."""
        wide = self._wide
        right, bottom = wide - 0.5, high - 0.5
        self.line(((0.5, 0.5), (right, 0.5), (right, bottom), (0.5, bottom), (0.5, 0.5)), EDGE, 1)
        self._figure.set_size_inches(wide / UNITS, high / UNITS)
        self._axes.set_xlim(0, wide)
        self._axes.set_ylim(high, 0)
        made = BytesIO()
        self._canvas.print_png(made, metadata={"Software": None})
        return made.getvalue()
