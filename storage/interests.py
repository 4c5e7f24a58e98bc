"""Interests in a community: the call, what an institution sent, and whether it is relevant.

An interest is its sender's: changed and withdrawn by them while the call is open, after that only
withdrawn. Whether it is relevant is a record of its own, so that neither undoes the other's word.
"""

from collections.abc import Iterator
from datetime import date

from storage import people, records
from storage.engine import Row, Tx
from storage.errors import ChangedMeanwhile, NotAllowed, StorageError
from storage.interest import LONGEST_CALL as LONGEST_CALL
from storage.interest import LONGEST_WORDS as LONGEST_WORDS
from storage.interest import MOST_PEOPLE as MOST_PEOPLE
from storage.interest import Call as Call
from storage.interest import Interest as Interest
from storage.interest import Participant as Participant
from storage.interest import Relevance as Relevance
from storage.interest import Verdict as Verdict
from storage.interest import check_call, check_interest, check_relevance
from storage.people import Person, TeamRole
from storage.records import Kind, Record


class CallClosed(StorageError):
    """No call is open: an interest can only be withdrawn."""


def _count_call(tx: Tx, record: Record[Call], sign: int) -> None:
    records.keep(tx, "calls", _indexed_call(record), sign)


def _indexed_call(record: Record[Call]) -> dict[str, object]:
    says = record.says
    return {
        "record": record.id,
        "opens": says.opens.isoformat(),
        "closes": says.closes.isoformat(),
    }


def _count_interest(tx: Tx, record: Record[Interest], sign: int) -> None:
    records.keep(tx, "interests", _indexed_interest(record), sign)


def _indexed_interest(record: Record[Interest]) -> dict[str, object]:
    return {"record": record.id, "call": record.says.call, "seats": record.says.seats}


def _count_relevance(tx: Tx, record: Record[Relevance], sign: int) -> None:
    if sign > 0 and verdict_on(tx, record.says.interest) is not None:
        raise ChangedMeanwhile  # another took its place
    records.keep(tx, "relevances", _indexed_relevance(record), sign)


def _indexed_relevance(record: Record[Relevance]) -> dict[str, object]:
    says = record.says
    return {"record": record.id, "interest": says.interest, "verdict": says.verdict.value}


def _known(role: TeamRole) -> bool:
    return role is not TeamRole.PENDING


CALL = Kind("call", Call, lambda role: role.manages, _count_call, check_call)
INTEREST = Kind("interest", Interest, _known, _count_interest, check_interest)
RELEVANCE = Kind(
    "relevance", Relevance, lambda role: role.manages, _count_relevance, check_relevance
)


def last_call(tx: Tx) -> Record[Call] | None:
    """The call that opened last, or None where there never was one."""
    row = tx.row("SELECT record FROM calls ORDER BY opens DESC, record DESC")
    return None if row is None else records.get(tx, CALL, row["record"])


def open_call(tx: Tx, day: date) -> Record[Call] | None:
    """The call that takes interests on a day, or None."""
    call = last_call(tx)
    return call if call and call.says.is_open(day) else None


def takes(tx: Tx, day: date) -> bool:
    """Whether interests can be sent on a day: no seats were proposed yet for its call."""
    call = open_call(tx, day)
    return call is not None and not drawn(tx, call.id)


def send(tx: Tx, says: Interest, day: date, by: Person, at: int) -> Record[Interest]:
    """Send an interest in. Raises CallClosed, NotAllowed and Impossible."""
    call = open_call(tx, day)
    if call is None or call.id != says.call:
        raise CallClosed
    return records.add(tx, INTEREST, says, by, at)


def change(
    tx: Tx, id: int, version: int, says: Interest, day: date, by: Person, at: int
) -> Record[Interest]:
    """Have one's own say something else while its call is open. Raises as ``send`` does, and
    ChangedMeanwhile."""
    _check_open(tx, own(tx, id, by), day)
    if says.call != records.get(tx, INTEREST, id).says.call:
        raise CallClosed
    return records.change(tx, INTEREST, id, version, says, by, at)


def undo(tx: Tx, id: int, version: int, day: date, by: Person, at: int) -> Record[Interest]:
    """Take back what made this version of one's own, while its call is open."""
    _check_open(tx, own(tx, id, by), day)
    return records.undo(tx, INTEREST, id, version, by, at)


def _check_open(tx: Tx, interest: Record[Interest], day: date) -> None:
    """Raise CallClosed where it can no longer change: nobody frees or takes seats of a draw so."""
    call = open_call(tx, day)
    if call is None or call.id != interest.says.call or drawn(tx, call.id):
        raise CallClosed


def drawn(tx: Tx, call: int) -> bool:
    """Whether seats were proposed or drawn for what a call brought."""
    return tx.row("SELECT 1 FROM draws WHERE call = :call", call=call) is not None


def own(tx: Tx, id: int, by: Person) -> Record[Interest]:
    """An interest for who sent it, or who manages. Raises NotFound and NotAllowed."""
    record = records.get(tx, INTEREST, id)
    if record.person != by.id and not people.role_of(tx, by.id).manages:
        raise NotAllowed
    return record


def of_call(tx: Tx, call: int) -> list[Record[Interest]]:
    """The interests of a call that count, by number."""
    return _interests(
        tx, tx.rows("SELECT record FROM interests WHERE call = :call ORDER BY record", call=call)
    )


def of_sender(tx: Tx, person: int) -> list[Record[Interest]]:
    """What a person sent and counts, the newest first."""
    rows = tx.rows(
        "SELECT i.record FROM interests i JOIN records r ON r.id = i.record"
        " WHERE r.person = :person ORDER BY i.record DESC",
        person=person,
    )
    return _interests(tx, rows)


def verdict_on(tx: Tx, interest: int) -> Record[Relevance] | None:
    """The verdict on an interest, or None where there is none yet."""
    row = tx.row("SELECT record FROM relevances WHERE interest = :interest", interest=interest)
    return None if row is None else records.get(tx, RELEVANCE, row["record"])


def judge(tx: Tx, says: Relevance, by: Person, at: int) -> Record[Relevance]:
    """Give a verdict, in the place of the one there is. Raises NotAllowed, NotFound, Impossible."""
    records.get(tx, INTEREST, says.interest)
    return records.put(tx, RELEVANCE, verdict_on(tx, says.interest), says, by, at)


def untold(tx: Tx, call: int) -> list[Record[Relevance]]:
    """The verdicts of a call, but for those to be looked at again, that nobody was told."""
    rows = tx.rows(
        "SELECT r.record FROM relevances r JOIN interests i ON i.record = r.interest"
        " WHERE i.call = :call AND r.verdict <> 'see' ORDER BY r.interest",
        call=call,
    )
    found = (records.get(tx, RELEVANCE, row["record"]) for row in rows)
    return [one for one in found if not one.says.told]


def _interests(tx: Tx, rows: list[Row]) -> list[Record[Interest]]:
    return [records.get(tx, INTEREST, row["record"]) for row in rows]


def wrong(tx: Tx) -> Iterator[str]:
    """What these are looked up by and is not what their records say, as sentences."""
    yield from records.unlike(tx, CALL, "calls", _indexed_call)
    yield from records.unlike(tx, INTEREST, "interests", _indexed_interest)
    yield from records.unlike(tx, RELEVANCE, "relevances", _indexed_relevance)
