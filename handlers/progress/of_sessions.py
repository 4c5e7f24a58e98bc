"""A target of sessions opened: who came from where, and the sessions that count or do not."""

from collections import Counter
from fractions import Fraction

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Table, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.progress import gathering, of_communities, words
from handlers.progress.choosing import chosen_plan, chosen_target
from handlers.progress.opened import PAGE, Opened, back, carried, pages
from storage import community_meetings, indicators, target_sessions
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.figures import Figure
from storage.plan import Measure, Plan, Target
from storage.records import Record
from storage.sessions import Session
from storage.target_sessions import OTHER, Held

router = Router()

MOST_MEETINGS = 6  # columns of the table of who came to which
COUNTED, APART = "counted", "apart"
CARRIED = ("target", "of", "which", "community")


def opened(tx: Tx, ctx: Context, plan: Plan, figure: Figure) -> Opened:
    """How many count and why, the parts, and who came."""
    t, target = ctx.t, figure.target
    gathered = indicators.gathered(tx, plan, target, ctx.today)
    how = [_how(ctx, plan, figure), _apart(ctx, gathered.held)]
    facts = gathering.facts(ctx, gathered) if gathered.sum.sessions else ()
    blocks: list[Block] = [Text(t("progress.sum_only"))] if words.only_sum(figure) else []
    parts = words.of_parts(t, figure)
    actions = buttons(ctx, plan, target, target, gathered.held)
    if target.each_community:  # each opens to its own
        blocks += of_communities.blocks(ctx, plan, figure, gathered.held)
        parts, actions = (), tuple(one for one in actions if one.values["which"] == APART)
    elif other := _without_part(figure):
        blocks.append(Text(t("progress.no_part", count=other)))
    if gathered.sum.participants:
        table = _by_board if target.paced else _by_meeting
        blocks.append(table(ctx, gathered))
    return Opened(
        " ".join(one for one in how if one),
        (*parts, *facts),
        tuple(blocks),
        actions,
    )


def buttons(
    ctx: Context, plan: Plan, target: Target, of: Target, held: list[Held]
) -> tuple[Action, ...]:
    """Buttons to the sessions behind the figure of a target; ``of`` is the one they are for."""
    if not ctx.person.role.logs:
        return ()
    t = ctx.t
    asked = carried(plan, target) | {"of": of.id, "offset": "0"}
    count = Counter(APART if one.why else COUNTED for one in held)
    return tuple(
        Action(
            t(f"progress.sessions.{which}", count=count[which]),
            "progress.sessions",
            asked | {"which": which},
        )
        for which in (COUNTED, APART)
        if count[which]
    )


@router.action("progress.sessions")
async def show_sessions(msg: Incoming, ctx: Context) -> Reply:
    """The sessions that count for a target; or apart, those that do not and why."""
    if not ctx.person.role.logs:
        raise NotAllowed
    t, plan = ctx.t, chosen_plan(ctx, msg.values)
    id = values.text(msg.values, "of")
    of = OTHER if id == OTHER.id else chosen_target(plan, {"target": id})
    which, offset = values.text(msg.values, "which"), values.whole(msg.values, "offset")
    if of.measure is not Measure.SESSIONS or which not in (COUNTED, APART):
        raise UserError("errors.no_such_button")
    community = values.text(msg.values, "community") if "community" in msg.values else None
    count, found = await ctx.store.read(_page, ctx, plan, of, which, community, offset)
    blocks: list[Block] = [Text(t(f"progress.{which}", count=count))]
    blocks += [_item(ctx, held, record) for held, record in found]
    asked = {name: msg.values[name] for name in CARRIED if name in msg.values}
    asked["plan"] = plan.id
    turns = pages(t, "progress.sessions", asked, offset, offset + PAGE < count)
    card = Card(of.name[t.language], tuple(blocks), (*turns, back(ctx, plan, msg.values)))
    return Reply(card, replace=True)


def _page(
    tx: Tx, ctx: Context, plan: Plan, of: Target, which: str, community: str | None, offset: int
) -> tuple[int, list[tuple[Held, Record[Session]]]]:
    there = [str(one.id) for one in community_meetings.counted(tx, plan, of)]
    held = [
        one
        for one in target_sessions.of_target(tx, plan, of, ctx.today)
        if (one.why is None) is (which == COUNTED)
        and community in (None, of_communities.community_of(one, there))
    ]
    page = held[offset : offset + PAGE]
    return len(held), [(one, target_sessions.said(tx, one)) for one in page]


def _item(ctx: Context, held: Held, record: Record[Session]) -> Item:
    t = ctx.t
    text = describe.session(t, record.says)
    why = t(f"progress.why.{held.why}") if held.why else ""
    known = "" if held.why else gathering.known(ctx, held)
    network = ctx.plans.network
    audience = ", ".join(describe.role(t, network, id, 2) for id in record.says.audience)
    detail = " · ".join(one for one in (why, record.says.theme, audience, known) if one)
    open_ = Action(t("progress.open"), "session.open", {"id": str(record.id)}, hint=text)
    return Item(text, detail, actions=(open_,))


def _how(ctx: Context, plan: Plan, figure: Figure) -> str:
    t, target = ctx.t, figure.target
    last = min(ctx.today, plan.ends)
    count = _in_parts(figure) if target.each_community else figure.actual
    how = [t("progress.how_sessions", count=int(count or 0), day=t.day(last))]
    if target.days > 1:
        how.append(t("progress.how_days", days=t.number(target.days)))
    if target.minimum_minutes:
        how.append(t("progress.how_long", length=t.duration(target.minimum_minutes)))
    if target.each_community:
        how.append(t("progress.how_each"))
    if target.head_counts:
        how.append(t("progress.how_heads"))
    return " ".join(how)


def _apart(ctx: Context, held: list[Held]) -> str:
    """How many do not count, for which reasons; "" where all do."""
    t = ctx.t
    reasons = Counter(one.why for one in held if one.why)
    if not reasons:
        return ""
    said = [f"{t(f'progress.why.{why}')} ({t.number(count)})" for why, count in reasons.items()]
    return t("progress.how_apart", count=reasons.total(), why=", ".join(said))


def _without_part(figure: Figure) -> int:
    """How many sessions are of no part of the goal, where it has parts."""
    return int((figure.actual or 0) - _in_parts(figure)) if figure.parts else 0


def _in_parts(figure: Figure) -> Fraction:
    return sum((one.actual or Fraction(0) for one in figure.parts), Fraction(0))


def _by_board(ctx: Context, gathered: indicators.Gathered) -> Table:
    t, network = ctx.t, ctx.plans.network
    rows = [(describe.board(t, network, id), n) for id, n in gathered.boards.items()]
    if gathered.no_board:
        rows.append((t("progress.none"), gathered.no_board))
    return Table(
        t("progress.by.board"),
        (t("progress.column.board"), t("indicators.participants")),
        tuple((label, t.number(number)) for label, number in rows),
        numeric=(1,),
    )


def _by_meeting(ctx: Context, gathered: indicators.Gathered) -> Table:
    """How many of each of the network's bodies came to each of the newest meetings."""
    t = ctx.t
    newest = [one for one in gathered.held if one.why is None][:MOST_MEETINGS][::-1]
    came = [gathered.came[one.session] for one in newest]
    rows = [
        (body.short[t.language], *(_cell(t, one.of.get(body.id, 0)) for one in came))
        for body in ctx.plans.network.body
    ]
    if any(one.none for one in came):
        rows.append((t("progress.none"), *(_cell(t, one.none) for one in came)))
    header = t("progress.column.board"), *(t.short_date(one.last) for one in newest)
    return Table(t("progress.by.meeting"), header, tuple(rows), tuple(range(1, len(header))))


def _cell(t: Texts, number: int) -> str:
    return t.number(number) if number else "–"
