"""Sessions, who was there, and what they said of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from storage import (
    audit,
    feedback,
    presences,
    records,
    rosters,
    session_sums,
    sessions,
    spans,
    verify,
)
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.feedback import AlreadyAnswered, Feedback
from storage.limits import Impossible
from storage.people import Person
from storage.plan_files import load_plans
from storage.presences import Attendance, Counted, Present, Source, Unmatched
from storage.records import Record
from storage.rosters import Member
from storage.sessions import Day, NamesNotKept, Session
from tests.storage.making import DAY, NOW, meet

PLAN = load_plans(None).get("clc-2024-25")
WORKSHOP = Session("pd-workshops", "Family engagement", days=(Day(DAY, "09:00", 180),))
ORIENTATION = Session(
    "onboarding-sessions",
    "Orientation",
    days=(Day(date(2024, 9, 17), "", 360), Day(date(2024, 9, 18), "", 360)),
)


def record(tx: Tx, by: Person, says: Session = WORKSHOP, **changed: Any) -> Record[Session]:
    return records.add(tx, sessions.KIND, replace(says, **changed), by, NOW)


def member(tx: Tx, by: Person, name: str) -> int:
    return rosters.add(tx, Member(name, role="cda"), by, NOW).id


def held(tx: Tx, target: str = "pd-workshops") -> session_sums.Sum:
    of = next(one for one in PLAN.target if one.id == target)
    sums = session_sums.by_area(tx, of, PLAN.starts, PLAN.ends).values()
    return sum(sums, session_sums.Sum())


# Sessions


def test_a_session_counts_until_it_is_cancelled_and_again_when_that_is_undone(
    tx: Tx, alex: Person
) -> None:
    session = record(tx, alex)
    assert held(tx).sessions == 1
    off = replace(WORKSHOP, cancelled=True)
    session = records.change(tx, sessions.KIND, session.id, 1, off, alex, NOW)
    assert held(tx).sessions == 0
    records.undo(tx, sessions.KIND, session.id, 2, alex, NOW)
    assert held(tx).sessions == 1
    assert list(session_sums.wrong(tx)) == []


def test_a_plain_member_records_no_session(tx: Tx, marie: Person) -> None:
    with pytest.raises(NotAllowed):
        record(tx, marie)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("target", {"target": ""}),
        ("days", {"days": ()}),
        ("days", {"days": (Day(DAY, "", 60), Day(DAY, "", 60))}),
        ("days", {"days": (Day(date(2025, 2, 12), "", 60), Day(DAY, "", 60))}),
        ("days", {"days": (Day(date(1999, 12, 31), "", 60),)}),
        ("days", {"days": (Day(date(2035, 1, 1), "", 60),)}),
        ("starts", {"days": (Day(DAY, "24:00", 60),)}),
        ("starts", {"days": (Day(DAY, "9:00", 60),)}),
        ("minutes", {"days": (Day(DAY, "", 0),)}),
        ("minutes", {"days": (Day(DAY, "", 1441),)}),
        ("registered", {"registered": -1}),
        ("title", {"title": "a\0"}),
        ("theme", {"theme": "a" * 4001}),
        ("boards", {"boards": ("EMSB",) * 31}),
        ("audience", {"audience": ("\ud800",)}),
    ],
)
def test_what_no_session_can_say(tx: Tx, alex: Person, field: str, changed: dict[str, Any]) -> None:
    with pytest.raises(Impossible) as refused:
        record(tx, alex, **changed)
    assert refused.value.field == field


def test_a_session_may_be_planned(tx: Tx, alex: Person) -> None:
    record(tx, alex, days=(Day(date(2027, 5, 3), "", 60),))


def test_a_list_has_the_newest_first_and_the_cancelled_ones(tx: Tx, alex: Person) -> None:
    older = record(tx, alex, days=(Day(date(2024, 11, 4), "", 180),), cancelled=True)
    newer, other = record(tx, alex), record(tx, alex, ORIENTATION)
    everything = sessions.between(tx, PLAN.starts, PLAN.ends)
    assert [one.id for one in everything] == [newer.id, older.id, other.id]
    workshops = sessions.between(tx, PLAN.starts, PLAN.ends, "pd-workshops", limit=1, offset=1)
    assert workshops == [older]
    records.void(tx, sessions.KIND, newer.id, 1, alex, NOW)
    assert sessions.between(tx, DAY, DAY) == []


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 7, 1), date(2025, 6, 30)),
        (date(2024, 7, 2), date(2025, 6, 29)),
        (date(2025, 2, 1), date(2025, 2, 28)),
        (date(2025, 2, 1), date(2025, 3, 1)),
        (date(2025, 2, 28), date(2025, 3, 1)),
        (date(2025, 2, 11), date(2025, 2, 11)),
        (date(2024, 12, 15), date(2025, 2, 3)),
        (date(2025, 2, 12), date(2025, 2, 11)),
    ],
)
def test_spans_hold_each_day_of_a_period_once(first: date, last: date) -> None:
    ranges = spans.covering(first, last)
    for ordinal in range(date(2024, 6, 1).toordinal(), date(2025, 8, 1).toordinal()):
        day = date.fromordinal(ordinal)
        hits = [low <= span <= high for span in spans.of(day) for low, high in ranges]
        assert sum(hits) == (first <= day <= last)


# Attendance


def test_heads_are_those_of_the_fullest_day(tx: Tx, alex: Person) -> None:
    session = record(tx, alex, ORIENTATION)
    counts = (Counted(0, "EMSB", 9), Counted(0, "", 2), Counted(1, "EMSB", 10))
    presences.take(tx, Attendance(session.id, counts), alex, NOW)
    assert held(tx, "onboarding-sessions").participants == 11
    taken = presences.of_session(tx, session.id)
    assert taken is not None
    assert taken.says.boards == {"EMSB": 10, "": 2}


def test_an_attendance_is_taken_back_as_a_whole(tx: Tx, alex: Person, sam: Person) -> None:
    session, who = record(tx, alex), member(tx, sam, "Marie Tremblay")
    says = Attendance(session.id, (), (Present(0, who),), (Unmatched(0, "iPhone"),))
    taken = presences.take(tx, says, alex, NOW)
    assert held(tx).participants == 2
    assert presences.of_members(tx, [who]) == {who: [session.id]}
    records.undo(tx, presences.KIND, taken.id, 1, alex, NOW)
    assert held(tx).participants == 0
    assert presences.of_session(tx, session.id) is None
    assert presences.of_members(tx, [who]) == {who: []}
    records.undo(tx, presences.KIND, taken.id, 2, alex, NOW)
    assert held(tx).participants == 2


def test_the_same_file_twice_changes_nothing(tx: Tx, alex: Person, sam: Person) -> None:
    session, who = record(tx, alex), member(tx, sam, "Marie Tremblay")
    says = Attendance(session.id, (), (), (Unmatched(0, "M. T."),), Source.FILE, "digest")
    first = presences.take(tx, says, alex, NOW)
    matched = replace(says, unmatched=(), present=(Present(0, who),))
    mended = records.change(tx, presences.KIND, first.id, 1, matched, alex, NOW)
    assert presences.take(tx, says, alex, NOW) == mended
    other = presences.take(tx, replace(says, file="another"), alex, NOW)
    assert (other.id, other.version) == (first.id, 3)


def test_who_was_there_every_day(tx: Tx, alex: Person, sam: Person) -> None:
    both, one, late = (member(tx, sam, name) for name in ("A", "B", "C"))
    session = record(tx, alex, ORIENTATION)
    there = (Present(0, both), Present(1, both), Present(0, one), Present(1, late))
    says = Attendance(session.id, present=there)
    presences.take(tx, says, alex, NOW)
    assert presences.complete(says, 2) == {both}
    assert presences.on_days(says) == {0: [both, one], 1: [both, late]}
    target = next(one for one in PLAN.target if one.id == "onboarding-sessions")
    been = session_sums.by_member(tx, target, PLAN.starts, PLAN.ends)
    assert {id for id, each in been.items() if each.complete} == {both}


@pytest.mark.parametrize(
    "counted", [{"head_counts": True}, {"audience": ("parent",)}, {"audience": ("student",)}]
)
def test_nobody_is_named_where_people_are_only_counted(
    tx: Tx, alex: Person, sam: Person, counted: dict[str, Any]
) -> None:
    session, who = record(tx, alex, **counted), member(tx, sam, "Marie Tremblay")
    for says in (
        Attendance(session.id, present=(Present(0, who),)),
        Attendance(session.id, unmatched=(Unmatched(0, "Someone"),)),
    ):
        with pytest.raises(NamesNotKept):
            presences.take(tx, says, alex, NOW)
    presences.take(tx, Attendance(session.id, (Counted(0, "", 30),)), alex, NOW)


def test_a_session_with_names_does_not_become_one_of_heads(tx: Tx, alex: Person) -> None:
    session = record(tx, alex)
    says = Attendance(session.id, unmatched=(Unmatched(0, "Someone"),))
    presences.take(tx, says, alex, NOW)
    with pytest.raises(NamesNotKept):
        records.change(
            tx, sessions.KIND, session.id, 1, replace(WORKSHOP, head_counts=True), alex, NOW
        )


def test_what_no_attendance_can_say(tx: Tx, alex: Person) -> None:
    session = record(tx, alex)
    for field, says in (
        ("day", Attendance(session.id, (Counted(1, "", 1),))),
        ("day", Attendance(session.id, (Counted(-1, "", 1),))),
        ("counts", Attendance(session.id, (Counted(0, "", 0),))),
        ("unmatched", Attendance(session.id, unmatched=(Unmatched(0, " "),))),
        ("file", Attendance(session.id, file="\0")),
    ):
        with pytest.raises(Impossible) as refused:
            presences.take(tx, says, alex, NOW)
        assert refused.value.field == field
    with pytest.raises(NotFound):
        presences.take(tx, Attendance(session.id, present=(Present(0, 999),)), alex, NOW)
    with pytest.raises(NotFound):
        presences.take(tx, Attendance(999), alex, NOW)


def test_an_attendance_whose_place_was_taken_does_not_come_back(tx: Tx, alex: Person) -> None:
    session = record(tx, alex)
    first = presences.take(tx, Attendance(session.id, (Counted(0, "", 5),)), alex, NOW)
    records.void(tx, presences.KIND, first.id, 1, alex, NOW)
    presences.take(tx, Attendance(session.id, (Counted(0, "", 6),)), alex, NOW)
    with pytest.raises(ChangedMeanwhile):
        records.undo(tx, presences.KIND, first.id, 2, alex, NOW)


# Feedback


def test_totals_stand_in_the_place_of_answers_from_chat(tx: Tx, alex: Person) -> None:
    session = record(tx, alex)
    one, two, three = (meet(tx, name) for name in ("One", "Two", "Three"))
    feedback.ask(tx, session.id, [one.id, two.id, three.id])
    feedback.answer(tx, session.id, one, 4, "Useful", NOW)
    feedback.answer(tx, session.id, two, 3, "", NOW)
    assert held(tx) == session_sums.Sum(1, 0, 3, 2, 1)
    typed = feedback.take(tx, Feedback(session.id, 14, 8, 7), alex, NOW)
    feedback.answer(tx, session.id, three, 1, "", NOW)
    assert held(tx) == session_sums.Sum(1, 0, 14, 8, 7)
    records.undo(tx, feedback.KIND, typed.id, 1, alex, NOW)
    assert held(tx) == session_sums.Sum(1, 0, 3, 3, 1)
    assert feedback.answers(tx, session.id) == [(1, ""), (3, ""), (4, "Useful")]


def test_only_who_was_asked_answers_and_only_once(tx: Tx, alex: Person, marie: Person) -> None:
    session = record(tx, alex)
    with pytest.raises(NotAllowed):
        feedback.answer(tx, session.id, marie, 5, "", NOW)
    feedback.ask(tx, session.id, [marie.id])
    assert feedback.unanswered(tx, session.id) == [marie.id]
    for score in (0, 6):
        with pytest.raises(Impossible):
            feedback.answer(tx, session.id, marie, score, "", NOW)
    feedback.answer(tx, session.id, marie, 5, "", NOW)
    feedback.ask(tx, session.id, [marie.id])
    assert feedback.unanswered(tx, session.id) == []
    with pytest.raises(AlreadyAnswered):
        feedback.answer(tx, session.id, marie, 1, "", NOW)


def test_nothing_that_is_kept_tells_who_answered_what(tx: Tx, alex: Person) -> None:
    session = record(tx, alex)
    asked = [meet(tx, f"Person {n}") for n in range(12)]
    feedback.ask(tx, session.id, [one.id for one in asked])
    for n, one in enumerate(asked):
        feedback.answer(tx, session.id, one, 5, f"comment {n:02}", NOW)
    rows = tx.rows("SELECT * FROM feedback_answers")
    assert {tuple(row.keys()) for row in rows} == {("session", "key", "score", "comment")}
    # By key, and the keys are drawn: in the order of answering once in 479 001 600.
    assert [row["comment"] for row in rows] != sorted(row["comment"] for row in rows)
    lines = tx.rows("SELECT digest FROM audit WHERE action = 'answer'")
    assert {line["digest"] for line in lines} == {audit.digest("answered")}
    assert verify.problems(tx) == []


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("asked", (0, 0, 0)),
        ("answered", (5, 6, 0)),
        ("answered", (5, -1, 0)),
        ("positive", (5, 4, 5)),
        ("positive", (5, 4, -1)),
    ],
)
def test_totals_that_cannot_be(
    tx: Tx, alex: Person, field: str, says: tuple[int, int, int]
) -> None:
    session = record(tx, alex)
    with pytest.raises(Impossible) as refused:
        feedback.take(tx, Feedback(session.id, *says), alex, NOW)
    assert refused.value.field == field


def test_the_same_totals_twice_are_one_version(tx: Tx, alex: Person) -> None:
    session = record(tx, alex)
    says = Feedback(session.id, 14, 8, 7, feedback.Source.FILE, "digest")
    first = feedback.take(tx, says, alex, NOW)
    assert feedback.take(tx, replace(says, positive=6), alex, NOW) == first
    assert feedback.take(tx, replace(says, file="other"), alex, NOW).version == 2
