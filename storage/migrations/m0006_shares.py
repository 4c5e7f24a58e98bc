"""Shares: which version of an entry was told to everyone in which channel."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create their table."""
    db.table("shares").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"entry": int, "version": int, "platform": str, "place": str},
        pk=("entry", "version", "platform", "place"),
        strict=True,
        not_null={"entry", "version", "platform", "place"},
        foreign_keys=[("entry", "entries", "id")],
    )
