"""Practices, what the team makes of them, and comments: what they are looked up by."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create the three tables."""
    db.table("practices").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"record": int, "level": str, "theme": str, "sees": str, "folded": str},
        pk="record",
        strict=True,
        not_null={"level", "theme", "sees", "folded"},
        foreign_keys=[("record", "records", "id")],
    )
    db.table("practice_marks").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"record": int, "practice": int, "status": str, "day": str},
        pk="record",
        strict=True,
        not_null={"practice", "status", "day"},
        foreign_keys=[("record", "records", "id"), ("practice", "records", "id")],
    )
    db.table("practice_marks").create_index(("practice",), unique=True)
    db.table("practice_comments").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"record": int, "practice": int},
        pk="record",
        strict=True,
        not_null={"practice"},
        foreign_keys=[("record", "records", "id"), ("practice", "records", "id")],
    )
    db.table("practice_comments").create_index(("practice", "record"))
