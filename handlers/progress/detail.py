"""One target opened: where it stands, how it is computed with its numbers, what is behind it."""

from dataclasses import replace
from typing import assert_never

from handlers.chat.cards import Action, Block, Card, Facts, Heading, Reply, Text
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.progress import chart, of_counts, of_hours, of_outputs, of_sessions, of_shares, words
from handlers.progress.choosing import chosen_plan, chosen_target
from handlers.progress.opened import Opened
from storage import figures
from storage.calendar import Calendar
from storage.engine import Tx
from storage.figures import Figure
from storage.plan import Measure, Plan, Target

router = Router()

FORECAST = (Measure.HOURS, Measure.SESSIONS)


@router.action("progress.open")
async def open_target(msg: Incoming, ctx: Context) -> Reply:
    """One target, in the place of the list."""
    plan = chosen_plan(ctx, msg.values)
    card = await ctx.store.read(read, ctx, plan, chosen_target(plan, msg.values))
    return Reply(card, replace=True)


def read(tx: Tx, ctx: Context, plan: Plan, target: Target) -> Card:
    """The card of one target."""
    t, calendar = ctx.t, Calendar(plan)
    figure = words.seen(ctx, figures.of_target(tx, plan, target, calendar, ctx.today))
    made = _opened(tx, ctx, plan, figure)
    blocks: list[Block] = [
        Text(plan.title[t.language], muted=True),
        replace(words.row(t, figure, ""), title=""),
        Text(target.text[t.language]),
        Heading(t("progress.how")),
        Text(made.how),
    ]
    facts = (*made.facts, *_outlook(ctx, figure, calendar))
    if facts:
        blocks.append(Facts(facts))
    blocks += [*made.blocks, *_due(ctx, plan, target)]
    back = Action(t("progress.back"), "progress.all", {"plan": plan.id})
    actions = (*made.actions, *chart.button(ctx, plan, target), back)
    return Card(target.name[t.language], tuple(blocks), actions)


def _opened(tx: Tx, ctx: Context, plan: Plan, figure: Figure) -> Opened:
    match figure.target.measure:
        case Measure.HOURS:
            return of_hours.opened(tx, ctx, plan, figure)
        case Measure.SESSIONS:
            return of_sessions.opened(tx, ctx, plan, figure)
        case Measure.OUTPUTS:
            return of_outputs.opened(tx, ctx, plan, figure)
        case Measure.SHARE:
            return of_shares.opened(tx, ctx, plan, figure)
        case Measure.COUNT:
            return of_counts.opened(tx, ctx, plan, figure)
        case _:
            assert_never(figure.target.measure)


def _outlook(ctx: Context, figure: Figure, calendar: Calendar) -> tuple[tuple[str, str], ...]:
    """What is expected by now, what it takes, and where it leads: of a target with a pace."""
    t, target = ctx.t, figure.target
    if figure.expected is None:
        return ()
    rows = [(t("progress.fact.expected"), words.due_by_now(t, target, figure.expected))]
    if figure.needed_per_week is not None:
        needed = t(
            "progress.needed",
            amount=words.per_week(t, target, figure.needed_per_week),
            weeks=t.number(calendar.weeks_left(ctx.today), 1),
        )
        rows.append((t("progress.fact.needed"), needed))
    if target.measure in FORECAST:
        forecast = words.forecast_words(t, figure)
        label = "progress.fact.at_this_pace" if forecast else "progress.fact.forecast"
        rows.append((t(label), forecast or t("progress.no_forecast")))
    return tuple(rows)


def _due(ctx: Context, plan: Plan, target: Target) -> list[Block]:
    """The target's milestones with their dates; those that were assumed are marked."""
    t = ctx.t
    rows = tuple(
        (
            one.name[t.language],
            words.due_day(t, one),
        )
        for one in plan.milestone
        if one.target == target.id
    )
    return [Heading(t("progress.due")), Facts(rows)] if rows else []
