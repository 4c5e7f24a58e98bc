"""/workshop and /meeting: a line or the form records a session; its target is proposed first."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from handlers import describe
from handlers.asking import ask
from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Facts, Reply, Said, Style, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import capital
from handlers.lines.reading import Why
from handlers.lines.words import names_of
from handlers.sessions import changing, form, line, listing, proposing, view, words
from storage import presences, records, sessions
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.presences import Attendance, Counted
from storage.sessions import Day, Session

router = Router()

CARRIED = ("id", "version")


@router.command("workshop", "atelier")
async def workshop(msg: Incoming, ctx: Context) -> Reply:
    """Record what the line says, list, move or cancel; a word alone opens the form."""
    return await _answer(msg, ctx)


@router.command("meeting", "rencontre")
async def meeting(msg: Incoming, ctx: Context) -> Reply:
    """The same for what is called a meeting."""
    return await _answer(msg, ctx)


@router.action("session.answer")
async def answer(msg: Incoming, ctx: Context) -> Reply:
    """A question about a line was answered, or its target chosen: read it as of that day."""
    if not ctx.person.role.logs:
        raise NotAllowed
    today = min(values.day(msg.values, "today"), ctx.today)
    return await _record(ctx, values.text(msg.values, "said"), today, msg.values)


@router.action("session.form")
async def open_form(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with what the line says."""
    if not ctx.person.role.logs:
        raise NotAllowed
    said = read_line(ctx, msg.values.get("said", ""), ctx.today, msg.values)
    return Reply(form.build(ctx, _filled(ctx, said, msg.values), _heads(said)))


@router.action("session.save")
async def save(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent, for a new session or a changed one."""
    if not ctx.person.role.logs:
        raise NotAllowed
    carried = {name: one for name, one in msg.values.items() if name in (*CARRIED, "counts")}
    says, errors = form.read(ctx, msg.values)
    if says is None:
        return Reply(form.build(ctx, msg.values, carried, errors))
    if "id" in carried:
        return await changing.change(ctx, carried, says)
    return await _add(ctx, says, _counts(carried.get("counts", "")))


async def _answer(msg: Incoming, ctx: Context) -> Reply:
    if not ctx.person.role.logs:
        raise NotAllowed
    word, _, rest = msg.text.partition(" ")
    match changing.verb(word):
        case "list":
            return await listing.first_page(ctx, rest)
        case "cancel":
            return await changing.cancel_named(ctx, rest)
        case "move":
            return await changing.move_named(ctx, rest)
        case _:
            pass
    if not msg.text:
        return Reply(form.build(ctx, {"day": ctx.today.isoformat()}, {}))
    return await _record(ctx, msg.text, ctx.today, {})


async def _record(ctx: Context, text: str, today: date, answers: Mapping[str, str]) -> Reply:
    """Record what a line says; ask first where it is open, and which target it counts for."""
    said = read_line(ctx, text, today, answers)
    carried = dict(answers) | {"said": text, "today": today.isoformat()}
    missing = any(one.why is Why.MISSING for one in said.questions)
    if not said.title or (missing and len(said.questions) == 1):
        return Reply(form.build(ctx, _filled(ctx, said, answers), _heads(said)))
    if said.questions:
        example = ctx.t("session.example")
        return ask(
            ctx,
            said.questions[0],
            carried,
            answer="session.answer",
            form="session.form",
            example=example,
        )
    plan = words.plan(ctx)
    target = answers.get("target", "") or proposing.named(plan, said, text)
    if not target:
        return Reply(_which_target(ctx, said, carried), replace=True)
    if target not in words.targets(ctx):
        raise UserError("errors.no_such_button")
    return await _add(ctx, _session(ctx, said, target), said.counts)


def _which_target(ctx: Context, said: line.Said, carried: Mapping[str, str]) -> Card:
    """What was understood, and a button for each target, the likeliest first."""
    t = ctx.t
    likely = proposing.proposed(words.plan(ctx), said)
    boards = [describe.board(t, ctx.plans.network, one) for one in said.boards]
    heads = sum(number for _, number in said.counts)
    rows = (
        ("title", capital(said.title)),
        ("area", words.parts(ctx).get(said.part, "")),
        ("theme", said.theme),
        ("day", t.all_of([t.full_date(day) for day in said.days])),
        ("starts", said.starts),
        ("length", t.duration(said.minutes or 0)),
        ("boards", t.all_of(boards)),
        ("participants", t.number(heads) if heads else ""),
    )
    facts = tuple((t(f"session.field.{name}"), text) for name, text in rows if text)
    choices = [(one.id, one.name[t.language]) for one in likely]
    choices.append((proposing.OTHER, t("session.other")))
    actions = [
        Action(
            label,
            "session.answer",
            {**carried, "target": id},
            Style.PLAIN if place else Style.PRIMARY,
        )
        for place, (id, label) in enumerate(choices)
    ]
    actions.append(Action(t("log.ask.form"), "session.form", carried))
    blocks: tuple[Block, ...] = (
        Facts(facts),
        Text(t("session.which_target_hint"), muted=True),
        Said(carried["said"]),
    )
    return Card(t("session.which_target"), blocks, tuple(actions))


async def _add(ctx: Context, says: Session, counts: tuple[tuple[str, int], ...]) -> Reply:
    over = says.last <= ctx.today
    if counts and not over:
        says = replace(says, registered=sum(number for _, number in counts))

    def work(tx: Tx) -> view.Seen:
        session = records.add(tx, sessions.KIND, says, ctx.person, ctx.at)
        if counts and over:
            heads = [
                Counted(day, board, number)
                for day in range(len(says.days))
                for board, number in counts
            ]
            presences.take(tx, Attendance(session.id, tuple(heads)), ctx.person, ctx.at)
        return view.read(tx, session)

    key = "session.title.recorded" if over else "session.title.planned"
    return await ctx.change(work, lambda seen: view.reply(ctx, seen, key))


def read_line(ctx: Context, text: str, today: date, answers: Mapping[str, str]) -> line.Said:
    """What a line says, as of the day it was typed, with what was answered since."""
    when = replace(words.when(ctx), today=today)
    return line.read(
        text,
        when=when,
        names=names_of(ctx.plans.network),
        half_day=words.half_day(ctx),
        minutes=values.whole(answers, "minutes") if "minutes" in answers else None,
        day=values.day(answers, "day") if "day" in answers else None,
    )


def _session(ctx: Context, said: line.Said, id: str) -> Session:
    target = words.target(ctx, id)
    named = {one.id for one in target.part} if target else set[str]()
    return Session(
        id,
        capital(said.title),
        said.theme,
        said.part if said.part in named else "",
        said.audience,
        tuple(Day(day, said.starts, said.minutes or 0) for day in said.days),
        link=said.link,
        boards=tuple(sorted(said.boards)),
        head_counts=target is not None and target.head_counts,
    )


def _filled(ctx: Context, said: line.Said, answers: Mapping[str, str]) -> dict[str, str]:
    """The values of the form's inputs as far as a line says them."""
    plan, target = words.plan(ctx), answers.get("target", "")
    if not target and said.title:
        target = proposing.proposed(plan, said)[0].id
    says = _session(ctx, said, target)
    filled = form.values_of(ctx, says)
    return filled | ({} if said.minutes else {"length": ""}) | {"area": said.part}


def _heads(said: line.Said) -> dict[str, str]:
    """The heads that a line counts, as the form carries them: "EMSB 9,RSB 5"."""
    text = ",".join(f"{board} {number}".strip() for board, number in said.counts)
    return {"counts": text} if text else {}


def _counts(text: str) -> tuple[tuple[str, int], ...]:
    """What ``_heads`` made a text of; a stranger's word."""
    counts: list[tuple[str, int]] = []
    for one in filter(None, text.split(",")):
        board, _, number = one.rpartition(" ")
        if not values.is_count(number):
            raise UserError("errors.no_such_button")
        counts.append((board, int(number)))
    return tuple(counts)
