"""Occurrences: each time that a job of the schedule was due, entered once and kept.

A job's watermark is the instant up to which its occurrences are entered. So what was due while the
bot was down is caught up, and nothing is ever due twice.
"""

from dataclasses import dataclass
from enum import StrEnum

from storage.engine import Row, Tx


class State(StrEnum):
    """What has become of an occurrence."""

    DUE = "due"  # to be done
    DONE = "done"
    PASSED = "passed"  # a newer one of the job was due as well when the bot came back
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a job is due. ``key`` is its own among the job's, and says which it is.

    ``due`` and ``until`` are UTC seconds: done after ``until``, it would be of no use.
    """

    key: str
    due: int
    until: int


@dataclass(frozen=True, slots=True)
class Failure:
    """That a job failed: how often, when last (UTC seconds) and why, and when it was done since."""

    job: str
    times: int
    at: int
    why: str
    done: int | None


def watermark(tx: Tx, job: str) -> int | None:
    """The instant up to which a job's occurrences are entered; None before its first."""
    row = tx.row("SELECT at FROM watermarks WHERE job = :job", job=job)
    return None if row is None else int(row["at"])


def advance(tx: Tx, job: str, at: int) -> None:
    """All of a job's occurrences up to this instant are entered."""
    tx.run(
        "INSERT INTO watermarks (job, at) VALUES (:job, :at)"
        " ON CONFLICT (job) DO UPDATE SET at = excluded.at",
        job=job,
        at=at,
    )


def enter(tx: Tx, job: str, one: Occurrence, state: State) -> bool:
    """Enter an occurrence; whether it is new."""
    row = tx.row(
        "INSERT INTO occurrences (job, key, due, until, state, why)"
        " VALUES (:job, :key, :due, :until, :state, '') ON CONFLICT (job, key) DO NOTHING"
        " RETURNING key",
        job=job,
        key=one.key,
        due=one.due,
        until=one.until,
        state=state,
    )
    return row is not None


def due(tx: Tx, job: str) -> list[Occurrence]:
    """What is entered of a job and still to be done, the oldest first."""
    rows = tx.rows(
        "SELECT * FROM occurrences WHERE job = :job AND state = 'due' ORDER BY due, key", job=job
    )
    return [_occurrence(row) for row in rows]


def end(tx: Tx, job: str, key: str, state: State, at: int, why: str = "") -> None:
    """It is done, or failed; ``why`` quotes nobody."""
    tx.run(
        "UPDATE occurrences SET state = :state, ended = :at, why = :why"
        " WHERE job = :job AND key = :key",
        state=state,
        at=at,
        why=why,
        job=job,
        key=key,
    )


def done_before(tx: Tx, job: str, due: int) -> int | None:
    """When the last of a job's occurrences that are done was due, before this instant; or None."""
    row = tx.row(
        "SELECT max(due) AS due FROM occurrences WHERE job = :job AND state = 'done'"
        " AND due < :due",
        job=job,
        due=due,
    )
    return None if row is None else row["due"]


def counted(tx: Tx, job: str) -> dict[State, int]:
    """How many of a job's occurrences are kept, by what has become of them."""
    rows = tx.rows(
        "SELECT state, count(*) AS n FROM occurrences WHERE job = :job GROUP BY state", job=job
    )
    return {State(row["state"]): row["n"] for row in rows}


def fail(tx: Tx, job: str, one: Occurrence, why: str) -> None:
    """Keep that a job did not even come to what was due; a second one of the key is the first."""
    if enter(tx, job, one, State.FAILED):
        end(tx, job, one.key, State.FAILED, one.due, why)


def failures(tx: Tx, after: int, until: int) -> list[Failure]:
    """The jobs that failed after the one and up to the other instant, the last one first."""
    rows = tx.rows(
        "SELECT f.job, f.times, f.at, (SELECT max(why) FROM occurrences WHERE job = f.job"
        " AND state = 'failed' AND ended = f.at) AS why, (SELECT max(ended) FROM occurrences"
        " WHERE job = f.job AND state = 'done' AND ended > f.at) AS done"
        " FROM (SELECT job, count(*) AS times, max(ended) AS at FROM occurrences"
        " WHERE state = 'failed' AND ended > :after AND ended <= :until GROUP BY job) f"
        " ORDER BY f.at DESC, f.job",
        after=after,
        until=until,
    )
    return [Failure(*row) for row in rows]


def forget_before(tx: Tx, at: int) -> None:
    """Let go of what was due before then and has ended; watermarks keep it from coming again."""
    tx.run("DELETE FROM occurrences WHERE due < :at AND state <> 'due'", at=at)


def _occurrence(row: Row) -> Occurrence:
    return Occurrence(row["key"], row["due"], row["until"])
