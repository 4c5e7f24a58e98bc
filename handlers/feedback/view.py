"""The feedback on a session as it is shown: how many answered, and from five replies on, how."""

from dataclasses import dataclass

from handlers import describe
from handlers.chat.cards import Action, Block, Card, Facts, Reply, Said, Style, Text, Tone
from handlers.chat.context import Context
from handlers.replies import shows_rate
from storage import (
    addresses,
    feedback,
    on_chat,
    presences,
    records,
    rosters,
    session_sums,
    sessions,
)
from storage.engine import Tx
from storage.feedback import Feedback
from storage.records import Record
from storage.session_sums import Sum
from storage.sessions import Session

MOST_COMMENTS = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """A session, its totals where they were typed or read, and what it comes to.

    ``waiting`` of those asked in the chat have not answered; ``to_ask`` are people on the chat who
    came and were not asked yet.
    """

    session: Record[Session]
    totals: Record[Feedback] | None
    sum: Sum
    waiting: int
    to_ask: tuple[int, ...]
    comments: tuple[str, ...]


def read(tx: Tx, session: int) -> Seen:
    """Read a session's feedback. Raises NotFound."""
    return seen(tx, session, feedback.of_session(tx, session))


def seen(tx: Tx, session: int, totals: Record[Feedback] | None) -> Seen:
    """The feedback as it now stands, with the totals that were just changed."""
    answers = feedback.answers(tx, session)
    return Seen(
        records.get(tx, sessions.KIND, session),
        totals,
        session_sums.of_session(tx, session),
        len(feedback.unanswered(tx, session)),
        tuple(to_ask(tx, session)),
        tuple(comment for _, comment in answers if comment),
    )


def to_ask(tx: Tx, session: int) -> list[int]:
    """The people on the chat who came to a session and were not asked yet, in order."""
    there = presences.of_session(tx, session)
    members = {one.member for one in there.says.present} if there else set[int]()
    known = (on_chat.person_of(tx, rosters.get(tx, member)) for member in members)
    people = {one for one in known if one is not None}
    return sorted((people & addresses.of_people(tx).keys()) - feedback.asked(tx, session))


def reply(ctx: Context, seen: Seen, key: str) -> Reply:
    """The card of the feedback as it now stands, in the place of the one that was pressed."""
    return Reply(show(ctx, seen, ctx.t(key)), replace=True)


def show(ctx: Context, seen: Seen, title: str) -> Card:
    """What came back, and every way to add to it."""
    t, line = ctx.t, describe.session(ctx.t, seen.session.says)
    of = {"session": str(seen.session.id)}
    blocks: list[Block] = [Text(line), *_numbers(ctx, seen)]
    actions: list[Action] = []
    if seen.totals is not None:
        voided = seen.totals.voided is not None
        values = {**of, "id": str(seen.totals.id), "version": str(seen.totals.version)}
        label = t("feedback.restore" if voided else "feedback.undo")
        style = Style.PRIMARY if voided else Style.PLAIN
        actions.append(Action(label, "feedback.undo", values, style, hint=line))
    actions.append(Action(t("feedback.type"), "feedback.form", of, hint=line))
    if seen.to_ask:
        ask = t("feedback.ask", count=len(seen.to_ask))
        actions.append(Action(ask, "feedback.ask", of, hint=line))
    actions.append(Action(t("feedback.session"), "session.open", {"id": of["session"]}, hint=line))
    return Card(title, tuple(blocks), tuple(actions), Tone.GOOD if seen.sum.asked else Tone.NEUTRAL)


def _numbers(ctx: Context, seen: Seen) -> list[Block]:
    t, numbers = ctx.t, seen.sum
    if not numbers.asked:
        return [Text(t("feedback.none"))]
    shown = shows_rate(ctx, numbers.answered)
    rows = [
        (t("feedback.asked"), t.number(numbers.asked)),
        (t("feedback.answered"), t.number(numbers.answered)),
        (t("feedback.positive"), t.number(numbers.positive) if shown else ""),
        (t("feedback.waiting"), t.number(seen.waiting) if seen.waiting else ""),
    ]
    blocks: list[Block] = [Facts(tuple((label, said) for label, said in rows if said))]
    if not shown:
        blocks.append(Text(t("feedback.few"), muted=True))
    # Words may tell who wrote them: from five replies on, and in a chat of one's own.
    elif seen.comments and ctx.place.direct and len(seen.comments) > 0:
        blocks.append(Text(t("feedback.comments"), muted=True))
        blocks += [Said(comment) for comment in seen.comments[:MOST_COMMENTS]]
    return blocks
