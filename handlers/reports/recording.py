"""/report: marks what was prepared, sent or posted, and shows what is due; managers mark."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from handlers.chat import values
from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.progress.choosing import chosen_plan
from handlers.reports import asking, due, giving, line, narrating, note_line, told, view
from handlers.reports.due import STEPS, Due
from storage import documents, records
from storage.documents import KIND, Document
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.limits import FIRST_DAY
from storage.plan import Plan
from storage.records import Record
from storage.report import ReportKind

router = Router()


@router.command("report", "rapport")
async def report(msg: Incoming, ctx: Context) -> Reply:
    """Mark what the line says; else show every document of the plan."""
    _may_see(ctx)
    plan = ctx.plans.current(ctx.today)
    noted = note_line.read(msg.text, plan)
    if noted is not None:
        return await narrating.say(ctx, plan, noted)
    said = line.read(msg.text, today=ctx.today)
    if not said.step:
        if said.annual:
            return await asking.show(ctx, told.carried(plan, ReportKind.ANNUAL, 0))
        return await _show(ctx, plan, said)
    _may_mark(ctx)
    chosen = await ctx.store.read(due.meant, ctx.plans, said, ctx.today)
    for wrong, why in (
        (not chosen, "no_such"),
        (said.steps > 1, "one_step"),
        (not said.day_read, "which_day"),
    ):
        if wrong:
            raise UserError(f"report.{why}", example=ctx.t("report.example"))
    if len(chosen) > 1:
        return Reply(view.which(ctx, chosen, said))
    one = chosen[0]
    if said.day is None and one.done(said.step):
        return Reply(view.show(ctx, one.plan, [one]))  # it keeps the day it has
    return await _mark(ctx, one, said.step, said.day or ctx.today, _version(one))


@router.action("report.plan")
async def show_plan(msg: Incoming, ctx: Context) -> Reply:
    """The documents of another plan."""
    _may_see(ctx)
    return replace(await _show(ctx, chosen_plan(ctx, msg.values)), replace=True)


@router.action("report.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """One document, by the number of its record."""
    _may_see(ctx)
    one = await _of_record(ctx, values.whole(msg.values, "id"))
    return Reply(view.show(ctx, one.plan, [one]))


@router.action("report.mark")
async def mark(msg: Incoming, ctx: Context) -> Reply:
    """A step was done on a day, today where the button carries none."""
    _may_mark(ctx)
    one, step = await _of(ctx, msg.values), _step(msg.values)
    text = msg.values.get("day", ctx.today.isoformat())
    if not values.is_day(text) or not FIRST_DAY <= date.fromisoformat(text) <= ctx.today:
        return Reply(view.ask_day(ctx, one, step, msg.values, ctx.t("report.why.day")))
    version = values.whole(msg.values, "version")
    return await _mark(ctx, one, step, date.fromisoformat(text), version)


@router.action("report.day")
async def ask_day(msg: Incoming, ctx: Context) -> Reply:
    """Ask on which other day it was."""
    _may_mark(ctx)
    one = await _of(ctx, msg.values)
    return Reply(view.ask_day(ctx, one, _step(msg.values), msg.values, ""))


@router.action("report.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of a document."""
    _may_mark(ctx)
    one = await _of_record(ctx, values.whole(msg.values, "id"))

    def work(tx: Tx, id: int, version: int) -> Record[Document]:
        return records.undo(tx, KIND, id, version, ctx.person, ctx.at)

    return await ctx.change_version(
        msg.values,
        work,
        lambda done: view.receipt(ctx, replace(one, record=done), "report.title.restored"),
    )


def _may_see(ctx: Context) -> None:
    if not ctx.person.role.logs:
        raise NotAllowed


def _may_mark(ctx: Context) -> None:
    if not ctx.person.role.manages:
        raise UserError("report.refused")


async def _show(ctx: Context, plan: Plan, said: line.Said | None = None) -> Reply:
    """Every document of a plan, or the one that a line names."""
    there = await ctx.store.read(due.of_plan, plan)
    named = [
        one for one in there if said and (said.plan or said.number) and due.is_meant(one, said)
    ]
    return Reply(view.show(ctx, plan, named or there))


async def _of(ctx: Context, carried: Mapping[str, str]) -> Due:
    """The document that a button is about. Raises UserError where there is none."""
    plan, number = chosen_plan(ctx, carried), values.whole(carried, "number")
    for one in await ctx.store.read(due.of_plan, plan):
        if (one.of, one.number) == (carried.get("target"), number):
            return one
    raise UserError("errors.no_such_button")


async def _of_record(ctx: Context, id: int) -> Due:
    """The document that a record is of, also one taken back. Raises NotFound and UserError."""
    record = await ctx.store.read(records.get, KIND, id)
    says = record.says
    of = {"plan": says.plan, "target": says.target, "number": str(says.number)}
    return replace(await _of(ctx, of), record=record)


def _version(one: Due) -> int:
    return one.record.version if one.record else 0


def _step(carried: Mapping[str, str]) -> str:
    step = values.text(carried, "step")
    if step not in STEPS:
        raise UserError("errors.no_such_button")
    return step


async def _mark(ctx: Context, one: Due, step: str, day: date, version: int) -> Reply:
    on: dict[str, date] = {step: day}

    def work(tx: Tx) -> Record[Document]:
        """A report that is marked as sent is kept as it is now, for good."""
        marked = documents.mark(tx, replace(one.says, **on), version, ctx.person, ctx.at)
        if one.report and step == "sent" and one.says.sent != day:
            giving.freeze(tx, one.plan, *one.report, ctx.person, ctx.at, ctx.today)
        return marked

    return await ctx.change(
        work, lambda done: view.receipt(ctx, replace(one, record=done), "report.title.marked")
    )
