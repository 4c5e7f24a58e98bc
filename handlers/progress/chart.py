"""/progress chart: a picture of all targets, or of one over the year."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import cycle
from math import ceil

from handlers.chat.cards import Action, Card, Picture, Progress, Reply, Text
from handlers.chat.charts import Curve, Point
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.pictures.wording import bullets
from handlers.progress import words
from handlers.progress.choosing import (
    chosen_plan,
    chosen_target,
    plan_named,
    strands,
    targets_named,
)
from handlers.progress.opened import carried
from storage import figures
from storage.calendar import Calendar
from storage.engine import Tx
from storage.figures import Figure
from storage.plan import Measure, Plan, Target
from storage.words import fold

router = Router()

WORDS = {"chart", "graphique"}
WEEK = timedelta(days=7)
STEPS = 5  # at most so many amounts along the side
LABELS = 6  # and months along the bottom
MONTHS = 12


def asked(text: str) -> str | None:
    """What is to be in the picture that the words ask for; None where they ask for none."""
    word, _, rest = text.partition(" ")
    return rest.strip() if fold(word) in WORDS else None


async def reply(ctx: Context, plan: Plan, text: str) -> Reply:
    """The picture of all targets, of another plan's, or of the target that the words name."""
    other = plan_named(ctx, text)
    if not text or other is not None:
        return Reply(await ctx.store.read(_all, ctx, other or plan))
    found = targets_named(plan, text)
    if not found:
        raise UserError("progress.no_such_target", example=ctx.t("progress.chart.example"))
    if len(found) > 1:
        actions = tuple(
            Action(one.name[ctx.t.language], "progress.chart", carried(plan, one)) for one in found
        )
        return Reply(Card(ctx.t("progress.which"), (), actions))
    return Reply(await ctx.store.read(_one, ctx, plan, found[0]))


@router.action("progress.chart")
async def picture(msg: Incoming, ctx: Context) -> Reply:
    """The picture of all targets, or of the one that the button carries; below what was pressed."""
    plan = chosen_plan(ctx, msg.values)
    if "target" not in msg.values:
        return Reply(await ctx.store.read(_all, ctx, plan))
    return Reply(await ctx.store.read(_one, ctx, plan, chosen_target(plan, msg.values)))


def over_time(target: Target) -> bool:
    """Whether it grows over the year. A share does not; and week by week it would tell replies."""
    return target.measure is not Measure.SHARE


def button(ctx: Context, plan: Plan, target: Target) -> tuple[Action, ...]:
    """The button to a target's picture, where there is one."""
    if not over_time(target):
        return ()
    return (Action(ctx.t("progress.chart.over_time"), "progress.chart", carried(plan, target)),)


def of_targets(
    t: Texts, plan: Plan, read: Sequence[Figure], day: date, *, brief: bool = False
) -> Picture:
    """A picture of a plan's figures as of a day, by strand; ``brief``: beside a card of its own."""
    by_strand = strands(plan)
    groups = [
        (
            f"{strand.id} · {strand.title[t.language]}",
            [words.row(t, one, "") for one in read if by_strand[one.target.id] == strand.id],
        )
        for strand in plan.strand
    ]
    title = t("progress.chart.title", plan=plan.title[t.language], day=t.day(min(day, plan.ends)))
    return bullets(t, title, groups, brief=brief)


def _all(tx: Tx, ctx: Context, plan: Plan) -> Card:
    read = [words.seen(ctx, one) for one in figures.read(tx, plan, ctx.today)]
    back = Action(ctx.t("progress.back"), "progress.all", {"plan": plan.id})
    return Card(ctx.t("progress.chart.all"), (of_targets(ctx.t, plan, read, ctx.today),), (back,))


def _one(tx: Tx, ctx: Context, plan: Plan, target: Target) -> Card:
    t, calendar = ctx.t, Calendar(plan)
    name = target.name[t.language]
    if not over_time(target):
        raise UserError(
            "progress.chart.of_share", name=name, example=t("progress.chart.open_it", id=target.id)
        )
    until = min(ctx.today, plan.ends)
    ends = {day - timedelta(days=1) for day in _months(plan) if plan.starts < day <= until}
    days = sorted({*_weeks(plan.starts, until), *ends})
    over = [figures.of_target(tx, plan, target, calendar, day) for day in days]
    figure = figures.of_target(tx, plan, target, calendar, ctx.today)
    row = words.row(t, figure, words.pace(t, figure))
    opens = Action(t("progress.back_to_target"), "progress.open", carried(plan, target))
    everything = Action(t("progress.chart.all"), "progress.chart", {"plan": plan.id})
    said = Text(t("progress.as_of", day=t.full_date(min(ctx.today, plan.ends))))
    shown = _curve(t, plan, calendar, figure, row, list(zip(days, over, strict=True)))
    return Card(name, (said, shown), (opens, everything))


def _curve(
    t: Texts,
    plan: Plan,
    calendar: Calendar,
    figure: Figure,
    row: Progress,
    over: list[tuple[date, Figure]],
) -> Picture:
    target = figure.target
    line = tuple(
        (_place(plan, day), float(one.share)) for day, one in over if one.share is not None
    )
    pace: tuple[Point, ...] = ()
    if target.paced:
        weeks = _weeks(plan.starts, plan.ends)
        pace = ((0.0, 0.0), *((_place(plan, day), float(calendar.elapsed(day))) for day in weeks))
    forecast = None
    if figure.forecast is not None:
        ends = (figure.forecast.low, figure.forecast.mean, figure.forecast.high)
        low, mean, high = (float(one / target.goal) for one in ends)
        forecast = (low, mean, high)
    chart = Curve(
        row.title,
        f"{row.text} · {row.status}",
        line,
        pace,
        forecast,
        _labels(t, plan),
        tuple((float(one / target.goal), words.whole(t, target, one)) for one in _amounts(figure)),
        t("picture.reached"),
        t("picture.pace"),
        t("picture.leads_to"),
        t("picture.goal"),
    )
    return Picture(chart, _said(t, row, over))


def _said(t: Texts, row: Progress, over: list[tuple[date, Figure]]) -> str:
    """The curve in words: where it stands, and what was reached at the end of each month."""
    months = {t.month(day): one for day, one in over}
    at_ends = [
        t("indicators.fact", label=month, value=words.whole(t, one.target, one.actual))
        for month, one in months.items()
        if one.actual is not None
    ]
    stands = " · ".join(one for one in (row.text, row.status, row.detail) if one)
    named = t("picture.of_target", name=row.title, says=stands)
    return "\n".join([named, *([t("progress.chart.by_month")] if at_ends else []), *at_ends])


def _place(plan: Plan, day: date) -> float:
    """How much of the plan's days is over at the end of one."""
    return ((day - plan.starts).days + 1) / ((plan.ends - plan.starts).days + 1)


def _weeks(first: date, last: date) -> Iterator[date]:
    """The days a week apart, and the last one."""
    day = first
    while day < last:
        yield day
        day += WEEK
    if first <= last:
        yield last


def _months(plan: Plan) -> Iterator[date]:
    """The first of each month that begins in the plan's dates."""
    day = plan.starts.replace(day=1)
    while day <= plan.ends:
        if day >= plan.starts:
            yield day
        day = (day + timedelta(days=31)).replace(day=1)


def _labels(t: Texts, plan: Plan) -> tuple[tuple[float, str], ...]:
    """Some of the months along the bottom; with their year where there are several of a name."""
    months = list(_months(plan))
    label = t.short_month if len(months) <= MONTHS else t.short_month_of_year
    return tuple((_place(plan, day), label(day)) for day in months[:: ceil(len(months) / LABELS)])


def _amounts(figure: Figure) -> list[Fraction]:
    """Round amounts from nothing up to the most that is in the picture, and the goal."""
    goal = figure.target.goal
    most = max(goal, figure.actual or Fraction(0))
    if figure.forecast is not None:
        most = max(most, figure.forecast.high)
    step, times = Fraction(1), (2, Fraction(5, 2), 2)  # 1, 2, 5, 10, 20, 50 …
    for factor in cycle(times):
        if most / step <= STEPS:
            break
        step *= factor
    round_ = [step * n for n in range(int(most / step) + 1)]
    return [*(one for one in round_ if abs(one - goal) > most / 15), goal]
