"""Which plan and which target: as words name them, or as a button carried them."""

import re
from collections.abc import Mapping

from handlers.chat import values
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from storage.plan import Plan, Target
from storage.words import fold

_WORD = re.compile(r"\w+")


def chosen_plan(ctx: Context, carried: Mapping[str, str]) -> Plan:
    """The plan that a button carried."""
    id = values.text(carried, "plan")
    for plan in ctx.plans.all:
        if plan.id == id:
            return plan
    raise UserError("errors.no_such_button")


def plan_named(ctx: Context, text: str) -> Plan | None:
    """The plan whose id these words are."""
    return next((one for one in ctx.plans.all if fold(one.id) == fold(text)), None)


def chosen_target(plan: Plan, carried: Mapping[str, str]) -> Target:
    """The target that a button carried."""
    id = values.text(carried, "target")
    for target in plan.target:
        if target.id == id:
            return target
    raise UserError("errors.no_such_button")


def targets_named(plan: Plan, text: str) -> list[Target]:
    """The targets that a person's words name: by id, else by the words of either language."""
    asked = fold(text)
    exact = [one for one in plan.target if asked == fold(one.id)]
    if exact:
        return exact
    wanted = _WORD.findall(asked)

    def says(target: Target) -> bool:
        names = _WORD.findall(fold(f"{target.id} {target.name.en} {target.name.fr}"))
        return all(any(name.startswith(word) for name in names) for word in wanted)

    return [one for one in plan.target if wanted and says(one)]


def strands(plan: Plan) -> dict[str, str]:
    """The strand's id of each target's id."""
    objective_of = {one.id: one.objective for one in plan.strategy}
    strand_of = {one.id: one.strand for one in plan.objective}
    return {one.id: strand_of[objective_of[one.strategy]] for one in plan.target}
