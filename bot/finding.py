"""Something that was looked at and how it is, as `jalon doctor` says it."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a finding is."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, in one line; and in one more what to do about it."""

    state: State
    says: str
    to_do: str = ""


def ok(says: str) -> Finding:
    """Nothing to do."""
    return Finding(State.OK, says)


def warn(says: str, to_do: str) -> Finding:
    """It works, and something should be done."""
    return Finding(State.WARN, says, to_do)


def bad(says: str, to_do: str) -> Finding:
    """It doesn't work, or won't for long."""
    return Finding(State.BAD, says, to_do)
