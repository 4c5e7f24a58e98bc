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

MOST_UNKNOWN = 6  # listed at once, of those on no roster


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


def show(ctx: Context, seen: Seen, title: str, first: int = 0) -> Card:
    """Who came, and every way to say it otherwise; for who doesn't record, how many came.

    ``first``: of those on no roster, the first that is listed.
    """
    t, attendance = ctx.t, seen.attendance
    line = describe.session(t, seen.session.says)
    there = attendance is not None and attendance.voided is None
    blocks: list[Block] = [Text(line)]
    blocks.append(_facts(ctx, seen) if there else Text(t("attendance.none")))
    if seen.session.says.unnamed:
        blocks.append(Text(t("attendance.unnamed"), muted=True))
    tone = Tone.GOOD if there else Tone.NEUTRAL
    if not ctx.person.role.logs:
        return Card(title, tuple(blocks), tone=tone)
    if there:
        blocks += _names(ctx, seen, first)
    return Card(title, tuple(blocks), tuple(_actions(ctx, seen, line)), tone)


def _actions(ctx: Context, seen: Seen, line: str) -> list[Action]:
    t, attendance = ctx.t, seen.attendance
    of = {"session": str(seen.session.id)}
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
    about = {"id": of["session"]}
    actions.append(Action(t("attendance.session"), "session.open", about, hint=line))
    return actions


def _facts(ctx: Context, seen: Seen) -> Facts:
    t, says, network = ctx.t, seen.says, ctx.plans.network
    named = Counter(one.says.board for one in seen.members.values())
    by_board = [
        f"{describe.board(t, network, board)} {t.number(number)}"
        for board, number in (Counter(says.boards) | named).items()
        if board
    ]
    rows = [
        (t("attendance.participants"), t.number(says.participants)),
        (t("attendance.boards"), t.all_of(by_board)),
    ]
    days = len(seen.session.says.days)
    if days > 1 and says.counts:
        rows.append((t("attendance.by_day"), _by_day(ctx, says, days)))
    if days > 1 and says.named:
        complete = len(presences.complete(says, days))
        rows.append((t("attendance.complete", count=days), t.number(complete)))
    return Facts(tuple((label, said) for label, said in rows if said))


def _by_day(ctx: Context, says: Attendance, days: int) -> str:
    """ "14 + 12": the heads of each day, as counted."""
    counted = Counter[int]()
    for one in says.counts:
        counted[one.day] += one.number
    return " + ".join(ctx.t.number(counted[day]) for day in range(days))


def _names(ctx: Context, seen: Seen, first: int) -> list[Block]:
    """Those of the roster in a table, and a few of those who are on none, to say who they are."""
    t, of = ctx.t, {"session": str(seen.session.id)}
    blocks: list[Block] = [_table(ctx, seen)] if seen.members else []
    unknown = list(dict.fromkeys(one.name for one in seen.says.unmatched))
    first = first if first < len(unknown) else 0
    for name in unknown[first : first + MOST_UNKNOWN]:
        who = Action(t("attendance.who"), "attendance.who", {**of, "name": name}, hint=name)
        blocks.append(Item(name, t("attendance.unmatched"), actions=(who,)))
    if len(unknown) > MOST_UNKNOWN:
        next_ = first + MOST_UNKNOWN
        of["first"] = str(next_ if next_ < len(unknown) else 0)
        more = Action(t("attendance.more"), "attendance.open", of)
        blocks.append(Item(t("attendance.in_all", count=len(unknown)), actions=(more,)))
    return blocks


def _table(ctx: Context, seen: Seen) -> Table:
    """Who was there; of several days, on which."""
    t, network = ctx.t, ctx.plans.network
    several = len(seen.session.says.days) > 1
    on: dict[int, list[int]] = {}
    for one in dict.fromkeys(seen.says.present):
        on.setdefault(one.member, []).append(one.day)
    rows = [
        (
            seen.members[member].says.name,
            describe.role(t, network, seen.members[member].says.role),
            describe.board(t, network, seen.members[member].says.board),
            *((", ".join(str(day + 1) for day in sorted(days)),) if several else ()),
        )
        for member, days in on.items()
    ]
    header = (t("attendance.name"), t("attendance.role"), t("attendance.board"))
    if several:
        header = (*header, t("attendance.days"))
    return Table(t("attendance.named", count=len(rows)), header, tuple(sorted(rows)))
