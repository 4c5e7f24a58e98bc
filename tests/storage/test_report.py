"""A report's numbers on the sample year against the oracle's; its period, and what is beside."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import sample
from storage import documents, report
from storage.documents import Document
from storage.engine import Store, Tx
from storage.people import Person
from storage.plan import EntryKind, Shows
from storage.plan_files import load_plans
from storage.report import NoSuchReport, Report, ReportKind
from storage.reported import Annex, Number, Pair
from tests import oracle, plain_lists
from tests.storage.making import NOW

PLANS = load_plans(None)
PLAN = PLANS.get("clc-2024-25")
TODAY = date(2025, 2, 12)
ALL = [(ReportKind.PROGRESS, 1), (ReportKind.PROGRESS, 2), (ReportKind.PROGRESS, 3)]
ALL += [(ReportKind.ANNUAL, 0)]


@pytest.fixture
async def year(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(tmp_path)
    await sample.fill(store, PLANS)
    yield store
    await store.close()


def check(made: Report, lists: oracle.Lists) -> None:
    """Every figure, and each number beside an indicator and in an annex, counted from the lists."""
    at, day = made.period.at, timedelta(days=1)
    expected = oracle.reached(lists, at)
    assert sorted(one.figure.target.id for one in made.targets) == sorted(expected)
    before = oracle.reached(lists, made.period.first - day)
    for one in made.targets:
        figure = one.figure
        parts = tuple(int(part.actual or 0) for part in figure.parts)
        found = oracle.Reached(figure.actual, (figure.numerator, figure.denominator), parts)
        assert (figure.target.id, found) == (figure.target.id, expected[figure.target.id])
        if one.before:
            assert one.before.actual == before[figure.target.id].actual
    for strand in made.strands:
        for objective in strand.objectives:
            for strategy in objective.strategies:
                for one in strategy.indicators:
                    if one.indicator.shows in BESIDE:
                        target = one.indicator.of or sessions_of(strategy)
                        value = BESIDE[one.indicator.shows](lists, target, at)
                        assert (one.indicator.id, one.value) == (one.indicator.id, value)
                    else:
                        assert one.value is not None, one.indicator.id
    check_annexes(made, lists)


def sessions_of(strategy: report.OfStrategy) -> str:
    ids = [one.figure.target.id for one in strategy.targets]
    return next((id for id in ids if id in oracle.SESSIONS), ids[0] if ids else "")


def check_annexes(made: Report, lists: oracle.Lists) -> None:
    at, annexes = made.period.at, made.annexes
    for id in oracle.SESSIONS:
        held = oracle.held(lists, id, at)
        mine = [one for one in annexes.sessions if one.target.id == id]
        assert sorted(one.held.last for one in mine) == sorted(
            max(day for day, _ in one.days) for one in held
        )
        assert sum(one.held.participants or 0 for one in mine) == sum(
            one.participants for one in held
        )
        replies = (
            sum(one.held.asked for one in mine),
            sum(one.held.answered for one in mine),
            sum(one.held.positive for one in mine),
        )
        assert replies == oracle.replies(held)
    minutes = {kind: int((oracle.reached(lists, at)[id].actual or 0) * 60) for id, kind in HOURS}
    support = annexes.accompaniment
    for lines in (support.boards, support.roles, support.objectives):
        assert sum(one.minutes for one in lines) == minutes[EntryKind.ACCOMPANIMENT]
    assert sum(one.support.minutes for one in annexes.partners) == minutes[EntryKind.PARTNER]
    tools = [one for one in annexes.outputs if one.is_published]
    assert len(tools) == sum(int(oracle.reached(lists, at)[id].actual or 0) for id in oracle.TOOLS)


HOURS = [(id, EntryKind(kind)) for id, kind in oracle.HOURS.items()]
BESIDE = {
    Shows.SESSIONS: lambda lists, id, at: Number(len(oracle.held(lists, id, at))),
    Shows.PARTICIPANTS: lambda lists, id, at: Number(
        sum(one.participants for one in oracle.held(lists, id, at))
    ),
    Shows.RESPONSE: lambda lists, id, at: Pair(*oracle.replies(oracle.held(lists, id, at))[1::-1]),
    Shows.POSITIVE: lambda lists, id, at: Pair(
        *oracle.replies(oracle.held(lists, id, at))[:0:-1], replies=True
    ),
    Shows.OUTPUTS: lambda lists, id, at: Number(int(oracle.reached(lists, at)[id].actual or 0)),
    Shows.AGREEMENTS: lambda lists, id, at: Number(
        int(oracle.reached(lists, at)["partner-agreements"].actual or 0)
    ),
    Shows.SENT: lambda lists, id, at: Number(
        int(oracle.reached(lists, at)["dsrea-reports"].actual or 0)
    ),
}


@pytest.mark.parametrize("today", [TODAY, date(2025, 7, 3)])
@pytest.mark.parametrize(("kind", "number"), ALL)
async def test_each_number_on_the_sample_year_is_the_oracles(
    year: Store, kind: ReportKind, number: int, today: date
) -> None:
    made = await year.read(report.read, PLAN, kind, number, today)
    lists = await year.read(plain_lists.of)
    assert len(lists.hours) > 100
    assert len(lists.sessions) > 10
    check(made, lists)


@pytest.fixture
def sent(tx: Tx, sam: Person) -> Tx:
    says = Document(PLAN.id, "dsrea-reports", 1, sent=date(2024, 12, 10))
    documents.mark(tx, says, 0, sam, NOW)
    return tx


def test_a_progress_report_goes_on_where_the_one_before_ended(sent: Tx) -> None:
    """One that was sent speaks for that day; another until it is due, as far as that is over."""
    days = [
        report.period_of(sent, PLAN, ReportKind.PROGRESS, number, date(2025, 4, 1))
        for number in (1, 2, 3)
    ]
    assert [(one.first, one.at) for one in days] == [
        (date(2024, 7, 1), date(2024, 12, 10)),
        (date(2024, 12, 11), date(2025, 3, 14)),
        (date(2025, 3, 15), date(2025, 4, 1)),
    ]
    assert [one.sent for one in days] == [date(2024, 12, 10), None, None]
    assert [one.milestone and one.milestone.id for one in days] == [
        "report-1", "report-2", "report-3",
    ]  # fmt: skip


def test_the_year_end_report_is_of_the_whole_plan(tx: Tx) -> None:
    made = report.read(tx, PLAN, ReportKind.ANNUAL, 0, date(2025, 6, 20))
    assert (made.period.first, made.period.at) == (PLAN.starts, date(2025, 6, 20))
    assert all(one.before is None for one in made.targets)


def test_a_plan_has_the_reports_that_it_asks_for(tx: Tx) -> None:
    for number in (0, 4):
        with pytest.raises(NoSuchReport, match="asks for 3 progress reports"):
            report.read(tx, PLAN, ReportKind.PROGRESS, number, TODAY)
    other = PLANS.get("wellbeing-communities-2021-24")
    with pytest.raises(NoSuchReport, match="asks for no progress reports"):
        report.read(tx, other, ReportKind.PROGRESS, 1, TODAY)
    made = report.read(tx, other, ReportKind.ANNUAL, 0, TODAY)
    assert {one.figure.target for one in made.targets} == {*other.target}


def test_what_has_no_number_names_the_annex_that_lists_it(tx: Tx) -> None:
    made = report.read(tx, PLAN, ReportKind.ANNUAL, 0, TODAY)
    beside = {
        one.indicator.id: one.value
        for strand in made.strands
        for objective in strand.objectives
        for strategy in objective.strategies
        for one in strategy.indicators
    }
    assert beside["cegep-theme"] is Annex.SESSIONS
    assert beside["support-purpose"] is Annex.PARTNERS
    assert beside["publication-dates"] is Annex.OUTPUTS
    assert beside["website-descriptions"] is Annex.SITE
    assert beside["accompaniment-objective"] is Annex.ACCOMPANIMENT
