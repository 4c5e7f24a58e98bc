"""Files that were made and wait to be fetched."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create their table."""
    db.table("files").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {
            "token": str,
            "name": str,
            "content": bytes,
            "platform": str,
            "person": str,
            "at": int,
        },
        pk="token",
        strict=True,
        not_null={"name", "content", "platform", "person", "at"},
    )
    db.table("files").create_index(("at",))
