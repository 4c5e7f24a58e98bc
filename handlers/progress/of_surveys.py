"""A share of surveys or journals opened: each that went out, and how many have handed it in."""

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.progress import words
from handlers.progress.choosing import chosen_plan, chosen_target
from handlers.progress.opened import PAGE, back, carried, pages
from storage import handed_in
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.figures import Figure, Other, Reading
from storage.handed_in import Asked
from storage.indicators import ROSTER
from storage.plan import Plan, Target

router = Router()


def how(ctx: Context, figure: Figure, out: list[Asked]) -> str:
    """How the share is computed, with its numbers."""
    t, target = ctx.t, figure.target
    if not out:
        return t("progress.none_out")
    return t(
        "progress.how_every" if target.every else "progress.how_handed_in",
        count=len(out),
        role=describe.role(t, ctx.plans.network, target.among.removeprefix(ROSTER), 2),
        numerator=t.number(figure.numerator or 0),
        denominator=t.number(figure.denominator or 0),
    )


def out(tx: Tx, ctx: Context, plan: Plan, target: Target) -> list[Asked]:
    """The surveys that are out, whom they went to, and who has handed them in."""
    role = target.among.removeprefix(ROSTER)
    return handed_in.asked(tx, plan, target, role, ctx.today)


def buttons(ctx: Context, plan: Plan, target: Target, number: int) -> tuple[Action, ...]:
    """The button to the surveys, where any is out."""
    if not ctx.person.role.logs or not number:
        return ()
    asked = carried(plan, target) | {"offset": "0"}
    return (Action(ctx.t("progress.surveys", count=number), "progress.surveys", asked),)


@router.action("progress.surveys")
async def show_surveys(msg: Incoming, ctx: Context) -> Reply:
    """Each survey of a target that is out, the newest first."""
    if not ctx.person.role.logs:
        raise NotAllowed
    t, plan, offset = ctx.t, chosen_plan(ctx, msg.values), values.whole(msg.values, "offset")
    target = chosen_target(plan, msg.values)
    if not target.among.startswith(ROSTER):
        raise UserError("errors.no_such_button")
    found = (await ctx.store.read(out, ctx, plan, target))[::-1]
    blocks: list[Block] = [Text(t("progress.out", count=len(found)))]
    blocks += [_item(ctx, one) for one in found[offset : offset + PAGE]]
    more = offset + PAGE < len(found)
    turns = pages(t, "progress.surveys", carried(plan, target), offset, more)
    actions = (*turns, back(ctx, plan, msg.values))
    return Reply(Card(target.name[t.language], tuple(blocks), actions), replace=True)


def _item(ctx: Context, one: Asked) -> Item:
    t, (survey, roster, done) = ctx.t, one
    says = survey.says
    share = words.share(t, Reading(Other.RESPONSE, len(roster.keys() & done), len(roster)))
    details = [
        t("progress.handed_in", share=share),
        t("progress.opened", day=t.day(says.opened)),
        t("progress.closes", day=t.day(says.closes)) if says.closes else "",
    ]
    open_ = Action(t("progress.open"), "survey.open", {"id": str(survey.id)}, hint=says.title)
    return Item(says.title, " · ".join(one for one in details if one), actions=(open_,))
