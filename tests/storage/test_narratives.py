"""Narratives: one a target in each report, in versions; by managers; and what none can say."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import narratives, records, report
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.limits import Impossible
from storage.narratives import LONGEST, NARRATIVE, Narrative
from storage.people import Person, TeamRole
from storage.plan_files import load_plans
from storage.report_kinds import ReportKind
from storage.verify import problems
from tests.new_database import new_database
from tests.storage.making import DAY, NOW, meet

PLAN = load_plans(None).get("clc-2024-25")
PROGRESS, ANNUAL = ReportKind.PROGRESS, ReportKind.ANNUAL
SAYS = Narrative(PLAN.id, PROGRESS, 2, "accompaniment-hours", "Four schools joined.")


def texts(tx: Tx, kind: ReportKind = PROGRESS, number: int = 2) -> dict[str, str]:
    kept = narratives.of_report(tx, PLAN.id, kind, number)
    return {target: one.says.text for target, one in kept.items()}


def test_a_report_says_one_thing_of_a_target_and_undo_brings_the_former_back(
    tx: Tx, sam: Person
) -> None:
    first = narratives.tell(tx, SAYS, 0, sam, NOW)
    again = narratives.tell(tx, replace(SAYS, text="Five."), 1, sam, NOW)
    assert (again.id, again.version) == (first.id, 2)
    assert texts(tx) == {SAYS.target: "Five."}
    assert narratives.tell(tx, again.says, 2, sam, NOW) == again, "what it says already"
    back = records.undo(tx, NARRATIVE, first.id, 2, sam, NOW)
    assert texts(tx) == {SAYS.target: SAYS.text}
    records.void(tx, NARRATIVE, first.id, back.version, sam, NOW)
    assert texts(tx) == {}
    assert problems(tx) == []


def test_each_report_and_target_has_its_own(tx: Tx, sam: Person) -> None:
    for says in (
        SAYS,
        replace(SAYS, target="cda-tools", text="Tools."),
        replace(SAYS, number=1, text="One."),
        replace(SAYS, report=ANNUAL, number=0, text="Year."),
        replace(SAYS, plan="other", text="Elsewhere."),
    ):
        narratives.tell(tx, says, 0, sam, NOW)
    assert texts(tx) == {SAYS.target: SAYS.text, "cda-tools": "Tools."}
    assert texts(tx, PROGRESS, 1) == {SAYS.target: "One."}
    assert texts(tx, ANNUAL, 0) == {SAYS.target: "Year."}
    assert texts(tx, PROGRESS, 3) == {}


def test_what_the_report_before_said(tx: Tx, sam: Person) -> None:
    def before(kind: ReportKind, number: int, target: str = SAYS.target) -> str | None:
        found = narratives.before(tx, PLAN.id, kind, number, target)
        return found and found.says.text

    assert before(ANNUAL, 0) is None
    narratives.tell(tx, replace(SAYS, number=1, text="One."), 0, sam, NOW)
    narratives.tell(tx, SAYS, 0, sam, NOW)
    narratives.tell(tx, replace(SAYS, report=ANNUAL, number=0, text="Year."), 0, sam, NOW)
    assert [before(PROGRESS, number) for number in (1, 2, 3)] == [None, "One.", SAYS.text]
    assert before(ANNUAL, 0) == SAYS.text
    assert before(PROGRESS, 3, "cda-tools") is None


def test_what_someone_did_not_see_is_not_written_over(tx: Tx, sam: Person) -> None:
    made = narratives.tell(tx, SAYS, 0, sam, NOW)
    for version in (0, 2):
        with pytest.raises(ChangedMeanwhile):
            narratives.tell(tx, replace(SAYS, text="Other."), version, sam, NOW)
    gone = records.undo(tx, NARRATIVE, made.id, 1, sam, NOW)
    with pytest.raises(ChangedMeanwhile):
        narratives.tell(tx, SAYS, 1, sam, NOW)
    narratives.tell(tx, SAYS, 0, sam, NOW)
    with pytest.raises(ChangedMeanwhile):
        records.undo(tx, NARRATIVE, gone.id, gone.version, sam, NOW)


@pytest.mark.parametrize(
    ("says", "field"),
    [
        (replace(SAYS, plan=""), "plan"),
        (replace(SAYS, target="a\nb"), "target"),
        (replace(SAYS, target="a" * 201), "target"),
        (replace(SAYS, number=0), "number"),
        (replace(SAYS, number=100), "number"),
        (replace(SAYS, report=ANNUAL), "number"),
        (replace(SAYS, text=" \n"), "text"),
        (replace(SAYS, text="a\0b"), "text"),
        (replace(SAYS, text="\ud800"), "text"),
        (replace(SAYS, text="a" * (LONGEST + 1)), "text"),
    ],
)
def test_what_no_narrative_can_say(tx: Tx, sam: Person, says: Narrative, field: str) -> None:
    with pytest.raises(Impossible) as refused:
        narratives.tell(tx, says, 0, sam, NOW)
    assert refused.value.field == field


def test_only_managers_tell(tx: Tx, alex: Person, marie: Person, sam: Person) -> None:
    made = narratives.tell(tx, SAYS, 0, sam, NOW)
    for one in (alex, marie):
        with pytest.raises(NotAllowed):
            narratives.tell(tx, replace(SAYS, text="Other."), 1, one, NOW)
        with pytest.raises(NotAllowed):
            records.undo(tx, NARRATIVE, made.id, 1, one, NOW)


def test_it_stands_beside_its_target_in_its_report_alone(tx: Tx, sam: Person) -> None:
    narratives.tell(tx, SAYS, 0, sam, NOW)
    for kind, number, said in ((PROGRESS, 2, SAYS.text), (PROGRESS, 3, ""), (ANNUAL, 0, "")):
        made = report.read(tx, PLAN, kind, number, DAY)
        by_target = {one.figure.target.id: one.narrative for one in made.targets}
        assert by_target == {one.id: "" for one in PLAN.target} | {SAYS.target: said}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([(PROGRESS, 1), (PROGRESS, 2), (ANNUAL, 0)]),
            st.sampled_from(["cda-tools", "capsules"]),
            st.sampled_from(["tell", "undo", "void"]),
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
        ),
        max_size=20,
    )
)
def test_whatever_is_told_and_taken_back_each_says_the_last_that_counts(
    steps: list[tuple[tuple[ReportKind, int], str, str, str]],
) -> None:
    with new_database() as tx:
        by = meet(tx, "Sam", TeamRole.MANAGER)
        kept: dict[tuple[ReportKind, int, str], list[str | None]] = {}
        for (kind, number), target, step, text in steps:
            before = narratives.of(tx, PLAN.id, kind, number, target)
            was = kept.setdefault((kind, number, target), [None])
            if step == "tell" and text.strip():
                says = Narrative(PLAN.id, kind, number, target, text)
                narratives.tell(tx, says, before.version if before else 0, by, NOW)
                if was[-1] is None:
                    was[:] = [None]  # a record of its own
                if text != was[-1]:
                    was.append(text)
            elif step == "void" and before:
                records.void(tx, NARRATIVE, before.id, before.version, by, NOW)
                was.append(None)
            elif step == "undo" and before:
                records.undo(tx, NARRATIVE, before.id, before.version, by, NOW)
                was.append(was[-2])
        for (kind, number, target), was in kept.items():
            found = narratives.of(tx, PLAN.id, kind, number, target)
            assert (found.says.text if found else None) == was[-1]
        assert problems(tx) == []
