"""Draws: who is to get seats in a community, of those a call brought; proposed, not given.

The ranking itself is made elsewhere, from published parts alone; here is what becomes of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from storage import interests, records
from storage.engine import Tx
from storage.errors import ChangedMeanwhile
from storage.interests import Interest, Verdict
from storage.limits import LONGEST_TEXT, Impossible
from storage.records import Kind, Record

LONGEST_RECORD = 1_000_000  # characters


@dataclass(frozen=True, slots=True)
class Draw:
    """Who gets seats in a community, of those a call brought.

    ``pool`` are numbers of interests with their seats. ``frozen`` and ``drawn`` are what was
    published before and after the randomness, as JSON; both "" where all fit and none was needed.
    ``taken`` and ``waiting`` are numbers of interests in their order, empty until it is drawn.
    ``confirmed`` is the number of the person who did, 0 for nobody; ``told``: everyone concerned
    has been, in UTC seconds, 0 for not yet. ``review``: why a person looks at it once more, or "".
    """

    call: int
    community: int
    capacity: int
    pool: tuple[tuple[int, int], ...]
    frozen: str = ""
    drawn: str = ""
    taken: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    confirmed: int = 0
    told: int = 0
    review: str = ""

    @property
    def needed(self) -> bool:
        """Whether there were more participants than seats."""
        return bool(self.frozen)

    @property
    def proposed(self) -> bool:
        """Whether it is known who would get seats."""
        return bool(self.drawn) or not self.frozen

    def seats(self, interest: int) -> int:
        """How many seats an interest of the pool takes."""
        return dict(self.pool)[interest]


def check_draw(says: Draw, at: int) -> None:
    """Raise Impossible for what no draw can say: seats given twice, or more than there are."""
    pool = dict(says.pool)
    if len(pool) < len(says.pool) or any(seats < 1 for seats in pool.values()):
        raise Impossible("pool")
    if says.capacity < 0 or len(says.frozen) + len(says.drawn) > LONGEST_RECORD:
        raise Impossible("capacity")
    placed = [*says.taken, *says.waiting]
    if len(set(placed)) < len(placed) or (placed and set(placed) != pool.keys()):
        raise Impossible("taken")
    if sum(pool[id] for id in says.taken) > says.capacity:
        raise Impossible("taken")
    if len(says.review) > LONGEST_TEXT:
        raise Impossible("review")


def _count_draw(tx: Tx, record: Record[Draw], sign: int) -> None:
    if sign > 0 and of_community(tx, record.says.call, record.says.community) is not None:
        raise ChangedMeanwhile  # another took its place
    records.keep(tx, "draws", _indexed_draw(record), sign)


def _indexed_draw(record: Record[Draw]) -> dict[str, object]:
    return {"record": record.id, "call": record.says.call, "community": record.says.community}


DRAW = Kind("draw", Draw, lambda role: role.manages, _count_draw, check_draw)


def of_community(tx: Tx, call: int, community: int) -> Record[Draw] | None:
    """The draw of a call for a community that counts, or None."""
    row = tx.row(
        "SELECT record FROM draws WHERE call = :call AND community = :community",
        call=call,
        community=community,
    )
    return None if row is None else records.get(tx, DRAW, row["record"])


def of_call(tx: Tx, call: int) -> list[Record[Draw]]:
    """The draws of a call that count, by number."""
    rows = tx.rows("SELECT record FROM draws WHERE call = :call ORDER BY record", call=call)
    return [records.get(tx, DRAW, row["record"]) for row in rows]


def pool(tx: Tx, call: int, community: int) -> list[Record[Interest]]:
    """The relevant interests of a call that are for this community now, by number.

    One is for the first community it prefers; where it was told that it has no seat there, for the
    next one.
    """
    settled = {one.says.community: one.says for one in of_call(tx, call) if one.says.confirmed}
    found: list[Record[Interest]] = []
    for one in interests.of_call(tx, call):
        verdict = interests.verdict_on(tx, one.id)
        if verdict is None or verdict.says.verdict is not Verdict.YES:
            continue
        for wanted in one.says.communities:
            if wanted == community:
                found.append(one)
            if wanted not in settled or one.id in settled[wanted].taken or wanted == community:
                break
    return found


def wrong(tx: Tx) -> Iterator[str]:
    """What draws are looked up by and is not what their records say, as sentences."""
    yield from records.unlike(tx, DRAW, "draws", _indexed_draw)
