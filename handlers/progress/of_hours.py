"""An hours target opened: by month, board and role or partner, and the entries it is made of."""

from collections.abc import Callable

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Table, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.progress.choosing import chosen_plan, chosen_target
from handlers.progress.opened import PAGE, Opened, carried, pages
from storage import entries, people, totals
from storage.engine import Tx
from storage.entries import Entry
from storage.figures import Figure
from storage.plan import EntryKind, Plan
from storage.totals import Sum

router = Router()


def opened(tx: Tx, ctx: Context, plan: Plan, figure: Figure) -> Opened:
    """What the target's minutes come to, and of what."""
    t, target = ctx.t, figure.target
    assert target.entries is not None  # the plan's own check
    first, last = plan.starts, min(ctx.today, plan.ends)
    days = totals.by_day(tx, target.entries, first, last)
    by = {
        dimension: totals.by_value(tx, target.entries, dimension, first, last)
        for dimension in (totals.BOARD, totals.ROLE, totals.PARTNER)
    }
    months: dict[str, Sum] = {}
    for day, one in days.items():
        so_far = months.get(t.month(day), Sum())
        months[t.month(day)] = Sum(so_far.minutes + one.minutes, so_far.entries + one.entries)
    minutes = sum(one.minutes for one in days.values())
    how = t(
        f"progress.how_hours.{target.entries}",
        count=sum(one.entries for one in days.values()),
        minutes=t.number(minutes),
        hours=t.hours(minutes),
    )
    boards = {id for joint in by[totals.BOARD] for id in joint.split(totals.JOINT) if id}
    facts = ((t("progress.fact.boards"), t.number(len(boards))),) if boards else ()
    actions: tuple[Action, ...] = ()
    if ctx.person.role.logs:
        values = carried(plan, target) | {"offset": "0"}
        actions = (Action(t("progress.entries"), "progress.entries", values),)
    return Opened(how, facts, _tables(ctx, target.entries, months, by), actions)


@router.action("progress.entries")
async def show_entries(msg: Incoming, ctx: Context) -> Reply:
    """The entries a figure is made of: all for a manager, one's own for staff."""
    t, offset = ctx.t, values.whole(msg.values, "offset")
    plan = chosen_plan(ctx, msg.values)
    target = chosen_target(plan, msg.values)
    if target.entries is None:
        raise UserError("errors.no_such_button")
    found, names, whole = await ctx.store.read(_entries, ctx, plan, target.entries, offset)
    blocks: list[Block] = [
        Text(t("progress.made_of", count=whole.entries, hours=t.hours(whole.minutes)))
    ]
    blocks += items(ctx, found[:PAGE], names)
    back = Action(t("progress.back_to_target"), "progress.open", carried(plan, target))
    turns = pages(t, "progress.entries", carried(plan, target), offset, len(found) > PAGE)
    card = Card(target.name[t.language], tuple(blocks), (*turns, back))
    return Reply(card, replace=True)


def items(ctx: Context, found: list[Entry], names: dict[int, str]) -> list[Block]:
    """Entries, each on a line; a manager reads whose they are, anyone else has only theirs."""
    t, blocks = ctx.t, list[Block]()
    if not ctx.person.role.manages:
        blocks.append(Text(t("progress.yours_only"), muted=True))
    for entry in found:
        owner = names[entry.person] if ctx.person.role.manages else ""
        detail = " · ".join(one for one in (owner, entry.says.objective) if one)
        blocks.append(Item(describe.title(t, ctx.plans.network, entry.says), detail))
    return blocks


def owners(tx: Tx, found: list[Entry]) -> dict[int, str]:
    """The name of whoever logged each of these."""
    return {id: people.get(tx, id).name for id in {one.person for one in found}}


def _entries(
    tx: Tx, ctx: Context, plan: Plan, kind: EntryKind, offset: int
) -> tuple[list[Entry], dict[int, str], Sum]:
    last = min(ctx.today, plan.ends)
    found = entries.counted(tx, kind, plan.starts, last, ctx.person, limit=PAGE + 1, offset=offset)
    days = totals.by_day(tx, kind, plan.starts, last).values()
    whole = Sum(sum(d.minutes for d in days), sum(d.entries for d in days))
    return found, owners(tx, found), whole


def _tables(
    ctx: Context, kind: EntryKind, months: dict[str, Sum], by: dict[str, dict[str, Sum]]
) -> tuple[Block, ...]:
    t, network = ctx.t, ctx.plans.network
    if kind is EntryKind.PARTNER:
        partners = _named(t, by[totals.PARTNER], lambda name: name)
        return _table(t, "month", months), _table(t, "partner", partners)
    boards = _named(t, by[totals.BOARD], lambda id: describe.board(t, network, id))
    roles = _named(t, by[totals.ROLE], lambda id: describe.role(t, network, id))
    return _table(t, "month", months), _table(t, "board", boards), _table(t, "role", roles)


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
