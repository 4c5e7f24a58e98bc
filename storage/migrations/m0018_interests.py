"""Interests in a community, whether each is relevant, and who is offered seats."""

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create what they are looked up by."""

    def table(name: str, columns: dict[str, type], *references: str) -> None:
        db.table(name).create(  # pyright: ignore[reportUnknownMemberType] - partly typed
            {"record": int, **columns},
            pk="record",
            strict=True,
            not_null=set(columns),
            foreign_keys=[(column, "records", "id") for column in ("record", *references)],
        )

    table("calls", {"opens": str, "closes": str})
    table("interests", {"call": int, "seats": int}, "call")
    table("relevances", {"interest": int, "verdict": str}, "interest")
    table("draws", {"call": int, "community": int}, "call", "community")
    table("offers", {"draw": int, "interest": int, "until": int, "answer": str}, "draw", "interest")
    db.table("interests").create_index(("call",))
    db.table("relevances").create_index(("interest",), unique=True)
    db.table("draws").create_index(("call", "community"), unique=True)
    db.table("offers").create_index(("draw",))
    db.table("offers").create_index(("answer", "until"))
