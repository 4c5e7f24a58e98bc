"""The audit chain: every change adds a line, and no line can be altered or taken out unseen."""

import hashlib
from collections.abc import Callable

import pytest

from storage import audit
from storage.engine import Tx
from storage.entry_changes import add, change, undo, void
from storage.errors import StorageError
from storage.people import Person
from tests.storage.making import NOW, SUPPORT, draft, meet


@pytest.fixture
def chain(tx: Tx, alex: Person) -> Tx:
    """Seven lines: two people, and an entry that was logged, changed twice, undone and voided."""
    sam = meet(tx, "Sam")
    entry = add(tx, draft(), alex, NOW)
    change(tx, entry.id, 1, SUPPORT, alex, NOW)
    undo(tx, entry.id, 2, alex, NOW)
    void(tx, entry.id, 3, alex, NOW)
    add(tx, draft(minutes=5), sam, NOW)
    return tx


def test_an_empty_chain_starts_from_zeros(tx: Tx) -> None:
    assert audit.head(tx) == "0" * 64
    assert list(audit.broken_links(tx)) == []


def test_a_line_can_be_computed_by_anyone(tx: Tx) -> None:
    """The formula is published: it must not change, or no old chain could be checked."""
    audit.append(tx, 1700000000, 7, "add", "entry/12", "what it became")
    what = hashlib.sha256(b"what it became").hexdigest()
    text = f"{'0' * 64}\n1700000000\n7\nadd\nentry/12\n{what}"
    first = hashlib.sha256(text.encode()).hexdigest()
    assert audit.head(tx) == first
    audit.append(tx, 1700000001, None, "role", "person/7", "é")
    what = hashlib.sha256("é".encode()).hexdigest()
    text = f"{first}\n1700000001\n0\nrole\nperson/7\n{what}"
    assert audit.head(tx) == hashlib.sha256(text.encode()).hexdigest()


def test_a_chain_of_honest_changes_is_whole(chain: Tx) -> None:
    assert [row["seq"] for row in chain.rows("SELECT seq FROM audit ORDER BY seq")] == [
        1,
        2,
        3,
        4,
        5,
        6,
        7,
    ]
    assert list(audit.broken_links(chain)) == []


ALTERED = {
    "when": "UPDATE audit SET at = at + 1 WHERE seq = :line",
    "who": "UPDATE audit SET person = 99 WHERE seq = :line",
    "nobody": "UPDATE audit SET person = NULL WHERE seq = :line",
    "what was done": "UPDATE audit SET action = 'void' WHERE seq = :line",
    "to what": "UPDATE audit SET subject = 'entry/99' WHERE seq = :line",
    "what it became": "UPDATE audit SET digest = hash WHERE seq = :line",
    "the hash": "UPDATE audit SET hash = digest WHERE seq = :line",
}


@pytest.mark.parametrize("sql", ALTERED.values(), ids=ALTERED.keys())
@pytest.mark.parametrize("line", [1, 4, 7])
def test_an_altered_line_is_found(chain: Tx, line: int, sql: str) -> None:
    chain.run(sql, line=line)
    assert line in list(audit.broken_links(chain))


@pytest.mark.parametrize("line", [1, 4, 6])
def test_a_line_taken_out_is_found_at_the_next(chain: Tx, line: int) -> None:
    chain.run("DELETE FROM audit WHERE seq = :line", line=line)
    assert list(audit.broken_links(chain)) == [line + 1]


def test_lines_in_another_order_are_found(chain: Tx) -> None:
    for seq in (("4", "100"), ("5", "4"), ("100", "5")):
        chain.run("UPDATE audit SET seq = :new WHERE seq = :old", old=seq[0], new=seq[1])
    assert list(audit.broken_links(chain)) == [4, 5, 6]


@pytest.mark.parametrize("kind", ["entry", "person"])
def test_the_newest_digest_is_the_one_of_the_last_change(chain: Tx, kind: str) -> None:
    def last(subject: str) -> str:
        rows = chain.rows(
            "SELECT digest FROM audit WHERE subject = :it ORDER BY seq", it=f"{kind}/{subject}"
        )
        return str(rows[-1]["digest"])

    assert list(audit.newest(chain, kind)) == [(1, last("1")), (2, last("2"))]


def test_subjects_come_in_the_order_of_numbers(tx: Tx) -> None:
    for number in (10, 9, 100, 1):
        audit.append(tx, NOW, None, "add", f"entry/{number}", f"{number}")
        audit.append(tx, NOW, None, "add", f"entry{number}", "another kind")
    assert [number for number, _ in audit.newest(tx, "entry")] == [1, 9, 10, 100]


def test_a_failed_change_leaves_no_line(chain: Tx, alex: Person) -> None:
    before = audit.head(chain)
    attempts: list[Callable[[], object]] = [
        lambda: add(chain, draft(minutes=0), alex, NOW),
        lambda: change(chain, 1, 1, SUPPORT, alex, NOW),
        lambda: void(chain, 99, 1, alex, NOW),
    ]
    for attempt in attempts:
        with pytest.raises(StorageError):
            attempt()
    assert audit.head(chain) == before
