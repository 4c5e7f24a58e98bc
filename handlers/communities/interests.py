"""/interest: whoever is known on the chat sends one, sees, changes and withdraws their own."""

from handlers.chat import values
from handlers.chat.cards import Action, Card, Item, Reply, Style
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.communities import interest_form, interest_view, offering, relevance
from handlers.communities.interest_view import Seen
from storage import interests as kept
from storage import seats
from storage.communities import Community
from storage.engine import Tx
from storage.interests import CallClosed
from storage.records import Record
from storage.words import fold

router = Router()

LIST = {"list", "liste", "all", "toutes", "tous"}


@router.command("interest", "interet")
async def interest(msg: Incoming, ctx: Context) -> Reply:
    """One's own interests; the form where there is none yet. A manager sees all with "list"."""
    if fold(msg.text) in LIST:
        return await relevance.page(ctx, 0, turned=False)
    mine = await ctx.store.read(_mine, ctx)
    if not mine or msg.text:
        return await _new(ctx)
    if len(mine) == 1:
        return interest_view.show(ctx, mine[0])
    t, items = ctx.t, list[Item]()
    for seen in mine:
        name, of = seen.record.says.institution, {"id": str(seen.record.id)}
        open_ = Action(t("community.open"), "interest.open", of, hint=name)
        items.append(Item(name, interest_view.stands(ctx, seen), actions=(open_,)))
    another = Action(t("interest.another"), "interest.new", {}, Style.PRIMARY)
    actions = (another,) if any(seen.open for seen in mine) else ()
    return Reply(Card(t("interest.title.mine"), tuple(items), actions))


@router.action("interest.new")
async def new(msg: Incoming, ctx: Context) -> Reply:
    """Open the form, with the community of the card first where it was pressed there."""
    return await _new(ctx, msg.values.get("community", ""))


@router.action("interest.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """Show one, to who sent it or who manages."""
    return interest_view.show(ctx, await ctx.store.read(_own, ctx, values.whole(msg.values, "id")))


@router.action("interest.change")
async def change(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with an interest as it is."""
    seen = await ctx.store.read(_own, ctx, values.whole(msg.values, "id"))
    if not seen.open:
        raise UserError("interest.closed")
    there = await ctx.store.read(interest_form.among, ctx)
    carried = interest_view.values_of(seen.record)
    filled = interest_form.values_of(seen.record.says)
    return Reply(interest_form.build(ctx, there, filled, carried))


@router.action("interest.send")
async def send(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent, for a new interest or a changed one."""
    carried = {name: msg.values[name] for name in ("id", "version") if name in msg.values}
    there, call = await ctx.store.read(_open, ctx)
    says, errors = interest_form.read(ctx, there, call, msg.values)
    if says is None:
        return Reply(interest_form.build(ctx, there, msg.values, carried, errors))

    def work(tx: Tx) -> Seen:
        try:
            if "id" not in carried:
                done = kept.send(tx, says, ctx.today, ctx.person, ctx.at)
            else:
                id, version = values.whole(carried, "id"), values.whole(carried, "version")
                done = kept.change(tx, id, version, says, ctx.today, ctx.person, ctx.at)
        except CallClosed:
            raise UserError("interest.closed") from None
        return interest_view.see(tx, ctx, done)

    key = "interest.title.changed" if "id" in carried else "interest.title.sent"
    return await ctx.change(work, lambda seen: interest_view.show(ctx, seen, key))


@router.action("interest.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of an interest, while its call is open."""

    def work(tx: Tx, id: int, version: int) -> Seen:
        try:
            done = kept.undo(tx, id, version, ctx.today, ctx.person, ctx.at)
        except CallClosed:
            raise UserError("interest.closed") from None
        return interest_view.see(tx, ctx, done)

    return await ctx.change_version(
        msg.values, work, lambda seen: interest_view.show(ctx, seen, "interest.title.restored")
    )


@router.action("interest.withdraw")
async def withdraw(msg: Incoming, ctx: Context) -> Reply:
    """Withdraw one, also after the call has closed; the seats it frees are offered on."""
    id, version = values.whole(msg.values, "id"), values.whole(msg.values, "version")
    if "sure" not in msg.values:
        seen = await ctx.store.read(_own, ctx, id)
        if not seen.open:
            return _ask(ctx, seen)

    def work(tx: Tx) -> Seen:
        gone, offered = seats.withdraw(tx, id, version, ctx.today, ctx.person, ctx.at)
        offering.tell(tx, offered, ctx.at)
        return interest_view.see(tx, ctx, gone)

    return await ctx.change(work, lambda seen: interest_view.show(ctx, seen))


def _ask(ctx: Context, seen: Seen) -> Reply:
    """After the call has closed there is no way back, so it is asked once."""
    t, of = ctx.t, {**interest_view.values_of(seen.record), "sure": "yes"}
    yes = Action(t("interest.withdraw"), "interest.withdraw", of, Style.DANGER)
    item = Item(seen.record.says.institution, t("interest.for_good"))
    return Reply(Card(t("interest.title.sure"), (item,), (yes,)), replace=True)


async def _new(ctx: Context, community: str = "") -> Reply:
    there, _ = await ctx.store.read(_open, ctx, "interest.not_open")
    return Reply(interest_form.build(ctx, there, {"first": community}, {}))


def _open(
    tx: Tx, ctx: Context, otherwise: str = "interest.closed"
) -> tuple[list[Record[Community]], int]:
    """The communities there are for the open call, and its number. Raises UserError."""
    call = kept.open_call(tx, ctx.today)
    if call is None or kept.drawn(tx, call.id):
        raise UserError(otherwise)
    return interest_form.among(tx, ctx), call.id


def _own(tx: Tx, ctx: Context, id: int) -> Seen:
    return interest_view.see(tx, ctx, kept.own(tx, id, ctx.person))


def _mine(tx: Tx, ctx: Context) -> list[Seen]:
    return [interest_view.see(tx, ctx, one) for one in kept.of_sender(tx, ctx.person.id)]
