"""Which community a session is a meeting of, and who answered that they are coming."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Add the column to sessions, and create the index table of answers."""
    db.conn.execute("ALTER TABLE sessions ADD COLUMN community INTEGER NOT NULL DEFAULT 0")
    db.table("sessions").create_index(("community", "first"))
    db.table("rsvps").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"record": int, "session": int, "answer": str},
        pk="record",
        strict=True,
        not_null={"session", "answer"},
        foreign_keys=[("record", "records", "id"), ("session", "records", "id")],
    )
    db.table("rsvps").create_index(("session",))
