"""A plan as data: strands, targets, milestones, closed days and the network it is for."""

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class Language(StrEnum):
    """The two languages everything is said in."""

    EN = "en"
    FR = "fr"


class EntryKind(StrEnum):
    """What logged hours were spent on; an entry is one or the other, never both."""

    ACCOMPANIMENT = "accompaniment"
    PARTNER = "partner"


class PartnerKind(StrEnum):
    """What support to partners goes to."""

    TABLE = "table"
    ORGANISATION = "organisation"


class Measure(StrEnum):
    """What a target counts, by the table in the domain's reference."""

    SESSIONS = "sessions"
    SHARE = "share"
    OUTPUTS = "outputs"
    HOURS = "hours"
    COUNT = "count"


class Closed(BaseModel):
    """What every table of a plan file shares: no unknown fields, values that do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Closed):
    """A text in both languages."""

    en: str = Field(min_length=1)
    fr: str = Field(min_length=1)

    def __getitem__(self, language: str) -> str:
        return self.fr if language == Language.FR else self.en


class Body(Closed):
    """A school board, service centre or school of the network. ``short`` is how people write it."""

    id: str
    name: Words
    short: Words
    also: tuple[str, ...] = ()
    private: bool = False


class Role(Closed):
    """What a person accompanied does. ``also`` holds more words for it, of either language."""

    id: str
    name: Words
    plural: Words
    also: tuple[str, ...] = ()


class KnownPartner(Closed):
    """A table or an organisation that is known before anyone logged support to it."""

    name: str
    kind: PartnerKind
    also: tuple[str, ...] = ()


class Network(Closed):
    """The bodies, roles and partners a name in chat is matched against; none is guessed."""

    id: str
    body: tuple[Body, ...]
    role: tuple[Role, ...]
    partner: tuple[KnownPartner, ...] = ()


class Strand(Closed):
    """A *volet* of the plan."""

    id: str
    title: Words


class Objective(Closed):
    """What a strand is for."""

    id: str
    strand: str
    text: Words


class Strategy(Closed):
    """How an objective is pursued."""

    id: str
    objective: str
    text: Words


class Indicator(Closed):
    """Something reported whether or not it has a target."""

    id: str
    strategy: str
    text: Words


def _exact(value: object) -> object:
    """Take "75%" or a whole number as an exact fraction; leave the rest to pydantic to refuse."""
    if isinstance(value, str) and value.endswith("%"):
        return Fraction(value.removesuffix("%")) / 100
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    return value


Goal = Annotated[Fraction, BeforeValidator(_exact), Field(gt=0)]


class GoalPart(Closed):
    """A part of a goal that is a goal of its own."""

    id: str
    name: Words
    goal: Goal


class Target(Closed):
    """What is to be reached by the plan's end. ``name`` labels it, ``text`` is its full wording.

    ``paced`` targets are expected to grow with the school days; the others come on their
    milestones. ``confirmed`` is false where a goal was carried over from the year before.
    """

    id: str
    strategy: str
    name: Words
    text: Words
    measure: Measure
    goal: Goal
    paced: bool
    part: tuple[GoalPart, ...] = ()
    entries: EntryKind | None = None  # measure "hours": which entries are summed
    minimum_minutes: int | None = None  # measure "sessions": shorter ones don't count
    days: int = 1  # measure "sessions": days that make one
    among: str = ""  # measure "share": who is in the denominator
    of: tuple[str, ...] = ()  # measure "share": the targets whose sessions or outputs it is over
    confirmed: bool = True


class Milestone(Closed):
    """A date something is due. ``assumed`` where the source document leaves the date open."""

    id: str
    name: Words
    due: date
    assumed: bool = False
    target: str = ""


class ClosedDays(Closed):
    """Days without school, the last one included."""

    name: Words
    first: date
    last: date
    assumed: bool = False


class Plan(Closed):
    """One plan of one programme, from ``starts`` to ``ends`` included."""

    id: str
    programme: str
    title: Words
    starts: date
    ends: date
    network: Network
    half_day_minutes: int = Field(gt=0)
    strand: tuple[Strand, ...]
    objective: tuple[Objective, ...]
    strategy: tuple[Strategy, ...]
    indicator: tuple[Indicator, ...] = ()
    target: tuple[Target, ...]
    milestone: tuple[Milestone, ...] = ()
    closed: tuple[ClosedDays, ...] = ()
