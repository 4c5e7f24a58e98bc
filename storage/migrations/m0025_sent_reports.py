"""Reports as they were sent, with their files; and why something was changed since."""

from typing import Any

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Create what is kept of them; what is said of a subject of the audit chain is looked up."""

    def create(name: str, columns: dict[str, type], **options: Any) -> None:
        db.table(name).create(  # pyright: ignore[reportUnknownMemberType] - partly typed
            columns, strict=True, not_null=set(columns), **options
        )

    create(
        "sent_reports",
        {
            "id": int,
            "plan": str,
            "target": str,
            "number": int,
            "first": str,
            "last": str,
            "person": int,
            "at": int,
            "line": int,
            "figures": str,
        },
        pk="id",
        foreign_keys=[("person", "people", "id")],
    )
    db.table("sent_reports").create_index(("plan", "target", "number"))
    create(
        "sent_files",
        {
            "report": int,
            "language": str,
            "format": str,
            "name": str,
            "sha256": str,
            "content": bytes,
        },
        pk=("report", "language", "format"),
        foreign_keys=[("report", "sent_reports", "id")],
    )
    create(
        "reasons",
        {"line": int, "report": int, "subject": str, "text": str},
        pk="line",
        foreign_keys=[("report", "sent_reports", "id")],
    )
    db.table("audit").create_index(("subject",))
