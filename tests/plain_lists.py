"""What a store holds, as the plain lists that the oracle counts: read from the records alone."""

from datetime import date
from typing import TypeVar

from storage import (
    documents,
    entries,
    feedback,
    outputs,
    partnerships,
    presences,
    records,
    rosters,
    sessions,
    surveys,
)
from storage.engine import Tx
from storage.records import Kind, Record
from tests import oracle

T = TypeVar("T")


def of(tx: Tx) -> oracle.Lists:
    """All that counts; who is said to be the same as another is the human that they are."""
    totals = {one.says.session: one.says for one in _all(tx, feedback.KIND)}
    came = {one.says.session: one.says for one in _all(tx, presences.KIND)}
    done: dict[int, list[tuple[int, date]]] = {}
    for one in _all(tx, surveys.COMPLETION):
        done.setdefault(one.says.survey, []).extend(one.says.members)
    found = oracle.Lists()
    for one in _all(tx, sessions.KIND):
        held = oracle.Held(
            one.says.target,
            [(day.day, day.minutes) for day in one.says.days],
            one.says.area,
            one.says.cancelled,
        )
        if there := came.get(one.id):
            held.here = [(each.day, each.member) for each in there.present]
            held.participants = _heads(there, len(held.days))
        if said := totals.get(one.id):
            held.totals = said.asked, said.answered, said.positive
        asked = tx.rows("SELECT person FROM feedback_people WHERE session = :id", id=one.id)
        held.asked = len(asked)
        held.scores = [
            row["score"]
            for row in tx.rows("SELECT score FROM feedback_answers WHERE session = :id", id=one.id)
        ]
        found.sessions.append(held)
    for one in _all(tx, outputs.OUTPUT):
        says = one.says
        found.outputs.append(
            oracle.Made(says.target, outputs.day_of(one), says.published, says.url)
        )
    for one in _all(tx, rosters.MEMBER):
        says = one.says
        found.members.append(
            oracle.Known(one.id, says.role, says.starts, says.ends, says.same_as or one.id)
        )
    for entry in entries.every(tx):
        if entry.voided is None:
            says = entry.says
            found.hours.append((says.kind.value, says.day, says.minutes))
    found.agreements = [one.says.signed for one in _all(tx, partnerships.AGREEMENT)]
    for one in _all(tx, surveys.SURVEY):
        says = one.says
        found.surveys.append(oracle.Asked(says.target, says.opened, done.get(one.id, [])))
    for one in _all(tx, documents.KIND):
        if one.says.sent is not None:
            found.sent.append((one.says.target, one.says.sent))
    return found


def _heads(there: presences.Attendance, days: int) -> int:
    """The most of any day: typed counts, or who is named and who could not be matched."""
    return max(
        max(
            sum(one.number for one in there.counts if one.day == day),
            len({one.member for one in there.present if one.day == day})
            + len({one.name for one in there.unmatched if one.day == day}),
        )
        for day in range(days)
    )


def _all(tx: Tx, kind: Kind[T]) -> list[Record[T]]:
    return [one for one in records.every(tx, kind) if one.voided is None]
