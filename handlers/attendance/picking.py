"""Who came, ticked in a list of the roster: for each day of the session."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers import describe
from handlers.attendance import naming, saving, view
from handlers.attendance.view import Seen
from handlers.chat import values
from handlers.chat.cards import Form, Input, InputKind, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from storage import communities, rosters
from storage.engine import Tx
from storage.presences import Attendance, Present, Source
from storage.records import Record
from storage.rosters import Member

router = Router()

MOST_CHOICES = 100  # of an input, in any door
MOST_DAYS = 5  # that can be ticked in one form


@router.action("attendance.pick")
async def pick(msg: Incoming, ctx: Context) -> Reply:
    """Open the form to tick who was there; where many could be, the body is asked for first."""
    saving.check(ctx)
    session, board = values.whole(msg.values, "session"), msg.values.get("board", "")
    seen, roster = await ctx.store.read(_offered, session, board)
    if seen.session.says.unnamed:
        raise UserError("attendance.only_heads", example=ctx.t("attendance.example"))
    if len(roster) > MOST_CHOICES and not board:
        return Reply(_which_board(ctx, session))
    return Reply(_form(ctx, seen, roster[:MOST_CHOICES], board))


@router.action("attendance.picked")
async def picked(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent: of those it offered, the ticked ones were there."""
    session, board = values.whole(msg.values, "session"), msg.values.get("board", "")

    def change(tx: Tx, seen: Seen) -> Attendance:
        offered = {one.id for one in _offered(tx, session, board)[1][:MOST_CHOICES]}
        ticked = _ticked(msg.values, min(len(seen.session.says.days), MOST_DAYS), offered)
        kept = [
            one for one in seen.says.present if one.member not in offered or one.day >= MOST_DAYS
        ]
        says = replace(seen.says, present=(*kept, *ticked), source=Source.PICKED, file="")
        others = msg.values.get("others", "")
        return naming.change(tx, seen, says, others) if others.strip() else says

    return await saving.save(ctx, session, change)


def _ticked(carried: Mapping[str, str], days: int, offered: set[int]) -> list[Present]:
    found: list[Present] = []
    for day in range(days):
        for text in filter(None, carried.get(f"there_{day}", "").split(",")):
            if not values.is_count(text) or int(text) not in offered:
                raise UserError("errors.no_such_button")
            found.append(Present(day, int(text)))
    return found


def _offered(tx: Tx, session: int, board: str) -> tuple[Seen, list[Record[Member]]]:
    """The session, and those of its audience who were on the roster of its first day, by name.

    Of a community's meeting that is its members. Those who are said to have been there are offered
    whatever their role.
    """
    seen = view.read(tx, session)
    says = seen.session.says
    there: dict[int, Record[Member]] = {}
    if says.community and not says.audience:
        there = {one.id: one for one in communities.members_on(tx, says.community, says.first)}
    if not there:
        roles = says.audience or tuple(dict.fromkeys(one.says.role for one in rosters.everyone(tx)))
        there = {one.id: one for role in roles for one in rosters.on_day(tx, role, says.first)}
    found = [one for one in (there | seen.members).values() if board in ("", one.says.board)]
    return seen, sorted(found, key=lambda one: one.says.name)


def _which_board(ctx: Context, session: int) -> Form:
    t = ctx.t
    boards = tuple((one.id, one.short[t.language]) for one in ctx.plans.network.body)
    label = t("attendance.board")
    one = Input("board", label, InputKind.CHOICE, choices=boards, required=True)
    next_, cancel = t("attendance.form.next"), t("session.form.cancel")
    carried = {"session": str(session)}
    return Form("attendance.pick", t("attendance.pick"), (one,), next_, cancel, carried)


def _form(ctx: Context, seen: Seen, roster: Sequence[Record[Member]], board: str) -> Form:
    t, says = ctx.t, seen.session.says
    choices = tuple(naming.choice(ctx, one) for one in roster)
    inputs = [
        Input(
            f"there_{day}",
            t("attendance.form.there_on", day=t.day(one.day))
            if len(says.days) > 1
            else t("attendance.form.there"),
            InputKind.CHOICES,
            ",".join(_there(seen.says, day, roster)),
            choices,
        )
        for day, one in enumerate(says.days[:MOST_DAYS])
        if choices
    ]
    hint = t("attendance.form.others_hint")
    inputs.append(Input("others", t("attendance.form.others"), InputKind.LONG_TEXT, hint=hint))
    carried = {"session": str(seen.session.id), "board": board}
    title = t("attendance.form.title", session=describe.session(t, says))
    save, cancel = t("attendance.form.save"), t("session.form.cancel")
    return Form("attendance.picked", title, tuple(inputs), save, cancel, carried)


def _there(says: Attendance, day: int, roster: Sequence[Record[Member]]) -> list[str]:
    offered = {one.id for one in roster}
    return [str(one.member) for one in says.present if one.day == day and one.member in offered]
