"""A week's figures: of a plan, of some of its strands, or of one community; and what moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from handlers.progress import words
from handlers.progress.choosing import strands
from storage import communities, community_meetings, figures
from storage.calendar import Calendar
from storage.channels import Channel
from storage.communities import Community
from storage.engine import Tx
from storage.figures import Figure, Status
from storage.plan import Language, Plan, Target
from storage.plan_files import Plans
from storage.records import Record

DAY, WEEK = timedelta(days=1), timedelta(days=7)
AT_RISK = (Status.OFF_TRACK, Status.WATCH)
MOST, MOST_OFF = 5, 2  # rows; of them, those off track that go before what moved


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose week: a plan's, that of some of its strands (none: all), or of a community."""

    plan: Plan
    strands: tuple[str, ...] = ()
    community: Record[Community] | None = None

    @property
    def whole(self) -> bool:
        """Whether it is the whole plan's."""
        return not self.strands and self.community is None

    @property
    def targets(self) -> list[Target]:
        """The targets that belong to it, in the plan's order."""
        if self.community is not None:
            mine = self.community.says.target
            return [one for one in self.plan.target if one.id == mine and one.each_community]
        strand_of = strands(self.plan)
        return [one for one in self.plan.target if self.whole or strand_of[one.id] in self.strands]

    def name(self, language: Language) -> str:
        """The community's name, or the plan's."""
        if self.community is not None:
            return self.community.says.name(language)
        return self.plan.title[language]

    @property
    def carried(self) -> dict[str, str]:
        """What a button says of it."""
        of = {"plan": self.plan.id, "strands": ",".join(self.strands)}
        return of if self.community is None else of | {"community": str(self.community.id)}


@dataclass(frozen=True, slots=True)
class Row:
    """A target's figure at the end of the week, and at the end of the week before."""

    now: Figure
    before: Figure

    @property
    def moved(self) -> bool:
        """Whether the figure is another one."""
        return _figures(self.now) != _figures(self.before)

    @property
    def at_risk(self) -> bool:
        """Whether it is behind."""
        return self.now.status in AT_RISK

    @property
    def moved_by(self) -> float:
        """How much of its goal it moved by, in either direction."""
        return abs(float((self.now.share or 0) - (self.before.share or 0)))


@dataclass(frozen=True, slots=True)
class Week:
    """The seven days that end on ``last``, and every target of whose week it is."""

    scope: Scope
    last: date
    rows: tuple[Row, ...]

    @property
    def first(self) -> date:
        """The first of the seven days."""
        return self.last - WEEK + DAY

    @property
    def moved(self) -> list[Row]:
        """Those that moved, the most first."""
        return sorted((one for one in self.rows if one.moved), key=lambda one: -one.moved_by)

    def at_risk(self, status: Status) -> list[Row]:
        """Those that stand so."""
        return [one for one in self.rows if one.now.status is status]

    @property
    def few(self) -> list[Row]:
        """At most five that moved or are at risk: two that are off track, then those that moved."""
        off = sorted(self.at_risk(Status.OFF_TRACK), key=lambda one: not one.moved)
        moved = sorted(self.moved, key=lambda one: not one.at_risk)
        rest = [*off, *self.at_risk(Status.WATCH)]
        found = dict.fromkeys(one.now.target.id for one in (*off[:MOST_OFF], *moved, *rest))
        by_id = {one.now.target.id: one for one in self.rows}
        return [by_id[id] for id in list(found)[:MOST]]

    @classmethod
    def read(cls, tx: Tx, scope: Scope, day: date) -> Self:
        """The week of seven days before ``day``, whose own entries are still to come."""
        last, calendar = day - DAY, Calendar(scope.plan)
        found = (
            (
                _figure(tx, scope, one, calendar, last),
                _figure(tx, scope, one, calendar, last - WEEK),
            )
            for one in scope.targets
        )
        rows = tuple(Row(now, before) for now, before in found if now and before)
        return cls(scope, last, rows)


def of_channel(tx: Tx, plans: Plans, says: Channel, day: date) -> Scope | None:
    """Whose week a channel is told on a day; None where no plan of it is in force."""
    there = list(reversed(plans.in_force(day)))
    if not says.community:
        plan = next((one for one in there if one.programme == says.programme), None)
        return Scope(plan, says.strands) if plan else None
    return _of_community(communities.get(tx, says.community), there)


def of_button(tx: Tx, plans: Plans, carried: Mapping[str, str]) -> Scope | None:
    """Whose week a button carried; None where there is none such."""
    plan = next((one for one in plans.all if one.id == carried.get("plan")), None)
    number = carried.get("community", "")
    if plan is None or not (number == "" or (number.isascii() and number.isdigit())):
        return None
    if number:
        return _of_community(communities.get(tx, int(number[:15])), [plan])
    said = tuple(filter(None, carried.get("strands", "").split(",")))
    return Scope(plan, tuple(one.id for one in plan.strand if one.id in said))


def _of_community(community: Record[Community], plans: list[Plan]) -> Scope | None:
    says = community.says
    for plan in plans:
        if says.plan in ("", plan.id) and any(one.id == says.target for one in plan.target):
            return None if community.voided is not None else Scope(plan, community=community)
    return None


def _figure(tx: Tx, scope: Scope, target: Target, calendar: Calendar, at: date) -> Figure | None:
    if scope.community is not None:
        return community_meetings.of_one(tx, scope.plan, target, scope.community, at)
    return words.for_everyone(figures.of_target(tx, scope.plan, target, calendar, at))


def _figures(one: Figure) -> tuple[object, ...]:
    return one.actual, one.numerator, one.denominator
