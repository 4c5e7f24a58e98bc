"""Managers are told of what could not be said or done, or may have been said: once a day."""

from collections.abc import Iterator
from datetime import timedelta

from handlers.deliveries import telling
from storage import occurrences
from storage.deliveries import Post
from storage.engine import Tx
from storage.occurrences import Occurrence
from storage.plan_files import Plans

JOB = "troubles"
FIRST = timedelta(days=7)  # how far the first looks back


def tell(tx: Tx, plans: Plans, one: Occurrence) -> Iterator[Post]:
    """What has come since the time before."""
    before = occurrences.done_before(tx, JOB, one.due)
    since = int(one.due - FIRST.total_seconds()) if before is None else before
    return telling.posts(tx, one, since)
