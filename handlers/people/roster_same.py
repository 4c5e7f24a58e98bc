"""/people same: two lines of the roster are one person, or two; shown first, and undone again."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from handlers.chat import values
from handlers.chat.cards import Action, Card, Facts, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.people import roster_changing, roster_words
from handlers.people.roster_words import Known
from storage import presences, rosters, same_people
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.limits import Impossible
from storage.people import Person
from storage.records import Record
from storage.rosters import Member
from storage.same_people import Decision

T = TypeVar("T")

router = Router()

SAME = {"same", "meme", "pareil", "pareille", "identique"}
FEW = 6  # of those who go by the same words

Decide = Callable[[Tx, int, int, Person, int], Record[Decision]]


async def start(ctx: Context, words: str) -> Reply:
    """Show the two that the words name: "Marie Tremblay = M. Tremblay"; or a name of just two."""
    roster_changing.check(ctx)

    def read(tx: Tx) -> Card:
        one, equals, other = (part.strip() for part in words.partition("="))
        if one and equals and other:
            return _asked(tx, ctx, _the_one(tx, ctx, one).id, _the_one(tx, ctx, other).id)
        two = _found(tx, one) if one and not equals else []
        if len(two) != 2:
            raise UserError("roster.same.how", example=ctx.t("roster.same.example"))
        return _asked(tx, ctx, two[1].id, two[0].id)

    return Reply(await ctx.store.read(read))


@router.action("roster.same")
async def ask(msg: Incoming, ctx: Context) -> Reply:
    """Show two, and ask whether they are one."""
    roster_changing.check(ctx)
    one, other = values.whole(msg.values, "one"), values.whole(msg.values, "other")
    return Reply(await _kindly(ctx.store.read(_asked, ctx, one, other)))


@router.action("roster.join")
async def join(msg: Incoming, ctx: Context) -> Reply:
    """They are one."""
    return await _decide(msg, ctx, same_people.join, "joined")


@router.action("roster.part")
async def part(msg: Incoming, ctx: Context) -> Reply:
    """They are two."""
    return await _decide(msg, ctx, same_people.part, "apart")


@router.action("roster.unsame")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take a decision back; or take that back."""
    id, version = values.whole(msg.values, "id"), values.whole(msg.values, "version")

    def work(tx: Tx) -> Card:
        undone = same_people.undo(tx, id, version, ctx.person, ctx.at)
        how = "joined" if undone.says.same else "apart"
        return _receipt(tx, ctx, undone, how if undone.voided is None else "undone")

    return await _kindly(ctx.change(work, lambda card: Reply(card, replace=True)))


async def _decide(msg: Incoming, ctx: Context, decide: Decide, how: str) -> Reply:
    one, other = values.whole(msg.values, "one"), values.whole(msg.values, "other")

    def work(tx: Tx) -> Card:
        return _receipt(tx, ctx, decide(tx, one, other, ctx.person, ctx.at), how)

    asked = "asked" in msg.values  # on a card that was about these two only
    return await _kindly(ctx.change(work, lambda card: Reply(card, replace=asked)))


def _asked(tx: Tx, ctx: Context, one: int, other: int) -> Card:
    """Both, and the buttons that say whether they are one. Raises UserError and NotFound."""
    if one == other:
        raise UserError("roster.same.itself")
    two = [roster_words.known(tx, id) for id in (one, other)]
    if any(known.member.voided is not None for known in two):
        raise NotFound
    t = ctx.t
    already = rosters.human(tx, one) == rosters.human(tx, other)
    asked = {"one": str(one), "other": str(other), "asked": "yes"}
    yes = Action(t("roster.same.yes"), "roster.join", asked, Style.PRIMARY)
    no = Action(t("roster.same.no"), "roster.part", asked)
    text = Text(t("roster.same.already" if already else "roster.same.ask"))
    buttons = (no,) if already else (yes, no)
    return Card(t("roster.same.title.ask"), (_both(tx, ctx, two), text), buttons)


def _receipt(tx: Tx, ctx: Context, done: Record[Decision], how: str) -> Card:
    t, says = ctx.t, done.says
    two = [roster_words.known(tx, id) for id in (says.one, says.other)]
    carried = {"id": str(done.id), "version": str(done.version)}
    label = t("roster.undo" if done.voided is None else "roster.restore")
    back = Action(label, "roster.unsame", carried, hint=two[1].member.says.name)
    blocks = (Text(t(f"roster.same.{how}.text")), _both(tx, ctx, two))
    tone = Tone.GOOD if done.voided is None else Tone.NEUTRAL
    return Card(t(f"roster.same.title.{how}"), blocks, (back,), tone)


def _both(tx: Tx, ctx: Context, two: list[Known]) -> Facts:
    t, network = ctx.t, ctx.plans.network
    labels = (t("roster.same.first"), t("roster.same.second"))
    there = presences.of_members(tx, [known.member.id for known in two])
    rows: list[tuple[str, str]] = []
    for label, known in zip(labels, two, strict=True):
        says, sessions = known.member.says, len(there[known.member.id])
        parts = (
            says.name,
            roster_words.line(t, network, says),
            says.email,
            t("roster.same.sessions", count=sessions),
        )
        rows.append((label, " · ".join(filter(None, parts))))
    return Facts(tuple(rows))


def _found(tx: Tx, words: str) -> list[Record[Member]]:
    """Those who go by these words, who started last first."""
    by_name = rosters.by_email(tx, words) or rosters.named(tx, words)
    return by_name or rosters.search(tx, words, FEW + 1)


def _the_one(tx: Tx, ctx: Context, words: str) -> Record[Member]:
    """The only one who goes by these words. Raises UserError."""
    found, example = _found(tx, words), ctx.t("roster.same.example")
    if not found:
        raise UserError("roster.nobody", words=words, example=example)
    if len(found) > 1:
        t, network = ctx.t, ctx.plans.network
        lines = [f"{one.says.name} ({roster_words.line(t, network, one.says)})" for one in found]
        few = "; ".join(lines[:FEW])
        raise UserError("roster.same.several", words=words, people=few, example=example)
    return found[0]


async def _kindly(doing: Awaitable[T]) -> T:
    """The result, or why there is none in words about the roster."""
    try:
        return await doing
    except NotAllowed:
        raise UserError("roster.refused") from None
    except (NotFound, ChangedMeanwhile, Impossible):
        raise UserError("roster.meanwhile") from None
