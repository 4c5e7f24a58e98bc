"""What members do on a meeting's card: they answer, change their answer, or look at it."""

from datetime import datetime

from handlers.chat import values
from handlers.chat.cards import Action, Card, Reply, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from handlers.meetings import card, telling, times
from handlers.meetings.card import Seen
from storage import quiet, records, rsvps, sessions
from storage.engine import Tx
from storage.errors import ChangedMeanwhile
from storage.quiet import Quiet
from storage.records import Record
from storage.rsvps import Answer, NotInvited

router = Router()


@router.action("meeting.answer")
async def answer(msg: Incoming, ctx: Context) -> Reply:
    """Take in an answer; whoever gave it sees theirs, and all how many come."""
    session, says = values.whole(msg.values, "session"), values.text(msg.values, "answer")
    if says not in [*Answer]:
        raise UserError("errors.no_such_button")
    return await take_in(ctx, session, Answer(says), replace=True)


async def take_in(ctx: Context, session: int, says: Answer, *, replace: bool) -> Reply:
    """Take in an answer to a meeting, of whoever speaks. ``replace``: its card is before them."""

    def work(tx: Tx) -> Seen:
        seen = card.read(tx, session, ctx.person.id)
        if times.ends(seen.session.says) <= ctx.now:
            raise UserError("meeting.over")
        rsvps.answer(tx, session, says, ctx.person, ctx.at)
        return card.read(tx, session, ctx.person.id)

    try:
        return await ctx.change(work, lambda seen: Reply(mine(ctx, seen), replace=replace))
    except NotInvited:
        raise UserError("meeting.not_invited") from None
    except ChangedMeanwhile:
        raise UserError("meeting.off") from None


@router.action("meeting.snooze")
async def snooze(msg: Incoming, ctx: Context) -> Reply:
    """Remind whoever pressed again: the next morning, or in half an hour."""
    session = values.whole(msg.values, "session")

    def work(tx: Tx) -> datetime:
        meeting = records.get(tx, sessions.KIND, session)
        if not rsvps.invited(tx, ctx.person.id, meeting.says):
            raise NotInvited
        due = times.snoozed(meeting.says, ctx.now)
        if due is None or meeting.voided is not None or meeting.says.cancelled:
            raise ChangedMeanwhile
        telling.remind_later(tx, meeting, ctx.person.id, int(due.timestamp()))
        return due.astimezone(ctx.now.tzinfo)

    def reply(due: datetime) -> Reply:
        says = Text(ctx.t("meeting.snoozed", when=ctx.t.moment(due)))
        return Reply(Card(ctx.t("meeting.title.snoozed"), (says,), tone=Tone.GOOD))

    try:
        return await ctx.change(work, reply)
    except NotInvited:
        raise UserError("meeting.not_invited") from None
    except ChangedMeanwhile:
        raise UserError("meeting.off") from None


@router.action("meeting.quiet")
async def no_more(msg: Incoming, ctx: Context) -> Reply:
    """Send this person no reminders of this community's meetings in their own chat any more."""
    session = values.whole(msg.values, "session")

    def work(tx: Tx) -> Record[Quiet]:
        community = records.get(tx, sessions.KIND, session).says.community
        return quiet.pause(tx, quiet.of_community(community), None, ctx.person, ctx.at)

    def reply(made: Record[Quiet]) -> Reply:
        t, of = ctx.t, {"session": str(session)}
        again = Action(t("meeting.loud"), "meeting.loud", of)
        says = Text(t("meeting.quiet_now"))
        return Reply(Card(t("meeting.title.quiet"), (says,), (again,), Tone.GOOD))

    return await ctx.change(work, reply)


@router.action("meeting.loud")
async def again(msg: Incoming, ctx: Context) -> Reply:
    """Remind this person of this community's meetings again."""
    session = values.whole(msg.values, "session")

    def work(tx: Tx) -> None:
        community = records.get(tx, sessions.KIND, session).says.community
        quiet.resume(tx, quiet.of_community(community), ctx.person, ctx.at)

    says = Card(ctx.t("meeting.title.loud"), (Text(ctx.t("meeting.loud_now")),), tone=Tone.GOOD)
    return await ctx.change(work, lambda _: Reply(says, replace=True))


@router.action("meeting.look")
async def look(msg: Incoming, ctx: Context) -> Reply:
    """The card as it is for whoever looks at it."""
    session = values.whole(msg.values, "session")
    seen = await ctx.store.read(card.read, session, ctx.person.id)
    return Reply(mine(ctx, seen), replace=True)


@router.action("meeting.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """The same below a message about several meetings."""
    session = values.whole(msg.values, "session")
    return Reply(mine(ctx, await ctx.store.read(card.read, session, ctx.person.id)))


def mine(ctx: Context, seen: Seen) -> Card:
    """The meeting with one's own answer."""
    reader = Telling(ctx.t, ctx.plans, ctx.now, ctx.person)
    says = seen.session.says
    title = ctx.t("meeting.title.cancelled") if seen.off else times.heading(ctx.t, says, ctx.now)
    return card.show(reader, seen, title, reminds=ctx.place.direct)
