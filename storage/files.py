"""Files that were made for someone and wait to be fetched, under a token that nobody can guess."""

from dataclasses import dataclass

from storage.engine import Tx


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file, and the platform and id of whom it was made for."""

    name: str
    content: bytes
    platform: str
    person: str


def put(tx: Tx, token: str, file: Waiting, at: int) -> None:
    """Keep it until it is fetched."""
    tx.run(
        "INSERT INTO files (token, name, content, platform, person, at)"
        " VALUES (:token, :name, :content, :platform, :person, :at)",
        token=token,
        name=file.name,
        content=file.content,
        platform=file.platform,
        person=file.person,
        at=at,
    )


def get(tx: Tx, token: str) -> Waiting | None:
    """The file, or None where there is none or it was let go."""
    row = tx.row("SELECT * FROM files WHERE token = :token", token=token)
    return Waiting(row["name"], row["content"], row["platform"], row["person"]) if row else None


def forget(tx: Tx, token: str) -> None:
    """It was fetched, or is not wanted."""
    tx.run("DELETE FROM files WHERE token = :token", token=token)


def forget_before(tx: Tx, at: int) -> None:
    """Let go of what is older than ``at``."""
    tx.run("DELETE FROM files WHERE at < :at", at=at)
