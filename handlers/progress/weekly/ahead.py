"""What comes due in the three weeks after a week: milestones, surveys that close, meetings."""

from collections.abc import Iterator
from datetime import date, timedelta

from handlers.chat.texts import Texts
from handlers.progress.weekly.week import Week
from storage import sessions, surveys
from storage.engine import Tx
from storage.figures import Figure, Status
from storage.plan import Measure, Milestone

AHEAD = timedelta(days=21)
LONGEST = timedelta(days=2 * 366)  # that a survey is out


def read(tx: Tx, t: Texts, week: Week) -> list[tuple[date, str]]:
    """Each day with what is due, in order; of a survey its target's name, never its own title."""
    scope = week.scope
    first, last = week.last + timedelta(days=1), week.last + AHEAD
    milestones = [one for one in _milestones(week) if first <= one.due <= last]
    found = [(one.due, _named(t, one)) for one in milestones]
    if scope.community is not None:
        there = sessions.of_communities(tx, first, last, scope.community.id)
        found += [(one.says.first, t("weekly.meeting")) for one in there]
    else:
        said = {(one.target, one.due) for one in milestones}
        names = {one.id: one.name[t.language] for one in scope.targets}
        for survey in surveys.between(tx, first - LONGEST, last):
            closes, target = survey.says.closes, survey.says.target
            if not closes or (target, closes) in said:
                continue
            if first <= closes <= last and target in names:
                found.append((closes, t("weekly.closes", target=names[target])))
    return sorted(found)


def _named(t: Texts, one: Milestone) -> str:
    name = one.name[t.language]
    return t("weekly.assumed", what=name) if one.assumed else name


def _milestones(week: Week) -> Iterator[Milestone]:
    """Those of the targets, and of none in the whole plan's week, that are not reached yet."""
    scope, now = week.scope, {one.now.target.id: one.now for one in week.rows}
    of = {id: [one for one in scope.plan.milestone if one.target == id] for id in ("", *now)}
    for id, there in of.items():
        if id == "" and not scope.whole:
            continue
        for number, one in enumerate(sorted(there, key=lambda one: one.due), 1):
            if not (id in now and _is_reached(now[id], number)):
                yield one


def _is_reached(figure: Figure, number: int) -> bool:
    """Whether a target's milestone of this number is: each is for one more of what is counted."""
    target = figure.target
    each = not target.paced and target.measure is not Measure.SHARE and not target.each_community
    return figure.status is Status.MET or (each and (figure.actual or 0) >= number)
