"""What a channel is told by itself: whose week, on which weekday and at what time; or nothing.

The language is the channel's own, whatever is said there (``storage/addresses.py``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from storage import records
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotFound
from storage.limits import Impossible
from storage.people import Person
from storage.records import Kind, Record

MONDAY, HALF_PAST_EIGHT = 0, "08:30"
MOST_STRANDS = 50

_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,59}")


@dataclass(frozen=True, slots=True)
class Channel:
    """The week of a programme's plan in force, or of one community, in a channel.

    ``platform`` and ``id`` are the channel's address. ``strands`` are those of the plan that are
    told, none for all of it. ``community`` is its number, 0 for none: then there is a programme.
    ``weekday`` counts from Monday, 0; ``at`` is a local time at home. ``on``: it is told at all.
    """

    platform: str
    id: str
    programme: str = ""
    strands: tuple[str, ...] = ()
    community: int = 0
    weekday: int = MONDAY
    at: str = HALF_PAST_EIGHT
    on: bool = True

    @property
    def clock(self) -> time:
        """The local time."""
        return time.fromisoformat(self.at)


def check(says: Channel, at: int) -> None:
    """Raise Impossible for what no channel can be told."""
    if bool(says.programme) == bool(says.community) or (says.community and says.strands):
        raise Impossible("programme")
    ids = (says.programme, *says.strands) if says.programme else ()
    if len(ids) > MOST_STRANDS or not all(_ID.fullmatch(one) for one in ids):
        raise Impossible("strands")
    if not 0 <= says.community < 10**15:
        raise Impossible("community")
    if not 0 <= says.weekday <= 6 or not _TIME.fullmatch(says.at):
        raise Impossible("at")


def _count(tx: Tx, record: Record[Channel], sign: int) -> None:
    if sign > 0 and of(tx, record.says.platform, record.says.id) is not None:
        raise ChangedMeanwhile  # another took its place
    records.keep(tx, "channels", _indexed(record), sign)


def _indexed(record: Record[Channel]) -> dict[str, object]:
    return {"record": record.id, "platform": record.says.platform, "id": record.says.id}


CHANNEL = Kind("channel", Channel, lambda role: role.manages, _count, check)


def of(tx: Tx, platform: str, id: str) -> Record[Channel] | None:
    """What a channel is told, or None where nobody has said."""
    row = tx.row(
        "SELECT record FROM channels WHERE platform = :platform AND id = :id",
        platform=platform,
        id=id,
    )
    return records.get(tx, CHANNEL, row["record"]) if row else None


def told(tx: Tx) -> list[Record[Channel]]:
    """What each open channel is told that is told anything, by number."""
    rows = tx.rows(
        "SELECT c.record FROM channels c JOIN addresses a ON a.platform = c.platform"
        " AND a.id = c.id WHERE a.person IS NULL AND a.closed IS NULL ORDER BY c.record"
    )
    found = (records.get(tx, CHANNEL, row["record"]) for row in rows)
    return [one for one in found if one.says.on]


def settle(tx: Tx, says: Channel, by: Person, at: int) -> Record[Channel]:
    """Have a channel told this from now on, in the place of what it was told before.

    Raises NotFound where there is no such channel, NotAllowed and Impossible.
    """
    row = tx.row(
        "SELECT 1 FROM addresses WHERE platform = :platform AND id = :id AND person IS NULL",
        platform=says.platform,
        id=says.id,
    )
    if row is None:
        raise NotFound
    return records.put(tx, CHANNEL, of(tx, says.platform, says.id), says, by, at)


def wrong(tx: Tx) -> Iterator[str]:
    """What it is looked up by and is not what the records say, as sentences."""
    yield from records.unlike(tx, CHANNEL, "channels", _indexed)
