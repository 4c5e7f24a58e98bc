"""Surveys and journals in the store: what each can say, who may, and what counts when."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage import people, records, rosters, surveys
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.limits import Impossible
from storage.people import Newcomer, Person, TeamRole
from storage.rosters import Member
from storage.surveys import COMPLETION, SURVEY, Completion, Source, Survey
from tests.storage.making import DAY, NOW

OPENED = date(2025, 2, 3)
SAYS = Survey("survey-cdas", "A survey", OPENED)


def hire(tx: Tx, by: Person, name: str, **more: str | int) -> int:
    says = replace(Member(name, role="cda"), **more)  # pyright: ignore[reportArgumentType] - a test names its fields
    return rosters.add(tx, says, by, NOW).id


def send(tx: Tx, by: Person, says: Survey = SAYS) -> int:
    return records.add(tx, SURVEY, says, by, NOW).id


def done(survey: int, *members: int, day: date = DAY, **more: str | Source) -> Completion:
    says = Completion(survey, tuple((member, day) for member in members))
    return replace(says, **more)  # pyright: ignore[reportArgumentType] - a test names its fields


@pytest.mark.parametrize(
    ("says", "field"),
    [
        (replace(SAYS, target=""), "target"),
        (replace(SAYS, title=" "), "title"),
        (replace(SAYS, title="x" * 4001), "title"),
        (replace(SAYS, title="\0"), "title"),
        (replace(SAYS, target="\ud800"), "target"),
        (replace(SAYS, opened=date(1999, 12, 31)), "opened"),
        (replace(SAYS, opened=date(2028, 2, 12)), "opened"),
        (replace(SAYS, closes=OPENED - timedelta(days=1)), "closes"),
        (replace(SAYS, closes=date(2028, 2, 12)), "closes"),
    ],
)
def test_what_no_survey_can_say(tx: Tx, sam: Person, says: Survey, field: str) -> None:
    with pytest.raises(Impossible) as refused:
        send(tx, sam, says)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("says", "field"),
    [
        (Completion(1, ()), "members"),
        (Completion(1, ((1, DAY), (1, OPENED))), "members"),
        (Completion(1, tuple((n, DAY) for n in range(2001))), "members"),
        (Completion(1, ((1, date(2025, 2, 14)),)), "day"),
        (Completion(1, ((1, date(1999, 2, 14)),)), "day"),
        (Completion(1, ((1, DAY),), file="\n"), "file"),
        (Completion(1, ((1, DAY),), file="x" * 4001), "file"),
    ],
)
def test_what_no_completion_can_say(tx: Tx, sam: Person, says: Completion, field: str) -> None:
    with pytest.raises(Impossible) as refused:
        records.add(tx, COMPLETION, says, sam, NOW)
    assert refused.value.field == field


def test_managers_send_out_and_the_team_records(
    tx: Tx, sam: Person, alex: Person, marie: Person
) -> None:
    member = hire(tx, sam, "a")
    for by in (alex, marie):
        with pytest.raises(NotAllowed):
            send(tx, by)
    survey = send(tx, sam)
    with pytest.raises(NotAllowed):
        surveys.complete(tx, done(survey, member), marie, NOW)
    recorded = surveys.complete(tx, done(survey, member), alex, NOW)
    assert recorded is not None
    for refused in (
        lambda: surveys.undo(tx, recorded.id, 1, marie, NOW),
        lambda: surveys.void(tx, recorded.id, 1, marie, NOW),
        lambda: surveys.change(tx, recorded.id, 1, done(survey, member), marie, NOW),
    ):
        with pytest.raises(NotAllowed):
            refused()
    pending = people.meet(tx, Newcomer("test", "p", "P"), TeamRole.PENDING, NOW)
    with pytest.raises(NotAllowed):
        surveys.complete(tx, done(survey, member), pending, NOW)


def test_a_member_speaks_for_themself(tx: Tx, sam: Person) -> None:
    own, other = hire(tx, sam, "a", email="a@emsb.example"), hire(tx, sam, "b")
    who = Newcomer("test", "a", "A", email="a@emsb.example")
    a = people.meet(tx, who, TeamRole.MEMBER, NOW)
    survey = send(tx, sam)
    with pytest.raises(NotAllowed):
        surveys.complete(tx, done(survey, own, other), a, NOW)
    recorded = surveys.complete(tx, done(survey, own, source=Source.SELF), a, NOW)
    assert recorded is not None
    with pytest.raises(NotAllowed):
        surveys.change(tx, recorded.id, 1, done(survey, other), a, NOW)
    changed = surveys.change(tx, recorded.id, 1, done(survey, own, day=OPENED), a, NOW)
    assert surveys.completed(tx, survey, DAY) == {own: OPENED}
    undone = surveys.undo(tx, changed.id, 2, a, NOW)
    voided = surveys.void(tx, undone.id, 3, a, NOW)
    assert surveys.completed(tx, survey, DAY) == {}
    surveys.undo(tx, voided.id, 4, a, NOW)
    assert surveys.completed(tx, survey, DAY) == {own: DAY}


def test_only_what_is_there_is_handed_in(tx: Tx, sam: Person) -> None:
    member, survey = hire(tx, sam, "a"), send(tx, sam)
    for says in (done(99, member), done(member, member), done(survey, 99)):
        with pytest.raises(NotFound):
            surveys.complete(tx, says, sam, NOW)
    records.void(tx, SURVEY, survey, 1, sam, NOW)
    with pytest.raises(ChangedMeanwhile):
        surveys.complete(tx, done(survey, member), sam, NOW)


def test_it_is_handed_in_while_any_act_says_so(tx: Tx, sam: Person) -> None:
    one, two, three = (hire(tx, sam, name) for name in "abc")
    survey = send(tx, sam)
    typed = surveys.complete(tx, done(survey, one), sam, NOW)
    file = surveys.complete(
        tx, done(survey, one, two, day=OPENED, source=Source.FILE, file="f"), sam, NOW
    )
    assert typed is not None
    assert file is not None
    assert surveys.complete(tx, replace(file.says, file="f"), sam, NOW) is None
    assert surveys.completed(tx, survey, DAY) == {one: OPENED, two: OPENED}
    assert surveys.completed(tx, survey, OPENED - timedelta(days=1)) == {}
    assert surveys.acts(tx, survey) == [file, typed]
    surveys.undo(tx, file.id, 1, sam, NOW)
    assert surveys.completed(tx, survey, DAY) == {one: DAY}
    assert surveys.acts(tx, survey) == [typed]
    assert surveys.complete(tx, done(survey, one, three), sam, NOW) is not None


def test_two_stays_of_one_human_are_one(tx: Tx, sam: Person) -> None:
    first = rosters.add(tx, Member("a", role="cda", ends=OPENED), sam, NOW).id
    starts = OPENED + timedelta(days=1)
    second = Member("a", role="cda", starts=starts, same_as=first)
    second_id = rosters.add(tx, second, sam, NOW).id
    survey = send(tx, sam)
    surveys.complete(tx, done(survey, second_id), sam, NOW)
    assert surveys.completed(tx, survey, DAY) == {first: DAY}
    assert [one.id for one in surveys.asked(tx, "cda", OPENED).values()] == [first]
    assert [one.id for one in surveys.asked(tx, "cda", starts).values()] == [second_id]
    assert surveys.complete(tx, done(survey, first), sam, NOW) is None


def test_surveys_are_found_by_target_and_day(tx: Tx, sam: Person) -> None:
    later = send(tx, sam, replace(SAYS, opened=OPENED + timedelta(days=9)))
    first = send(tx, sam)
    other = send(tx, sam, replace(SAYS, target="journals-cdas"))
    year = date(2024, 7, 1), date(2025, 6, 30)
    assert [one.id for one in surveys.of_target(tx, "survey-cdas", *year)] == [first, later]
    assert [one.id for one in surveys.between(tx, *year)] == [later, other, first]
    assert [one.id for one in surveys.between(tx, OPENED, OPENED)] == [other, first]
    records.void(tx, SURVEY, first, 1, sam, NOW)
    assert [one.id for one in surveys.of_target(tx, "survey-cdas", *year)] == [later]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda tx: tx.run("DELETE FROM surveys"),
        lambda tx: tx.run("UPDATE surveys SET opened = '2025-01-01'"),
        lambda tx: tx.run("DELETE FROM completions"),
        lambda tx: tx.run("UPDATE completions SET day = '2025-01-01'"),
        lambda tx: tx.run("UPDATE completions SET record = survey"),
    ],
)
def test_what_is_kept_wrong_is_found(tx: Tx, sam: Person, spoil: Callable[[Tx], None]) -> None:
    survey = send(tx, sam)
    surveys.complete(tx, done(survey, hire(tx, sam, "a")), sam, NOW)
    gone = surveys.complete(tx, done(survey, hire(tx, sam, "b")), sam, NOW)
    assert gone is not None
    surveys.void(tx, gone.id, 1, sam, NOW)
    assert list(surveys.wrong(tx)) == []
    spoil(tx)
    assert list(surveys.wrong(tx)) != []
