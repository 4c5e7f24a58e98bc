"""Addresses: how to write there, what each is called, its language, and whether one may."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Tell more of each address; those there are so far are open."""
    for column in (
        "reference TEXT NOT NULL DEFAULT ''",
        "name TEXT NOT NULL DEFAULT ''",
        "language TEXT",
        "closed TEXT",
    ):
        db.conn.execute(f"ALTER TABLE addresses ADD COLUMN {column}")
