"""Which community a practice belongs to."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Add the column; no practice belonged to any before."""
    db.conn.execute("ALTER TABLE practices ADD COLUMN community INTEGER NOT NULL DEFAULT 0")
