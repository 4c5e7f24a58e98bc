"""Feedback on a session: how many were asked, answered and were pleased; and answers from chat.

Answers from chat are anonymous: who was asked and who has answered is kept apart from what was
answered, and neither table has an order in which the two could be laid side by side. Totals that
were typed or read from a file speak for the whole session, in the place of the answers from chat.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from storage import audit, records, session_sums, sessions
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, StorageError
from storage.limits import LONGEST_TEXT, Impossible
from storage.people import Person
from storage.records import Kind, Record
from storage.sessions import MOST_PEOPLE

LOWEST, HIGHEST, POSITIVE = 1, 5, 4  # scores; from 4 on they are positive

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


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
    if before is None:
        return records.add(tx, KIND, says, by, at)
    again = says.source is Source.FILE and says.file != "" and says.file == before.says.file
    if again or says == before.says:
        return before
    return records.change(tx, KIND, before.id, before.version, says, by, at)


def of_session(tx: Tx, session: int) -> Record[Feedback] | None:
    """The totals that were typed or read for a session and count, or None."""
    row = tx.row("SELECT record FROM feedback_counts WHERE session = :session", session=session)
    if row is None or row["record"] is None:
        return None
    return records.get(tx, KIND, row["record"])


def ask(tx: Tx, session: int, people: Iterable[int]) -> None:
    """Remember that these people were asked in chat; whoever was asked before stays so.

    Raises NotFound where there is no such session.
    """
    records.get(tx, sessions.KIND, session)
    tx.run_many(
        "INSERT INTO feedback_people (session, person, answered) VALUES (:session, :person, 0)"
        " ON CONFLICT DO NOTHING",
        [{"session": session, "person": person} for person in people],
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
    asked = tx.row(
        "SELECT answered FROM feedback_people WHERE session = :session AND person = :person",
        session=session,
        person=by.id,
    )
    if asked is None:
        raise NotAllowed
    if asked["answered"]:
        raise AlreadyAnswered
    tx.run(
        "UPDATE feedback_people SET answered = 1 WHERE session = :session AND person = :person",
        session=session,
        person=by.id,
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
    rows = tx.rows("SELECT person FROM feedback_people WHERE session = :session", session=session)
    return {row["person"] for row in rows}


def unanswered(tx: Tx, session: int) -> list[int]:
    """The people who were asked in chat and have not answered."""
    rows = tx.rows(
        "SELECT person FROM feedback_people WHERE session = :session AND answered = 0"
        " ORDER BY person",
        session=session,
    )
    return [row["person"] for row in rows]


def answers(tx: Tx, session: int) -> list[tuple[int, str]]:
    """The scores and comments of a session from chat, lowest first: in no order of time."""
    rows = tx.rows(
        "SELECT score, comment FROM feedback_answers WHERE session = :session"
        " ORDER BY score, comment",
        session=session,
    )
    return [(row["score"], row["comment"]) for row in rows]


def _settle(tx: Tx, session: int, record: Record[Feedback] | None) -> None:
    """Have a session's feedback be the record's, or where there is none what came by chat."""
    session_sums.keep(tx, session, -1)
    tx.run("DELETE FROM feedback_counts WHERE session = :session", session=session)
    if record is not None:
        says = record.says
        tx.run(
            "INSERT INTO feedback_counts (session, record, asked, answered, positive)"
            " VALUES (:session, :record, :asked, :answered, :positive)",
            session=session,
            record=record.id,
            asked=says.asked,
            answered=says.answered,
            positive=says.positive,
        )
    else:
        tx.run(
            "INSERT INTO feedback_counts (session, asked, answered, positive)"
            " SELECT session, count(*), sum(answered),"
            " (SELECT count(*) FROM feedback_answers a"
            " WHERE a.session = p.session AND score >= :positive)"
            " FROM feedback_people p WHERE session = :session GROUP BY session",
            session=session,
            positive=POSITIVE,
        )
    session_sums.keep(tx, session, 1)
