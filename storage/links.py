"""Links: two people who turn out to be one are joined, and can be taken apart again.

Everything of the joined person becomes the kept person's: ids, addresses, requests, entries and
records, each in the version it has, so that its receipts still work. Their row stays, and is nobody
any more. What moved is written down with the link, so that undoing it moves exactly that back. What
feedback they were asked for does not move: it is looked up as who they now are.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace

from storage import audit, entries, feedback, people, records, totals
from storage.engine import Row, Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.people import Person, TeamRole


@dataclass(frozen=True, slots=True)
class Moved:
    """What was the joined person's: numbers of entries, requests, records; addresses, identities.

    An address is its platform and id; an identity also says whether it names its person.
    """

    entries: list[int]
    requests: list[int]
    addresses: list[tuple[str, str]]
    identities: list[tuple[str, str, bool]]
    records: list[int] = field(default_factory=list[int])  # none in a link from before there were


@dataclass(frozen=True, slots=True)
class Link:
    """That ``joined`` became ``kept``, both numbers of people; instants are in UTC seconds."""

    id: int
    kept: int
    joined: int
    at: int
    moved: Moved
    undone: int | None


def link(tx: Tx, kept: int, joined: int, by: Person, at: int) -> Link:
    """Make two people one, who has the name, role, language and zone of ``kept``.

    Raises NotAllowed, and NotFound where one of them is nobody (any more) or both are the same.
    """
    check(tx, kept, joined, by)
    person = people.get(tx, joined)
    if people.get(tx, kept) == person:
        raise NotFound
    row = tx.row(
        "INSERT INTO links (kept, joined, at, moved) VALUES (:kept, :joined, :at, :moved)"
        " RETURNING *",
        kept=kept,
        joined=joined,
        at=at,
        moved=json.dumps(asdict(_belongings(tx, joined)), ensure_ascii=False),
    )
    assert row is not None
    made = _link(row)
    _move(tx, made, "link", by, at)
    tx.run("UPDATE people SET joined = :kept WHERE id = :joined", kept=kept, joined=joined)
    feedback.count_anew(tx, joined)
    people.record(tx, at, by.id, "link", person, kept)
    _record(tx, made.id, "link", by, at)
    return made


def undo(tx: Tx, id: int, by: Person, at: int) -> Link:
    """Take two people apart again; what was added since stays with the one who was kept.

    Raises NotAllowed; NotFound; and ChangedMeanwhile where they are apart already, or the one who
    was kept has been joined to another since: that is to be undone first.
    """
    made = _link(_row(tx, id))
    check(tx, made.kept, made.joined, by)
    nobody = "SELECT 1 FROM people WHERE id = :kept AND joined IS NOT NULL"
    if made.undone is not None or tx.row(nobody, kept=made.kept):
        raise ChangedMeanwhile
    undone = replace(made, undone=at)
    tx.run("UPDATE links SET undone = :at WHERE id = :id", at=at, id=id)
    tx.run("UPDATE people SET joined = NULL WHERE id = :joined", joined=made.joined)
    feedback.count_anew(tx, made.joined)
    feedback.count_anew(tx, made.kept)
    _move(tx, undone, "unlink", by, at)
    # Where they were spoken to since may be a direct chat with either: it is noted anew.
    tx.run(
        "DELETE FROM addresses WHERE person = :kept AND seen >= :since"
        " AND platform IN (SELECT platform FROM identities WHERE person = :joined)",
        kept=made.kept,
        joined=made.joined,
        since=made.at,
    )
    people.record(tx, at, by.id, "unlink", people.get(tx, made.joined))
    _record(tx, id, "unlink", by, at)
    return undone


def contents(tx: Tx) -> Iterator[tuple[int, str]]:
    """The number and the content of every link, those that were undone too, in order."""
    for row in tx.each("SELECT * FROM links ORDER BY id"):
        yield row["id"], _content(row)


def check(tx: Tx, kept: int, joined: int, by: Person) -> None:
    """Raise NotAllowed where the person may not join these two, or take them apart."""
    # Whoever is joined to an administrator becomes one: nobody gives more than they have.
    theirs = tx.rows(
        "SELECT role FROM people WHERE id IN (:kept, :joined)", kept=kept, joined=joined
    )
    role = people.get(tx, by.id).role  # ``by`` may be older than a change of role
    an_admin = any(row["role"] == TeamRole.ADMIN for row in theirs)
    if not role.manages or (an_admin and role is not TeamRole.ADMIN):
        raise NotAllowed


def _belongings(tx: Tx, person: int) -> Moved:
    numbers = "SELECT id FROM entries WHERE person = :person ORDER BY id"
    requests = "SELECT id FROM requests WHERE person = :person ORDER BY id"
    addresses = "SELECT platform, id FROM addresses WHERE person = :person ORDER BY 1, 2"
    ids = "SELECT platform, id, names FROM identities WHERE person = :person ORDER BY 1, 2"
    return Moved(
        [row["id"] for row in tx.rows(numbers, person=person)],
        [row["id"] for row in tx.rows(requests, person=person)],
        [(row["platform"], row["id"]) for row in tx.rows(addresses, person=person)],
        [(row["platform"], row["id"], bool(row["names"])) for row in tx.rows(ids, person=person)],
        records.of_person(tx, person),
    )


def _move(tx: Tx, link: Link, action: str, by: Person, at: int) -> None:
    """Give what the link moved to the one who is kept, or back where it is undone."""
    owner = link.kept if link.undone is None else link.joined
    for platform, id, names in link.moved.identities:
        tx.run(
            "UPDATE identities SET person = :owner, names = :names"
            " WHERE platform = :platform AND id = :id",
            owner=owner,
            names=int(names and link.undone is not None),
            platform=platform,
            id=id,
        )
    for platform, id in link.moved.addresses:
        tx.run(
            "UPDATE addresses SET person = :owner WHERE platform = :platform AND id = :id",
            owner=owner,
            platform=platform,
            id=id,
        )
    for id in link.moved.requests:
        tx.run("UPDATE requests SET person = :owner WHERE id = :id", owner=owner, id=id)
    for id in link.moved.entries:
        _move_entry(tx, id, owner, action, by, at)
    for id in link.moved.records:
        records.give(tx, id, owner, action, by, at)


def _move_entry(tx: Tx, id: int, owner: int, action: str, by: Person, at: int) -> None:
    before = entries.get(tx, id, by)
    after = replace(before, person=owner)
    tx.run("UPDATE entries SET person = :owner WHERE id = :id", owner=owner, id=id)
    if before.voided is None:
        totals.add(tx, entries.cells(before), -before.says.minutes, -1)
        totals.add(tx, entries.cells(after), after.says.minutes, 1)
    audit.append(tx, at, by.id, action, f"entry/{id}", entries.content(after))


def _row(tx: Tx, id: int) -> Row:
    row = tx.row("SELECT * FROM links WHERE id = :id", id=id)
    if row is None:
        raise NotFound
    return row


def _link(row: Row) -> Link:
    moved = Moved(**json.loads(row["moved"]))
    return Link(row["id"], row["kept"], row["joined"], row["at"], moved, row["undone"])


def _content(row: Row) -> str:
    """What the audit chain takes a link to be."""
    undone = row["undone"] or ""
    return f"{row['kept']}\n{row['joined']}\n{row['at']}\n{undone}\n{row['moved']}"


def _record(tx: Tx, id: int, action: str, by: Person, at: int) -> None:
    audit.append(tx, at, by.id, action, f"link/{id}", _content(_row(tx, id)))
