"""Deliveries: what the bot says without being asked, each once, and what became of it.

A delivery is claimed for a while, said by a door, and ended. Whoever claims it again after an
attempt whose end nobody knows (the bot was killed, an answer was lost) is told so: where a platform
can be asked, it is asked first; where it can't, the delivery ends as unsure.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass

from storage import addresses, people
from storage.addresses import Address
from storage.delivery import ALWAYS as ALWAYS
from storage.delivery import Delivery as Delivery
from storage.delivery import Post as Post
from storage.delivery import State as State
from storage.engine import Row, Tx

DELIVERIES = "deliveries"  # the subject that changes where there is something to say
LEASE = 120  # seconds that one attempt has
ASKED_AGAIN = 60  # seconds until it is seen whether somebody can be told by now
KEPT = 400 * 24 * 3600  # seconds that it is known what was said: a school year, and its report


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery to make now, and where. ``again``: it may have been said already.

    ``late``: it is too late to say it; it only remains to be found out whether it was said.
    """

    delivery: Delivery
    address: Address
    again: bool
    late: bool


def put(tx: Tx, post: Post, at: int) -> bool:
    """Have this said from ``post.due`` on (``at`` where that is 0); whether it is new.

    A second one of the same ``once`` is the first.
    """
    platform, place = post.channel or own_chat(tx, post.person)
    row = tx.row(
        "INSERT INTO deliveries (once, says, about, content, person, platform, place, due, until,"
        " state, free, attempts, open, message, stale, why)"
        " VALUES (:once, :says, :about, :content, :person, :platform, :place, :due, :until,"
        " 'waiting', :due, 0, 0, '', 0, '') ON CONFLICT (once) DO NOTHING RETURNING id",
        once=post.once,
        says=post.says,
        about=post.about,
        content=json.dumps(dict(post.values), ensure_ascii=False),
        person=post.person,
        platform=platform,
        place=place,
        due=post.due or at,
        until=post.until,
    )
    tx.changed.add(DELIVERIES)
    return row is not None


def reach(tx: Tx, platforms: Collection[str], now: int) -> None:
    """Find out where those can be told who could not be: of these platforms the doors are open."""
    rows = tx.rows(
        "SELECT d.id, d.person, d.platform, d.place, a.id AS address FROM deliveries d"
        " LEFT JOIN addresses a ON a.platform = d.platform AND a.id = d.place AND a.closed IS NULL"
        " WHERE d.state = 'waiting' AND d.open = 0 AND d.person IS NOT NULL"
    )
    lost = [row for row in rows if row["address"] is None or row["platform"] not in platforms]
    reached = addresses.of_people(tx, platforms) if lost else {}
    now_are = people.joined(tx)
    for row in lost:
        who: int = row["person"]
        address = reached.get(now_are.get(who, who))
        platform, place = (address.platform, address.id) if address else ("", "")
        if (platform, place) != (row["platform"], row["place"]):
            _set(tx, row["id"], platform=platform, place=place)
    tx.run(
        "UPDATE deliveries SET state = 'dropped', why = 'no_chat', ended = :now"
        " WHERE state = 'waiting' AND platform = '' AND until < :now",
        now=now,
    )


def claim(tx: Tx, platform: str, now: int, limit: int) -> list[Claimed]:
    """Take what is to be said on a platform now, what is soonest too late first, for LEASE seconds.

    What is too late already, and was never begun, is dropped.
    """
    tx.run(
        "UPDATE deliveries SET state = 'dropped', why = 'late', ended = :now"
        " WHERE state = 'waiting' AND platform = :platform AND until < :now AND open = 0",
        platform=platform,
        now=now,
    )
    claimed: list[Claimed] = []
    # Where some can be said nowhere, those behind them may be: each look leaves fewer.
    while len(claimed) < limit and (rows := _next(tx, platform, now, limit - len(claimed))):
        for row in rows:
            delivery = of(row)
            address = addresses.find(tx, platform, delivery.place)
            if address is None or address.closed:
                _closed(tx, delivery, now)
                continue
            _set(tx, delivery.id, free=now + LEASE, attempts=delivery.attempts + 1, open=1)
            late = delivery.post.until < now
            claimed.append(Claimed(delivery, address, delivery.open, late))
    return claimed


def release(tx: Tx) -> None:
    """Nobody is at work on anything: whoever had claimed it is dead, as we hold the folder."""
    tx.run("UPDATE deliveries SET free = due WHERE state = 'waiting' AND open = 1")


def said(tx: Tx, id: int, message: str, at: int, lacks: str = "") -> None:
    """A platform has it, under this id; ``lacks`` is why its picture is not with it, if so."""
    _set(tx, id, state=State.SENT, open=0, message=message, ended=at, why=lacks)


def wait(tx: Tx, id: int, until: int, why: str) -> None:
    """It was not said, certainly; try again from ``until`` on."""
    _set(tx, id, open=0, free=until, why=why, stale=0)


def unclear(tx: Tx, id: int, until: int, why: str) -> None:
    """It may have been said; find out from ``until`` on."""
    _set(tx, id, free=until, why=why)


def end(tx: Tx, id: int, state: State, at: int, why: str) -> None:
    """It is not going to be said, or nobody can find out; ``why`` quotes nobody."""
    _set(tx, id, state=state, open=0, ended=at, why=why, stale=0)


def touch(tx: Tx, about: str) -> None:
    """What was said about this subject shows it as it was: have it shown as it is.

    So does what is being said at this moment, or may have been.
    """
    tx.run(
        "UPDATE deliveries SET stale = stale + 1 WHERE about = :about"
        " AND (message <> '' OR open = 1)",
        about=about,
    )
    tx.changed.add(DELIVERIES)


def stale(tx: Tx, platform: str, limit: int) -> list[tuple[Delivery, Address]]:
    """What was said there and shows its subject as it was, and where it stands."""
    rows = tx.rows(
        "SELECT * FROM deliveries d WHERE stale > 0 AND platform = :platform AND message <> ''"
        " AND EXISTS (SELECT 1 FROM addresses a WHERE a.platform = d.platform AND a.id = d.place)"
        " ORDER BY until, id LIMIT :limit",
        platform=platform,
        limit=limit,
    )
    found = [(of(row), addresses.find(tx, platform, row["place"])) for row in rows]
    return [(one, address) for one, address in found if address is not None]


def shown(tx: Tx, id: int, stale: int) -> None:
    """It shows its subject as it was at this count of changes, or never can."""
    tx.run("UPDATE deliveries SET stale = 0 WHERE id = :id AND stale = :stale", id=id, stale=stale)


def next_free(tx: Tx, platform: str) -> int | None:
    """When the next delivery on a platform can be claimed, or None where none waits."""
    row = tx.row(
        "SELECT min(free) AS at FROM deliveries WHERE state = 'waiting' AND platform = :platform",
        platform=platform,
    )
    return None if row is None else row["at"]


def get(tx: Tx, once: str) -> Delivery | None:
    """The delivery of this key, or None."""
    row = tx.row("SELECT * FROM deliveries WHERE once = :once", once=once)
    return of(row) if row else None


def said_about(tx: Tx, about: str, says: str) -> list[Delivery]:
    """What was said about a subject under a name, the oldest first."""
    rows = tx.rows(
        "SELECT * FROM deliveries WHERE about = :about AND says = :says AND state = 'sent'"
        " ORDER BY ended, id",
        about=about,
        says=says,
    )
    return [of(row) for row in rows]


def own_chat(tx: Tx, person: int | None) -> tuple[str, str]:
    """Where somebody spoke last by themselves, or nowhere."""
    if person is None:
        return "", ""
    who = people.joined(tx).get(person, person)
    address = addresses.of_person(tx, who)
    return (address.platform, address.id) if address else ("", "")


def of(row: Row) -> Delivery:
    """A delivery from its row."""
    channel = None if row["person"] is not None else (row["platform"], row["place"])
    post = Post(
        row["once"],
        row["says"],
        json.loads(row["content"]),
        row["person"],
        channel,
        row["about"],
        row["due"],
        row["until"],
    )
    return Delivery(
        row["id"],
        post,
        row["platform"],
        row["place"],
        State(row["state"]),
        row["attempts"],
        bool(row["open"]),
        row["message"],
        row["stale"],
        row["ended"],
        row["why"],
    )


def forget_before(tx: Tx, at: int) -> None:
    """Let go of what ended before then."""
    tx.run("DELETE FROM deliveries WHERE ended < :at", at=at)


def _next(tx: Tx, platform: str, now: int, limit: int) -> list[Row]:
    """What is free to be claimed on a platform, what is soonest too late first."""
    return tx.rows(
        "SELECT * FROM deliveries WHERE state = 'waiting' AND platform = :platform"
        " AND free <= :now ORDER BY until, id LIMIT :limit",
        platform=platform,
        now=now,
        limit=limit,
    )


def _closed(tx: Tx, delivery: Delivery, now: int) -> None:
    """Where it was to be said, nothing can be said any more."""
    if delivery.open:
        end(tx, delivery.id, State.UNSURE, now, "closed")
    elif delivery.post.person is None:
        end(tx, delivery.id, State.FAILED, now, "closed")
    else:
        _set(tx, delivery.id, platform="", place="", free=now + ASKED_AGAIN)


def _set(tx: Tx, id: int, **columns: object) -> None:
    to = ", ".join(f"{name} = :{name}" for name in columns)
    tx.run(f"UPDATE deliveries SET {to} WHERE id = :id", id=id, **columns)  # noqa: S608 - names of ours
