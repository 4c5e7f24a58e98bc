"""The figures against an oracle that counts again, day by day, with nothing of ours."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import (
    documents,
    feedback,
    figures,
    outputs,
    partnerships,
    presences,
    records,
    rosters,
    sessions,
    surveys,
)
from storage.calendar import Calendar
from storage.documents import Document
from storage.engine import Tx
from storage.feedback import Feedback
from storage.figures import Figure, Other, Reading, Status, hours, status_of
from storage.outputs import Output
from storage.pace import by_milestones
from storage.partnerships import Agreement
from storage.people import Person
from storage.plan import EntryKind
from storage.plan_files import load_plans
from storage.presences import Attendance, Counted, Present
from storage.records import Record
from storage.rosters import Member
from storage.sessions import Day, Session
from storage.surveys import Completion, Survey
from tests.storage.making import DAY, NOW

PLAN = load_plans(None).get("clc-2024-25")
CALENDAR = Calendar(PLAN)
TARGET = next(one for one in PLAN.target if one.entries is EntryKind.ACCOMPANIMENT)
OUTCOME, CHOICE = "outcome-area", "theme-of-choice"
YEAR = [PLAN.starts + timedelta(days=n) for n in range((PLAN.ends - PLAN.starts).days + 1)]

days = st.sampled_from(YEAR)
logs = st.dictionaries(days, st.integers(1, 1440), max_size=60)


def is_school_day(day: date) -> bool:
    closed = any(one.first <= day <= one.last for one in PLAN.closed)
    return day.strftime("%a") not in ("Sat", "Sun") and not closed


SCHOOL_DAYS = [day for day in YEAR if is_school_day(day)]


def week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


@given(logs, days)
def test_actual_and_expected(log: dict[date, int], at: date) -> None:
    log = {day: minutes for day, minutes in log.items() if day <= at}
    figure = hours(TARGET, log, CALENDAR, at)
    assert figure.actual == Fraction(sum(log.values()), 60)
    passed = sum(1 for day in SCHOOL_DAYS if day <= at)
    assert figure.expected == 1400 * Fraction(passed, len(SCHOOL_DAYS))
    assert figure.share == Fraction(sum(log.values()), 60 * 1400)


@given(logs, days)
def test_needed_per_school_week(log: dict[date, int], at: date) -> None:
    log = {day: minutes for day, minutes in log.items() if day <= at}
    figure = hours(TARGET, log, CALENDAR, at)
    in_week: dict[tuple[int, int], list[date]] = defaultdict(list)
    for day in SCHOOL_DAYS:
        in_week[week(day)].append(day)
    left = sum(
        Fraction(sum(1 for day in week_days if day > at), len(week_days))
        for week_days in in_week.values()
    )
    if left == 0:
        assert figure.needed_per_week is None
    else:
        missing = max(Fraction(0), 1400 - Fraction(sum(log.values()), 60))
        assert figure.needed_per_week == missing / left


@given(logs, days)
def test_forecast_carries_the_last_eight_school_weeks_to_the_end(
    log: dict[date, int], at: date
) -> None:
    log = {day: minutes for day, minutes in log.items() if day <= at}
    figure = hours(TARGET, log, CALENDAR, at)
    in_week: dict[tuple[int, int], list[date]] = defaultdict(list)
    for day in SCHOOL_DAYS:
        in_week[week(day)].append(day)
    over = [
        name
        for name, week_days in in_week.items()
        if log and max(week_days) <= at and name >= week(min(log))
    ][-8:]
    left = sum(
        Fraction(sum(1 for day in week_days if day > at), len(week_days))
        for week_days in in_week.values()
    )
    if len(over) < 4 or left == 0:
        assert figure.forecast is None
        return
    minutes = [sum(m for day, m in log.items() if week(day) == name) for name in over]
    mean = Fraction(sum(log.values()), 60) + Fraction(sum(minutes), 60 * len(over)) * left
    assert figure.forecast is not None
    assert figure.forecast.mean == mean
    assert figure.forecast.low <= mean <= figure.forecast.high
    assert figure.forecast.low >= Fraction(sum(log.values()), 60)


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        (Fraction(0), Status.OFF_TRACK),
        (Fraction(6999, 100), Status.OFF_TRACK),
        (Fraction(70), Status.WATCH),
        (Fraction(8499, 100), Status.WATCH),
        (Fraction(85), Status.ON_TRACK),
        (Fraction(115), Status.ON_TRACK),
        (Fraction(11501, 100), Status.AHEAD),
        (Fraction(199999, 1000), Status.AHEAD),
        (Fraction(200), Status.MET),
    ],
)
def test_status_at_its_edges(actual: Fraction, status: Status) -> None:
    assert status_of(actual, Fraction(200), Fraction(100)) is status


def test_nothing_is_due_before_the_first_school_day() -> None:
    assert status_of(Fraction(0), Fraction(200), Fraction(0)) is Status.NOT_DUE


def test_a_minute_short_of_the_goal_is_not_met() -> None:
    figure = hours(TARGET, {PLAN.ends: 1400 * 60 - 1}, CALENDAR, PLAN.ends)
    assert figure.status is not Status.MET
    assert hours(TARGET, {PLAN.ends: 1400 * 60}, CALENDAR, PLAN.ends).status is Status.MET


def test_school_days_leave_out_weekends_holidays_and_breaks() -> None:
    assert date(2024, 10, 14) not in SCHOOL_DAYS  # Thanksgiving
    assert date(2025, 1, 2) not in SCHOOL_DAYS
    assert date(2025, 4, 21) not in SCHOOL_DAYS  # Easter Monday
    assert CALENDAR.school_days(PLAN.starts, PLAN.ends) == SCHOOL_DAYS


def test_every_target_of_the_plan_has_a_figure(tx: Tx) -> None:
    for figure in figures.read(tx, PLAN, PLAN.ends):
        assert figure != figures.Figure(figure.target)


def figure_of(tx: Tx, id: str, at: date = PLAN.ends) -> Figure:
    return next(one for one in figures.read(tx, PLAN, at) if one.target.id == id)


def hold(
    tx: Tx, by: Person, target: str, *days: date, minutes: int = 180, area: str = ""
) -> Record[Session]:
    on = tuple(Day(day, "", minutes) for day in days)
    return records.add(tx, sessions.KIND, Session(target, "A title", area=area, days=on), by, NOW)


def give(tx: Tx, by: Person, session: Record[Session], *present: tuple[int, int]) -> None:
    there = tuple(Present(day, member) for day, member in present)
    presences.take(tx, Attendance(session.id, present=there), by, NOW)


def test_a_goal_can_be_met_and_its_parts_not(tx: Tx, alex: Person) -> None:
    for n in range(37):
        hold(tx, alex, "pd-workshops", YEAR[70 + n], area=OUTCOME if n < 28 else CHOICE)
    figure = figure_of(tx, "pd-workshops")
    assert (figure.actual, figure.status) == (37, Status.MET)
    assert [part.actual for part in figure.parts] == [28, 9]


def test_a_workshop_of_two_and_a_half_hours_counts_and_a_shorter_one_does_not(
    tx: Tx, alex: Person
) -> None:
    hold(tx, alex, "pd-workshops", DAY, minutes=149)
    assert figure_of(tx, "pd-workshops").actual == 0
    hold(tx, alex, "pd-workshops", DAY, minutes=150)
    assert figure_of(tx, "pd-workshops").actual == 1
    assert figure_of(tx, "pd-workshops", DAY - timedelta(days=1)).actual == 0
    assert figure_of(tx, "pd-workshops", DAY).actual == 1


def test_two_days_are_one_session_when_the_second_is_over(tx: Tx, alex: Person) -> None:
    hold(tx, alex, "onboarding-sessions", date(2024, 9, 17), date(2024, 9, 18))
    hold(tx, alex, "onboarding-sessions", date(2024, 9, 17))
    assert figure_of(tx, "onboarding-sessions", date(2024, 9, 17)).actual == 0
    assert figure_of(tx, "onboarding-sessions", date(2024, 9, 18)).actual == 1


def test_sessions_are_forecast_as_hours_are(tx: Tx, alex: Person) -> None:
    for week in range(8):
        hold(tx, alex, "pd-workshops", date(2024, 9, 4) + timedelta(weeks=week))
    figure = figure_of(tx, "pd-workshops", date(2024, 10, 25))
    left = CALENDAR.weeks_left(date(2024, 10, 25))
    assert figure.forecast is not None
    assert figure.forecast.mean == 8 + left
    assert figure.needed_per_week == (37 - 8) / left
    assert figure_of(tx, "onboarding-sessions").forecast is None


@pytest.mark.parametrize(
    ("held", "at", "status"),
    [
        (0, date(2024, 10, 23), Status.NOT_DUE),  # the day the first is due
        (0, date(2024, 10, 24), Status.OFF_TRACK),
        (1, date(2024, 10, 24), Status.ON_TRACK),
        (1, date(2024, 12, 4), Status.ON_TRACK),
        (1, date(2024, 12, 5), Status.OFF_TRACK),
        (3, date(2025, 6, 30), Status.OFF_TRACK),
        (4, date(2024, 10, 24), Status.MET),
    ],
)
def test_what_is_not_paced_stands_by_its_milestones(
    tx: Tx, alex: Person, held: int, at: date, status: Status
) -> None:
    for _ in range(held):
        hold(tx, alex, "plc-meetings", date(2024, 9, 10))
    assert figure_of(tx, "plc-meetings", at).status is status


def test_a_count_without_milestones_is_due_with_the_plan() -> None:
    three, four = Fraction(3), Fraction(4)
    assert by_milestones(three, four, 0, over=False) is Status.NOT_DUE
    assert by_milestones(three, four, 0, over=True) is Status.OFF_TRACK
    assert by_milestones(four, four, 0, over=True) is Status.MET


@pytest.mark.parametrize(
    ("positive", "answered", "status"),
    [
        (0, 0, Status.NO_DATA),
        (750, 1000, Status.MET),
        (749, 1000, Status.ON_TRACK),
        (63, 100, Status.WATCH),
        (52, 100, Status.OFF_TRACK),
    ],
)
def test_a_rate_is_measured_against_its_goal_exactly(
    tx: Tx, alex: Person, positive: int, answered: int, status: Status
) -> None:
    session = hold(tx, alex, "pd-workshops", DAY)
    feedback.take(tx, Feedback(session.id, 1200, answered, positive), alex, NOW)
    figure = figure_of(tx, "pd-feedback", DAY)
    assert figure.status is status
    assert figure.actual == (Fraction(positive, answered) if answered else None)


def test_rates_are_pooled_and_read_in_other_ways_too(tx: Tx, alex: Person) -> None:
    for asked, answered, positive in ((10, 8, 8), (40, 2, 0)):
        session = hold(tx, alex, "pd-workshops", DAY)
        presences.take(tx, Attendance(session.id, (Counted(0, "", asked),)), alex, NOW)
        feedback.take(tx, Feedback(session.id, asked, answered, positive), alex, NOW)
    short = hold(tx, alex, "pd-workshops", DAY, minutes=60)
    feedback.take(tx, Feedback(short.id, 9, 9, 0), alex, NOW)
    figure = figure_of(tx, "pd-feedback", DAY)
    assert (figure.numerator, figure.denominator) == (8, 10)
    assert figure.readings == (
        Reading(Other.OF_PARTICIPANTS, 8, 50),
        Reading(Other.RESPONSE, 10, 50),
    )


def test_attending_all_stays_open_until_the_last_meeting(tx: Tx, alex: Person, sam: Person) -> None:
    one, two, three = (rosters.add(tx, Member(name, role="cda"), sam, NOW).id for name in "abc")
    first = hold(tx, alex, "plc-meetings", date(2024, 10, 23))
    give(tx, alex, first, (0, one), (0, two))
    for day in (date(2024, 12, 4), date(2025, 2, 12)):
        give(tx, alex, hold(tx, alex, "plc-meetings", day), (0, one), (0, three))
    figure = figure_of(tx, "plc-attend-all", date(2025, 2, 12))
    assert (figure.numerator, figure.denominator) == (1, 3)
    assert figure.status is Status.NOT_DUE
    assert figure.readings == (Reading(Other.STILL_POSSIBLE, 1, 3),)
    give(tx, alex, hold(tx, alex, "plc-meetings", date(2025, 4, 30)), (0, one))
    figure = figure_of(tx, "plc-attend-all", date(2025, 4, 30))
    assert (figure.actual, figure.status) == (Fraction(1, 3), Status.OFF_TRACK)
    assert figure.readings == ()


def test_new_cdas_are_onboarded_by_every_day_of_one_session(
    tx: Tx, alex: Person, sam: Person
) -> None:
    def hire(name: str, starts: date, role: str = "cda") -> int:
        return rosters.add(tx, Member(name, role=role, starts=starts), sam, NOW).id

    whole, halves, late = (
        hire("a", date(2024, 8, 26)),
        hire("b", date(2024, 8, 26)),
        hire("c", date(2025, 3, 10)),
    )
    old, principal = hire("d", date(2019, 8, 26)), hire("e", date(2024, 8, 26), "principal")
    first = hold(tx, alex, "onboarding-sessions", date(2024, 9, 17), date(2024, 9, 18))
    second = hold(tx, alex, "onboarding-sessions", date(2025, 1, 21), date(2025, 1, 22))
    give(tx, alex, first, *((day, who) for day in (0, 1) for who in (whole, old, principal)))
    presences.take(
        tx,
        Attendance(second.id, present=(Present(1, halves), Present(0, late))),
        alex,
        NOW,
    )
    figure = figure_of(tx, "onboarding-coverage")
    assert (figure.numerator, figure.denominator) == (1, 3)
    assert figure.readings == (Reading(Other.OF_OFFERED, 1, 2),)
    before = figure_of(tx, "onboarding-coverage", date(2025, 1, 20))
    assert (before.numerator, before.denominator) == (1, 2)
    assert before.status is Status.NOT_DUE


def test_a_new_cda_who_was_on_the_roster_before_is_one_human(
    tx: Tx, alex: Person, sam: Person
) -> None:
    def add(says: Member) -> int:
        return rosters.add(tx, replace(says, role="cda"), sam, NOW).id

    before = add(Member("a", starts=date(2019, 8, 26), ends=date(2020, 6, 30)))
    back = add(Member("a", starts=date(2024, 8, 26), ends=date(2024, 9, 30), same_as=before))
    again = add(Member("a", starts=date(2024, 10, 7), same_as=before))
    session = hold(tx, alex, "onboarding-sessions", date(2024, 9, 17), date(2024, 9, 18))
    give(tx, alex, session, (0, back), (1, again))
    figure = figure_of(tx, "onboarding-coverage")
    assert (figure.numerator, figure.denominator) == (1, 1)


def test_tools_count_when_published_and_their_share_is_of_all_recorded(
    tx: Tx, alex: Person
) -> None:
    for target, day in (("cda-tools", DAY), ("capsules", DAY), ("capsules", None)):
        says = Output(target, "A tool", published=day, url="https://example.org/a")
        records.add(tx, outputs.OUTPUT, says, alex, NOW)
    assert figure_of(tx, "cda-tools").actual == 1
    assert figure_of(tx, "capsules").actual == 1
    figure = figure_of(tx, "tools-published")
    assert (figure.numerator, figure.denominator) == (2, 3)


def test_agreements_count_from_the_day_they_are_signed(tx: Tx, alex: Person) -> None:
    for day in (None, date(2024, 6, 30), DAY):
        says = Agreement("Literacy Quebec", signed=day)
        records.add(tx, partnerships.AGREEMENT, says, alex, NOW)
    assert figure_of(tx, "partner-agreements", DAY - timedelta(days=1)).actual == 0
    figure = figure_of(tx, "partner-agreements", DAY)
    assert (figure.actual, figure.status) == (1, Status.MET)


def test_documents_belong_to_their_plan_whatever_the_day(tx: Tx, sam: Person) -> None:
    early = date(2024, 6, 12)
    documents.mark(tx, Document(PLAN.id, "action-plan", 1, sent=early), 0, sam, NOW)
    documents.mark(tx, Document("another", "dsrea-reports", 1, sent=DAY), 0, sam, NOW)
    report = Document(PLAN.id, "dsrea-reports", 1, prepared=DAY)
    made = documents.mark(tx, report, 0, sam, NOW)
    assert figure_of(tx, "action-plan", PLAN.starts).actual == 1
    assert figure_of(tx, "dsrea-reports").actual == 0
    documents.mark(tx, replace(report, sent=DAY), made.version, sam, NOW)
    assert figure_of(tx, "dsrea-reports", DAY).actual == 1
    assert figure_of(tx, "dsrea-reports", DAY - timedelta(days=1)).actual == 0


def go_out(tx: Tx, by: Person, target: str, opened: date) -> int:
    return records.add(tx, surveys.SURVEY, Survey(target, "A survey", opened), by, NOW).id


def hand_in(tx: Tx, by: Person, survey: int, day: date, *members: int) -> None:
    done = Completion(survey, tuple((member, day) for member in members))
    surveys.complete(tx, done, by, NOW)


def test_a_survey_is_of_the_roster_of_the_day_it_went_out(tx: Tx, sam: Person) -> None:
    def hire(name: str, starts: date | None, ends: date | None = None) -> int:
        says = Member(name, role="board_rep", starts=starts, ends=ends)
        return rosters.add(tx, says, sam, NOW).id

    there = [hire(f"rep {n}", None) for n in range(11)]
    gone, late = hire("gone", None, date(2024, 12, 1)), hire("late", date(2025, 2, 1))
    survey = go_out(tx, sam, "survey-reps", date(2025, 1, 15))
    hand_in(tx, sam, survey, date(2025, 1, 20), *there[:8], gone, late)
    figure = figure_of(tx, "survey-reps")
    assert (figure.numerator, figure.denominator) == (8, 11)
    assert figure.status is Status.ON_TRACK  # 72.7% of the 75% there must be
    assert figure_of(tx, "survey-reps", date(2025, 2, 12)).status is Status.NOT_DUE
    assert figure_of(tx, "survey-reps", date(2025, 1, 14)).status is Status.NO_DATA
    hand_in(tx, sam, survey, date(2025, 1, 21), there[8])
    figure = figure_of(tx, "survey-reps", date(2025, 1, 21))
    assert (figure.numerator, figure.status) == (9, Status.MET)


def test_journals_are_handed_in_by_those_who_did_every_one(tx: Tx, sam: Person) -> None:
    def hire(name: str, starts: date | None) -> int:
        return rosters.add(tx, Member(name, role="cda", starts=starts), sam, NOW).id

    always, once, late = hire("a", None), hire("b", None), hire("c", date(2025, 1, 6))
    first = go_out(tx, sam, "journals-cdas", date(2024, 11, 11))
    second = go_out(tx, sam, "journals-cdas", date(2025, 2, 3))
    hand_in(tx, sam, first, date(2024, 11, 20), always, once)
    hand_in(tx, sam, second, date(2025, 2, 10), always, late)
    assert figure_of(tx, "journals-cdas", date(2025, 1, 1)).actual == 1
    figure = figure_of(tx, "journals-cdas", date(2025, 2, 12))
    assert (figure.numerator, figure.denominator) == (1, 3)
    assert figure.readings == (Reading(Other.OF_ASKED_ALL, 1, 2),)
    assert figure.status is Status.NOT_DUE
    assert figure_of(tx, "journals-cdas", PLAN.ends).status is Status.OFF_TRACK
