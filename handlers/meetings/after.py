"""After a meeting: whoever facilitates hears who said they come, records it, sends the notes."""

from collections.abc import Iterator, Mapping

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import (
    Action,
    Block,
    Card,
    Form,
    Input,
    InputKind,
    Reply,
    Style,
    Text,
    Tone,
)
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.meetings import card, times
from handlers.meetings.telling import SILENCES
from storage import communities, deliveries, on_chat, presences, records, rsvps, sessions
from storage.deliveries import Post
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.limits import LONGEST_TEXT
from storage.presences import Attendance, Present, Source
from storage.records import Record
from storage.rsvps import Answer
from storage.sessions import Session

router = Router()

SAYS = "meeting.after"  # what the post to the facilitator says
NOTES = "meeting.notes"  # what the post to those who were not there says


def posts(tx: Tx, session: Record[Session], until: int) -> Iterator[Post]:
    """What whoever facilitates is told; without one, who recorded the meeting."""
    community = communities.get(tx, session.says.community).says
    to = communities.facilitator(tx, community) or session.person
    once = f"meeting/{session.id}/after/{int(times.ends(session.says).timestamp())}"
    yield Post(once, SAYS, {"session": str(session.id)}, to, until=until)


@router.post(SAYS)
def told(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """Who said they come, by name, and what is to be done now."""
    assert telling.person is not None
    id = int(of["session"])
    seen = card.read(tx, id, telling.person.id)
    says = seen.session.says
    # It may be another who facilitates by now, or a role that sees no names any more.
    if seen.off or not (
        telling.person.role.logs or communities.facilitates(tx, telling.person, says.community)
    ):
        return None
    t, session = telling.t, {"session": of["session"]}
    there = presences.of_session(tx, id)
    blocks: list[Block] = [Text(describe.session(t, says))]
    blocks += card.names(telling, seen.standing)
    if silent := _silent(tx, says):
        blocks.append(Text(t("meeting.silent_thrice", names=t.all_of(silent), count=len(silent))))
    if there is not None:
        blocks.append(Text(t("meeting.recorded", count=there.says.participants)))
    actions = _next(t, id)
    if there is None and seen.standing.count(Answer.COMING):
        count = seen.standing.count(Answer.COMING)
        take = Action(t("meeting.take", count=count), "meeting.take", session, Style.PRIMARY)
        actions = (take, *actions)
    return Card(t("meeting.title.after"), tuple(blocks), actions)


@router.action("meeting.take")
async def take(msg: Incoming, ctx: Context) -> Reply:
    """Record those who said that they come as having been there: a start, to be corrected."""
    if not ctx.person.role.logs:
        raise NotAllowed
    session = values.whole(msg.values, "session")

    def work(tx: Tx) -> int:
        meeting = records.get(tx, sessions.KIND, session)
        if meeting.voided is not None or presences.of_session(tx, session) is not None:
            raise ChangedMeanwhile
        coming = rsvps.standing(tx, session).answered[Answer.COMING]
        days = range(len(meeting.says.days))
        there = tuple(Present(day, one.id) for day in days for one in coming)
        taken = Attendance(session, present=there, source=Source.PICKED)
        presences.take(tx, taken, ctx.person, ctx.at)
        return len(coming)

    def reply(count: int) -> Reply:
        t, says = ctx.t, (Text(ctx.t("meeting.taken", count=count)),)
        card = Card(t("meeting.title.taken"), says, _next(t, session), Tone.GOOD)
        return Reply(card, replace=True)

    return await ctx.change(work, reply)


@router.action("meeting.notes")
async def notes(msg: Incoming, ctx: Context) -> Reply:
    """Open the form for the notes: a link, or words."""
    _check(ctx)
    session = values.whole(msg.values, "session")
    meeting = await ctx.store.read(records.get, sessions.KIND, session)
    return Reply(_form(ctx, meeting, {}, ""))


@router.action("meeting.noted")
async def noted(msg: Incoming, ctx: Context) -> Reply:
    """Keep the notes with the meeting, and send them to the members who were not there."""
    _check(ctx)
    session, said = values.whole(msg.values, "session"), msg.values.get("notes", "").strip()
    meeting = await ctx.store.read(records.get, sessions.KIND, session)
    if not said or len(said) > LONGEST_TEXT:
        key = "session.why.too_much_text" if said else "meeting.why.notes"
        error = ctx.t(key, most=ctx.t.number(LONGEST_TEXT))
        return Reply(_form(ctx, meeting, msg.values, error))

    def work(tx: Tx) -> int:
        if records.get(tx, sessions.KIND, session).voided is not None:
            raise ChangedMeanwhile
        absent = _absent(tx, meeting)
        for person in absent:
            of = {"session": str(session), "notes": said}
            once = f"meeting/{session}/notes/{ctx.key}/{person}"
            deliveries.put(tx, Post(once, NOTES, of, person), ctx.at)
        return len(absent)

    def reply(count: int) -> Reply:
        t, says = ctx.t, (Text(ctx.t("meeting.notes_sent", count=count)),)
        card = Card(t("meeting.title.notes_sent"), says, _next(t, session), Tone.GOOD)
        return Reply(card, replace=True)

    return await ctx.change(work, reply)


@router.post(NOTES)
def with_notes(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """The notes of a meeting, to somebody who was not there."""
    meeting = records.get(tx, sessions.KIND, int(of["session"]))
    if meeting.voided is not None:
        return None
    blocks = (Text(describe.session(telling.t, meeting.says)), Text(of["notes"]))
    return Card(telling.t("meeting.title.notes"), blocks)


def _next(t: Texts, session: int) -> tuple[Action, ...]:
    """What is done after a meeting, in any order: it stands below each step of it."""
    of = {"session": str(session)}
    return (
        Action(t("meeting.who_came"), "attendance.open", of),
        Action(t("meeting.ask_feedback"), "feedback.open", of),
        Action(t("meeting.send_notes"), "meeting.notes", of),
    )


def _form(ctx: Context, meeting: Record[Session], filled: Mapping[str, str], error: str) -> Form:
    t = ctx.t
    field = Input(
        "notes",
        t("meeting.notes_field"),
        InputKind.LONG_TEXT,
        filled.get("notes", ""),
        required=True,
        hint=t("meeting.notes_hint"),
        error=error,
    )
    title, of = describe.session(t, meeting.says), {"session": str(meeting.id)}
    return Form(
        "meeting.noted", title, (field,), t("meeting.notes_send"), t("session.form.cancel"), of
    )


def _check(ctx: Context) -> None:
    if not ctx.person.role.logs:
        raise NotAllowed


def _absent(tx: Tx, meeting: Record[Session]) -> list[int]:
    """The members on the chat who were not there, as recorded; else those who did not say so."""
    there = presences.of_session(tx, meeting.id)
    if there is None:
        present = {one.id for one in rsvps.standing(tx, meeting.id).answered[Answer.COMING]}
    else:
        present = {one.member for one in there.says.present}
    members = communities.members_on(tx, meeting.says.community, meeting.says.first)
    people = (on_chat.person_of(tx, one) for one in members if one.id not in present)
    return [one for one in people if one is not None]


def _silent(tx: Tx, says: Session) -> list[str]:
    """The names of the members who have now answered none of the last meetings, this included."""
    found = rsvps.silent(tx, says.community, says.first + times.DAY, SILENCES)
    members = communities.members_on(tx, says.community, says.first)
    return [one.says.name for one in members if on_chat.person_of(tx, one) in found]
