"""Rates: the targets that are a share, each with what it is a share of.

Shares are pooled, sum ÷ sum, and exact. A denominator of 0 is no data.
"""

from datetime import date
from fractions import Fraction

from storage import outputs, rosters, session_sums
from storage.engine import Tx
from storage.figure import Figure, Other, Reading, Status
from storage.pace import due, status_of
from storage.plan import Plan, Target
from storage.session_sums import Been, Sum


def of_target(tx: Tx, plan: Plan, target: Target, at: date) -> Figure:
    """A share's figure at the end of ``at``, by what the plan says it is among."""
    among, _, role = target.among.partition(":")
    match among:
        case "answered":
            return _answered(tx, plan, target, at)
        case "recorded":
            return _recorded(tx, plan, target, at)
        case "attended_any":
            return _attended_any(tx, plan, target, at)
        case "new":
            return _new(tx, plan, target, role, at)
        case _:  # those that nothing is recorded for yet
            return Figure(target)


def _answered(tx: Tx, plan: Plan, target: Target, at: date) -> Figure:
    total = _total(tx, plan, target, at)
    readings = (
        Reading(Other.OF_PARTICIPANTS, total.positive, total.participants),
        Reading(Other.RESPONSE, total.answered, total.asked),
    )
    # A rate doesn't grow towards its goal: it is measured against all of it from the first day.
    return _figure(target, total.positive, total.answered, readings)


def _recorded(tx: Tx, plan: Plan, target: Target, at: date) -> Figure:
    first, last = _period(plan, at)
    published = sum(outputs.published(tx, one, first, last) for one in target.of)
    return _figure(target, published, outputs.recorded(tx, target.of, first, last))


def _attended_any(tx: Tx, plan: Plan, target: Target, at: date) -> Figure:
    held = _total(tx, plan, target, at).sessions
    been = _been(tx, plan, target, at)
    always = sum(1 for one in been.values() if one.present == held)
    more = _more_to_come(tx, plan, target, at)
    readings = (Reading(Other.STILL_POSSIBLE, always, len(been)),) if more else ()
    return _figure(target, always, len(been), readings, still_open=more)


def _new(tx: Tx, plan: Plan, target: Target, role: str, at: date) -> Figure:
    first, last = _period(plan, at)
    been = _been(tx, plan, target, at)
    onboarded = {member for member, one in been.items() if one.complete}
    new = {one.id: one.says.starts for one in rosters.new(tx, role, first, last)}
    begun = [session_sums.newest(tx, one, first, last) for one in _of(plan, target)]
    newest = max((day for day in begun if day is not None), default=date.min)
    # Whoever came all the same, however late they were hired, was offered it.
    offered = {
        id
        for id, starts in new.items()
        if id in onboarded or (starts is not None and starts < newest)
    }
    present = len(onboarded & new.keys())
    readings = (Reading(Other.OF_OFFERED, present, len(offered)),)
    more = _more_to_come(tx, plan, target, at)
    return _figure(target, present, len(new), readings, still_open=more)


def _figure(
    target: Target,
    numerator: int,
    denominator: int,
    readings: tuple[Reading, ...] = (),
    *,
    still_open: bool = False,
) -> Figure:
    if not denominator:
        return Figure(target, numerator=numerator, denominator=0, readings=readings)
    actual = Fraction(numerator, denominator)
    status = Status.NOT_DUE if still_open else status_of(actual, target.goal, target.goal)
    return Figure(
        target,
        actual,
        status=status,
        numerator=numerator,
        denominator=denominator,
        readings=readings,
    )


def _more_to_come(tx: Tx, plan: Plan, target: Target, at: date) -> bool:
    """Whether sessions that the share is over are still to be held, and not yet late."""
    first, last = _period(plan, at)
    for one in _of(plan, target):
        held = sum(each.sessions for each in session_sums.by_area(tx, one, first, last).values())
        if held < one.goal and due(plan, {one.id}, at)[1]:
            return True
    return False


def _total(tx: Tx, plan: Plan, target: Target, at: date) -> Sum:
    first, last = _period(plan, at)
    sums = [
        each
        for one in _of(plan, target)
        for each in session_sums.by_area(tx, one, first, last).values()
    ]
    return sum(sums, Sum())


def _been(tx: Tx, plan: Plan, target: Target, at: date) -> dict[int, Been]:
    first, last = _period(plan, at)
    found: dict[int, Been] = {}
    for one in _of(plan, target):
        for member, been in session_sums.by_member(tx, one, first, last).items():
            so_far = found.get(member, Been())
            found[member] = Been(so_far.present + been.present, so_far.complete + been.complete)
    return found


def _of(plan: Plan, target: Target) -> list[Target]:
    return [one for one in plan.target if one.id in target.of]


def _period(plan: Plan, at: date) -> tuple[date, date]:
    return plan.starts, min(at, plan.ends)
