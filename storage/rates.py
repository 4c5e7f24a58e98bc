"""Rates: the targets that are a share, each with what it is a share of.

Shares are pooled, sum ÷ sum, and exact. A denominator of 0 is no data.
"""

from datetime import date

from storage import handed_in, outputs, rosters, session_sums
from storage.engine import Tx
from storage.figure import Figure, Other, Reading
from storage.pace import due, share
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
        case "roster":
            return handed_in.of_target(tx, plan, target, role, at)
        case _:  # "registered" and "members": nobody has chosen them yet, nor said of whom
            return Figure(target)


def _answered(tx: Tx, plan: Plan, target: Target, at: date) -> Figure:
    total = _total(tx, plan, target, at)
    readings = (
        Reading(Other.OF_PARTICIPANTS, total.positive, total.participants),
        Reading(Other.RESPONSE, total.answered, total.asked),
    )
    return share(target, total.positive, total.answered, readings)


def _recorded(tx: Tx, plan: Plan, target: Target, at: date) -> Figure:
    first, last = _period(plan, at)
    published = sum(outputs.published(tx, one, first, last) for one in target.of)
    return share(target, published, outputs.recorded(tx, target.of, first, last))


def _attended_any(tx: Tx, plan: Plan, target: Target, at: date) -> Figure:
    held = _total(tx, plan, target, at).sessions
    been = _been(tx, plan, target, at)
    always = sum(1 for one in been.values() if one.present == held)
    more = _more_to_come(tx, plan, target, at)
    readings = (Reading(Other.STILL_POSSIBLE, always, len(been)),) if more else ()
    return share(target, always, len(been), readings, still_open=more)


def _new(tx: Tx, plan: Plan, target: Target, role: str, at: date) -> Figure:
    first, last = _period(plan, at)
    new, onboarded = newcomers(tx, plan, target, role, at)
    begun = [session_sums.newest(tx, one, first, last) for one in _of(plan, target)]
    newest = max((day for day in begun if day is not None), default=date.min)
    # Whoever came all the same, however late they were hired, was offered it.
    offered = {id for id, starts in new.items() if id in onboarded or starts < newest}
    present = len(onboarded & new.keys())
    readings = (Reading(Other.OF_OFFERED, present, len(offered)),)
    more = _more_to_come(tx, plan, target, at)
    return share(target, present, len(new), readings, still_open=more)


def newcomers(
    tx: Tx, plan: Plan, target: Target, role: str, at: date
) -> tuple[dict[int, date], set[int]]:
    """The humans new in a role, each with the first day; and who was at one whole session."""
    been = _been(tx, plan, target, at)
    onboarded = {human for human, one in been.items() if one.complete}
    new: dict[int, date] = {}
    for one in rosters.new(tx, role, *_period(plan, at)):
        starts, human = one.says.starts or date.min, rosters.human(tx, one.id)
        new[human] = min(starts, new.get(human, starts))
    return new, onboarded


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
