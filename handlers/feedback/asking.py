"""Those who came are asked in their own chat what they thought, and answer without their name."""

from collections.abc import Mapping

from handlers import describe, session_choice
from handlers.chat import values
from handlers.chat.cards import Action, Card, Form, Input, InputKind, Reply, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.feedback import view
from storage import deliveries, feedback, records, sessions
from storage.deliveries import Post
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.feedback import HIGHEST, LOWEST, AlreadyAnswered
from storage.limits import LONGEST_TEXT
from storage.records import Record
from storage.sessions import Session

router = Router()

ASK = "feedback.question"  # what the post says
SCORES = [str(score) for score in range(HIGHEST, LOWEST - 1, -1)]


@router.action("feedback.ask")
async def ask(msg: Incoming, ctx: Context) -> Reply:
    """Ask everyone who came, is on the chat, and was not asked yet."""
    if not ctx.person.role.logs:
        raise NotAllowed
    session = values.whole(msg.values, "session")

    def work(tx: Tx) -> view.Seen:
        view.check_over(ctx, session_choice.chosen(tx, session))
        to_ask = view.to_ask(tx, session)
        feedback.ask(tx, session, to_ask)
        for id in to_ask:
            once, of = f"feedback/{session}/{id}", {"session": str(session)}
            deliveries.put(tx, Post(once, ASK, of, id, about=f"session/{session}"), ctx.at)
        return view.read(tx, session)

    return await ctx.change(work, lambda seen: view.reply(ctx, seen, "feedback.title.asked"))


@router.post(ASK)
def ask_them(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """The question, unless it was answered meanwhile or there is no such session any more."""
    session = records.get(tx, sessions.KIND, int(of["session"]))
    asked = telling.person and telling.person.id in feedback.unanswered(tx, session.id)
    return question(telling.t, session) if asked and session.voided is None else None


def question(t: Texts, session: Record[Session]) -> Card:
    """What somebody who came is asked."""
    of = {"session": str(session.id)}
    hint = describe.session(t, session.says)
    scores = tuple(
        Action(t(f"feedback.score.{score}"), "feedback.answer", {**of, "score": score}, hint=hint)
        for score in SCORES
    )
    comment = Action(t("feedback.with_comment"), "feedback.comment", of, hint=hint)
    blocks = (Text(hint), Text(t("feedback.question")), Text(t("feedback.anonymous"), muted=True))
    return Card(t("feedback.title.question"), blocks, (*scores, comment))


async def waiting(ctx: Context) -> Reply:
    """The question that waits for this person, the newest: a chat may have buried it."""

    def newest(tx: Tx) -> Record[Session] | None:
        sessions_ = feedback.waiting_for(tx, ctx.person.id)
        return session_choice.chosen(tx, sessions_[0]) if sessions_ else None

    session = await ctx.store.read(newest)
    if session is None:
        return Reply(Card(ctx.t("feedback.title.one"), (Text(ctx.t("feedback.nothing_waits")),)))
    return Reply(question(ctx.t, session))


@router.action("feedback.comment")
async def comment(msg: Incoming, ctx: Context) -> Reply:
    """Open the form for an answer in words as well."""
    return Reply(await _form(ctx, msg.values, {}))


@router.action("feedback.commented")
async def commented(msg: Incoming, ctx: Context) -> Reply:
    """An answer with a comment was given."""
    errors: dict[str, str] = {}
    words = msg.values.get("comment", "").strip()
    if msg.values.get("score", "") not in SCORES:
        errors["score"] = ctx.t("feedback.choose_score")
    if len(words) > LONGEST_TEXT:
        errors["comment"] = ctx.t("session.why.too_much_text", most=ctx.t.number(LONGEST_TEXT))
    if errors:
        return Reply(await _form(ctx, msg.values, errors))
    return await _answer(ctx, msg.values, words)


@router.action("feedback.answer")
async def answer(msg: Incoming, ctx: Context) -> Reply:
    """An answer was given by its button alone."""
    return await _answer(ctx, msg.values, "")


async def _answer(ctx: Context, carried: Mapping[str, str], words: str) -> Reply:
    """Take an answer in. The reply is the same whatever it was, as replies are kept."""
    session, score = values.whole(carried, "session"), carried.get("score", "")
    if score not in SCORES:
        raise UserError("errors.no_such_button")
    thanks = Card(ctx.t("feedback.title.thanks"), (Text(ctx.t("feedback.thanks")),), tone=Tone.GOOD)
    try:
        return await ctx.change(
            feedback.answer,
            lambda _: Reply(thanks, replace=True),
            session,
            ctx.person,
            int(score),
            words,
            ctx.at,
        )
    except AlreadyAnswered:
        raise UserError("feedback.already") from None
    except NotAllowed:
        raise UserError("feedback.not_asked") from None


async def _form(ctx: Context, filled: Mapping[str, str], errors: Mapping[str, str]) -> Form:
    session = await ctx.store.read(_asked, ctx, values.whole(filled, "session"))
    t = ctx.t
    choices = tuple((score, t(f"feedback.score.{score}")) for score in SCORES)
    inputs = (
        Input(
            "score",
            t("feedback.question"),
            InputKind.CHOICE,
            filled.get("score", ""),
            choices,
            required=True,
            error=errors.get("score", ""),
        ),
        Input(
            "comment",
            t("feedback.comment"),
            InputKind.LONG_TEXT,
            filled.get("comment", ""),
            hint=t("feedback.anonymous"),
            error=errors.get("comment", ""),
        ),
    )
    title, send = describe.session(t, session.says), t("feedback.form.send")
    of = {"session": str(session.id)}
    return Form("feedback.commented", title, inputs, send, t("session.form.cancel"), of)


def _asked(tx: Tx, ctx: Context, session: int) -> Record[Session]:
    """The session that somebody was asked about and has not answered on. Raises UserError."""
    if ctx.person.id not in feedback.asked(tx, session):
        raise UserError("feedback.not_asked")
    if ctx.person.id not in feedback.unanswered(tx, session):
        raise UserError("feedback.already")
    return session_choice.chosen(tx, session)
