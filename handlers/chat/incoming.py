"""What reaches us from a door: who said or pressed what, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from storage.people import Newcomer


class Kind(StrEnum):
    """The ways a person can address the bot."""

    MESSAGE = "message"  # words, with or without a command in front
    PRESS = "press"  # a button on a card
    SUBMIT = "submit"  # a filled-in form
    DROP = "drop"  # files, with or without words
    ADDED = "added"  # the bot itself, to a chat or a channel


@dataclass(frozen=True, slots=True)
class Place:
    """A channel or a direct chat, by the platform's own id.

    ``direct`` is true where nobody but the person and the bot reads along. ``reference`` is what
    the platform needs to be written to there, where that is more than the id.
    """

    platform: str
    id: str
    direct: bool
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that someone gave the bot. ``content`` is empty where ``size`` (bytes) is too much."""

    name: str
    size: int
    content: bytes


LARGEST_FILE = 10_000_000  # bytes that a door fetches


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message, press, submitted form, or dropped files.

    ``name`` is the action's or the form's name (empty for a message); ``text`` is what was typed,
    of a form what its inputs hold, a line each; ``values`` are what the button carried or the
    form's inputs hold: a stranger's word. ``key`` is the same when the platform delivers the same
    thing again.
    """

    sender: Newcomer
    place: Place
    kind: Kind
    key: str
    name: str = ""
    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    files: tuple[Dropped, ...] = ()
