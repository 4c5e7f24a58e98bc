"""Which documents the plans ask for, each with its milestone and what is kept of it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.reports import line
from storage import documents
from storage.documents import ANNUAL, Document
from storage.engine import Tx
from storage.plan import CountOf, Milestone, Plan, Target
from storage.plan_files import Plans
from storage.records import Record
from storage.report import ReportKind, document_of, reports_of
from storage.words import fold

STEPS = ("prepared", "sent", "posted")
NEAR = timedelta(days=120)  # before a plan's first day and after its last: one is early, or late


@dataclass(frozen=True, slots=True)
class Due:
    """A document that a plan asks for: its milestone, and what is kept.

    ``target`` is the one it counts for; None of the year-end report, which counts for none.
    """

    plan: Plan
    target: Target | None
    number: int
    milestone: Milestone | None
    record: Record[Document] | None

    @property
    def of(self) -> str:
        """What it is one of: the id of its target, or ANNUAL."""
        return self.target.id if self.target else ANNUAL

    @property
    def report(self) -> tuple[ReportKind, int] | None:
        """Which report it is, by its kind and number; None for the plan itself."""
        if self.target is None:
            return ReportKind.ANNUAL, 0
        reports = reports_of(self.plan)
        is_one = reports and reports.id == self.of and self.number <= reports.goal
        return (ReportKind.PROGRESS, self.number) if is_one else None

    @property
    def says(self) -> Document:
        """What is kept, or that nothing is done yet."""
        return self.record.says if self.record else Document(self.plan.id, self.of, self.number)

    def done(self, step: str) -> date | None:
        """The day on which a step was done."""
        says = self.says
        return {"prepared": says.prepared, "sent": says.sent, "posted": says.posted}[step]


def of_plan(tx: Tx, plan: Plan) -> list[Due]:
    """Every document of a plan, in the order of its targets."""
    found: list[Due] = []
    for target in _targets(plan):
        milestones = [one for one in plan.milestone if one.target == target.id]
        kept = {one.says.number: one for one in documents.of_target(tx, plan.id, target.id)}
        for number in range(1, max(int(target.goal), *kept, 1) + 1):
            due = milestones[number - 1] if number <= len(milestones) else None
            found.append(Due(plan, target, number, due, kept.get(number)))
    due = next((one for one in plan.milestone if one.id == ANNUAL), None)
    found.append(Due(plan, None, 1, due, documents.of(tx, plan.id, ANNUAL, 1)))
    return found


def of_report(tx: Tx, plan: Plan, kind: ReportKind, number: int) -> Due:
    """The document that a report is. Raises NoSuchReport."""
    _, of, nth = document_of(plan, kind, number)
    return next(one for one in of_plan(tx, plan) if (one.of, one.number) == (of, nth))


def meant(tx: Tx, plans: Plans, said: line.Said, today: date) -> list[Due]:
    """Those a line may mean: of today's plan; of one just over, or soon to start, if still open."""
    current = plans.current(today)
    near = [one for one in plans.all if one.starts - NEAR <= today <= one.ends + NEAR]
    found = [one for one in of_plan(tx, current) if is_meant(one, said)]
    for plan in near:
        if plan.id != current.id:
            there = [one for one in of_plan(tx, plan) if is_meant(one, said)]
            found += [one for one in there if one.done(said.step) is None]
    return found


def others(plans: Plans, plan: Plan) -> list[Plan]:
    """The other plans that ask for documents, the newest last."""
    return [one for one in plans.all if one.id != plan.id and _targets(one)]


def _targets(plan: Plan) -> list[Target]:
    return [one for one in plan.target if one.counts is CountOf.DOCUMENTS]


def is_meant(due: Due, said: line.Said) -> bool:
    """Whether a line may mean this document: the plan itself, or a report by its number."""
    target = due.target
    if said.annual or target is None:
        return said.annual and target is None
    single = target.goal == 1
    if said.plan:
        names = f"{target.id} {target.name.en} {target.name.fr}"
        return single and "plan" in re.findall(r"\w+", fold(names))
    return said.number is None or (not single and said.number == due.number)
