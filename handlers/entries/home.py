"""The hours' part of a person's own page: my week, my last entries, and a button to log."""

from collections.abc import Sequence
from datetime import date

from handlers import describe
from handlers.chat.cards import Action, Block, Heading, Item, Style
from handlers.chat.context import Context
from handlers.chat.router import Router
from handlers.entries.listing import summary
from handlers.lines.period import EVER
from storage import entries, totals
from storage.engine import Tx
from storage.entries import Entry, week_of
from storage.totals import Sum

router = Router()

LATEST = 3


@router.home
async def hours(ctx: Context) -> Sequence[Block]:
    """Nothing for someone who logs no hours."""
    if not ctx.person.role.logs:
        return ()
    t, (first, last) = ctx.t, week_of(ctx.today)
    week, latest = await ctx.store.read(_read, ctx, first, last)
    log = Action(t("log.form.title"), "log.open", style=Style.PRIMARY)
    blocks: list[Block] = [
        Heading(t("entries.home.week")),
        Item(summary(t, first, last, week), actions=(log,)),
    ]
    if latest:
        blocks.append(Heading(t("entries.home.latest")))
    return [*blocks, *(_item(ctx, entry) for entry in latest)]


def _read(tx: Tx, ctx: Context, first: date, last: date) -> tuple[Sum, list[Entry]]:
    me = ctx.person
    latest = entries.of_person(tx, me.id, EVER, ctx.today, me, limit=LATEST)
    return totals.logged(tx, me.id, first, last), latest


def _item(ctx: Context, entry: Entry) -> Item:
    t, voided = ctx.t, entry.voided is not None
    text = describe.title(t, ctx.plans.network, entry.says)
    of = {"id": str(entry.id), "version": str(entry.version)}
    actions = [Action(t("log.restore" if voided else "log.undo"), "entry.undo", of, hint=text)]
    if not voided:
        actions.append(Action(t("log.edit"), "entry.edit", of, hint=text))
    return Item(text, entry.says.objective, struck=voided, actions=tuple(actions))
