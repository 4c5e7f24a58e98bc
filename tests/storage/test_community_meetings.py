"""The meetings of each community against a naive count of lists, and how they stand together."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import communities, figures, records, sessions
from storage.community import Community
from storage.engine import Tx
from storage.figures import Figure, Status
from storage.people import Person, TeamRole
from storage.plan import CommunityKind
from storage.plan_errors import PlanError
from storage.plan_files import load_networks, load_plan, load_plans, read_text
from storage.sessions import Day, Session
from tests import oracle
from tests.new_database import new_database
from tests.storage.making import NOW, meet

PLANS = load_plans(None)
PLAN = PLANS.get("wellbeing-communities-2021-24")
TARGET = "community-meetings"
DAYS = tuple(
    date.fromisoformat(day)
    for day in ("2021-06-30", "2021-07-01", "2021-10-20", "2022-05-18", "2023-01-18", "2024-06-30")
)
MILESTONES = sorted(one.due for one in PLAN.milestone if one.target == TARGET)
YEARS = (None, None, (2021, 2023), (2019, 2021), (2023, 2026), (2024, 2026))


@dataclass(frozen=True)
class Meeting:
    """``of`` is which community meets, one beyond the last for none."""

    of: int
    target: str
    days: tuple[date, ...]
    cancelled: bool
    voided: bool


rarely = st.sampled_from([False, False, False, True])
groups = st.tuples(
    st.sampled_from(["", PLAN.id, PLAN.id, "clc-2024-25"]),
    st.sampled_from(YEARS),
    st.sampled_from([TARGET, TARGET, TARGET, "plc-meetings"]),
    rarely,
)
meetings = st.builds(
    Meeting,
    st.integers(0, 3),
    st.sampled_from([TARGET, TARGET, TARGET, "other"]),
    st.sets(st.sampled_from(DAYS), min_size=1, max_size=2).map(lambda days: tuple(sorted(days))),
    rarely,
    rarely,
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(groups, max_size=3),
    st.lists(meetings, max_size=20),
    st.sampled_from([*DAYS, date(2024, 7, 1)]),
)
def test_the_figure_is_what_a_count_of_lists_says(
    there: list[tuple[str, tuple[int, int] | None, str, bool]], held: list[Meeting], at: date
) -> None:
    lists = oracle.Lists()
    with new_database() as tx:
        by = meet(tx, "Sam", TeamRole.MANAGER)
        ids: list[int] = []
        for plan, years, target, voided in there:
            id = form(tx, by, plan=plan, years=years, target=target)
            ids.append(id)
            if not voided:
                lists.communities.append(oracle.Gathers(id, target, plan, years))
        for one in held:
            community = ids[one.of] if one.of < len(ids) else 0
            id = gather(tx, by, community, *one.days, target=one.target, cancelled=one.cancelled)
            if one.voided:
                records.void(tx, sessions.KIND, id, 1, by, NOW)
                continue
            days = [(day, 60) for day in one.days]
            said = oracle.Held(one.target, days, cancelled=one.cancelled, community=community)
            lists.sessions.append(said)
        for voided, id in zip((one[3] for one in there), ids, strict=True):
            if voided:
                records.void(tx, communities.COMMUNITY, id, 1, by, NOW)
        figure = read(tx, at)
    each = oracle.met(lists, PLAN.id, PLAN.starts, PLAN.ends, at)
    said = oracle.together(each)
    parts = {int(one.part.id): (one.actual, one.part.goal) for one in figure.parts}
    assert (figure.actual, parts) == (said.actual, each)
    assert figure.target.goal == (sum(goal for _, goal in each.values()) or 12)


def form(
    tx: Tx,
    by: Person,
    *,
    plan: str = "",
    years: tuple[int, int] | None = None,
    target: str = TARGET,
) -> int:
    """A community; its number."""
    number = len(communities.everyone(tx))
    says = Community(
        f"Group {number}",
        f"Groupe {number}",
        CommunityKind.PRACTICE,
        plan=plan,
        years=years,
        target=target,
    )
    return records.add(tx, communities.COMMUNITY, says, by, NOW).id


def gather(
    tx: Tx, by: Person, community: int, *days: date, target: str = TARGET, cancelled: bool = False
) -> int:
    """A meeting of it, on these days; its number."""
    lasting = tuple(Day(day, "", 60) for day in days)
    says = Session(target, "A title", days=lasting, cancelled=cancelled, community=community)
    return records.add(tx, sessions.KIND, says, by, NOW).id


def read(tx: Tx, at: date) -> Figure:
    return next(one for one in figures.read(tx, PLAN, at) if one.target.id == TARGET)


def test_no_community_is_no_data(tx: Tx, sam: Person) -> None:
    gather(tx, sam, 0, DAYS[2])
    figure = read(tx, PLAN.ends)
    assert (figure.actual, figure.status) == (None, Status.NO_DATA)


@pytest.mark.parametrize(
    ("first", "second", "passed", "status"),
    [
        (0, 0, 0, Status.NOT_DUE),
        (1, 1, 1, Status.ON_TRACK),
        (8, 0, 1, Status.OFF_TRACK),  # the sum would be far ahead
        (12, 4, 4, Status.ON_TRACK),  # one is met, one is not
        (24, 11, 11, Status.ON_TRACK),
        (12, 12, 12, Status.MET),
        (13, 11, 12, Status.OFF_TRACK),
    ],
)
def test_none_makes_up_for_another(
    tx: Tx, sam: Person, first: int, second: int, passed: int, status: Status
) -> None:
    """With so many meetings of each, when so many milestones have passed."""
    for number in (first, second):
        community = form(tx, sam, plan=PLAN.id)
        for _ in range(number):
            gather(tx, sam, community, DAYS[1])
    at = MILESTONES[passed - 1] + timedelta(days=1) if passed else DAYS[1]
    figure = read(tx, at)
    assert figure.status is status
    assert figure.actual == min(first, 12) + min(second, 12)
    assert figure.target.goal == 24


def test_a_community_of_some_of_the_years_is_to_meet_in_those(tx: Tx, sam: Person) -> None:
    community = form(tx, sam, years=(2023, 2023))
    assert read(tx, date(2023, 9, 1)).status is Status.NOT_DUE  # the others' eight have passed
    assert read(tx, date(2023, 10, 19)).status is Status.OFF_TRACK
    for day in MILESTONES[8:]:
        gather(tx, sam, community, day)
    figure = read(tx, PLAN.ends)
    assert (figure.actual, figure.target.goal, figure.status) == (4, Fraction(4), Status.MET)


@pytest.mark.parametrize(
    "wrong", ["paced = true\n", 'paced = false\nmeasure = "outputs"\n'], ids=["paced", "outputs"]
)
def test_what_cannot_be_for_each_community_is_refused(wrong: str) -> None:
    text = read_text(PLANS.files[PLAN.id])
    head, _, rest = text.partition(f'id = "{TARGET}"\nstrategy = "{TARGET}"\nname')
    own, _, after = rest.partition("confirmed")
    if "measure" in wrong:
        own = own.replace('measure = "sessions"\n', "")
    own = own.replace("paced = false\n", wrong)
    changed = f'{head}id = "{TARGET}"\nstrategy = "{TARGET}"\nname{own}confirmed{after}'
    with pytest.raises(PlanError, match="each_community belongs to"):
        load_plan(changed, load_networks(None))
