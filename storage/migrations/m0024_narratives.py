"""What reports say of each target in words, by report."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create what they are looked up by; the words stand with the record."""
    db.table("narratives").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"record": int, "plan": str, "report": str, "number": int, "target": str},
        pk="record",
        strict=True,
        not_null={"plan", "report", "number", "target"},
        foreign_keys=[("record", "records", "id")],
    )
    db.table("narratives").create_index(("plan", "report", "number", "target"), unique=True)
