"""Identities: the ids that platforms know a person by, and their e-mail addresses."""

from dataclasses import dataclass

from storage.engine import Tx

EMAIL = "email"  # the platform whose ids are addresses, as ``address`` folds them
# The same for a guest's: enough to know them on a roster, never to join two accounts or name one.
GUEST_EMAIL = "guest_email"


@dataclass(frozen=True, slots=True)
class Identity:
    """A platform and its id for a person."""

    platform: str
    id: str


def address(email: str) -> str:
    """An e-mail as an id: two spellings of one address are the same."""
    return email.strip().casefold()


def add(tx: Tx, person: int, platform: str, id: str, *, names: bool) -> None:
    """Know the person by this id too; one that ``names`` them has them renamed."""
    tx.run(
        "INSERT INTO identities (platform, id, person, names)"
        " VALUES (:platform, :id, :person, :names)",
        platform=platform,
        id=id,
        person=person,
        names=int(names),
    )


def is_on(tx: Tx, person: int, platform: str) -> bool:
    """Whether the person has an id on this platform."""
    found = tx.row(
        "SELECT 1 FROM identities WHERE person = :person AND platform = :platform",
        person=person,
        platform=platform,
    )
    return found is not None


def of(tx: Tx, person: int) -> list[Identity]:
    """A person's identities, in the order of platforms."""
    rows = tx.rows(
        "SELECT platform, id FROM identities WHERE person = :person ORDER BY platform, id",
        person=person,
    )
    return [Identity(row["platform"], row["id"]) for row in rows]


def of_everyone(tx: Tx) -> dict[int, tuple[Identity, ...]]:
    """By person: each of their identities, in the order of platforms."""
    found: dict[int, tuple[Identity, ...]] = {}
    for row in tx.rows("SELECT platform, id, person FROM identities ORDER BY platform, id"):
        one = Identity(row["platform"], row["id"])
        found[row["person"]] = (*found.get(row["person"], ()), one)
    return found
