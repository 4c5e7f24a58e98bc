"""A data folder with a little of everything in it, and awkward text."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from storage import entry_changes, people
from storage.database import writing
from storage.entries import Accompanied, Draft
from storage.people import Newcomer, TeamRole
from storage.plan import EntryKind

AT = 1_740_000_000  # 2025-02-19 21:20 UTC
FORMULA = "=cmd|' /C calc'!A0"
AWKWARD = 'line one\nline "two", with 👩🏽‍🏫, עברית and <b>HTML</b>'

GENEVIEVE = Newcomer("slack", "U0GEN", "Geneviève Lapointe", "fr-CA")
MEGAN = Newcomer("slack", "U0MEG", "Megan Whitfield")
OTHER_MEGAN = Newcomer("teams", "29:meg", "megan whitfield", role=TeamRole.MEMBER)
FORMULAIC = Newcomer("teams", "29:eq", "@SUM(A1)")

ACCOMPANIMENT = Draft(
    EntryKind.ACCOMPANIMENT,
    date(2025, 2, 18),
    135,
    (Accompanied("cda", "Marie Tremblay"), Accompanied("principal", number=3)),
    ("EMSB", "CQSB"),
    objective=FORMULA,
    requested=True,
    said=AWKWARD,
)
PARTNER = Draft(
    EntryKind.PARTNER, date(2025, 2, 19), 20, partner="CHSSN", table=True, objective="plan"
)


def fill(folder: Path) -> None:
    """Four people, four entries, one of them voided and one changed; one request, one partner."""
    with writing(folder) as tx:
        megan, genevieve, *_ = [
            people.meet(tx, who, who.role or TeamRole.STAFF, AT)
            for who in (MEGAN, GENEVIEVE, OTHER_MEGAN, FORMULAIC)
        ]
        entry_changes.add(tx, ACCOMPANIMENT, megan, AT)
        entry_changes.add(tx, PARTNER, genevieve, AT + 60)
        wrong = entry_changes.add(tx, replace(PARTNER, minutes=600), genevieve, AT + 120)
        entry_changes.void(tx, wrong.id, wrong.version, genevieve, AT + 180)
        short = replace(ACCOMPANIMENT, people=(), boards=(), requested=False, minutes=30)
        entry = entry_changes.add(tx, short, megan, AT + 240)
        entry_changes.change(
            tx, entry.id, entry.version, replace(short, minutes=45), megan, AT + 300
        )
