"""From interests to seats: who is in which pool, what is confirmed, and seats that free up."""

import os
from contextlib import ExitStack
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storage import communities, draws, interests, records, rosters, seats
from storage.communities import COMMUNITY, MEMBERSHIP, Community, Membership
from storage.draws import DRAW, Draw, check_draw
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.interests import (
    CALL,
    INTEREST,
    RELEVANCE,
    Call,
    CallClosed,
    Interest,
    Participant,
    Relevance,
    Verdict,
    check_interest,
)
from storage.limits import Impossible
from storage.people import Person, TeamRole
from storage.plan import CommunityKind, Sector
from storage.records import Record
from storage.rosters import Member
from storage.seats import Answer
from storage.verify import problems
from tests.new_database import new_database
from tests.storage.making import NOW, meet

EXAMPLES = int(os.environ.get("JALON_EXAMPLES", "40"))

DAY = date(2025, 2, 12)
LATER = date(2025, 3, 12)
AFTER = NOW + 28 * seats.DAY  # LATER, in UTC seconds
COP = Community("A", "A", CommunityKind.PRACTICE, smallest=1, largest=4)


def people_of(number: int, seats_: int) -> tuple[Participant, ...]:
    return tuple(
        Participant(f"P{number}-{n}", "teacher", f"p{number}-{n}@x.example") for n in range(seats_)
    )


def interest(call: int, number: int, seats_: int, *wanted: int) -> Interest:
    people = people_of(number, seats_)
    return Interest(call, f"School {number}", Sector.PUBLIC, "", people, "Calm", wanted)


class Team:
    """A call with two communities of four seats, and its people."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx
        self.sam = meet(tx, "Sam", TeamRole.MANAGER)
        self.guests = [meet(tx, f"Guest {n}", TeamRole.MEMBER) for n in range(6)]
        self.call = records.add(tx, CALL, Call(DAY, DAY), self.sam, NOW)
        names = (replace(COP, name_en=name, name_fr=name) for name in "AB")
        self.a, self.b = (records.add(tx, COMMUNITY, one, self.sam, NOW).id for one in names)

    def send(self, who: int, seats_: int, *wanted: int, relevant: bool = True) -> Record[Interest]:
        says = interest(self.call.id, who, seats_, *(wanted or (self.a,)))
        sent = interests.send(self.tx, says, DAY, self.guests[who], NOW)
        if relevant:
            self.judge(sent, Verdict.YES)
        return sent

    def judge(self, sent: Record[Interest], verdict: Verdict) -> Record[Relevance]:
        says = Relevance(sent.id, sent.version, verdict, "because")
        return interests.judge(self.tx, says, self.sam, NOW)

    def draw(self, taken: list[int], waiting: list[int], capacity: int = 4) -> Record[Draw]:
        pool = tuple(
            (id, records.get(self.tx, INTEREST, id).says.seats) for id in (*taken, *waiting)
        )
        frozen = "{}" if waiting else ""
        says = Draw(
            self.call.id, self.a, capacity, pool, frozen, frozen, tuple(taken), tuple(waiting)
        )
        return records.add(self.tx, DRAW, says, self.sam, AFTER)

    def confirm(self, draw: Record[Draw]) -> Record[Draw]:
        return seats.confirm(self.tx, draw.id, draw.version, LATER, self.sam, AFTER)

    def tell(self, draw: Record[Draw]) -> Record[Draw]:
        return seats.tell(self.tx, draw.id, draw.version, self.sam, AFTER)

    def names(self, community: int) -> list[str]:
        return [one.says.name for one in communities.members_on(self.tx, community, LATER)]


@pytest.fixture
def team(tx: Tx) -> Team:
    return Team(tx)


def test_an_interest_is_its_senders_until_the_call_closes(team: Team) -> None:
    tx, sent = team.tx, team.send(0, 1)
    other = team.guests[1]
    with pytest.raises(NotAllowed):
        interests.change(tx, sent.id, 1, sent.says, DAY, other, NOW)
    with pytest.raises(NotAllowed):
        seats.withdraw(tx, sent.id, 1, DAY, other, NOW)
    again = replace(sent.says, level="elementary")
    changed = interests.change(tx, sent.id, 1, again, DAY, team.guests[0], NOW)
    assert interests.undo(tx, sent.id, changed.version, DAY, team.guests[0], NOW).says == sent.says
    with pytest.raises(CallClosed):
        interests.change(tx, sent.id, 3, again, LATER, team.guests[0], AFTER)
    with pytest.raises(CallClosed):
        interests.send(tx, sent.says, LATER, other, AFTER)
    gone, _ = seats.withdraw(tx, sent.id, 3, LATER, team.guests[0], AFTER)
    with pytest.raises(CallClosed):
        interests.undo(tx, sent.id, gone.version, LATER, team.guests[0], AFTER)
    assert interests.of_call(tx, team.call.id) == interests.of_sender(tx, team.guests[0].id) == []


def test_once_seats_are_proposed_a_call_that_opens_again_changes_nothing(team: Team) -> None:
    sent = team.send(0, 1)
    team.draw([sent.id], [])
    with pytest.raises(CallClosed):
        interests.change(team.tx, sent.id, 1, sent.says, DAY, team.guests[0], NOW)


def test_only_relevant_interests_are_in_a_pool(team: Team) -> None:
    yes, no, see, none = (team.send(n, 1, relevant=False) for n in range(4))
    team.judge(yes, Verdict.YES)
    team.judge(no, Verdict.NO)
    team.judge(see, Verdict.SEE)
    assert none
    assert draws.pool(team.tx, team.call.id, team.a) == [yes]
    assert [one.says.interest for one in interests.untold(team.tx, team.call.id)] == [yes.id, no.id]


def test_who_has_no_seat_in_the_first_is_in_the_pool_of_the_next(team: Team) -> None:
    tx = team.tx
    taken = team.send(0, 4, team.a, team.b)
    waits = team.send(1, 2, team.a, team.b)
    alone = team.send(2, 2, team.b, team.a)
    assert draws.pool(tx, team.call.id, team.a) == [taken, waits]
    assert draws.pool(tx, team.call.id, team.b) == [alone]
    team.confirm(team.draw([taken.id], [waits.id]))
    assert draws.pool(tx, team.call.id, team.b) == [waits, alone]


def test_a_confirmation_makes_members_and_taking_it_back_takes_them_with_it(team: Team) -> None:
    tx, before = team.tx, rosters.everyone(team.tx)
    sent = team.send(0, 2)
    drawn = team.draw([sent.id], [])
    confirmed = team.confirm(drawn)
    assert team.names(team.a) == ["P0-0", "P0-1"]
    with pytest.raises(ChangedMeanwhile):
        team.confirm(confirmed)
    undone = seats.undo(tx, drawn.id, confirmed.version, team.sam, AFTER)
    assert team.names(team.a) == []
    assert rosters.everyone(tx) == before
    told = team.tell(team.confirm(undone))
    with pytest.raises(ChangedMeanwhile):
        seats.undo(tx, drawn.id, told.version, team.sam, AFTER)
    assert team.names(team.a) == ["P0-0", "P0-1"]


def test_one_whose_email_is_on_the_roster_is_that_member_in_their_role(team: Team) -> None:
    known = rosters.add(team.tx, Member("Pat", "p0-0@x.example", "principal"), team.sam, NOW)
    sent = team.send(0, 2)
    team.confirm(team.draw([sent.id], []))
    there = communities.members_on(team.tx, team.a, LATER)
    assert known in there
    assert [one.says.role for one in there if one != known] == ["other"]


def test_a_freed_seat_goes_to_the_next_and_never_past_another(team: Team) -> None:
    tx = team.tx
    first, second = team.send(0, 2), team.send(1, 2)
    big, small = team.send(2, 3), team.send(3, 1)
    draw = team.tell(team.confirm(team.draw([first.id, second.id], [big.id, small.id])))
    _, offered = seats.withdraw(tx, first.id, 1, LATER, team.guests[0], AFTER)
    assert offered == [], "three wait for two: the one behind is not taken before"
    _, offered = seats.withdraw(tx, second.id, 1, LATER, team.guests[1], AFTER)
    assert [one.says.interest for one in offered] == [big.id, small.id]
    with pytest.raises(NotAllowed):
        seats.answer(tx, offered[0].id, Answer.ACCEPTED, LATER, team.guests[3], AFTER)
    seats.answer(tx, offered[0].id, Answer.ACCEPTED, LATER, team.guests[2], AFTER)
    assert team.names(team.a) == ["P2-0", "P2-1", "P2-2"]
    with pytest.raises(ChangedMeanwhile):
        seats.answer(tx, offered[0].id, Answer.DECLINED, LATER, team.guests[2], AFTER)
    assert (seats.holds(tx, draw), seats.queue(tx, draw), seats.free(tx, draw)) == ([big.id], [], 0)


def test_an_offer_that_nobody_answers_goes_to_the_next(team: Team) -> None:
    tx = team.tx
    first, second, third = team.send(0, 4), team.send(1, 4), team.send(2, 4)
    team.tell(team.confirm(team.draw([first.id], [second.id, third.id])))
    _, (offer,) = seats.withdraw(tx, first.id, 1, LATER, team.guests[0], AFTER)
    assert seats.offers_due(tx, offer.says.until) == []
    late = offer.says.until + 1
    assert seats.offers_due(tx, late) == [offer]
    with pytest.raises(ChangedMeanwhile):
        seats.answer(tx, offer.id, Answer.ACCEPTED, LATER, team.guests[1], late)
    (following,) = seats.expire(tx, offer, late)
    assert following.says.interest == third.id
    assert following.says.until == late + seats.OFFERED_FOR
    assert seats.offers_due(tx, late) == []


def test_places_that_others_took_meanwhile_are_not_offered(team: Team) -> None:
    tx = team.tx
    first, second = team.send(0, 4), team.send(1, 2)
    draw = team.tell(team.confirm(team.draw([first.id], [second.id])))
    for n in range(3):
        one = rosters.add(tx, Member(f"Late {n}", role="other"), team.sam, AFTER)
        records.add(tx, MEMBERSHIP, Membership(team.a, one.id, LATER), team.sam, AFTER)
    _, offered = seats.withdraw(tx, first.id, 1, LATER, team.guests[0], AFTER)
    assert (offered, seats.free(tx, draw)) == ([], 4)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"institution": " "}, "institution"),
        ({"project": "a" * 4001}, "project"),
        ({"level": "\0"}, "level"),
        ({"people": ()}, "people"),
        ({"people": people_of(1, 16)}, "people"),
        ({"people": (Participant("A", "", "no"),)}, "people"),
        ({"people": (Participant("A", "", "a@x"), Participant("B", "", "a@x"))}, "people"),
        ({"communities": ()}, "communities"),
        ({"communities": (1, 1)}, "communities"),
    ],
)
def test_what_no_interest_can_say(change: dict[str, object], field: str) -> None:
    with pytest.raises(Impossible) as refused:
        check_interest(replace(interest(1, 1, 1, 1), **change), NOW)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "change",
    [
        {"taken": (1, 1)},
        {"taken": (1,), "waiting": (1,)},
        {"waiting": ()},
        {"taken": (1, 2)},
        {"pool": ((1, 0), (2, 3))},
        {"pool": ((1, 2), (1, 3))},
    ],
)
def test_no_seat_is_given_twice_and_none_that_is_not_there(change: dict[str, object]) -> None:
    says = Draw(1, 1, 4, ((1, 2), (2, 3)), taken=(1,), waiting=(2,))
    check_draw(says, NOW)
    with pytest.raises(Impossible):
        check_draw(replace(says, **change), NOW)


def test_a_refusal_has_a_reason(team: Team) -> None:
    sent = team.send(0, 1, relevant=False)
    with pytest.raises(Impossible):
        interests.judge(team.tx, Relevance(sent.id, 1, Verdict.NO), team.sam, NOW)
    judged = team.judge(sent, Verdict.NO)
    assert records.undo(team.tx, RELEVANCE, judged.id, 1, team.sam, NOW).voided
    assert interests.verdict_on(team.tx, sent.id) is None


class Year(RuleBasedStateMachine):
    """After a draw, people withdraw, accept, decline and are late; a plain list says who has seats.

    The list: each project in the order of the ranking, with its seats and where it stands.
    """

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.team = Team(self.opened.enter_context(new_database()))
        self.tx, self.at = self.team.tx, AFTER

    def teardown(self) -> None:
        self.opened.close()

    @initialize(sizes=st.lists(st.integers(1, 4), min_size=3, max_size=6), confirmed=st.booleans())
    def a_draw(self, sizes: list[int], confirmed: bool) -> None:
        sent = [self.team.send(n, size) for n, size in enumerate(sizes)]
        self.size = {one.id: one.says.seats for one in sent}
        self.order = [one.id for one in sent]
        left, taken = 4, list[int]()
        for id in self.order:
            left -= self.size[id]
            if left < 0:
                break
            taken.append(id)
        self.stands = {id: "seat" if id in taken else "waits" for id in self.order}
        self.offered = dict[int, int]()  # until when, by the interest
        draw = self.team.draw(taken, self.order[len(taken) :])
        if confirmed:  # and taken back, and confirmed again
            once = self.team.confirm(draw)
            draw = seats.undo(self.tx, draw.id, once.version, self.team.sam, AFTER)
        self.drawn = self.team.tell(self.team.confirm(draw))

    def free(self) -> int:
        held = (id for id, stand in self.stands.items() if stand in ("seat", "offered"))
        return 4 - sum(self.size[id] for id in held)

    def pass_on(self) -> None:
        for id in self.order:
            if self.stands[id] == "waits":
                if self.size[id] > self.free():
                    return
                self.stands[id] = "offered"
                self.offered[id] = self.at + seats.OFFERED_FOR

    @rule(data=st.data())
    def one_withdraws(self, data: st.DataObject) -> None:
        there = [id for id in self.order if self.stands[id] != "gone"]
        if not there:
            return
        id = data.draw(st.sampled_from(there))
        guest = self.team.guests[self.order.index(id)]
        seats.withdraw(self.tx, id, 1, LATER, guest, self.at)
        self.stands[id] = "gone"
        self.pass_on()

    @rule(data=st.data(), answer=st.sampled_from([Answer.ACCEPTED, Answer.DECLINED]))
    def one_answers(self, data: st.DataObject, answer: Answer) -> None:
        there = [id for id in self.order if self.stands[id] == "offered"]
        if not there:
            return
        id = data.draw(st.sampled_from(there))
        guest = self.team.guests[self.order.index(id)]
        offer = self.offer_of(id)
        if self.offered[id] < self.at:
            with pytest.raises(ChangedMeanwhile):
                seats.answer(self.tx, offer, answer, LATER, guest, self.at)
            return
        seats.answer(self.tx, offer, answer, LATER, guest, self.at)
        self.stands[id] = "seat" if answer is Answer.ACCEPTED else "passed"
        self.pass_on()

    @precondition(lambda self: self.offered)
    @rule(days=st.integers(1, 5))
    def time_goes_by(self, days: int) -> None:
        self.at += days * seats.DAY

    @rule()
    def who_is_late_is_passed(self) -> None:
        for offer in seats.offers_due(self.tx, self.at):
            seats.expire(self.tx, offer, self.at)
        for id in self.order:
            if self.stands[id] == "offered" and self.offered[id] < self.at:
                self.stands[id] = "passed"
                self.pass_on()

    def offer_of(self, interest: int) -> int:
        (offer,) = (
            one for one in seats.offers(self.tx, self.drawn.id) if one.says.interest == interest
        )
        return offer.id

    @invariant()
    def the_seats_are_as_the_list_says(self) -> None:
        with_seats = [id for id in self.order if self.stands[id] == "seat"]
        assert seats.holds(self.tx, self.drawn) == sorted(with_seats)
        assert seats.queue(self.tx, self.drawn) == [
            id for id in self.order if self.stands[id] == "waits"
        ]
        assert seats.free(self.tx, self.drawn) == self.free() >= 0
        members = self.team.names(self.team.a)
        assert len(members) == sum(self.size[id] for id in with_seats) <= 4
        expected = [f"P{self.order.index(id)}-" for id in with_seats for _ in range(self.size[id])]
        assert sorted(name.partition("-")[0] + "-" for name in members) == sorted(expected)
        assert (
            list(draws.wrong(self.tx))
            == list(seats.wrong(self.tx))
            == list(communities.wrong(self.tx))
            == []
        )

    @invariant()
    def everything_still_holds(self) -> None:
        if self.at > AFTER + 10 * seats.DAY:
            assert problems(self.tx) == []


TestYear = Year.TestCase
TestYear.settings = settings(max_examples=EXAMPLES, stateful_step_count=20, deadline=None)


def test_only_managers_call_judge_and_draw(team: Team, marie: Person) -> None:
    sent = team.send(0, 1)
    with pytest.raises(NotAllowed):
        records.add(team.tx, CALL, Call(DAY, DAY), marie, NOW)
    with pytest.raises(NotAllowed):
        interests.judge(team.tx, Relevance(sent.id, 1, Verdict.YES), marie, NOW)
    with pytest.raises(NotAllowed):
        records.add(team.tx, DRAW, Draw(team.call.id, team.a, 4, ((sent.id, 1),)), marie, NOW)
