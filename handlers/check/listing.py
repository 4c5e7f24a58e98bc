"""/check: all that is open in the plan, each kind with how many there are, and its list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.check import reading
from handlers.check.reading import PAGE, Page

router = Router()


@router.command("check", "verifier")
async def check(msg: Incoming, ctx: Context) -> Reply:
    """What is open: in what the person recorded, for a manager in all of it."""
    if msg.text:
        raise UserError("check.no_words", example=ctx.t("check.example"))
    return await _overview(ctx, turned=False)


@router.action("check.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """Back from a list to all of them; or from another card."""
    return await _overview(ctx, turned="turned" in msg.values)


@router.action("check.list")
async def list_(msg: Incoming, ctx: Context) -> Reply:
    """One kind, a page at a time."""
    concern, offset = values.text(msg.values, "concern"), values.whole(msg.values, "offset")
    if concern not in reading.all_of(ctx):
        raise UserError("errors.no_such_button")
    page = await ctx.store.read(reading.page, ctx, concern, offset)
    return Reply(_list(ctx, concern, page), replace=True)


@router.home
async def section(ctx: Context) -> Sequence[Block]:
    """How much is open, where anything is."""
    if not ctx.person.role.logs:
        return ()
    there = await ctx.store.read(reading.counts, ctx)
    if not there:
        return ()
    see = Action(ctx.t("check.see"), "check.open")
    return (Item(ctx.t("check.home", count=sum(there.values())), actions=(see,)),)


async def _overview(ctx: Context, *, turned: bool) -> Reply:
    reading.all_of(ctx)
    return Reply(_all(ctx, await ctx.store.read(reading.counts, ctx)), replace=turned)


def _all(ctx: Context, there: Mapping[str, int]) -> Card:
    t, plan = ctx.t, ctx.plans.current(ctx.today)
    whose = t("check.all" if ctx.person.role.manages else "check.mine")
    title = t("check.title")
    if not there:
        nothing = (Text(t("check.nothing", plan=plan.title[t.language])), Text(whose, muted=True))
        return Card(title, nothing, tone=Tone.GOOD)
    items = [_kind(ctx, concern, count) for concern, count in there.items()]
    intro = Text(t("check.intro", plan=plan.title[t.language]))
    return Card(title, (intro, *items, Text(whose, muted=True)))


def _kind(ctx: Context, concern: str, count: int) -> Item:
    text = ctx.t(f"check.count.{concern}", count=count)
    see = replace(_see(ctx, ctx.t("check.see"), concern, 0), hint=text)
    return Item(text, actions=(see,))


def _list(ctx: Context, concern: str, page: Page) -> Card:
    t, count, offset = ctx.t, page.count, page.offset
    turns = [
        _see(ctx, t(f"check.{label}"), concern, to)
        for label, to, there in (
            ("before", max(0, offset - PAGE), offset > 0),
            ("after", offset + PAGE, offset + PAGE < count),
        )
        if there
    ]
    again = _see(ctx, t("check.again"), concern, offset)
    back = Action(t("check.back"), "check.open", {"turned": "yes"})
    title = t(f"check.count.{concern}", count=count) if count else t("check.done")
    why = (Text(t(f"check.why.{concern}"), muted=True),) if count else ()
    return Card(
        title, (*why, *page.items), (*turns, again, back), Tone.NEUTRAL if count else Tone.GOOD
    )


def _see(ctx: Context, label: str, concern: str, offset: int) -> Action:
    return Action(label, "check.list", {"concern": concern, "offset": str(offset)})
