"""/people add, change and end: a manager keeps the roster, and can take each change back."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.files.names import same
from handlers.people import roster_form, roster_line, roster_words
from storage import rosters
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.limits import Impossible
from storage.records import Record
from storage.rosters import Member, SameEmail

T = TypeVar("T")

router = Router()

ADD = {"add", "ajouter", "ajoute"}
CHANGE = {"change", "edit", "update", "changer", "modifier", "corriger"}
END = {"end", "remove", "left", "fin", "finir", "terminer", "depart", "retirer"}
FEW = 6  # of those who go by the same words


async def add(ctx: Context, words: str) -> Reply:
    """Open the form with what the words say of someone."""
    check(ctx)
    filled = roster_line.said(ctx.plans.network, words, ctx.today)
    return Reply(roster_form.build(ctx, filled, {}))


async def change(ctx: Context, words: str) -> Reply:
    """Open the form of the one who goes by these words."""
    check(ctx)
    return await _edit(ctx, await ctx.store.read(_the_one, ctx, words))


async def end(ctx: Context, words: str) -> Reply:
    """Ask for the last day of the one who goes by these words; they may end in it."""
    check(ctx)
    one, day = await ctx.store.read(_leaving, ctx, words)
    return await _end(ctx, one, day.isoformat())


@router.action("roster.add")
async def open_form(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with nothing said yet but perhaps a name."""
    return await add(ctx, msg.values.get("name", ""))


@router.action("roster.edit")
async def edit(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with what a member says."""
    check(ctx)
    return await _edit(ctx, await _seen(msg, ctx))


@router.action("roster.end")
async def ask_end(msg: Incoming, ctx: Context) -> Reply:
    """Ask for a member's last day."""
    check(ctx)
    return await _end(ctx, await _seen(msg, ctx), ctx.today.isoformat())


@router.action("roster.save")
async def save(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent: add someone, or change them."""
    check(ctx)
    carried = {name: msg.values[name] for name in ("id", "version") if name in msg.values}
    member, errors = roster_form.read(ctx, msg.values)
    if member is not None:
        try:
            return await _kindly(_save(ctx, carried, member))
        except SameEmail as error:
            name = error.member.says.name
            errors = {"email": ctx.t("roster.error.same_email", name=name)}
        except Impossible as error:
            errors = {error.field: ctx.t("roster.error.impossible")}
    return Reply(roster_form.build(ctx, msg.values, carried, errors))


@router.action("roster.ended")
async def ended(msg: Incoming, ctx: Context) -> Reply:
    """The last day was given: it stands on the roster."""
    check(ctx)
    id, version = values.whole(msg.values, "id"), values.whole(msg.values, "version")
    day = msg.values.get("ends", "")
    member = (await _kindly(ctx.store.read(rosters.get, id))).says
    error = "" if values.is_day(day) else ctx.t("roster.error.day")
    if not error:
        leaves = replace(member, ends=date.fromisoformat(day))
        try:
            return await _kindly(
                ctx.change(
                    rosters.change,
                    lambda done: _receipt(ctx, done, "roster.title.ended"),
                    id,
                    version,
                    leaves,
                    ctx.person,
                    ctx.at,
                )
            )
        except Impossible:
            early = member.starts is not None and date.fromisoformat(day) < member.starts
            error = ctx.t("roster.error.ends" if early else "roster.error.impossible")
        except SameEmail as same_email:
            name = same_email.member.says.name
            error = ctx.t("roster.error.same_email", name=name)
    carried = {"id": str(id), "version": str(version)}
    return Reply(roster_form.leaving(ctx, member.name, day, carried, error))


@router.action("roster.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of a member."""
    try:
        return await _kindly(
            ctx.change(
                rosters.undo,
                lambda done: _receipt(ctx, done, "roster.title.restored"),
                values.whole(msg.values, "id"),
                values.whole(msg.values, "version"),
                ctx.person,
                ctx.at,
            )
        )
    except SameEmail as error:
        raise UserError("roster.error.same_email", name=error.member.says.name) from None


def check(ctx: Context) -> None:
    """Raise UserError where the person doesn't keep the roster."""
    if not ctx.person.role.manages:
        raise UserError("roster.refused")


def _save(ctx: Context, carried: dict[str, str], member: Member) -> Awaitable[Reply]:
    if not carried:

        def put(tx: Tx) -> Reply:
            done = rosters.add(tx, _again(tx, member), ctx.person, ctx.at)
            beside = _beside(tx, ctx, done)
            return Reply(
                roster_words.receipt(ctx, done, "roster.title.added", beside), replace=True
            )

        return ctx.change(put, lambda reply: reply)
    id, version = values.whole(carried, "id"), values.whole(carried, "version")

    def work(tx: Tx) -> Record[Member]:
        # As whom they are the same is said elsewhere, and stays.
        says = replace(member, same_as=rosters.get(tx, id).says.same_as)
        return rosters.change(tx, id, version, says, ctx.person, ctx.at)

    return ctx.change(work, lambda done: _receipt(ctx, done, "roster.title.changed"))


def _again(tx: Tx, member: Member) -> Member:
    """The member, as one human with who has left under this e-mail and name."""
    for before in rosters.by_email(tx, member.email):
        if same(before.says.name, member.name):
            return replace(member, same_as=rosters.human(tx, before.id))
    return member


def _beside(tx: Tx, ctx: Context, done: Record[Member]) -> tuple[Block, ...]:
    """Whether it is someone who came back; or that others are on the roster under this name."""
    t = ctx.t
    if done.says.same_as:
        return (Text(t("roster.again"), muted=True),)
    others = [one for one in rosters.named(tx, done.says.name) if one.id != done.id]
    return tuple(
        Item(
            t("roster.namesake", line=roster_words.line(t, ctx.plans.network, one.says)),
            actions=(
                Action(
                    t("roster.same.title.ask"),
                    "roster.same",
                    {"one": str(one.id), "other": str(done.id)},
                ),
            ),
        )
        for one in others[:FEW]
    )


def _receipt(ctx: Context, done: Record[Member], key: str) -> Reply:
    return Reply(roster_words.receipt(ctx, done, key), replace=True)


async def _edit(ctx: Context, one: Record[Member] | Card) -> Reply:
    if isinstance(one, Card):
        return Reply(one)
    carried = {"id": str(one.id), "version": str(one.version)}
    return Reply(roster_form.build(ctx, roster_form.values_of(one.says), carried))


async def _end(ctx: Context, one: Record[Member] | Card, day: str) -> Reply:
    if isinstance(one, Card):
        return Reply(one)
    carried = {"id": str(one.id), "version": str(one.version)}
    return Reply(roster_form.leaving(ctx, one.says.name, day, carried))


async def _seen(msg: Incoming, ctx: Context) -> Record[Member]:
    """The member whose button was pressed. Raises UserError where it has gone on since."""
    one = await _kindly(ctx.store.read(rosters.get, values.whole(msg.values, "id")))
    if one.version != values.whole(msg.values, "version") or one.voided is not None:
        raise UserError("roster.meanwhile")
    return one


def _leaving(tx: Tx, ctx: Context, words: str) -> tuple[Record[Member] | Card, date]:
    """Whom the words name, and the last day where they end in one; else today."""
    if not _found(tx, words):
        for name, day in roster_line.leaving(words, ctx.today):
            if _found(tx, name):
                return _the_one(tx, ctx, name), day
    return _the_one(tx, ctx, words), ctx.today


def _found(tx: Tx, words: str) -> list[Record[Member]]:
    """Those who go by these words: an e-mail, a whole name, else a part; none for ""."""
    by_name = rosters.by_email(tx, words) or rosters.named(tx, words)
    return by_name or (rosters.search(tx, words, FEW + 1) if words.strip() else [])


def _the_one(tx: Tx, ctx: Context, words: str) -> Record[Member] | Card:
    """Who goes by these words; a card to choose from where several do. Raises UserError."""
    if not words.strip():
        raise UserError("roster.who", example=ctx.t("roster.example.change"))
    found = _found(tx, words)
    if not found:
        raise UserError("roster.nobody", words=words, example=ctx.t("roster.example.change"))
    if len(found) == 1:
        return found[0]
    known = [roster_words.known(tx, one.id) for one in found[:FEW]]
    more = len(rosters.found(tx, words)) if len(found) > FEW else 0
    see = Action(ctx.t("roster.see", count=more), "roster.page", {"words": words, "offset": "0"})
    items = tuple(roster_words.item(ctx, one) for one in known)
    return Card(ctx.t("roster.which"), items, (see,) if more else ())


async def _kindly(doing: Awaitable[T]) -> T:
    """The result, or why there is none in words about the roster."""
    try:
        return await doing
    except NotAllowed:
        raise UserError("roster.refused") from None
    except (NotFound, ChangedMeanwhile):
        raise UserError("roster.meanwhile") from None
