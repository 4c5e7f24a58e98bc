"""Communities by their names and channel, and who is a member of which, from when."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create what both are looked up by."""
    db.table("communities").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {"record": int, "name_en": str, "name_fr": str, "platform": str, "channel": str},
        pk="record",
        strict=True,
        not_null={"name_en", "name_fr", "platform", "channel"},
        foreign_keys=[("record", "records", "id")],
    )
    db.table("memberships").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {
            "record": int,
            "community": int,
            "member": int,
            "starts": str,
            "ends": str,
            "interest": int,
        },
        pk="record",
        strict=True,
        not_null={"community", "member", "starts", "interest"},
        foreign_keys=[("record", "records", "id"), ("community", "records", "id")],
    )
    db.table("memberships").create_index(("community", "starts"))
    db.table("memberships").create_index(("member",))
    db.table("memberships").create_index(("interest",))
