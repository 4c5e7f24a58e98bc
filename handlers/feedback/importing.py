"""An export of a form that is dropped: feedback on a session, or who handed in a survey.

Of what was answered only counts travel on the card's buttons, and of who answered only what the
buttons for surveys need.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from pydantic import TypeAdapter, ValidationError

from handlers import describe, session_choice
from handlers.chat import values
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
)
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.feedback import view
from handlers.files import feedback as exports
from handlers.files import tables
from handlers.files.questions import Question, Scale
from storage import feedback, positive_answers, surveys
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.feedback import Feedback, Source
from storage.records import Record
from storage.sessions import MOST_PEOPLE, Session
from storage.surveys import Survey

router = Router()

LONGEST_NAME = 200
MOST_QUESTIONS = 60
MOST_NAMED = 1000


@dataclass(frozen=True, slots=True)
class Pending:
    """An export that waits: how many replied on which days, and the questions with answers."""

    file: str
    digest: str
    replies: int
    days: tuple[date, ...]
    questions: tuple[Question, ...]
    chosen: int | None = None  # the question that asks for overall satisfaction
    positive: tuple[str, ...] = ()
    remembered: bool = False


_PENDING = TypeAdapter(Pending)


@router.take_files
async def take(msg: Incoming, ctx: Context) -> Reply | None:
    """Show what a dropped export may be; nothing is stored."""
    found = [exports.read(rows) if rows else None for rows in map(_rows, msg.files)]
    if not any(found):
        return None
    if not ctx.person.role.logs:
        raise NotAllowed
    read, dropped = found[0], msg.files[0]
    if len(found) > 1 or read is None:
        raise UserError("feedback.one_file")
    digest, name = sha256(dropped.content).hexdigest(), dropped.name[-LONGEST_NAME:]
    days = sorted({one.day for one in read.people if one.day})
    closed = tuple(one for one in read.questions if one.scale is not Scale.TEXT)[:MOST_QUESTIONS]
    pending = Pending(name, digest, read.replies, tuple(days[:1] + days[-1:]), closed)
    pending = await ctx.store.read(_proposed, pending)
    there = await ctx.store.read(_sessions, ctx, pending, msg.text)
    out = await ctx.store.read(surveys.between, *_year(ctx)) if read.people else []
    named = [
        (one.name, one.email, one.day.isoformat() if one.day else "")
        for one in read.people[:MOST_NAMED]
    ]
    return Reply(_which(ctx, pending, there, out, json.dumps(named, ensure_ascii=False)))


@router.action("feedback.file")
async def show(msg: Incoming, ctx: Context) -> Reply:
    """What taking the export in for this session would do."""
    _check(ctx)
    pending = _pending(msg.values)
    seen = await ctx.store.read(view.read, values.whole(msg.values, "session"))
    return Reply(_preview(ctx, pending, seen), replace=True)


@router.action("feedback.file_question")
async def choose_question(msg: Incoming, ctx: Context) -> Reply:
    """Ask which question it is, and then which answers are positive."""
    _check(ctx)
    pending, t = _pending(msg.values), ctx.t
    choices = tuple((str(n), one.text[:70]) for n, one in enumerate(pending.questions))
    one = Input("question", t("feedback.file.question"), InputKind.CHOICE, choices=choices)
    carried = {name: values.text(msg.values, name) for name in ("pending", "session")}
    title, next_ = t("feedback.file.other_question"), t("feedback.form.next")
    form = Form(
        "feedback.file_positive",
        title,
        (replace(one, required=True),),
        next_,
        t("session.form.cancel"),
        carried,
    )
    return Reply(form)


@router.action("feedback.file_positive")
async def choose_positive(msg: Incoming, ctx: Context) -> Reply:
    """Ask which answers to the question are positive; the likely ones are ticked."""
    _check(ctx)
    pending, t = _pending(msg.values), ctx.t
    number = msg.values.get("question", "")
    if not (number.isdigit() and int(number) < len(pending.questions)):
        raise UserError("errors.no_such_button")
    question = pending.questions[int(number)]
    likely = exports.propose([question])
    ticked = pending.positive if pending.chosen == int(number) else (likely[1] if likely else ())
    one = Input(
        "positive",
        question.text,
        InputKind.CHOICES,
        ",".join(str(n) for n, (said, _) in enumerate(question.answers) if said in ticked),
        tuple((str(n), f"{said} ({count})") for n, (said, count) in enumerate(question.answers)),
        hint=t("feedback.file.positive_hint"),
    )
    carried = {name: values.text(msg.values, name) for name in ("pending", "session")}
    title, next_ = t("feedback.file.which_positive"), t("feedback.form.next")
    cancel = t("session.form.cancel")
    of = {**carried, "question": number}
    return Reply(Form("feedback.file_chosen", title, (one,), next_, cancel, of))


@router.action("feedback.file_chosen")
async def chosen(msg: Incoming, ctx: Context) -> Reply:
    """The question and its positive answers were chosen: shown again."""
    _check(ctx)
    pending, number = _pending(msg.values), msg.values.get("question", "")
    if not (number.isdigit() and int(number) < len(pending.questions)):
        raise UserError("errors.no_such_button")
    answers = pending.questions[int(number)].answers
    ticked = msg.values.get("positive", "").split(",")
    positive = tuple(said for n, (said, _) in enumerate(answers) if str(n) in ticked)
    pending = replace(pending, chosen=int(number), positive=positive, remembered=False)
    seen = await ctx.store.read(view.read, values.whole(msg.values, "session"))
    return Reply(_preview(ctx, pending, seen), replace=True)


@router.action("feedback.file_other")
async def other(msg: Incoming, ctx: Context) -> Reply:
    """Look for the session among all there are."""
    _check(ctx)
    t = ctx.t
    label = t("session.which")
    one = Input("session", label, InputKind.CHOICE, required=True, search=session_choice.SEARCH)
    carried = {"pending": values.text(msg.values, "pending")}
    next_, cancel = t("feedback.form.next"), t("session.form.cancel")
    return Reply(Form("feedback.file", label, (one,), next_, cancel, carried))


@router.action("feedback.file_asked")
async def ask_asked(msg: Incoming, ctx: Context) -> Reply:
    """Ask how many were asked, where no attendance says so."""
    _check(ctx)
    t = ctx.t
    one = Input("asked", t("feedback.asked"), InputKind.NUMBER, required=True)
    carried = {name: values.text(msg.values, name) for name in ("pending", "session")}
    save, cancel = t("feedback.file.confirm"), t("session.form.cancel")
    return Reply(Form("feedback.confirm", t("feedback.form.title"), (one,), save, cancel, carried))


@router.action("feedback.confirm")
async def confirm(msg: Incoming, ctx: Context) -> Reply:
    """Take the export's counts in, and remember which answers were positive."""
    _check(ctx)
    pending = _pending(msg.values)
    seen = await ctx.store.read(view.read, values.whole(msg.values, "session"))
    if pending.chosen is None:
        raise UserError("errors.no_such_button")
    question = pending.questions[pending.chosen]
    answered, positive = exports.count(question, set(pending.positive))
    asked = max(_asked(msg.values, seen), pending.replies)
    if asked > MOST_PEOPLE or not asked:
        raise UserError("feedback.how", example=ctx.t("feedback.example"))
    says = Feedback(seen.session.id, asked, answered, positive, Source.FILE, pending.digest)
    if seen.totals is not None and seen.totals.says.file == pending.digest:
        return Reply(view.show(ctx, seen, ctx.t("feedback.title.same_file")), replace=True)

    def work(tx: Tx) -> view.Seen:
        taken = feedback.take(tx, says, ctx.person, ctx.at)
        positive_answers.remember(tx, question.text, pending.positive)
        return view.seen(tx, says.session, taken)

    return await ctx.change(work, lambda done: view.reply(ctx, done, "feedback.title.taken"))


def _check(ctx: Context) -> None:
    if not ctx.person.role.logs:
        raise NotAllowed


def _rows(file: object) -> list[list[str]]:
    content = getattr(file, "content", b"")
    try:
        return tables.read(content)
    except tables.NotATable:
        return []


def _pending(carried: Mapping[str, str]) -> Pending:
    try:
        pending = _PENDING.validate_json(values.text(carried, "pending"))
    except ValidationError:
        raise UserError("errors.no_such_button") from None
    numbers = [n for one in pending.questions for _, n in one.answers]
    if (
        not 0 <= pending.replies <= MOST_PEOPLE
        or len(pending.questions) > MOST_QUESTIONS
        or any(not 0 <= n <= MOST_PEOPLE for n in numbers)
        or (pending.chosen is not None and not 0 <= pending.chosen < len(pending.questions))
    ):
        raise UserError("errors.no_such_button")
    return pending


def _year(ctx: Context) -> tuple[date, date]:
    plan = ctx.plans.current(ctx.today)
    return plan.starts, min(ctx.today, plan.ends)


def _proposed(tx: Tx, pending: Pending) -> Pending:
    """The export with its question and positive answers proposed: as last time, else by words."""
    for n, question in enumerate(pending.questions):
        if known := positive_answers.of(tx, question.text):
            return replace(pending, chosen=n, positive=known, remembered=True)
    likely = exports.propose(pending.questions)
    if likely is None:
        return pending
    return replace(pending, chosen=likely[0], positive=tuple(sorted(likely[1])))


def _sessions(tx: Tx, ctx: Context, pending: Pending, words: str) -> list[Record[Session]]:
    """The sessions that replies may be about: those over, nearest before the first reply."""
    found = session_choice.found(tx, ctx, words, limit=200)
    first = pending.days[0] if pending.days else ctx.today
    over = [one for one in found if one.says.last <= ctx.today]
    return sorted(over, key=lambda one: abs((first - one.says.last).days))[: session_choice.FEW]


def _which(
    ctx: Context,
    pending: Pending,
    there: list[Record[Session]],
    out: list[Record[Survey]],
    named: str,
) -> Card:
    """What the export may be: feedback on one of these sessions, or a survey that is out."""
    t, carried = ctx.t, {"pending": _PENDING.dump_json(pending).decode()}
    blocks: list[Block] = [Text(t("feedback.file.replies", count=pending.replies))]
    if there and pending.questions:
        blocks.append(Heading(t("feedback.file.about_session")))
        for one in there:
            value, text = session_choice.choice(ctx, one)
            of = {**carried, "session": value}
            blocks.append(
                Item(text, actions=(Action(t("session.choose"), "feedback.file", of, hint=text),))
            )
    if out:
        blocks.append(Heading(t("feedback.file.about_survey")))
        for survey in out[: session_choice.FEW]:
            of = {
                "survey": str(survey.id),
                "file": pending.file,
                "digest": pending.digest,
                "people": named,
            }
            text = f"{survey.says.title} · {t.day(survey.says.opened)}"
            blocks.append(
                Item(text, actions=(Action(t("session.choose"), "survey.file", of, hint=text),))
            )
    if not there and not out:
        raise UserError("feedback.no_session", example=t("session.example"))
    blocks.append(Text(t("feedback.file.stored"), muted=True))
    others = Action(t("feedback.file.other"), "feedback.file_other", carried)
    return Card(t("feedback.file.which", file=pending.file), tuple(blocks), (others,))


def _preview(ctx: Context, pending: Pending, seen: view.Seen) -> Card:
    t = ctx.t
    of = {"pending": _PENDING.dump_json(pending).decode(), "session": str(seen.session.id)}
    title = t("feedback.file.preview", session=describe.session(t, seen.session.says))
    other_ = Action(t("feedback.file.other_question"), "feedback.file_question", of)
    if pending.chosen is None:
        says = Text(t("feedback.file.no_question"))
        return Card(title, (says,), (other_,) if pending.questions else ())
    question = pending.questions[pending.chosen]
    answered, positive = exports.count(question, set(pending.positive))
    rows = [
        (t("feedback.file.file"), pending.file),
        (t("feedback.file.question"), question.text),
        (t("feedback.file.positive"), t.all_of(list(pending.positive))),
        (t("feedback.file.sent"), t.number(pending.replies)),
        (t("feedback.answered"), t.number(answered)),
        (t("feedback.positive"), t.number(positive)),
    ]
    blocks: list[Block] = [Facts(tuple((label, said) for label, said in rows if said))]
    if pending.remembered:
        blocks.append(Text(t("feedback.file.remembered"), muted=True))
    if seen.totals is not None and seen.totals.voided is None:
        blocks.append(Text(t("feedback.file.replaces"), muted=True))
    blocks.append(Text(t("feedback.file.stored"), muted=True))
    known = bool(_asked({}, seen))
    action = "feedback.confirm" if known else "feedback.file_asked"
    confirm_ = Action(t("feedback.file.confirm"), action, of, Style.PRIMARY)
    return Card(title, tuple(blocks), (confirm_, other_))


def _asked(said: Mapping[str, str], seen: view.Seen) -> int:
    """How many were asked: as the form says, else those who came, else as was known before."""
    if values.is_count(said.get("asked", "")):
        return int(said["asked"])
    return seen.sum.participants or seen.sum.asked
