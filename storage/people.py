"""People: who they are on which platform, their language, and what they may do."""

from dataclasses import dataclass
from enum import StrEnum

from storage.plan import Language


class TeamRole(StrEnum):
    """What a person may do. ``PENDING`` people wait for an administrator's word."""

    ADMIN = "admin"
    MANAGER = "manager"
    STAFF = "staff"
    MEMBER = "member"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person as a platform describes them: its own id for them, a name, a locale.

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


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who has spoken to the bot."""

    id: int
    name: str
    role: TeamRole
    language: Language
    timezone: str
