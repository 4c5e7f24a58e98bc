"""Who is missing from the figures: no orientation yet, no journal, no survey; for managers' eyes.

Read from the same sources as the shares: what a share lacks to be whole is who is listed here, and
those who have left meanwhile, whom nobody can ask any more.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date

from storage import handed_in, on_chat, rates, same_people, surveys
from storage.engine import Tx
from storage.plan import Plan, Target
from storage.plan_files import Plans
from storage.records import Record
from storage.rosters import Member
from storage.surveys import Survey


@dataclass(frozen=True, slots=True)
class Gap:
    """Who is missing from a target, for a survey or a journal from that one.

    ``there`` are on the roster now, by name; ``left`` are as many as are not. ``asked`` are all.
    """

    target: Target
    survey: Record[Survey] | None
    asked: int
    there: tuple[Record[Member], ...]
    left: int


def read(tx: Tx, plan: Plan, at: date) -> list[Gap]:
    """Every gap at the end of ``at``, those where nobody is missing too, in the plan's order."""
    return [gap for target in plan.target for gap in of_target(tx, plan, target, at)]


def of_target(tx: Tx, plan: Plan, target: Target, at: date) -> Iterator[Gap]:
    """Of a share of newcomers its one gap, of a share of a roster one for each survey that is out.

    Someone is missing from a share of journals who is missing from any of them.
    """
    among, _, role = target.among.partition(":")
    if among == "new":
        new, onboarded = rates.newcomers(tx, plan, target, role, at)
        yield _gap(tx, target, None, role, new.keys(), onboarded, at)
    elif among == "roster":
        out = handed_in.asked(tx, plan, target, role, at)
        for survey, roster, done in handed_in.counted(out, every=target.every):
            yield _gap(tx, target, survey, role, roster.keys(), done, at)


def on_the_chat(tx: Tx, plans: Plans, survey: Record[Survey], at: date) -> set[int]:
    """The people on the chat who have still to hand a survey in, and are on its roster now."""
    for plan in plans.in_force(survey.says.opened):
        for target in plan.target:
            if target.id == survey.says.target:
                for gap in of_target(tx, plan, target, at):
                    if gap.survey is not None and gap.survey.id == survey.id:
                        return _people(tx, gap)
    return set()


def _people(tx: Tx, gap: Gap) -> set[int]:
    found: set[int] = set()
    for member in gap.there:
        same = (member, *same_people.others(tx, member))
        person = next(filter(None, (on_chat.person_of(tx, one) for one in same)), None)
        if person is not None:
            found.add(person)
    return found


def _gap(
    tx: Tx,
    target: Target,
    survey: Record[Survey] | None,
    role: str,
    asked: Set[int],
    done: Set[int],
    at: date,
) -> Gap:
    missing = asked - done
    now = surveys.asked(tx, role, at)
    there = tuple(member for human, member in now.items() if human in missing)
    return Gap(target, survey, len(asked), there, len(missing) - len(there))
