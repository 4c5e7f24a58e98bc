"""Documents as they are shown: what was done when, what is due, and the next steps."""

from collections.abc import Mapping, Sequence
from datetime import date

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
from handlers.chat.texts import Texts
from handlers.reports import line, told
from handlers.reports.due import STEPS, Due, others
from storage.plan import Plan

MOST_PLANS = 4  # that the list leads to


def name_of(t: Texts, due: Due) -> str:
    """What a document is called: as its milestone is."""
    if due.milestone is not None:
        return due.milestone.name[t.language]
    if due.target is None:
        return t("document.annual")
    return f"{due.target.name[t.language]} {due.number}"


def show(ctx: Context, plan: Plan, there: Sequence[Due]) -> Card:
    """Each document with its dates, when it is due, and for managers the next steps."""
    t = ctx.t
    blocks: list[Block] = [Text(plan.title[t.language], muted=True)]
    for one in there:
        actions: tuple[Action, ...] = ()
        if ctx.person.role.manages:
            actions = (*steps(t, one), *opens(t, one, t("report.file.open")))
        blocks.append(Item(name_of(t, one), dates(t, one, ctx.today), actions=actions))
    turns = [
        Action(one.title[t.language], "report.plan", {"plan": one.id})
        for one in others(ctx.plans, plan)[-MOST_PLANS:]
    ]
    return Card(t("report.title.all"), tuple(blocks), tuple(turns))


def opens(t: Texts, due: Due, label: str) -> tuple[Action, ...]:
    """The button that leads to a report: its checklist, its files; none for the plan itself."""
    if due.report is None:
        return ()
    of = told.carried(due.plan, *due.report)
    return (Action(label, "report.ask", of, hint=name_of(t, due)),)


def receipt(ctx: Context, due: Due, key: str) -> Reply:
    """A document as it now stands, with the way back."""
    t, record, name = ctx.t, due.record, name_of(ctx.t, due)
    assert record is not None
    of = {"id": str(record.id), "version": str(record.version)}
    plan = Text(due.plan.title[t.language], muted=True)
    if record.voided is not None:
        restore = Action(t("report.restore"), "report.undo", of, Style.PRIMARY, hint=name)
        card = Card(t("report.title.voided"), (Item(name, struck=True), plan), (restore,))
        return Reply(card, replace=True)
    done = [step for step in STEPS if due.done(step)]
    rows = [
        (t(f"report.field.{step}"), t.full_date(day)) for step in done if (day := due.done(step))
    ]
    blocks: list[Block] = [Heading(name), plan, Facts(tuple(rows))]
    if due.report and due.done("sent"):
        blocks.append(Text(t("report.kept"), muted=True))
    actions = [Action(t("report.undo"), "report.undo", of, hint=name)]
    if done:
        other = _values(due, done[-1])
        actions.append(Action(t("report.other_day"), "report.day", other, hint=name))
    if due.done("sent"):
        actions += opens(t, due, t("report.file.sent"))
    actions += steps(ctx.t, due)
    return Reply(Card(t(key), tuple(blocks), tuple(actions), Tone.GOOD), replace=True)


def which(ctx: Context, chosen: Sequence[Due], said: line.Said) -> Card:
    """Which document was done, where the line leaves it open."""
    t, day = ctx.t, (said.day or ctx.today).isoformat()
    several = len({one.plan.id for one in chosen}) > 1
    actions: list[Action] = []
    for one in chosen:
        if one.done(said.step) is None:
            name = name_of(ctx.t, one)
            label = f"{name} · {one.plan.title[t.language]}" if several else name
            actions.append(Action(label, "report.mark", {**_values(one, said.step), "day": day}))
    title = t(f"report.which.{said.step}")
    if not actions:
        return Card(title, (Text(t("report.all_done")),))
    return Card(title, (), tuple(actions))


def ask_day(ctx: Context, due: Due, step: str, carried: Mapping[str, str], error: str) -> Form:
    """The form that asks on which day a step was done."""
    t, day = ctx.t, due.done(step) or ctx.today
    input = Input(
        "day",
        t(f"report.field.{step}"),
        InputKind.DATE,
        carried.get("day", day.isoformat()),
        required=True,
        error=error,
    )
    save, cancel = t("report.form.save"), t("report.form.cancel")
    of = {**_values(due, step), "version": carried.get("version", "0")}
    return Form("report.mark", name_of(ctx.t, due), (input,), save, cancel, of)


def _values(due: Due, step: str) -> dict[str, str]:
    """What a button on a document carries; ``version`` is 0 where nothing is kept of it."""
    version = due.record.version if due.record else 0
    of = {"plan": due.plan.id, "target": due.of, "number": str(due.number)}
    return {**of, "version": str(version), "step": step}


def steps(t: Texts, due: Due) -> tuple[Action, ...]:
    """The steps that are still to be done; what was sent must have been prepared."""
    left = [step for step in STEPS if due.done(step) is None]
    if due.says.sent is not None and "prepared" in left:
        left.remove("prepared")
    name = name_of(t, due)
    return tuple(
        Action(t(f"report.step.{step}"), "report.mark", _values(due, step), hint=name)
        for step in left
    )


def dates(t: Texts, due: Due, today: date) -> str:
    """On one line: what was done when, and when it is due."""
    milestone = due.milestone
    said = [
        t(f"report.done.{step}", day=t.day(day))
        for step in STEPS
        if (day := due.done(step)) is not None
    ]
    if milestone is not None and due.says.sent is None:
        when = "report.due.late" if milestone.due < today else "report.due.on"
        said.append(t(when, day=t.day(milestone.due)))
        if milestone.assumed:
            said.append(t("report.due.assumed"))
    return " · ".join(said)
