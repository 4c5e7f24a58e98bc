"""What a door took upon itself and has not finished: survives a restart, and is taken up again."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.engine import Tx


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Something to finish; ``content`` is the door's own, ``at`` is in UTC seconds."""

    id: int
    at: int
    content: str


def put(tx: Tx, platform: str, content: str, at: int) -> int:
    """Remember it; the number it goes by until it is done."""
    row = tx.row(
        "INSERT INTO unfinished (platform, at, content) VALUES (:platform, :at, :content)"
        " RETURNING id",
        platform=platform,
        at=at,
        content=content,
    )
    assert row is not None
    return int(row["id"])


def exchange(
    tx: Tx, platform: str, contents: Sequence[str], at: int, finished: Sequence[int]
) -> list[int]:
    """Remember these, and forget what is finished; the numbers of the new ones, in order."""
    for id in finished:
        done(tx, id)
    return [put(tx, platform, content, at) for content in contents]


def everything(tx: Tx, platform: str) -> list[Unfinished]:
    """All that this platform's door has to finish, oldest first."""
    rows = tx.rows(
        "SELECT id, at, content FROM unfinished WHERE platform = :platform ORDER BY id",
        platform=platform,
    )
    return [Unfinished(row["id"], row["at"], row["content"]) for row in rows]


def done(tx: Tx, id: int) -> None:
    """It is finished, or never can be."""
    tx.run("DELETE FROM unfinished WHERE id = :id", id=id)
