"""Partners and agreements: one word on each partner, what counts, and that the look-ups follow."""

import os
from contextlib import ExitStack
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from storage import indicators, partners, partnerships, records
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.limits import Impossible
from storage.partnerships import AGREEMENT, PARTNERSHIP, Agreement, Partnership, Standing
from storage.people import Person
from storage.plan import PartnerKind
from storage.plan_files import load_plans
from storage.records import Record
from storage.words import fold
from tests.new_database import new_database
from tests.storage.making import NOW, meet

EXAMPLES = int(os.environ.get("JALON_EXAMPLES", "40"))

DAY = date(2025, 2, 10)
CHSSN = Partnership("CHSSN", table=True, seat=True)
MEMO = Agreement("YMCA", "Camps", DAY)


def test_what_is_told_again_takes_the_place_of_what_was(tx: Tx, alex: Person) -> None:
    partnerships.tell(tx, replace(CHSSN, partner="Québec Réseau"), alex, NOW)
    again = partnerships.tell(tx, Partnership("quebec  RESEAU", purpose="health"), alex, NOW)
    assert again.version == 2
    assert partnerships.every(tx) == [again]
    assert partnerships.of_partner(tx, "Quebec reseau") == again
    assert partners.names(tx) == ("Québec Réseau",)
    assert partners.kinds(tx) == {"Québec Réseau": PartnerKind.TABLE}


def test_only_a_seat_held_in_the_year_is_reported(tx: Tx, alex: Person) -> None:
    partnerships.tell(tx, CHSSN, alex, NOW)
    over = Partnership("Old table", True, seat=True, until=date(2024, 6, 30))
    partnerships.tell(tx, over, alex, NOW)
    plan = load_plans(None).get("clc-2024-25")
    assert indicators.read(tx, plan, DAY).partners.seats == ("CHSSN",)


def test_what_was_taken_back_is_not_restored_beside_another(tx: Tx, alex: Person) -> None:
    made = partnerships.tell(tx, CHSSN, alex, NOW)
    gone = records.undo(tx, PARTNERSHIP, made.id, 1, alex, NOW)
    assert partnerships.of_partner(tx, "CHSSN") is None
    other = partnerships.tell(tx, CHSSN, alex, NOW)
    with pytest.raises(ChangedMeanwhile):
        records.undo(tx, PARTNERSHIP, gone.id, gone.version, alex, NOW)
    ymca = partnerships.tell(tx, Partnership("YMCA"), alex, NOW)
    with pytest.raises(ChangedMeanwhile):
        records.change(tx, PARTNERSHIP, other.id, 1, ymca.says, alex, NOW)


@pytest.mark.parametrize(
    ("since", "until", "sits"),
    [
        (None, None, True),
        (date(2024, 8, 1), None, True),
        (date(2025, 2, 11), None, False),
        (DAY, DAY, True),
        (None, date(2024, 6, 30), False),
        (None, date(2024, 7, 1), True),
    ],
)
def test_a_seat_is_of_the_days_it_was_held(
    since: date | None, until: date | None, sits: bool
) -> None:
    says = replace(CHSSN, since=since, until=until)
    assert says.sits(date(2024, 7, 1), DAY) is sits
    assert not replace(says, seat=False).sits(date(2024, 7, 1), DAY)


@pytest.mark.parametrize(
    ("says", "field"),
    [
        (Partnership(" "), "partner"),
        (Partnership("a" * 201), "partner"),
        (replace(CHSSN, purpose="a" * 4001), "purpose"),
        (replace(CHSSN, contact="a\0b"), "contact"),
        (replace(CHSSN, purpose="\ud800"), "purpose"),
        (replace(CHSSN, since=DAY, until=date(2025, 2, 9)), "until"),
        (replace(MEMO, partner=""), "partner"),
        (replace(MEMO, title="a" * 4001), "title"),
        (replace(MEMO, signed=date(2025, 2, 14)), "signed"),
        (replace(MEMO, signed=date(1999, 12, 31)), "signed"),
        (replace(MEMO, ends=date(2025, 2, 9)), "ends"),
    ],
)
def test_what_neither_can_say(says: Partnership | Agreement, field: str) -> None:
    with pytest.raises(Impossible) as refused:
        partnerships.check(says, NOW)
    assert refused.value.field == field


def test_members_record_neither(tx: Tx, marie: Person) -> None:
    with pytest.raises(NotAllowed):
        partnerships.tell(tx, CHSSN, marie, NOW)
    with pytest.raises(NotAllowed):
        records.add(tx, AGREEMENT, MEMO, marie, NOW)


def test_agreements_are_listed_by_when_they_were_signed(tx: Tx, alex: Person) -> None:
    days = (None, date(2024, 7, 1), DAY)
    waiting, old, new = (
        records.add(tx, AGREEMENT, replace(MEMO, signed=day), alex, NOW) for day in days
    )
    assert partnerships.agreements_with(tx, "ymca") == [new, old, waiting]
    assert partnerships.signed(tx, date(2024, 7, 1), DAY) == [new, old]
    assert partnerships.signed(tx, date(2024, 7, 2), date(2025, 2, 9)) == []


def test_an_altered_look_up_is_found(tx: Tx, alex: Person) -> None:
    partnerships.tell(tx, CHSSN, alex, NOW)
    records.add(tx, AGREEMENT, MEMO, alex, NOW)
    assert list(partnerships.wrong(tx)) == []
    tx.run("UPDATE partnerships SET standing = 'new'")
    tx.run("UPDATE agreements SET signed = '2025-02-09'")
    assert [one.split(" is ")[0] for one in partnerships.wrong(tx)] == [
        "The partnership 1",
        "The agreement 2",
    ]


names = st.sampled_from(["CHSSN", "chssn", "YMCA", "Centraide"])
told = st.builds(Partnership, names, st.booleans(), st.sampled_from(Standing), st.booleans())
agreed = st.builds(
    Agreement,
    names,
    st.sampled_from(["", "Camps"]),
    st.none() | st.dates(date(2025, 2, 8), date(2025, 2, 12)),
)


class Team(RuleBasedStateMachine):
    """Both come and go; what they say now is kept in two lists."""

    made = Bundle("made")

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.tx = self.opened.enter_context(new_database())
        self.known: dict[int, Record[Partnership]] = {}
        self.agreements: dict[int, Record[Agreement]] = {}

    def teardown(self) -> None:
        self.opened.close()

    @initialize()
    def someone_comes(self) -> None:
        self.by = meet(self.tx, "Alex")

    @rule(says=told)
    def one_is_told_of(self, says: Partnership) -> None:
        record = partnerships.tell(self.tx, says, self.by, NOW)
        self.known[record.id] = record

    @rule(data=st.data())
    def one_is_no_longer_told_of(self, data: st.DataObject) -> None:
        if not self.known:
            return
        was = data.draw(st.sampled_from([*self.known.values()]))
        self.tx.run("SAVEPOINT one")
        try:
            record = records.undo(self.tx, PARTNERSHIP, was.id, was.version, self.by, NOW)
            self.known[was.id] = record
        except ChangedMeanwhile:
            self.tx.run("ROLLBACK TO one")
            there = [one for one in self.told() if fold(one.says.partner) == self.partner(was)]
            assert there, "refused, though its place was free"
        self.tx.run("RELEASE one")

    @rule(target=made, says=agreed)
    def one_is_agreed(self, says: Agreement) -> int:
        record = records.add(self.tx, AGREEMENT, says, self.by, NOW)
        self.agreements[record.id] = record
        return record.id

    @rule(id=made, says=agreed)
    def one_is_changed(self, id: int, says: Agreement) -> None:
        was = self.agreements[id]
        if was.voided is None:
            changed = records.change(self.tx, AGREEMENT, id, was.version, says, self.by, NOW)
            self.agreements[id] = changed

    @rule(id=made)
    def one_is_undone(self, id: int) -> None:
        version = self.agreements[id].version
        self.agreements[id] = records.undo(self.tx, AGREEMENT, id, version, self.by, NOW)

    @invariant()
    def the_look_ups_are_what_the_lists_say(self) -> None:
        assert list(partnerships.wrong(self.tx)) == []
        by_name = sorted(self.told(), key=self.partner)
        assert partnerships.every(self.tx) == by_name
        assert len({self.partner(one) for one in by_name}) == len(by_name)
        there = [one for one in self.agreements.values() if one.voided is None]
        for last in (date(2025, 2, 9), DAY, date(2025, 3, 1)):
            signed = partnerships.signed(self.tx, date(2025, 2, 9), last)
            assert {one.id for one in signed} == {
                one.id
                for one in there
                if one.says.signed and date(2025, 2, 9) <= one.says.signed <= last
            }
        for name in ("CHSSN", "YMCA"):
            ids = {one.id for one in there if fold(one.says.partner) == fold(name)}
            assert {one.id for one in partnerships.agreements_with(self.tx, name)} == ids

    def told(self) -> list[Record[Partnership]]:
        return [one for one in self.known.values() if one.voided is None]

    def partner(self, record: Record[Partnership]) -> str:
        return fold(record.says.partner)


TestTeam = Team.TestCase
TestTeam.settings = settings(max_examples=EXAMPLES, stateful_step_count=20, deadline=None)
