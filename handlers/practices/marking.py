"""What a facilitator makes of a practice: promising, selected, published, and back."""

from datetime import date

from handlers.chat import values
from handlers.chat.cards import Action, Form, Input, InputKind, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.practices import view
from handlers.practices.view import Shown
from storage import practice_marks
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.limits import FIRST_DAY
from storage.practice import Status
from storage.practice_marks import Mark

router = Router()


@router.action("practice.mark")
async def mark(msg: Incoming, ctx: Context) -> Reply:
    """A practice is this from now on, or from the day that the form holds."""
    if not ctx.person.role.logs:
        raise NotAllowed
    status, practice = _status(msg), values.whole(msg.values, "practice")
    version = values.whole(msg.values, "version")
    text = msg.values.get("day", ctx.today.isoformat())
    if not values.is_day(text) or not FIRST_DAY <= date.fromisoformat(text) <= ctx.today:
        return Reply(_ask_day(ctx, msg, ctx.t("practice.why.day")))
    says = Mark(practice, status, date.fromisoformat(text))

    def work(tx: Tx) -> Shown:
        practice_marks.mark(tx, says, version, ctx.person, ctx.at)
        return view.read(tx, ctx, practice)

    return await ctx.change(work, lambda shown: _receipt(ctx, shown))


@router.action("practice.day")
async def ask_day(msg: Incoming, ctx: Context) -> Reply:
    """Ask since which other day."""
    if not ctx.person.role.logs:
        raise NotAllowed
    return Reply(_ask_day(ctx, msg, ""))


@router.action("practice.unmark")
async def unmark(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of a mark."""

    def work(tx: Tx, id: int, version: int) -> Shown:
        undone = practice_marks.undo(tx, id, version, ctx.person, ctx.at)
        return view.read(tx, ctx, undone.says.practice)

    id, version = values.whole(msg.values, "id"), values.whole(msg.values, "version")
    again = Action(
        ctx.t("practice.restore"), "practice.unmark", {"id": str(id), "version": str(version + 1)}
    )
    return await ctx.change(
        work,
        lambda shown: view.receipt(ctx, shown, "practice.title.restored", again),
        id,
        version,
    )


def _receipt(ctx: Context, shown: Shown) -> Reply:
    t, record = ctx.t, shown.mark
    assert record is not None  # as it was marked just now
    of = {"id": str(record.id), "version": str(record.version)}
    undo = Action(t("practice.undo"), "practice.unmark", of, hint=shown.record.says.title)
    other = {
        "practice": str(shown.record.id),
        "status": record.says.status.value,
        "version": str(record.version),
        "day": record.says.day.isoformat(),
    }
    another = Action(t("practice.other_day"), "practice.day", other)
    return view.receipt(ctx, shown, f"practice.marked.{record.says.status}", undo, another)


def _ask_day(ctx: Context, msg: Incoming, error: str) -> Form:
    t, status = ctx.t, _status(msg)
    day = msg.values.get("day", ctx.today.isoformat())
    label = t("practice.since")
    input = Input("day", label, InputKind.DATE, day, required=True, error=error)
    of = {name: values.text(msg.values, name) for name in ("practice", "version")}
    return Form(
        "practice.mark",
        t(f"practice.mark.{status}"),
        (input,),
        t("practice.form.save"),
        t("practice.form.cancel"),
        {**of, "status": status.value},
    )


def _status(msg: Incoming) -> Status:
    try:
        return Status(values.text(msg.values, "status"))
    except ValueError:
        raise UserError("errors.no_such_button") from None
