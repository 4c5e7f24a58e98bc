"""A partner as it is shown: how it stands, the agreements, and the support of the plan's year."""

from dataclasses import dataclass
from datetime import date

from handlers.chat.cards import Action, Block, Card, Facts, Item, Reply, Style, Text, Tone
from handlers.chat.context import Context
from storage import entries, partnerships, totals
from storage.engine import Tx
from storage.partnerships import Agreement, Partnership
from storage.plan import EntryKind
from storage.records import Record
from storage.totals import Sum
from storage.words import fold

PURPOSES = 5
LOOKED_AT = 50  # entries, for what the support was for
AGREEMENTS = 6


@dataclass(frozen=True, slots=True)
class Seen:
    """A partner by name, what is known of it, its agreements, and the support that went to it.

    ``purposes`` are of the entries that whoever asks may see, the newest first. ``changed`` is the
    number of the record that was just changed, the one to undo; 0 where none was.
    """

    name: str
    partnership: Record[Partnership] | None
    agreements: tuple[Record[Agreement], ...]
    support: Sum
    purposes: tuple[str, ...]
    changed: int = 0


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
    there = entries.to_partner(tx, name, first, last, ctx.person, limit=LOOKED_AT)
    purposes = dict.fromkeys(one.says.objective for one in there if one.says.objective)
    return Seen(name, partnership, tuple(agreements), whole, tuple(purposes)[:PURPOSES])


def reply(ctx: Context, seen: Seen, key: str) -> Reply:
    """The card of a partner, in the place of the one that was pressed."""
    return Reply(show(ctx, seen, ctx.t(key)), replace=True)


def undone(ctx: Context, seen: Seen) -> Reply:
    """The card after an undo: whether what it was about counts again, or no longer."""
    every = (seen.partnership, *seen.agreements)
    gone = any(one is not None and one.id == seen.changed and one.voided for one in every)
    return reply(ctx, seen, "partner.title.voided" if gone else "partner.title.restored")


def show(ctx: Context, seen: Seen, title: str) -> Card:
    """All that is known of a partner, and what can be done."""
    t = ctx.t
    blocks: list[Block] = [Facts(tuple((label, said) for label, said in _facts(ctx, seen) if said))]
    record = seen.partnership
    blocks += [_agreement(ctx, seen, one) for one in seen.agreements[:AGREEMENTS]]
    if (more := len(seen.agreements) - AGREEMENTS) > 0:
        blocks.append(Text(t("partner.more", count=more), muted=True))
    of = {"name": seen.name}
    actions: list[Action] = []
    if record is not None and seen.changed in (0, record.id):
        values = {**of, "id": str(record.id), "version": str(record.version)}
        label = t("partner.restore" if record.voided is not None else "partner.undo")
        actions.append(Action(label, "partner.undo", values, hint=seen.name))
    actions.append(Action(t("partner.edit"), "partner.edit", of, hint=seen.name))
    actions.append(Action(t("partner.add_agreement"), "partner.agreement", of, hint=seen.name))
    good = record is not None and record.voided is None
    return Card(title, tuple(blocks), tuple(actions), Tone.GOOD if good else Tone.NEUTRAL)


def _agreement(ctx: Context, seen: Seen, record: Record[Agreement]) -> Item:
    """An agreement, with its buttons."""
    t, says = ctx.t, record.says
    signed = t("partner.signed", day=t.day(says.signed)) if says.signed else t("partner.unsigned")
    text = " · ".join(one for one in (t("partner.agreement"), says.title, signed) if one)
    of = {"name": says.partner, "id": str(record.id), "version": str(record.version)}
    voided = record.voided is not None
    actions: list[Action] = []
    if seen.changed in (0, record.id):
        undo = t("partner.restore" if voided else "partner.undo")
        style = Style.PRIMARY if voided else Style.PLAIN
        actions.append(Action(undo, "partner.undo_agreement", of, style, hint=text))
    if not voided:
        actions.append(Action(t("partner.edit"), "partner.edit_agreement", of, hint=text))
    ends = t("partner.until", day=t.day(says.ends)) if says.ends else ""
    detail = " · ".join(one for one in (ends, says.url) if one)
    return Item(text, detail, struck=voided, actions=tuple(actions))


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
            ("since", t.day(says.since) if says.since else ""),
            ("until", t.day(says.until) if says.until else ""),
            ("purpose", says.purpose),
            ("contact", says.contact),
        ]
    facts += [("support", support), ("support_for", "; ".join(seen.purposes))]
    return [(t(f"partner.field.{name}"), said) for name, said in facts]


def _year(ctx: Context) -> tuple[date, date]:
    plan = ctx.plans.current(ctx.today)
    return plan.starts, min(ctx.today, plan.ends)
