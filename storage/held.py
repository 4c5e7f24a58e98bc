"""What a button or a form should carry and its platform has no room for, under a token."""

from hashlib import sha256

from storage.engine import Tx


def put(tx: Tx, content: str, at: int) -> str:
    """Hold it; the same content has the same token."""
    token = sha256(content.encode()).hexdigest()
    tx.run(
        "INSERT INTO held (token, at, content) VALUES (:token, :at, :content)"
        " ON CONFLICT (token) DO UPDATE SET at = excluded.at",
        token=token,
        at=at,
        content=content,
    )
    return token


def get(tx: Tx, token: str) -> str | None:
    """What is held under a token, or None where it is nothing or was let go."""
    row = tx.row("SELECT content FROM held WHERE token = :token", token=token)
    return str(row["content"]) if row else None


def forget_before(tx: Tx, at: int) -> None:
    """Let go of what is older than ``at``."""
    tx.run("DELETE FROM held WHERE at < :at", at=at)
