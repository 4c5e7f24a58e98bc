"""What was altered of records behind our back is found, in each table that is kept of them."""

from dataclasses import replace
from datetime import date

import pytest

from storage import links, records, rosters, same_people, sessions
from storage.engine import Tx
from storage.kinds import ALL
from storage.people import Person
from storage.sessions import Day
from storage.verify import problems
from tests.storage import recorded
from tests.storage.making import NOW, meet


@pytest.fixture
def kept(tx: Tx, alex: Person, sam: Person) -> Tx:
    """A meeting (3) with attendance (5) and answers, one (4) with totals, and one of all else."""
    recorded.one_of_each(tx, alex, sam)
    assert problems(tx) == []
    return tx


ALTERED = {
    "UPDATE records SET content = replace(content, 'PLC', 'Other') WHERE id = 3": (
        "Session 3 is not what the audit chain says it became."
    ),
    "UPDATE records SET person = 2 WHERE id = 3": (
        "Session 3 is not what the audit chain says it became."
    ),
    "UPDATE records SET voided = 5 WHERE kind = 'member' AND id = 1": (
        "Member 1 is not what the audit chain says it became."
    ),
    "UPDATE records SET kind = 'lunch' WHERE id = 3": "Record 3 is of no known kind.",
    "UPDATE record_versions SET content = replace(content, 'M.', 'N.') WHERE record = 2": (
        "Version 1 of member 2 is not what it was."
    ),
    "DELETE FROM record_versions WHERE record = 2": "Of member 2 not every version is kept.",
    "UPDATE sessions SET last = '2025-02-12' WHERE session = 3": (
        "The session 3 is not looked up by what its record says."
    ),
    "DELETE FROM sessions WHERE session = 3": (
        "The session 3 is not looked up by what its record says."
    ),
    "UPDATE session_sums SET sessions = 7 WHERE span = 'm2025-02'": (
        "The sums of session_sums / plc-meetings / m2025-02 are not what the sessions make them."
    ),
    "UPDATE member_sums SET present = 7 WHERE span = '2025-02-11'": (
        "The sums of member_sums / plc-meetings / 2025-02-11 are not what the sessions make them."
    ),
    "UPDATE attendances SET participants = 90": (
        "The attendance 5 is not looked up by what its record says."
    ),
    "UPDATE attendance_boards SET number = 10": (
        "Who was at session 3 is not what attendance 5 says."
    ),
    "DELETE FROM presences WHERE member = 2": (
        "Who was at session 3 is not what attendance 5 says."
    ),
    "INSERT INTO presences VALUES (4, 1, 0)": "Who was at session 4 is what no attendance says.",
    "UPDATE feedback_counts SET positive = 8 WHERE session = 4": (
        "The feedback on session 4 is not counted as it came."
    ),
    "UPDATE feedback_counts SET asked = 4 WHERE session = 3": (
        "The feedback on session 3 is not counted as it came."
    ),
    "DELETE FROM feedback_people WHERE answered = 0 AND person = 5": (
        "The feedback on session 3 is not counted as it came."
    ),
    "UPDATE feedback_people SET answered = 1": (
        "The answers on session 3 are not as many as have answered."
    ),
    "DELETE FROM feedback_people": "The answers on session 3 are not as many as have answered.",
    "UPDATE feedback_answers SET score = 1": "The feedback on session 3 is not counted as it came.",
    "DELETE FROM feedback_answers": "The answers on session 3 are not as many as have answered.",
    "INSERT INTO feedback_answers VALUES (4, 'k', 5, '')": (
        "The answers on session 4 are not as many as have answered."
    ),
    "UPDATE roster SET board = 'nfsb' WHERE record = 1": (
        "The member 1 is not looked up by what its record says."
    ),
    "UPDATE roster SET human = 2": "The member 1 is not looked up by what its record says.",
    "UPDATE outputs SET folded = ''": "The output 8 is not looked up by what its record says.",
    "UPDATE output_totals SET outputs = 2": (
        "The count of cda-tools / 2025-02-11 / published is 2; the records make it 1."
    ),
    "UPDATE partnerships SET seat = 0": (
        "The partnership 9 is not looked up by what its record says."
    ),
    "DELETE FROM agreements": "The agreement 10 is not looked up by what its record says.",
    "UPDATE surveys SET opened = '2025-02-12'": (
        "The survey 11 is not looked up by what its record says."
    ),
    "UPDATE completions SET member = 2": "The completion 12 is not counted as its record says.",
    "UPDATE documents SET sent = NULL": "The document 13 is not looked up by what its record says.",
    "UPDATE communities SET channel = 'C1'": (
        "The community 14 is not looked up by what its record says."
    ),
    "UPDATE calls SET closes = '2025-02-12'": (
        "The call 21 is not looked up by what its record says."
    ),
    "UPDATE interests SET seats = 2": "The interest 22 is not looked up by what its record says.",
    "UPDATE relevances SET verdict = 'no'": (
        "The relevance 23 is not looked up by what its record says."
    ),
    "DELETE FROM draws": "The draw 24 is not looked up by what its record says.",
    "UPDATE offers SET until = 1": "The offer 25 is not looked up by what its record says.",
    "DELETE FROM memberships": "The membership 15 is not looked up by what its record says.",
    "UPDATE quiet SET until = '2025-02-13'": (
        "The quiet 17 is not looked up by what its record says."
    ),
    "UPDATE practices SET level = 'all'": (
        "The practice 18 is not looked up by what its record says."
    ),
    "DELETE FROM practice_marks": "The practice_mark 19 is not looked up by what its record says.",
    "UPDATE channels SET id = 'C2'": "The channel 26 is not looked up by what its record says.",
    "UPDATE narratives SET number = 2": (
        "The narrative 27 is not looked up by what its record says."
    ),
    "UPDATE practice_comments SET practice = 3": (
        "The practice_comment 20 is not looked up by what its record says."
    ),
}


@pytest.mark.parametrize(("sql", "found"), ALTERED.items())
def test_an_altered_row_is_found(kept: Tx, sql: str, found: str) -> None:
    kept.run(sql)
    assert found in problems(kept)


def test_a_record_written_past_the_chain_is_found(kept: Tx) -> None:
    added = kept.insert(
        "INSERT INTO records (kind, content, person, version, created)"
        " SELECT kind, content, person, 1, created FROM records WHERE id = 8"
    )
    assert f"No line of the audit chain speaks of output {added}." in problems(kept)


def test_a_record_taken_out_is_found(kept: Tx) -> None:
    kept.run("DELETE FROM documents")
    kept.run("DELETE FROM records WHERE id = 13")
    assert "The audit chain speaks of document 13, which is not there." in problems(kept)


def test_answers_that_all_were_taken_out_are_found(kept: Tx) -> None:
    kept.run("DELETE FROM feedback_answers")
    kept.run("DELETE FROM feedback_people")
    says = "The audit chain speaks of answers on session 3, which are not there."
    assert says in problems(kept)


def test_every_kind_of_record_is_known(kept: Tx) -> None:
    """Each is in the list once: a new kind that is missing there would be said to be unknown."""
    names = [kind.name for kind in ALL]
    assert len(set(names)) == len(names)
    there = {row["kind"] for row in kept.rows("SELECT kind FROM records")}
    assert there == {*names} - {"import"}


def test_every_way_to_change_a_record_leaves_the_store_whole(kept: Tx, sam: Person) -> None:
    for kind in ALL:
        for record in list(records.every(kept, kind)):
            if kind is same_people.DECISION:
                same_people.undo(kept, record.id, record.version, sam, NOW)
            elif kind is not rosters.MEMBER:
                records.void(kept, kind, record.id, record.version, sam, NOW)
                records.undo(kept, kind, record.id, record.version + 1, sam, NOW)
            assert problems(kept) == []


def test_a_version_from_before_two_became_one_is_whole(kept: Tx, sam: Person) -> None:
    alex, other = (meet(kept, name) for name in ("Alex", "Alex Roy"))
    later = replace(recorded.MEETING, days=(Day(date(2025, 3, 4), "", 90),))
    records.change(kept, sessions.KIND, 4, 1, later, alex, NOW)
    made = links.link(kept, other.id, alex.id, sam, NOW)
    assert records.get(kept, sessions.KIND, 4).person == other.id
    assert problems(kept) == []
    records.undo(kept, sessions.KIND, 4, 2, sam, NOW)
    links.undo(kept, made.id, sam, NOW)
    assert problems(kept) == []
