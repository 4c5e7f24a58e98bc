"""What a call for interests, an interest and a verdict on it say; and what none of them can say."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from storage.identities import address
from storage.limits import FIRST_DAY, LONGEST_TEXT, Impossible
from storage.network import Language
from storage.plan import Sector
from storage.rosters import LAST_DAY

MOST_PEOPLE = 15  # of one interest: no community is meant for more
MOST_COMMUNITIES = 20
LONGEST_WORDS = 200
LONGEST_CALL = timedelta(days=366)

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


class Verdict(StrEnum):
    """Whether an interest is relevant."""

    YES = "yes"
    NO = "no"
    SEE = "see"  # to be looked at again


@dataclass(frozen=True, slots=True)
class Call:
    """A call for interests, from its first to its last day; ``closed`` before that."""

    opens: date
    closes: date
    closed: bool = False

    def is_open(self, day: date) -> bool:
        """Whether interests are taken on a day."""
        return not self.closed and self.opens <= day <= self.closes


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone whom an institution would send, with their role in words."""

    name: str
    role: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Interest:
    """What an institution sent: its project and people, and communities as it prefers them."""

    call: int
    institution: str
    sector: Sector
    level: str
    people: tuple[Participant, ...]
    project: str
    communities: tuple[int, ...]
    language: Language | None = None

    @property
    def seats(self) -> int:
        """How many would take part."""
        return len(self.people)


@dataclass(frozen=True, slots=True)
class Relevance:
    """A verdict on the ``version`` of an interest, and why. ``told``: who sent it has been told."""

    interest: int
    version: int
    verdict: Verdict
    reason: str = ""
    told: bool = False


def check_call(says: Call, at: int) -> None:
    """Raise Impossible for what no call can say."""
    if not FIRST_DAY <= says.opens <= LAST_DAY:
        raise Impossible("opens")
    if not says.opens <= says.closes <= says.opens + LONGEST_CALL:
        raise Impossible("closes")


def check_interest(says: Interest, at: int) -> None:
    """Raise Impossible for what no interest can say."""
    _check_text("institution", says.institution, LONGEST_WORDS, needed=True)
    _check_text("level", says.level, LONGEST_WORDS)
    _check_text("project", says.project, LONGEST_TEXT, needed=True)
    if not 1 <= len(says.people) <= MOST_PEOPLE:
        raise Impossible("people")
    for one in says.people:
        _check_text("people", one.name, LONGEST_WORDS, needed=True)
        _check_text("people", one.role, LONGEST_WORDS)
        _check_text("people", one.email, LONGEST_WORDS)
        if one.email and ("@" not in one.email or one.email != address(one.email)):
            raise Impossible("people")
    emails = [one.email for one in says.people if one.email]
    if len(set(emails)) < len(emails):
        raise Impossible("people")
    wanted = says.communities
    if not 1 <= len(wanted) <= MOST_COMMUNITIES or len(set(wanted)) < len(wanted):
        raise Impossible("communities")


def check_relevance(says: Relevance, at: int) -> None:
    """Raise Impossible for what no verdict can say: one that is not a yes has a reason."""
    _check_text("reason", says.reason, LONGEST_TEXT, needed=says.verdict is not Verdict.YES)


def _check_text(field: str, text: str, most: int, *, needed: bool = False) -> None:
    if len(text) > most or _UNWRITABLE.search(text) or (needed and not text.strip()):
        raise Impossible(field)
