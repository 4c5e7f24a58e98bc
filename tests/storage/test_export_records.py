"""What is recorded beside hours is exported whole, and who said what in feedback is not."""

import csv
import json
from pathlib import Path

import pytest

from storage import feedback, records, sessions
from storage.engine import Tx
from storage.export import Format, write
from storage.export_columns import COLUMNS
from storage.people import Person, TeamRole
from tests.storage.making import NOW, meet
from tests.storage.recorded import MEETING, one_of_each

Rows = list[dict[str, object]]


@pytest.fixture
def kept(tx: Tx, alex: Person, sam: Person) -> Tx:
    one_of_each(tx, alex, sam)
    return tx


def exported(tx: Tx, out: Path) -> dict[str, Rows]:
    paths = write(tx, out, Format.JSON)
    return {path.stem: json.loads(path.read_text("utf-8")) for path in paths}


def test_each_record_is_in_its_table(kept: Tx, tmp_path: Path) -> None:
    tables = exported(kept, tmp_path)
    assert {table: len(rows) for table, rows in tables.items() if table != "dictionary"} == {
        "entries": 0, "people": 5, "partners": 1, "requests": 0, "sessions": 2, "attendances": 1,
        "attendance_boards": 1, "presences": 2, "feedback": 2, "feedback_answers": 0, "roster": 2,
        "outputs": 1, "partnerships": 1, "agreements": 1, "surveys": 1, "completions": 1,
        "documents": 1, "narratives": 1, "communities": 1, "memberships": 1, "rsvps": 1,
        "pauses": 1, "channels": 1, "calls": 1, "interests": 1, "interest_people": 1,
        "relevances": 1, "draws": 1, "offers": 1, "practices": 1, "practice_marks": 1,
        "practice_comments": 1, "sent_reports": 0, "sent_files": 0, "reasons": 0,
    }  # fmt: skip
    explained: dict[str, list[str]] = {}
    for one in COLUMNS:
        explained.setdefault(one.table, []).extend([one.name] if one.name else [])
    for table, rows in tables.items():
        for row in rows:
            assert [*row] == explained[table]


def test_the_tables_speak_of_each_other(kept: Tx, tmp_path: Path) -> None:
    tables = exported(kept, tmp_path)
    (attendance,) = tables["attendances"]
    assert (attendance["session"], attendance["participants"]) == (3, 9)
    assert attendance["unmatched"] == ["Somebody"]
    assert tables["attendance_boards"] == [
        {"attendance": 5, "session": 3, "board": "emsb", "number": 9}
    ]
    assert [(row["member"], row["day"]) for row in tables["presences"]] == [(1, 1), (2, 1)]
    assert {row["human"] for row in tables["roster"]} == {1}
    assert [(row["session"], row["source"], row["asked"]) for row in tables["feedback"]] == [
        (4, "typed", 14),
        (3, "chat", 3),
    ]


def test_what_was_taken_back_is_there_and_says_so(kept: Tx, sam: Person, tmp_path: Path) -> None:
    records.void(kept, sessions.KIND, 4, 1, sam, NOW)
    before, after = exported(kept, tmp_path)["sessions"]
    assert (before["voided_at"], after["voided_at"]) == (None, "2025-02-12T15:00:00Z")
    assert after["version"] == 2


def test_who_said_what_cannot_be_found_out(kept: Tx, sam: Person, tmp_path: Path) -> None:
    """Nothing exported says who was asked or has answered; and answers are in no order of time."""
    said = [(5, "the first"), (1, "second"), (3, "third"), (5, "fourth"), (2, "fifth")]
    team = [meet(kept, f"Guest {number}", TeamRole.MEMBER) for number in range(len(said))]
    session = records.add(kept, sessions.KIND, MEETING, sam, NOW).id
    feedback.ask(kept, session, [one.id for one in team])
    for one, (score, comment) in zip(team, said, strict=True):
        feedback.answer(kept, session, one, score, comment, NOW)
    tables = exported(kept, tmp_path)
    assert [(row["score"], row["comment"]) for row in tables["feedback_answers"]] == sorted(said)
    assert {row["session"] for row in tables["feedback_answers"]} == {session}, "none of so few"
    asked = {"asked", "answered"}
    with_people = [
        table
        for table, rows in tables.items()
        if rows and asked & rows[0].keys() and {"person", "member"} & rows[0].keys()
    ]
    assert with_people == ["feedback"], "whose person is who typed the totals"
    assert {row["person"] for row in tables["feedback"] if row["source"] == "chat"} == {None}


def test_a_spreadsheet_reads_it(kept: Tx, tmp_path: Path) -> None:
    write(kept, tmp_path, Format.CSV)
    with (tmp_path / "roster.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert [(row["name"], row["starts"], row["ends"]) for row in rows] == [
        ("Marie Tremblay", "2025-02-11", ""),
        ("M. Tremblay", "2025-02-11", ""),
    ]
