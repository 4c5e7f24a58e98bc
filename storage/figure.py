"""A figure: what a target has reached on a day, and how it stands."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from storage.plan import GoalPart, Target


class Status(StrEnum):
    """How a target stands."""

    NO_DATA = "no_data"
    NOT_DUE = "not_due"
    OFF_TRACK = "off_track"
    WATCH = "watch"
    ON_TRACK = "on_track"
    AHEAD = "ahead"
    MET = "met"


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the present pace leads by the plan's end, with a range two times in three holds."""

    low: Fraction
    mean: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class PartFigure:
    """A part of a goal that is a goal of its own."""

    part: GoalPart
    actual: Fraction | None


class Other(StrEnum):
    """What else a share can be read as."""

    OF_PARTICIPANTS = "of_participants"  # positive ÷ all who came
    RESPONSE = "response"  # answered ÷ asked
    OF_OFFERED = "of_offered"  # present ÷ those who had started when the last session began
    OF_ASKED_ALL = "of_asked_all"  # did all ÷ those who were there to be asked for each
    STILL_POSSIBLE = "still_possible"  # present at all held so far, while more are to come


@dataclass(frozen=True, slots=True)
class Reading:
    """Another reading of a share, for its detail; a denominator of 0 is no data."""

    of: Other
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One target on one day, in its own unit: hours, a count, or a fraction of 1.

    ``numerator`` and ``denominator`` belong to shares. None stands for what there is none of.
    """

    target: Target
    actual: Fraction | None = None
    expected: Fraction | None = None
    status: Status = Status.NO_DATA
    forecast: Forecast | None = None
    needed_per_week: Fraction | None = None
    numerator: int | None = None
    denominator: int | None = None
    parts: tuple[PartFigure, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def share(self) -> Fraction | None:
        """How much of the goal is reached."""
        return None if self.actual is None else self.actual / self.target.goal
