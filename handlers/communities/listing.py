"""/community: the communities that run, those of a member, and what is amiss with them."""

from dataclasses import dataclass

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Style, Text
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.communities import setting_up, view, words
from handlers.communities.view import Seen
from storage import communities, rosters
from storage.engine import Tx
from storage.errors import NotAllowed

router = Router()

PAGE = 8


@dataclass(frozen=True, slots=True)
class Check:
    """What is amiss: communities of a wrong size, and who is in several, by name with theirs."""

    sizes: list[Seen]
    several: list[tuple[str, list[Seen]]]


async def page(ctx: Context, offset: int, *, turned: bool) -> Reply:
    """The communities that run: all for the team, one's own for a member."""
    seen = await ctx.store.read(_running, ctx)
    t = ctx.t
    blocks: list[Block] = [_item(ctx, one) for one in seen[offset : offset + PAGE]]
    if not seen:
        none = "community.none" if ctx.person.role.logs else "community.none_of_yours"
        blocks.append(Text(t(none), muted=True))
    turns = [
        Action(t(f"community.{label}"), "community.page", {"offset": str(at)})
        for label, at, there in (
            ("before_these", max(0, offset - PAGE), offset > 0),
            ("after_these", offset + PAGE, offset + PAGE < len(seen)),
        )
        if there
    ]
    actions = [*turns]
    if ctx.person.role.manages:
        actions.append(Action(t("community.new"), "community.new", {}, Style.PRIMARY))
        actions += await ctx.store.read(setting_up.proposed, ctx)
    title = t("community.list" if ctx.person.role.logs else "community.yours")
    return Reply(Card(title, tuple(blocks), tuple(actions)), replace=turned)


@router.action("community.page")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """Another page of the list."""
    return await page(ctx, values.whole(msg.values, "offset"), turned=True)


@router.action("community.check")
async def check(msg: Incoming, ctx: Context) -> Reply:
    """Which communities have too few or too many members, and who is in two."""
    return await amiss(ctx)


async def amiss(ctx: Context) -> Reply:
    """What is amiss, for managers and those who facilitate one."""
    found = await ctx.store.read(_check, ctx)
    t = ctx.t
    blocks: list[Block] = [_item(ctx, one) for one in found.sizes]
    for name, them in found.several:
        names = t.all_of([words.title(ctx, one.record.says) for one in them])
        blocks.append(Item(name, t("community.in_both", names=names)))
    if not blocks:
        blocks.append(Text(t("community.all_well")))
    return Reply(Card(t("community.title.check"), tuple(blocks)))


def _running(tx: Tx, ctx: Context) -> list[Seen]:
    if ctx.person.role.logs:
        there = communities.running(tx, ctx.today)
    else:
        there = communities.of_person(tx, ctx.person.id, ctx.today)
    seen = [view.see(tx, ctx, one) for one in there]
    return sorted(seen, key=lambda one: words.title(ctx, one.record.says).casefold())


def _check(tx: Tx, ctx: Context) -> Check:
    if not ctx.person.role.logs:
        raise NotAllowed
    mine = {
        one.id: view.see(tx, ctx, one)
        for one in communities.running(tx, ctx.today)
        if communities.facilitates(tx, ctx.person, one.id)
    }
    if not mine and not ctx.person.role.manages:
        raise NotAllowed
    several = [
        (rosters.get(tx, human).says.name, [mine[id] for id in them if id in mine])
        for human, them in communities.in_several(tx, ctx.today).items()
        if all(id in mine for id in them)
    ]
    return Check([one for one in mine.values() if view.misfits(one)], sorted(several, key=_first))


def _first(one: tuple[str, list[Seen]]) -> str:
    return one[0].casefold()


def _item(ctx: Context, seen: Seen) -> Item:
    t, says = ctx.t, seen.record.says
    name = words.title(ctx, says)
    kind = t(f"community.kind.{says.kind}")
    open_ = Action(t("community.open"), "community.open", {"id": str(seen.record.id)}, hint=name)
    return Item(name, f"{kind} · {view.size(ctx, seen)}", actions=(open_,))
