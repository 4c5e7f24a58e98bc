"""What is known of partners beside the support they got, and the agreements with them."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create what both are looked up and counted by."""
    for name, columns in (
        ("partnerships", {"record": int, "partner": int, "standing": str, "seat": int}),
        ("agreements", {"record": int, "partner": int, "signed": str}),
    ):
        db.table(name).create(  # pyright: ignore[reportUnknownMemberType] - partly typed
            columns,
            pk="record",
            strict=True,
            not_null=set(columns) - {"record", "signed"},
            foreign_keys=[("record", "records", "id"), ("partner", "partners", "id")],
        )
    db.table("partnerships").create_index(("partner",), unique=True)
    db.table("agreements").create_index(("partner",))
    db.table("agreements").create_index(("signed",))
