"""The sample's partners, surveys, journals and documents."""

from datetime import date
from random import Random

from storage import documents, partnerships, records, surveys
from storage.documents import Document
from storage.engine import Tx
from storage.partnerships import Agreement, Partnership, Standing
from storage.people import Person
from storage.plan import Plan
from storage.surveys import Completion, Survey

PARTNERS = (
    Partnership("CHSSN", True, Standing.EXISTING, True, "health and social services"),
    Partnership("Table régionale en petite enfance", True, Standing.EXISTING, True, "accueil"),
    Partnership("Centraide", False, Standing.EXISTING, False, "sécurité alimentaire"),
    Partnership("Literacy Quebec", False, Standing.NEW, False, "family literacy"),
    Partnership("YMCA", False, Standing.POTENTIAL, False, "after-school programmes"),
)
AGREEMENT = Agreement("Literacy Quebec", "Family literacy kits", date(2025, 1, 20))
# Title, the day it went out, the day it closes, and the share that has handed it in by now.
JOURNALS = (
    ("Online journal 1", date(2024, 11, 11), date(2024, 11, 29), 0.9),
    ("Online journal 2", date(2025, 2, 3), date(2025, 2, 28), 0.35),
)

SENT = date(2024, 12, 5)  # the first progress report


def fill(
    tx: Tx,
    chance: Random,
    plan: Plan,
    guest: int,
    by: Person,
    manager: Person,
    today: date,
    at: int,
) -> None:
    """Record them as of ``today``; ``at`` is when, in UTC seconds; ``guest`` a member's number."""
    for partner in PARTNERS:
        partnerships.tell(tx, partner, by, at)
    records.add(tx, partnerships.AGREEMENT, AGREEMENT, by, at)
    for title, opened, closes, share in JOURNALS:
        journal = Survey("journals-cdas", title, opened, closes)
        survey = records.add(tx, surveys.SURVEY, journal, manager, at)
        there = surveys.asked(tx, "cda", opened).values()
        # The chat's guest still has the last one to hand in, so that whoever is her can try it.
        late = {guest} if closes > today else set[int]()
        done = [one.id for one in there if chance.random() < share and one.id not in late]
        last = min(closes, today)
        days = max((last - opened).days, 1)
        handed_in = tuple(
            (member, date.fromordinal(opened.toordinal() + chance.randrange(days)))
            for member in done
        )
        surveys.complete(tx, Completion(survey.id, handed_in), by, at)
    plan_sent, plan_posted = date(2024, 9, 27), date(2024, 10, 10)
    for document in (
        Document(plan.id, "action-plan", 1, date(2024, 9, 20), plan_sent, plan_posted),
        Document(plan.id, "dsrea-reports", 1, date(2024, 12, 2), SENT),
        Document(plan.id, "dsrea-reports", 2, date(2025, 2, 10)),
    ):
        documents.mark(tx, document, 0, manager, at)
