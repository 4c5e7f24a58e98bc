"""One target opened: how it is computed, by month, board and role, and the entries behind it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Facts, Heading, Item, Reply, Table, Text
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.progress import words
from handlers.progress.choosing import chosen_plan, chosen_target
from storage import entries, figures, people, totals
from storage.calendar import Calendar
from storage.engine import Tx
from storage.entries import Entry
from storage.figures import Figure
from storage.plan import EntryKind, Plan, Target
from storage.totals import Sum

router = Router()

PAGE = 8


@dataclass(frozen=True, slots=True)
class Detail:
    """A target's figure and what it is made of."""

    plan: Plan
    figure: Figure
    months: dict[date, Sum]
    boards: dict[str, Sum]
    roles: dict[str, Sum]
    partners: dict[str, Sum]
    weeks_left: Fraction


def read_detail(tx: Tx, ctx: Context, plan: Plan, target: Target) -> Detail:
    """Read all that the card of a target shows."""
    calendar = Calendar(plan)
    figure = figures.of_target(tx, plan, target, calendar, ctx.today)
    months: dict[date, Sum] = {}
    by: dict[str, dict[str, Sum]] = {}
    if target.entries is not None:
        last = min(ctx.today, plan.ends)
        for day, one in totals.by_day(tx, target.entries, plan.starts, last).items():
            so_far = months.get(day.replace(day=1), Sum())
            months[day.replace(day=1)] = Sum(
                so_far.minutes + one.minutes, so_far.entries + one.entries
            )
        for dimension in (totals.BOARD, totals.ROLE, totals.PARTNER):
            by[dimension] = totals.by_value(tx, target.entries, dimension, plan.starts, last)
    return Detail(
        plan,
        figure,
        months,
        by.get(totals.BOARD, {}),
        by.get(totals.ROLE, {}),
        by.get(totals.PARTNER, {}),
        calendar.weeks_left(ctx.today),
    )


def show_detail(ctx: Context, detail: Detail) -> Card:
    """The card of one target."""
    t, figure, target = ctx.t, detail.figure, detail.figure.target
    plan = detail.plan.title[t.language]
    blocks: list[Block] = [
        Text(plan, muted=True),
        replace(words.row(t, figure, ""), title=""),
        Text(target.text[t.language]),
    ]
    if figure.actual is None:
        blocks.append(Text(t("progress.no_data_yet")))
        blocks += [
            Text(t("progress.part", name=one.part.name[t.language], goal=t.number(one.part.goal)))
            for one in figure.parts
        ]
    else:
        blocks += [
            Heading(t("progress.how")),
            Text(_how(ctx, detail)),
            Facts(_outlook(ctx, detail)),
        ]
        blocks += _tables(ctx, detail)
    carried = {"plan": detail.plan.id, "target": target.id}
    actions = [Action(t("progress.back"), "progress.all", {"plan": detail.plan.id})]
    if target.entries is not None and ctx.person.role.logs:
        asked = carried | {"offset": "0"}
        actions.insert(0, Action(t("progress.entries"), "progress.entries", asked))
    return Card(target.name[t.language], tuple(blocks), tuple(actions))


@router.action("progress.entries")
async def show_entries(msg: Incoming, ctx: Context) -> Reply:
    """The entries a figure is made of: all for a manager, one's own for staff."""
    t, offset = ctx.t, values.whole(msg.values, "offset")
    plan, target = _asked(ctx, msg)
    assert target.entries is not None
    found, names, whole = await ctx.store.read(_entries, ctx, plan, target.entries, offset)
    blocks: list[Block] = [
        Text(t("progress.made_of", count=whole.entries, hours=t.hours(whole.minutes)))
    ]
    if not ctx.person.role.manages:
        blocks.append(Text(t("progress.yours_only"), muted=True))
    for entry in found[:PAGE]:
        owner = names[entry.person] if ctx.person.role.manages else ""
        detail = " · ".join(one for one in (owner, entry.says.objective) if one)
        blocks.append(Item(describe.title(t, ctx.plans.network, entry.says), detail))
    carried = {"plan": plan.id, "target": target.id}
    actions = [
        Action(t(f"entries.{label}"), "progress.entries", carried | {"offset": str(at)})
        for label, at, there in (
            ("newer", max(0, offset - PAGE), offset > 0),
            ("older", offset + PAGE, len(found) > PAGE),
        )
        if there
    ]
    actions.append(Action(t("progress.back_to_target"), "progress.open", carried))
    return Reply(Card(target.name[t.language], tuple(blocks), tuple(actions)), replace=True)


def _entries(
    tx: Tx, ctx: Context, plan: Plan, kind: EntryKind, offset: int
) -> tuple[list[Entry], dict[int, str], Sum]:
    last = min(ctx.today, plan.ends)
    found = entries.counted(tx, kind, plan.starts, last, ctx.person, limit=PAGE + 1, offset=offset)
    names = {one.person: people.get(tx, one.person).name for one in found}
    days = totals.by_day(tx, kind, plan.starts, last).values()
    return found, names, Sum(sum(d.minutes for d in days), sum(d.entries for d in days))


def _asked(ctx: Context, msg: Incoming) -> tuple[Plan, Target]:
    plan = chosen_plan(ctx, msg.values)
    return plan, chosen_target(plan, msg.values)


def _how(ctx: Context, detail: Detail) -> str:
    minutes = sum(one.minutes for one in detail.months.values())
    count = sum(one.entries for one in detail.months.values())
    return ctx.t(
        f"progress.how_hours.{detail.figure.target.entries}",
        count=count,
        minutes=ctx.t.number(minutes),
        hours=ctx.t.hours(minutes),
    )


def _outlook(ctx: Context, detail: Detail) -> tuple[tuple[str, str], ...]:
    t, figure, target = ctx.t, detail.figure, detail.figure.target
    rows: list[tuple[str, str]] = []
    boards = {id for joint in detail.boards for id in joint.split(totals.JOINT) if id}
    if boards:
        rows.append((t("progress.fact.boards"), t.number(len(boards))))
    if figure.expected is not None:
        rows.append((t("progress.fact.expected"), words.whole(t, target, figure.expected)))
    if figure.needed_per_week is not None:
        needed = t(
            "progress.needed",
            amount=words.amount(t, target, figure.needed_per_week),
            weeks=t.number(detail.weeks_left, 1),
        )
        rows.append((t("progress.fact.needed"), needed))
    forecast = words.forecast_words(t, figure)
    label = "progress.fact.at_this_pace" if forecast else "progress.fact.forecast"
    rows.append((t(label), forecast or t("progress.no_forecast")))
    return tuple(rows)


def _tables(ctx: Context, detail: Detail) -> list[Block]:
    t, network = ctx.t, ctx.plans.network
    months = {t.month(month): one for month, one in detail.months.items()}
    if detail.figure.target.entries is EntryKind.PARTNER:
        return [
            _table(t, "month", months),
            _table(t, "partner", _named(t, detail.partners, lambda name: name)),
        ]
    return [
        _table(t, "month", months),
        _table(t, "board", _named(t, detail.boards, lambda id: describe.board(t, network, id))),
        _table(t, "role", _named(t, detail.roles, lambda id: describe.role(t, network, id))),
    ]


def _table(t: Texts, of: str, rows: dict[str, Sum]) -> Table:
    return Table(
        t(f"progress.by.{of}"),
        (t(f"progress.column.{of}"), t("progress.column.hours"), t("progress.column.entries")),
        tuple((label, t.hours(one.minutes), t.number(one.entries)) for label, one in rows.items()),
        numeric=(1, 2),
    )


def _named(t: Texts, rows: dict[str, Sum], name: Callable[[str], str]) -> dict[str, Sum]:
    """Rows under the names of their values; of an entry that has several, joined."""
    return {
        totals.JOINT.join(map(name, value.split(totals.JOINT)))
        if value
        else t("progress.none"): one
        for value, one in rows.items()
    }
