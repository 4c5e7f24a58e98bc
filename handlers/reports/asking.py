"""/report annual, and a button on each progress report: managers get one as a file, in private."""

import re
from collections.abc import Mapping
from datetime import date

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, File, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.reports import giving, told
from handlers.reports.giving import Format
from storage.engine import Tx
from storage.plan import Language, Plan
from storage.report import NoSuchReport, Report, ReportKind
from storage.words import fold

router = Router()

ANNUAL = re.compile(r"\b(?:annual|annuel|year[ -]?end|bilan)\b")


def is_annual(text: str) -> bool:
    """Whether a line means the year-end report."""
    return ANNUAL.search(fold(text)) is not None


def asks(t: Texts, plan: Plan, kind: ReportKind, number: int) -> Action:
    """The button that leads to a report as a file."""
    name = told.called(t, kind, number)
    of = {"plan": plan.id, "kind": kind.value, "number": str(number)}
    label = name if kind is ReportKind.ANNUAL else t("report.file.get")
    return Action(label, "report.ask", of, hint=name)


@router.action("report.ask")
async def ask(msg: Incoming, ctx: Context) -> Reply:
    """The languages and formats of a report."""
    return await show(ctx, msg.values)


async def show(ctx: Context, of: Mapping[str, str]) -> Reply:
    """Which report it is, and a button for each file of it."""
    t, made = ctx.t, await _read(ctx, of)
    plan, kind, number = made.plan, made.kind, made.number
    carried = {"plan": plan.id, "kind": kind.value, "number": str(number)}
    blocks: list[Block] = [Text(plan.title[t.language]), Text(told.period(t, made), muted=True)]
    if told.is_draft(made):
        blocks.append(Text(t("report.file.draft"), muted=True))
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
    return Reply(Card(told.name(t, made), tuple(blocks)))


@router.action("report.file")
async def give(msg: Incoming, ctx: Context) -> Reply:
    """The report as a file."""
    try:
        language, format = Language(msg.values["language"]), Format(msg.values["format"])
    except (KeyError, ValueError):
        raise UserError("errors.no_such_button") from None
    kind, number = _meant(ctx, msg.values)
    plan = _plan(ctx, msg.values)
    try:
        made = await ctx.store.read(_file, plan, kind, number, ctx.today, language, format)
    except NoSuchReport:
        raise UserError("errors.no_such_button") from None
    said = Text(ctx.t("report.file.made", name=made.name))
    return Reply(Card(told.called(ctx.t, kind, number), (said,)), file=made)


def _file(
    tx: Tx,
    plan: Plan,
    kind: ReportKind,
    number: int,
    today: date,
    language: Language,
    format: Format,
) -> File:
    """Read and made in one go, beside the conversations that go on."""
    return giving.file(Texts.load(language), giving.read(tx, plan, kind, number, today), format)


async def _read(ctx: Context, of: Mapping[str, str]) -> Report:
    kind, number = _meant(ctx, of)
    try:
        return await ctx.store.read(giving.read, _plan(ctx, of), kind, number, ctx.today)
    except NoSuchReport:
        raise UserError("errors.no_such_button") from None


def _meant(ctx: Context, of: Mapping[str, str]) -> tuple[ReportKind, int]:
    """Which report a manager means. Raises UserError for anyone else."""
    if not ctx.person.role.manages:
        raise UserError("report.file.refused")
    try:
        return ReportKind(of["kind"]), values.whole(of, "number")
    except (KeyError, ValueError):
        raise UserError("errors.no_such_button") from None


def _plan(ctx: Context, of: Mapping[str, str]) -> Plan:
    id = values.text(of, "plan")
    plan = next((one for one in ctx.plans.all if one.id == id), None)
    if plan is None:
        raise UserError("errors.no_such_button")
    return plan
