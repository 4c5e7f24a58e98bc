"""Requests for accompaniment: the entries that answer one, and who asked.

A request counts in the period in which an entry answers it, once however many do. Who asked is who
was accompanied: a person who is named is one person, however often they asked; of those who are not
named a request counts the most that one of its entries has, as the same people came back.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from storage import entries, people, rosters
from storage.engine import Tx
from storage.entries import Entry
from storage.people import Person
from storage.plan import EntryKind
from storage.words import fold

_IDS = "SELECT e.id FROM entries e"
_BOARDS = (
    "SELECT e.id, e.request, b.board FROM entries e LEFT JOIN entry_boards b ON b.entry = e.id"
)
_PEOPLE = (
    "SELECT e.request, e.id, p.role, p.name, p.number FROM entries e"
    " JOIN entry_people p ON p.entry = e.id"
)
_ANSWERING = (
    " WHERE e.kind = :kind AND e.voided IS NULL AND e.request IS NOT NULL"
    " AND e.day BETWEEN :first AND :last"
)


@dataclass(frozen=True, slots=True)
class Requests:
    """Of a period: requests, the entries that answer them, and who asked.

    ``people`` of each role ("" unknown); ``boards``: how many requests came from each ("" none).
    """

    requests: int
    entries: int
    people: dict[str, int]
    boards: dict[str, int]


def read(tx: Tx, first: date, last: date) -> Requests:
    """The requests that were answered in a period."""
    which = _which(first, last)
    answered = tx.rows(_BOARDS + _ANSWERING, **which)
    of_board: defaultdict[str, set[int]] = defaultdict(set)
    for row in answered:
        of_board[row["board"] or ""].add(row["request"])
    named: defaultdict[str, set[int | str]] = defaultdict(set)
    unnamed: defaultdict[tuple[str, int], defaultdict[int, int]]
    unnamed = defaultdict(lambda: defaultdict(int))
    known: dict[str, int | str] = {}
    for row in tx.rows(_PEOPLE + _ANSWERING, **which):
        if name := row["name"]:
            if name not in known:
                known[name] = _who(tx, name)
            named[row["role"]].add(known[name])
        else:
            unnamed[row["role"], row["request"]][row["id"]] += row["number"]
    by_role = {role: len(one) for role, one in named.items()}
    for (role, _), of_entry in unnamed.items():
        by_role[role] = by_role.get(role, 0) + max(of_entry.values())
    return Requests(
        len({row["request"] for row in answered}),
        len({row["id"] for row in answered}),
        _most_first(by_role),
        _most_first({board: len(one) for board, one in of_board.items()}),
    )


def answering(
    tx: Tx, first: date, last: date, by: Person, *, limit: int, offset: int = 0
) -> list[Entry]:
    """The entries that answer requests and that this person may see, the newest first.

    Theirs, or all for a manager.
    """
    role = people.role_of(tx, by.id)
    if not role.logs:
        return []
    mine = "" if role.manages else " AND e.person = :person"
    rows = tx.rows(
        _IDS + _ANSWERING + mine + " ORDER BY e.day DESC, e.id DESC LIMIT :limit OFFSET :offset",
        **_which(first, last),
        **({} if role.manages else {"person": by.id}),
        limit=limit,
        offset=offset,
    )
    return [entries.stored(tx, row["id"]) for row in rows]


def _who(tx: Tx, name: str) -> int | str:
    """The one human of the rosters who has this name; else the name itself."""
    humans = {rosters.human(tx, one.id) for one in rosters.named(tx, name)}
    return humans.pop() if len(humans) == 1 else fold(name)


def _which(first: date, last: date) -> dict[str, object]:
    return {
        "kind": EntryKind.ACCOMPANIMENT.value,
        "first": first.isoformat(),
        "last": last.isoformat(),
    }


def _most_first(numbers: dict[str, int]) -> dict[str, int]:
    return dict(sorted(numbers.items(), key=lambda one: (-one[1], one[0])))
