"""Links: who was joined to whom, what moved with them, and which id a person is named by."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create the table of links, and mark the people and the ids that they are about.

    Until now a person had one id, so that one names them.
    """
    db.conn.execute("ALTER TABLE people ADD COLUMN joined INTEGER REFERENCES people (id)")
    db.conn.execute("ALTER TABLE identities ADD COLUMN names INTEGER NOT NULL DEFAULT 1")
    db.table("links").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"id": int, "kept": int, "joined": int, "at": int, "moved": str, "undone": int},
        pk="id",
        strict=True,
        not_null={"kept", "joined", "at", "moved"},
        foreign_keys=[("kept", "people", "id"), ("joined", "people", "id")],
    )
