"""Offers of seats that nobody answered in time: each passes to the next on the list."""

from collections.abc import Iterator

from handlers.communities import offering
from storage import seats
from storage.deliveries import Post
from storage.engine import Tx
from storage.occurrences import Occurrence
from storage.plan_files import Plans


def passed_on(tx: Tx, plans: Plans, one: Occurrence) -> Iterator[Post]:
    """Have what is too late be over; what is said to whoever is offered the seats now."""
    for offer in seats.offers_due(tx, one.due):
        yield from offering.posts(tx, seats.expire(tx, offer, one.due))
