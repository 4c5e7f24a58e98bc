"""/missing: who has no orientation, journal or survey yet, by body; managers only, in private."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from handlers import describe, gaps
from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from storage import missing
from storage.engine import Tx
from storage.missing import Gap
from storage.plan import Plan
from storage.records import Record
from storage.rosters import Member

router = Router()

PAGE = 24  # people


@router.command("missing", "manquants")
async def overview(msg: Incoming, ctx: Context) -> Reply:
    """How many are missing from what, each to be opened."""
    return await _overview(ctx, replace=False)


@router.action("missing.all")
async def back(msg: Incoming, ctx: Context) -> Reply:
    """The overview again."""
    return await _overview(ctx, replace=True)


@router.action("missing.page")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """A page of those who are missing from one target, or from one survey of it."""
    _check(ctx)
    plan = _plan(ctx, values.text(msg.values, "plan"))
    gap = await ctx.store.read(_gap, ctx, plan, msg.values)
    return Reply(_page(ctx, plan, gap, values.whole(msg.values, "offset")), replace=True)


def _check(ctx: Context) -> None:
    if not ctx.person.role.manages:
        raise UserError("missing.refused")


def _plan(ctx: Context, id: str) -> Plan:
    found = next((plan for plan in ctx.plans.all if plan.id == id), None)
    if found is None:
        raise UserError("errors.no_such_button")
    return found


async def _overview(ctx: Context, *, replace: bool) -> Reply:
    _check(ctx)
    plans = ctx.plans.in_force(ctx.today) or (ctx.plans.current(ctx.today),)
    found = await ctx.store.read(_read, ctx, plans)
    t = ctx.t
    blocks: list[Block] = [gaps.item(t, plan, gap) for plan, gap in found]
    if not found:
        blocks.append(Text(t("missing.nothing_out")))
    blocks.append(Text(t("missing.private"), muted=True))
    nobody = found and not any(gap.there for _, gap in found)
    tone = Tone.GOOD if nobody else Tone.NEUTRAL
    return Reply(Card(t("missing.title"), tuple(blocks), tone=tone), replace=replace)


def _read(tx: Tx, ctx: Context, plans: Sequence[Plan]) -> list[tuple[Plan, Gap]]:
    """The gaps of these plans, but for those that nobody is asked to fill."""
    gaps = [(plan, gap) for plan in plans for gap in missing.read(tx, plan, ctx.today)]
    return [(plan, gap) for plan, gap in gaps if gap.asked]


def _gap(tx: Tx, ctx: Context, plan: Plan, asked: Mapping[str, str]) -> Gap:
    """The gap that a button is about. Raises UserError where there is none such any more."""
    survey = values.whole(asked, "survey") if "survey" in asked else None
    for target in plan.target:
        if target.id == values.text(asked, "target"):
            for gap in missing.of_target(tx, plan, target, ctx.today):
                if survey == (gap.survey.id if gap.survey else None):
                    return gap
    raise UserError("errors.no_such_button")


def _page(ctx: Context, plan: Plan, gap: Gap, offset: int) -> Card:
    """Those of a page, a row a body."""
    t, there = ctx.t, _by_board(ctx, gap.there)
    blocks: list[Block] = [Text(t("missing.count", count=len(there)))]
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for one in there[offset : offset + PAGE]:
        rows[one.says.board].append(one.says.name)
    for board, names in rows.items():
        label = describe.board(t, ctx.plans.network, board) if board else t("missing.no_board")
        blocks.append(Item(label, ", ".join(names)))
    if gap.left:
        blocks.append(Text(t("missing.left", count=gap.left), muted=True))
    actions = [
        Action(
            t(f"missing.{label}"), "missing.page", gaps.values_of(plan, gap) | {"offset": str(at)}
        )
        for label, at, is_there in (
            ("before", max(0, offset - PAGE), offset > 0),
            ("after", offset + PAGE, offset + PAGE < len(there)),
        )
        if is_there
    ]
    if gap.survey is not None:
        see = {"id": str(gap.survey.id)}
        actions.append(Action(t("missing.survey"), "survey.open", see, hint=gaps.title(t, gap)))
    actions.append(Action(t("missing.back"), "missing.all"))
    return Card(t("missing.of_title", title=gaps.title(t, gap)), tuple(blocks), tuple(actions))


def _by_board(ctx: Context, there: Sequence[Record[Member]]) -> list[Record[Member]]:
    """By the network's order of bodies, those without one last; the names stay in order."""
    order = {body.id: place for place, body in enumerate(ctx.plans.network.body)}
    return sorted(there, key=lambda one: order.get(one.says.board, len(order)))
