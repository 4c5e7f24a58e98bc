"""A report as managers see it, in private: what to look at before it is sent, and its files."""

import hashlib
from collections.abc import Mapping
from datetime import date

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, File, Heading, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.progress.choosing import chosen_plan
from handlers.reports import checklist, due, giving, since, told, view
from handlers.reports.giving import Format
from storage import people, sent_reports
from storage.engine import Tx
from storage.plan import Language, Plan
from storage.report import NoSuchReport, Report, ReportKind, document_of

router = Router()


@router.action("report.ask")
async def ask(msg: Incoming, ctx: Context) -> Reply:
    """The languages and formats of a report."""
    return await show(ctx, msg.values)


async def show(ctx: Context, of: Mapping[str, str]) -> Reply:
    """How a report stands, what to look at before it is sent, and a button for each file of it."""
    return Reply(await ctx.store.read(_card, ctx, *_meant(ctx, of)))


def _card(tx: Tx, ctx: Context, plan: Plan, kind: ReportKind, number: int) -> Card:
    t, made = ctx.t, giving.read(tx, plan, kind, number, ctx.today)
    one = due.of_report(tx, plan, kind, number)
    blocks: list[Block] = [Text(plan.title[t.language]), Text(told.period(t, made), muted=True)]
    if made.sent:
        who, day = people.get(tx, made.sent.person).name, t.full_date(made.sent.last)
        blocks.append(Text(t("report.file.frozen", day=day, who=who)))
    if told.is_draft(made):
        blocks += checklist.read(tx, t, ctx.plans, one, made, ctx.today)
        blocks += [Heading(t("report.file.title")), Text(t("report.file.draft"), muted=True)]
    carried = told.carried(plan, kind, number)
    for language in (Language.FR, Language.EN):
        name = t(f"report.file.in_{language}")
        actions = tuple(
            Action(
                t(f"report.file.as_{format}"),
                "report.file",
                {**carried, "language": language.value, "format": format.value},
                hint=name,
            )
            for format in Format
        )
        blocks.append(Item(name, actions=actions))
    changed = Action(t("report.since.open"), "report.changes", carried, hint=told.name(t, made))
    actions = ((changed,) if made.sent else ()) + view.steps(t, one)
    return Card(told.name(t, made), tuple(blocks), actions)


@router.action("report.changes")
async def changes(msg: Incoming, ctx: Context) -> Reply:
    """What has changed since a report was sent."""
    plan, kind, number = _meant(ctx, msg.values)

    def read(tx: Tx) -> Card:
        sent = sent_reports.of(tx, *document_of(plan, kind, number))
        if sent is None:
            raise UserError("errors.no_such_button")
        return since.card(tx, ctx, plan, sent)

    return Reply(await ctx.store.read(read))


@router.action("report.file")
async def give(msg: Incoming, ctx: Context) -> Reply:
    """The report as a file."""
    try:
        language, format = Language(msg.values["language"]), Format(msg.values["format"])
    except (KeyError, ValueError):
        raise UserError("errors.no_such_button") from None
    of = _meant(ctx, msg.values)
    made, file = await ctx.store.read(_file, *of, ctx.today, language, format)
    blocks = [Text(ctx.t("report.file.made", name=file.name))]
    if made.sent:
        hash = hashlib.sha256(file.content).hexdigest()
        blocks.append(Text(ctx.t("report.file.hash", hash=hash), muted=True))
    return Reply(Card(told.name(ctx.t, made), tuple(blocks)), file=file)


def _file(
    tx: Tx,
    plan: Plan,
    kind: ReportKind,
    number: int,
    today: date,
    language: Language,
    format: Format,
) -> tuple[Report, File]:
    """Read and made in one go, beside the conversations that go on."""
    made = giving.read(tx, plan, kind, number, today)
    return made, giving.give(tx, made, language, format)


def _meant(ctx: Context, of: Mapping[str, str]) -> tuple[Plan, ReportKind, int]:
    """Which report a manager means. Raises UserError for anyone else, and where there is none."""
    if not ctx.person.role.manages:
        raise UserError("report.file.refused")
    plan, number = chosen_plan(ctx, of), values.whole(of, "number")
    try:
        kind = ReportKind(of["kind"])
        document_of(plan, kind, number)
    except (KeyError, ValueError, NoSuchReport):
        raise UserError("errors.no_such_button") from None
    return plan, kind, number
