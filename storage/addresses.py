"""Addresses: where on each platform the bot can write, a person's own chat or a channel."""

from collections.abc import Collection
from dataclasses import dataclass

from storage.engine import Row, Tx
from storage.errors import NotAllowed
from storage.people import PEOPLE, Person, role_of
from storage.plan import Language

REMOVED = "removed"  # why an address is closed: the bot was taken out of there


@dataclass(frozen=True, slots=True)
class Address:
    """A platform's place. ``person`` is whose own chat it is, None for a channel.

    ``reference`` is what the platform needs beside the id, as JSON. ``language`` is a channel's,
    where somebody chose one. ``closed`` says why nothing can be sent there any more, "" while it
    can.
    """

    platform: str
    id: str
    person: int | None
    reference: str
    name: str
    language: Language | None
    closed: str


def find(tx: Tx, platform: str, id: str) -> Address | None:
    """The address with this id, open or closed."""
    row = tx.row(
        "SELECT * FROM addresses WHERE platform = :platform AND id = :id", platform=platform, id=id
    )
    return _address(row) if row else None


def knows(tx: Tx, platform: str, id: str, *, direct: bool, reference: str = "") -> bool:
    """Whether the address is open and stored like this."""
    found = find(tx, platform, id)
    return (
        found is not None
        and not found.closed
        and found.reference == reference
        and (found.person is not None) == direct
    )


def note(tx: Tx, platform: str, id: str, person: int | None, at: int, reference: str = "") -> None:
    """Remember where somebody spoke: their own chat, or a channel (no person)."""
    _open(tx, platform, id, reference, at)
    tx.run(
        "UPDATE addresses SET person = :person WHERE platform = :platform AND id = :id",
        platform=platform,
        id=id,
        person=person,
    )


def add(tx: Tx, platform: str, id: str, reference: str, name: str, at: int) -> bool:
    """Remember where the bot was added; whether it is new there, or was away."""
    found = find(tx, platform, id)
    _open(tx, platform, id, reference, at)
    if name:
        tx.run(
            "UPDATE addresses SET name = :name WHERE platform = :platform AND id = :id",
            platform=platform,
            id=id,
            name=name,
        )
    return found is None or found.closed != ""


def close(tx: Tx, platform: str, id: str, why: str) -> Address | None:
    """Send nothing there any more. The address as it was, or None where it was not open."""
    found = find(tx, platform, id)
    if found is None or found.closed:
        return None
    tx.changed.add(PEOPLE)
    tx.run(
        "UPDATE addresses SET closed = :why WHERE platform = :platform AND id = :id",
        platform=platform,
        id=id,
        why=why,
    )
    return found


def speak(tx: Tx, platform: str, id: str, language: Language | None, by: Person) -> None:
    """Write in this language there, to all who read along; None: nobody chose one.

    Raises NotAllowed for who is no team.
    """
    if not role_of(tx, by.id).logs:
        raise NotAllowed
    tx.run(
        "UPDATE addresses SET language = :language WHERE platform = :platform AND id = :id",
        platform=platform,
        id=id,
        language=language,
    )


def of_channels(tx: Tx) -> list[Address]:
    """Every open channel of all platforms, by name."""
    rows = tx.rows(
        "SELECT * FROM addresses WHERE person IS NULL AND closed IS NULL"
        " ORDER BY name, platform, id"
    )
    return [_address(row) for row in rows]


def channels(tx: Tx, platform: str) -> list[str]:
    """The ids of a platform's open channels, direct chats left out."""
    rows = tx.rows(
        "SELECT id FROM addresses WHERE platform = :platform AND person IS NULL"
        " AND closed IS NULL ORDER BY id",
        platform=platform,
    )
    return [row["id"] for row in rows]


def closed(tx: Tx) -> list[Address]:
    """The addresses that a platform closed, other than by taking the bot out."""
    rows = tx.rows(
        "SELECT * FROM addresses WHERE closed != :removed ORDER BY platform, id", removed=REMOVED
    )
    return [_address(row) for row in rows]


def of_person(tx: Tx, person: int) -> Address | None:
    """Where somebody spoke last by themselves, of what is open; None where they never did."""
    row = tx.row(
        "SELECT * FROM addresses WHERE person = :person AND closed IS NULL"
        " ORDER BY seen DESC LIMIT 1",
        person=person,
    )
    return _address(row) if row else None


def of_people(tx: Tx, platforms: Collection[str] | None = None) -> dict[int, Address]:
    """Where each person spoke last by themselves, of what is open on these platforms, or on any."""
    rows = tx.rows(
        "SELECT * FROM addresses WHERE person IS NOT NULL AND closed IS NULL ORDER BY seen"
    )
    return {
        row["person"]: _address(row)
        for row in rows
        if platforms is None or row["platform"] in platforms
    }


def _open(tx: Tx, platform: str, id: str, reference: str, at: int) -> None:
    tx.changed.add(PEOPLE)
    tx.run(
        "INSERT INTO addresses (platform, id, seen, reference)"
        " VALUES (:platform, :id, :at, :reference)"
        " ON CONFLICT (platform, id) DO UPDATE"
        " SET seen = excluded.seen, reference = excluded.reference, closed = NULL",
        platform=platform,
        id=id,
        at=at,
        reference=reference,
    )


def _address(row: Row) -> Address:
    return Address(
        row["platform"],
        row["id"],
        row["person"],
        row["reference"],
        row["name"],
        Language(row["language"]) if row["language"] else None,
        row["closed"] or "",
    )
