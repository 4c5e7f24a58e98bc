"""Reminders to managers of the reports and plans that are due, until they are marked as sent."""

from collections.abc import Iterator
from datetime import date, time

from handlers.reports import due
from handlers.reports.deadlines import SAYS, values_of
from schedules import ahead
from schedules.job import At
from storage import addresses, people
from storage.deliveries import Post
from storage.engine import Tx
from storage.occurrences import Occurrence
from storage.plan_files import Plans

NINE = At(time(9), school_days=True)
AHEAD = (14, 7, 1)  # days before its milestone


def posts(tx: Tx, plans: Plans, one: Occurrence) -> Iterator[Post]:
    """A reminder to each manager of what is due so many days later and is not sent."""
    day = date.fromisoformat(one.key)
    for plan in plans.all:
        for document in due.of_plan(tx, plan):
            last = document.milestone and document.milestone.due
            until = last and ahead.until(plans, day, last, AHEAD)
            if until is None or document.says.sent is not None:
                continue
            key = f"report/{plan.id}/{document.of}/{document.number}/{day}"
            reachable = addresses.of_people(tx)
            for who in people.everyone(tx):
                if who.role.manages and who.id in reachable:
                    of = values_of(document)
                    yield Post(f"{key}/{who.id}", SAYS, of, who.id, due=one.due, until=until)
