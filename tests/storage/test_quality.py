"""What a report would be asked about is counted exactly, and all of it is found page by page."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import entry_changes, presences, quality, records, rosters, sessions
from storage.engine import Tx
from storage.entry_changes import Doubt
from storage.outputs import OUTPUT, Output
from storage.people import Person
from storage.plan_files import load_plans
from storage.presences import Attendance, Counted, Present, Unmatched
from storage.quality import Asked, Concern, is_far
from storage.rosters import Member
from storage.sessions import Day, Session
from tests.storage.making import NOW, draft

PLANS = load_plans(None)
PLAN = PLANS.get("clc-2024-25")
TODAY = date(2025, 2, 12)
HELD = Session("pd-workshops", "Family", days=(Day(date(2025, 2, 4), "", 180),), registered=40)


@pytest.fixture
def kept(tx: Tx, alex: Person, sam: Person) -> Tx:
    """Eleven of each kind: Alex's, but for the last, which are Sam's."""
    for number in range(11):
        by = sam if number == 10 else alex
        for day in (date(2025, 1, 15), date(2019, 1, 15)):
            says = draft(day=day, minutes=30 + number, boards=())
            entry_changes.add(tx, says, by, NOW, sure=frozenset(Doubt))
        records.add(tx, sessions.KIND, HELD, by, NOW)
        session = records.add(tx, sessions.KIND, HELD, by, NOW).id
        guest = Unmatched(0, "Somebody")
        records.add(tx, presences.KIND, Attendance(session, unmatched=(guest,)), by, NOW)
        records.add(tx, OUTPUT, Output("cda-tools", f"Tool {number}"), by, NOW)
        rosters.add(tx, Member(f"Member {number}", role="cda"), sam, NOW)
    return tx


EXPECTED = dict.fromkeys(Concern, 11) | {Concern.FEEDBACK: 22, Concern.PART: 22}


def asked(person: int | None = None) -> Asked:
    return Asked(PLAN, PLANS.all, TODAY, person)


@pytest.mark.parametrize("concern", Concern)
def test_the_count_is_exact_and_the_pages_hold_each_once(kept: Tx, concern: Concern) -> None:
    count = quality.count(kept, asked(), concern)
    assert count == EXPECTED[concern]
    pages = [quality.page(kept, asked(), concern, 4, offset) for offset in range(0, count + 4, 4)]
    whole = quality.page(kept, asked(), concern, 100)
    assert [id for page in pages for id in page] == whole
    assert len({*whole}) == count


@pytest.mark.parametrize("concern", Concern)
def test_one_person_sees_what_they_recorded(
    kept: Tx, alex: Person, sam: Person, concern: Concern
) -> None:
    theirs = [quality.count(kept, asked(one.id), concern) for one in (alex, sam)]
    if concern is Concern.MEMBER:
        assert theirs == [0, 0], "the roster is nobody's"
        return
    assert sum(theirs) == EXPECTED[concern]
    assert theirs[1] == EXPECTED[concern] // 11


@pytest.mark.parametrize("concern", Concern)
def test_another_plan_has_its_own(kept: Tx, concern: Concern) -> None:
    other = PLANS.get("wellbeing-communities-2021-24")
    count = quality.count(kept, Asked(other, PLANS.all, TODAY, None), concern)
    assert count == (11 if concern in (Concern.OUTSIDE, Concern.MEMBER) else 0)


def test_without_any_plan_every_entry_is_outside(kept: Tx) -> None:
    assert quality.count(kept, Asked(PLAN, [PLAN], date(2025, 2, 12), None), Concern.OUTSIDE) == 11


def test_a_body_of_anyone_there_is_enough(tx: Tx, sam: Person) -> None:
    member = rosters.add(tx, Member("Marie", role="cda", board="EMSB"), sam, NOW)
    for there in (
        Attendance(0, (Counted(0, "EMSB", 1), Counted(0, "", 4))),
        Attendance(0, present=(Present(0, member.id),), unmatched=(Unmatched(0, "Somebody"),)),
        Attendance(0),  # nobody came
    ):
        session = records.add(tx, sessions.KIND, HELD, sam, NOW).id
        records.add(tx, presences.KIND, replace(there, session=session), sam, NOW)
    assert quality.page(tx, asked(), Concern.BODY, 9) == []


@pytest.mark.parametrize(
    ("registered", "came", "far"),
    [
        (14, 14, False),
        (14, 7, False),
        (14, 6, True),
        (14, 21, False),
        (14, 22, True),
        (3, 1, False),
        (0, 2, False),
        (0, 3, True),
        (4, 1, True),
    ],
)
def test_far_is_half_as_many_more_or_fewer(registered: int, came: int, far: bool) -> None:
    assert is_far(registered, came) is far


@given(st.integers(0, 999), st.integers(0, 999))
def test_nobody_is_asked_about_one_or_two_people(registered: int, came: int) -> None:
    if abs(registered - came) < 3:
        assert not is_far(registered, came)
