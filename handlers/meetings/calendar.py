"""The button of a meeting that gives it as a calendar file: to its members and the team."""

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import Card, File, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.meetings import calendar_file
from storage import audit, communities, records, rsvps, sessions
from storage.engine import Tx
from storage.errors import NotFound
from storage.records import Record
from storage.sessions import Session

router = Router()


@router.action("meeting.calendar")
async def give(msg: Incoming, ctx: Context) -> Reply:
    """The meeting as a file, as it stands now."""
    session, file = await ctx.store.read(_make, ctx, values.whole(msg.values, "session"))
    off = session.says.cancelled or session.voided is not None
    title = Text(describe.session(ctx.t, session.says))
    how = Text(ctx.t("calendar.off" if off else "calendar.how"), muted=True)
    return Reply(Card(ctx.t("calendar.ready"), (title, how)), file=file)


def _make(tx: Tx, ctx: Context, id: int) -> tuple[Record[Session], File]:
    session = records.get(tx, sessions.KIND, id)
    number = session.says.community
    if not number:
        raise NotFound
    if not may_see(tx, ctx, session.says):
        raise UserError("calendar.not_yours")
    community = communities.get(tx, number).says
    changed = audit.last(tx, f"{sessions.KIND.name}/{id}")
    return session, calendar_file.make(session, community, ctx.t, changed)


def may_see(tx: Tx, ctx: Context, says: Session) -> bool:
    """Whether the person is of the team, a member of the community, or its facilitator."""
    return (
        ctx.person.role.logs
        or rsvps.invited(tx, ctx.person.id, says)
        or communities.facilitates(tx, ctx.person, says.community)
    )
