"""Deliveries: what is said without being asked, in the place of posts; occurrences, watermarks."""

# The library's own types are incomplete.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

import json

from sqlite_utils import Database

ALWAYS = 2**53  # when what is never too late would be


def apply(db: Database) -> None:
    """Create their tables, and take over the questions about sessions that are not asked yet."""
    db.table("deliveries").create(
        {
            "id": int,
            "once": str,
            "says": str,
            "about": str,
            "content": str,
            "person": int,
            "platform": str,
            "place": str,
            "due": int,
            "until": int,
            "state": str,
            "free": int,
            "attempts": int,
            "open": int,
            "message": str,
            "stale": int,
            "ended": int,
            "why": str,
        },
        pk="id",
        strict=True,
        not_null={
            *("once", "says", "about", "content", "platform", "place", "due", "until", "state"),
            *("free", "attempts", "open", "message", "stale", "why"),
        },
        foreign_keys=[("person", "people", "id")],
    )
    db.table("deliveries").create_index(("once",), unique=True)
    db.table("deliveries").create_index(("state", "platform", "until", "id"))
    db.table("deliveries").create_index(("about", "stale"))
    db.table("deliveries").create_index(("stale", "platform"))
    db.table("deliveries").create_index(("due",))
    db.table("addresses").create_index(("person", "seen"))
    db.table("occurrences").create(
        {"job": str, "key": str, "due": int, "until": int, "state": str, "ended": int, "why": str},
        pk=("job", "key"),
        strict=True,
        not_null={"job", "key", "due", "until", "state", "why"},
    )
    db.table("occurrences").create_index(("state", "due"))
    db.table("watermarks").create(
        {"job": str, "at": int}, pk="job", strict=True, not_null={"job", "at"}
    )
    for row in list(db.query("SELECT once, person, at FROM posts WHERE sent IS NULL")):
        kind, _, rest = str(row["once"]).partition("/")
        if kind == "feedback":
            session = rest.partition("/")[0]
            db.table("deliveries").insert(
                {
                    "once": row["once"],
                    "says": "feedback.question",
                    "about": f"session/{session}",
                    "content": json.dumps({"session": session}),
                    "person": row["person"],
                    **dict.fromkeys(("platform", "place", "message", "why"), ""),
                    **dict.fromkeys(("free", "attempts", "open", "stale"), 0),
                    "due": row["at"],
                    "until": ALWAYS,
                    "state": "waiting",
                }
            )
    db.table("posts").drop()
