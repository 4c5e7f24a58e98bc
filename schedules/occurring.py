"""Enters what was due of a job, and has it say what it says, in one unit of work."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from schedules.job import Job, Missed
from storage import deliveries, occurrences
from storage.engine import Tx
from storage.occurrences import Occurrence, State
from storage.plan_files import Plans

FURTHEST = timedelta(days=370)  # what comes is looked for no further ahead
STEP = timedelta(days=7)


def occur(tx: Tx, job: Job, plans: Plans, now: datetime) -> list[Occurrence]:
    """Enter what was due since the job's watermark; the ones that the bot itself has to do.

    Those it did not get done before are among them.
    """
    at = int(now.timestamp())
    mark = occurrences.watermark(tx, job.name)
    since = now if mark is None else datetime.fromtimestamp(mark, UTC)
    found = list(job.between(tx, plans, since, now)) if since < now else []
    for place, one in enumerate(found, 1):
        passed = job.missed is Missed.NEWEST and place < len(found)
        state = State.PASSED if passed else State.DUE
        if not occurrences.enter(tx, job.name, one, state) or passed or job.posts is None:
            continue
        for post in job.posts(tx, plans, one):
            deliveries.put(tx, post, one.due)
        occurrences.end(tx, job.name, one.key, State.DONE, at)
    if mark is None or mark < at:
        occurrences.advance(tx, job.name, at)
    return occurrences.due(tx, job.name) if job.posts is None else []


def coming(tx: Tx, job: Job, plans: Plans, after: datetime) -> Iterator[Occurrence]:
    """What will be due of a job, in order, as things are now; none beyond a year."""
    until = after
    while until < after + FURTHEST:
        since, until = until, until + STEP
        yield from job.between(tx, plans, since, until)


def next_due(
    tx: Tx, jobs: Sequence[Job], plans: Plans, after: datetime, until: datetime
) -> datetime:
    """When the next of any job is due; ``until`` where none is before it."""
    found = [one.due for job in jobs for one in job.between(tx, plans, after, until)]
    return datetime.fromtimestamp(min(found), UTC) if found else until
