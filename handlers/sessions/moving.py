"""How a session is moved and cancelled: by a line that names it, and by the form of a move."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers import describe, session_choice
from handlers.chat import values
from handlers.chat.cards import Card, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.lines.words import names_of
from handlers.sessions import changing, form, line, view, words
from storage import records, sessions
from storage.errors import NotAllowed
from storage.records import Record
from storage.sessions import Session

router = Router()

TO = re.compile(r"\s(?:to|au|aux|à|a|le)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class To:
    """Where a session is moved to, as far as a line says; ``sure`` where nothing is left to ask.

    Its length stays what it was where ``minutes`` is None, its time where ``starts`` is "".
    """

    day: date | None
    sure: bool
    starts: str = ""
    minutes: int | None = None


@router.action("session.move")
async def ask_move(msg: Incoming, ctx: Context) -> Reply:
    """Ask for the new day and time."""
    if not ctx.person.role.logs:
        raise NotAllowed
    session = await ctx.store.read(records.get, sessions.KIND, values.whole(msg.values, "id"))
    return _ask(ctx, session, session.says.first, session.says.starts)


@router.action("session.moved")
async def move(msg: Incoming, ctx: Context) -> Reply:
    """The new day and time were given: all its days move with the first."""
    if not ctx.person.role.logs:
        raise NotAllowed
    day, starts = msg.values.get("day", ""), form.clock(msg.values.get("starts", ""))
    if not values.is_day(day) or starts is None:
        key = "session.why.starts" if values.is_day(day) else "session.why.day"
        session = await ctx.store.read(records.get, sessions.KIND, values.whole(msg.values, "id"))
        title = describe.session(ctx.t, session.says)
        return Reply(form.moving(ctx, title, msg.values, ctx.t(key)))
    become = _moved(date.fromisoformat(day), lambda _: starts)
    return await changing.change(ctx, msg.values, become, "session.title.moved")


async def move_named(ctx: Context, text: str) -> Reply:
    """Move the session that the words mean: "family engagement to March 5 at 1pm".

    What is open is asked: which session, or which day. Raises UserError where none is meant.
    """
    name, to = _split(ctx, text)
    carried = {
        "day": to.day.isoformat() if to.day else "",
        "starts": to.starts,
        "minutes": str(to.minutes or ""),
        "sure": "yes" if to.sure else "",
    }
    found = await ctx.store.read(
        session_choice.the_one, ctx, name, "session.move_chosen", carried, coming=True
    )
    return Reply(found) if isinstance(found, Card) else await _move(ctx, found, to)


@router.action("session.move_chosen")
async def move_chosen(msg: Incoming, ctx: Context) -> Reply:
    """Move the one of several that was meant."""
    session = await _chosen(msg, ctx)
    starts = form.clock(msg.values.get("starts", ""))
    if starts is None:
        raise UserError("errors.no_such_button")
    day = values.day(msg.values, "day") if msg.values.get("day") else None
    minutes = values.whole(msg.values, "minutes") if msg.values.get("minutes") else None
    return await _move(ctx, session, To(day, bool(msg.values.get("sure")), starts, minutes))


async def cancel_named(ctx: Context, text: str) -> Reply:
    """Cancel the session that the words mean; ask which where several are. Raises UserError."""
    found = await ctx.store.read(
        session_choice.the_one, ctx, text, "session.cancel_chosen", {}, coming=True
    )
    return Reply(found) if isinstance(found, Card) else await changing.cancel_it(ctx, found)


@router.action("session.cancel_chosen")
async def cancel_chosen(msg: Incoming, ctx: Context) -> Reply:
    """Cancel the one of several that was meant."""
    return await changing.cancel_it(ctx, await _chosen(msg, ctx))


def _split(ctx: Context, text: str) -> tuple[str, To]:
    """What is moved, and where to: what follows the last "to" that nothing but a day does."""
    for to in reversed(list(TO.finditer(text))):
        said = line.read(
            text[to.end() :],
            when=words.when(ctx),
            names=names_of(ctx.plans.network),
            half_day=words.half_day(ctx),
        )
        asked = [day for one in said.questions for day in one.readings if isinstance(day, date)]
        if said.title or not (said.dated or asked):
            continue
        name = text[: to.start()].strip()
        if said.dated and len(said.days) == 1:
            return name, To(said.days[0], True, said.starts, said.minutes)
        coming = [day for day in (*said.days, *asked) if day >= ctx.today]
        return name, To(min(coming, default=None), False, said.starts, said.minutes)
    return text.strip(), To(None, False)


async def _move(ctx: Context, session: Record[Session], to: To) -> Reply:
    says = session.says
    if to.day is None or not to.sure:
        return _ask(ctx, session, to.day or says.first, to.starts or says.starts)
    become = _moved(to.day, lambda starts: to.starts or starts, to.minutes)
    return await changing.change(ctx, view.values_of(session), become, "session.title.moved")


def _moved(
    to: date, starts: Callable[[str], str], minutes: int | None = None
) -> Callable[[Session], Session]:
    """How a session becomes one that starts on that day."""

    def become(says: Session) -> Session:
        by: timedelta = to - says.first
        days = tuple(
            replace(
                one,
                day=one.day + by,
                starts=starts(one.starts),
                minutes=minutes or one.minutes,
            )
            for one in says.days
        )
        return replace(says, days=days)

    return become


def _ask(ctx: Context, session: Record[Session], day: date, starts: str) -> Reply:
    title = describe.session(ctx.t, session.says)
    filled = view.values_of(session) | {"day": day.isoformat(), "starts": starts}
    return Reply(form.moving(ctx, title, filled))


async def _chosen(msg: Incoming, ctx: Context) -> Record[Session]:
    if not ctx.person.role.logs:
        raise NotAllowed
    return await ctx.store.read(session_choice.chosen, values.whole(msg.values, "session"))
