"""/deliveries: what was said by itself, when, to whom, and what became of it; managers, private.

Before it stand the jobs of the schedule that failed.

What a post says, and whatever somebody typed, is never shown here.
"""

from collections.abc import Mapping
from dataclasses import replace

from handlers.chat import values
from handlers.chat.cards import Action, Card, Item, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.deliveries import describe
from storage import addresses, delivered, occurrences, people
from storage.delivered import TROUBLE
from storage.deliveries import Delivery, State
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotFound
from storage.words import fold

router = Router()

PAGE = 8
LOOKS_BACK = 30 * 24 * 3600  # seconds, for jobs that failed
EVERY = frozenset(State)
# What can be asked for, by a name that buttons carry.
SHOWN = {"all": EVERY, "trouble": TROUBLE} | {state.value: frozenset({state}) for state in State}
BUTTONS = ("all", "trouble", "waiting")
# What can be typed, folded, in both languages.
WORDS: Mapping[str, str] = {
    "": "all",
    **dict.fromkeys(("all", "tout", "tous", "toutes", "list", "liste"), "all"),
    **dict.fromkeys(("sent", "said", "envoye", "envoyes", "envoyees", "dit", "dits"), "sent"),
    **dict.fromkeys(("waiting", "to come", "attente", "en attente", "a venir"), "waiting"),
    **dict.fromkeys(("dropped", "unsaid", "laisse", "laisses", "abandonnes"), "dropped"),
    **dict.fromkeys(("failed", "failures", "echec", "echecs", "echoues", "non envoyes"), "failed"),
    **dict.fromkeys(("unsure", "maybe", "incertain", "incertains", "peut-etre"), "unsure"),
    **dict.fromkeys(("trouble", "troubles", "problems", "probleme", "problemes"), "trouble"),
}


@router.command("deliveries", "envois")
async def shown(msg: Incoming, ctx: Context) -> Reply:
    """All of it, or what is of a state."""
    _check(ctx)
    which = WORDS.get(fold(msg.text))
    if which is None:
        raise UserError("deliveries.unknown", example=ctx.t("deliveries.example"))
    return Reply(await _page(ctx, which, 0))


@router.action("deliveries.page")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """Another page, or another choice."""
    _check(ctx)
    which = values.text(msg.values, "which")
    if which not in SHOWN:
        raise UserError("errors.no_such_button")
    return Reply(await _page(ctx, which, values.whole(msg.values, "offset")), replace=True)


@router.action("deliveries.again")
async def again(msg: Incoming, ctx: Context) -> Reply:
    """Have it said again; what may have been said only once that is known."""
    _check(ctx)
    id = values.whole(msg.values, "id")
    try:
        one = await ctx.store.read(delivered.find, id)
        if one.state is State.UNSURE and msg.values.get("sure") != "yes":
            return Reply(await ctx.store.read(_asked, ctx, one), replace=True)
        return await ctx.change(
            delivered.again,
            lambda one: Reply(_under_way(ctx, one), replace=True),
            id,
            ctx.person,
            ctx.at,
        )
    except (ChangedMeanwhile, NotFound):
        raise UserError("deliveries.changed") from None


def _check(ctx: Context) -> None:
    if not ctx.person.role.manages:
        raise UserError("deliveries.refused")


async def _page(ctx: Context, which: str, offset: int) -> Card:
    return await ctx.store.read(_read, ctx, which, offset)


def _read(tx: Tx, ctx: Context, which: str, offset: int) -> Card:
    t, states = ctx.t, SHOWN[which]
    found = delivered.latest(tx, states, PAGE, offset)
    there = delivered.count(tx, states)
    blocks = [_item(tx, ctx, one) for one in found]
    if State.FAILED in states and not offset:
        failed = occurrences.failures(tx, ctx.at - LOOKS_BACK, ctx.at)
        blocks = [
            Item(describe.job(t, one.job), describe.failure(t, one, ctx.now)) for one in failed
        ] + blocks
    none = Text(t(f"deliveries.none.{'trouble' if states <= TROUBLE else 'any'}"))
    turns = [
        Action(t(f"deliveries.{label}"), "deliveries.page", {"which": which, "offset": str(at)})
        for label, at, is_there in (
            ("before", max(0, offset - PAGE), offset > 0),
            ("after", offset + PAGE, offset + PAGE < there),
        )
        if is_there
    ]
    others = [
        Action(t(f"deliveries.show.{name}"), "deliveries.page", {"which": name, "offset": "0"})
        for name in BUTTONS
        if name != which
    ]
    private = Text(t("deliveries.private"), muted=True)
    title = t(f"deliveries.title.{which}")
    return Card(title, (*(blocks or (none,)), private), (*turns, *others))


def _item(tx: Tx, ctx: Context, one: Delivery) -> Item:
    t = ctx.t
    what = t("deliveries.item", what=describe.what(t, one), who=_who(tx, ctx, one))
    actions: tuple[Action, ...] = ()
    if delivered.can_be_again(one, ctx.at):
        of = {"id": str(one.id)}
        actions = (Action(t("deliveries.again"), "deliveries.again", of, hint=what),)
    return Item(what, describe.state(t, one, ctx.now), actions=actions)


def _who(tx: Tx, ctx: Context, one: Delivery) -> str:
    """The name of the person, or of the channel where it is known."""
    if one.post.person is not None:
        return people.get(tx, people.joined(tx).get(one.post.person, one.post.person)).name
    address = addresses.find(tx, one.platform, one.place)
    return (address and address.name) or ctx.t("deliveries.a_channel")


def _asked(tx: Tx, ctx: Context, one: Delivery) -> Card:
    """Whether it is to be said, though it may come twice."""
    t, of = ctx.t, {"id": str(one.id), "sure": "yes"}
    actions = (
        Action(t("deliveries.again_sure"), "deliveries.again", of, Style.DANGER),
        Action(t("deliveries.leave"), "deliveries.page", {"which": "trouble", "offset": "0"}),
    )
    item = replace(_item(tx, ctx, one), actions=())
    blocks = (item, Text(t("deliveries.twice")))
    return Card(t("deliveries.title.again"), blocks, actions, Tone.WARN)


def _under_way(ctx: Context, one: Delivery) -> Card:
    t = ctx.t
    back = Action(t("deliveries.back"), "deliveries.page", {"which": "trouble", "offset": "0"})
    says = t("deliveries.under_way", what=describe.what(t, one))
    return Card(t("deliveries.title.under_way"), (Text(says),), (back,), Tone.GOOD)
