"""Feedback on a session: how many were asked, answered and were pleased; and answers from chat.

Answers from chat are anonymous: who was asked and who has answered is kept apart from what was
answered, and neither table has an order in which the two could be laid side by side. Totals that
were typed or read from a file speak for the whole session, in the place of the answers from chat.
Who was joined to another stays as whom they were asked, and is looked up as who they now are: so
two accounts of one person are asked once, and are two again as if nothing had been.
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from storage import audit, people, records, session_sums, sessions
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, StorageError
from storage.limits import LONGEST_TEXT, Impossible
from storage.people import Person
from storage.records import Kind, Record
from storage.sessions import MOST_PEOPLE

LOWEST, HIGHEST, POSITIVE = 1, 5, 4  # scores; from 4 on they are positive

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
# Of each session that anyone was asked about or has answered on: how many have, and the answers.
_BY_CHAT = (
    "SELECT session, cast(sum(answered) AS bigint) AS answered,"
    " cast(sum(answers) AS bigint) AS answers FROM ("
    "SELECT session, answered, 0 AS answers FROM feedback_people"
    " UNION ALL SELECT session, 0, 1 FROM feedback_answers) AS both"
    " GROUP BY session ORDER BY session"
)


class AlreadyAnswered(StorageError):
    """They answered before; as answers are anonymous, which one is theirs isn't known."""


class Source(StrEnum):
    """Where totals come from."""

    TYPED = "typed"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What came back on a session. ``file`` is the digest of the file it was read from, or ""."""

    session: int
    asked: int
    answered: int
    positive: int
    source: Source = Source.TYPED
    file: str = ""


def check(says: Feedback, at: int) -> None:
    """Raise Impossible where more answered than were asked, or more were pleased than answered."""
    if not 0 < says.asked <= MOST_PEOPLE:
        raise Impossible("asked")
    if not 0 <= says.answered <= says.asked:
        raise Impossible("answered")
    if not 0 <= says.positive <= says.answered:
        raise Impossible("positive")
    if len(says.file) > LONGEST_TEXT or _UNWRITABLE.search(says.file):
        raise Impossible("file")


def _count(tx: Tx, record: Record[Feedback], sign: int) -> None:
    if sign > 0 and of_session(tx, record.says.session) is not None:
        raise ChangedMeanwhile  # another took its place
    _settle(tx, record.says.session, record if sign > 0 else None)


KIND = Kind("feedback", Feedback, lambda role: role.logs, _count, check)


def take(tx: Tx, says: Feedback, by: Person, at: int) -> Record[Feedback]:
    """Record the totals of a session, in the place of those that were there.

    What is there already, and a file that it was read from, changes nothing. Raises NotFound,
    Impossible, NotAllowed and ChangedMeanwhile.
    """
    if records.get(tx, sessions.KIND, says.session).voided is not None:
        raise ChangedMeanwhile
    before = of_session(tx, says.session)
    if before and says.source is Source.FILE and says.file and says.file == before.says.file:
        return before
    return records.put(tx, KIND, before, says, by, at)


def of_session(tx: Tx, session: int) -> Record[Feedback] | None:
    """The totals that were typed or read for a session and count, or None."""
    row = tx.row("SELECT record FROM feedback_counts WHERE session = :session", session=session)
    if row is None or row["record"] is None:
        return None
    return records.get(tx, KIND, row["record"])


def ask(tx: Tx, session: int, whom: Iterable[int]) -> None:
    """Remember that these people were asked in chat; whoever was asked before, as whoever they
    were then, stays so.

    Raises NotFound where there is no such session.
    """
    records.get(tx, sessions.KIND, session)
    tx.run_many(
        "INSERT INTO feedback_people (session, person, answered) VALUES (:session, :person, 0)"
        " ON CONFLICT DO NOTHING",
        [{"session": session, "person": person} for person in {*whom} - asked(tx, session)],
    )
    _settle(tx, session, of_session(tx, session))


def answer(tx: Tx, session: int, by: Person, score: int, comment: str, at: int) -> None:
    """Take in an answer from chat: a score from 1 to 5, and a comment or "".

    Raises NotAllowed for one who was not asked, AlreadyAnswered, and Impossible.
    """
    if not LOWEST <= score <= HIGHEST:
        raise Impossible("score")
    if len(comment) > LONGEST_TEXT or _UNWRITABLE.search(comment):
        raise Impossible("comment")
    asked_as = _asked(tx, session).get(by.id)
    if asked_as is None:
        raise NotAllowed
    if any(asked_as.values()):
        raise AlreadyAnswered
    tx.run(
        "UPDATE feedback_people SET answered = 1 WHERE session = :session AND person = :person",
        session=session,
        person=by.id if by.id in asked_as else min(asked_as),
    )
    tx.run(
        "INSERT INTO feedback_answers (session, key, score, comment)"
        " VALUES (:session, :key, :score, :comment)",
        session=session,
        key=secrets.token_hex(16),
        score=score,
        comment=comment,
    )
    _settle(tx, session, of_session(tx, session))
    # That they answered, and nothing of what: the chain is in order.
    audit.append(tx, at, by.id, "answer", f"answered/{session}", "answered")


def asked(tx: Tx, session: int) -> set[int]:
    """The people who were asked in chat, whether or not they have answered."""
    return {*_asked(tx, session)}


def unanswered(tx: Tx, session: int) -> list[int]:
    """The people who were asked in chat and have not answered."""
    there = _asked(tx, session).items()
    return sorted(person for person, asked_as in there if not any(asked_as.values()))


def waiting_for(tx: Tx, person: int) -> list[int]:
    """The sessions that a person was asked about and has not answered on, the newest first."""
    accounts = {person, *(one for one, now in people.joined(tx).items() if now == person)}
    found = {
        (row["last"], row["session"])
        for account in accounts
        for row in tx.rows(
            "SELECT s.session, s.last FROM feedback_people p JOIN sessions s USING (session)"
            " WHERE p.person = :person AND NOT s.cancelled",
            person=account,
        )
    }
    sessions_ = [session for _, session in sorted(found, reverse=True)]
    return [session for session in sessions_ if person in unanswered(tx, session)]


def answers(tx: Tx, session: int) -> list[tuple[int, str]]:
    """The scores and comments of a session from chat, lowest first: in no order of time."""
    rows = tx.rows(
        "SELECT score, comment FROM feedback_answers WHERE session = :session"
        " ORDER BY score, comment",
        session=session,
    )
    return [(row["score"], row["comment"]) for row in rows]


def count_anew(tx: Tx, person: int) -> None:
    """Have what came by chat follow, where a person was joined to another or taken apart."""
    now = people.joined(tx)
    who = now.get(person, person)
    for account in (who, *(one for one, kept in now.items() if kept == who)):
        for row in tx.rows(
            "SELECT session FROM feedback_people WHERE person = :person", person=account
        ):
            _settle(tx, row["session"], of_session(tx, row["session"]))


def wrong(tx: Tx) -> Iterator[str]:
    """What feedback is counted by and is not what was recorded or answered, as sentences."""
    made: dict[int, tuple[int | None, int, int, int]] = {
        record.says.session: (record.id, *_numbers(record.says))
        for record in records.every(tx, KIND)
        if record.voided is None
    }
    chained = audit.lines(tx, "answered")
    for row in tx.rows(_BY_CHAT):
        session: int = row["session"]
        if not row["answered"] == row["answers"] == chained.pop(session, 0):
            yield f"The answers on session {session} are not as many as have answered."
        made.setdefault(session, (None, *_by_chat(tx, session)))
    for session in chained:
        yield f"The audit chain speaks of answers on session {session}, which are not there."
    kept = {
        row["session"]: (row["record"], row["asked"], row["answered"], row["positive"])
        for row in tx.each("SELECT * FROM feedback_counts")
    }
    for session in sorted(kept.keys() | made.keys()):
        if kept.get(session) != made.get(session):
            yield f"The feedback on session {session} is not counted as it came."


def _asked(tx: Tx, session: int) -> dict[int, dict[int, bool]]:
    """Of whom was asked in chat: as which accounts, and whether they answered as that one."""
    rows = tx.rows(
        "SELECT person, answered FROM feedback_people WHERE session = :session", session=session
    )
    now = people.joined(tx)
    found: dict[int, dict[int, bool]] = {}
    for row in rows:
        account: int = row["person"]
        found.setdefault(now.get(account, account), {})[account] = bool(row["answered"])
    return found


def _by_chat(tx: Tx, session: int) -> tuple[int, int, int]:
    """How many people were asked, have answered and were pleased.

    One who answered as two before it was known that they are one has answered once; which of the
    answers is whose is not known, so no more are pleased than have answered.
    """
    there = _asked(tx, session).values()
    answered = sum(any(asked_as.values()) for asked_as in there)
    pleased = sum(score >= POSITIVE for score, _ in answers(tx, session))
    return len(there), answered, min(pleased, answered)


def _settle(tx: Tx, session: int, record: Record[Feedback] | None) -> None:
    """Have a session's feedback be the record's, or where there is none what came by chat."""
    session_sums.keep(tx, session, -1)
    tx.run("DELETE FROM feedback_counts WHERE session = :session", session=session)
    asked, answered, positive = _numbers(record.says) if record else _by_chat(tx, session)
    if asked:
        tx.run(
            "INSERT INTO feedback_counts (session, record, asked, answered, positive)"
            " VALUES (:session, :record, :asked, :answered, :positive)",
            session=session,
            record=record and record.id,
            asked=asked,
            answered=answered,
            positive=positive,
        )
    session_sums.keep(tx, session, 1)


def _numbers(says: Feedback) -> tuple[int, int, int]:
    return says.asked, says.answered, says.positive
