"""The partners behind an indicator: how far each partnership is, and what it is for."""

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.progress.choosing import chosen_plan
from handlers.progress.opened import PAGE, back, pages
from storage import partnerships
from storage.errors import NotAllowed
from storage.partnerships import Partnership
from storage.plan import Plan

router = Router()


def buttons(ctx: Context, plan: Plan) -> tuple[Action, ...]:
    """The button to the partners, for the team."""
    if not ctx.person.role.logs:
        return ()
    asked, hint = {"plan": plan.id, "offset": "0"}, ctx.t("indicators.partnerships")
    return (Action(ctx.t("progress.open"), "progress.partners", asked, hint=hint),)


@router.action("progress.partners")
async def show_partners(msg: Incoming, ctx: Context) -> Reply:
    """Every partner that something is known of, by name."""
    if not ctx.person.role.logs:
        raise NotAllowed
    t, plan, offset = ctx.t, chosen_plan(ctx, msg.values), values.whole(msg.values, "offset")
    found = await ctx.store.read(partnerships.every)
    blocks: list[Block] = [Text(t("indicators.known", count=len(found)))]
    blocks += [_item(ctx, one.says) for one in found[offset : offset + PAGE]]
    turns = pages(t, "progress.partners", {"plan": plan.id}, offset, offset + PAGE < len(found))
    actions = (*turns, back(ctx, plan, {}))
    return Reply(Card(t("indicators.partnerships"), tuple(blocks), actions), replace=True)


def _item(ctx: Context, says: Partnership) -> Item:
    t = ctx.t
    details = (
        t(f"indicators.standing.{says.standing}"),
        t("indicators.seat") if says.seat else "",
        says.purpose,
    )
    return Item(says.partner, " · ".join(one for one in details if one))
