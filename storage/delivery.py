"""What is to be said without being asked, a post, and a delivery: a post as it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

ALWAYS = 2**53  # when what is never too late would be too late


class State(StrEnum):
    """What has become of a delivery."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"  # too late, or no longer so
    FAILED = "failed"  # the platform will not take it
    UNSURE = "unsure"  # it may have been said, and the platform can't be asked


@dataclass(frozen=True, slots=True)
class Post:
    """Something to say once, to a person in their own chat or in a channel (platform and id).

    ``says`` is the name that the router knows its card's maker by, ``values`` are what that needs.
    ``about`` is the subject whose change the card follows, as "session/12". ``due`` and ``until``
    are UTC seconds: said after ``until`` it would be of no use.
    """

    once: str
    says: str
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    person: int | None = None
    channel: tuple[str, str] | None = None
    about: str = ""
    due: int = 0
    until: int = ALWAYS


@dataclass(frozen=True, slots=True)
class Delivery:
    """A post as it is kept. ``platform``, ``place`` are "" while nobody knows where to say it.

    ``open``: an attempt has begun whose end is not known. ``message`` is the platform's id of what
    was said. ``stale`` counts the changes that the card does not show yet. ``ended`` and ``why``:
    when it was said or given up, and for what reason, in a word that quotes nobody.
    """

    id: int
    post: Post
    platform: str
    place: str
    state: State
    attempts: int
    open: bool
    message: str
    stale: int
    ended: int | None
    why: str
