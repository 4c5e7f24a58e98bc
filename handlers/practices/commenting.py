"""Comments on a practice: written, changed and taken out; a student's name is asked about."""

from collections.abc import Callable, Mapping

from handlers import doubt
from handlers.chat import values
from handlers.chat.cards import Action, Form, Input, InputKind, Reply
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.practices import view
from handlers.practices.view import Shown
from storage import practice_comments
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.limits import LONGEST_TEXT
from storage.people import Person
from storage.practice_comments import Comment
from storage.records import Record

router = Router()

CARRIED = ("practice", "id", "version")


@router.action("practice.comment")
async def comment(msg: Incoming, ctx: Context) -> Reply:
    """Open the form for a new comment, or for one that was asked about."""
    shown = await ctx.store.read(view.read, ctx, values.whole(msg.values, "practice"))
    return Reply(_form(ctx, shown, msg.values))


@router.action("practice.comment_edit")
async def edit(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with one's own comment."""
    id = values.whole(msg.values, "id")
    record = await ctx.store.read(practice_comments.get, id, ctx.person, ctx.at)
    if record.person != ctx.person.id:
        raise NotAllowed
    shown = await ctx.store.read(view.read, ctx, record.says.practice)
    of = {"practice": str(shown.record.id), "text": record.says.text, **_values(record)}
    return Reply(_form(ctx, shown, of))


@router.action("practice.comment_save")
async def save(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent: a new comment, or a changed one."""
    practice, text = values.whole(msg.values, "practice"), msg.values.get("text", "").strip()
    shown = await ctx.store.read(view.read, ctx, practice)
    error = ctx.t("practice.why.comment") if not text else ""
    if len(text) > LONGEST_TEXT:
        error = ctx.t("practice.why.too_much_text", most=ctx.t.number(LONGEST_TEXT))
    if error:
        return Reply(_form(ctx, shown, msg.values, error))
    carried = {name: msg.values[name] for name in (*CARRIED, doubt.SURE) if name in msg.values}
    carried["text"] = text
    asked = doubt.ask(
        ctx, [text], (), carried, send="practice.comment_save", change="practice.comment"
    )
    if asked:
        return asked

    def work(tx: Tx) -> tuple[Shown, Record[Comment]]:
        if "id" in carried:
            id, version = values.whole(carried, "id"), values.whole(carried, "version")
            made = practice_comments.change(tx, id, version, text, ctx.person, ctx.at)
        else:
            made = practice_comments.add(tx, Comment(practice, text), ctx.person, ctx.at)
        return view.read(tx, ctx, made.says.practice), made

    key = "practice.comment_changed" if "id" in carried else "practice.commented"
    return await ctx.change(work, lambda done: _receipt(ctx, *done, key))


@router.action("practice.comment_void")
async def void(msg: Incoming, ctx: Context) -> Reply:
    """Take a comment out."""
    return await _done(msg, ctx, practice_comments.void, "practice.uncommented")


@router.action("practice.comment_undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of a comment."""
    return await _done(msg, ctx, practice_comments.undo, "practice.title.restored")


async def _done(
    msg: Incoming,
    ctx: Context,
    do: Callable[[Tx, int, int, Person, int], Record[Comment]],
    key: str,
) -> Reply:
    def work(tx: Tx, id: int, version: int) -> tuple[Shown, Record[Comment]]:
        done = do(tx, id, version, ctx.person, ctx.at)
        return view.read(tx, ctx, done.says.practice), done

    return await ctx.change_version(msg.values, work, lambda done: _receipt(ctx, *done, key))


def _values(record: Record[Comment]) -> dict[str, str]:
    return {"id": str(record.id), "version": str(record.version)}


def _receipt(ctx: Context, shown: Shown, record: Record[Comment], key: str) -> Reply:
    """The practice with its comments as they are now, and the way back."""
    label = ctx.t("practice.restore" if record.voided is not None else "practice.undo")
    back = Action(label, "practice.comment_undo", _values(record), hint=shown.record.says.title)
    return view.receipt(ctx, shown, key, back)


def _form(ctx: Context, shown: Shown, said: Mapping[str, str], error: str = "") -> Form:
    t = ctx.t
    input = Input(
        "text",
        shown.record.says.title,
        InputKind.LONG_TEXT,
        said.get("text", ""),
        required=True,
        hint=t("practice.hint.comment"),
        error=error,
    )
    carried = {name: said[name] for name in CARRIED if name in said}
    return Form(
        "practice.comment_save",
        t("practice.comment"),
        (input,),
        t("practice.form.save" if "id" in carried else "practice.form.submit"),
        t("practice.form.cancel"),
        carried,
    )
