"""Rosters: who of the network is known, by name, address, role and body, and for which days."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create what members are looked up by."""
    db.table("roster").create(  # pyright: ignore[reportUnknownMemberType] - partly typed
        {
            "record": int,
            "human": int,
            "name": str,
            "email": str,
            "role": str,
            "board": str,
            "starts": str,
            "ends": str,
        },
        pk="record",
        strict=True,
        not_null={"human", "name", "email", "role", "board"},
        foreign_keys=[("record", "records", "id")],
    )
    for columns in (("role", "starts"), ("email",), ("name",), ("human",)):
        db.table("roster").create_index(columns)
