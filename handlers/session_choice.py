"""Which session is meant: by its number, day, title or community; offered where several are.

Features that are about a session (its attendance, its feedback) share it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from handlers import describe
from handlers.chat.cards import Action, Card, Item, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.router import Router
from handlers.lines.calendar import When
from handlers.lines.days import days_in
from handlers.lines.grammar import EDGE, left_over
from handlers.lines.reading import Why
from handlers.lines.words import Line
from handlers.meetings import naming
from storage import records, sessions
from storage.engine import Tx
from storage.errors import NotAllowed, NotFound
from storage.records import Record
from storage.sessions import KIND, Session

router = Router()

SEARCH = "session.find"
NUMBER = re.compile(r"#?\s*([0-9]{1,15})")
BEHIND, AHEAD = timedelta(days=400), timedelta(days=400)
NEAR = timedelta(days=183)  # "5 March" is the one nearest to today
FEW = 6  # of those that the words fit
MOST_FOUND = 50
LONGEST = 300  # characters


@router.search(SEARCH)
async def search(text: str, ctx: Context) -> Sequence[tuple[str, str]]:
    """The sessions that the text finds: their numbers, days and titles."""
    if not ctx.person.role.logs:
        raise NotAllowed
    found_ = await ctx.store.read(found, ctx, text, limit=MOST_FOUND)
    return [choice(ctx, one) for one in found_]


def choice(ctx: Context, session: Record[Session]) -> tuple[str, str]:
    """A session as the choice of an input."""
    return str(session.id), describe.session(ctx.t, session.says)


def found(tx: Tx, ctx: Context, words: str, *, limit: int = FEW) -> list[Record[Session]]:
    """The sessions that are meant, cancelled ones aside: "#12", "yesterday", "family engagement".

    Without words those that are over, the newest first.
    """
    return _meant(tx, ctx, words, limit)[0]


def on_day(tx: Tx, day: date, words: str = "", *, limit: int = FEW) -> list[Record[Session]]:
    """The sessions of a day that say these words, cancelled ones aside."""
    return _between(tx, words, day, day, limit)


def coming_first(tx: Tx, ctx: Context, *, limit: int = FEW) -> list[Record[Session]]:
    """The sessions that take place next, cancelled ones aside; then those that are over."""
    coming = _between(tx, "", ctx.today, ctx.today + AHEAD, MOST_FOUND)
    over = _between(tx, "", ctx.today - BEHIND, ctx.today - timedelta(days=1), limit)
    return [*reversed(coming), *(one for one in over if one not in coming)][:limit]


def the_one(
    tx: Tx,
    ctx: Context,
    words: str,
    action: str,
    carried: Mapping[str, str],
    *,
    coming: bool = False,
) -> Record[Session] | Card:
    """The session that the words mean; where several are, a card to choose from.

    Its buttons send ``action`` with what is ``carried`` and the session's number as "session".
    Without words those to come are offered first where ``coming``. Raises UserError where no
    session is meant.
    """
    there, sure = _meant(tx, ctx, words, FEW + 1)
    if coming and not words:
        there = coming_first(tx, ctx)
    if not there:
        raise none(ctx, anything_said=bool(words))
    if sure and len(there) == 1:
        return there[0]
    return Card(ctx.t("session.which"), tuple(_items(ctx, there[:FEW], action, carried)))


def none(ctx: Context, *, anything_said: bool) -> UserError:
    """Says that what was said means no session; where nothing was, that there is none yet."""
    if anything_said:
        return UserError("session.none_such", example=ctx.t("session.list_example"))
    return UserError("session.none_yet", example=ctx.t("session.example"))


def chosen(tx: Tx, id: int) -> Record[Session]:
    """The session whose button was pressed. Raises NotFound, also for one that was taken back."""
    one = records.get(tx, KIND, id)
    if one.voided is not None:
        raise NotFound
    return one


def _meant(tx: Tx, ctx: Context, words: str, limit: int) -> tuple[list[Record[Session]], bool]:
    """The sessions that are meant, and whether all that was said fits them."""
    today = ctx.today
    if number := NUMBER.fullmatch(words.strip()):
        try:
            one = records.get(tx, KIND, int(number[1]))
        except NotFound:
            return [], True
        return ([one] if one.voided is None else []), True
    if not words:
        return _between(tx, "", today - BEHIND, today, limit), False
    days, rest = _days(words, today)
    for said in dict.fromkeys((rest, "")):
        there = [one for day in days for one in on_day(tx, day, said, limit=limit)]
        if there:
            return list(dict.fromkeys(there))[:limit], said == rest
    return _between(tx, words, today - BEHIND, today + AHEAD, limit), True


def _days(words: str, today: date) -> tuple[list[date], str]:
    """The days that can be meant, and what else is said."""
    days: list[date] = []
    rest = words
    for until in (today, today + NEAR):
        line = Line(words[:LONGEST])
        for _, day in days_in(line, When(today, until)):
            if isinstance(day, date):
                days.append(day)
            elif day.why is not Why.FUTURE:  # what is offered then is not what was said
                days += [one for one in day.readings if isinstance(one, date)]
        rest = " ".join(left_over(line, 0, len(line.left), EDGE))
    return list(dict.fromkeys(days)), rest


def _between(tx: Tx, words: str, first: date, last: date, limit: int) -> list[Record[Session]]:
    whose = naming.meant(tx, words)
    there = sessions.found(tx, words, first, last, communities=whose, limit=2 * limit)
    return [one for one in there if not one.says.cancelled][:limit]


def _items(
    ctx: Context, there: Iterable[Record[Session]], action: str, carried: Mapping[str, str]
) -> Iterable[Item | Text]:
    for one in there:
        text = describe.session(ctx.t, one.says)
        values = {**carried, "session": str(one.id)}
        choose = Action(ctx.t("session.choose"), action, values, hint=text)
        yield Item(text, describe.target(ctx.t, ctx.plans.all, one.says.target), actions=(choose,))
    yield Text(ctx.t("session.which_hint"), muted=True)
