"""Sessions as they are listed and summed, who was present, and what they answered."""

from typing import Any

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create the index tables of sessions, attendance and feedback."""

    def create(
        name: str, columns: dict[str, type], pk: str | tuple[str, ...], *nullable: str
    ) -> None:
        keys = {pk} if isinstance(pk, str) else set(pk)
        options: dict[str, Any] = {"not_null": set(columns) - keys - set(nullable)}
        if "session" in columns:
            options["foreign_keys"] = [("session", "records", "id")]
        db.table(name).create(  # pyright: ignore[reportUnknownMemberType] - partly typed
            columns, pk=pk, strict=True, **options
        )

    create(
        "sessions",
        {
            "session": int,
            "target": str,
            "area": str,
            "days": int,
            "minutes": int,
            "first": str,
            "last": str,
            "cancelled": int,
            "unnamed": int,
            "folded": str,
        },
        "session",
    )
    create(
        "session_sums",
        {
            "target": str,
            "span": str,
            "area": str,
            "days": int,
            "minutes": int,
            "sessions": int,
            "participants": int,
            "asked": int,
            "answered": int,
            "positive": int,
        },
        ("target", "span", "area", "days", "minutes"),
    )
    create(
        "member_sums",
        {
            "target": str,
            "span": str,
            "member": int,
            "days": int,
            "minutes": int,
            "present": int,
            "complete": int,
        },
        ("target", "span", "member", "days", "minutes"),
    )
    create(
        "attendances",
        {"session": int, "record": int, "participants": int, "named": int},
        "session",
    )
    create("attendance_boards", {"session": int, "board": str, "number": int}, ("session", "board"))
    create("presences", {"session": int, "member": int, "day": int}, ("session", "member", "day"))
    create(
        "feedback_counts",
        {"session": int, "record": int, "asked": int, "answered": int, "positive": int},
        "session",
        "record",
    )
    # In no order: what two tables list in the same order would tell who answered what.
    db.execute(  # pyright: ignore[reportUnknownMemberType] - partly typed
        "CREATE TABLE feedback_people (session INTEGER NOT NULL REFERENCES records(id),"
        " person INTEGER NOT NULL REFERENCES people(id), answered INTEGER NOT NULL,"
        " PRIMARY KEY (session, person)) STRICT, WITHOUT ROWID"
    )
    db.execute(  # pyright: ignore[reportUnknownMemberType] - partly typed
        "CREATE TABLE feedback_answers (session INTEGER NOT NULL REFERENCES records(id),"
        " key TEXT NOT NULL, score INTEGER NOT NULL, comment TEXT NOT NULL,"
        " PRIMARY KEY (session, key)) STRICT, WITHOUT ROWID"
    )
    db.table("sessions").create_index(("target", "last"))
    db.table("sessions").create_index(("last",))
    db.table("presences").create_index(("member",))
