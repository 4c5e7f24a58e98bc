"""What members do on a meeting's card: they answer, change their answer, or look at it."""

from handlers.chat import values
from handlers.chat.cards import Card, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from handlers.meetings import card, times
from handlers.meetings.card import Seen
from storage import rsvps
from storage.engine import Tx
from storage.errors import ChangedMeanwhile
from storage.rsvps import Answer, NotInvited

router = Router()


@router.action("meeting.answer")
async def answer(msg: Incoming, ctx: Context) -> Reply:
    """Take in an answer; whoever gave it sees theirs, and all how many come."""
    session, says = values.whole(msg.values, "session"), values.text(msg.values, "answer")
    if says not in [*Answer]:
        raise UserError("errors.no_such_button")

    def work(tx: Tx) -> Seen:
        seen = card.read(tx, session, ctx.person.id)
        if times.ends(seen.session.says) <= ctx.now:
            raise UserError("meeting.over")
        rsvps.answer(tx, session, Answer(says), ctx.person, ctx.at)
        return card.read(tx, session, ctx.person.id)

    try:
        return await ctx.change(work, lambda seen: Reply(mine(ctx, seen), replace=True))
    except NotInvited:
        raise UserError("meeting.not_invited") from None
    except ChangedMeanwhile:
        raise UserError("meeting.off") from None


@router.action("meeting.look")
async def look(msg: Incoming, ctx: Context) -> Reply:
    """The card as it is for whoever looks at it."""
    session = values.whole(msg.values, "session")
    seen = await ctx.store.read(card.read, session, ctx.person.id)
    return Reply(mine(ctx, seen), replace=True)


def mine(ctx: Context, seen: Seen) -> Card:
    """The meeting with one's own answer."""
    telling = Telling(ctx.t, ctx.plans, ctx.now, ctx.person)
    says = seen.session.says
    if seen.off:
        title = ctx.t("meeting.title.cancelled")
    else:
        title = ctx.t("meeting.title.reminder", ahead=times.ahead(ctx.t, says, ctx.now))
    return card.show(telling, seen, title)
