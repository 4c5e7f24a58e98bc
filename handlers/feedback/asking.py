"""Those who came are asked in their own chat what they thought, and answer without their name."""

from handlers import describe, session_choice
from handlers.chat import values
from handlers.chat.cards import Action, Card, Form, Input, InputKind, Reply, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.posts import post
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.feedback import view
from storage import feedback, people
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.feedback import HIGHEST, LOWEST, AlreadyAnswered
from storage.limits import Impossible
from storage.records import Record
from storage.sessions import Session

router = Router()

SCORES = range(LOWEST, HIGHEST + 1)


@router.action("feedback.ask")
async def ask(msg: Incoming, ctx: Context) -> Reply:
    """Ask everyone who came, is on the chat, and was not asked yet."""
    if not ctx.person.role.logs:
        raise NotAllowed
    session = values.whole(msg.values, "session")

    def work(tx: Tx) -> view.Seen:
        about = session_choice.chosen(tx, session)
        to_ask = view.to_ask(tx, session)
        feedback.ask(tx, session, to_ask)
        for id in to_ask:
            card = question(Texts.load(people.get(tx, id).language), about)
            post(tx, f"feedback/{session}/{id}", id, card, ctx.at)
        return view.read(tx, session)

    return await ctx.change(work, lambda seen: view.reply(ctx, seen, "feedback.title.asked"))


def question(t: Texts, session: Record[Session]) -> Card:
    """What somebody who came is asked."""
    of = {"session": str(session.id)}
    hint = describe.session(t, session.says)
    scores = tuple(
        Action(
            t(f"feedback.score.{score}"), "feedback.answer", {**of, "score": str(score)}, hint=hint
        )
        for score in reversed(SCORES)
    )
    comment = Action(t("feedback.with_comment"), "feedback.comment", of, hint=hint)
    blocks = (Text(hint), Text(t("feedback.question")), Text(t("feedback.anonymous"), muted=True))
    return Card(t("feedback.title.question"), blocks, (*scores, comment))


@router.action("feedback.comment")
async def comment(msg: Incoming, ctx: Context) -> Reply:
    """Open the form for an answer in words as well."""
    session = await ctx.store.read(session_choice.chosen, values.whole(msg.values, "session"))
    t = ctx.t
    choices = tuple((str(score), t(f"feedback.score.{score}")) for score in reversed(SCORES))
    inputs = (
        Input("score", t("feedback.question"), InputKind.CHOICE, choices=choices, required=True),
        Input("comment", t("feedback.comment"), InputKind.LONG_TEXT, hint=t("feedback.anonymous")),
    )
    title, send = describe.session(t, session.says), t("feedback.form.send")
    carried = {"session": str(session.id)}
    return Reply(Form("feedback.answer", title, inputs, send, t("session.form.cancel"), carried))


@router.action("feedback.answer")
async def answer(msg: Incoming, ctx: Context) -> Reply:
    """Take an answer in. The reply is the same whatever it was, as replies are kept."""
    session = values.whole(msg.values, "session")
    score, words = msg.values.get("score", ""), msg.values.get("comment", "").strip()
    if score not in {str(one) for one in SCORES}:
        raise UserError("feedback.choose_score")
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
    except Impossible:
        raise UserError("feedback.too_long") from None
