"""A plan's targets: what is to be reached, and by which measure."""

import math
import re
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    StrictBool,
    model_validator,
)

from storage.network import Closed, Id, Positive, Words


class EntryKind(StrEnum):
    """What logged hours were spent on; an entry is one or the other, never both."""

    ACCOMPANIMENT = "accompaniment"
    PARTNER = "partner"


class Measure(StrEnum):
    """What a target counts, by the table in the domain's reference."""

    SESSIONS = "sessions"
    SHARE = "share"
    OUTPUTS = "outputs"
    HOURS = "hours"
    COUNT = "count"


class CountOf(StrEnum):
    """What a target of measure "count" counts."""

    AGREEMENTS = "agreements"
    DOCUMENTS = "documents"
    PRACTICES = "practices"  # that were published in the plan's dates


def _exact(value: object) -> Fraction:
    """Take 37, 0.75 or "75%" as an exact fraction: 0.1 is one tenth, not the float next to it."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?%", value):
        return Fraction(value.removesuffix("%")) / 100
    if isinstance(value, float) and not math.isfinite(value):
        value = None
    if isinstance(value, int | float | Fraction) and not isinstance(value, bool):
        return Fraction(str(value))
    raise ValueError('must be a number such as 37, or a share such as "75%"')


def _number(goal: Fraction) -> int | float:
    return int(goal) if goal.denominator == 1 else float(goal)


Goal = Annotated[
    Fraction,
    BeforeValidator(_exact),
    Field(gt=0),
    PlainSerializer(_number, return_type=int | float, when_used="json"),
]


Share = Annotated[
    Fraction,
    BeforeValidator(_exact),
    Field(gt=0, le=1),
    PlainSerializer(_number, return_type=int | float, when_used="json"),
]


class GoalPart(Closed):
    """A part of a goal that is a goal of its own."""

    id: Id
    name: Words
    goal: Goal


class Target(Closed):
    """What is to be reached by the plan's end. ``name`` labels it, ``text`` is its full wording.

    ``paced`` targets are expected to grow with the school days; the others come on their
    milestones. ``confirmed`` is false where a goal was carried over from the year before.
    ``among`` is one of "answered", "attended_any", "registered", "members", "recorded",
    "roster:ROLE" and "new:ROLE" (those of the roster who started inside the plan's dates).
    """

    id: Id
    strategy: str
    name: Words
    text: Words
    measure: Measure
    goal: Goal
    paced: StrictBool
    part: tuple[GoalPart, ...] = ()
    entries: EntryKind | None = None  # measure "hours": which entries are summed
    minimum_minutes: Positive | None = None  # measure "sessions": shorter ones don't count
    days: Positive = 1  # measure "sessions": days that make one
    each_community: StrictBool = False  # measure "sessions": the goal is each community's own
    head_counts: StrictBool = False  # measure "sessions": nobody who attends is ever named
    among: Annotated[str, AfterValidator(str.lower)] = (
        ""  # measure "share": who is in the denominator
    )
    counts: CountOf | None = None  # measure "count": of what
    every: StrictBool = False  # among a roster: each of the year's is to be handed in, not any
    of: tuple[str, ...] = ()  # measure "share": the targets whose sessions or outputs it is over
    confirmed: StrictBool = True

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        wrong: list[str] = []
        share, sessions = self.measure is Measure.SHARE, self.measure is Measure.SESSIONS
        if share and self.goal > 1:
            wrong.append('the goal of a share is at most 100%, written "75%"')
        if not share and self.measure is not Measure.HOURS and self.goal.denominator != 1:
            wrong.append(f"the goal of {self.measure} is a whole number")
        if self.part and (total := sum(part.goal for part in self.part)) != self.goal:
            wrong.append(f"the parts add up to {total}, the goal is {self.goal}")
        if (self.measure is Measure.HOURS) != (self.entries is not None):
            kinds = ", ".join(EntryKind)
            wrong.append(f'"entries" ({kinds}) belongs to measure "hours", and only there')
        if (self.measure is Measure.COUNT) != (self.counts is not None):
            kinds = ", ".join(CountOf)
            wrong.append(f'"counts" ({kinds}) belongs to measure "count", and only there')
        if self.every and not self.among.startswith("roster:"):
            wrong.append('"every" belongs to a share that is among a roster')
        if not sessions and (self.minimum_minutes or self.days > 1 or self.head_counts):
            wrong.append('minimum_minutes, days and head_counts belong to measure "sessions"')
        if self.each_community and (not sessions or self.paced or self.part):
            wrong.append('each_community belongs to measure "sessions", not paced, without parts')
        if share != bool(self.among):
            wrong.append('"among" belongs to measure "share", and only there')
        if self.of and not share:
            wrong.append('"of" belongs to measure "share"')
        if wrong:
            raise ValueError("; ".join(wrong))
        return self
