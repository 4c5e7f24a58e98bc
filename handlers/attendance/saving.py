"""Records an attendance in the place of what was there, and shows it."""

from collections.abc import Callable
from datetime import date

from handlers.attendance import view
from handlers.attendance.view import Seen
from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.texts import Texts
from storage import presences
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.people import Person
from storage.presences import Attendance
from storage.sessions import NamesNotKept

# What an attendance is to say, from what there is.
Change = Callable[[Tx, Seen], Attendance]


def check(ctx: Context) -> None:
    """Raise NotAllowed for who doesn't record."""
    if not ctx.person.role.logs:
        raise NotAllowed


async def save(
    ctx: Context, session: int, change: Change, key: str = "attendance.title.recorded"
) -> Reply:
    """Change the attendance of a session, once for this delivery.

    Raises NotAllowed, and UserError for one that is still to come and for names where nobody is
    named.
    """
    check(ctx)

    def work(tx: Tx) -> tuple[Seen, bool]:
        return record(tx, session, change, ctx.person, ctx.at, ctx.today, ctx.t)

    def reply(done: tuple[Seen, bool]) -> Reply:
        seen, changed = done
        return view.reply(ctx, seen, key if changed else "attendance.title.same")

    return await ctx.change(work, reply)


def record(
    tx: Tx, session: int, change: Change, by: Person, at: int, today: date, t: Texts
) -> tuple[Seen, bool]:
    """The attendance as it now stands, and whether it has changed. Raises what ``save`` does."""
    before = view.read(tx, session)
    first = before.session.says.first
    if first > today:
        raise UserError("attendance.not_yet", day=t.day(first))
    says = change(tx, before)
    if _is_there(says, before.says):
        return before, False
    try:
        taken = presences.take(tx, says, by, at)
    except NamesNotKept:
        raise UserError("attendance.only_heads", example=t("attendance.example")) from None
    return view.seen(tx, session, taken), taken != before.attendance


def _is_there(says: Attendance, before: Attendance) -> bool:
    """Whether an attendance says nothing new, however it was given."""
    return says.file in ("", before.file) and (
        set(says.counts) == set(before.counts)
        and set(says.present) == set(before.present)
        and set(says.unmatched) == set(before.unmatched)
    )
