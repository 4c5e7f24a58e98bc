"""Outputs: what tools, capsules and updates of the site are looked up and counted by."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create both tables."""
    db.table("outputs").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"record": int, "target": str, "day": str, "published": int, "folded": str},
        pk="record",
        strict=True,
        not_null={"target", "day", "published", "folded"},
        foreign_keys=[("record", "records", "id")],
    )
    db.table("outputs").create_index(("target", "day", "record"))
    db.table("outputs").create_index(("day", "record"))
    db.table("output_totals").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"target": str, "day": str, "published": int, "outputs": int},
        pk=("target", "day", "published"),
        strict=True,
        not_null={"target", "day", "published", "outputs"},
    )
