"""The plan's part of a person's own page: the targets that say most, and a button to all."""

from collections.abc import Sequence

from handlers.chat.cards import Action, Block, Heading, Item, Text
from handlers.chat.context import Context
from handlers.chat.router import Router
from handlers.progress import words
from storage import figures
from storage.figures import Figure, Status

router = Router()

MOST = 6
# Those at risk come first. What has no figure says nothing, and is only counted.
ORDER = (
    Status.OFF_TRACK,
    Status.WATCH,
    Status.ON_TRACK,
    Status.AHEAD,
    Status.MET,
    Status.NOT_DUE,
)


@router.home
async def targets(ctx: Context) -> Sequence[Block]:
    """The current plan's targets; of the same status, in the plan's order."""
    t, plan = ctx.t, ctx.plans.current(ctx.today)
    found = await ctx.store.read(figures.read, plan, ctx.today)
    read = [words.seen(ctx, one) for one in found]
    known = [one for one in read if one.status is not Status.NO_DATA]
    blocks: list[Block] = [Heading(plan.title[t.language])]
    if ctx.today > plan.ends:
        blocks.append(Text(t("progress.not_in_force", last=t.day(plan.ends))))
    blocks += [words.row(t, one, words.pace(t, one)) for one in most_telling(known)]
    everything = Action(t("progress.back"), "progress.all", {"plan": plan.id})
    counted = t("progress.known", count=len(known), of=len(read))
    return [*blocks, Item(counted, actions=(everything,))]


def most_telling(known: Sequence[Figure]) -> list[Figure]:
    """At most six figures, those at risk first."""
    return sorted(known, key=lambda one: ORDER.index(one.status))[:MOST]
