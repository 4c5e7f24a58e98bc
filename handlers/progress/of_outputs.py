"""A target of outputs opened: how many are published, and each of them, published or not."""

from datetime import date

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.progress.choosing import chosen_plan
from handlers.progress.opened import PAGE, Opened, back, carried, pages
from storage import indicators, outputs
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.figures import Figure
from storage.outputs import SITE, Output
from storage.plan import Measure, Plan, Target
from storage.records import Record

router = Router()


def opened(tx: Tx, ctx: Context, plan: Plan, figure: Figure) -> Opened:
    """How many are published, of how many that are recorded."""
    t, target = ctx.t, figure.target
    made = indicators.made(tx, plan, target, ctx.today)
    first, last = _period(ctx, plan)
    how = t(
        "progress.how_outputs",
        count=made.published,
        first=t.day(first),
        last=t.day(last),
    )
    if left := made.recorded - made.published:
        how = f"{how} {t('progress.unpublished', count=left)}"
    asked = carried(plan, target)
    return Opened(how, actions=buttons(ctx, asked, {target.id: t("progress.outputs")}))


def buttons(
    ctx: Context, asked: dict[str, str], labels: dict[str, str], hint: str = ""
) -> tuple[Action, ...]:
    """A button to the outputs of each of these targets, by its label."""
    if not ctx.person.role.logs:
        return ()
    return tuple(
        Action(label, "progress.outputs", asked | {"of": id, "offset": "0"}, hint=hint)
        for id, label in labels.items()
    )


@router.action("progress.outputs")
async def show_outputs(msg: Incoming, ctx: Context) -> Reply:
    """The outputs of a target in the plan's dates, each a press from being changed."""
    if not ctx.person.role.logs:
        raise NotAllowed
    t, plan = ctx.t, chosen_plan(ctx, msg.values)
    of, offset = values.text(msg.values, "of"), values.whole(msg.values, "offset")
    name = _names(ctx, plan).get(of)
    if name is None:
        raise UserError("errors.no_such_button")
    count, found = await ctx.store.read(_page, ctx, plan, of, offset)
    blocks: list[Block] = [Text(t("progress.recorded", count=count))]
    blocks += [_item(ctx, one) for one in found[:PAGE]]
    asked = {name: msg.values[name] for name in ("target", "of") if name in msg.values}
    asked["plan"] = plan.id
    turns = pages(t, "progress.outputs", asked, offset, len(found) > PAGE)
    actions = (*turns, back(ctx, plan, msg.values))
    return Reply(Card(name, tuple(blocks), actions), replace=True)


def _names(ctx: Context, plan: Plan) -> dict[str, str]:
    targets: list[Target] = [one for one in plan.target if one.measure is Measure.OUTPUTS]
    named = {one.id: one.name[ctx.t.language] for one in targets}
    return named | {SITE: ctx.t("indicators.site")}


def _page(
    tx: Tx, ctx: Context, plan: Plan, of: str, offset: int
) -> tuple[int, list[Record[Output]]]:
    first, last = _period(ctx, plan)
    found = outputs.of_target(tx, of, first, last, PAGE + 1, offset)
    return outputs.recorded(tx, (of,), first, last), found


def _item(ctx: Context, record: Record[Output]) -> Item:
    t, says = ctx.t, record.says
    details = [
        t.day(says.published) if says.published else "",
        "" if says.is_published or says.target == SITE else t("progress.not_published"),
        says.theme,
        says.objective,
        t("output.revamped") if says.revamped else "",
        says.note,
        says.url,
    ]
    of = {"id": str(record.id), "version": str(record.version)}
    edit = Action(t("output.edit"), "output.edit", of, hint=says.title)
    return Item(says.title, " · ".join(one for one in details if one), actions=(edit,))


def _period(ctx: Context, plan: Plan) -> tuple[date, date]:
    return plan.starts, min(ctx.today, plan.ends)
