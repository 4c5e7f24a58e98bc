"""Narratives as they are shown: a receipt, the list of a report, and what is asked or refused."""

from collections.abc import Mapping, Sequence

from handlers.chat.cards import (
    Action,
    Block,
    Card,
    Heading,
    Item,
    Reply,
    Said,
    Style,
    Text,
    Tone,
)
from handlers.chat.context import Context
from handlers.chat.texts import Texts
from handlers.progress import words
from handlers.progress.choosing import strands
from handlers.reports import told
from handlers.reports.narrated import Told, Which, in_order, numbers
from storage.narratives import Narrative
from storage.plan import Target
from storage.records import Record
from storage.report_kinds import ReportKind

PAGE = 8
SHOWN = 300  # characters in the list


def receipt(ctx: Context, there: Told, key: str) -> Reply:
    """What a report now says of a target, beside its figure, with the way back."""
    t, record, name = ctx.t, there.record, there.target.name[ctx.t.language]
    assert record is not None
    which = there.which
    heading = Heading(told.called(t, which.kind, which.number))
    plan = Text(which.plan.title[t.language], muted=True)
    of = {"id": str(record.id), "version": str(record.version)}
    if record.voided is not None:
        restore = Action(t("narrative.restore"), "report.note_undo", of, Style.PRIMARY, hint=name)
        blocks: tuple[Block, ...] = (heading, plan, Item(name, struck=True))
        actions = (restore, _every(t, which))
        return Reply(Card(t("narrative.title.voided"), blocks, actions), replace=True)
    row = words.row(t, there.figure, "")
    actions = (
        Action(t("narrative.undo"), "report.note_undo", of, hint=name),
        _edit(t, which, there.target),
        *_next(t, there),
        _every(t, which),
    )
    blocks = heading, plan, row, Said(record.says.text)
    return Reply(Card(t(f"narrative.title.{key}"), blocks, actions, Tone.GOOD), replace=True)


def listed(ctx: Context, which: Which, kept: Mapping[str, Record[Narrative]], offset: int) -> Card:
    """A page of a report's targets, each with what is said of it; then the plan's other reports."""
    t, rows, by_strand = ctx.t, in_order(which.plan), strands(which.plan)
    there = [one for one in rows if one.id in kept]
    count = t("narrative.count", count=len(there), of=t.number(len(rows)))
    blocks: list[Block] = [Text(which.plan.title[t.language], muted=True), Text(count)]
    if which.sent is not None:
        blocks.append(Text(t("narrative.frozen", day=t.full_date(which.sent))))
    page = rows[offset : offset + PAGE]
    for strand in which.plan.strand:
        mine = [one for one in page if by_strand[one.id] == strand.id]
        if mine:
            blocks.append(Heading(f"{strand.id} · {strand.title[t.language]}"))
        blocks += [_item(t, which, one, kept.get(one.id)) for one in mine]
    turns = [
        Action(t(f"narrative.{label}"), "report.notes", {**which.values, "offset": str(at)})
        for label, at, more in (
            ("back", max(0, offset - PAGE), offset > 0),
            ("on", offset + PAGE, offset + PAGE < len(rows)),
        )
        if more
    ]
    title = t("narrative.list", report=told.called(t, which.kind, which.number))
    return Card(title, tuple(blocks), (*turns, *_others(t, which)))


def ask_target(ctx: Context, which: Which, near: Sequence[Target], text: str, whole: str) -> Reply:
    """Which target is meant; each button leads to its form with what was typed."""
    t = ctx.t
    actions = [
        Action(
            one.name[t.language], "report.note", {**which.values, "target": one.id, "text": text}
        )
        for one in near
    ]
    another = {**which.values, "text": whole}
    label = t("narrative.which.another" if near else "narrative.which.choose")
    actions.append(Action(label, "report.note", another))
    name = told.called(t, which.kind, which.number)
    blocks: list[Block] = [Text(t("narrative.which.text", report=name))]
    if whole:
        blocks.append(Said(whole))
    return Reply(Card(t("narrative.which.title"), tuple(blocks), tuple(actions)))


def was_sent(
    ctx: Context, which: Which, upcoming: Which, target: Target | None, text: str
) -> Reply:
    """That a report was sent and stays so; the button leads to the next one's form."""
    t = ctx.t
    assert which.sent is not None
    of = {**upcoming.values, "text": text} | ({"target": target.id} if target else {})
    name = told.called(t, upcoming.kind, upcoming.number)
    said = t("narrative.sent.text", day=t.full_date(which.sent))
    blocks: list[Block] = [Text(said)]
    actions: tuple[Action, ...] = (_every(t, which),)
    if upcoming.sent is None:
        blocks.append(Text(t("narrative.sent.next", report=name)))
        actions = (Action(t("narrative.sent.write", report=name), "report.note", of), *actions)
    if text:
        blocks += [Text(t("errors.you_typed"), muted=True), Said(text)]
    title = t("narrative.sent.title", report=told.called(t, which.kind, which.number))
    return Reply(Card(title, tuple(blocks), actions, Tone.WARN), replace=True)


def _item(t: Texts, which: Which, target: Target, record: Record[Narrative] | None) -> Item:
    text = record.says.text if record else t("narrative.nothing")
    detail = text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"
    actions = () if which.sent else (_edit(t, which, target, "edit" if record else "write"),)
    return Item(target.name[t.language], detail, actions=actions)


def _edit(t: Texts, which: Which, target: Target, label: str = "edit") -> Action:
    of = {**which.values, "target": target.id}
    return Action(t(f"narrative.{label}"), "report.note", of, hint=target.name[t.language])


def _next(t: Texts, there: Told) -> tuple[Action, ...]:
    if there.next is None:
        return ()
    of = {**there.which.values, "target": there.next.id}
    name = there.next.name[t.language]
    return (Action(t("narrative.next", target=name), "report.note", of),)


def _every(t: Texts, which: Which) -> Action:
    name = told.called(t, which.kind, which.number)
    return Action(t("narrative.all"), "report.notes", which.values, hint=name)


def _others(t: Texts, which: Which) -> list[Action]:
    """The lists of the plan's other reports."""
    every = [(ReportKind.PROGRESS, one) for one in numbers(which.plan)] + [(ReportKind.ANNUAL, 0)]
    return [
        Action(
            told.called(t, kind, number),
            "report.notes",
            told.carried(which.plan, kind, number) | {"offset": "0"},
        )
        for kind, number in every
        if (kind, number) != (which.kind, which.number)
    ]
