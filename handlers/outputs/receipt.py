"""The receipt of an output: what was recorded, a way back, and what is still missing."""

from dataclasses import dataclass
from datetime import timedelta

from handlers.chat.cards import Action, Block, Card, Facts, Item, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.chat.texts import capital
from handlers.outputs import words
from storage import people
from storage.engine import Tx
from storage.outputs import SITE, Output, day_of
from storage.records import Record


@dataclass(frozen=True, slots=True)
class Receipt:
    """An output as it now stands, and the name of who recorded it."""

    record: Record[Output]
    by: str


def receipt_of(tx: Tx, record: Record[Output]) -> Receipt:
    """Read what is told of an output beside the output itself."""
    return Receipt(record, people.get(tx, record.person).name)


def reply(ctx: Context, receipt: Receipt, key: str) -> Reply:
    """The card that fits how the output now stands, in the place of the one that was pressed."""
    if receipt.record.voided is not None:
        return Reply(_taken_back(ctx, receipt.record), replace=True)
    return Reply(_show(ctx, receipt, ctx.t(key)), replace=True)


def values_of(record: Record[Output]) -> dict[str, str]:
    """What a button says of the output it is about."""
    return {"id": str(record.id), "version": str(record.version)}


def _show(ctx: Context, receipt: Receipt, title: str) -> Card:
    t, record, says = ctx.t, receipt.record, receipt.record.says
    made = t("output.revamped" if says.revamped else "output.new")
    facts = [
        (t("output.field.target"), words.names(ctx).get(says.target, says.target)),
        (t("output.field.title"), says.title),
        (t("output.field.theme"), says.theme),
        (t("output.field.objective"), says.objective),
        (t("output.field.made"), "" if says.target == SITE else made),
        (t("output.field.published"), t.full_date(says.published) if says.published else ""),
        (t("output.field.url"), says.url),
        (t("output.field.note"), says.note),
    ]
    if record.person != ctx.person.id:
        facts.append((t("output.field.by"), receipt.by))
    blocks: list[Block] = [Facts(tuple((label, value) for label, value in facts if value))]
    if not _counts_in_a_plan(ctx, record):
        blocks.append(Text(t("output.no_plan"), muted=True))
    if says.target != SITE:
        blocks += _missing(ctx, record)
    of, hint = values_of(record), words.title(ctx, says)
    actions = (
        Action(t("output.undo"), "output.undo", of, hint=hint),
        Action(t("output.edit"), "output.edit", of, hint=hint),
    )
    return Card(title, tuple(blocks), actions, Tone.GOOD)


def _counts_in_a_plan(ctx: Context, record: Record[Output]) -> bool:
    """Whether a plan covers its day, and for a tool or a capsule has such a target."""
    plans = ctx.plans.in_force(day_of(record))
    targets = {target.id for plan in plans for target in plan.target}
    return bool(plans) if record.says.target == SITE else record.says.target in targets


def _missing(ctx: Context, record: Record[Output]) -> list[Block]:
    """What it takes for the output to count as published, each a press away."""
    t, of = ctx.t, values_of(record)
    blocks: list[Block] = []
    if not record.says.url:
        add = Action(t("output.missing.add"), "output.edit", of, hint=t("output.field.url"))
        blocks.append(Item(t("output.missing.url"), actions=(add,)))
    if record.says.published is None:
        actions = [
            Action(capital(t.full_date(day)), "output.publish", of | {"day": day.isoformat()})
            for day in (ctx.today, ctx.today - timedelta(days=1))
        ]
        other = Action(t("output.missing.other"), "output.edit", of)
        blocks.append(Item(t("output.missing.published"), actions=(*actions, other)))
    return blocks


def _taken_back(ctx: Context, record: Record[Output]) -> Card:
    """What is shown in the receipt's place once the output no longer counts."""
    t = ctx.t
    restore = Action(t("output.restore"), "output.undo", values_of(record), Style.PRIMARY)
    item = Item(words.title(ctx, record.says), record.says.theme, struck=True)
    return Card(t("output.title.voided"), (item,), (restore,))
