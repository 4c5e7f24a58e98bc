"""How seats stand, and what people make of it: confirmed, told, taken back, reviewed."""

from collections.abc import Callable
from dataclasses import replace

from handlers.chat import values
from handlers.chat.cards import Action, Card, File, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.communities import draw_form, draw_telling, draw_view, drawing, offering, words
from handlers.communities.draw_view import Seen
from storage import records, seats
from storage.draws import DRAW, Draw
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.limits import LONGEST_TEXT
from storage.records import Record

router = Router()


@router.action("draw.all")
async def all_(msg: Incoming, ctx: Context) -> Reply:
    """Each community with who is in its pool, and what can be done next."""
    return await page(ctx)


async def page(ctx: Context) -> Reply:
    """The communities of the newest call, with their pools and draws."""
    _check(ctx)
    there = await ctx.store.read(draw_view.overview, ctx)
    t, items = ctx.t, list[Item]()
    for one in there:
        name, of = words.title(ctx, one.community.says), {"community": str(one.community.id)}
        open_ = Action(t("community.open"), "draw.open", of, hint=name)
        items.append(Item(name, draw_view.line(ctx, one), actions=(open_,)))
    none = (Text(t("interest.none"), muted=True),)
    return Reply(Card(t("draw.title.all"), tuple(items) or none))


async def named(ctx: Context, said: str) -> Reply:
    """How the seats of the community that is named stand."""
    _check(ctx)
    community = await ctx.store.read(words.the_one, ctx, said)
    return draw_view.show(ctx, await ctx.store.read(draw_view.see, ctx, community.id))


@router.action("draw.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """How the seats of one community stand."""
    _check(ctx)
    seen = await ctx.store.read(draw_view.see, ctx, values.whole(msg.values, "community"))
    return draw_view.show(ctx, seen)


@router.action("draw.record")
async def record_(msg: Incoming, ctx: Context) -> Reply:
    """The published record as a file, with which anybody repeats the draw."""
    _check(ctx)
    record = await ctx.store.read(records.get, DRAW, values.whole(msg.values, "id"))
    says = record.says
    if not says.needed:
        raise UserError("errors.no_such_button")
    text = says.drawn or drawing.pretty(drawing.read_frozen(says.frozen))
    name = f"draw-{record.id}.json"
    blocks = (Text(ctx.t("draw.record_how", name=name)),)
    card = Card(ctx.t("draw.title.record"), blocks)
    return Reply(card, file=File(name, text.encode()))


@router.action("draw.confirm")
async def confirm(msg: Incoming, ctx: Context) -> Reply:
    """A person says that it holds: members are made of who was taken."""
    return await _done(
        msg,
        ctx,
        lambda tx, id, version: seats.confirm(tx, id, version, ctx.today, ctx.person, ctx.at),
        "confirmed",
    )


@router.action("draw.tell")
async def tell(msg: Incoming, ctx: Context) -> Reply:
    """Everyone concerned is told the outcome, and how to have it reviewed."""

    def work(tx: Tx, id: int, version: int) -> Record[Draw]:
        told = seats.tell(tx, id, version, ctx.person, ctx.at)
        draw_telling.outcome(tx, told, ctx.at)
        offering.tell(tx, seats.offer_next(tx, told, ctx.at), ctx.at)
        return told

    return await _done(msg, ctx, work, "told")


@router.action("draw.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back the last step, until those concerned have been told."""
    return await _done(
        msg, ctx, lambda tx, id, version: seats.undo(tx, id, version, ctx.person, ctx.at), "undone"
    )


@router.action("draw.ask_review")
async def ask_review(msg: Incoming, ctx: Context) -> Reply:
    """Ask why a person is to look at it once more."""
    _check(ctx)
    record = await ctx.store.read(records.get, DRAW, values.whole(msg.values, "id"))
    return Reply(draw_form.review(ctx, record, record.says.review))


@router.action("draw.review")
async def review(msg: Incoming, ctx: Context) -> Reply:
    """A review is open: it says why; nothing said ends it."""
    _check(ctx)
    why = msg.values.get("review", "").strip()
    if len(why) > LONGEST_TEXT:
        record = await ctx.store.read(records.get, DRAW, values.whole(msg.values, "id"))
        most = ctx.t.number(LONGEST_TEXT)
        return Reply(draw_form.review(ctx, record, why, ctx.t("community.why.long", most=most)))

    def work(tx: Tx, id: int, version: int) -> Record[Draw]:
        says = replace(records.get(tx, DRAW, id).says, review=why)
        return records.change(tx, DRAW, id, version, says, ctx.person, ctx.at)

    return await _done(msg, ctx, work, "review")


async def _done(
    msg: Incoming, ctx: Context, do: Callable[[Tx, int, int], Record[Draw]], what: str
) -> Reply:
    def work(tx: Tx, id: int, version: int) -> Seen:
        return draw_view.see(tx, ctx, do(tx, id, version).says.community)

    return await ctx.change_version(msg.values, work, lambda seen: draw_view.show(ctx, seen, what))


def _check(ctx: Context) -> None:
    if not ctx.person.role.manages:
        raise NotAllowed
