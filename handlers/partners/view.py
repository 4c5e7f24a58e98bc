"""A partner as it is shown: how it stands, the agreements, and the support of the plan's year."""

from dataclasses import dataclass
from datetime import date

from handlers.chat.cards import Action, Block, Card, Facts, Item, Reply, Style, Text, Tone
from handlers.chat.context import Context
from storage import partnerships, totals
from storage.engine import Tx
from storage.partnerships import Agreement, Partnership
from storage.plan import EntryKind
from storage.records import Record
from storage.totals import Sum
from storage.words import fold


@dataclass(frozen=True, slots=True)
class Seen:
    """A partner by name, what is known of it, its agreements, and the support that went to it."""

    name: str
    partnership: Record[Partnership] | None
    agreements: tuple[Record[Agreement], ...]
    support: Sum


def read(tx: Tx, ctx: Context, name: str) -> Seen:
    """Read a partner by its name, in any spelling."""
    return seen(tx, ctx, name, partnerships.of_partner(tx, name))


def seen(tx: Tx, ctx: Context, name: str, partnership: Record[Partnership] | None) -> Seen:
    """A partner as it now stands."""
    agreements = partnerships.agreements_with(tx, name)
    first, last = _year(ctx)
    by_partner = totals.by_value(tx, EntryKind.PARTNER, totals.PARTNER, first, last)
    support = [one for known, one in by_partner.items() if fold(known) == fold(name)]
    whole = Sum(sum(one.minutes for one in support), sum(one.entries for one in support))
    return Seen(name, partnership, tuple(agreements), whole)


def reply(ctx: Context, seen: Seen, key: str) -> Reply:
    """The card of a partner, in the place of the one that was pressed."""
    return Reply(show(ctx, seen, ctx.t(key)), replace=True)


def show(ctx: Context, seen: Seen, title: str) -> Card:
    """All that is known of a partner, and what can be done."""
    t = ctx.t
    blocks: list[Block] = [Facts(tuple((label, said) for label, said in _facts(ctx, seen) if said))]
    record = seen.partnership
    if record is not None and record.voided is not None:
        blocks.append(Text(t("partner.voided"), muted=True))
    blocks += [agreement(ctx, one) for one in seen.agreements]
    of = {"name": seen.name}
    actions: list[Action] = []
    if record is not None:
        values = {**of, "id": str(record.id), "version": str(record.version)}
        label = t("partner.restore" if record.voided is not None else "partner.undo")
        actions.append(Action(label, "partner.undo", values, hint=seen.name))
    actions.append(Action(t("partner.edit"), "partner.edit", of, hint=seen.name))
    actions.append(Action(t("partner.add_agreement"), "partner.agreement", of, hint=seen.name))
    good = record is not None and record.voided is None
    return Card(title, tuple(blocks), tuple(actions), Tone.GOOD if good else Tone.NEUTRAL)


def agreement(ctx: Context, record: Record[Agreement]) -> Item:
    """An agreement, with its buttons."""
    t, says = ctx.t, record.says
    signed = t("partner.signed", day=t.day(says.signed)) if says.signed else t("partner.unsigned")
    text = " · ".join(one for one in (t("partner.agreement"), says.title, signed) if one)
    of = {"name": says.partner, "id": str(record.id), "version": str(record.version)}
    voided = record.voided is not None
    undo = t("partner.restore" if voided else "partner.undo")
    style = Style.PRIMARY if voided else Style.PLAIN
    actions = (
        Action(undo, "partner.undo_agreement", of, style, hint=text),
        Action(t("partner.edit"), "partner.edit_agreement", of, hint=text),
    )
    ends = t("partner.until", day=t.day(says.ends)) if says.ends else ""
    detail = " · ".join(one for one in (ends, says.url) if one)
    return Item(text, detail, struck=voided, actions=actions[: 1 if voided else 2])


def _facts(ctx: Context, seen: Seen) -> list[tuple[str, str]]:
    t, record = ctx.t, seen.partnership
    support = ""
    if seen.support.entries and ctx.person.role.logs:
        support = t(
            "partner.support", count=seen.support.entries, hours=t.hours(seen.support.minutes)
        )
    facts = [("partner", seen.name)]
    if record is not None:
        says = record.says
        kind = "table" if says.table else "organisation"
        facts += [
            ("standing", t(f"partner.standing.{says.standing}")),
            ("kind", t(f"partner.kind.{kind}") + (t("partner.with_seat") if says.seat else "")),
            ("purpose", says.purpose),
            ("contact", says.contact),
        ]
    facts.append(("support", support))
    return [(t(f"partner.field.{name}"), said) for name, said in facts]


def _year(ctx: Context) -> tuple[date, date]:
    plan = ctx.plans.current(ctx.today)
    return plan.starts, min(ctx.today, plan.ends)
