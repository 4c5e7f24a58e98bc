"""What a database file is and holds: whose it is, in which shape, and how much is in it."""

from dataclasses import dataclass
from pathlib import Path

from storage.database import Tx, applied, known
from storage.errors import StorageError


class Unusable(StorageError):
    """A database or a copy can't be used; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Numbers of rows. ``voided`` are among ``entries``; ``changes`` are lines of the audit chain.

    ``newest``: when the last change was made, in UTC seconds; None where there is none.
    """

    entries: int
    voided: int
    people: int
    totals: int
    changes: int
    newest: int | None


def contents(tx: Tx) -> Contents:
    """Count what the database holds."""
    row = tx.row(
        "SELECT (SELECT count(*) FROM entries) AS entries,"
        " (SELECT count(*) FROM entries WHERE voided IS NOT NULL) AS voided,"
        " (SELECT count(*) FROM people) AS people, (SELECT count(*) FROM totals) AS totals,"
        " (SELECT count(*) FROM audit) AS changes, (SELECT max(at) FROM audit) AS newest"
    )
    assert row is not None
    return Contents(**dict(row))


def size(tx: Tx) -> int:
    """The database's size in bytes, with what is still in its log."""
    row = tx.row("SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size")
    assert row is not None
    return int(row["bytes"])


def check_ours(tx: Tx, path: Path) -> None:
    """Raise Unusable where the database isn't Jalon's, or is a later Jalon's."""
    steps = applied(tx)
    if not steps:
        raise Unusable(f"{path}: not a Jalon database")
    if later := [step for step in steps if step not in known()]:
        raise Unusable(f"{path}: made by a newer Jalon (it has {later[-1]}); update Jalon first")


def check_current(tx: Tx, path: Path) -> None:
    """Raise Unusable where the database isn't in the shape that this Jalon reads."""
    check_ours(tx, path)
    if len(applied(tx)) < len(known()):
        raise Unusable(f"{path}: made by an older Jalon; start the bot once to bring it up to date")
