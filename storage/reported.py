"""What a report has beside each indicator of a plan: a number, a share, or an annex."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar, assert_never

from storage.indicators import Gathered, Indicators, Made, Out, Papers
from storage.plan import Indicator, Plan, Shows, Target

T = TypeVar("T", Gathered, Made, Out, Papers)


class Annex(StrEnum):
    """The annexes of a report, in their order."""

    SESSIONS = "sessions"
    ACCOMPANIMENT = "accompaniment"
    PARTNERS = "partners"
    OUTPUTS = "outputs"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Number:
    """How many; ``by`` role where that is reported."""

    number: int
    by: dict[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class Pair:
    """Some of so many; of 0 there is no data. ``replies``: it says how pleased so many were."""

    numerator: int
    denominator: int
    replies: bool = False


Value = Number | Pair | Annex


def value(plan: Plan, one: Indicator, read: Indicators) -> Value | None:
    """What stands beside an indicator; None where the plan's file names nothing."""
    of = [
        target
        for target in plan.target
        if (target.id == one.of if one.of else target.strategy == one.strategy)
    ]
    made, papers, out = _of(read.made, of), _of(read.papers, of), _of(read.out, of)
    match one.shows:
        case None:
            return None
        case (
            Shows.SESSIONS
            | Shows.PARTICIPANTS
            | Shows.PEOPLE
            | Shows.BOARDS
            | Shows.RESPONSE
            | Shows.POSITIVE
            | Shows.NEWCOMERS
        ):
            gathered = _of(read.gathered, of)
            return _of_sessions(one.shows, gathered[0]) if gathered else None
        case Shows.OUTPUTS:
            return Number(sum(each.published for each in made))
        case Shows.SITE_UPDATES:
            return Number(read.site_updates)
        case Shows.REQUESTS:
            return Number(read.requests.requests)
        case Shows.ASKED:
            return Number(read.requests.people.get(one.role, 0))
        case Shows.TABLES:
            return Number(len(read.partners.seats))
        case Shows.AGREEMENTS:
            return Number(read.partners.agreements)
        case Shows.POTENTIAL:
            return Number(len(read.partners.potential))
        case Shows.SURVEYS:
            return Number(sum(each.surveys for each in out))
        case Shows.COMPLETED:
            return Pair(sum(each.completed for each in out), sum(each.asked for each in out))
        case Shows.SENT:
            return Number(sum(each.sent for each in papers))
        case Shows.POSTED:
            return Number(sum(each.posted for each in papers))
        case Shows.SESSION_LIST:
            return Annex.SESSIONS
        case Shows.OUTPUT_LIST:
            return Annex.OUTPUTS
        case Shows.SITE_LIST:
            return Annex.SITE
        case Shows.ACCOMPANIMENT_LIST:
            return Annex.ACCOMPANIMENT
        case Shows.PARTNER_LIST:
            return Annex.PARTNERS
        case _:
            assert_never(one.shows)


def _of_sessions(shows: Shows, one: Gathered) -> Value | None:
    match shows:
        case Shows.SESSIONS:
            return Number(one.sum.sessions)
        case Shows.PARTICIPANTS:
            return Number(one.sum.participants)
        case Shows.PEOPLE:
            return Number(one.people, one.roles)
        case Shows.BOARDS:
            return Number(len(one.boards))
        case Shows.RESPONSE:
            return Pair(one.sum.answered, one.sum.asked)
        case Shows.POSITIVE:
            return Pair(one.sum.positive, one.sum.answered, replies=True)
        case _:
            return None if one.newcomers is None else Number(one.newcomers)


def _of(those: Iterable[T], targets: list[Target]) -> list[T]:
    ids = {one.id for one in targets}
    return [one for one in those if one.target.id in ids]
