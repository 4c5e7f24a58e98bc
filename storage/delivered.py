"""What has become of deliveries, for managers; and having one said that was not."""

from collections.abc import Collection

from storage import audit, deliveries, people
from storage.deliveries import DELIVERIES, Delivery, State
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.people import Person

TROUBLE = frozenset({State.FAILED, State.UNSURE})


def latest(
    tx: Tx, states: Collection[State] = tuple(State), limit: int = 100, offset: int = 0
) -> list[Delivery]:
    """The newest deliveries of these states, by when they were due."""
    rows = tx.rows(
        "SELECT * FROM deliveries WHERE state IN (:a, :b, :c, :d, :e)"
        " ORDER BY due DESC, id DESC LIMIT :limit OFFSET :offset",
        **_named(states),
        limit=limit,
        offset=offset,
    )
    return [deliveries.of(row) for row in rows]


def count(tx: Tx, states: Collection[State]) -> int:
    """How many there are of these states."""
    row = tx.row(
        "SELECT count(*) AS n FROM deliveries WHERE state IN (:a, :b, :c, :d, :e)",
        **_named(states),
    )
    assert row is not None
    return int(row["n"])


def find(tx: Tx, id: int) -> Delivery:
    """The delivery of this number. Raises NotFound."""
    row = tx.row("SELECT * FROM deliveries WHERE id = :id", id=id)
    if row is None:
        raise NotFound
    return deliveries.of(row)


def since(tx: Tx, says: str, at: int) -> list[Delivery]:
    """What was due under a name from an instant on, the oldest first."""
    rows = tx.rows(
        "SELECT * FROM deliveries WHERE due >= :at AND says = :says ORDER BY due, id",
        at=at,
        says=says,
    )
    return [deliveries.of(row) for row in rows]


def newest_to(tx: Tx, person: int, says: str) -> Delivery | None:
    """What was said last to a person under a name, of what was put last."""
    row = tx.row(
        "SELECT * FROM deliveries WHERE person = :person AND says = :says AND state = :sent"
        " ORDER BY id DESC LIMIT 1",
        person=person,
        says=says,
        sent=State.SENT,
    )
    return deliveries.of(row) if row else None


def troubles(tx: Tx, after: int, until: int, but: str) -> int:
    """How many failed or became unsure after the one and up to the other instant.

    Those that say ``but`` are left out.
    """
    row = tx.row(
        "SELECT count(*) AS n FROM deliveries WHERE state IN ('failed', 'unsure')"
        " AND ended > :after AND ended <= :until AND says <> :but",
        after=after,
        until=until,
        but=but,
    )
    assert row is not None
    return int(row["n"])


def again(tx: Tx, id: int, by: Person, at: int) -> Delivery:
    """Have it said that failed, or may have been said: then it may come twice.

    Raises NotAllowed, NotFound; and ChangedMeanwhile where it is too late, or no longer so.
    """
    if not people.get(tx, by.id).role.manages:
        raise NotAllowed
    one = find(tx, id)
    if not can_be_again(one, at):
        raise ChangedMeanwhile
    platform, place = one.post.channel or deliveries.own_chat(tx, one.post.person)
    tx.run(
        "UPDATE deliveries SET state = 'waiting', open = 0, attempts = 0, ended = NULL, why = '',"
        " free = :at, platform = :platform, place = :place WHERE id = :id",
        at=at,
        platform=platform,
        place=place,
        id=id,
    )
    tx.changed.add(DELIVERIES)
    audit.append(tx, at, by.id, "again", f"delivery/{id}", one.post.once)
    return find(tx, id)


def can_be_again(one: Delivery, at: int) -> bool:
    """Whether it can be had said again: it went wrong, and is of use still."""
    return one.state in TROUBLE and one.post.until >= at


def _named(states: Collection[State]) -> dict[str, str]:
    """Five values for a statement, as there are five states; one that is not asked for is none."""
    names = [*states, *([""] * len(State))]
    return dict(zip("abcde", names, strict=False))
