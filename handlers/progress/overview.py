"""/progress: all targets of a plan by strand, each a press from being opened."""

from datetime import date

from handlers.chat.cards import Action, Block, Card, Heading, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.progress import chart, detail, indicators, words
from handlers.progress.choosing import chosen_plan, plan_named, strands, targets_named
from handlers.progress.opened import carried
from handlers.progress.weekly import posting
from storage import figures, totals
from storage.engine import Tx
from storage.figures import Figure, Status
from storage.plan import Plan, Target
from storage.words import fold

router = Router()


@router.command("progress", "progres")
async def progress(msg: Incoming, ctx: Context) -> Reply:
    """Targets: all, those that words name, a picture, the indicators; or the week, posted."""
    if fold(msg.text) in posting.WORDS:
        return await posting.post_now(ctx)
    plan = ctx.plans.current(ctx.today)
    if not msg.text:
        return await _overview(ctx, plan, replace=False)
    if fold(msg.text) in indicators.WORDS:
        return await indicators.reply(ctx, plan, replace=False)
    drawn = chart.asked(msg.text)
    if drawn is not None:
        return await chart.reply(ctx, plan, drawn)
    other = plan_named(ctx, msg.text)
    if other is not None:
        return await _overview(ctx, other, replace=False)
    found = targets_named(plan, msg.text)
    if not found:
        raise UserError("progress.no_such_target", example=ctx.t("progress.example"))
    if len(found) > 1:
        return Reply(_which(ctx, plan, found))
    return Reply(await ctx.store.read(detail.read, ctx, plan, found[0]))


@router.action("progress.all")
async def all_targets(msg: Incoming, ctx: Context) -> Reply:
    """Back from a target to all of them, or to another plan."""
    return await _overview(ctx, chosen_plan(ctx, msg.values), replace=True)


async def _overview(ctx: Context, plan: Plan, *, replace: bool) -> Reply:
    read, waiting = await ctx.store.read(_read, ctx, plan)
    return Reply(show_overview(ctx, plan, read, waiting), replace=replace)


def _read(tx: Tx, ctx: Context, plan: Plan) -> tuple[list[Figure], totals.Sum]:
    waiting = totals.Sum()
    if not ctx.plans.in_force(ctx.today):
        latest = max((one.ends for one in ctx.plans.all), default=date.min)
        waiting = totals.logged(tx, None, latest, date.max)
    return [words.seen(ctx, one) for one in figures.read(tx, plan, ctx.today)], waiting


def show_overview(ctx: Context, plan: Plan, read: list[Figure], waiting: totals.Sum) -> Card:
    """The card of all targets."""
    t = ctx.t
    known = [figure for figure in read if figure.status is not Status.NO_DATA]
    blocks: list[Block] = [
        Text(t("progress.as_of", day=t.full_date(min(ctx.today, plan.ends)))),
        Text(t("progress.known", count=len(known), of=len(read)), muted=True),
    ]
    if not plan.starts <= ctx.today <= plan.ends:
        blocks.append(Text(t("progress.not_in_force", last=t.day(plan.ends))))
    if waiting.entries:
        blocks.append(
            Text(t("progress.waiting", count=waiting.entries, hours=t.hours(waiting.minutes)))
        )
    by_strand = strands(plan)
    for strand in plan.strand:
        rows = [figure for figure in read if by_strand[figure.target.id] == strand.id]
        if rows:
            blocks.append(Heading(f"{strand.id} · {strand.title[t.language]}"))
        blocks += [
            words.row(t, figure, _detail(ctx, plan, figure), (open_action(ctx, plan, figure),))
            for figure in rows
        ]
    started = [one for one in reversed(ctx.plans.all) if one.starts <= ctx.today]
    others = [one for one in started if one.id != plan.id]
    everything = Action(t("indicators.all"), "progress.indicators", {"plan": plan.id})
    drawn = Action(t("progress.chart.all"), "progress.chart", {"plan": plan.id})
    actions = tuple(
        Action(one.title[t.language], "progress.all", {"plan": one.id}) for one in others
    )
    return Card(plan.title[t.language], tuple(blocks), (drawn, everything, *actions))


def _detail(ctx: Context, plan: Plan, figure: Figure) -> str:
    """Where its pace leads, its parts, and the day of its next milestone, or of the last one."""
    t = ctx.t
    own = [one for one in plan.milestone if one.target == figure.target.id]
    days = sorted(own, key=lambda one: one.due)
    due = next((one for one in days if one.due >= ctx.today), days[-1] if days else None)
    said = [words.pace(t, figure)]
    if due:
        said.append(t("progress.due_on", day=words.due_day(t, due)))
    return " · ".join(one for one in said if one)


def open_action(ctx: Context, plan: Plan, figure: Figure) -> Action:
    """The button that opens a target."""
    target = figure.target
    name = target.name[ctx.t.language]
    return Action(ctx.t("progress.open"), "progress.open", carried(plan, target), hint=name)


def _which(ctx: Context, plan: Plan, found: list[Target]) -> Card:
    actions = tuple(
        Action(one.name[ctx.t.language], "progress.open", carried(plan, one)) for one in found
    )
    return Card(ctx.t("progress.which"), (), actions)
