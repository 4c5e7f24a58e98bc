"""Posts: what is to be said to somebody who did not ask, until a door has it."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create their table."""
    db.table("posts").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {
            "id": int,
            "once": str,
            "person": int,
            "card": str,
            "at": int,
            "sent": int,
            "failed": str,
            "failed_at": int,
        },
        pk="id",
        strict=True,
        not_null={"once", "person", "card", "at"},
        foreign_keys=[("person", "people", "id")],
    )
    db.table("posts").create_index(("once",), unique=True)
    db.table("posts").create_index(("sent", "id"))
