"""What has changed since a report was sent, for managers: its figures, why, and what came late."""

from datetime import datetime

from handlers import describe
from handlers.chat.cards import Action, Block, Card, Heading, Item, Table, Text
from handlers.chat.context import Context
from handlers.reports import changed
from storage import changed_since, entries, people, period_lock, presences, records, sessions
from storage.engine import Tx
from storage.entries import Entry
from storage.outputs import OUTPUT
from storage.partnerships import AGREEMENT
from storage.period_lock import Reason
from storage.plan import Plan
from storage.sent_reports import SentReport

MOST = 20  # reasons and entries that are listed, the newest first
ALL = 100_000  # more entries than come late


def card(tx: Tx, ctx: Context, plan: Plan, sent: SentReport) -> Card:
    """The figures that are others today, each reason that was given, each entry that came late."""
    t = ctx.t
    rows = changed.rows(t, plan.network, changed_since.read(tx, plan, sent))
    title, sent_on = t("document.changes.title"), t.day(sent.last)
    about = describe.report(t, sent.target, sent.number)
    blocks: list[Block] = [Text(t("report.since.about", report=about, day=sent_on), muted=True)]
    if rows:
        header = t("document.column.figure"), t("report.since.sent"), t("report.since.today")
        blocks.append(Table(t("report.since.figures"), header, tuple(rows)))
    else:
        blocks.append(Text(t("report.since.none")))
    given = period_lock.reasons(tx, sent.id)
    late = entries.added_since(tx, sent.line, sent.first, sent.last, ctx.person, limit=ALL)
    blocks += _listed(ctx, "why", len(given), [_reason(tx, ctx, one) for one in given[:MOST]])
    blocks += _listed(ctx, "late", len(late), [_late(ctx, one) for one in late[:MOST]])
    return Card(title, tuple(blocks))


def _listed(ctx: Context, what: str, count: int, items: list[Item]) -> list[Block]:
    """How many there are, and the newest of them; nothing of none."""
    return [Heading(ctx.t(f"report.since.{what}", count=count)), *items] if items else []


def _reason(tx: Tx, ctx: Context, one: Reason) -> Item:
    """What was changed, how, by whom, when and why."""
    t = ctx.t
    day = t.day(datetime.fromtimestamp(one.at, ctx.now.tzinfo).date())
    who = people.get(tx, one.person).name
    return Item(
        _subject(tx, ctx, one.subject),
        " · ".join((t(f"report.since.{one.action}"), who, day, one.text)),
    )


def _late(ctx: Context, one: Entry) -> Item:
    text = describe.title(ctx.t, ctx.plans.network, one.says)
    of = {"id": str(one.id), "version": str(one.version)}
    return Item(text, actions=(Action(ctx.t("log.edit"), "entry.edit", of, hint=text),))


def _subject(tx: Tx, ctx: Context, subject: str) -> str:
    """A subject of the audit chain in words."""
    kind, _, number = subject.partition("/")
    t, id = ctx.t, int(number)
    match kind:
        case "entry":
            return describe.title(t, ctx.plans.network, entries.stored(tx, id).says)
        case sessions.KIND.name:
            return describe.session(t, records.get(tx, sessions.KIND, id).says)
        case presences.KIND.name:
            of = records.get(tx, presences.KIND, id).says.session
            return describe.session(t, records.get(tx, sessions.KIND, of).says)
        case OUTPUT.name:
            return records.get(tx, OUTPUT, id).says.title
        case AGREEMENT.name:
            return records.get(tx, AGREEMENT, id).says.partner
        case _:
            raise ValueError(subject)
