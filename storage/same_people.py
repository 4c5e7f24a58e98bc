"""Who of the rosters is one human and who is not, where a manager has said so.

Each decision is one record, with the members whose lines it changed, so that it is taken back as a
whole. That two are not one is kept as well: nobody is asked about them again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from storage import records, rosters
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotFound
from storage.limits import Impossible
from storage.people import Person
from storage.records import Kind, Record
from storage.rosters import FIRST_DAY, Member


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether two members are the same human; and what was changed for it.

    Of each member: as whom they were the same, and are since then, 0 for nobody. In the order in
    which that was done: going back is the other way round.
    """

    one: int
    other: int
    same: bool
    changed: tuple[tuple[int, int, int], ...] = ()


DECISION: Kind[Decision] = Kind(
    "same", Decision, lambda role: role.manages, lambda tx, record, sign: None
)


def join(tx: Tx, one: int, other: int, by: Person, at: int) -> Record[Decision]:
    """Say that two members are one human, with all who are the same as either.

    Raises NotAllowed, NotFound where one of them is not on the roster, and Impossible where they
    are one already.
    """
    human, joined = _humans(tx, one, other)
    if human == joined:
        raise Impossible("other")
    # Whom the others are the same as goes last, so that nobody is ever the same as a follower.
    members = sorted(_of(tx, joined), key=lambda id: (id == joined, id))
    return _decide(tx, Decision(one, other, True), ((id, human) for id in members), by, at)


def part(tx: Tx, one: int, other: int, by: Person, at: int) -> Record[Decision]:
    """Say that two members are two people: the other is taken out, where they are one so far.

    Raises NotAllowed, NotFound where one of them is not on the roster, and Impossible for one.
    """
    human, joined = _humans(tx, one, other)
    moves: list[tuple[int, int]] = []
    if human == joined and other != human:
        moves = [(other, 0)]
    elif human == joined:  # the others were the same as them: the first of those takes the place
        first, *rest = sorted(id for id in _of(tx, human) if id != other)
        moves = [(first, 0), *((id, first) for id in rest)]
    return _decide(tx, Decision(one, other, False), moves, by, at)


def undo(tx: Tx, id: int, version: int, by: Person, at: int) -> Record[Decision]:
    """Take a decision back, or take that back.

    Raises NotFound, NotAllowed, and ChangedMeanwhile where who they are was decided anew since.
    """
    undone = records.undo(tx, DECISION, id, version, by, at)
    changed = undone.says.changed
    for member, was, became in changed if undone.voided is None else reversed(changed):
        then, now = (was, became) if undone.voided is None else (became, was)
        if rosters.get(tx, member).says.same_as != then:
            raise ChangedMeanwhile
        try:
            _set(tx, member, now, by, at)
        except Impossible:  # whom they were the same as is the same as another since
            raise ChangedMeanwhile from None
    return undone


def apart(tx: Tx) -> set[tuple[int, int]]:
    """The pairs of humans who were said to be two, the lower number first."""
    humans = rosters.humans(tx)
    pairs: set[tuple[int, int]] = set()
    for record in records.every(tx, DECISION):
        says = record.says
        if record.voided is None and not says.same:
            one, other = (humans.get(id, id) for id in (says.one, says.other))
            pairs.add((min(one, other), max(one, other)))
    return pairs


def others(tx: Tx, member: Record[Member]) -> list[Record[Member]]:
    """Who else on the roster is the same human, who started last first."""
    found = [rosters.get(tx, id) for id in _of(tx, rosters.human(tx, member.id))]
    there = [one for one in found if one.id != member.id]
    return sorted(there, key=lambda one: (one.says.starts or FIRST_DAY, one.id), reverse=True)


def _humans(tx: Tx, one: int, other: int) -> tuple[int, int]:
    if one == other:
        raise Impossible("other")
    if rosters.get(tx, one).voided is not None or rosters.get(tx, other).voided is not None:
        raise NotFound
    return rosters.human(tx, one), rosters.human(tx, other)


def _of(tx: Tx, human: int) -> list[int]:
    rows = tx.rows("SELECT record FROM roster WHERE human = :human ORDER BY record", human=human)
    return [row["record"] for row in rows]


def _decide(
    tx: Tx, says: Decision, moves: Iterable[tuple[int, int]], by: Person, at: int
) -> Record[Decision]:
    """Have each member be the same as who goes with it, 0 for nobody, and write all of it down."""
    changed = tuple((id, _set(tx, id, human, by, at), human) for id, human in moves)
    return records.add(tx, DECISION, replace(says, changed=changed), by, at)


def _set(tx: Tx, member: int, human: int, by: Person, at: int) -> int:
    """Have a member be the same as another, 0 for nobody; as whom they were before."""
    before = rosters.get(tx, member)
    says = replace(before.says, same_as=human)
    rosters.change(tx, member, before.version, says, by, at)
    return before.says.same_as
