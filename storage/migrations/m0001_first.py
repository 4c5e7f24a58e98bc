"""People, entries with their versions and totals, the audit chain, inbound keys and settings.

Instants are UTC seconds, days are ISO dates, minutes are whole. No triggers: what must happen
together happens in one unit of work.
"""

from typing import Any

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create every table of the first version."""

    def create(
        name: str, columns: dict[str, type], pk: str | tuple[str, ...], **options: Any
    ) -> None:
        db.table(name).create(  # pyright: ignore[reportUnknownMemberType] - partly typed
            columns, pk=pk, strict=True, **options
        )

    create(
        "people",
        {"id": int, "name": str, "role": str, "language": str, "timezone": str, "created": int},
        "id",
        not_null={"name", "role", "language", "timezone", "created"},
    )
    create(
        "identities",
        {"platform": str, "id": str, "person": int},
        ("platform", "id"),
        not_null={"person"},
        foreign_keys=[("person", "people", "id")],
    )
    create(
        "addresses",
        {"platform": str, "id": str, "person": int, "seen": int},
        ("platform", "id"),
        not_null={"seen"},
        foreign_keys=[("person", "people", "id")],
    )
    create(
        "partners",
        {"id": int, "name": str, "folded": str, "kind": str, "created": int},
        "id",
        not_null={"name", "folded", "kind", "created"},
    )
    create(
        "requests",
        {"id": int, "day": str, "person": int},
        "id",
        not_null={"day", "person"},
        foreign_keys=[("person", "people", "id")],
    )
    create(
        "entries",
        {
            "id": int,
            "kind": str,
            "day": str,
            "minutes": int,
            "person": int,
            "partner": int,
            "objective": str,
            "request": int,
            "said": str,
            "version": int,
            "created": int,
            "voided": int,
        },
        "id",
        not_null={"kind", "day", "minutes", "person", "objective", "said", "version", "created"},
        foreign_keys=[
            ("person", "people", "id"),
            ("partner", "partners", "id"),
            ("request", "requests", "id"),
        ],
    )
    create(
        "entry_people",
        {"entry": int, "position": int, "role": str, "name": str, "number": int},
        ("entry", "position"),
        not_null={"role", "name", "number"},
        foreign_keys=[("entry", "entries", "id")],
    )
    create(
        "entry_boards",
        {"entry": int, "board": str},
        ("entry", "board"),
        foreign_keys=[("entry", "entries", "id")],
    )
    create(
        "entry_versions",
        {"entry": int, "version": int, "content": str},
        ("entry", "version"),
        not_null={"content"},
        foreign_keys=[("entry", "entries", "id")],
    )
    create(
        "totals",
        {
            "kind": str,
            "dimension": str,
            "value": str,
            "day": str,
            "minutes": int,
            "entries": int,
        },
        ("kind", "dimension", "value", "day"),
        not_null={"minutes", "entries"},
    )
    create(
        "audit",
        {
            "seq": int,
            "at": int,
            "person": int,
            "action": str,
            "subject": str,
            "digest": str,
            "hash": str,
        },
        "seq",
        not_null={"at", "action", "subject", "digest", "hash"},
    )
    create("inbound", {"key": str, "at": int, "reply": str}, "key", not_null={"at", "reply"})
    create("settings", {"name": str, "value": str}, "name", not_null={"value"})

    def index(table: str, *columns: str, unique: bool = False) -> None:
        db.table(table).create_index(columns, unique=unique)

    index("partners", "folded", unique=True)
    index("entries", "person", "day")
    index("entries", "kind", "day")
    index("entries", "day")
    index("identities", "person")
    index("totals", "dimension", "value", "day")
    index("inbound", "at")
