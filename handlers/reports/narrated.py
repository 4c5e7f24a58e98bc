"""A report for which narratives are written, and what it says of a target by now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handlers.chat import values
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.progress import words
from handlers.progress.choosing import chosen_plan, strands
from handlers.reports.told import carried as carried_of
from storage import figures, narratives, report
from storage.calendar import Calendar
from storage.engine import Tx
from storage.figures import Figure
from storage.narratives import Narrative
from storage.plan import Plan, Target
from storage.records import Record
from storage.report import NoSuchReport
from storage.report_kinds import ReportKind


@dataclass(frozen=True, slots=True)
class Which:
    """A report, and the day on which it was sent."""

    plan: Plan
    kind: ReportKind
    number: int
    sent: date | None

    @property
    def values(self) -> dict[str, str]:
        """What a button on it carries."""
        return carried_of(self.plan, self.kind, self.number)


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says of a target, beside its figure today; ``before``: what the last one said.

    ``next`` is a target of which nothing is said yet.
    """

    which: Which
    target: Target
    figure: Figure
    record: Record[Narrative] | None
    before: Narrative | None
    next: Target | None

    @property
    def version(self) -> int:
        """The version of what is said, 0 for nothing."""
        return self.record.version if self.record and self.record.voided is None else 0

    @property
    def text(self) -> str:
        """What is said by now."""
        return self.record.says.text if self.record and self.record.voided is None else ""


def one(tx: Tx, ctx: Context, plan: Plan, kind: ReportKind, number: int) -> Which:
    """A report. Raises UserError where there is none, and for who does not write narratives."""
    may(ctx)
    try:
        sent = report.period_of(tx, plan, kind, number, ctx.today).sent
    except NoSuchReport:
        raise UserError("errors.no_such_button") from None
    return Which(plan, kind, number, sent)


def carried(tx: Tx, ctx: Context, of: Mapping[str, str]) -> Which:
    """The report that a button carried. Raises UserError."""
    may(ctx)
    number = values.whole(of, "number")
    try:
        kind = ReportKind(values.text(of, "kind"))
    except ValueError:
        raise UserError("errors.no_such_button") from None
    if kind is ReportKind.ANNUAL and number:
        raise UserError("errors.no_such_button")
    return one(tx, ctx, chosen_plan(ctx, of), kind, number)


def upcoming(tx: Tx, ctx: Context, plan: Plan) -> Which:
    """The first progress report that was not sent; else the year-end one."""
    number = report.unsent(tx, plan)
    kind = ReportKind.ANNUAL if number is None else ReportKind.PROGRESS
    return one(tx, ctx, plan, kind, number or 0)


def numbers(plan: Plan) -> range:
    """The numbers of a plan's progress reports."""
    reports = report.reports_of(plan)
    return range(1, int(reports.goal) + 1 if reports else 1)


def may(ctx: Context) -> None:
    """Raise UserError for who writes no narratives."""
    if not ctx.person.role.manages:
        raise UserError("narrative.refused")


def told(
    tx: Tx, ctx: Context, which: Which, target: Target, record: Record[Narrative] | None = None
) -> Told:
    """What a report says of a target; ``record`` where one was just written or taken back."""
    of = which.plan.id, which.kind, which.number
    kept = narratives.of_report(tx, *of)
    figure = figures.of_target(tx, which.plan, target, Calendar(which.plan), ctx.today)
    before = narratives.before(tx, *of, target.id)
    rows = in_order(which.plan)
    at = rows.index(target)
    left = (row for row in [*rows[at + 1 :], *rows[:at]] if row.id not in kept)
    return Told(
        which,
        target,
        words.seen(ctx, figure),
        record or kept.get(target.id),
        before and before.says,
        next(left, None),
    )


def in_order(plan: Plan) -> list[Target]:
    """A plan's targets as its strands stand."""
    of, order = strands(plan), [one.id for one in plan.strand]
    return sorted(plan.target, key=lambda one: order.index(of[one.id]))
