"""Records an attendance in the place of what was there, and shows it."""

from handlers.attendance import view
from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from storage import presences
from storage.engine import Tx
from storage.presences import Attendance
from storage.sessions import NamesNotKept


async def save(ctx: Context, says: Attendance, key: str = "attendance.title.recorded") -> Reply:
    """Record an attendance, once for this delivery."""

    def work(tx: Tx) -> view.Seen:
        taken = presences.take(tx, says, ctx.person, ctx.at)
        return view.seen(tx, says.session, taken)

    try:
        return await ctx.change(work, lambda seen: view.reply(ctx, seen, key))
    except NamesNotKept:
        raise UserError("attendance.only_heads", example=ctx.t("attendance.example")) from None
