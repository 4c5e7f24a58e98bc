"""A target that each community is to reach with its own meetings; none makes up for another.

Domain: four meetings a year for three years. The plan's goal is that of a community which runs for
all of the plan's school years; of one that runs for some of them, as much of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from storage import communities, pace
from storage.community import Community, school_year
from storage.engine import Tx
from storage.figure import Figure, PartFigure, Status
from storage.network import Words
from storage.plan import GoalPart, Plan, Target
from storage.records import Record

_HELD = (
    "SELECT community, count(*) AS held FROM sessions WHERE target = :target AND community > 0"
    " AND last BETWEEN :first AND :last AND days >= :days AND minutes >= :minutes"
    " AND NOT cancelled GROUP BY community"
)


@dataclass(frozen=True, slots=True)
class _Own:
    """What is a community's own: its goal, how many meetings count, and how it stands."""

    goal: Fraction
    held: int
    status: Status


def counted(tx: Tx, plan: Plan, target: Target) -> list[Record[Community]]:
    """The communities that the target is measured by: of this plan, or of none and in its years."""
    return [
        one
        for one in communities.everyone(tx)
        if one.says.target == target.id
        and one.says.plan in ("", plan.id)
        and _years(plan, one.says)
    ]


def figure(tx: Tx, plan: Plan, target: Target, at: date) -> Figure:
    """All that is held of all the goals, a part a community; more than a goal adds nothing.

    The figure's target has these goals. No data where there is no community.
    """
    there = counted(tx, plan, target)
    if not there:
        return Figure(target)
    held = _held(tx, plan, target, at)
    own = [_own(plan, target, one, held, at) for one in there]
    parts = tuple(
        GoalPart(
            id=str(one.id),
            name=Words(en=one.says.name_en, fr=one.says.name_fr),
            goal=its.goal,
        )
        for one, its in zip(there, own, strict=True)
    )
    goal = sum((one.goal for one in own), Fraction(0))
    return Figure(
        target.model_copy(update={"goal": goal, "part": parts}),
        sum((min(Fraction(one.held), one.goal) for one in own), Fraction(0)),
        status=_together([one.status for one in own]),
        parts=tuple(
            PartFigure(part, Fraction(one.held)) for part, one in zip(parts, own, strict=True)
        ),
    )


def of_one(
    tx: Tx, plan: Plan, target: Target, community: Record[Community], at: date
) -> Figure | None:
    """What one community has held of its own goal; None where the target is not its measure."""
    if all(one.id != community.id for one in counted(tx, plan, target)):
        return None
    its = _own(plan, target, community, _held(tx, plan, target, at), at)
    own = target.model_copy(update={"goal": its.goal})
    return Figure(own, Fraction(its.held), status=its.status)


def _held(tx: Tx, plan: Plan, target: Target, at: date) -> dict[int, int]:
    """How many of its meetings count, of each community that has any."""
    rows = tx.rows(
        _HELD,
        target=target.id,
        first=plan.starts.isoformat(),
        last=min(at, plan.ends).isoformat(),
        days=target.days,
        minutes=target.minimum_minutes or 0,
    )
    return {row["community"]: row["held"] for row in rows}


def _own(
    plan: Plan, target: Target, one: Record[Community], held: Mapping[int, int], at: date
) -> _Own:
    years, all_years = _years(plan, one.says), _all_years(plan)
    goal = Fraction(ceil(target.goal * len(years) / len(all_years)))
    passed, _ = pace.due(plan, {target.id}, at, years)
    number = held.get(one.id, 0)
    over = at > plan.ends
    return _Own(goal, number, pace.by_milestones(Fraction(number), goal, passed, over=over))


def _together(all_: list[Status]) -> Status:
    """Met where each is, off track where one is."""
    if Status.OFF_TRACK in all_:
        return Status.OFF_TRACK
    return all_[0] if len(set(all_)) == 1 else Status.ON_TRACK


def _all_years(plan: Plan) -> range:
    return range(school_year(plan.starts), school_year(plan.ends) + 1)


def _years(plan: Plan, says: Community) -> range:
    """The plan's school years in which the community runs."""
    every = _all_years(plan)
    first, last = says.years or (every[0], every[-1])
    return range(max(first, every[0]), min(last, every[-1]) + 1)
