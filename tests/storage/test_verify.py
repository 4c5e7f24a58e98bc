"""What was altered behind our back is found, and said in a sentence."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from storage import people, totals
from storage.engine import FILE, Tx, reading, writing
from storage.entry_changes import add, change, undo, void
from storage.people import Person, TeamRole
from storage.plan import Language
from storage.verify import problems
from tests.storage.making import DAY, NOW, SUPPORT, draft, meet


@pytest.fixture
def kept(tx: Tx, alex: Person) -> Tx:
    """Three entries: one as it was logged, one changed, one voided."""
    add(tx, draft(), alex, NOW)
    second = add(tx, draft(minutes=60, requested=True), alex, NOW)
    change(tx, second.id, 1, SUPPORT, alex, NOW)
    third = add(tx, draft(minutes=30), alex, NOW)
    void(tx, third.id, 1, alex, NOW)
    people.set_language(tx, alex.id, Language.FR, NOW)
    assert problems(tx) == []
    return tx


def test_an_empty_store_is_whole(tx: Tx) -> None:
    assert problems(tx) == []


def test_every_way_to_change_leaves_the_store_whole(kept: Tx, sam: Person) -> None:
    for turn in range(2, 6):
        undo(kept, 2, turn, sam, NOW)
        assert problems(kept) == []
    people.set_role(kept, sam.id, TeamRole.MEMBER, NOW, None)
    assert problems(kept) == []


ALTERED_ENTRY = {
    "minutes": "UPDATE entries SET minutes = 600 WHERE id = 1",
    "day": "UPDATE entries SET day = '2025-02-10' WHERE id = 1",
    "owner": "UPDATE entries SET person = 2 WHERE id = 1",
    "words": "UPDATE entries SET said = 'other words' WHERE id = 1",
    "objective": "UPDATE entries SET objective = '' WHERE id = 1",
    "voided": "UPDATE entries SET voided = 1 WHERE id = 1",
    "a name": "UPDATE entry_people SET name = 'Nobody' WHERE entry = 1",
    "a number": "UPDATE entry_people SET number = 2 WHERE entry = 1",
    "no people": "DELETE FROM entry_people WHERE entry = 1",
    "a board": "UPDATE entry_boards SET board = 'nfsb' WHERE entry = 1",
    "one more board": "INSERT INTO entry_boards (entry, board) VALUES (1, 'nfsb')",
}


@pytest.mark.parametrize("sql", ALTERED_ENTRY.values(), ids=ALTERED_ENTRY.keys())
def test_an_altered_entry_is_found(kept: Tx, sam: Person, sql: str) -> None:
    kept.run(sql)
    assert "Entry 1 is not what the audit chain says it became." in problems(kept)


def test_an_entry_altered_together_with_its_totals_is_found_all_the_same(kept: Tx) -> None:
    kept.run("UPDATE entries SET minutes = minutes + 60 WHERE id = 1")
    kept.run(
        "UPDATE totals SET minutes = minutes + 60 WHERE kind = 'accompaniment' AND entries > 0"
    )
    assert problems(kept) == ["Entry 1 is not what the audit chain says it became."]


def test_a_voided_entry_that_was_restored_by_hand_is_found(kept: Tx) -> None:
    kept.run("UPDATE entries SET voided = NULL WHERE id = 3")
    found = problems(kept)
    assert "Entry 3 is not what the audit chain says it became." in found
    assert (
        "The total of accompaniment / all /  / 2025-02-11 is 135 minutes in 1 entries;"
        " the entries make it 165 minutes in 2 entries."
    ) in found


def test_a_renamed_partner_is_found_in_its_entries(kept: Tx) -> None:
    kept.run("UPDATE partners SET name = 'Somebody else'")
    assert "Entry 2 is not what the audit chain says it became." in problems(kept)


def test_an_entry_written_past_the_chain_is_found(kept: Tx) -> None:
    kept.run(
        "INSERT INTO entries (kind, day, minutes, person, objective, said, version, created)"
        " VALUES ('accompaniment', '2025-02-11', 60, 1, '', '', 1, 0)"
    )
    assert "No line of the audit chain speaks of entry 4." in problems(kept)


def test_an_entry_taken_out_is_found(kept: Tx) -> None:
    kept.run("DELETE FROM entry_people WHERE entry = 1")
    kept.run("DELETE FROM entry_boards WHERE entry = 1")
    kept.run("DELETE FROM entries WHERE id = 1")
    assert "The audit chain speaks of entry 1, which is not there." in problems(kept)


def test_an_altered_person_is_found(kept: Tx) -> None:
    kept.run("UPDATE people SET role = 'admin' WHERE id = 1")
    assert problems(kept) == ["Person 1 is not what the audit chain says it became."]


def test_a_person_written_past_the_chain_is_found(kept: Tx) -> None:
    kept.run(
        "INSERT INTO people (name, role, language, timezone, created)"
        " VALUES ('Eve', 'admin', 'en', 'America/Toronto', 0)"
    )
    assert problems(kept) == ["No line of the audit chain speaks of person 2."]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE totals SET minutes = minutes + 1 WHERE dimension = 'board' AND value = 'emsb'",
        "UPDATE totals SET entries = entries + 1 WHERE dimension = 'board' AND value = 'emsb'",
        "UPDATE totals SET value = 'nfsb' WHERE dimension = 'board' AND value = 'emsb'",
    ],
)
def test_an_altered_total_is_found(kept: Tx, sql: str) -> None:
    kept.run(sql)
    found = problems(kept)
    assert found
    assert all(sentence.startswith("The total of accompaniment / board / ") for sentence in found)


def test_a_total_taken_out_is_found(kept: Tx) -> None:
    kept.run("DELETE FROM totals WHERE dimension = 'all' AND kind = 'partner'")
    assert problems(kept) == [
        "The total of partner / all /  / 2025-02-11 is 0 minutes in 0 entries;"
        " the entries make it 90 minutes in 1 entries."
    ]


def test_a_line_of_the_chain_taken_out_is_found(kept: Tx) -> None:
    kept.run("DELETE FROM audit WHERE seq = 3")
    assert problems(kept) == ["Line 4 of the audit chain does not follow from the one before."]


def test_the_last_lines_of_the_chain_taken_out_are_found(kept: Tx) -> None:
    kept.run("DELETE FROM audit WHERE seq >= 6")  # the void of 3, and Alex's language
    assert problems(kept) == [
        "Entry 3 is not what the audit chain says it became.",
        "Person 1 is not what the audit chain says it became.",
    ]


def test_a_reference_to_nothing_is_found(folder: Path) -> None:
    with writing(folder) as tx:
        add(tx, draft(), meet(tx, "Alex"), NOW)
    with closing(sqlite3.connect(folder / FILE)) as intruder, intruder:
        intruder.execute("UPDATE identities SET person = 77")
    with reading(folder) as tx:
        assert problems(tx) == ["Row 1 of identities speaks of a row of people that is not there."]


def test_a_damaged_file_is_said_and_the_rest_is_still_looked_at(folder: Path) -> None:
    with writing(folder) as tx:
        alex = meet(tx, "Alex")
        for number in range(200):
            add(tx, draft(minutes=1 + number % 3, said="x" * 500), alex, NOW + 700 * number)
        tx.run("DELETE FROM audit WHERE seq = 2")
    with reading(folder) as tx:
        page = tx.rows("SELECT rootpage FROM sqlite_master WHERE name = 'entries'")[0][0]
        size = tx.rows("PRAGMA page_size")[0][0]
    with (folder / FILE).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    with reading(folder) as tx:
        found = problems(tx)
    for part in ("The file", "The entries"):
        assert f"{part} could not be checked to the end: database disk image is malformed." in found
    assert "Line 3 of the audit chain does not follow from the one before." in found


def test_a_value_that_means_nothing_is_said(kept: Tx) -> None:
    kept.run("UPDATE entries SET kind = 'lunch' WHERE id = 2")
    found = problems(kept)
    assert "The entries could not be checked to the end: 'lunch' is not a valid EntryKind." in found


def test_a_flood_of_problems_is_cut_short(tx: Tx, alex: Person) -> None:
    for number in range(60):
        day = date(2024, 1, 1) + timedelta(days=number)
        add(tx, draft(day=day), alex, NOW)
    tx.run("UPDATE entries SET objective = 'altered'")
    found = problems(tx)
    assert len(found) == 21
    assert found[0] == "Entry 1 is not what the audit chain says it became."
    assert found[-1] == "There are 40 more like that."


def test_the_recount_is_made_without_the_totals(kept: Tx) -> None:
    before = dict(totals.by_day(kept, draft().kind, DAY, DAY))
    kept.run("DELETE FROM totals")
    assert len(problems(kept)) == 9
    assert before == {DAY: totals.Sum(135, 1)}
