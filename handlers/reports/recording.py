"""/report: marks what was prepared, sent or posted, and shows what is due; managers mark."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from handlers.chat import values
from handlers.chat.cards import (
    Action,
    Block,
    Card,
    Facts,
    Form,
    Heading,
    Input,
    InputKind,
    Item,
    Reply,
    Style,
    Text,
    Tone,
)
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.reports import line
from storage import documents, records
from storage.documents import KIND, Document
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.limits import FIRST_DAY
from storage.plan import CountOf, Milestone, Plan, Target
from storage.records import Record

router = Router()

STEPS = ("prepared", "sent", "posted")


@dataclass(frozen=True, slots=True)
class Due:
    """A document that the plan asks for: what it is called, its milestone, and what is kept."""

    target: Target
    number: int
    milestone: Milestone | None
    record: Record[Document] | None


@router.command("report", "rapport")
async def report(msg: Incoming, ctx: Context) -> Reply:
    """Mark what the line says; else show every document of the plan."""
    if not ctx.person.role.logs:
        raise NotAllowed
    said, plan = line.read(msg.text, today=ctx.today), _plan(ctx)
    there = await ctx.store.read(_due, plan)
    if not said.step:
        chosen = [one for one in there if _is(one, said)] if msg.text else []
        return Reply(_show(ctx, plan, chosen or there))
    _may(ctx)
    chosen = [one for one in there if _is(one, said)]
    if not chosen:
        raise UserError("report.no_such", example=ctx.t("report.example"))
    if not said.day_read:
        raise UserError("report.which_day", example=ctx.t("report.example"))
    if len(chosen) > 1:
        return Reply(_which(ctx, chosen, said))
    return await _mark(ctx, plan, chosen[0], said.step, said.day or ctx.today)


@router.action("report.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """One document, by the number of its record."""
    if not ctx.person.role.logs:
        raise NotAllowed
    record = await ctx.store.read(records.get, KIND, values.whole(msg.values, "id"))
    plan = next((one for one in ctx.plans.all if one.id == record.says.plan), _plan(ctx))
    there = await ctx.store.read(_due, plan)
    chosen = [one for one in there if one.record and one.record.id == record.id]
    return Reply(_show(ctx, plan, chosen or there))


@router.action("report.mark")
async def mark(msg: Incoming, ctx: Context) -> Reply:
    """A step was done on a day, today where the button carries none."""
    _may(ctx)
    plan, due = await _of(ctx, msg.values)
    step = _step(msg.values)
    text = msg.values.get("day", "") or ctx.today.isoformat()
    if not values.is_day(text) or not FIRST_DAY <= date.fromisoformat(text) <= ctx.today:
        return Reply(_ask_day(ctx, due, step, msg.values, ctx.t("report.why.day")))
    return await _mark(ctx, plan, due, step, date.fromisoformat(text))


@router.action("report.day")
async def ask_day(msg: Incoming, ctx: Context) -> Reply:
    """Ask on which other day it was."""
    _may(ctx)
    _, due = await _of(ctx, msg.values)
    return Reply(_ask_day(ctx, due, _step(msg.values), msg.values, ""))


@router.action("report.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of a document."""
    plan, due = await _of(ctx, msg.values)

    def work(tx: Tx, id: int, version: int) -> Record[Document]:
        return records.undo(tx, KIND, id, version, ctx.person, ctx.at)

    return await ctx.change(
        work,
        lambda done: _receipt(ctx, plan, replace(due, record=done), "report.title.restored"),
        values.whole(msg.values, "id"),
        values.whole(msg.values, "version"),
    )


def _plan(ctx: Context) -> Plan:
    return ctx.plans.current(ctx.today)


def _may(ctx: Context) -> None:
    if not ctx.person.role.manages:
        raise UserError("report.refused")


def _due(tx: Tx, plan: Plan) -> list[Due]:
    """Every document of a plan, in the order of its targets."""
    found: list[Due] = []
    for target in plan.target:
        if target.counts is not CountOf.DOCUMENTS:
            continue
        milestones = [one for one in plan.milestone if one.target == target.id]
        kept = {one.says.number: one for one in documents.of_target(tx, plan.id, target.id)}
        for number in range(1, max(int(target.goal), *kept, 1) + 1):
            due = milestones[number - 1] if number <= len(milestones) else None
            found.append(Due(target, number, due, kept.get(number)))
    return found


def _is(due: Due, said: line.Said) -> bool:
    """Whether a line may mean this document: the plan itself, or a report by its number."""
    single = due.target.goal == 1
    if said.plan or said.number is None:
        return single or not said.plan
    return not single and said.number == due.number


async def _of(ctx: Context, carried: Mapping[str, str]) -> tuple[Plan, Due]:
    """The document that a button is about. Raises UserError where there is none."""
    plan = next((one for one in ctx.plans.all if one.id == carried.get("plan")), None)
    if plan is None:
        raise UserError("errors.no_such_button")
    number = values.whole(carried, "number")
    for one in await ctx.store.read(_due, plan):
        if (one.target.id, one.number) == (carried.get("target"), number):
            return plan, one
    raise UserError("errors.no_such_button")


def _step(carried: Mapping[str, str]) -> str:
    step = values.text(carried, "step")
    if step not in STEPS:
        raise UserError("errors.no_such_button")
    return step


async def _mark(ctx: Context, plan: Plan, due: Due, step: str, day: date) -> Reply:
    before = due.record
    says = before.says if before else Document(plan.id, due.target.id, due.number)
    changed = {step: day}
    return await ctx.change(
        documents.mark,
        lambda done: _receipt(ctx, plan, replace(due, record=done), "report.title.marked"),
        replace(says, **changed),
        before.version if before else 0,
        ctx.person,
        ctx.at,
    )


def _name(ctx: Context, due: Due) -> str:
    if due.milestone is not None:
        return due.milestone.name[ctx.t.language]
    return f"{due.target.name[ctx.t.language]} {due.number}"


def _values(plan: Plan, due: Due) -> dict[str, str]:
    return {"plan": plan.id, "target": due.target.id, "number": str(due.number)}


def _show(ctx: Context, plan: Plan, there: list[Due]) -> Card:
    """Each document with its dates, when it is due, and for managers the next steps."""
    t = ctx.t
    blocks: list[Block] = [Text(plan.title[t.language], muted=True)]
    for due in there:
        actions: tuple[Action, ...] = ()
        if ctx.person.role.manages:
            actions = _steps(ctx, plan, due)
        blocks.append(Item(_name(ctx, due), _dates(ctx, due), actions=actions))
    if not there:
        blocks.append(Text(t("report.none")))
    return Card(t("report.title.all"), tuple(blocks))


def _steps(ctx: Context, plan: Plan, due: Due) -> tuple[Action, ...]:
    """The steps that are still to be done."""
    says, of = due.record.says if due.record else None, _values(plan, due)
    left = [step for step in STEPS if says is None or getattr(says, step) is None]
    if says is not None and says.sent is not None and "prepared" in left:
        left.remove("prepared")  # it must have been
    hint = _name(ctx, due)
    return tuple(
        Action(ctx.t(f"report.step.{step}"), "report.mark", {**of, "step": step}, hint=hint)
        for step in left
    )


def _dates(ctx: Context, due: Due) -> str:
    t, milestone = ctx.t, due.milestone
    says = due.record.says if due.record else None
    done = [
        t(f"report.done.{step}", day=t.day(day))
        for step in STEPS
        if says is not None and (day := getattr(says, step)) is not None
    ]
    if milestone is not None and (says is None or says.sent is None):
        late = milestone.due < ctx.today
        when = "report.due.late" if late else "report.due.on"
        done.append(t(when, day=t.day(milestone.due)))
        if milestone.assumed:
            done.append(t("report.due.assumed"))
    return " · ".join(done) or t("report.nothing_done")


def _receipt(ctx: Context, plan: Plan, due: Due, key: str) -> Reply:
    """A document as it now stands, with the way back."""
    t, record = ctx.t, due.record
    assert record is not None
    of = {**_values(plan, due), "id": str(record.id), "version": str(record.version)}
    name = _name(ctx, due)
    if record.voided is not None:
        restore = Action(t("report.restore"), "report.undo", of, Style.PRIMARY, hint=name)
        card = Card(t("report.title.voided"), (Item(name, struck=True),), (restore,))
        return Reply(card, replace=True)
    rows = tuple(
        (t(f"report.field.{step}"), t.full_date(day))
        for step in STEPS
        if (day := getattr(record.says, step)) is not None
    )
    blocks: list[Block] = [Heading(name), Facts(rows)]
    last = [step for step in STEPS if getattr(record.says, step) is not None][-1]
    other = {**_values(plan, due), "step": last}
    actions = (
        Action(t("report.undo"), "report.undo", of, hint=name),
        Action(t("report.other_day"), "report.day", other, hint=name),
        *_steps(ctx, plan, due),
    )
    return Reply(Card(t(key), tuple(blocks), actions, Tone.GOOD), replace=True)


def _which(ctx: Context, chosen: list[Due], said: line.Said) -> Card:
    """Which document was done, where the line leaves it open."""
    plan, day = _plan(ctx), (said.day or ctx.today).isoformat()
    actions = tuple(
        Action(
            _name(ctx, one), "report.mark", {**_values(plan, one), "step": said.step, "day": day}
        )
        for one in chosen
        if one.record is None or getattr(one.record.says, said.step) is None
    )
    title = ctx.t(f"report.which.{said.step}")
    if not actions:
        return Card(title, (Text(ctx.t("report.all_done")),))
    return Card(title, (), actions)


def _ask_day(ctx: Context, due: Due, step: str, carried: Mapping[str, str], error: str) -> Form:
    t = ctx.t
    label = t(f"report.field.{step}")
    day = Input(
        "day",
        label,
        InputKind.DATE,
        carried.get("day", "") or ctx.today.isoformat(),
        required=True,
        error=error,
    )
    of = {name: carried[name] for name in ("plan", "target", "number") if name in carried}
    save, cancel = t("report.form.save"), t("report.form.cancel")
    return Form("report.mark", _name(ctx, due), (day,), save, cancel, {**of, "step": step})
