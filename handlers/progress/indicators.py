"""/progress indicators: what is reported without a target, by strand, each a press from opening."""

from collections import defaultdict

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Heading, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.progress import gathering, of_hours, of_outputs, of_partners, words
from handlers.progress.choosing import chosen_plan, strands
from handlers.progress.of_sessions import COUNTED
from handlers.progress.opened import PAGE, back, carried, pages
from storage import indicators, requests
from storage.engine import Tx
from storage.entries import Entry
from storage.errors import NotAllowed
from storage.figures import Other, Reading
from storage.indicators import Gathered, Indicators, Made, Out, Papers, Partners, Support
from storage.outputs import SITE
from storage.plan import EntryKind, Plan, Target
from storage.requests import Requests
from storage.target_sessions import OTHER

router = Router()

WORDS = {"indicator", "indicators", "indicateur", "indicateurs"}


async def reply(ctx: Context, plan: Plan, *, replace: bool) -> Reply:
    """Every indicator of a plan."""
    read = await ctx.store.read(indicators.read, plan, ctx.today)
    return Reply(show(ctx, plan, read), replace=replace)


@router.action("progress.indicators")
async def show_indicators(msg: Incoming, ctx: Context) -> Reply:
    """The indicators, in the place of the targets."""
    return await reply(ctx, chosen_plan(ctx, msg.values), replace=True)


@router.action("progress.requests")
async def show_requests(msg: Incoming, ctx: Context) -> Reply:
    """The entries that answer a request: all for a manager, one's own for staff."""
    if not ctx.person.role.logs:
        raise NotAllowed
    t, plan, offset = ctx.t, chosen_plan(ctx, msg.values), values.whole(msg.values, "offset")
    found, names, whole = await ctx.store.read(_answering, ctx, plan, offset)
    blocks: list[Block] = [Text(t("indicators.answered", count=whole.entries))]
    blocks += of_hours.items(ctx, found[:PAGE], names)
    turns = pages(t, "progress.requests", {"plan": plan.id}, offset, len(found) > PAGE)
    title = t("indicators.requests", count=whole.requests)
    actions = (*turns, back(ctx, plan, {}))
    return Reply(Card(title, tuple(blocks), actions), replace=True)


def show(ctx: Context, plan: Plan, read: Indicators) -> Card:
    """The card of all indicators: what a plan has no target of, it doesn't report here."""
    t, strand_of = ctx.t, strands(plan)
    rows: defaultdict[str, list[Block]] = defaultdict(list)
    for gathered in read.gathered:
        target = gathered.target
        opens = _gathered(ctx, gathered, "progress.open", carried(plan, target))
        rows[strand_of[target.id]].append(opens)
    for made in read.made:
        rows[strand_of[made.target.id]].append(_made(ctx, plan, made))
    if read.made:
        rows[strand_of[read.made[0].target.id]].append(_site(ctx, plan, read.site_updates))
    for target in plan.target:
        if target.entries is EntryKind.ACCOMPANIMENT:
            rows[strand_of[target.id]].append(_requests(ctx, plan, read.requests))
        if target.entries is EntryKind.PARTNER:
            rows[strand_of[target.id]].append(_support(ctx, plan, target, read.support))
            rows[strand_of[target.id]].append(_partners(ctx, plan, read.partners))
    for out in read.out:
        rows[strand_of[out.target.id]].append(_out(ctx, plan, out))
    for papers in read.papers:
        rows[strand_of[papers.target.id]].append(_papers(ctx, plan, papers))
    blocks: list[Block] = [
        Text(t("progress.as_of", day=t.full_date(min(ctx.today, plan.ends)))),
        Text(t("indicators.intro"), muted=True),
    ]
    for strand in plan.strand:
        if rows[strand.id]:
            title = f"{strand.id} · {strand.title[t.language]}"
            blocks += [Heading(title), *rows[strand.id]]
    if read.others.sum.sessions:
        asked = {"plan": plan.id, "of": OTHER.id, "which": COUNTED, "offset": "0"}
        blocks.append(_gathered(ctx, read.others, "progress.sessions", asked))
    back_ = Action(t("progress.back"), "progress.all", {"plan": plan.id})
    return Card(t("indicators.title", plan=plan.title[t.language]), tuple(blocks), (back_,))


def _gathered(ctx: Context, one: Gathered, opens: str, asked: dict[str, str]) -> Item:
    t, name = ctx.t, one.target.name[ctx.t.language]
    count = one.sum.sessions
    facts = gathering.facts(ctx, one) if count else ()
    said = [t("indicators.sessions", count=count)]
    said += [t("indicators.fact", label=label, value=value) for label, value in facts]
    shown = opens == "progress.open" or ctx.person.role.logs
    open_ = Action(t("progress.open"), opens, asked, hint=name)
    return Item(name, " · ".join(said), actions=(open_,) if shown else ())


def _made(ctx: Context, plan: Plan, one: Made) -> Item:
    t, name = ctx.t, one.target.name[ctx.t.language]
    detail = t("indicators.made", count=one.recorded, published=t.number(one.published))
    return Item(name, detail, actions=_list(ctx, plan, one.target.id, name))


def _site(ctx: Context, plan: Plan, updates: int) -> Item:
    t, name = ctx.t, ctx.t("indicators.site")
    return Item(name, t("indicators.updates", count=updates), actions=_list(ctx, plan, SITE, name))


def _list(ctx: Context, plan: Plan, id: str, name: str) -> tuple[Action, ...]:
    """The button to the outputs of a target."""
    label = {id: ctx.t("progress.open")}
    return of_outputs.buttons(ctx, {"plan": plan.id}, label, hint=name)


def _requests(ctx: Context, plan: Plan, read: Requests) -> Item:
    t, network = ctx.t, ctx.plans.network
    said = [t("indicators.answered", count=read.entries)]
    if read.people:
        said.append(_fact(ctx, "indicators.asked", gathering.roles(ctx, read.people)))
    boards = [
        t("indicators.of_board", board=describe.board(t, network, id), number=t.number(number))
        for id, number in read.boards.items()
        if id
    ]
    if boards:
        said.append(_fact(ctx, "indicators.boards", ", ".join(boards)))
    if none := read.boards.get("", 0):
        said.append(t("indicators.boardless", count=none))
    title, actions = t("indicators.requests", count=read.requests), tuple[Action, ...]()
    if ctx.person.role.logs:
        asked = {"plan": plan.id, "offset": "0"}
        actions = (Action(t("progress.open"), "progress.requests", asked, hint=title),)
    return Item(title, " · ".join(said), actions=actions)


def _support(ctx: Context, plan: Plan, target: Target, read: Support) -> Item:
    t = ctx.t
    said = [t("indicators.support", count=read.entries)]
    said += _named(ctx, {"supported_tables": read.tables, "organisations": read.organisations})
    return Item(t("indicators.supported"), " · ".join(said), actions=(_open(ctx, plan, target),))


def _partners(ctx: Context, plan: Plan, read: Partners) -> Item:
    t = ctx.t
    said = [t("indicators.agreements", count=read.agreements)]
    said += _named(ctx, {"seats": read.seats, "potential": read.potential, "new": read.new})
    opens = of_partners.buttons(ctx, plan)
    return Item(t("indicators.partnerships"), " · ".join(said), actions=opens)


def _named(ctx: Context, lists: dict[str, tuple[str, ...]]) -> list[str]:
    """How many of each, and their names."""
    return [
        _fact(ctx, f"indicators.{label}", f"{ctx.t.number(len(names))} ({', '.join(names)})")
        for label, names in lists.items()
        if names
    ]


def _out(ctx: Context, plan: Plan, one: Out) -> Item:
    t, name = ctx.t, one.target.name[ctx.t.language]
    said = [t("indicators.sent", count=one.surveys)]
    if one.asked:
        share = words.share(t, Reading(Other.RESPONSE, one.completed, one.asked))
        said.append(t("progress.handed_in", share=share))
    return Item(name, " · ".join(said), actions=(_open(ctx, plan, one.target),))


def _papers(ctx: Context, plan: Plan, one: Papers) -> Item:
    t, name = ctx.t, one.target.name[ctx.t.language]
    numbers = {"sent": t.number(one.sent), "posted": t.number(one.posted)}
    said = t("indicators.papers", count=one.prepared, **numbers)
    return Item(name, said, actions=(_open(ctx, plan, one.target),))


def _fact(ctx: Context, label: str, value: str) -> str:
    return ctx.t("indicators.fact", label=ctx.t(label), value=value)


def _open(ctx: Context, plan: Plan, target: Target) -> Action:
    name = target.name[ctx.t.language]
    return Action(ctx.t("progress.open"), "progress.open", carried(plan, target), hint=name)


def _answering(
    tx: Tx, ctx: Context, plan: Plan, offset: int
) -> tuple[list[Entry], dict[int, str], Requests]:
    last = min(ctx.today, plan.ends)
    found = requests.answering(tx, plan.starts, last, ctx.person, limit=PAGE + 1, offset=offset)
    return found, of_hours.owners(tx, found), requests.read(tx, plan.starts, last)
