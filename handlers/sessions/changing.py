"""What a session's buttons do, and the lines that move and cancel one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from handlers import describe, session_choice
from handlers.chat import values
from handlers.chat.cards import Card, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.lines.grammar import read_day
from handlers.sessions import form, view, words
from storage import records, sessions
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.records import Record
from storage.sessions import NamesNotKept, Session
from storage.words import fold

router = Router()

VERBS = {
    "list": {"list", "liste"},
    "cancel": {"cancel", "annuler", "annule"},
    "move": {"move", "deplacer", "deplace", "reporter"},
}
TO = re.compile(r"\s(?:to|au|à|a|le)\s", re.IGNORECASE)


def verb(word: str) -> str:
    """ "list", "cancel" or "move" where the word is one of theirs, or ""."""
    return next((name for name, said in VERBS.items() if fold(word) in said), "")


@router.action("session.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """All that is known of a session."""
    if not ctx.person.role.logs:
        raise NotAllowed
    seen = await ctx.store.read(view.open_, values.whole(msg.values, "id"))
    return replace(view.reply(ctx, seen, "session.title.one"), replace=False)


@router.action("session.edit")
async def edit(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with the session as it is."""
    session = await _seen(msg, ctx)
    return Reply(form.build(ctx, form.values_of(ctx, session.says), view.values_of(session)))


@router.action("session.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of the session."""

    def work(tx: Tx, id: int, version: int) -> view.Seen:
        return view.read(tx, records.undo(tx, sessions.KIND, id, version, ctx.person, ctx.at))

    return await ctx.change(
        work,
        lambda seen: view.reply(ctx, seen, "session.title.restored"),
        values.whole(msg.values, "id"),
        values.whole(msg.values, "version"),
    )


@router.action("session.part")
async def part(msg: Incoming, ctx: Context) -> Reply:
    """Say which part of the goal a workshop is for."""
    area = values.text(msg.values, "area")
    if area not in words.parts(ctx):
        raise UserError("errors.no_such_button")
    return await _change(ctx, msg.values, lambda says: replace(says, area=area))


@router.action("session.cancel")
async def cancel(msg: Incoming, ctx: Context) -> Reply:
    """It does not take place: it counts nowhere."""
    return await _change(
        ctx, msg.values, lambda says: replace(says, cancelled=True), "session.title.cancelled"
    )


@router.action("session.hold")
async def hold(msg: Incoming, ctx: Context) -> Reply:
    """It takes place after all."""
    return await _change(ctx, msg.values, lambda says: replace(says, cancelled=False))


@router.action("session.move")
async def ask_move(msg: Incoming, ctx: Context) -> Reply:
    """Ask for the new day and time; a line may have said the day."""
    session = await _seen(msg, ctx)
    return _moving(ctx, session, msg.values.get("day") or session.says.first.isoformat())


@router.action("session.moved")
async def move(msg: Incoming, ctx: Context) -> Reply:
    """The new day and time were given: all its days move with the first."""
    day, starts = msg.values.get("day", ""), form.clock(msg.values.get("starts", ""))
    if not values.is_day(day) or starts is None:
        key = "session.why.starts" if starts is None else "session.why.day"
        session = await ctx.store.read(records.get, sessions.KIND, values.whole(msg.values, "id"))
        title = describe.session(ctx.t, session.says)
        return Reply(form.moving(ctx, title, msg.values, ctx.t(key)))
    to = date.fromisoformat(day)
    return await _change(
        ctx, msg.values, lambda says: _moved(says, to - says.first, starts), "session.title.moved"
    )


async def cancel_named(ctx: Context, text: str) -> Reply:
    """Cancel the session that the words mean; ask which where several are."""
    found = await ctx.store.read(session_choice.the_one, ctx, text, "session.cancel_chosen", {})
    if isinstance(found, Card):
        return Reply(found)
    return await _change(
        ctx,
        view.values_of(found),
        lambda says: replace(says, cancelled=True),
        "session.title.cancelled",
    )


@router.action("session.cancel_chosen")
async def cancel_chosen(msg: Incoming, ctx: Context) -> Reply:
    """Cancel the one of several that was meant."""
    return await cancel(await _chosen(msg, ctx), ctx)


async def move_named(ctx: Context, text: str) -> Reply:
    """Ask for the new day of the session that the words mean: "family engagement to March 5"."""
    name, day = text, ""
    for to in reversed(list(TO.finditer(text))):
        read = read_day(text[to.end() :], today=ctx.today, until=words.when(ctx).until)
        if isinstance(read, date):
            name, day = text[: to.start()].strip(), read.isoformat()
            break
    found = await ctx.store.read(
        session_choice.the_one, ctx, name, "session.move_chosen", {"day": day}
    )
    if isinstance(found, Card):
        return Reply(found)
    return _moving(ctx, found, day or found.says.first.isoformat())


@router.action("session.move_chosen")
async def move_chosen(msg: Incoming, ctx: Context) -> Reply:
    """Ask for the new day of the one of several that was meant."""
    return await ask_move(await _chosen(msg, ctx), ctx)


async def change(ctx: Context, carried: Mapping[str, str], says: Session) -> Reply:
    """Have a session say what the form says."""
    return await _change(ctx, carried, lambda before: replace(says, cancelled=before.cancelled))


def _moving(ctx: Context, session: Record[Session], day: str) -> Reply:
    title = describe.session(ctx.t, session.says)
    filled = view.values_of(session) | {"day": day, "starts": session.says.days[0].starts}
    return Reply(form.moving(ctx, title, filled))


def _moved(says: Session, by: timedelta, starts: str) -> Session:
    days = tuple(replace(one, day=one.day + by, starts=starts) for one in says.days)
    return replace(says, days=days)


async def _change(
    ctx: Context,
    carried: Mapping[str, str],
    become: Callable[[Session], Session],
    key: str = "session.title.changed",
) -> Reply:
    def work(tx: Tx, id: int, version: int) -> view.Seen:
        says = become(records.get(tx, sessions.KIND, id).says)
        changed = records.change(tx, sessions.KIND, id, version, says, ctx.person, ctx.at)
        return view.read(tx, changed)

    try:
        return await ctx.change(
            work,
            lambda seen: view.reply(ctx, seen, key),
            values.whole(carried, "id"),
            values.whole(carried, "version"),
        )
    except NamesNotKept:
        raise UserError("session.names_not_kept") from None


async def _seen(msg: Incoming, ctx: Context) -> Record[Session]:
    """The session whose button was pressed. Raises NotAllowed and NotFound."""
    if not ctx.person.role.logs:
        raise NotAllowed
    return await ctx.store.read(records.get, sessions.KIND, values.whole(msg.values, "id"))


async def _chosen(msg: Incoming, ctx: Context) -> Incoming:
    """The press, as if it came from the card of the session that was chosen."""
    if not ctx.person.role.logs:
        raise NotAllowed
    one = await ctx.store.read(session_choice.chosen, values.whole(msg.values, "session"))
    return replace(msg, values={**msg.values, **view.values_of(one)})
