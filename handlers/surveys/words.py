"""What surveys and journals are called: their targets, whom they are for, and one on a line."""

import re
from enum import StrEnum
from typing import Protocol

from handlers import describe
from handlers.chat.context import Context
from handlers.chat.texts import Texts
from handlers.files import spellings
from handlers.files.headers import plain
from storage.indicators import ROSTER
from storage.plan import Language, Plan, Target
from storage.plan_files import Plans
from storage.surveys import Survey


class What(StrEnum):
    """The two things that are handed in; each has a command of its own."""

    SURVEY = "survey"
    JOURNAL = "journal"


LONGEST_ROLE = 5  # words


class Knows(Protocol):
    """What a survey's name needs: a conversation, or a post that is told."""

    @property
    def t(self) -> Texts: ...
    @property
    def plans(self) -> Plans: ...


def plans(ctx: Context) -> tuple[Plan, ...]:
    """The plans in force; where none is, the last one that was."""
    return ctx.plans.in_force(ctx.today) or (ctx.plans.current(ctx.today),)


def targets(ctx: Context) -> dict[str, Target]:
    """The targets of surveys and journals, by id, of the plans in force."""
    found = [target for plan in plans(ctx) for target in plan.target]
    return {target.id: target for target in found if target.among.startswith(ROSTER)}


def of_kind(ctx: Context, what: What) -> dict[str, Target]:
    """Those of them that are surveys, or journals."""
    return {id: target for id, target in targets(ctx).items() if what_is(target) is what}


def what_is(target: Target) -> What:
    """Each of the year's journals is to be handed in; a survey stands alone."""
    return What.JOURNAL if target.every else What.SURVEY


def plan_of(ctx: Knows, says: Survey) -> Plan | None:
    """The plan under which a survey counts: in force the day it goes out, and with its target."""
    there = ctx.plans.in_force(says.opened)
    return next((plan for plan in there if _target(plan, says.target)), None)


def target_of(ctx: Knows, says: Survey) -> Target | None:
    """The target of a survey, as the plan it counts under has it; else the newest plan."""
    there = (*ctx.plans.in_force(says.opened), *reversed(ctx.plans.all))
    return next((found for plan in there if (found := _target(plan, says.target))), None)


def _target(plan: Plan, id: str) -> Target | None:
    found = (one for one in plan.target if one.id == id and one.among.startswith(ROSTER))
    return next(found, None)


def role_of(target: Target) -> str:
    """The id of the role whose roster a target is among."""
    return target.among.removeprefix(ROSTER)


def roster(ctx: Context, target: Target, number: int) -> str:
    """ "41 CDAs", « 1 ADC »."""
    network = ctx.plans.network
    return f"{ctx.t.number(number)} {describe.role(ctx.t, network, role_of(target), number)}"


def last_day(ctx: Context) -> str:
    """The last day of the plans in force, as an ISO date: nothing goes out later."""
    return max(plan.ends for plan in plans(ctx)).isoformat()


def title(ctx: Knows, says: Survey) -> str:
    """A survey's title; where that is its target's name, the name in the reader's language."""
    target = target_of(ctx, says)
    if target and says.title in (target.name[language] for language in Language):
        return target.name[ctx.t.language]
    return says.title


def named(ctx: Context, words: str, what: What) -> str:
    """The id of the one target that these words name, by its role or by its name; or ""."""
    among = of_kind(ctx, what)
    if not words.strip():
        return next(iter(among)) if len(among) == 1 else ""
    roles = _roles(ctx, words)
    of_role = [id for id, target in among.items() if role_of(target) in roles]
    said = plain(words).split()
    called = [
        id
        for id, target in among.items()
        if all(any(part.startswith(word) for part in _name(target)) for word in said)
    ]
    for found in (of_role, called):
        if len(found) == 1:
            return found[0]
    return ""


def _name(target: Target) -> list[str]:
    """The words that a target goes by."""
    return plain(f"{target.id} {target.name.en} {target.name.fr}").split()


def _roles(ctx: Context, words: str) -> set[str]:
    """The roles that are named anywhere in the words."""
    known = spellings.roles(ctx.plans.network)
    each = re.findall(r"[^\s,;:]+", words)
    runs = (
        " ".join(each[first : first + length])
        for length in range(LONGEST_ROLE, 0, -1)
        for first in range(len(each) - length + 1)
    )
    return {role for run in runs if (role := spellings.find(run, known))}
