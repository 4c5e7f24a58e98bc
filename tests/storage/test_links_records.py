"""Two people become one, and two again: so does what they recorded, and what they were asked."""

import os
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from storage import deliveries, feedback, links, records, session_sums, sessions
from storage.addresses import note
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound, StorageError
from storage.feedback import AlreadyAnswered
from storage.outputs import OUTPUT, Output
from storage.people import Person, TeamRole
from storage.session_sums import Sum
from storage.sessions import Day, Session
from storage.verify import problems
from tests.new_database import new_database
from tests.posts import say
from tests.storage.making import DAY, NOW, meet

EXAMPLES = int(os.environ.get("JALON_EXAMPLES", "40"))
MEETING = Session("plc-meetings", "PLC", days=(Day(DAY, "", 120),))
TOOL = Output("cda-tools", "Asset map")


@pytest.fixture
def meeting(tx: Tx, sam: Person) -> int:
    return records.add(tx, sessions.KIND, MEETING, sam, NOW).id


@pytest.fixture
def marie(tx: Tx) -> Person:
    return meet(tx, "Marie")


@pytest.fixture
def tremblay(tx: Tx) -> Person:
    return meet(tx, "Tremblay")


def counts(tx: Tx, session: int) -> tuple[int, int, int]:
    one = session_sums.of_session(tx, session)
    return one.asked, one.answered, one.positive


def test_what_they_recorded_moves_in_the_version_it_has(
    tx: Tx, marie: Person, tremblay: Person, sam: Person
) -> None:
    mine, theirs = (records.add(tx, OUTPUT, TOOL, who, NOW) for who in (marie, tremblay))
    records.change(tx, OUTPUT, theirs.id, 1, replace(TOOL, title="Map"), tremblay, NOW)
    made = links.link(tx, marie.id, tremblay.id, sam, NOW)
    assert made.moved.records == [theirs.id]
    moved = records.get(tx, OUTPUT, theirs.id)
    assert (moved.person, moved.version) == (marie.id, 2)
    assert records.undo(tx, OUTPUT, theirs.id, 2, marie, NOW).says == TOOL, "its receipt works"
    since = records.add(tx, OUTPUT, TOOL, marie, NOW)
    links.undo(tx, made.id, sam, NOW)
    owners = {id: records.get(tx, OUTPUT, id).person for id in (mine.id, theirs.id, since.id)}
    assert owners == {mine.id: marie.id, theirs.id: tremblay.id, since.id: marie.id}
    lines = tx.rows("SELECT action FROM audit WHERE subject = :one", one=f"output/{theirs.id}")
    assert [line["action"] for line in lines] == ["add", "change", "link", "undo", "unlink"]
    assert problems(tx) == []


def test_a_link_from_before_there_were_records_can_be_undone(
    tx: Tx, marie: Person, tremblay: Person, sam: Person
) -> None:
    made = links.link(tx, marie.id, tremblay.id, sam, NOW)
    tx.run("UPDATE links SET moved = replace(moved, ', \"records\": []', '')")
    assert "records" not in tx.rows("SELECT moved FROM links")[0]["moved"]
    assert links.undo(tx, made.id, sam, NOW).moved.records == []


def test_a_record_that_is_left_behind_is_found(
    tx: Tx, marie: Person, tremblay: Person, sam: Person
) -> None:
    records.add(tx, OUTPUT, TOOL, tremblay, NOW)
    links.link(tx, marie.id, tremblay.id, sam, NOW)
    tx.run("UPDATE records SET person = :id", id=tremblay.id)
    found = problems(tx)
    assert f"Person {tremblay.id} was joined to another, and still has something." in found


def test_nothing_is_given_that_is_not_there(tx: Tx, marie: Person, sam: Person) -> None:
    with pytest.raises(NotFound):
        records.give(tx, 7, marie.id, "link", sam, NOW)


def test_both_were_asked_and_are_one(
    tx: Tx, meeting: int, marie: Person, tremblay: Person, sam: Person
) -> None:
    feedback.ask(tx, meeting, [marie.id, tremblay.id])
    feedback.answer(tx, meeting, tremblay, 5, "", NOW)
    made = links.link(tx, marie.id, tremblay.id, sam, NOW)
    assert counts(tx, meeting) == (1, 1, 1)
    assert feedback.asked(tx, meeting) == {marie.id}
    assert feedback.unanswered(tx, meeting) == []
    with pytest.raises(AlreadyAnswered):
        feedback.answer(tx, meeting, marie, 1, "", NOW)
    links.undo(tx, made.id, sam, NOW)
    assert counts(tx, meeting) == (2, 1, 1)
    assert feedback.unanswered(tx, meeting) == [marie.id]
    feedback.answer(tx, meeting, marie, 1, "", NOW)
    assert counts(tx, meeting) == (2, 2, 1)
    assert problems(tx) == []


def test_both_have_answered_and_are_one_who_has_once(
    tx: Tx, meeting: int, marie: Person, tremblay: Person, sam: Person
) -> None:
    feedback.ask(tx, meeting, [marie.id, tremblay.id])
    for one in (marie, tremblay):
        feedback.answer(tx, meeting, one, 5, "", NOW)
    made = links.link(tx, marie.id, tremblay.id, sam, NOW)
    assert counts(tx, meeting) == (1, 1, 1), "nobody is pleased twice"
    links.undo(tx, made.id, sam, NOW)
    assert counts(tx, meeting) == (2, 2, 2)


def test_only_the_other_account_was_asked(
    tx: Tx, meeting: int, marie: Person, tremblay: Person, sam: Person
) -> None:
    feedback.ask(tx, meeting, [tremblay.id])
    with pytest.raises(NotAllowed):
        feedback.answer(tx, meeting, marie, 5, "", NOW)
    made = links.link(tx, marie.id, tremblay.id, sam, NOW)
    feedback.ask(tx, meeting, [marie.id])
    feedback.answer(tx, meeting, marie, 5, "", NOW)
    assert counts(tx, meeting) == (1, 1, 1)
    links.undo(tx, made.id, sam, NOW)
    assert feedback.asked(tx, meeting) == {tremblay.id}, "asked once, as the one they were"
    assert counts(tx, meeting) == (1, 1, 1)


def test_what_was_to_be_said_to_them_reaches_who_they_are(
    tx: Tx, marie: Person, tremblay: Person, sam: Person
) -> None:
    note(tx, "test", "D2", tremblay.id, NOW)
    say(tx, "one", tremblay.id, "One", NOW)
    links.link(tx, marie.id, tremblay.id, sam, NOW)
    deliveries.reach(tx, ["test"], NOW)
    (claimed,) = deliveries.claim(tx, "test", NOW, 8)
    assert (claimed.delivery.post.once, claimed.address.id) == ("one", "D2")


@dataclass
class Joined:
    """What the model knows of a link."""

    kept: int
    joined: int
    records: list[int]
    stands: bool = True


@dataclass
class Asked:
    """What the model knows of a session: each account that was asked, and the scores given."""

    answered: dict[int, bool] = field(default_factory=dict[int, bool])
    scores: list[int] = field(default_factory=list[int])


class Team(RuleBasedStateMachine):
    """People record, are asked and answer, and are joined and taken apart in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.tx = self.opened.enter_context(new_database())
        self.sam = meet(self.tx, "Sam", TeamRole.MANAGER)
        self.people = [meet(self.tx, f"Person {number}") for number in range(4)]
        self.owners: dict[int, int] = {}
        self.sessions: dict[int, Asked] = {}
        self.links: dict[int, Joined] = {}
        for _ in range(2):
            made = records.add(self.tx, sessions.KIND, MEETING, self.sam, NOW)
            self.owners[made.id] = self.sam.id
            self.sessions[made.id] = Asked()

    def teardown(self) -> None:
        self.opened.close()

    @rule(who=st.integers(0, 3))
    def someone_records(self, who: int) -> None:
        by = self.people[who]
        if self._who(by.id) != by.id:
            with pytest.raises(NotFound):
                records.add(self.tx, OUTPUT, TOOL, by, NOW)
            return
        self.owners[records.add(self.tx, OUTPUT, TOOL, by, NOW).id] = by.id

    @rule(n=st.integers(0, 1), whom=st.sets(st.integers(0, 3), min_size=1))
    def people_are_asked(self, n: int, whom: set[int]) -> None:
        session, asked = list(self.sessions.items())[n]
        accounts = {self._who(self.people[one].id) for one in whom}
        feedback.ask(self.tx, session, accounts)
        for one in accounts - {self._who(account) for account in asked.answered}:
            asked.answered[one] = False

    @rule(n=st.integers(0, 1), who=st.integers(0, 3), score=st.integers(1, 5))
    def someone_answers(self, n: int, who: int, score: int) -> None:
        session, asked = list(self.sessions.items())[n]
        by = self.people[who]
        mine = [one for one in asked.answered if self._who(one) == by.id]
        if not mine or any(asked.answered[one] for one in mine):
            with pytest.raises((NotAllowed, AlreadyAnswered)):
                feedback.answer(self.tx, session, by, score, "", NOW)
            return
        feedback.answer(self.tx, session, by, score, "", NOW)
        asked.answered[by.id if by.id in mine else min(mine)] = True
        asked.scores.append(score)

    @rule(kept=st.integers(0, 3), joined=st.integers(0, 3))
    def two_are_joined(self, kept: int, joined: int) -> None:
        one, other = self.people[kept].id, self.people[joined].id
        if one == other or self._who(one) != one or self._who(other) != other:
            with pytest.raises(StorageError):
                links.link(self.tx, one, other, self.sam, NOW)
            return
        made = links.link(self.tx, one, other, self.sam, NOW)
        moved = [id for id, owner in self.owners.items() if owner == other]
        self.links[made.id] = Joined(one, other, moved)
        self._give(moved, one)

    @precondition(lambda self: self.links)
    @rule(data=st.data())
    def two_are_taken_apart(self, data: st.DataObject) -> None:
        id, link = data.draw(st.sampled_from(list(self.links.items())))
        if not link.stands or self._who(link.kept) != link.kept:
            with pytest.raises(ChangedMeanwhile):
                links.undo(self.tx, id, self.sam, NOW)
            return
        links.undo(self.tx, id, self.sam, NOW)
        link.stands = False
        self._give(link.records, link.joined)

    @invariant()
    def the_store_says_of_itself_that_it_is_whole(self) -> None:
        assert problems(self.tx) == []

    @invariant()
    def every_record_is_whose_it_is(self) -> None:
        rows = self.tx.rows("SELECT id, person FROM records")
        assert {row["id"]: row["person"] for row in rows} == self.owners

    @invariant()
    def the_feedback_is_what_a_naive_count_says(self) -> None:
        total = Sum()
        for session, asked in self.sessions.items():
            humans = {self._who(one) for one in asked.answered}
            done = {self._who(one) for one, answered in asked.answered.items() if answered}
            assert feedback.asked(self.tx, session) == humans
            assert feedback.unanswered(self.tx, session) == sorted(humans - done)
            pleased = min(len(done), sum(score >= 4 for score in asked.scores))
            one = Sum(1, 0, len(humans), len(done), pleased)
            assert counts(self.tx, session) == (one.asked, one.answered, one.positive)
            total += one
        rows = self.tx.rows("SELECT * FROM session_sums WHERE span = :day", day=DAY.isoformat())
        names = ("sessions", "participants", "asked", "answered", "positive")
        assert sum((Sum(*(row[name] for name in names)) for row in rows), Sum()) == total

    def _who(self, person: int) -> int:
        for link in self.links.values():
            if link.stands and link.joined == person:
                return self._who(link.kept)
        return person

    def _give(self, moved: list[int], owner: int) -> None:
        for id in moved:
            self.owners[id] = owner


TestTeam = Team.TestCase
TestTeam.settings = settings(max_examples=EXAMPLES, stateful_step_count=25, deadline=None)
