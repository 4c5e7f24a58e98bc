"""Members who are one human: joined, taken apart, and undone, and every figure follows."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storage import figures, presences, records, rosters, same_people, sessions
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound, StorageError
from storage.limits import Impossible
from storage.people import Person, TeamRole
from storage.plan_files import load_plans
from storage.presences import Attendance, Present
from storage.rosters import Member
from storage.sessions import Day, Session
from storage.verify import problems
from tests.new_database import new_database
from tests.storage.making import DAY, NOW, meet

EXAMPLES = int(os.environ.get("JALON_EXAMPLES", "40"))
PLAN = load_plans(None).get("clc-2024-25")
MEETING = Session("plc-meetings", "PLC", days=(Day(DAY, "", 120),))
NUMBERS = st.integers(1, 5)


@pytest.fixture
def four(tx: Tx, sam: Person) -> Tx:
    """Members 1 to 4."""
    for name in ("Marie Tremblay", "M. Tremblay", "Marie T.", "Lise Roy"):
        rosters.add(tx, Member(name, role="cda"), sam, NOW)
    return tx


def humans(tx: Tx) -> list[int]:
    return [human for _, human in sorted(rosters.humans(tx).items())]


def test_two_members_are_one_and_two_again(four: Tx, sam: Person) -> None:
    made = same_people.join(four, 1, 2, sam, NOW)
    assert humans(four) == [1, 1, 3, 4]
    assert [one.id for one in same_people.others(four, rosters.get(four, 1))] == [2]
    for version, expected in ((1, [1, 2, 3, 4]), (2, [1, 1, 3, 4]), (3, [1, 2, 3, 4])):
        same_people.undo(four, made.id, version, sam, NOW)
        assert humans(four) == expected
    assert same_people.others(four, rosters.get(four, 1)) == []
    assert problems(four) == []


def test_who_is_the_same_as_either_comes_along(four: Tx, sam: Person) -> None:
    same_people.join(four, 2, 3, sam, NOW)
    made = same_people.join(four, 1, 2, sam, NOW)
    assert humans(four) == [1, 1, 1, 4]
    for version, expected in ((1, [1, 2, 2, 4]), (2, [1, 1, 1, 4])):
        same_people.undo(four, made.id, version, sam, NOW)
        assert humans(four) == expected
    same_people.join(four, 4, 3, sam, NOW)
    assert humans(four) == [4, 4, 4, 4]
    assert problems(four) == []


def test_the_first_of_several_is_somebody_else(four: Tx, sam: Person) -> None:
    same_people.join(four, 1, 2, sam, NOW)
    same_people.join(four, 2, 3, sam, NOW)
    made = same_people.part(four, 2, 1, sam, NOW)
    assert humans(four) == [1, 2, 2, 4]
    assert same_people.apart(four) == {(1, 2)}
    same_people.undo(four, made.id, 1, sam, NOW)
    assert humans(four) == [1, 1, 1, 4]
    assert same_people.apart(four) == set()
    same_people.part(four, 1, 2, sam, NOW)
    assert humans(four) == [1, 2, 1, 4]
    assert problems(four) == []


def test_two_who_are_two_are_not_asked_about_again(four: Tx, sam: Person) -> None:
    made = same_people.part(four, 2, 1, sam, NOW)
    assert made.says.changed == ()
    assert (humans(four), same_people.apart(four)) == ([1, 2, 3, 4], {(1, 2)})
    same_people.join(four, 3, 2, sam, NOW)
    assert same_people.apart(four) == {(1, 3)}, "whoever they are now"


def test_what_cannot_be(four: Tx, sam: Person, alex: Person) -> None:
    same_people.join(four, 1, 2, sam, NOW)
    for one, other in ((1, 2), (2, 1), (3, 3)):
        with pytest.raises(Impossible):
            same_people.join(four, one, other, sam, NOW)
    with pytest.raises(Impossible):
        same_people.part(four, 3, 3, sam, NOW)
    records.void(four, rosters.MEMBER, 4, 1, sam, NOW)
    for doing in (same_people.join, same_people.part):
        for one, other in ((1, 4), (4, 1), (1, 99), (99, 1)):
            with pytest.raises(NotFound):
                doing(four, one, other, sam, NOW)
        with pytest.raises(NotAllowed):
            doing(four, 1, 3, alex, NOW)


def test_a_later_decision_is_taken_back_first(four: Tx, sam: Person) -> None:
    first = same_people.join(four, 1, 2, sam, NOW)
    second = same_people.join(four, 3, 1, sam, NOW)
    refused(four, lambda: same_people.undo(four, first.id, 1, sam, NOW))
    same_people.undo(four, second.id, 1, sam, NOW)
    same_people.undo(four, first.id, 1, sam, NOW)
    same_people.join(four, 3, 1, sam, NOW)
    refused(four, lambda: same_people.undo(four, first.id, 2, sam, NOW))
    assert humans(four) == [3, 2, 3, 4]


def test_one_taken_off_comes_back_only_as_who_they_were(four: Tx, sam: Person) -> None:
    same_people.join(four, 1, 2, sam, NOW)
    records.void(four, rosters.MEMBER, 2, 2, sam, NOW)
    same_people.join(four, 3, 1, sam, NOW)
    refused(four, lambda: rosters.undo(four, 2, 3, sam, NOW))


def test_whoever_is_one_is_counted_once(four: Tx, sam: Person) -> None:
    for there in ((1, 2, 4), (2, 4), (1,)):
        made = records.add(four, sessions.KIND, MEETING, sam, NOW)
        present = tuple(Present(0, member) for member in there)
        presences.take(four, Attendance(made.id, present=present), sam, NOW)
    assert always(four) == (0, 3)
    made = same_people.join(four, 1, 2, sam, NOW)
    assert always(four) == (1, 2)
    same_people.undo(four, made.id, 1, sam, NOW)
    assert always(four) == (0, 3)


def refused(tx: Tx, doing: Callable[[], Any]) -> None:
    tx.run("SAVEPOINT unit")
    with pytest.raises(ChangedMeanwhile):
        doing()
    tx.run("ROLLBACK TO unit")
    tx.run("RELEASE unit")


def always(tx: Tx) -> tuple[int | None, int | None]:
    """Who was at every meeting, and who was at any."""
    (figure,) = (one for one in figures.read(tx, PLAN, DAY) if one.target.id == "plc-attend-all")
    return figure.numerator, figure.denominator


@dataclass
class Decided:
    """What the model knows of a decision: who was which human before and after it."""

    before: dict[int, int]
    after: dict[int, int]
    version: int = 1


class Roster(RuleBasedStateMachine):
    """Five members at three meetings are joined, taken apart, taken off, and all that undone."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.tx = self.opened.enter_context(new_database())
        self.sam = meet(self.tx, "Sam", TeamRole.MANAGER)
        self.group = {number: number for number in range(1, 6)}  # each one's human
        self.gone: set[int] = set()
        self.decided: dict[int, Decided] = {}
        self.there: list[set[int]] = []

    def teardown(self) -> None:
        self.opened.close()

    @initialize(there=st.lists(st.sets(NUMBERS), min_size=3, max_size=3))
    def the_year_was(self, there: list[set[int]]) -> None:
        for number in self.group:
            starts = date(2024, 9, 1) if number < 4 else None
            rosters.add(self.tx, Member(f"Member {number}", role="cda", starts=starts), self.sam, 1)
        for members in there:
            made = records.add(self.tx, sessions.KIND, MEETING, self.sam, NOW)
            present = tuple(Present(0, member) for member in sorted(members))
            if present:
                presences.take(self.tx, Attendance(made.id, present=present), self.sam, NOW)
        self.there = there

    @rule(one=NUMBERS, other=NUMBERS)
    def two_are_one(self, one: int, other: int) -> None:
        done = self._try(lambda: same_people.join(self.tx, one, other, self.sam, NOW))
        if {one, other} & self.gone or self.group[one] == self.group[other]:
            assert isinstance(done, StorageError)
            return
        to, was = self.group[one], self.group[other]
        self._decide(
            done.id,
            {id: to if of == was and id not in self.gone else of for id, of in self.group.items()},
        )

    @rule(one=NUMBERS, other=NUMBERS)
    def two_are_two(self, one: int, other: int) -> None:
        done = self._try(lambda: same_people.part(self.tx, one, other, self.sam, NOW))
        if {one, other} & self.gone or one == other:
            assert isinstance(done, StorageError)
            return
        after, was = dict(self.group), self.group[other]
        if self.group[one] == was:
            after[other] = other
            rest = [id for id, of in after.items() if of == was and id not in {*self.gone, other}]
            if was == other:  # they gave it its name
                after |= dict.fromkeys(rest, min(rest))
        self._decide(done.id, after)

    @precondition(lambda self: self.decided)
    @rule(data=st.data())
    def someone_undoes(self, data: st.DataObject) -> None:
        id = data.draw(st.sampled_from(sorted(self.decided)))
        one = self.decided[id]
        to = one.before if one.version % 2 else one.after
        was = one.after if one.version % 2 else one.before
        done = self._try(lambda: same_people.undo(self.tx, id, one.version, self.sam, NOW))
        if isinstance(done, ChangedMeanwhile):
            assert self.group != was or self.gone, "nothing has gone on since, so it can be undone"
            return
        one.version += 1
        for member in self.group:
            if to[member] != was[member]:
                self.group[member] = to[member]

    @rule(who=NUMBERS)
    def someone_is_taken_off(self, who: int) -> None:
        if who in self.gone:
            return
        version = rosters.get(self.tx, who).version
        records.void(self.tx, rosters.MEMBER, who, version, self.sam, NOW)
        self.gone.add(who)

    @invariant()
    def the_store_is_whole(self) -> None:
        assert problems(self.tx) == []

    @invariant()
    def each_figure_is_what_a_naive_count_says(self) -> None:
        who = {id: id if id in self.gone else of for id, of in self.group.items()}
        were = [{who[member] for member in there} for there in self.there]
        if were:
            every = set[int].intersection(*were)
            any_ = set[int].union(*were)
            assert always(self.tx) == (len(every), len(any_))

    def _decide(self, id: int, after: dict[int, int]) -> None:
        self.decided[id] = Decided(dict(self.group), dict(after))
        self.group = dict(after)

    def _try(self, work: Callable[[], Any]) -> Any:
        self.tx.run("SAVEPOINT unit")
        try:
            return work()
        except StorageError as error:
            self.tx.run("ROLLBACK TO unit")
            return error
        finally:
            self.tx.run("RELEASE unit")


TestRoster = Roster.TestCase
TestRoster.settings = settings(max_examples=EXAMPLES, stateful_step_count=20, deadline=None)
