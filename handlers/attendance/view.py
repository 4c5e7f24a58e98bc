"""The attendance of a session as it is shown: heads and bodies, names for the team, a way back."""

from collections import Counter
from dataclasses import dataclass

from handlers import describe
from handlers.chat.cards import Action, Block, Card, Facts, Item, Reply, Style, Table, Text, Tone
from handlers.chat.context import Context
from storage import presences, records, rosters, sessions
from storage.engine import Tx
from storage.presences import Attendance
from storage.records import Record
from storage.rosters import Member
from storage.sessions import Session

MOST_NAMED = 60  # rows; a door pages them


@dataclass(frozen=True, slots=True)
class Seen:
    """A session, its attendance where there is one, and the members that it names."""

    session: Record[Session]
    attendance: Record[Attendance] | None
    members: dict[int, Record[Member]]

    @property
    def says(self) -> Attendance:
        """What the attendance says; of a session without one, that nobody is known to have come."""
        return self.attendance.says if self.attendance else Attendance(self.session.id)


def read(tx: Tx, session: int) -> Seen:
    """Read a session's attendance. Raises NotFound."""
    return seen(tx, session, presences.of_session(tx, session))


def seen(tx: Tx, session: int, attendance: Record[Attendance] | None) -> Seen:
    """An attendance as it now stands, with the members it names."""
    there = attendance.says.present if attendance else ()
    members = {one.member: rosters.get(tx, one.member) for one in there}
    return Seen(records.get(tx, sessions.KIND, session), attendance, members)


def reply(ctx: Context, seen: Seen, key: str) -> Reply:
    """The card of the attendance as it now stands, in the place of the one that was pressed."""
    return Reply(show(ctx, seen, ctx.t(key)), replace=True)


def show(ctx: Context, seen: Seen, title: str) -> Card:
    """Who came, and every way to say it otherwise."""
    t, attendance = ctx.t, seen.attendance
    line = describe.session(t, seen.session.says)
    blocks: list[Block] = [Text(line)]
    of = {"session": str(seen.session.id)}
    if attendance is None or attendance.voided is not None:
        blocks.append(Text(t("attendance.none")))
    else:
        blocks += _blocks(ctx, seen)
    if seen.session.says.unnamed:
        blocks.append(Text(t("attendance.unnamed"), muted=True))
    actions: list[Action] = []
    if attendance is not None:
        values = {**of, "id": str(attendance.id), "version": str(attendance.version)}
        voided = attendance.voided is not None
        label = t("attendance.restore" if voided else "attendance.undo")
        style = Style.PRIMARY if voided else Style.PLAIN
        actions.append(Action(label, "attendance.undo", values, style, hint=line))
    actions.append(Action(t("attendance.count"), "attendance.ask_count", of, hint=line))
    if not seen.session.says.unnamed:
        actions.append(Action(t("attendance.pick"), "attendance.pick", of, hint=line))
    actions.append(
        Action(t("attendance.session"), "session.open", {"id": of["session"]}, hint=line)
    )
    good = attendance is not None and attendance.voided is None
    return Card(title, tuple(blocks), tuple(actions), Tone.GOOD if good else Tone.NEUTRAL)


def _blocks(ctx: Context, seen: Seen) -> list[Block]:
    t, says, network = ctx.t, seen.says, ctx.plans.network
    boards = Counter(says.boards)
    named = Counter(one.says.board for one in seen.members.values())
    by_board = [
        f"{describe.board(t, network, board)} {t.number(number)}"
        for board, number in (boards | named).items()
        if board
    ]
    rows = [
        (t("attendance.participants"), t.number(says.participants)),
        (t("attendance.boards"), t.all_of(by_board)),
    ]
    days = len(seen.session.says.days)
    if days > 1:
        complete = len(presences.complete(says, days))
        rows.append((t("attendance.complete", count=days), t.number(complete)))
    blocks: list[Block] = [Facts(tuple((label, said) for label, said in rows if said))]
    if seen.members:
        blocks.append(_names(ctx, seen, days))
    for day, name in dict.fromkeys((one.day, one.name) for one in says.unmatched):
        values = {"session": str(seen.session.id), "day": str(day), "name": name}
        who = Action(t("attendance.who"), "attendance.who", values, hint=name)
        blocks.append(Item(name, t("attendance.unmatched"), actions=(who,)))
    return blocks


def _names(ctx: Context, seen: Seen, days: int) -> Table:
    """Who was there; of several days, on which."""
    t, network = ctx.t, ctx.plans.network
    on: dict[int, list[int]] = {}
    for one in seen.says.present:
        on.setdefault(one.member, []).append(one.day)
    several = (t("attendance.days"),) if days > 1 else ()
    rows = [
        (
            seen.members[member].says.name,
            describe.role(t, network, seen.members[member].says.role),
            describe.board(t, network, seen.members[member].says.board),
            *((", ".join(str(day + 1) for day in sorted(set(there))),) if days > 1 else ()),
        )
        for member, there in on.items()
    ]
    header = (t("attendance.name"), t("attendance.role"), t("attendance.board"), *several)
    return Table(t("attendance.named", count=len(rows)), header, tuple(sorted(rows)[:MOST_NAMED]))
