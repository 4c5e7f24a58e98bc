"""The feedback on a session as it is shown: how many answered, and from five replies on, how."""

from dataclasses import dataclass

from handlers import describe
from handlers.chat.cards import Action, Block, Card, Facts, Reply, Said, Style, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
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


@dataclass(frozen=True, slots=True)
class Seen:
    """A session, its totals where they were typed or read, and what it comes to.

    ``before`` is what the totals took the place of, None where that was nothing. ``named`` people
    of the roster came; of them ``to_ask`` are on the chat and were not asked yet. ``asked`` were,
    and ``answers`` are what came from them, in no order.
    """

    session: Record[Session]
    totals: Record[Feedback] | None
    sum: Sum
    before: Sum | None
    named: int
    to_ask: tuple[int, ...]
    asked: int
    answers: tuple[tuple[int, str], ...]


def read(tx: Tx, session: int) -> Seen:
    """Read a session's feedback. Raises NotFound."""
    return seen(tx, session, feedback.of_session(tx, session))


def seen(tx: Tx, session: int, totals: Record[Feedback] | None, before: Sum | None = None) -> Seen:
    """The feedback as it now stands, with the totals that were just changed."""
    there = presences.of_session(tx, session)
    return Seen(
        records.get(tx, sessions.KIND, session),
        totals,
        session_sums.of_session(tx, session),
        before,
        len({one.member for one in there.says.present}) if there else 0,
        tuple(to_ask(tx, session)),
        len(feedback.asked(tx, session)),
        tuple(feedback.answers(tx, session)),
    )


def to_ask(tx: Tx, session: int) -> list[int]:
    """The people on the chat who came to a session and were not asked yet, in order."""
    there = presences.of_session(tx, session)
    members = {one.member for one in there.says.present} if there else set[int]()
    known = (on_chat.person_of(tx, rosters.get(tx, member)) for member in members)
    people = {one for one in known if one is not None}
    return sorted((people & addresses.of_people(tx).keys()) - feedback.asked(tx, session))


def is_over(ctx: Context, session: Record[Session]) -> bool:
    """Whether there can be feedback on a session: it was held, and stands."""
    says = session.says
    return session.voided is None and not says.cancelled and says.last <= ctx.today


def check_over(ctx: Context, session: Record[Session]) -> None:
    """Raise UserError where there can be no feedback on a session."""
    if not is_over(ctx, session):
        raise UserError("feedback.not_over", session=describe.session(ctx.t, session.says))


def numbers(ctx: Context, sum: Sum) -> str:
    """ "8 of 14, 7 positive"; of a few, how pleased they were is nobody's but a manager's."""
    said = {"answered": sum.answered, "asked": sum.asked}
    if not sum.asked:
        return ctx.t("feedback.none")
    if not shows_rate(ctx, sum.answered):
        return ctx.t("session.replies", **said)
    return ctx.t("session.replies_positive", positive=sum.positive, **said)


def reply(ctx: Context, seen: Seen, key: str) -> Reply:
    """The card of the feedback as it now stands, in the place of the one that was pressed."""
    return Reply(show(ctx, seen, ctx.t(key)), replace=True)


def show(ctx: Context, seen: Seen, title: str) -> Card:
    """What came back, and every way to add to it."""
    t, line = ctx.t, describe.session(ctx.t, seen.session.says)
    blocks: list[Block] = [Text(line), *_numbers(ctx, seen), *_comments(ctx, seen)]
    actions = _of_totals(ctx, seen)
    of = {"session": str(seen.session.id)}
    if is_over(ctx, seen.session):
        stand = seen.totals is not None and seen.totals.voided is None
        label = t("feedback.edit" if stand else "feedback.type")
        actions.append(Action(label, "feedback.form", of, hint=line))
        if seen.to_ask:
            ask = t("feedback.ask", count=len(seen.to_ask))
            actions.append(Action(ask, "feedback.ask", of, hint=line))
        elif not seen.asked:
            blocks.append(Text(t(_why_nobody_is_asked(seen)), muted=True))
    else:
        blocks.append(Text(t("feedback.later"), muted=True))
    actions.append(Action(t("feedback.session"), "session.open", {"id": of["session"]}, hint=line))
    return Card(title, tuple(blocks), tuple(actions), Tone.GOOD if seen.sum.asked else Tone.NEUTRAL)


def _of_totals(ctx: Context, seen: Seen) -> list[Action]:
    """The way back from the totals that stand, or to those that were taken back."""
    if seen.totals is None:
        return []
    voided = seen.totals.voided is not None
    values = {
        "session": str(seen.session.id),
        "id": str(seen.totals.id),
        "version": str(seen.totals.version),
    }
    label = ctx.t("feedback.restore" if voided else "feedback.undo")
    style = Style.PRIMARY if voided else Style.PLAIN
    hint = describe.session(ctx.t, seen.session.says)
    return [Action(label, "feedback.undo", values, style, hint=hint)]


def _why_nobody_is_asked(seen: Seen) -> str:
    if seen.session.says.unnamed:
        return "feedback.unnamed"
    return "feedback.nobody_here" if seen.named else "feedback.nobody_named"


def _numbers(ctx: Context, seen: Seen) -> list[Block]:
    t, sum = ctx.t, seen.sum
    if not sum.asked:
        return [Text(t("feedback.none"))]
    shown = shows_rate(ctx, sum.answered)
    by_chat = seen.totals is None or seen.totals.voided is not None
    waiting = seen.asked - len(seen.answers)
    rows = [
        (t("feedback.asked"), t.number(sum.asked)),
        (t("feedback.answered"), t.number(sum.answered)),
        (t("feedback.positive"), t.number(sum.positive) if shown else ""),
        (t("feedback.waiting"), t.number(waiting) if waiting > 0 and by_chat else ""),
    ]
    blocks: list[Block] = [Facts(tuple((label, said) for label, said in rows if said))]
    if not shown:
        blocks.append(Text(t("feedback.few"), muted=True))
    if seen.before is not None:
        said = t("feedback.in_place_of", numbers=numbers(ctx, seen.before))
        blocks.append(Text(said, muted=True))
    if seen.asked and not by_chat:
        answered = {"answered": len(seen.answers), "asked": seen.asked}
        blocks.append(Text(t("feedback.by_chat", **answered), muted=True))
    return blocks


def _comments(ctx: Context, seen: Seen) -> list[Block]:
    """What was written in the chat. Words may tell who wrote them: not those of a few."""
    comments = [comment for _, comment in seen.answers if comment]
    if not comments or not ctx.place.direct or not shows_rate(ctx, len(seen.answers)):
        return []
    return [Text(ctx.t("feedback.comments"), muted=True), *map(Said, comments)]
