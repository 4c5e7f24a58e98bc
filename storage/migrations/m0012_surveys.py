"""Surveys and journals that went out, and who has handed them in."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create what both are looked up and counted by."""
    db.table("surveys").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"record": int, "target": str, "opened": str},
        pk="record",
        strict=True,
        not_null={"target", "opened"},
        foreign_keys=[("record", "records", "id")],
    )
    db.table("surveys").create_index(("target", "opened"))
    db.table("completions").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"record": int, "survey": int, "member": int, "day": str},
        pk=("record", "member"),
        strict=True,
        not_null={"survey", "day"},
        foreign_keys=[("record", "records", "id"), ("survey", "records", "id")],
    )
    db.table("completions").create_index(("survey", "member", "day"))
