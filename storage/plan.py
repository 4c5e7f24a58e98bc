"""A plan as data: strands, targets, milestones, closed days and the network it is for."""

from enum import StrEnum
from fractions import Fraction

from pydantic import Field, StrictBool

from storage.network import Body as Body
from storage.network import Closed, Day, Id, Network, Positive, Words
from storage.network import KnownPartner as KnownPartner
from storage.network import Language as Language
from storage.network import PartnerKind as PartnerKind
from storage.network import Role as Role
from storage.target import CountOf as CountOf
from storage.target import EntryKind as EntryKind
from storage.target import Goal as Goal
from storage.target import GoalPart as GoalPart
from storage.target import Measure as Measure
from storage.target import Share as Share
from storage.target import Target


class CommunityKind(StrEnum):
    """How a community works together."""

    PRACTICE = "community-of-practice"
    CODEVELOPMENT = "co-development"


class Sector(StrEnum):
    """What decides which measures pay for a member's replacement."""

    PUBLIC = "public"
    PRIVATE = "private"


class Strand(Closed):
    """A *volet* of the plan."""

    id: Id
    title: Words


class Objective(Closed):
    """What a strand is for."""

    id: Id
    strand: str
    text: Words


class Strategy(Closed):
    """How an objective is pursued."""

    id: Id
    objective: str
    text: Words


class Shows(StrEnum):
    """What a report has beside an indicator: a number, or that an annex lists it."""

    SESSIONS = "sessions"  # of the strategy's target, as are the next six
    PARTICIPANTS = "participants"
    PEOPLE = "people"
    BOARDS = "boards"
    RESPONSE = "response"
    POSITIVE = "positive"
    NEWCOMERS = "newcomers"
    SESSION_LIST = "session-list"
    OUTPUTS = "outputs"  # published
    OUTPUT_LIST = "output-list"
    SITE_UPDATES = "site-updates"
    SITE_LIST = "site-list"
    REQUESTS = "requests"
    ASKED = "asked"  # people of the role
    ACCOMPANIMENT_LIST = "accompaniment-list"
    TABLES = "tables"
    AGREEMENTS = "agreements"
    POTENTIAL = "potential"
    PARTNER_LIST = "partner-list"
    SURVEYS = "surveys"
    COMPLETED = "completed"
    SENT = "sent"
    POSTED = "posted"


class Indicator(Closed):
    """Something reported whether or not it has a target.

    ``of`` is the target that it is of, where that is not the strategy's; ``role`` whom it is about.
    """

    id: Id
    strategy: str
    text: Words
    shows: Shows | None = None
    of: str = ""
    role: str = ""


class Milestone(Closed):
    """A date something is due. ``assumed`` where the source document leaves the date open."""

    id: Id
    name: Words
    due: Day
    assumed: StrictBool = False
    target: str = ""


class ClosedDays(Closed):
    """Days without school, the last one included."""

    name: Words
    first: Day
    last: Day
    assumed: StrictBool = False


class Community(Closed):
    """A community that meets: ``smallest`` to ``largest`` participants where that is settled."""

    id: Id
    name: Words
    kinds: tuple[CommunityKind, ...] = Field(min_length=1)
    smallest: Positive | None = None
    largest: Positive | None = None
    note: Words | None = None


class Replacement(Closed):
    """The budget measures that pay for replacing a member of this sector."""

    sector: Sector
    name: Words
    measures: tuple[str, ...] = Field(min_length=1)


class Plan(Closed):
    """One plan of one programme, from ``starts`` to ``ends`` included."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    programme: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: Words
    starts: Day
    ends: Day
    network: Network
    half_day_minutes: Positive
    present_share: Share = Fraction(1, 2)  # of a session, to have been there
    strand: tuple[Strand, ...]
    objective: tuple[Objective, ...]
    strategy: tuple[Strategy, ...]
    indicator: tuple[Indicator, ...] = ()
    target: tuple[Target, ...]
    community: tuple[Community, ...] = ()
    replacement: tuple[Replacement, ...] = ()
    milestone: tuple[Milestone, ...] = ()
    closed: tuple[ClosedDays, ...] = ()
