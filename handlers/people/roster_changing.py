"""/people add, change and end: a manager keeps the roster, and can take each change back."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from handlers.chat import values
from handlers.chat.cards import Card, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.people import roster_form, roster_words
from storage import rosters
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.limits import Impossible
from storage.records import Record
from storage.rosters import Member, SameEmail

T = TypeVar("T")

router = Router()

ADD = {"add", "ajouter", "ajoute"}
CHANGE = {"change", "edit", "changer", "modifier", "corriger"}
END = {"end", "fin", "finir", "terminer", "depart"}
FEW = 6  # of those who go by the same words


async def add(ctx: Context, words: str) -> Reply:
    """Open the form with what the words say of someone."""
    check(ctx)
    return Reply(roster_form.build(ctx, roster_form.said(ctx, words), {}))


async def change(ctx: Context, words: str) -> Reply:
    """Open the form of the one who goes by these words."""
    check(ctx)
    return await _edit(ctx, await ctx.store.read(_the_one, ctx, words))


async def end(ctx: Context, words: str) -> Reply:
    """Ask for the last day of the one who goes by these words; they may end in it."""
    check(ctx)
    name, _, day = words.rpartition(" ")
    if not (name and values.is_day(day)):
        name, day = words, ctx.today.isoformat()
    return await _end(ctx, await ctx.store.read(_the_one, ctx, name), day)


@router.action("roster.add")
async def open_form(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with nothing said yet."""
    return await add(ctx, "")


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
            error = ctx.t("roster.error.ends")
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
    def reply(key: str, done: Record[Member]) -> Reply:
        return _receipt(ctx, done, key)

    if not carried:
        return ctx.change(
            rosters.add,
            lambda done: reply("roster.title.added", done),
            member,
            ctx.person,
            ctx.at,
        )
    id, version = values.whole(carried, "id"), values.whole(carried, "version")
    return ctx.change(
        rosters.change,
        lambda done: reply("roster.title.changed", done),
        id,
        version,
        member,
        ctx.person,
        ctx.at,
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


def _the_one(tx: Tx, ctx: Context, words: str) -> Record[Member] | Card:
    """Who goes by these words; a card to choose from where several do. Raises UserError."""
    if not words.strip():
        raise UserError("roster.who", example=ctx.t("roster.example.change"))
    by_name = rosters.by_email(tx, words) or rosters.named(tx, words)
    found = by_name or rosters.search(tx, words, FEW)
    if not found:
        raise UserError("roster.nobody", words=words, example=ctx.t("roster.example.change"))
    if len(found) == 1:
        return found[0]
    return Card(ctx.t("roster.which"), tuple(roster_words.item(ctx, one) for one in found[:FEW]))


async def _kindly(doing: Awaitable[T]) -> T:
    """The result, or why there is none in words about the roster."""
    try:
        return await doing
    except NotAllowed:
        raise UserError("roster.refused") from None
    except (NotFound, ChangedMeanwhile):
        raise UserError("roster.meanwhile") from None
