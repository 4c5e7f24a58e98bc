"""/feedback: totals in one line or by form, for a session that is named or proposed; and undo."""

from collections.abc import Mapping, Sequence

from handlers import session_choice
from handlers.chat import values
from handlers.chat.cards import Action, Card, Form, Input, InputKind, Item, Reply, Style, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.feedback import asking, line, saving, view
from handlers.feedback.line import Said
from handlers.replies import shows_rate
from storage import feedback, records, session_sums
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.feedback import Feedback
from storage.records import Record
from storage.session_sums import Sum
from storage.sessions import MOST_PEOPLE, Session
from storage.words import fold

router = Router()

NUMBERS = ("answered", "asked", "positive")
MOST_FOUND = 50
# What people call any session: its own title seldom has it.
ANY = {"workshop", "atelier", "session", "seance", "meeting", "rencontre", "webinar", "webinaire"}


@router.command("feedback", "retroaction")
async def feedback_(msg: Incoming, ctx: Context) -> Reply:
    """Record the totals that a line says; without a session in it, one is proposed.

    Who records none is shown what they were asked.
    """
    if not msg.text and not ctx.person.role.logs:
        return await asking.waiting(ctx)
    _check(ctx)
    said = line.read(msg.text, today=ctx.today)
    carried = _carried(ctx, said)
    found = await ctx.store.read(_named, ctx, said)
    if len(found) == 1:
        return await _take(ctx, found[0], carried)
    return await _which(ctx, carried, said, found)


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
    session = await ctx.store.read(session_choice.chosen, values.whole(msg.values, "session"))
    return await _take(ctx, session, msg.values)


@router.action("feedback.form")
async def form(msg: Incoming, ctx: Context) -> Reply:
    """Ask for the totals."""
    _check(ctx)
    seen = await ctx.store.read(view.read, values.whole(msg.values, "session"))
    view.check_over(ctx, seen.session)
    sum = seen.sum
    texts = {"asked": str(sum.asked or sum.participants or "")}
    if sum.asked:
        texts["answered"] = str(sum.answered)
        texts["positive"] = str(sum.positive) if shows_rate(ctx, sum.answered) else ""
    return Reply(_form(ctx, msg.values, texts, {}))


@router.action("feedback.totals")
async def totals(msg: Incoming, ctx: Context) -> Reply:
    """The totals were given."""
    _check(ctx)
    if errors := wrong(msg.values):
        words = {name: ctx.t(f"feedback.why.{why}") for name, why in errors.items()}
        return Reply(_form(ctx, msg.values, msg.values, words))
    session = await ctx.store.read(session_choice.chosen, values.whole(msg.values, "session"))
    return await _take(ctx, session, msg.values)


@router.action("feedback.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of the totals."""

    session = values.whole(msg.values, "session")

    def work(tx: Tx, id: int, version: int) -> view.Seen:
        undone = records.undo(tx, feedback.KIND, id, version, ctx.person, ctx.at)
        return view.seen(tx, session, undone)

    return await ctx.change_version(
        msg.values, work, lambda seen: view.reply(ctx, seen, _undone(seen))
    )


def wrong(said: Mapping[str, str]) -> dict[str, str]:
    """Why numbers can't be, by the number: more were pleased than answered, or than were asked."""
    errors: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for name in NUMBERS:
        text = said.get(name, "").strip()
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


def _carried(ctx: Context, said: Said) -> dict[str, str]:
    """The numbers of a line as a button carries them; none where it says none. Raises UserError."""
    numbers = {"answered": said.answered, "asked": said.asked, "positive": said.positive}
    carried = {name: str(number) for name, number in numbers.items() if number is not None}
    example = ctx.t("feedback.example")
    if carried and len(carried) < len(NUMBERS):
        missing = "positive" if said.positive is None else "asked"
        raise UserError(f"feedback.say.{missing}", example=example)
    if carried and (errors := wrong(carried)):
        why = next(iter(errors.values()))
        raise UserError(f"feedback.why.{why}", example=example)
    return carried


def _undone(seen: view.Seen) -> str:
    gone = seen.totals is not None and seen.totals.voided is not None
    return "feedback.title.voided" if gone else "feedback.title.restored"


async def _take(ctx: Context, session: Record[Session], carried: Mapping[str, str]) -> Reply:
    """Record the totals that are carried; where none are, show what there is."""
    if "asked" not in carried:
        seen = await ctx.store.read(view.read, session.id)
        return Reply(view.show(ctx, seen, ctx.t("feedback.title.one")), replace=True)
    view.check_over(ctx, session)
    if wrong(carried):
        raise UserError("errors.no_such_button")
    asked, answered, positive = (int(carried[name]) for name in ("asked", "answered", "positive"))
    return await ctx.change(
        saving.take,
        lambda seen: view.reply(ctx, seen, "feedback.title.recorded"),
        Feedback(session.id, asked, answered, positive),
        ctx.person,
        ctx.at,
    )


def _named(tx: Tx, ctx: Context, said: Said) -> list[Record[Session]]:
    """The sessions that a line names; none where it names none."""
    if said.session is not None:
        return session_choice.found(tx, ctx, f"#{said.session}")
    if said.on is not None:
        on = said.on
        return session_choice.on_day(tx, on, said.words) or session_choice.on_day(tx, on)
    few = " ".join(word for word in said.words.split() if fold(word) not in ANY)
    for words in filter(None, dict.fromkeys((said.words, few))):
        if found := session_choice.found(tx, ctx, words, limit=MOST_FOUND):
            return found
    return []


async def _which(
    ctx: Context, carried: Mapping[str, str], said: Said, named: Sequence[Record[Session]]
) -> Reply:
    """Propose the newest session that is over and has no feedback; the others below it."""
    nothing_said = said.session is None and said.on is None and not said.words
    there = await ctx.store.read(_candidates, ctx, named, nothing_said)
    if not there:
        raise session_choice.none(ctx, anything_said=not nothing_said)
    t = ctx.t
    items: list[Item | Text] = []
    for place, (one, sum) in enumerate(there):
        value, text = session_choice.choice(ctx, one)
        style = Style.PLAIN if place else Style.PRIMARY
        of = {**carried, "session": value}
        press = Action(t("session.choose"), "feedback.take", of, style, hint=text)
        items.append(Item(text, view.numbers(ctx, sum), actions=(press,)))
    title = t("feedback.which" if carried else "feedback.whose")
    if carried:
        items.insert(0, Text(t("session.replies_positive", **carried)))
    return Reply(Card(title, (*items, Text(t("session.which_hint"), muted=True))))


def _candidates(
    tx: Tx, ctx: Context, named: Sequence[Record[Session]], nothing_said: bool
) -> list[tuple[Record[Session], Sum]]:
    """Sessions that are over, each with what is known of it: those without feedback first."""
    found = session_choice.found(tx, ctx, "", limit=MOST_FOUND) if nothing_said else named
    over = [(one, session_sums.of_session(tx, one.id)) for one in found if view.is_over(ctx, one)]
    return sorted(over, key=lambda one: bool(one[1].asked))[: session_choice.FEW]


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
            required=True,
            error=errors.get(name, ""),
        )
        for name in ("asked", "answered", "positive")
    )
    of = {"session": values.text(carried, "session")}
    save, cancel = t("feedback.form.save"), t("session.form.cancel")
    return Form("feedback.totals", t("feedback.form.title"), inputs, save, cancel, of)
