"""/report note: managers write what a report says of a target, see it all, and take it back."""

from collections.abc import Mapping

from handlers import doubt
from handlers.chat import values
from handlers.chat.cards import Card, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.progress.choosing import chosen_plan, chosen_target
from handlers.reports import narrated, narrative_form, narrative_view
from handlers.reports.narrated import Which
from handlers.reports.note_line import Noted
from storage import narratives, records
from storage.engine import Tx
from storage.narratives import NARRATIVE, Narrative
from storage.plan import Plan, Target

router = Router()


async def say(ctx: Context, plan: Plan, said: Noted) -> Reply:
    """What a line says: kept, where it names one target and what is written on it."""

    def work(tx: Tx) -> Reply:
        which = (
            narrated.upcoming(tx, ctx, plan)
            if said.kind is None
            else narrated.one(tx, ctx, plan, said.kind, said.number)
        )
        if said.all:
            return Reply(_list(tx, ctx, which, 0))
        target = said.targets[0] if said.sure else None
        text = narrative_form.tidy(said.text)
        if target and text:
            return _keep(tx, ctx, which, target, text)
        if which.sent is None and said.whole and target is None:
            return narrative_view.ask_target(ctx, which, said.targets, text, said.whole)
        return _form(tx, ctx, which, target, said.whole if target is None else text)

    if said.sure and said.text:
        return await ctx.change(work, lambda reply: reply)
    return await ctx.store.read(work)


@router.action("report.note")
async def ask(msg: Incoming, ctx: Context) -> Reply:
    """Open the form: with what is said by now, or with what was typed before."""

    def read(tx: Tx) -> Reply:
        which = narrated.carried(tx, ctx, msg.values)
        return _form(tx, ctx, which, _target(which, msg.values), msg.values.get("text", ""))

    return await ctx.store.read(read)


@router.action(narrative_form.SAVE)
async def save(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent."""

    def work(tx: Tx) -> Reply:
        which = narrated.carried(tx, ctx, msg.values)
        text = narrative_form.tidy(msg.values.get("text", ""))
        target, version = _target(which, msg.values), values.whole(msg.values, "version")
        if target is None and which.sent is None:
            errors = {"target": ctx.t("narrative.why.target")}
            return Reply(narrative_form.choose(ctx, which, text, errors))
        sure = msg.values.get(doubt.SURE, "")
        return _keep(tx, ctx, which, target, text, version, sure)

    return await ctx.change(work, lambda reply: reply)


@router.action("report.note_undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version, unless the report was sent since."""

    def work(tx: Tx, id: int, version: int) -> Reply:
        says = records.get(tx, NARRATIVE, id).says
        of = {"plan": says.plan, "target": says.target}
        plan = chosen_plan(ctx, of)
        which = narrated.one(tx, ctx, plan, says.report, says.number)
        if which.sent is not None:
            raise UserError("narrative.frozen", day=ctx.t.full_date(which.sent))
        record = records.undo(tx, NARRATIVE, id, version, ctx.person, ctx.at)
        there = narrated.told(tx, ctx, which, chosen_target(plan, of), record)
        return narrative_view.receipt(ctx, there, "restored")

    return await ctx.change_version(msg.values, work, lambda reply: reply)


@router.action("report.notes")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """All that a report says; another page of it, or another report, in the same place."""
    offset = values.whole(msg.values, "offset") if "offset" in msg.values else 0

    def read(tx: Tx) -> Reply:
        which = narrated.carried(tx, ctx, msg.values)
        return Reply(_list(tx, ctx, which, offset), replace="offset" in msg.values)

    return await ctx.store.read(read)


def _keep(
    tx: Tx,
    ctx: Context,
    which: Which,
    target: Target | None,
    text: str,
    version: int | None = None,
    sure: str = "",
) -> Reply:
    """Have a report say this, or nothing more; ``version`` is what the form was opened on.

    What may name a student is asked about first, unless one is ``sure``.
    """
    if which.sent is not None or target is None:
        return _was_sent(tx, ctx, which, target, text)
    there = narrated.told(tx, ctx, which, target)
    if version not in (None, there.version):
        error = ctx.t("narrative.why.other" if there.text else "narrative.why.gone")
        return Reply(narrative_form.build(ctx, there, text, error, other=there.text))
    if not text and there.record:
        record = records.void(tx, NARRATIVE, there.record.id, there.version, ctx.person, ctx.at)
    elif error := narrative_form.problem(ctx.t, text):
        return Reply(narrative_form.build(ctx, there, text, error))
    else:
        of = {**which.values, "target": target.id, "version": str(there.version)}
        carried = {**of, "text": text, doubt.SURE: sure}
        send, change = narrative_form.SAVE, "report.note"
        asked = doubt.ask(ctx, [text], [there.text], carried, send=send, change=change)
        if asked is not None:
            return asked
        says = Narrative(which.plan.id, which.kind, which.number, target.id, text)
        record = narratives.tell(tx, says, there.version, ctx.person, ctx.at)
    key = "changed" if there.record else "kept"
    return narrative_view.receipt(ctx, narrated.told(tx, ctx, which, target, record), key)


def _form(tx: Tx, ctx: Context, which: Which, target: Target | None, text: str) -> Reply:
    """The form, with what is said by now where nothing was typed."""
    if which.sent is not None:
        return _was_sent(tx, ctx, which, target, text)
    if target is None:
        return Reply(narrative_form.choose(ctx, which, text))
    there = narrated.told(tx, ctx, which, target)
    other = there.text if text and text != there.text else ""
    return Reply(narrative_form.build(ctx, there, text or there.text, other=other))


def _was_sent(tx: Tx, ctx: Context, which: Which, target: Target | None, text: str) -> Reply:
    upcoming = narrated.upcoming(tx, ctx, which.plan)
    return narrative_view.was_sent(ctx, which, upcoming, target, text)


def _list(tx: Tx, ctx: Context, which: Which, offset: int) -> Card:
    kept = narratives.of_report(tx, which.plan.id, which.kind, which.number)
    return narrative_view.listed(ctx, which, kept, offset)


def _target(which: Which, carried: Mapping[str, str]) -> Target | None:
    """The target that a button or a form carried; None where none is chosen yet."""
    return chosen_target(which.plan, carried) if carried.get("target") else None
