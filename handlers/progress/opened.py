"""What a measure has to say of a figure that is opened, and the pages of what it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.chat.cards import Action, Block
from handlers.chat.context import Context
from handlers.chat.texts import Texts
from handlers.progress.choosing import chosen_target
from storage.plan import Plan, Target

PAGE = 6


@dataclass(frozen=True, slots=True)
class Opened:
    """How a figure is computed, with its numbers; facts, tables, and buttons to what is behind."""

    how: str
    facts: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    actions: tuple[Action, ...] = ()


def carried(plan: Plan, target: Target) -> dict[str, str]:
    """What a button says of the target it is about."""
    return {"plan": plan.id, "target": target.id}


def back(ctx: Context, plan: Plan, values: Mapping[str, str]) -> Action:
    """The button to the target that a list was opened from; else to the indicators."""
    if "target" not in values:
        return Action(ctx.t("indicators.all"), "progress.indicators", {"plan": plan.id})
    target = chosen_target(plan, values)
    return Action(ctx.t("progress.back_to_target"), "progress.open", carried(plan, target))


def pages(
    t: Texts, name: str, values: Mapping[str, str], offset: int, more: bool
) -> tuple[Action, ...]:
    """The buttons to the page before and to the one after, where there are any."""
    return tuple(
        Action(t(f"progress.{label}"), name, {**values, "offset": str(at)})
        for label, at, there in (
            ("previous", max(0, offset - PAGE), offset > 0),
            ("next", offset + PAGE, more),
        )
        if there
    )
