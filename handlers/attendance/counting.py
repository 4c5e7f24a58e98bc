"""Heads of a session, in all and from each body, for each of its days: as a line or a form says."""

from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from handlers import describe
from handlers.attendance import line, saving
from handlers.attendance.view import Seen
from handlers.chat import values
from handlers.chat.cards import Form, Input, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.lines.words import names_of
from storage import presences
from storage.presences import Attendance, Counted, Source
from storage.sessions import MOST_PEOPLE

router = Router()

# Heads on a button: by day from 1, and of every other day under 0.
_HEADS = TypeAdapter(tuple[Counted, ...])


def carried(ctx: Context, said: line.Said) -> str:
    """The heads of a line as a button carries them. Raises UserError where they don't add up."""
    counts: list[Counted] = []
    if said.unclear:
        raise UserError("attendance.how_many", example=ctx.t("attendance.example"))
    for day, heads in said.heads.items():
        if heads.whole is not None and heads.counted > heads.whole:
            raise UserError(
                "attendance.does_not_add_up",
                whole=ctx.t.number(heads.whole),
                sum=ctx.t.number(heads.counted),
                example=ctx.t("attendance.example"),
            )
        if not heads.counts or sum(number for _, number in heads.counts) > MOST_PEOPLE:
            raise UserError("attendance.how_many", example=ctx.t("attendance.example"))
        counts += [Counted(day, board, number) for board, number in heads.counts]
    return _HEADS.dump_json(tuple(counts)).decode()


def change(ctx: Context, seen: Seen, says: Attendance, text: str) -> Attendance:
    """The attendance with the heads that a button carries in the place of those of their days.

    Raises UserError for a day that the session doesn't have.
    """
    try:
        heads = _HEADS.validate_json(text)
    except ValidationError:
        raise UserError("errors.no_such_button") from None
    if not {one.board for one in heads} <= {"", *(one.id for one in ctx.plans.network.body)}:
        raise UserError("errors.no_such_button")
    days = len(seen.session.says.days)
    on_their_own = {one.day for one in heads if one.day}
    if max(on_their_own, default=0) > days:
        raise UserError("attendance.no_such_day", count=days)
    every = any(one.day == 0 for one in heads)
    counts: list[Counted] = []
    for day in range(days):
        if day + 1 in on_their_own or every:
            of = day + 1 if day + 1 in on_their_own else 0
            counts += [Counted(day, one.board, one.number) for one in heads if one.day == of]
        else:
            counts += [one for one in says.counts if one.day == day]
    return replace(says, counts=tuple(counts), source=Source.TYPED, file="")


@router.action("attendance.ask_count")
async def ask_count(msg: Incoming, ctx: Context) -> Reply:
    """Ask how many came, in all and from each body; what is recorded stands there already."""
    saving.check(ctx)
    session = values.whole(msg.values, "session")
    there = await ctx.store.read(presences.of_session, session)
    return Reply(_form(ctx, session, _said(ctx, there.says) if there else ""))


@router.action("attendance.counted")
async def counted(msg: Incoming, ctx: Context) -> Reply:
    """The heads were given, as a line says them."""
    session, text = values.whole(msg.values, "session"), msg.values.get("heads", "")
    said = line.read(text, today=ctx.today, names=names_of(ctx.plans.network))
    if said.words or not said.heads:
        return Reply(_form(ctx, session, text, ctx.t("attendance.why.heads")))
    try:
        heads = carried(ctx, said)
        return await saving.save(ctx, session, lambda tx, seen: change(ctx, seen, seen.says, heads))
    except UserError as error:
        return Reply(_form(ctx, session, text, ctx.t(error.key, **error.params)))


def _said(ctx: Context, says: Attendance) -> str:
    """The heads that are recorded, as a line says them."""
    t, days = ctx.t, sorted({one.day for one in says.counts})
    lines = [_of_day(ctx, [one for one in says.counts if one.day == day]) for day in days]
    if len(set(lines)) == 1 and days == list(range(len(days))):
        return lines[0]
    each = zip(days, lines, strict=True)
    return ", ".join(t("attendance.form.on_day", day=day + 1, heads=said) for day, said in each)


def _of_day(ctx: Context, counts: list[Counted]) -> str:
    """ "14 EMSB 9 RSB 5"."""
    boards = [
        f"{describe.board(ctx.t, ctx.plans.network, one.board)} {one.number}"
        for one in counts
        if one.board
    ]
    return " ".join([str(sum(one.number for one in counts)), *boards])


def _form(ctx: Context, session: int, said: str, error: str = "") -> Form:
    t = ctx.t
    label, hint = t("attendance.form.heads"), t("attendance.form.heads_hint")
    heads = Input("heads", label, value=said, required=True, hint=hint, error=error)
    title, save, cancel = (
        t("attendance.count"),
        t("attendance.form.save"),
        t("session.form.cancel"),
    )
    return Form("attendance.counted", title, (heads,), save, cancel, {"session": str(session)})
