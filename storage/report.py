"""A report on a plan: its period, each target and indicator where the plan has them, its annexes.

Everything is read in one transaction; no figure is computed here.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from storage import (
    changed_since,
    documents,
    figures,
    indicators,
    narratives,
    report_annexes,
    reported,
    sent_reports,
)
from storage.changed_since import Changes
from storage.engine import Tx
from storage.errors import StorageError
from storage.figure import Figure
from storage.plan import (
    CountOf,
    Indicator,
    Milestone,
    Objective,
    Plan,
    Strand,
    Strategy,
    Target,
)
from storage.report_annexes import Annexes
from storage.report_kinds import ReportKind as ReportKind
from storage.reported import Number, Pair, Value
from storage.sent_reports import Figures, SentReport

DAY = timedelta(days=1)


class NoSuchReport(StorageError):
    """The plan asks for no such report; ``most`` is how many progress reports it asks for."""

    def __init__(self, plan: Plan, most: int) -> None:
        asks = f"{most} progress reports" if most else "no progress reports"
        super().__init__(f"the plan {plan.id} asks for {asks}")
        self.most = most


@dataclass(frozen=True, slots=True)
class Period:
    """From the day after the report before, up to ``at``; ``sent`` once it is marked as sent."""

    first: date
    at: date
    milestone: Milestone | None = None
    sent: date | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """A target's figure, and what it was in the report before, None in the first one.

    ``narrative`` is what managers wrote on it for this report, "" for nothing.
    """

    figure: Figure
    before: Figure | None
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class Indicated:
    """An indicator of the plan, and what stands beside it."""

    indicator: Indicator
    value: Value | None


@dataclass(frozen=True, slots=True)
class OfStrategy:
    """A strategy with its indicators and targets."""

    strategy: Strategy
    indicators: tuple[Indicated, ...]
    targets: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class OfObjective:
    """An objective with its strategies."""

    objective: Objective
    strategies: tuple[OfStrategy, ...]


@dataclass(frozen=True, slots=True)
class OfStrand:
    """A strand with its objectives."""

    strand: Strand
    objectives: tuple[OfObjective, ...]

    @property
    def targets(self) -> tuple[Reached, ...]:
        """Its targets, in the order of their strategies."""
        strategies = [of for objective in self.objectives for of in objective.strategies]
        return tuple(one for of in strategies for one in of.targets)


@dataclass(frozen=True, slots=True)
class Report:
    """A report as of a day. ``number`` is a progress report's, 0 of the year-end one.

    ``sent`` is the report as it was sent, once it was; ``changes`` what is no longer as it was in
    the report that was sent before this one.
    """

    plan: Plan
    kind: ReportKind
    number: int
    period: Period
    strands: tuple[OfStrand, ...]
    annexes: Annexes
    sent: SentReport | None = None
    changes: Changes | None = None

    @property
    def targets(self) -> tuple[Reached, ...]:
        """Every target, in the order of the strands."""
        return tuple(one for strand in self.strands for one in strand.targets)

    @property
    def figures(self) -> Figures:
        """Every figure of it, as it is kept once it is sent."""
        strategies = [
            of
            for strand in self.strands
            for objective in strand.objectives
            for of in objective.strategies
        ]
        return Figures(
            {one.figure.target.id: sent_reports.stood(one.figure) for one in self.targets},
            {
                one.indicator.id: one.value
                for of in strategies
                for one in of.indicators
                if isinstance(one.value, Number | Pair)
            },
        )


def unsent(tx: Tx, plan: Plan) -> int | None:
    """The first progress report that is not marked as sent; None where all are."""
    target = reports_of(plan)
    if target is None:
        return None
    kept = documents.of_target(tx, plan.id, target.id)
    sent = {one.says.number for one in kept if one.says.sent is not None}
    return next((one for one in range(1, int(target.goal) + 1) if one not in sent), None)


def document_of(plan: Plan, kind: ReportKind, number: int) -> tuple[str, str, int]:
    """The document that a report is: its plan, target and number. Raises NoSuchReport."""
    if kind is ReportKind.ANNUAL:
        return plan.id, documents.ANNUAL, 1
    target = reports_of(plan)
    most = int(target.goal) if target else 0
    if target is None or not 1 <= number <= most:
        raise NoSuchReport(plan, most)
    return plan.id, target.id, number


def read(tx: Tx, plan: Plan, kind: ReportKind, number: int, today: date) -> Report:
    """A report as far as it can be told today. Raises NoSuchReport."""
    period = period_of(tx, plan, kind, number, today)
    now = figures.read(tx, plan, period.at)
    before = figures.read(tx, plan, period.first - DAY) if period.first > plan.starts else ()
    known = indicators.read(tx, plan, period.at)
    was = {one.target.id: one for one in before}
    told = narratives.of_report(tx, plan.id, kind, number)
    targets: defaultdict[str, list[Reached]] = defaultdict(list)
    for figure in now:
        id = figure.target.id
        reached = Reached(figure, was.get(id), told[id].says.text if id in told else "")
        targets[figure.target.strategy].append(reached)
    beside: defaultdict[str, list[Indicated]] = defaultdict(list)
    for one in plan.indicator:
        beside[one.strategy].append(Indicated(one, reported.value(plan, one, known)))
    strands = tuple(
        OfStrand(
            strand,
            tuple(
                OfObjective(
                    objective,
                    tuple(
                        OfStrategy(one, tuple(beside[one.id]), tuple(targets[one.id]))
                        for one in plan.strategy
                        if one.objective == objective.id
                    ),
                )
                for objective in plan.objective
                if objective.strand == strand.id
            ),
        )
        for strand in plan.strand
    )
    annexes = report_annexes.read(tx, plan, known, period.at)
    sent = sent_reports.of(tx, *document_of(plan, kind, number))
    earlier = sent_reports.before(tx, plan.id, period.at)
    changes = earlier and changed_since.read(tx, plan, earlier)
    return Report(plan, kind, number, period, strands, annexes, sent, changes)


def reports_of(plan: Plan) -> Target | None:
    """The target that counts the plan's progress reports."""
    counted = (one for one in plan.target if one.counts is CountOf.DOCUMENTS and one.goal > 1)
    return next(counted, None)


def period_of(tx: Tx, plan: Plan, kind: ReportKind, number: int, today: date) -> Period:
    """What a report speaks for. Raises NoSuchReport.

    A progress report: until it was sent, else until it is due, as far as that is over; the
    year-end one: the whole of the plan, as far as it is over.
    """
    document = document_of(plan, kind, number)
    kept = documents.of(tx, *document)
    sent = kept.says.sent if kept else None
    if kind is ReportKind.ANNUAL:
        return Period(plan.starts, max(sent or today, plan.starts), sent=sent)
    due = [one for one in plan.milestone if one.target == document[1]]
    first = plan.starts
    if number > 1:
        earlier = period_of(tx, plan, kind, number - 1, today)
        if earlier.sent is not None or earlier.at < today:
            first = earlier.at + DAY
    milestone = due[number - 1] if number <= len(due) else None
    at = sent or min(milestone.due if milestone else plan.ends, today)
    return Period(min(first, at), at, milestone, sent)
