"""Documents that a plan asks for: reports and the plan itself, by when they were sent."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create what they are looked up and counted by."""
    db.table("documents").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"record": int, "plan": str, "target": str, "number": int, "sent": str},
        pk="record",
        strict=True,
        not_null={"plan", "target", "number"},
        foreign_keys=[("record", "records", "id")],
    )
    db.table("documents").create_index(("plan", "target", "number"), unique=True)
