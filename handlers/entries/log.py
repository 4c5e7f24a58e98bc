"""/log: one line becomes an entry, or a question where it could be read two ways."""

from collections.abc import Mapping
from datetime import date

from handlers import describe
from handlers.asking import ask
from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Said, Style, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.entries import form, receipt
from handlers.entries.receipt import Receipt
from handlers.lines.grammar import Reading, Why, read_entry
from handlers.lines.words import names_of
from storage import entry_changes, partners
from storage.engine import Tx
from storage.entries import Draft
from storage.entry_changes import Doubt, Duplicate, LongDay
from storage.errors import NotAllowed
from storage.words import fold

router = Router()

TABLE_WORDS = {"table", "tables", "concertation"}
HALF_DAY = 180  # where no plan says


@router.command("log", "noter")
async def log(msg: Incoming, ctx: Context) -> Reply:
    """Log what the line says, or open the form where there is no line."""
    if not msg.text:
        return await open_empty_form(msg, ctx)
    if not ctx.person.role.logs:
        raise NotAllowed
    return await _log(ctx, msg.text, ctx.today, {})


@router.take_words
async def offer(msg: Incoming, ctx: Context) -> Reply:
    """A message without a command: offer to log it if it reads like hours."""
    if not ctx.person.role.logs:
        raise UserError("errors.no_such_command")
    reading = _read(ctx, msg.text, ctx.today, {})
    if any(question.why is Why.MISSING for question in reading.open_questions):
        raise UserError("log.not_understood", example=ctx.t("log.example"))
    carried = {"said": msg.text, "today": ctx.today.isoformat()}
    actions = (Action(ctx.t("log.offer.yes"), "log.answer", carried, Style.PRIMARY),)
    return Reply(Card(ctx.t("log.offer.title"), (Said(msg.text),), actions))


@router.action("log.answer")
async def answer(msg: Incoming, ctx: Context) -> Reply:
    """A question about a line was answered: read it again as of the day it was typed."""
    today = min(values.day(msg.values, "today"), ctx.today)
    return await _log(ctx, values.text(msg.values, "said"), today, msg.values)


@router.shortcut("log.open", "log.shortcut.open")
async def open_empty_form(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with nothing said yet."""
    if not ctx.person.role.logs:
        raise NotAllowed
    return Reply(form.build(ctx, form.values_of(ctx, None), {}))


@router.shortcut("log.form", "log.shortcut.message", on_message=True)
async def open_form(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with what a line already says."""
    if not ctx.person.role.logs:
        raise NotAllowed
    today = min(values.day(msg.values, "today"), ctx.today)
    said = values.text(msg.values, "said")
    reading = _read(ctx, said, today, msg.values)
    filled = form.values_of(ctx, _draft(reading, reading.minutes or 0, said))
    return Reply(form.build(ctx, filled, {"said": said}))


async def _log(ctx: Context, said: str, today: date, answers: Mapping[str, str]) -> Reply:
    reading = _read(ctx, said, today, answers)
    if reading.open_questions or reading.minutes is None:
        return ask(
            ctx,
            reading.open_questions[0],
            dict(answers) | {"said": said, "today": today.isoformat()},
            answer="log.answer",
            form="log.form",
            example=ctx.t("log.example"),
        )
    draft = _draft(reading, reading.minutes, said)
    carried = dict(answers) | {"said": said, "today": today.isoformat()}
    try:
        return await ctx.change(
            add,
            lambda made: receipt.reply(
                ctx, made, "log.title.logged", kind_given=reading.kind_given
            ),
            ctx,
            draft,
            None,
            sure_of(answers),
        )
    except (Duplicate, LongDay) as doubt:
        return ask_doubt(ctx, doubt, "log.answer", carried)


def add(tx: Tx, ctx: Context, draft: Draft, request: int | None, sure: frozenset[Doubt]) -> Receipt:
    """Log an entry and read its receipt."""
    entry = entry_changes.add(tx, draft, ctx.person, ctx.at, request=request, sure=sure)
    return receipt.receipt_of(tx, entry, ctx.person)


def sure_of(values: Mapping[str, str]) -> frozenset[Doubt]:
    """What a person has said they are sure of, as the button carried it."""
    return frozenset(doubt for doubt in Doubt if doubt in values.get("sure", "").split(","))


def ask_doubt(
    ctx: Context, doubt: Duplicate | LongDay, action: str, carried: Mapping[str, str]
) -> Reply:
    """Ask whether a doubtful entry is meant; the button sends ``carried`` to ``action`` again."""
    t = ctx.t
    blocks: list[Block] = [Said(carried["said"])] if carried.get("said") else []
    if isinstance(doubt, Duplicate):
        kind, text = Doubt.TWIN, t("log.doubt.twin")
        blocks.append(Item(describe.title(t, ctx.plans.network, doubt.entry.says)))
    else:
        kind, text = Doubt.LONG_DAY, t("log.doubt.long_day", hours=t.hours(doubt.minutes))
    sure = ",".join(sorted(sure_of(carried) | {kind}))
    yes = Action(t("log.doubt.yes"), action, dict(carried) | {"sure": sure}, Style.PRIMARY)
    no = Action(t("log.doubt.no"), "log.drop", {"said": carried.get("said", "")})
    return Reply(Card(t("log.doubt.title"), (Text(text), *blocks), (yes, no)), replace=True)


@router.action("log.drop")
async def drop(msg: Incoming, ctx: Context) -> Reply:
    """The person chose not to log it after all."""
    said = msg.values.get("said", "")
    blocks = (Said(said),) if said else ()
    return Reply(Card(ctx.t("log.dropped"), blocks), replace=True)


def half_day(ctx: Context) -> int:
    """Minutes of a half day, as the plan in force says."""
    plans = ctx.plans.in_force(ctx.today)
    return plans[0].half_day_minutes if plans else HALF_DAY


def _read(ctx: Context, said: str, today: date, answers: Mapping[str, str]) -> Reading:
    known = ctx.store.recall(partners.PARTNERS, partners.names)
    return read_entry(
        said,
        today=today,
        names=names_of(ctx.plans.network, known),
        half_day_minutes=half_day(ctx),
        minutes=values.whole(answers, "minutes") if "minutes" in answers else None,
        day=values.day(answers, "day") if "day" in answers else None,
    )


def _draft(reading: Reading, minutes: int, said: str) -> Draft:
    table = not TABLE_WORDS.isdisjoint(fold(said).split())
    return Draft(
        reading.kind,
        reading.day,
        minutes,
        reading.people,
        tuple(sorted(reading.boards)),
        partner=reading.partner,
        table=table and reading.partner != "",
        objective=reading.objective,
        requested=reading.requested,
        said=said,
    )
