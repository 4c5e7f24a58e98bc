"""People and drafts for the store's tests."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from storage import people
from storage.engine import Tx
from storage.entries import Accompanied, Draft
from storage.people import Newcomer, Person, TeamRole
from storage.plan import EntryKind

DAY = date(2025, 2, 11)
NOW = int(datetime(2025, 2, 12, 15, tzinfo=UTC).timestamp())
MINUTE = 60
HOUR = 60 * MINUTE

DRAFT = Draft(
    EntryKind.ACCOMPANIMENT,
    DAY,
    135,
    (Accompanied("cda", "Marie Tremblay"),),
    ("emsb",),
    objective="action plan",
    said="2h15 with Marie Tremblay (CDA, EMSB) yesterday re action plan",
)
SUPPORT = Draft(
    EntryKind.PARTNER,
    DAY,
    90,
    partner="CHSSN",
    table=True,
    objective="plan de transition",
    said="1h30 table CHSSN, plan de transition",
)


def draft(**changed: Any) -> Draft:
    return replace(DRAFT, **changed)


def meet(tx: Tx, name: str, role: TeamRole = TeamRole.STAFF) -> Person:
    return people.meet(tx, Newcomer("test", name.casefold(), name), role, NOW)


# A step that a later version of the database took.
LATER = (
    "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
    " VALUES ('jalon', '9999_later', 'now')"
)
