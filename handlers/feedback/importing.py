"""An export of a form that is dropped: feedback on a session, or who handed in a survey.

Of who answered no more travels on the card's buttons than those for surveys need.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from handlers import session_choice
from handlers.chat import values
from handlers.chat.cards import Input, InputKind, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Dropped, Incoming
from handlers.chat.router import Router
from handlers.feedback import export, preview, saving, view
from handlers.feedback.export import Pending
from handlers.files import feedback as exports
from handlers.files import tables
from handlers.replies import shows_rate
from storage import positive_answers, surveys
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.feedback import Feedback, Source
from storage.limits import Impossible
from storage.records import Record
from storage.sessions import MOST_PEOPLE, Session
from storage.surveys import Survey

router = Router()

LONGEST_NAME = 200
MOST_NAMED = 1000
YEAR = timedelta(days=366)


@router.take_files
async def take(msg: Incoming, ctx: Context) -> Reply | None:
    """Show what a dropped export may be; nothing is stored."""
    found = [_read(one) for one in msg.files]
    if not any(found):
        return None
    _check(ctx)
    read, dropped = found[0], msg.files[0]
    if len(found) > 1 or read is None:
        raise UserError("feedback.one_file")
    if read.replies > MOST_PEOPLE:
        raise Impossible("replies")
    name, digest = dropped.name[-LONGEST_NAME:], sha256(dropped.content).hexdigest()
    waits, there = await ctx.store.read(_proposed, ctx, read, name, digest, msg.text)
    out: list[Record[Survey]] = []
    if read.people and ctx.router.find_action(preview.SURVEY):
        out = await ctx.store.read(surveys.between, ctx.today - YEAR, ctx.today)
    if not waits.questions and not out:
        raise UserError("feedback.file.only_text")
    if not there and not out:
        raise session_choice.none(ctx, anything_said=bool(msg.text))
    named = [
        (one.name, one.email, one.day.isoformat() if one.day else "")
        for one in read.people[:MOST_NAMED]
    ]
    return Reply(preview.which(ctx, waits, there, out, json.dumps(named, ensure_ascii=False)))


@router.action("feedback.file")
async def show(msg: Incoming, ctx: Context) -> Reply:
    """What taking the export in for this session would do."""
    _check(ctx)
    return await _shown(ctx, export.load(msg.values), msg.values)


@router.action("feedback.file_question")
async def choose_question(msg: Incoming, ctx: Context) -> Reply:
    """Ask which question says how pleased people were."""
    _check(ctx)
    waits, t = export.load(msg.values), ctx.t
    label, value = t("feedback.file.question"), "" if waits.chosen is None else str(waits.chosen)
    choices = tuple((str(n), one.text) for n, one in enumerate(waits.questions))
    one = Input("question", label, InputKind.CHOICE, value, choices, required=True)
    return Reply(
        preview.form(ctx, "feedback.file_asks", "feedback.file.other_question", one, msg.values)
    )


@router.action("feedback.file_asks")
async def chose_question(msg: Incoming, ctx: Context) -> Reply:
    """The question was chosen: shown again, with the answers that are likely positive."""
    _check(ctx)
    waits, number = export.load(msg.values), values.whole(msg.values, "question")
    if number >= len(waits.questions):
        raise UserError("errors.no_such_button")

    def chosen(tx: Tx) -> Pending:
        return export.choose(waits, number, lambda text: positive_answers.of(tx, text))

    return await _shown(ctx, await ctx.store.read(chosen), msg.values)


@router.action("feedback.file_answers")
async def choose_answers(msg: Incoming, ctx: Context) -> Reply:
    """Ask which answers are positive; the likely ones are ticked."""
    _check(ctx)
    waits, t = export.load(msg.values), ctx.t
    if waits.question is None:
        raise UserError("errors.no_such_button")
    given, shown = dict(waits.question.answers), shows_rate(ctx, waits.question.answered)
    ticked = waits.positive or ()
    choices: list[tuple[str, str]] = []
    for n, said in enumerate(export.options(waits.question)):
        many = t("feedback.file.times", answer=said, count=given.get(said, 0))
        choices.append((str(n), many if shown else said))
    one = Input(
        "positive",
        waits.question.text,
        InputKind.CHOICES,
        ",".join(str(n) for n, said in enumerate(export.options(waits.question)) if said in ticked),
        tuple(choices),
        hint=t("feedback.file.positive_hint"),
    )
    return Reply(
        preview.form(ctx, "feedback.file_counts", "feedback.file.which_positive", one, msg.values)
    )


@router.action("feedback.file_counts")
async def chose_answers(msg: Incoming, ctx: Context) -> Reply:
    """The positive answers were chosen: shown again."""
    _check(ctx)
    waits = export.load(msg.values)
    if waits.question is None:
        raise UserError("errors.no_such_button")
    ticked = msg.values.get("positive", "").split(",")
    there = enumerate(export.options(waits.question))
    positive = tuple(said for n, said in there if str(n) in ticked)
    return await _shown(ctx, replace(waits, positive=positive, remembered=False), msg.values)


@router.action("feedback.file_other")
async def other(msg: Incoming, ctx: Context) -> Reply:
    """Look for the session among all there are."""
    _check(ctx)
    label = ctx.t("session.which")
    one = Input("session", label, InputKind.CHOICE, required=True, search=session_choice.SEARCH)
    return Reply(preview.form(ctx, "feedback.file", "session.which", one, msg.values))


@router.action("feedback.confirm")
async def confirm(msg: Incoming, ctx: Context) -> Reply:
    """Take the export's counts in, and remember which answers were positive."""
    _check(ctx)
    waits, session = export.load(msg.values), values.whole(msg.values, "session")
    seen = await ctx.store.read(view.read, session)
    view.check_over(ctx, seen.session)
    if waits.question is None or waits.positive is None or waits.counts is None:
        raise UserError("errors.no_such_button")
    if seen.totals is not None and seen.totals.says.file == waits.digest:
        return Reply(view.show(ctx, seen, ctx.t("feedback.title.same_file")), replace=True)
    said = msg.values.get("asked", "")
    asked = preview.asked(waits, seen) if not said else int(said) if values.is_count(said) else 0
    if asked is None or not waits.replies <= asked <= MOST_PEOPLE:
        return Reply(preview.ask_asked(ctx, waits, seen, msg.values))
    says = Feedback(session, asked, *waits.counts, Source.FILE, waits.digest)
    answers = export.remembered(waits.question, waits.positive)
    question = waits.question.text

    def work(tx: Tx) -> view.Seen:
        positive_answers.remember(tx, question, answers)
        return saving.take(tx, says, ctx.person, ctx.at)

    return await ctx.change(work, lambda done: view.reply(ctx, done, "feedback.title.taken"))


def _check(ctx: Context) -> None:
    if not ctx.person.role.logs:
        raise NotAllowed


def _read(file: Dropped) -> exports.Feedback | None:
    try:
        return exports.read(tables.read(file.content))
    except tables.NotATable:
        return None


def _proposed(
    tx: Tx, ctx: Context, read: exports.Feedback, name: str, digest: str, words: str
) -> tuple[Pending, list[Record[Session]]]:
    """The export with what is proposed, and the sessions it may be about, the likeliest first."""
    waits = export.pending(
        read, name, digest, ctx.today, lambda text: positive_answers.of(tx, text)
    )
    found = session_choice.found(tx, ctx, words, limit=200) if waits.questions else []
    over = [one for one in found if view.is_over(ctx, one)]
    ranked = sorted(over, key=lambda one: export.distance(waits, one.says.last))
    return waits, ranked[: session_choice.FEW]


async def _shown(ctx: Context, waits: Pending, carried: Mapping[str, str]) -> Reply:
    """The preview, in the place of the card before it."""
    seen = await ctx.store.read(view.read, values.whole(carried, "session"))
    view.check_over(ctx, seen.session)
    return Reply(preview.show(ctx, waits, seen), replace=True)
