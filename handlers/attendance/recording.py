"""/attendance: heads or names in one line, for a session that is named or proposed; and undo."""

from collections.abc import Mapping
from dataclasses import replace

from handlers import session_choice
from handlers.attendance import line, naming, saving, view
from handlers.chat import values
from handlers.chat.cards import Action, Card, Form, Input, Item, Reply, Style, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.lines.words import names_of
from storage import presences, records
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.presences import Counted, Source
from storage.records import Record
from storage.sessions import MOST_PEOPLE, Session

router = Router()


@router.command("attendance", "presences")
async def attendance(msg: Incoming, ctx: Context) -> Reply:
    """Record what a line says of who came; without a session in it, one is proposed."""
    _check(ctx)
    if not msg.text:
        return await _which(ctx, {})
    said = line.read(msg.text, today=ctx.today, names=names_of(ctx.plans.network))
    people = "" if said.heads.whole or said.heads.by_board else said.words
    about = await ctx.store.read(naming.sorted_out, people) if people else None
    carried: dict[str, str] = {}
    words = said.words
    if about and about.named:
        carried, words = {"people": people}, ""
    elif said.heads.whole is not None or said.heads.by_board:
        carried = _counted(ctx, said)
    found = await ctx.store.read(_found, ctx, said, words)
    if found is None:
        return await _which(ctx, carried, words)
    return await _take(ctx, found.id, carried)


@router.action("attendance.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """The attendance of a session."""
    _check(ctx)
    seen = await ctx.store.read(view.read, values.whole(msg.values, "session"))
    return Reply(view.show(ctx, seen, ctx.t("attendance.title.one")))


@router.action("attendance.take")
async def take(msg: Incoming, ctx: Context) -> Reply:
    """The session was chosen: record for it what was said."""
    _check(ctx)
    return await _take(ctx, values.whole(msg.values, "session"), msg.values)


@router.action("attendance.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of the attendance."""

    def work(tx: Tx, session: int, id: int, version: int) -> view.Seen:
        undone = records.undo(tx, presences.KIND, id, version, ctx.person, ctx.at)
        return view.seen(tx, session, undone)

    return await ctx.change(
        work,
        lambda seen: view.reply(ctx, seen, "attendance.title.restored"),
        values.whole(msg.values, "session"),
        values.whole(msg.values, "id"),
        values.whole(msg.values, "version"),
    )


@router.action("attendance.ask_count")
async def ask_count(msg: Incoming, ctx: Context) -> Reply:
    """Ask how many came, in all and from each body."""
    _check(ctx)
    return Reply(_count_form(ctx, values.whole(msg.values, "session"), ""))


@router.action("attendance.counted")
async def counted(msg: Incoming, ctx: Context) -> Reply:
    """The heads were given, as a line says them."""
    _check(ctx)
    session, text = values.whole(msg.values, "session"), msg.values.get("heads", "")
    said = line.read(text, today=ctx.today, names=names_of(ctx.plans.network))
    if said.words or not (said.heads.whole or said.heads.by_board):
        return Reply(_count_form(ctx, session, text, ctx.t("attendance.why.heads")))
    return await _take(ctx, session, _counted(ctx, said))


def _check(ctx: Context) -> None:
    if not ctx.person.role.logs:
        raise NotAllowed


async def _take(ctx: Context, session: int, carried: Mapping[str, str]) -> Reply:
    """Record what is carried for a session; where nothing is, show what there is."""
    if "heads" in carried:
        return await _take_heads(ctx, session, carried)
    if "people" in carried:
        return await naming.take(ctx, session, values.text(carried, "people"))
    seen = await ctx.store.read(view.read, session)
    return Reply(view.show(ctx, seen, ctx.t("attendance.title.one")), replace=True)


async def _take_heads(ctx: Context, session: int, carried: Mapping[str, str]) -> Reply:
    counts = _counts(values.text(carried, "heads"))
    of_day = values.whole(carried, "day")
    seen = await ctx.store.read(view.read, session)
    days = len(seen.session.says.days)
    if of_day > days:
        raise UserError("attendance.no_such_day", count=days)
    chosen = range(days) if of_day == 0 else (of_day - 1,)
    before = seen.says
    kept = tuple(one for one in before.counts if one.day not in chosen)
    heads = tuple(Counted(day, board, number) for day in chosen for board, number in counts)
    says = replace(before, session=session, counts=(*kept, *heads), source=Source.TYPED, file="")
    return await saving.save(ctx, says)


def _counted(ctx: Context, said: line.Said) -> dict[str, str]:
    """The heads of a line as a button carries them. Raises UserError where they don't add up."""
    heads = said.heads
    if heads.whole is not None and heads.counted > heads.whole:
        raise UserError(
            "attendance.does_not_add_up",
            whole=ctx.t.number(heads.whole),
            sum=ctx.t.number(heads.counted),
            example=ctx.t("attendance.example"),
        )
    if not heads.counts or sum(number for _, number in heads.counts) > MOST_PEOPLE:
        raise UserError("attendance.how_many", example=ctx.t("attendance.example"))
    text = ",".join(f"{board} {number}".strip() for board, number in heads.counts)
    return {"heads": text, "day": str(said.of_day)}


def _counts(text: str) -> list[tuple[str, int]]:
    counts: list[tuple[str, int]] = []
    for one in text.split(","):
        board, _, number = one.rpartition(" ")
        if not values.is_count(number):
            raise UserError("errors.no_such_button")
        counts.append((board, int(number)))
    return counts


def _found(tx: Tx, ctx: Context, said: line.Said, words: str) -> Record[Session] | None:
    """The one session that a line names, or None where it names none or several."""
    if said.session is not None:
        found = session_choice.found(tx, ctx, f"#{said.session}")
    elif said.on is not None:
        found = session_choice.on_day(tx, said.on, words)
    else:
        found = session_choice.found(tx, ctx, words) if words else []
    return found[0] if len(found) == 1 else None


async def _which(ctx: Context, carried: Mapping[str, str], words: str = "") -> Reply:
    """Propose the newest session that is over and has no attendance; the others below it."""
    there = await ctx.store.read(_candidates, ctx, words)
    if not there:
        key = "session.none_such" if words else "session.none_yet"
        raise UserError(key, example=ctx.t("session.example"))
    t = ctx.t
    items: list[Item | Text] = []
    for place, one in enumerate(there):
        value, text = session_choice.choice(ctx, one)
        style = Style.PLAIN if place else Style.PRIMARY
        label = t("session.choose")
        press = Action(label, "attendance.take", {**carried, "session": value}, style, hint=text)
        items.append(Item(text, actions=(press,)))
    title = t("attendance.which" if carried else "attendance.whose")
    return Reply(Card(title, (*items, Text(t("session.which_hint"), muted=True))))


def _candidates(tx: Tx, ctx: Context, words: str) -> list[Record[Session]]:
    found = session_choice.found(tx, ctx, words, limit=2 * session_choice.FEW)
    without = [one for one in found if presences.of_session(tx, one.id) is None]
    return [*without, *(one for one in found if one not in without)][: session_choice.FEW]


def _count_form(ctx: Context, session: int, said: str, error: str = "") -> Form:
    t = ctx.t
    heads = Input(
        "heads",
        t("attendance.form.heads"),
        value=said,
        required=True,
        hint=t("attendance.form.heads_hint"),
        error=error,
    )
    carried = {"session": str(session)}
    title, save_, cancel = (
        t("attendance.count"),
        t("attendance.form.save"),
        t("session.form.cancel"),
    )
    return Form("attendance.counted", title, (heads,), save_, cancel, carried)
