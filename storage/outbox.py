"""What is to be said on a platform and has not been delivered yet; it survives a restart."""

from dataclasses import dataclass

from storage.engine import Tx


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something not delivered yet: ``content`` is the door's own, ``at`` is in UTC seconds."""

    id: int
    at: int
    content: str


def put(tx: Tx, platform: str, content: str, at: int) -> int:
    """Have it delivered; the number it goes by until it is."""
    row = tx.row(
        "INSERT INTO outbox (platform, at, content) VALUES (:platform, :at, :content) RETURNING id",
        platform=platform,
        at=at,
        content=content,
    )
    assert row is not None
    return int(row["id"])


def waiting(tx: Tx, platform: str) -> list[Waiting]:
    """All that waits for this platform, oldest first."""
    rows = tx.rows(
        "SELECT id, at, content FROM outbox WHERE platform = :platform ORDER BY id",
        platform=platform,
    )
    return [Waiting(row["id"], row["at"], row["content"]) for row in rows]


def change(tx: Tx, id: int, content: str) -> None:
    """Go on with less: a way that turned out to lead nowhere is left out."""
    tx.run("UPDATE outbox SET content = :content WHERE id = :id", content=content, id=id)


def done(tx: Tx, id: int) -> None:
    """It was delivered, or never can be."""
    tx.run("DELETE FROM outbox WHERE id = :id", id=id)
