"""Inbound keys: what a delivery was answered, kept with what it changed, so none counts twice."""

from storage.engine import Tx

KEPT_DAYS = 30


def reply(tx: Tx, key: str) -> str | None:
    """What was answered to this delivery, or None if it is the first."""
    row = tx.row("SELECT reply FROM inbound WHERE key = :key", key=key)
    return str(row["reply"]) if row else None


def record(tx: Tx, key: str, at: int, answer: str) -> None:
    """Remember the answer; part of the unit of work that made the change."""
    tx.run(
        "INSERT INTO inbound (key, at, reply) VALUES (:key, :at, :reply)",
        key=key,
        at=at,
        reply=answer,
    )


def forget_before(tx: Tx, at: int) -> None:
    """Drop answers older than ``at``: no platform delivers again after days."""
    tx.run("DELETE FROM inbound WHERE at < :at", at=at)
