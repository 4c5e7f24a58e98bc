"""/pause: pauses what a person is told by itself, resumes it, and shows what is paused."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.chat import values
from handlers.chat.cards import Block, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.quiet import line, subjects, view
from handlers.quiet.subjects import Subject
from storage import quiet
from storage.engine import Tx
from storage.quiet import FURTHEST, Quiet
from storage.records import Record

router = Router()

Kept = tuple[Record[Quiet], str]  # with what it is about, in words


@router.command("pause", "pause")
async def pause(msg: Incoming, ctx: Context) -> Reply:
    """Pause or resume what the line names; alone, show what can be paused."""
    there = await ctx.store.read(_read, ctx)
    if not msg.text:
        return Reply(view.overview(ctx, there))
    said = line.read(msg.text, today=ctx.today)
    example = ctx.t("quiet.example")
    if not there:
        raise UserError("quiet.nothing")
    found = subjects.named(there, said.subject)
    if not found:
        raise UserError("quiet.no_such", example=example)
    if not said.read:
        raise UserError("quiet.which_until", example=example)
    if said.resume:
        return await _resumed(ctx, found)
    if not said.given:
        return Reply(view.overview(ctx, found))
    days: list[date | None] = [*said.days] or [None]
    if len(found) > 1 or len(days) > 1:
        few = found if len(days) == 1 else found[:1]
        return view.which(ctx, [(one.about, one.text) for one in few], days)
    return await _pause(ctx, found[0].about, days[0])


@router.action("quiet.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """What can be paused: somebody was away, or wants no more reminders."""
    return Reply(view.overview(ctx, await ctx.store.read(_read, ctx)))


@router.action("quiet.set")
async def set_(msg: Incoming, ctx: Context) -> Reply:
    """A button's day was chosen, or none."""
    about = await _about(ctx, msg.values)
    text = values.text(msg.values, "until")
    day = values.day(msg.values, "until") if text else None
    if day is not None and not ctx.today < day <= ctx.today + FURTHEST:
        raise UserError("quiet.over", example=ctx.t("quiet.example"))
    return await _pause(ctx, about.about, day)


@router.action("quiet.day")
async def ask_day(msg: Incoming, ctx: Context) -> Reply:
    """Ask for another day."""
    one = await _about(ctx, msg.values)
    day = one.paused.until if one.paused else None
    return Reply(view.form(ctx, one.about, one.text, day.isoformat() if day else ""))


@router.action("quiet.save")
async def save(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent."""
    one, day = await _about(ctx, msg.values), msg.values.get("until", "")
    last = ctx.today + FURTHEST
    if not values.is_day(day) or not ctx.today < date.fromisoformat(day) <= last:
        error = ctx.t("quiet.form.why", day=ctx.t.day(last))
        return Reply(view.form(ctx, one.about, one.text, day, error))
    return await _pause(ctx, one.about, date.fromisoformat(day))


@router.action("quiet.resume")
async def resume(msg: Incoming, ctx: Context) -> Reply:
    """Start again."""
    return await _resumed(ctx, [await _about(ctx, msg.values)])


@router.action("quiet.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of a pause."""

    def work(tx: Tx, id: int, version: int) -> Kept:
        return _kept(tx, ctx, quiet.undo(tx, id, version, ctx.person, ctx.at))

    return await ctx.change_version(msg.values, work, lambda kept: view.receipt(ctx, *kept))


@router.home
async def section(ctx: Context) -> Sequence[Block]:
    """What is paused, where anything is."""
    there = await ctx.store.read(_read, ctx)
    return [view.item(ctx.t, one, ctx.today) for one in there if one.paused]


def _read(tx: Tx, ctx: Context) -> list[Subject]:
    return subjects.read(tx, ctx.t, ctx.person, ctx.today)


async def _about(ctx: Context, carried: Mapping[str, str]) -> Subject:
    """The subject that a button is about. Raises UserError where it is none of the person's."""
    about = values.text(carried, "about")
    for one in await ctx.store.read(_read, ctx):
        if one.about == about:
            return one
    raise UserError("errors.no_such_button")


async def _pause(ctx: Context, about: str, day: date | None) -> Reply:
    def work(tx: Tx) -> Kept:
        return _kept(tx, ctx, quiet.pause(tx, about, day, ctx.person, ctx.at))

    return await ctx.change(work, lambda kept: view.receipt(ctx, *kept))


async def _resumed(ctx: Context, found: Sequence[Subject]) -> Reply:
    """Resume the one of these that is paused; show them where several are, or none."""
    paused = [one for one in found if one.paused]
    if len(paused) != 1:
        return Reply(view.overview(ctx, paused or found))

    def work(tx: Tx) -> Kept | None:
        ended = quiet.resume(tx, paused[0].about, ctx.person, ctx.at)
        return ended and _kept(tx, ctx, ended)

    def reply(kept: Kept | None) -> Reply:
        if kept is None:  # it was resumed meanwhile
            return Reply(view.overview(ctx, found), replace=True)
        return view.receipt(ctx, *kept)

    return await ctx.change(work, reply)


def _kept(tx: Tx, ctx: Context, record: Record[Quiet]) -> Kept:
    return record, subjects.text(tx, ctx.t, record)
