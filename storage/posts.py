"""Posts: what is to be said to somebody who did not ask; each is kept once, until a door has it."""

from collections.abc import Collection
from dataclasses import dataclass

from storage import addresses, people
from storage.addresses import Address
from storage.engine import Tx

POSTS = "posts"  # the subject that changes where there is something to say
TRIED_FOR = 7 * 24 * 3600  # seconds; after a week, what was meant for then is left unsaid


@dataclass(frozen=True, slots=True)
class Post:
    """A card, as JSON, for a person; and where they can be told now."""

    id: int
    card: str
    address: Address


def put(tx: Tx, once: str, person: int, card: str, at: int) -> None:
    """Have this said to a person; a second one of the same ``once`` is the first."""
    tx.run(
        "INSERT INTO posts (once, person, card, at) VALUES (:once, :person, :card, :at)"
        " ON CONFLICT (once) DO NOTHING",
        once=once,
        person=person,
        card=card,
        at=at,
    )
    tx.changed.add(POSTS)


def waiting(tx: Tx, platforms: Collection[str], now: int) -> list[Post]:
    """What is still to be said to those who can be told on one of these platforms, in order."""
    rows = tx.rows(
        "SELECT id, person, card FROM posts WHERE sent IS NULL AND at > :first ORDER BY id",
        first=now - TRIED_FOR,
    )
    if not rows:
        return []
    reached, now_are = addresses.of_people(tx, platforms), people.joined(tx)
    found: list[Post] = []
    for row in rows:
        who: int = row["person"]
        if address := reached.get(now_are.get(who, who)):
            found.append(Post(row["id"], row["card"], address))
    return found


def sent(tx: Tx, id: int, at: int) -> None:
    """A door has it: it is not said again."""
    tx.run("UPDATE posts SET sent = :at WHERE id = :id", at=at, id=id)


def failed(tx: Tx, id: int, why: str, at: int) -> None:
    """Its door did not take it. ``why`` is the kind of error, and nothing that anybody said."""
    tx.run("UPDATE posts SET failed = :why, failed_at = :at WHERE id = :id", why=why, at=at, id=id)


def forget_before(tx: Tx, at: int) -> None:
    """Let go of what was said, or could not be, before then."""
    tx.run("DELETE FROM posts WHERE at < :at", at=at)
