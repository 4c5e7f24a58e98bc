"""Any sequence of surveys, rosters and completions beside an oracle that keeps them in lists."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from storage import figures, missing, records, rosters, surveys
from storage.engine import Tx
from storage.people import TeamRole
from storage.plan_files import load_plans
from storage.rosters import Member
from storage.surveys import SURVEY, Completion, Survey
from tests.new_database import new_database
from tests.storage.making import NOW, meet

PLAN = load_plans(None).get("clc-2024-25")
ROLES = {"survey-cdas": "cda", "journals-cdas": "cda", "survey-principals": "principal"}
FIRST = date(2025, 1, 1)

days = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
some = st.none() | days
members = st.tuples(
    st.sampled_from(["cda", "principal"]), some, some, st.booleans()
)  # role, starts, ends, another stay of the one before
sent = st.tuples(st.sampled_from(sorted(ROLES)), days)
handed_in = st.tuples(
    st.integers(0, 9), st.sets(st.integers(0, 9), min_size=1, max_size=5), days
)  # which survey, which members, when
taken_back = st.tuples(st.sampled_from(["survey", "act"]), st.integers(0, 9))


@dataclass
class Lists:
    """What was done, as it was told."""

    members: list[tuple[int, str, date, date, int]] = field(default_factory=list)
    surveys: dict[int, tuple[str, date]] = field(default_factory=dict)
    acts: dict[int, tuple[int, set[int], date]] = field(default_factory=dict)

    def roster(self, role: str, day: date) -> set[int]:
        """The humans of a role on a day."""
        return {h for _, r, starts, ends, h in self.members if r == role and starts <= day <= ends}

    def done(self, survey: int, at: date) -> set[int]:
        """The humans who handed a survey in by a day."""
        humans = {id: human for id, _, _, _, human in self.members}
        acts = [them for of, them, day in self.acts.values() if of == survey and day <= at]
        return {humans[member] for them in acts for member in them}

    def share(self, target: str, at: date) -> tuple[int, int]:
        """The numerator and the denominator in the words of the domain's table."""
        role = ROLES[target]
        out = sorted(
            (opened, id) for id, (t, opened) in self.surveys.items() if t == target and opened <= at
        )
        if target.startswith("journals"):
            if not out:
                return 0, 0
            last = self.roster(role, out[-1][0])
            every = {h for h in last if all(h in self.done(id, at) for _, id in out)}
            return len(every), len(last)
        each = [(self.roster(role, opened), self.done(id, at)) for opened, id in out]
        return sum(len(them & done) for them, done in each), sum(len(them) for them, _ in each)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(members, min_size=1, max_size=8),
    st.lists(sent, min_size=1, max_size=5),
    st.lists(handed_in, max_size=8),
    st.lists(taken_back, max_size=4),
    days,
)
def test_figures_are_what_the_table_says_and_lack_who_is_missing(
    enrolled: list[tuple[str, date | None, date | None, bool]],
    out: list[tuple[str, date]],
    done: list[tuple[int, set[int], date]],
    back: list[tuple[str, int]],
    at: date,
) -> None:
    with new_database() as tx:
        lists = _record(tx, enrolled, out, done, back)
        assert list(surveys.wrong(tx)) == []
        shown = {one.target.id: one for one in figures.read(tx, PLAN, at)}
        for target in ROLES:
            some, of = lists.share(target, at)
            figure = shown[target]
            assert (figure.numerator, figure.denominator) == (some, of)
            assert figure.actual == (Fraction(some, of) if of else None)
        for figure in shown.values():
            if figure.target.among.partition(":")[0] in ("roster", "new"):
                assert figure.numerator is not None
                assert figure.denominator is not None
                lacking = figure.denominator - figure.numerator
                assert lacking == _missing(tx, figure, at)


def _missing(tx: Tx, figure: figures.Figure, at: date) -> int:
    """How many are listed as missing from a target; of journals each human once."""
    gaps = list(missing.of_target(tx, PLAN, figure.target, at))
    if not figure.target.every:
        assert sum(gap.asked for gap in gaps) == figure.denominator
        return sum(len(gap.there) + gap.left for gap in gaps)
    there = {rosters.human(tx, one.id) for gap in gaps for one in gap.there}
    role = figure.target.among.partition(":")[2]
    on_now = surveys.asked(tx, role, at)
    newest = surveys.of_target(tx, figure.target.id, PLAN.starts, at)
    asked = surveys.asked(tx, role, newest[-1].says.opened) if newest else {}
    dones = [surveys.completed(tx, one.id, at).keys() for one in newest]
    left = {h for h in asked if h not in on_now and any(h not in each for each in dones)}
    assert there <= asked.keys()
    return len(there) + len(left)


def _record(
    tx: Tx,
    enrolled: list[tuple[str, date | None, date | None, bool]],
    out: list[tuple[str, date]],
    done: list[tuple[int, set[int], date]],
    back: list[tuple[str, int]],
) -> Lists:
    """Do it all in the store, and tell the lists."""
    sam, lists = meet(tx, "Sam", TeamRole.MANAGER), Lists()
    for id, role, starts, ends, human in _members(tx, enrolled):
        lists.members.append((id, role, starts, ends, human))
    for target, opened in out:
        id = records.add(tx, SURVEY, Survey(target, "A survey", opened), sam, NOW).id
        lists.surveys[id] = target, opened
    sent_ids = list(lists.surveys)
    for which, whom, day in done:
        survey = sent_ids[which % len(sent_ids)]
        them = {lists.members[n % len(lists.members)][0] for n in whom}
        says = Completion(survey, tuple((member, day) for member in sorted(them)))
        act = surveys.complete(tx, says, sam, NOW)
        if act is not None:
            lists.acts[act.id] = survey, them, day
    act_ids = list(lists.acts)
    for kind, which in back:
        if kind == "survey" and (id := sent_ids[which % len(sent_ids)]) in lists.surveys:
            records.void(tx, SURVEY, id, 1, sam, NOW)
            del lists.surveys[id]
        elif kind == "act" and act_ids and (id := act_ids[which % len(act_ids)]) in lists.acts:
            surveys.void(tx, id, 1, sam, NOW)
            del lists.acts[id]
    return lists


def _members(
    tx: Tx, enrolled: list[tuple[str, date | None, date | None, bool]]
) -> Iterator[tuple[int, str, date, date, int]]:
    sam = meet(tx, "Sam", TeamRole.MANAGER)
    human = 0
    for role, starts, ends, again in enrolled:
        if starts and ends and ends < starts:
            ends = None
        same_as = human if again else 0
        says = Member("Somebody", role=role, starts=starts, ends=ends, same_as=same_as)
        id = rosters.add(tx, says, sam, NOW).id
        human = same_as or id
        yield id, role, starts or date.min, ends or date.max, human
