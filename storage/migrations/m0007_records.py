"""Records: what is recorded beside hours, and every version each of them had."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create both tables."""
    db.table("records").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {
            "id": int,
            "kind": str,
            "content": str,
            "person": int,
            "version": int,
            "created": int,
            "voided": int,
        },
        pk="id",
        strict=True,
        not_null={"kind", "content", "person", "version", "created"},
        foreign_keys=[("person", "people", "id")],
    )
    db.table("record_versions").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"record": int, "version": int, "content": str, "voided": int},
        pk=("record", "version"),
        strict=True,
        not_null={"content"},
        foreign_keys=[("record", "records", "id")],
    )
    db.table("records").create_index(("kind", "id"))
