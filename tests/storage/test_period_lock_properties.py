"""Whatever is done to entries around a report that is sent, a plain model says the same.

It asks for a reason just where the report was made from what is changed, and what has changed of
its figures is what the entries say.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import changed_since, documents, entry_changes, figures, period_lock, sent_reports
from storage.documents import Document
from storage.engine import Tx
from storage.entry_changes import Doubt
from storage.people import Person, TeamRole
from storage.period_lock import NeedsReason
from storage.plan_files import load_plans
from storage.sent_reports import Figures, SentReport
from storage.verify import problems
from tests.new_database import new_database
from tests.storage.making import DAY, NOW, draft, meet

PLAN = load_plans(None).get("clc-2024-25")
DOCUMENT = PLAN.id, "dsrea-reports", 1
SURE = frozenset(Doubt)
LATER = DAY + timedelta(days=1)  # the report speaks up to DAY

Step = tuple[str, int, date, int]  # what is done, to which entry, the day and the hours it gets

days = st.sampled_from([DAY - timedelta(days=1), DAY, LATER])
steps = st.lists(
    st.tuples(st.sampled_from(["add", "change", "void", "undo"]), st.integers(0, 3), days,
              st.integers(1, 9)),
    max_size=8,
)  # fmt: skip


@dataclass
class Modelled:
    """An entry: each version it had (its day, its hours, whether it counts), and when it came."""

    versions: list[tuple[date, int, bool]]
    came: list[bool] = field(default_factory=list[bool])  # after the report, for each version

    @property
    def hours(self) -> int:
        """What it adds to the report's figure today."""
        day, hours, counts = self.versions[-1]
        return hours if counts and day <= DAY else 0


def done(
    tx: Tx, by: Person, known: list[Modelled], step: Step, *, after: bool, reasons: int
) -> int:
    """Do a step, as the model does it; how many reasons have been given by then."""
    what, which, day, hours = step
    if what == "add" or which >= len(known):
        says = draft(day=day, minutes=hours * 60)
        entry_changes.add(tx, says, by, NOW, sure=SURE)
        known.append(Modelled([(day, hours, True)], [after]))
        return reasons
    one, id = known[which], which + 1
    now, version = one.versions[-1], len(one.versions)
    if what in ("change", "void") and not now[2]:
        return reasons
    if what == "change":
        become = (day, hours, True)
    elif what == "void" or version == 1:
        become = (now[0], now[1], False)
    else:
        become = one.versions[-2]
    made = one.came[-1] if what == "undo" else one.came[0]
    held = after and not made and min(now[0], become[0]) <= DAY

    def change(tx: Tx) -> None:
        if what == "change":
            says = draft(day=day, minutes=hours * 60)
            entry_changes.change(tx, id, version, says, by, NOW, sure=SURE)
        else:
            (entry_changes.void if what == "void" else entry_changes.undo)(tx, id, version, by, NOW)

    if held:
        tx.run("SAVEPOINT before")
        with pytest.raises(NeedsReason):
            change(tx)
        tx.run("ROLLBACK TO before")
        change(tx.because("It was wrong"))
    else:
        change(tx)
    one.versions.append(become)
    one.came.append(after)
    return reasons + held


def sent(tx: Tx, by: Person) -> SentReport:
    documents.mark(tx, Document(*DOCUMENT, sent=DAY), 0, by, NOW)
    now = {one.target.id: sent_reports.stood(one) for one in figures.read(tx, PLAN, DAY)}
    return sent_reports.freeze(tx, DOCUMENT, (PLAN.starts, DAY), Figures(now, {}), [], by, NOW)


@given(steps, steps)
def test_a_reason_is_asked_where_the_report_was_made_from_it(
    before: list[Step], after: list[Step]
) -> None:
    with new_database() as tx:
        by, known = meet(tx, "Sam", TeamRole.MANAGER), list[Modelled]()
        for step in before:
            done(tx, by, known, step, after=False, reasons=0)
        was = sum(one.hours for one in known)
        report, given_ = sent(tx, by), 0
        for step in after:
            given_ = done(tx, by, known, step, after=True, reasons=given_)
        assert len(period_lock.reasons(tx, report.id)) == given_
        now = sum(one.hours for one in known)
        changes = changed_since.read(tx, PLAN, report)
        assert [(one.was.actual, one.now.actual) for one in changes.targets] == (
            [(Fraction(was), Fraction(now))] if was != now else []
        )
        assert report == sent_reports.of(tx, *DOCUMENT)
        assert problems(tx) == []
