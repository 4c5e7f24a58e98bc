"""A target that each community is to reach, opened: its communities, each with its meetings."""

from collections import Counter
from collections.abc import Collection

from handlers.chat.cards import Action, Block, Item, Text
from handlers.chat.context import Context
from handlers.progress import words
from handlers.progress.opened import carried
from storage.figures import Figure
from storage.plan import Plan
from storage.target_sessions import Held

NONE = "0"  # of no community that the target is measured by


def blocks(ctx: Context, plan: Plan, figure: Figure, held: list[Held]) -> list[Block]:
    """What each has reached, and beside them the meetings that are of none."""
    t = ctx.t
    if not figure.parts:
        return [Text(t("progress.no_communities"))]
    parts = [one.part.id for one in figure.parts]
    there = Counter(community_of(one, parts) for one in held if one.why is None)
    named = [
        (id, name, t("progress.of_community", reached=reached))
        for id, (name, reached) in zip(parts, words.of_parts(t, figure), strict=True)
    ]
    if there[NONE]:
        apart = t("progress.of_no_community", count=there[NONE])
        named.append((NONE, t("progress.no_community"), apart))
    return [
        Item(name, detail, actions=_open(ctx, plan, figure, id, name) if there[id] else ())
        for id, name, detail in named
    ]


def community_of(held: Held, communities: Collection[str]) -> str:
    """The community, of these, that a session is a meeting of; NONE where it is of none."""
    return str(held.community) if str(held.community) in communities else NONE


def _open(ctx: Context, plan: Plan, figure: Figure, id: str, name: str) -> tuple[Action, ...]:
    """The button to a community's meetings that count, for the team."""
    if not ctx.person.role.logs:
        return ()
    target = figure.target
    asked = carried(plan, target) | {"of": target.id, "which": "counted", "offset": "0"}
    return (
        Action(ctx.t("progress.open"), "progress.sessions", asked | {"community": id}, hint=name),
    )
