"""What a community says of itself, and a membership of one; and what neither can say."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storage.limits import FIRST_DAY, Impossible
from storage.network import Language
from storage.plan import CommunityKind, Sector
from storage.rosters import LAST_DAY, NEVER_NAMED
from storage.words import fold

LONGEST_NAME = 200
MOST = 999  # members that a size speaks of
MOST_REMINDERS = 8
EARLIEST_REMINDER = 60 * 24 * 60  # minutes before a meeting

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


class Fit(StrEnum):
    """How many members there are for what is meant."""

    UNDER = "under"
    FITS = "fits"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Community:
    """A community, named in both languages.

    ``sector`` is the id of one of the plan's communities, or what it is in words; ``plan`` is the
    id of a plan, and ``target`` of the target that its meetings count for. ``smallest`` and
    ``largest`` are None where they are to be determined. ``channel`` is its platform's own id.
    ``facilitator`` is a person's number, 0 for none. ``years`` are the first and last school year,
    each by the calendar year it begins in; None: no year is left out. ``roles`` are those of the
    network whose people are members by their role. ``reminders`` are minutes before a meeting.
    """

    name_en: str
    name_fr: str
    kind: CommunityKind
    sector: str = ""
    smallest: int | None = 12
    largest: int | None = 15
    channel_platform: str = ""
    channel: str = ""
    facilitator: int = 0
    plan: str = ""
    years: tuple[int, int] | None = None
    target: str = "community-meetings"
    roles: tuple[str, ...] = ()
    reminders: tuple[int, ...] = (10080, 1440, 60)
    remind_channel: bool = True
    language: Language | None = None

    def name(self, language: Language) -> str:
        """Its name in a language."""
        return self.name_fr if language is Language.FR else self.name_en

    def runs(self, day: date) -> bool:
        """Whether the day is in one of its school years."""
        return self.years is None or self.years[0] <= school_year(day) <= self.years[1]

    def fit(self, size: int) -> Fit:
        """How a number of members goes with the smallest and the largest size."""
        if self.largest is not None and size > self.largest:
            return Fit.OVER
        return Fit.UNDER if self.smallest is not None and size < self.smallest else Fit.FITS

    def places(self, size: int) -> int | None:
        """How many more there are places for; None where that is to be determined."""
        return None if self.largest is None else max(0, self.largest - size)


@dataclass(frozen=True, slots=True)
class Membership:
    """That a member of the roster is one of a community, from a day until a day (None: no end).

    ``measure`` is what pays for their replacement, one that their ``sector`` has, or "". ``role``
    is theirs in words, ``interest`` the number of the interest that led to it, 0 for none.
    """

    community: int
    member: int
    starts: date
    ends: date | None = None
    sector: Sector = Sector.PUBLIC
    measure: str = ""
    role: str = ""
    institution: str = ""
    interest: int = 0

    def holds(self, day: date) -> bool:
        """Whether the day is one of its days."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


def school_year(day: date) -> int:
    """The calendar year in which a day's school year began: on 1 July."""
    return day.year if day.month >= 7 else day.year - 1


def check_community(says: Community, at: int) -> None:
    """Raise Impossible for what no community can say.

    The plans and the network are not known here; whoever reads the form checks them.
    """
    for field in ("name_en", "name_fr", "sector", "channel_platform", "channel", "plan", "target"):
        _check_text(field, getattr(says, field))
    for field in ("name_en", "name_fr"):
        if not fold(getattr(says, field)):
            raise Impossible(field)
    for field in ("smallest", "largest"):
        size: int | None = getattr(says, field)
        if size is not None and not 1 <= size <= MOST:
            raise Impossible(field)
    if says.smallest and says.largest and says.largest < says.smallest:
        raise Impossible("largest")
    if bool(says.channel) != bool(says.channel_platform):
        raise Impossible("channel")
    if says.years and not FIRST_DAY.year <= says.years[0] <= says.years[1] < LAST_DAY.year:
        raise Impossible("years")
    if any(not role or role in NEVER_NAMED for role in says.roles):
        raise Impossible("roles")
    times = says.reminders
    if len(times) > MOST_REMINDERS or list(times) != sorted(set(times), reverse=True):
        raise Impossible("reminders")
    if any(not 1 <= minutes <= EARLIEST_REMINDER for minutes in times):
        raise Impossible("reminders")


def check_membership(says: Membership, at: int) -> None:
    """Raise Impossible for what no membership can say. The plan's measures are not known here."""
    for field in ("measure", "role", "institution"):
        _check_text(field, getattr(says, field))
    if not FIRST_DAY <= says.starts <= LAST_DAY:
        raise Impossible("starts")
    if says.ends is not None and not says.starts <= says.ends <= LAST_DAY:
        raise Impossible("ends")


def _check_text(field: str, text: str) -> None:
    if len(text) > LONGEST_NAME or _UNWRITABLE.search(text):
        raise Impossible(field)
