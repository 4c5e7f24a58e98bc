"""/feedback: totals in one line or by form, for a session that is named or proposed; and undo."""

from collections.abc import Mapping

from handlers import session_choice
from handlers.chat import values
from handlers.chat.cards import Action, Card, Form, Input, InputKind, Item, Reply, Style, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.feedback import line, view
from storage import feedback, records
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.feedback import Feedback, Source
from storage.records import Record
from storage.sessions import MOST_PEOPLE, Session

router = Router()

NUMBERS = ("answered", "asked", "positive")


@router.command("feedback", "retroaction")
async def feedback_(msg: Incoming, ctx: Context) -> Reply:
    """Record the totals that a line says; without a session in it, one is proposed."""
    _check(ctx)
    said = line.read(msg.text)
    carried: dict[str, str] = {}
    if said.asked is not None:
        numbers = {"answered": said.answered, "asked": said.asked, "positive": said.positive}
        carried = {name: str(number) for name, number in numbers.items() if number is not None}
        if said.positive is None or wrong(carried):
            raise UserError("feedback.how", example=ctx.t("feedback.example"))
    elif said.positive is not None:
        raise UserError("feedback.how", example=ctx.t("feedback.example"))
    found = await ctx.store.read(_found, ctx, said.words)
    if found is None:
        return await _which(ctx, carried, said.words)
    return await _take(ctx, found.id, carried)


@router.action("feedback.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """The feedback on a session."""
    _check(ctx)
    seen = await ctx.store.read(view.read, values.whole(msg.values, "session"))
    return Reply(view.show(ctx, seen, ctx.t("feedback.title.one")))


@router.action("feedback.take")
async def take(msg: Incoming, ctx: Context) -> Reply:
    """The session was chosen: record for it what was said."""
    _check(ctx)
    return await _take(ctx, values.whole(msg.values, "session"), msg.values)


@router.action("feedback.form")
async def form(msg: Incoming, ctx: Context) -> Reply:
    """Ask for the totals."""
    _check(ctx)
    seen = await ctx.store.read(view.read, values.whole(msg.values, "session"))
    numbers = seen.sum
    asked = numbers.asked or numbers.participants
    filled = {"answered": numbers.answered, "asked": asked, "positive": numbers.positive}
    texts = {name: str(number) if number else "" for name, number in filled.items()}
    return Reply(_form(ctx, msg.values, texts, {}))


@router.action("feedback.totals")
async def totals(msg: Incoming, ctx: Context) -> Reply:
    """The totals were given."""
    _check(ctx)
    if errors := wrong(msg.values):
        words = {name: ctx.t(f"feedback.why.{why}") for name, why in errors.items()}
        return Reply(_form(ctx, msg.values, msg.values, words))
    return await _take(ctx, values.whole(msg.values, "session"), msg.values)


@router.action("feedback.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of the totals."""

    def work(tx: Tx, session: int, id: int, version: int) -> view.Seen:
        undone = records.undo(tx, feedback.KIND, id, version, ctx.person, ctx.at)
        return view.seen(tx, session, undone)

    return await ctx.change(
        work,
        lambda seen: view.reply(ctx, seen, "feedback.title.restored"),
        values.whole(msg.values, "session"),
        values.whole(msg.values, "id"),
        values.whole(msg.values, "version"),
    )


async def save(ctx: Context, says: Feedback, key: str = "feedback.title.recorded") -> Reply:
    """Record the totals of a session, once for this delivery."""

    def work(tx: Tx) -> view.Seen:
        taken = feedback.take(tx, says, ctx.person, ctx.at)
        return view.seen(tx, says.session, taken)

    return await ctx.change(work, lambda seen: view.reply(ctx, seen, key))


def wrong(said: Mapping[str, str]) -> dict[str, str]:
    """Why numbers can't be, by the number: more were pleased than answered, or than were asked."""
    errors: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for name in NUMBERS:
        text = said.get(name, "") or "0"
        if not (text.isascii() and text.isdigit() and int(text) <= MOST_PEOPLE):
            errors[name] = "number"
        else:
            numbers[name] = int(text)
    if errors:
        return errors
    if not numbers["asked"]:
        errors["asked"] = "asked"
    elif numbers["answered"] > numbers["asked"]:
        errors["answered"] = "answered"
    elif numbers["positive"] > numbers["answered"]:
        errors["positive"] = "positive"
    return errors


def _check(ctx: Context) -> None:
    if not ctx.person.role.logs:
        raise NotAllowed


async def _take(ctx: Context, session: int, carried: Mapping[str, str]) -> Reply:
    """Record the totals that are carried; where none are, show what there is."""
    if "asked" not in carried:
        seen = await ctx.store.read(view.read, session)
        return Reply(view.show(ctx, seen, ctx.t("feedback.title.one")), replace=True)
    if wrong(carried):
        raise UserError("errors.no_such_button")
    asked, answered, positive = (
        int(carried.get(name, "") or "0") for name in ("asked", "answered", "positive")
    )
    return await save(ctx, Feedback(session, asked, answered, positive, Source.TYPED))


def _found(tx: Tx, ctx: Context, words: str) -> Record[Session] | None:
    """The one session that words name, or None where they name none or several."""
    found = session_choice.found(tx, ctx, words) if words else []
    return found[0] if len(found) == 1 else None


async def _which(ctx: Context, carried: Mapping[str, str], words: str) -> Reply:
    """Propose the newest session that is over and has no feedback; the others below it."""
    there = await ctx.store.read(_candidates, ctx, words)
    if not there:
        key = "session.none_such" if words else "session.none_yet"
        raise UserError(key, example=ctx.t("session.example"))
    t = ctx.t
    items: list[Item | Text] = []
    for place, one in enumerate(there):
        value, text = session_choice.choice(ctx, one)
        style = Style.PLAIN if place else Style.PRIMARY
        of = {**carried, "session": value}
        press = Action(t("session.choose"), "feedback.take", of, style, hint=text)
        items.append(Item(text, actions=(press,)))
    title = t("feedback.which" if carried else "feedback.whose")
    return Reply(Card(title, (*items, Text(t("session.which_hint"), muted=True))))


def _candidates(tx: Tx, ctx: Context, words: str) -> list[Record[Session]]:
    found = session_choice.found(tx, ctx, words, limit=2 * session_choice.FEW)
    without = [one for one in found if feedback.of_session(tx, one.id) is None]
    return [*without, *(one for one in found if one not in without)][: session_choice.FEW]


def _form(
    ctx: Context,
    carried: Mapping[str, str],
    filled: Mapping[str, str],
    errors: Mapping[str, str],
) -> Form:
    t = ctx.t
    inputs = tuple(
        Input(
            name,
            t(f"feedback.{name}"),
            InputKind.TEXT,
            filled.get(name, ""),
            required=name == "asked",
            error=errors.get(name, ""),
        )
        for name in ("asked", "answered", "positive")
    )
    of = {"session": values.text(carried, "session")}
    save_, cancel = t("feedback.form.save"), t("session.form.cancel")
    return Form("feedback.totals", t("feedback.form.title"), inputs, save_, cancel, of)
