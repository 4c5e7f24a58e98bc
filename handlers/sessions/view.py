"""A session as it is shown: its receipt, its card, and what is left once it is taken back."""

from dataclasses import dataclass

from handlers import describe
from handlers.chat.cards import Action, Block, Card, Facts, Item, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.replies import shows_rate
from handlers.sessions import words
from storage import people, presences, records, session_sums, sessions
from storage.engine import Tx
from storage.presences import Attendance
from storage.records import Record
from storage.session_sums import Sum
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class Seen:
    """A session as it stands, who recorded it, who came and what they thought."""

    session: Record[Session]
    by: str
    attendance: Attendance | None
    replies: Sum


def read(tx: Tx, session: Record[Session]) -> Seen:
    """Read what is told of a session beside the session itself."""
    there = presences.of_session(tx, session.id)
    by = people.get(tx, session.person).name
    return Seen(session, by, there and there.says, session_sums.of_session(tx, session.id))


def open_(tx: Tx, id: int) -> Seen:
    """Read a session. Raises NotFound."""
    return read(tx, records.get(tx, sessions.KIND, id))


def reply(ctx: Context, seen: Seen, key: str) -> Reply:
    """The card that fits how the session now stands, in the place of the one that was pressed."""
    if seen.session.voided is not None:
        return Reply(_taken_back(ctx, seen), replace=True)
    return Reply(show(ctx, seen, ctx.t(key)), replace=True)


def values_of(session: Record[Session]) -> dict[str, str]:
    """What a button says of the session it is about."""
    return {"id": str(session.id), "version": str(session.version)}


def show(ctx: Context, seen: Seen, title: str) -> Card:
    """All that is known of a session, what is missing, and what can be done."""
    t, session, says = ctx.t, seen.session, seen.session.says
    of, hint = values_of(session), describe.session(t, says)
    facts = tuple((label, said) for label, said in _facts(ctx, seen) if said)
    blocks: list[Block] = [Facts(facts)]
    blocks += [Text(note, muted=True) for note in _notes(ctx, says)]
    blocks += _missing(ctx, session)
    there = {"session": str(session.id)}
    actions = [
        Action(t("session.undo"), "session.undo", of, hint=hint),
        Action(t("session.edit"), "session.edit", of, hint=hint),
        Action(t("session.attendance"), "attendance.open", there, hint=hint),
        Action(t("session.feedback"), "feedback.open", there, hint=hint),
        Action(t("session.move_it"), "session.move", of, hint=hint),
    ]
    cancel = "session.hold" if says.cancelled else "session.cancel"
    actions.append(
        Action(t("session.hold" if says.cancelled else "session.cancel"), cancel, of, hint=hint)
    )
    return Card(title, tuple(blocks), tuple(actions), Tone.WARN if says.cancelled else Tone.GOOD)


def _facts(ctx: Context, seen: Seen) -> list[tuple[str, str]]:
    t, says, network = ctx.t, seen.session.says, ctx.plans.network
    length = t.duration(says.minutes // len(says.days))
    if len(says.days) > 1:
        length = t("session.each_day", length=length, count=len(says.days))
    roles = [describe.role(t, network, one, 2) for one in says.audience]
    boards = [describe.board(t, network, one) for one in says.boards]
    language = t(f"session.language.{says.language}") if says.language else ""
    facts = [
        ("title", says.title),
        ("target", words.targets(ctx).get(says.target) or _known(ctx, says.target)),
        ("area", words.parts(ctx).get(says.area, "")),
        ("theme", says.theme),
        ("day", t.all_of([t.full_date(one.day) for one in says.days])),
        ("starts", says.starts),
        ("length", length),
        ("audience", t.all_of(roles)),
        ("boards", t.all_of(boards)),
        ("language", language),
        ("place", says.place or says.link),
        ("registered", t.number(says.registered) if says.registered else ""),
        ("participants", _participants(ctx, seen.attendance)),
        ("replies", _replies(ctx, seen.replies)),
        ("by", seen.by if seen.session.person != ctx.person.id else ""),
    ]
    return [(t(f"session.field.{name}"), said) for name, said in facts]


def _known(ctx: Context, id: str) -> str:
    return describe.target(ctx.t, ctx.plans.all, id)


def _participants(ctx: Context, there: Attendance | None) -> str:
    if there is None:
        return ""
    t = ctx.t
    boards = [
        f"{describe.board(t, ctx.plans.network, board)} {t.number(number)}"
        for board, number in there.boards.items()
        if board
    ]
    count = t.number(there.participants)
    return f"{count} ({t.all_of(boards)})" if boards else count


def _replies(ctx: Context, replies: Sum) -> str:
    """ "8 of 14, 7 positive"; of a few, how pleased they were is nobody's but a manager's."""
    if not replies.asked:
        return ""
    numbers = {"answered": replies.answered, "asked": replies.asked}
    if not shows_rate(ctx, replies.answered):
        return ctx.t("session.replies", **numbers)
    return ctx.t("session.replies_positive", positive=replies.positive, **numbers)


def _notes(ctx: Context, says: Session) -> list[str]:
    """Why it does not count, or not yet."""
    t, target = ctx.t, words.target(ctx, says.target)
    if says.cancelled:
        return [t("session.note.cancelled")]
    notes: list[str] = []
    least = target.minimum_minutes if target else None
    if least and says.minutes < least:
        notes.append(t("session.note.short", least=t.duration(least)))
    if target and len(says.days) < target.days:
        notes.append(t("session.note.days", count=target.days))
    if says.last > ctx.today:
        notes.append(t("session.note.planned"))
    if not ctx.plans.in_force(says.last):
        notes.append(t("session.note.no_plan"))
    if says.unnamed:
        notes.append(t("session.note.unnamed"))
    return notes


def _missing(ctx: Context, session: Record[Session]) -> list[Block]:
    """What a report will need and the session doesn't say, each a press away."""
    t, says, of = ctx.t, session.says, values_of(session)
    blocks: list[Block] = []
    target = words.target(ctx, says.target)
    if target and target.part and not says.area:
        choices = tuple(
            Action(part.name[t.language], "session.part", {**of, "area": part.id})
            for part in target.part
        )
        blocks.append(Item(t("session.missing.area"), actions=choices))
    return blocks


def _taken_back(ctx: Context, seen: Seen) -> Card:
    t = ctx.t
    restore = Action(t("session.restore"), "session.undo", values_of(seen.session), Style.PRIMARY)
    item = Item(describe.session(t, seen.session.says), seen.session.says.theme, struck=True)
    return Card(t("session.title.voided"), (item,), (restore,))
