"""Surveys and journals: which share of a role's roster has handed them in."""

from datetime import date

from storage import surveys
from storage.engine import Tx
from storage.figure import Figure, Other, Reading
from storage.pace import due, share
from storage.plan import Plan, Target
from storage.records import Record
from storage.rosters import Member
from storage.surveys import Survey

# A survey, the humans that it went to as members of that day, and the humans who have handed it in.
Asked = tuple[Record[Survey], dict[int, Record[Member]], set[int]]


def of_target(tx: Tx, plan: Plan, target: Target, role: str, at: date) -> Figure:
    """The share at the end of ``at``; of several surveys pooled, of journals those who did all.

    Until its milestones have passed and the last one is closed it is not due, unless it is met.
    """
    out = asked(tx, plan, target, role, at)
    some, of, readings = _every(out) if target.every else _any(out)
    closes = [survey.says.closes for survey, _, _ in out if survey.says.closes]
    still_open = due(plan, {target.id}, at)[1] > 0 or any(at <= day for day in closes)
    met = of > 0 and some >= target.goal * of and not (target.every and still_open)
    return share(target, some, of, readings, still_open=still_open and not met)


def asked(tx: Tx, plan: Plan, target: Target, role: str, at: date) -> list[Asked]:
    """Each survey that is out by a day, whom of the roster it went to, and who has handed it in."""
    out = surveys.of_target(tx, target.id, plan.starts, min(at, plan.ends))
    return [
        (one, surveys.asked(tx, role, one.says.opened), {*surveys.completed(tx, one.id, at)})
        for one in out
    ]


def counted(out: list[Asked], *, every: bool) -> list[Asked]:
    """Each with those that the share counts: of journals, for each those the last one went to."""
    return [(survey, out[-1][1] if every else roster, done) for survey, roster, done in out]


def _any(out: list[Asked]) -> tuple[int, int, tuple[Reading, ...]]:
    """Completed ÷ the roster of the day it went out, pooled."""
    some = sum(len(roster.keys() & done) for _, roster, done in out)
    return some, sum(len(roster) for _, roster, _ in out), ()


def _every(out: list[Asked]) -> tuple[int, int, tuple[Reading, ...]]:
    """Those who handed in every one so far ÷ the roster of the day the last one went out."""
    if not out:
        return 0, 0, ()
    roster = out[-1][1].keys()
    did = set[int].intersection(*(done for _, _, done in out))
    throughout = set(roster).intersection(*(each.keys() for _, each, _ in out))
    readings = (Reading(Other.OF_ASKED_ALL, len(throughout & did), len(throughout)),)
    return len(roster & did), len(roster), readings
