"""What a picture shows, as plain values: words in its reader's language, and shares of a goal.

A share is a fraction of the goal: 1.0 is the goal, and it may be more. Nothing here is drawn; that
is for whoever shows it.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Discriminator, TypeAdapter


class Tone(StrEnum):
    """The colour that goes with a word; never without the word."""

    NEUTRAL = "neutral"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Bar:
    """A target: its name, what is reached in words, and how it stands.

    ``share`` is None where there is no figure, ``expected`` where nothing is expected by now.
    """

    title: str
    text: str
    status: str
    tone: Tone
    share: float | None = None
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """Bars below each other, a ``heading`` over some; the labels are those of the key.

    ``brief``: each in one line, to be taken in at a glance.
    """

    title: str
    bars: tuple[tuple[str, tuple[Bar, ...]], ...]  # (heading or "", its bars)
    reached: str
    expected: str
    goal: str
    brief: bool = False
    chart: Literal["bullets"] = field(default="bullets", kw_only=True)


Point = tuple[float, float]  # how much of the period is over, and the share of the goal


@dataclass(frozen=True, slots=True)
class Curve:
    """One target over the period: what was reached, what is expected, and where it leads.

    ``says`` is where it stands, in words.

    ``months`` and ``amounts`` label the axes, each at its place (0.0 to 1.0) or its share.
    ``forecast`` is low, mean and high at the end, from the last point of ``line`` on.
    """

    title: str
    says: str
    line: tuple[Point, ...]
    pace: tuple[Point, ...]
    forecast: tuple[float, float, float] | None
    months: tuple[tuple[float, str], ...]
    amounts: tuple[tuple[float, str], ...]
    reached: str
    expected: str
    leads_to: str
    goal: str
    chart: Literal["curve"] = field(default="curve", kw_only=True)


Chart = Annotated[Bullets | Curve, Discriminator("chart")]
_CHART: TypeAdapter[Chart] = TypeAdapter(Chart)


def written(chart: Chart) -> str:
    """The chart as JSON."""
    return _CHART.dump_json(chart).decode()


def read(content: str) -> Chart:
    """The chart of such JSON. Raises ValueError."""
    return _CHART.validate_json(content)
