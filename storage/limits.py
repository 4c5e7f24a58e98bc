"""What an entry can't say at all, and what is asked about before it is taken."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from storage.engine import Tx
from storage.entries import Draft, Entry, get
from storage.errors import StorageError
from storage.people import Person
from storage.plan import EntryKind

LONGEST_ENTRY = 24 * 60
FIRST_DAY = date(2000, 1, 1)
LONGEST_TEXT = 4000
MOST_PEOPLE = 999  # in one row
MOST_ROWS = 30  # of people, and of boards

LONGEST_DAY = 12 * 60
SAME_WITHIN = 10 * 60  # seconds in which the same entry again is asked about

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


class Impossible(StorageError):
    """No entry can say that. ``field`` is the part of the draft that is wrong."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field


class Doubt(StrEnum):
    """What an entry is asked about before it is taken."""

    TWIN = "twin"
    LONG_DAY = "long_day"


class Duplicate(StorageError):
    """The same was logged minutes ago."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry


class LongDay(StorageError):
    """With this the person's day has more than twelve hours."""

    def __init__(self, minutes: int) -> None:
        super().__init__()
        self.minutes = minutes


def check(draft: Draft, at: int) -> None:
    """Raise Impossible for what no entry can say, whatever a button or a form claimed.

    The plan's lists of roles and boards are not known here; whoever reads the form checks them.
    A day may lie one ahead of ``at``'s in UTC: somewhere it has begun.
    """
    if type(draft.kind) is not EntryKind:
        raise Impossible("kind")
    if not 1 <= draft.minutes <= LONGEST_ENTRY:
        raise Impossible("minutes")
    tomorrow = datetime.fromtimestamp(at, UTC).date() + timedelta(days=1)
    if not FIRST_DAY <= draft.day <= tomorrow:
        raise Impossible("day")
    if len(draft.people) > MOST_ROWS:
        raise Impossible("people")
    if any(not 1 <= one.number <= MOST_PEOPLE for one in draft.people):
        raise Impossible("people")
    if len(draft.boards) > MOST_ROWS:
        raise Impossible("boards")
    for field, text in _texts(draft):
        if len(text) > LONGEST_TEXT or _UNWRITABLE.search(text):
            raise Impossible(field)


def doubt_twin(tx: Tx, draft: Draft, by: Person, at: int) -> None:
    """Raise Duplicate where the person logged the same, in whatever words, minutes ago."""
    twins = tx.rows(
        "SELECT id FROM entries WHERE person = :person AND day = :day AND kind = :kind"
        " AND minutes = :minutes AND voided IS NULL AND created >= :since ORDER BY id DESC",
        person=by.id,
        day=draft.day.isoformat(),
        kind=draft.kind,
        minutes=draft.minutes,
        since=at - SAME_WITHIN,
    )
    for twin in twins:
        entry = get(tx, twin["id"], by)
        if replace(entry.says, said="") == replace(draft, said=""):
            raise Duplicate(entry)


def doubt_long_day(minutes: int) -> None:
    """Raise LongDay where a day has more than twelve hours."""
    if minutes > LONGEST_DAY:
        raise LongDay(minutes)


def _texts(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "partner", draft.partner
    yield "objective", draft.objective
    yield "said", draft.said
    for one in draft.people:
        yield "people", one.role
        yield "people", one.name
    for board in draft.boards:
        yield "boards", board
