"""People: who they are on which platform, their language, and what they may do."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from storage import audit, identities
from storage.engine import Row, Tx
from storage.errors import NotAllowed, NotFound
from storage.identities import Identity
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
    row = _row(tx, platform, id)
    return _person(row) if row else None


def known(tx: Tx, who: Newcomer) -> Person | None:
    """The person as stored, or None where the platform says something new about them."""
    row = _row(tx, who.platform, who.id)
    if row is None or _renamed(row, who) != _person(row) or _new_email(tx, who):
        return None
    return _person(row)


def get(tx: Tx, id: int) -> Person:
    """The person with this number. Raises NotFound, also for one who was joined to another."""
    row = tx.row("SELECT p.* FROM people p WHERE p.id = :id AND p.joined IS NULL", id=id)
    if row is None:
        raise NotFound
    return _person(row)


def role_of(tx: Tx, id: int) -> TeamRole:
    """What the person with this number may do now. Raises NotFound, as ``get`` does."""
    row = tx.row("SELECT role FROM people WHERE id = :id AND joined IS NULL", id=id)
    if row is None:
        raise NotFound
    return TeamRole(row["role"])


def joined(tx: Tx) -> dict[int, int]:
    """Of everyone who was joined to another: who they are now, by number."""
    rows = tx.rows("SELECT id, joined FROM people WHERE joined IS NOT NULL")
    to = {row["id"]: row["joined"] for row in rows}
    found: dict[int, int] = {}
    for id, now in to.items():
        seen = {id}
        while now in to and now not in seen:  # who they were joined to was joined to another since
            seen.add(now)
            now = to[now]
        found[id] = now
    return found


def everyone(tx: Tx) -> list[Person]:
    """All people, by name; those who were joined to another are no longer any."""
    rows = tx.rows("SELECT p.* FROM people p WHERE p.joined IS NULL ORDER BY p.name, p.id")
    return [_person(row) for row in rows]


def contents(tx: Tx) -> Iterator[tuple[int, str]]:
    """The number and the content of everyone there ever was, in order of numbers."""
    for row in tx.each("SELECT p.* FROM people p ORDER BY p.id"):
        yield row["id"], content(_person(row), row["joined"])


def meet(tx: Tx, who: Newcomer, role: TeamRole, at: int) -> Person:
    """Take in someone seen for the first time, as ``role``; or what is new about someone known.

    A new id whose e-mail is somebody's is theirs too. Whoever is known by several ids is named by
    the first: two spellings of one name would take turns for ever.
    """
    row = _row(tx, who.platform, who.id)
    if row is not None:
        person = _renamed(row, who)
        if person != _person(row):
            tx.run(
                "UPDATE people SET name = :name, timezone = :timezone WHERE id = :id",
                name=person.name,
                timezone=person.timezone,
                id=person.id,
            )
            record(tx, at, person.id, "rename", person)
    else:
        person = _met_elsewhere(tx, who, at) or _take_in(tx, who, role, at)
    if new := _new_email(tx, who):
        identities.add(tx, person.id, new.platform, new.id, names=False)
        record(tx, at, person.id, "email", person)
    return person


def _row(tx: Tx, platform: str, id: str) -> Row | None:
    return tx.row(
        "SELECT p.*, i.names FROM identities i JOIN people p ON p.id = i.person"
        " WHERE i.platform = :platform AND i.id = :id",
        platform=platform,
        id=id,
    )


def _renamed(row: Row, who: Newcomer) -> Person:
    person = _person(row)
    return replace(person, name=who.name, timezone=who.timezone) if row["names"] else person


def _email(who: Newcomer) -> Identity:
    """Their address; nobody has made sure that a guest's is theirs."""
    platform = identities.GUEST_EMAIL if who.guest else identities.EMAIL
    return Identity(platform, identities.address(who.email))


def _new_email(tx: Tx, who: Newcomer) -> Identity | None:
    """Their address where it is nobody's yet."""
    email = _email(who)
    return email if email.id and not find(tx, email.platform, email.id) else None


def _met_elsewhere(tx: Tx, who: Newcomer, at: int) -> Person | None:
    """The person whose e-mail it is, now known by this id as well.

    Not where they have an id on this platform already: an account of its own there is someone who
    took over the address.
    """
    email = _email(who)
    person = None if who.guest else find(tx, email.platform, email.id)
    if person is None or identities.is_on(tx, person.id, who.platform):
        return None
    identities.add(tx, person.id, who.platform, who.id, names=False)
    record(tx, at, person.id, "join", person)
    return person


def _take_in(tx: Tx, who: Newcomer, role: TeamRole, at: int) -> Person:
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
    identities.add(tx, person.id, who.platform, who.id, names=True)
    record(tx, at, person.id, "meet", person)
    return person


def set_language(tx: Tx, id: int, language: Language, at: int) -> Person:
    """Speak this language with the person from now on."""
    person = replace(get(tx, id), language=language)
    tx.run("UPDATE people SET language = :language WHERE id = :id", language=language, id=id)
    record(tx, at, id, "language", person)
    return person


def set_role(tx: Tx, id: int, role: TeamRole, at: int, by: Person | None) -> Person:
    """Change what a person may do; ``by`` an administrator, or None from the shell."""
    if by is not None and get(tx, by.id).role is not TeamRole.ADMIN:
        raise NotAllowed
    person = replace(get(tx, id), role=role)
    tx.run("UPDATE people SET role = :role WHERE id = :id", role=role, id=id)
    record(tx, at, by.id if by else None, "role", person)
    return person


def named(tx: Tx, words: str) -> list[Person]:
    """The people whose name, or id on a platform, is ``words`` (in any case)."""
    folded = words.strip().casefold()
    ids = {
        row["person"]
        for row in tx.rows(
            "SELECT id, person FROM identities WHERE platform <> :guests",
            guests=identities.GUEST_EMAIL,
        )
        if row["id"].casefold() == folded
    }
    return [
        person for person in everyone(tx) if person.name.casefold() == folded or person.id in ids
    ]


def content(person: Person, joined: int | None = None) -> str:
    """What the audit chain takes a person to be; ``joined``: who they were joined to."""
    to = "" if joined is None else f"\njoined to {joined}"
    return f"{person.name}\n{person.role}\n{person.language}\n{person.timezone}{to}"


def record(
    tx: Tx, at: int, by: int | None, action: str, person: Person, joined: int | None = None
) -> None:
    """Add what became of a person to the audit chain, and have nobody recalled as they were."""
    tx.changed.add(PEOPLE)
    audit.append(tx, at, by, action, f"person/{person.id}", content(person, joined))
