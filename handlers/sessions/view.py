"""A session as it is shown: its receipt, its card, and what is left once it is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers import describe
from handlers.chat.cards import Action, Block, Card, Facts, Item, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.meetings import receipt
from handlers.meetings.receipt import Told
from handlers.meetings.telling import What
from handlers.replies import shows_rate
from handlers.sessions import words
from storage import people, presences, records, session_sums, sessions
from storage.engine import Tx
from storage.presences import Attendance
from storage.records import Record
from storage.session_sums import Sum
from storage.sessions import Session
from storage.words import fold

MOST_OF_A_DAY = 50  # sessions that are looked at for one recorded twice


@dataclass(frozen=True, slots=True)
class Seen:
    """A session as it stands, who recorded it, who came and what they thought.

    ``twin`` is another of the same title and days, None where there is none; ``told`` who hears of
    it, None where it is no community's meeting; ``news`` is what they hear now, None for nothing.
    """

    session: Record[Session]
    by: str
    attendance: Attendance | None
    replies: Sum
    twin: int | None
    told: Told | None
    news: What | None


def read(tx: Tx, session: Record[Session], news: What | None = None) -> Seen:
    """Read what is told of a session beside the session itself; ``news`` is what members hear."""
    there = presences.of_session(tx, session.id)
    by = people.get(tx, session.person).name
    replies = session_sums.of_session(tx, session.id)
    told = receipt.read(tx, session)
    return Seen(session, by, there and there.says, replies, _twin(tx, session), told, news)


def open_(tx: Tx, id: int) -> Seen:
    """Read a session. Raises NotFound."""
    return read(tx, records.get(tx, sessions.KIND, id))


def reply(ctx: Context, seen: Seen, key: str, *, asks: bool = False) -> Reply:
    """The card that fits how the session now stands, in the place of the one that was pressed.

    ``asks`` where nobody chose its target from a list: the others are a press away.
    """
    if seen.session.voided is not None:
        return Reply(_taken_back(ctx, seen), replace=True)
    return Reply(_show(ctx, seen, ctx.t(key), asks=asks), replace=True)


def values_of(session: Record[Session]) -> dict[str, str]:
    """What a button says of the session it is about."""
    return {"id": str(session.id), "version": str(session.version)}


def facts(ctx: Context, says: Session, there: Attendance | None = None) -> list[tuple[str, str]]:
    """What a session says and who came, a label and a text each; of its target nothing."""
    t, network = ctx.t, ctx.plans.network
    length = words.length(ctx, says.days[0].minutes)
    if len({one.minutes for one in says.days}) > 1:  # an import may say so
        length = t.all_of([t.duration(one.minutes) for one in says.days])
    elif len(says.days) > 1:
        each = t.duration(says.days[0].minutes)
        length = t("session.each_day", length=each, count=len(says.days))
    rows = [
        ("title", says.called(t.language)),
        ("area", words.parts(ctx).get(says.area, "")),
        ("theme", says.theme),
        ("day", t.all_of([t.full_date(one.day) for one in says.days])),
        ("starts", words.clock(ctx, says.starts)),
        ("length", length),
        ("audience", t.all_of([describe.role(t, network, one, 2) for one in says.audience])),
        ("boards", t.all_of([describe.board(t, network, one) for one in says.boards])),
        ("language", t(f"session.language.{says.language}") if says.language else ""),
        ("place", t.all_of(list(filter(None, (says.place, says.link))))),
        ("agenda", says.agenda),
        ("registered", t.number(says.registered) if says.registered else ""),
        ("participants", _participants(ctx, there)),
    ]
    return [(t(f"session.field.{name}"), said) for name, said in rows if said]


def others(ctx: Context, says: Session) -> Sequence[tuple[str, str]]:
    """The targets that it could count for but doesn't, and none: id and name."""
    ids = [one.id for one in words.offered(ctx, says.last)]
    names = words.targets(ctx)
    choices = [(id, names[id]) for id in (*ids, words.OTHER.id)]
    return [one for one in choices if one[0] != says.target]


def _show(ctx: Context, seen: Seen, title: str, *, asks: bool) -> Card:
    """All that is known of a session, what is missing, and what can be done."""
    t, session, says = ctx.t, seen.session, seen.session.says
    of, hint = values_of(session), describe.session(t, says)
    rows = facts(ctx, says, seen.attendance)
    rows.insert(1, (t("session.field.target"), _target(ctx, says.target)))
    if seen.told is not None:
        name = seen.told.community.name(t.language)
        rows.insert(0, (t("session.field.community"), name))
        rows += receipt.rows(ctx, says, seen.told, tells=seen.news is not None)
    if seen.replies.asked:
        rows.append((t("session.field.replies"), _replies(ctx, seen.replies)))
    if session.person != ctx.person.id:
        rows.append((t("session.field.by"), seen.by))
    blocks: list[Block] = [Facts(tuple(rows))]
    blocks += [Text(note, muted=True) for note in _notes(ctx, says)]
    if seen.told is not None and not says.cancelled:
        blocks += [Text(note) for note in receipt.notes(ctx, says, seen.told)]
    blocks += _missing(ctx, seen)
    there = {"session": str(session.id)}
    cancel = "session.hold" if says.cancelled else "session.cancel"
    actions = [
        Action(t("session.undo"), "session.undo", of, hint=hint),
        Action(t("session.edit"), "session.edit", of, hint=hint),
        *([Action(t("session.other_target"), "session.targets", of, hint=hint)] if asks else []),
        Action(t("session.attendance"), "attendance.open", there, hint=hint),
        Action(t("session.feedback"), "feedback.open", there, hint=hint),
        Action(t("session.move_it"), "session.move", of, hint=hint),
        Action(t(cancel), cancel, of, hint=hint),
    ]
    if seen.told is not None:
        actions.append(Action(t("meeting.calendar"), "meeting.calendar", there, hint=hint))
        whose, name = {"id": str(says.community)}, seen.told.community.name(t.language)
        actions.append(Action(t("session.community"), "community.open", whose, hint=name))
    return Card(title, tuple(blocks), tuple(actions), Tone.WARN if says.cancelled else Tone.GOOD)


def _target(ctx: Context, id: str) -> str:
    return words.targets(ctx).get(id) or describe.target(ctx.t, ctx.plans.all, id)


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


def _missing(ctx: Context, seen: Seen) -> list[Block]:
    """What a report will need and the session doesn't say, each a press away."""
    t, session, says = ctx.t, seen.session, seen.session.says
    of = values_of(session)
    blocks: list[Block] = []
    target = words.target(ctx, says.target)
    if target and target.part and not says.area:
        choices = tuple(
            Action(part.name[t.language], "session.part", {**of, "area": part.id})
            for part in target.part
        )
        blocks.append(Item(t("session.missing.area"), actions=choices))
    if _lacks_boards(seen, ctx.today):
        add = Action(t("session.missing.add"), "session.edit", of, hint=t("session.field.boards"))
        blocks.append(Item(t("session.missing.boards"), actions=(add,)))
    if seen.twin is not None and not says.cancelled:
        open_twin = Action(t("session.open"), "session.open", {"id": str(seen.twin)})
        blocks.append(Item(t("session.missing.twin"), actions=(open_twin,)))
    return blocks


def _lacks_boards(seen: Seen, today: date) -> bool:
    """Whether nobody said from where they came: neither the session nor who was counted or named.

    Of a session that is to come, or called off, nobody asks.
    """
    says, there = seen.session.says, seen.attendance
    known = says.boards or (
        there is not None and (there.present or any(filter(None, there.boards)))
    )
    return not known and says.last <= today and not says.cancelled


def _twin(tx: Tx, session: Record[Session]) -> int | None:
    says = session.says
    for one in sessions.between(tx, says.last, says.last, limit=MOST_OF_A_DAY):
        same = fold(one.says.title) == fold(says.title)
        days = [day.day for day in one.says.days] == [day.day for day in says.days]
        if same and days and one.id != session.id and not one.says.cancelled:
            return one.id
    return None


def _taken_back(ctx: Context, seen: Seen) -> Card:
    t = ctx.t
    restore = Action(t("session.restore"), "session.undo", values_of(seen.session), Style.PRIMARY)
    blocks: list[Block] = [
        Item(describe.session(t, seen.session.says), seen.session.says.theme, struck=True)
    ]
    if seen.told is not None and seen.news is not None:
        told = receipt.rows(ctx, seen.session.says, seen.told, tells=True)
        blocks.append(Facts(tuple(told)))
    return Card(t("session.title.voided"), tuple(blocks), (restore,))
