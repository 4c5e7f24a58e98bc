"""Comments on practices, each by one person: who sees the practice may write and read them."""

from collections.abc import Iterator
from dataclasses import dataclass

from storage import people, practices, records
from storage.engine import Tx
from storage.errors import NotAllowed, NotFound
from storage.limits import LONGEST_TEXT, Impossible
from storage.people import Person
from storage.practice import writable
from storage.practices import shares
from storage.records import Kind, Record


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody says of a practice, by the number of its record."""

    practice: int
    text: str


def _check(says: Comment, at: int) -> None:
    if not says.text.strip() or len(says.text) > LONGEST_TEXT or not writable(says.text):
        raise Impossible("text")


def _count(tx: Tx, record: Record[Comment], sign: int) -> None:
    records.keep(tx, "practice_comments", _indexed(record), sign)


def _indexed(record: Record[Comment]) -> dict[str, object]:
    return {"record": record.id, "practice": record.says.practice}


COMMENT = Kind("practice_comment", Comment, shares, _count, _check)


def add(tx: Tx, says: Comment, by: Person, at: int) -> Record[Comment]:
    """Comment on a practice that one sees. Raises NotFound, NotAllowed and Impossible."""
    if practices.get(tx, says.practice, by, at).voided is not None:
        raise NotFound
    return records.add(tx, COMMENT, says, by, at)


def get(tx: Tx, id: int, by: Person, at: int) -> Record[Comment]:
    """A comment on a practice that one sees then. Raises NotFound."""
    record = records.get(tx, COMMENT, id)
    practices.get(tx, record.says.practice, by, at)
    return record


def change(tx: Tx, id: int, version: int, text: str, by: Person, at: int) -> Record[Comment]:
    """Have one's own comment say something else.

    Raises NotFound, NotAllowed, Impossible and ChangedMeanwhile.
    """
    before = get(tx, id, by, at)
    if before.person != by.id:
        raise NotAllowed
    says = Comment(before.says.practice, text)
    return records.change(tx, COMMENT, id, version, says, by, at)


def undo(tx: Tx, id: int, version: int, by: Person, at: int) -> Record[Comment]:
    """Take back what made this version: one's own; the team may, too, but for a change of words.

    Raises NotFound, NotAllowed and ChangedMeanwhile.
    """
    now = get(tx, id, by, at)
    was = records.previous(tx, COMMENT, now)
    words = was is not None and was.says != now.says
    if now.person != by.id and (words or not _on_team(tx, by)):
        raise NotAllowed
    return records.undo(tx, COMMENT, id, version, by, at)


def void(tx: Tx, id: int, version: int, by: Person, at: int) -> Record[Comment]:
    """Take a comment out: one's own, or for the team any. Raises as ``undo`` does."""
    if get(tx, id, by, at).person != by.id and not _on_team(tx, by):
        raise NotAllowed
    return records.void(tx, COMMENT, id, version, by, at)


def of_practice(tx: Tx, practice: int, by: Person, at: int) -> list[Record[Comment]]:
    """The comments on a practice that one sees then, the oldest first. Raises NotFound."""
    practices.get(tx, practice, by, at)
    rows = tx.rows(
        "SELECT record FROM practice_comments WHERE practice = :id ORDER BY record", id=practice
    )
    return [records.get(tx, COMMENT, row["record"]) for row in rows]


def _on_team(tx: Tx, by: Person) -> bool:
    return people.role_of(tx, by.id).logs


def wrong(tx: Tx) -> Iterator[str]:
    """What comments are looked up by and is not what their records say, as sentences."""
    yield from records.unlike(tx, COMMENT, "practice_comments", _indexed)
