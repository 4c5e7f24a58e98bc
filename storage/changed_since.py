"""What has changed since a report was sent: each figure of it that is another one today."""

from dataclasses import dataclass

from storage import figures, indicators, reported
from storage.engine import Tx
from storage.figure import Figure
from storage.plan import Indicator, Plan, Shows
from storage.reported import Number, Pair
from storage.sent_reports import SentReport

UNDATED = (Shows.POTENTIAL, Shows.TABLES)  # known as they are today, not as they were on a day


@dataclass(frozen=True, slots=True)
class ChangedTarget:
    """A target's figure as it was sent, and what it is today for the same day."""

    was: Figure
    now: Figure


@dataclass(frozen=True, slots=True)
class ChangedIndicator:
    """What was sent beside an indicator, and what it is today for the same day."""

    indicator: Indicator
    was: Number | Pair
    now: Number | Pair


@dataclass(frozen=True, slots=True)
class Changes:
    """What is no longer as it was in a report that was sent."""

    sent: SentReport
    targets: tuple[ChangedTarget, ...]
    indicators: tuple[ChangedIndicator, ...]

    def __bool__(self) -> bool:
        return bool(self.targets or self.indicators)


def read(tx: Tx, plan: Plan, sent: SentReport) -> Changes:
    """The figures of a report that are others today."""
    was, now = sent.figures, figures.read(tx, plan, sent.last)
    known = indicators.read(tx, plan, sent.last)
    dated = (one for one in plan.indicator if one.shows not in UNDATED)
    beside = ((one, reported.value(plan, one, known)) for one in dated)
    return Changes(
        sent,
        tuple(
            ChangedTarget(kept.as_of(one), one)
            for one in now
            if (kept := was.targets.get(one.target.id)) and kept.differs(one)
        ),
        tuple(
            ChangedIndicator(one, kept, value)
            for one, value in beside
            if (kept := was.indicators.get(one.id))
            and isinstance(value, Number | Pair)
            and kept != value
        ),
    )
