"""What channels are told by themselves, by channel."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create what it is looked up by; what is told stands with the record."""
    db.table("channels").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"record": int, "platform": str, "id": str},
        pk="record",
        strict=True,
        not_null={"platform", "id"},
        foreign_keys=[("record", "records", "id")],
    )
    db.table("channels").create_index(("platform", "id"), unique=True)
