"""Documents: one record each, which count as sent from which day, and who marks them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import documents, records
from storage.documents import KIND, Document
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.limits import Impossible
from storage.people import Person, TeamRole
from storage.records import Record
from tests.new_database import new_database
from tests.storage.making import NOW, meet

DAY = date(2025, 2, 10)
PLAN = "clc-2024-25"
REPORT = Document(PLAN, "dsrea-reports", 1, sent=DAY)


def test_a_document_has_one_record_whatever_is_marked(tx: Tx, sam: Person) -> None:
    made = documents.mark(tx, replace(REPORT, sent=None, prepared=DAY), 0, sam, NOW)
    sent = documents.mark(tx, replace(made.says, sent=DAY), made.version, sam, NOW)
    assert (sent.id, sent.version) == (made.id, 2)
    assert documents.of(tx, PLAN, "dsrea-reports", 1) == sent
    assert documents.of(tx, PLAN, "dsrea-reports", 2) is None
    other = documents.mark(tx, replace(REPORT, number=2), 0, sam, NOW)
    assert documents.of_target(tx, PLAN, "dsrea-reports") == [sent, other]
    assert documents.of_target(tx, "another", "dsrea-reports") == []


def test_what_someone_did_not_see_is_not_written_over(tx: Tx, sam: Person) -> None:
    made = documents.mark(tx, REPORT, 0, sam, NOW)
    for version in (0, 2):
        with pytest.raises(ChangedMeanwhile):
            documents.mark(tx, REPORT, version, sam, NOW)
    gone = records.undo(tx, KIND, made.id, 1, sam, NOW)
    with pytest.raises(ChangedMeanwhile):
        documents.mark(tx, REPORT, 1, sam, NOW)
    documents.mark(tx, REPORT, 0, sam, NOW)
    with pytest.raises(ChangedMeanwhile):
        records.undo(tx, KIND, gone.id, gone.version, sam, NOW)


@pytest.mark.parametrize(
    ("says", "field"),
    [
        (replace(REPORT, plan=""), "plan"),
        (replace(REPORT, plan="a" * 201), "plan"),
        (replace(REPORT, target="a\nb"), "target"),
        (replace(REPORT, number=0), "number"),
        (replace(REPORT, number=100), "number"),
        (replace(REPORT, prepared=date(1999, 12, 31)), "prepared"),
        (replace(REPORT, sent=date(2025, 2, 14)), "sent"),
        (replace(REPORT, posted=date(2025, 2, 14)), "posted"),
    ],
)
def test_what_no_document_can_say(tx: Tx, sam: Person, says: Document, field: str) -> None:
    with pytest.raises(Impossible) as refused:
        documents.mark(tx, says, 0, sam, NOW)
    assert refused.value.field == field


def test_only_managers_mark(tx: Tx, alex: Person, marie: Person, sam: Person) -> None:
    made = documents.mark(tx, REPORT, 0, sam, NOW)
    for one in (alex, marie):
        with pytest.raises(NotAllowed):
            documents.mark(tx, replace(REPORT, number=2), 0, one, NOW)
        with pytest.raises(NotAllowed):
            records.undo(tx, KIND, made.id, 1, one, NOW)


def test_an_altered_look_up_is_found(tx: Tx, sam: Person) -> None:
    documents.mark(tx, REPORT, 0, sam, NOW)
    assert list(documents.wrong(tx)) == []
    tx.run("UPDATE documents SET sent = '2025-02-09'")
    assert list(documents.wrong(tx)) == ["The document 1 is not looked up by what its record says."]


days = st.none() | st.dates(date(2025, 2, 7), date(2025, 2, 12))
marks = st.builds(
    Document,
    st.sampled_from([PLAN, "another"]),
    st.sampled_from(["dsrea-reports", "action-plan"]),
    st.integers(1, 3),
    days,
    days,
    days,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(marks, st.booleans()), max_size=12))
def test_what_was_sent_is_what_the_list_says(done: list[tuple[Document, bool]]) -> None:
    now: dict[tuple[str, str, int], list[Document]] = {}
    with new_database() as tx:
        by = meet(tx, "Sam", TeamRole.MANAGER)
        for says, undone in done:
            of = (says.plan, says.target, says.number)
            before: Record[Document] | None = documents.of(tx, *of)
            made = documents.mark(tx, says, before.version if before else 0, by, NOW)
            if undone:
                records.undo(tx, KIND, made.id, made.version, by, NOW)
            else:
                now.setdefault(of, []).append(says)
        assert list(documents.wrong(tx)) == []
        for at in (date(2025, 2, 8), DAY, date(2025, 2, 12)):
            for target in ("dsrea-reports", "action-plan"):
                mine = [said[-1] for of, said in now.items() if of[:2] == (PLAN, target)]
                sent = [one for one in mine if one.sent and one.sent <= at]
                assert documents.sent(tx, PLAN, target, at) == len(sent)
                assert [one.says for one in documents.of_target(tx, PLAN, target)] == sorted(
                    mine, key=lambda one: one.number
                )
