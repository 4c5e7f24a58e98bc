"""Entries: hours of accompaniment and partner support, added, changed, voided and restored."""

from dataclasses import dataclass
from datetime import date

from storage.plan import EntryKind


@dataclass(frozen=True, slots=True)
class Accompanied:
    """Someone accompanied, or several of one role: a role of the network ("" unknown), a name."""

    role: str = ""
    name: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """What an entry says. ``said`` is the line it was typed as ("" from the form)."""

    kind: EntryKind
    day: date
    minutes: int
    people: tuple[Accompanied, ...] = ()
    boards: tuple[str, ...] = ()  # ids of the network's bodies
    partner: str = ""
    objective: str = ""  # of the accompaniment, or the purpose of the support
    requested: bool = False  # answers a request made to the team
    said: str = ""
