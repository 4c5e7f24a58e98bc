"""Has the week said in a channel, also at a manager's word, and opens what it is made of."""

from collections.abc import Mapping
from datetime import date

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Reply, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from handlers.progress.opened import carried
from handlers.progress.weekly import card, week
from handlers.progress.weekly.week import Week
from storage import channels, deliveries
from storage.channels import Channel
from storage.deliveries import Post
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.limits import FIRST_DAY
from storage.local_time import HOME
from storage.plan_files import Plans

router = Router()

SAYS = "weekly.progress"  # what the post says
WORDS = {"post", "publier"}  # after /progress: say it now
SOON = 3600  # seconds after which nobody waits for what they asked for


def values_of(platform: str, channel: str, day: date) -> dict[str, str]:
    """What the post carries: the channel, and the day before which the week ends."""
    return {"platform": platform, "channel": channel, "day": day.isoformat()}


@router.post(SAYS)
def tell(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """The week; nothing where the channel is told nothing any more, or no plan is in force."""
    day = date.fromisoformat(of["day"])
    record = channels.of(tx, of["platform"], of["channel"])
    if "asked" in of:
        says = _setting(tx, telling.plans, of["platform"], of["channel"], day)
    elif record is None or not record.says.on:
        return None
    else:
        says = record.says
    scope = week.of_channel(tx, telling.plans, says, day)
    return card.build(tx, telling.t, telling.plans, Week.read(tx, scope, day)) if scope else None


async def post_now(ctx: Context) -> Reply:
    """Say it in this channel now, whatever it is told by itself."""
    t, place, day = ctx.t, ctx.place, ctx.now.astimezone(HOME).date()
    if not ctx.person.role.manages:
        raise NotAllowed
    if place.direct:
        raise UserError("weekly.not_here", example=t("weekly.example"))

    def work(tx: Tx) -> None:
        says = _setting(tx, ctx.plans, place.platform, place.id, day)
        if week.of_channel(tx, ctx.plans, says, day) is None:
            raise UserError("weekly.no_plan", example=t("channel.example"))
        once, where = f"weekly/{ctx.key}", (place.platform, place.id)
        of = values_of(*where, day) | {"asked": "yes"}
        post = Post(once, SAYS, of, channel=where, due=ctx.at, until=ctx.at + SOON)
        deliveries.put(tx, post, ctx.at)

    sent = Card(t("weekly.sent"), (Text(t("weekly.on_its_way")),), tone=Tone.GOOD)
    return await ctx.change(work, lambda _: Reply(sent))


@router.action("weekly.changes")
async def changes(msg: Incoming, ctx: Context) -> Reply:
    """Every figure that moved in the week, each to be opened."""
    t, found = ctx.t, await _week(msg, ctx)
    rows: list[Block] = [card.row(t, one, (_open(ctx, found, one),)) for one in found.moved]
    title = t("weekly.changed", first=t.day(found.first), last=t.day(found.last))
    return Reply(Card(title, tuple(rows) or (Text(t("weekly.nothing")),)))


@router.action("weekly.sources")
async def sources(msg: Incoming, ctx: Context) -> Reply:
    """Which of the post's figures to open."""
    found = await _week(msg, ctx)
    actions = tuple(_open(ctx, found, one, named=True) for one in found.few)
    return Reply(Card(ctx.t("weekly.which"), (), actions))


def _open(ctx: Context, of: Week, one: week.Row, *, named: bool = False) -> Action:
    target = one.now.target
    name = target.name[ctx.t.language]
    label, hint = (name, "") if named else (ctx.t("progress.open"), name)
    return Action(label, "progress.open", carried(of.scope.plan, target), hint=hint)


async def _week(msg: Incoming, ctx: Context) -> Week:
    day = values.day(msg.values, "day")

    def read(tx: Tx) -> Week | None:
        scope = week.of_button(tx, ctx.plans, msg.values)
        return Week.read(tx, scope, day) if scope else None

    found = await ctx.store.read(read) if FIRST_DAY < day <= ctx.today + week.WEEK else None
    if found is None:
        raise UserError("errors.no_such_button")
    return found


def _setting(tx: Tx, plans: Plans, platform: str, channel: str, day: date) -> Channel:
    """What the channel is told, or would be: the plan of the day."""
    record = channels.of(tx, platform, channel)
    return record.says if record else Channel(platform, channel, plans.current(day).programme)
