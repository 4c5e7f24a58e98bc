"""People: who they are on which platform, their language, and what they may do."""

from dataclasses import dataclass, replace
from enum import StrEnum

from storage import audit
from storage.engine import Row, Tx
from storage.errors import NotAllowed, NotFound
from storage.plan import Language

PEOPLE = "people"  # what look-ups of people and addresses are recalled under


class TeamRole(StrEnum):
    """What a person may do. ``PENDING`` people wait for an administrator's word."""

    ADMIN = "admin"
    MANAGER = "manager"
    STAFF = "staff"
    MEMBER = "member"
    PENDING = "pending"

    @property
    def logs(self) -> bool:
        """Whether they log hours."""
        return self in (TeamRole.ADMIN, TeamRole.MANAGER, TeamRole.STAFF)

    @property
    def manages(self) -> bool:
        """Whether they see and change what others logged."""
        return self in (TeamRole.ADMIN, TeamRole.MANAGER)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person as a platform describes them: its own id for them, a name, a locale, an e-mail.

    ``guest``: not a full member of the workspace or tenant. ``role`` only where the platform itself
    vouches for it (the playground does, for its cast).
    """

    platform: str
    id: str
    name: str
    locale: str = "en-CA"
    timezone: str = "America/Toronto"
    guest: bool = False
    role: TeamRole | None = None
    email: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who has spoken to the bot."""

    id: int
    name: str
    role: TeamRole
    language: Language
    timezone: str


def _person(row: Row) -> Person:
    return Person(
        row["id"], row["name"], TeamRole(row["role"]), Language(row["language"]), row["timezone"]
    )


def find(tx: Tx, platform: str, id: str) -> Person | None:
    """The person a platform knows under this id."""
    row = tx.row(
        "SELECT p.* FROM identities i JOIN people p ON p.id = i.person"
        " WHERE i.platform = :platform AND i.id = :id",
        platform=platform,
        id=id,
    )
    return _person(row) if row else None


def get(tx: Tx, id: int) -> Person:
    """The person with this number. Raises NotFound."""
    row = tx.row("SELECT p.* FROM people p WHERE p.id = :id", id=id)
    if row is None:
        raise NotFound
    return _person(row)


def everyone(tx: Tx) -> list[Person]:
    """All people, by name."""
    return [_person(row) for row in tx.rows("SELECT p.* FROM people p ORDER BY p.name, p.id")]


def meet(tx: Tx, who: Newcomer, role: TeamRole, at: int) -> Person:
    """Take in someone seen for the first time, as ``role``; or take over a changed name or zone."""
    known = find(tx, who.platform, who.id)
    if known is not None:
        met = replace(known, name=who.name, timezone=who.timezone)
        if met != known:
            tx.run(
                "UPDATE people SET name = :name, timezone = :timezone WHERE id = :id",
                name=met.name,
                timezone=met.timezone,
                id=met.id,
            )
            _record(tx, at, met.id, "rename", met)
        return met
    language = Language.FR if who.locale.lower().startswith("fr") else Language.EN
    row = tx.row(
        "INSERT INTO people (name, role, language, timezone, created)"
        " VALUES (:name, :role, :language, :timezone, :at) RETURNING id",
        name=who.name,
        role=role,
        language=language,
        timezone=who.timezone,
        at=at,
    )
    assert row is not None
    person = Person(row["id"], who.name, role, language, who.timezone)
    tx.run(
        "INSERT INTO identities (platform, id, person) VALUES (:platform, :id, :person)",
        platform=who.platform,
        id=who.id,
        person=person.id,
    )
    _record(tx, at, person.id, "meet", person)
    return person


def set_language(tx: Tx, id: int, language: Language, at: int) -> Person:
    """Speak this language with the person from now on."""
    person = replace(get(tx, id), language=language)
    tx.run("UPDATE people SET language = :language WHERE id = :id", language=language, id=id)
    _record(tx, at, id, "language", person)
    return person


def set_role(tx: Tx, id: int, role: TeamRole, at: int, by: Person | None) -> Person:
    """Change what a person may do; ``by`` an administrator, or None from the shell."""
    if by is not None and get(tx, by.id).role is not TeamRole.ADMIN:
        raise NotAllowed
    person = replace(get(tx, id), role=role)
    tx.run("UPDATE people SET role = :role WHERE id = :id", role=role, id=id)
    _record(tx, at, by.id if by else None, "role", person)
    return person


def named(tx: Tx, words: str) -> list[Person]:
    """The people whose name, or id on a platform, is ``words`` (in any case)."""
    folded = words.strip().casefold()
    ids = {
        row["person"]
        for row in tx.rows("SELECT id, person FROM identities")
        if row["id"].casefold() == folded
    }
    return [
        person for person in everyone(tx) if person.name.casefold() == folded or person.id in ids
    ]


def note_address(tx: Tx, platform: str, id: str, person: int | None, at: int) -> None:
    """Remember where the bot can write: a person's direct chat, or a channel (no person)."""
    tx.changed.add(PEOPLE)
    tx.run(
        "INSERT INTO addresses (platform, id, person, seen) VALUES (:platform, :id, :person, :at)"
        " ON CONFLICT (platform, id) DO UPDATE SET person = excluded.person, seen = excluded.seen",
        platform=platform,
        id=id,
        person=person,
        at=at,
    )


def knows_address(tx: Tx, platform: str, id: str) -> bool:
    """Whether the bot has been spoken to there."""
    return (
        tx.row(
            "SELECT 1 FROM addresses WHERE platform = :platform AND id = :id",
            platform=platform,
            id=id,
        )
        is not None
    )


def content(person: Person) -> str:
    """What the audit chain takes a person to be."""
    return f"{person.name}\n{person.role}\n{person.language}\n{person.timezone}"


def _record(tx: Tx, at: int, by: int | None, action: str, person: Person) -> None:
    tx.changed.add(PEOPLE)
    audit.append(tx, at, by, action, f"person/{person.id}", content(person))
