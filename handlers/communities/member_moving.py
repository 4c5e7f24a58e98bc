"""A member of a community moves to another: asked by a line or a button, and taken back at once."""

from collections.abc import Callable, Mapping
from datetime import date

from handlers.chat import values
from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.communities import member_form, member_naming, member_view, words
from handlers.communities.member_view import Joined
from storage import communities, participants, records
from storage.communities import MEMBERSHIP
from storage.engine import Tx
from storage.errors import NotAllowed

router = Router()

MOVE = {"move", "deplacer", "deplace"}


async def move(ctx: Context, text: str) -> Reply:
    """Move the one whom the line names to the community it says."""
    _check(ctx)
    said, to, found = await ctx.store.read(member_naming.said, ctx, text)
    if to is None:
        raise UserError("community.member_how", example=ctx.t("community.example.move"))
    one = await ctx.store.read(member_naming.held, ctx, found, said.name, not_in=to.id)
    return await _move(ctx, member_view.values_of(one.record), to.id, said.day or ctx.today)


@router.action("community.move_member")
async def move_member(msg: Incoming, ctx: Context) -> Reply:
    """Ask which community somebody moves to."""
    _check(ctx)
    return await _ask_move(ctx, msg.values, {"starts": ctx.today.isoformat()}, {})


@router.action("community.moved")
async def moved(msg: Incoming, ctx: Context) -> Reply:
    """The community and the day were given."""
    _check(ctx)
    to, day = msg.values.get("to", ""), msg.values.get("starts", "")
    there = await ctx.store.read(communities.running, ctx.today)
    errors: dict[str, str] = {}
    if to not in {str(one.id) for one in there}:
        errors["to"] = ctx.t("community.why.choice")
    if not values.is_day(day):
        errors["starts"] = ctx.t("community.why.day")
    if errors:
        return await _ask_move(ctx, msg.values, msg.values, errors)
    return await _move(ctx, msg.values, int(to), date.fromisoformat(day))


async def undo(msg: Incoming, ctx: Context, id: int, version: int) -> Reply:
    """Take back both memberships that a move made, of which the new one has this number."""
    left = values.whole(msg.values, "left"), values.whole(msg.values, "left_version")

    def work(tx: Tx) -> Joined:
        undone = participants.undo_move(tx, left, (id, version), ctx.person, ctx.at)
        return member_view.see(tx, ctx, undone, _now(tx, left[0]))

    return await _done(ctx, work)


async def _move(ctx: Context, of: Mapping[str, str], to: int, day: date) -> Reply:
    id, version = values.whole(of, "id"), values.whole(of, "version")

    def work(tx: Tx) -> Joined:
        done = participants.move(tx, id, version, to, day, ctx.person, ctx.at)
        return member_view.see(tx, ctx, done, None if done.id == id else _now(tx, id))

    return await _done(ctx, work)


async def _done(ctx: Context, work: Callable[[Tx], Joined]) -> Reply:
    return await ctx.change(
        lambda tx: member_view.kindly(tx, ctx, work),
        lambda one: member_view.reply(ctx, one, "community.title.moved"),
    )


def _now(tx: Tx, id: int) -> tuple[int, int]:
    return id, records.get(tx, MEMBERSHIP, id).version


async def _ask_move(
    ctx: Context, of: Mapping[str, str], filled: Mapping[str, str], errors: Mapping[str, str]
) -> Reply:
    one = await ctx.store.read(member_view.get, ctx, values.whole(of, "id"))
    there = await ctx.store.read(communities.running, ctx.today)
    choices = {
        str(other.id): words.title(ctx, other.says)
        for other in there
        if other.id != one.record.says.community
    }
    carried = {name: values.text(of, name) for name in ("id", "version")}
    title = ctx.t("community.form.move", name=one.member.says.name)
    return Reply(member_form.to_another(ctx, title, choices, filled, carried, errors))


def _check(ctx: Context) -> None:
    if not ctx.person.role.manages:
        raise NotAllowed
