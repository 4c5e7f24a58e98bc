"""Which session is meant: by its number, its day or words of its title; offered where several are.

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
from handlers.lines.grammar import read_day
from storage import records, sessions
from storage.engine import Tx
from storage.errors import NotAllowed, NotFound
from storage.records import Record
from storage.sessions import KIND, Session

router = Router()

SEARCH = "session.find"
NUMBER = re.compile(r"#?\s*([0-9]{1,15})")
BEHIND, AHEAD = timedelta(days=400), timedelta(days=400)
FEW = 6  # of those that the words fit
MOST_FOUND = 50


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
    if number := NUMBER.fullmatch(words.strip()):
        try:
            one = records.get(tx, KIND, int(number[1]))
        except NotFound:
            return []
        return [one] if one.voided is None else []
    day = read_day(words, today=ctx.today) if words else ctx.today
    if words and isinstance(day, date):
        return on_day(tx, day, limit=limit)
    last = ctx.today + AHEAD if words else ctx.today
    there = sessions.found(tx, words, ctx.today - BEHIND, last, limit=2 * limit)
    return [one for one in there if not one.says.cancelled][:limit]


def on_day(tx: Tx, day: date, words: str = "", *, limit: int = FEW) -> list[Record[Session]]:
    """The sessions of a day that say these words, cancelled ones aside."""
    there = sessions.found(tx, words, day, day, limit=2 * limit)
    return [one for one in there if not one.says.cancelled][:limit]


def the_one(
    tx: Tx, ctx: Context, words: str, action: str, carried: Mapping[str, str]
) -> Record[Session] | Card:
    """The session that the words mean; where several are, a card to choose from.

    Its buttons send ``action`` with what is ``carried`` and the session's number as "session".
    Raises UserError where no session is meant.
    """
    there = found(tx, ctx, words, limit=FEW + 1)
    if not there:
        raise UserError(
            "session.none_such" if words else "session.none_yet", example=ctx.t("session.example")
        )
    if words and len(there) == 1:
        return there[0]
    return Card(ctx.t("session.which"), tuple(_items(ctx, there[:FEW], action, carried)))


def chosen(tx: Tx, id: int) -> Record[Session]:
    """The session whose button was pressed. Raises NotFound, also for one that was taken back."""
    one = records.get(tx, KIND, id)
    if one.voided is not None:
        raise NotFound
    return one


def _items(
    ctx: Context, there: Iterable[Record[Session]], action: str, carried: Mapping[str, str]
) -> Iterable[Item | Text]:
    for one in there:
        text = describe.session(ctx.t, one.says)
        values = {**carried, "session": str(one.id)}
        choose = Action(ctx.t("session.choose"), action, values, hint=text)
        yield Item(text, describe.target(ctx.t, ctx.plans.all, one.says.target), actions=(choose,))
    yield Text(ctx.t("session.which_hint"), muted=True)
