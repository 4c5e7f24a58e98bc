"""What people do not want to be told for now, by its subject."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create what it is looked up by; whose it is stands with the record."""
    db.table("quiet").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"record": int, "about": str, "until": str},
        pk="record",
        strict=True,
        not_null={"about"},
        foreign_keys=[("record", "records", "id")],
    )
    db.table("quiet").create_index(("about",))
