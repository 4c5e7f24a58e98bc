"""What a door must not forget: what it has not finished, and what a button could not hold."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create both tables."""
    for name, columns, pk, required in (
        (
            "unfinished",
            {"id": int, "platform": str, "at": int, "content": str},
            "id",
            {"platform", "at", "content"},
        ),
        ("held", {"token": str, "at": int, "content": str}, "token", {"at", "content"}),
    ):
        db.table(name).create(  # pyright: ignore[reportUnknownMemberType] - partly typed
            columns, pk=pk, strict=True, not_null=required
        )
    db.table("held").create_index(("at",))
