"""/attendance: heads or names in one line, for a session that is named or proposed; and undo."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers import session_choice
from handlers.attendance import counting, line, naming, saving, view
from handlers.attendance.view import Seen
from handlers.chat import values
from handlers.chat.cards import Action, Card, Item, Reply, Style, Text
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.lines.words import names_of
from storage import presences, records
from storage.engine import Tx
from storage.presences import Attendance
from storage.records import Record
from storage.sessions import Session

router = Router()


@dataclass(frozen=True, slots=True)
class Meant:
    """What a line means: the sessions it may be of, the words that name them, and who came."""

    sessions: list[Record[Session]]
    words: str
    people: str


@router.command("attendance", "presences")
async def attendance(msg: Incoming, ctx: Context) -> Reply:
    """Record what a line says of who came; without a session in it, one is proposed."""
    saving.check(ctx)
    if not msg.text:
        return await _which(ctx, {}, Meant([], "", ""))
    sorted_ = await ctx.store.read(naming.sorted_out, msg.text)
    said = line.read(sorted_.rest, today=ctx.today, names=names_of(ctx.plans.network))
    carried = {"heads": counting.carried(ctx, said)} if said.heads else {}
    meant = await ctx.store.read(_meant, ctx, said, ", ".join(sorted_.names))
    if meant.people:
        carried["people"] = meant.people
    if len(meant.sessions) != 1:
        return await _which(ctx, carried, meant)
    return await _take(ctx, meant.sessions[0].id, carried)


@router.action("attendance.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """The attendance of a session: for the team who came, for others how many."""
    seen = await ctx.store.read(view.read, values.whole(msg.values, "session"))
    first = values.whole(msg.values, "first") if "first" in msg.values else 0
    card = view.show(ctx, seen, ctx.t("attendance.title.one"), first)
    return Reply(card, replace="first" in msg.values)


@router.action("attendance.take")
async def take(msg: Incoming, ctx: Context) -> Reply:
    """The session was chosen: record for it what was said."""
    saving.check(ctx)
    return await _take(ctx, values.whole(msg.values, "session"), msg.values)


@router.action("attendance.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of the attendance."""

    session = values.whole(msg.values, "session")

    def work(tx: Tx, id: int, version: int) -> Seen:
        undone = records.undo(tx, presences.KIND, id, version, ctx.person, ctx.at)
        return view.seen(tx, session, undone)

    return await ctx.change_version(
        msg.values, work, lambda seen: view.reply(ctx, seen, "attendance.title.restored")
    )


async def _take(ctx: Context, session: int, carried: Mapping[str, str]) -> Reply:
    """Record what is carried for a session; where nothing is, show what there is."""
    heads, people = carried.get("heads", ""), carried.get("people", "")

    def change(tx: Tx, seen: Seen) -> Attendance:
        says = counting.change(ctx, seen, seen.says, heads) if heads else seen.says
        return naming.change(tx, seen, says, people) if people else says

    if heads or people:
        return await saving.save(ctx, session, change)
    seen = await ctx.store.read(view.read, session)
    return Reply(view.show(ctx, seen, ctx.t("attendance.title.one")), replace=True)


def _meant(tx: Tx, ctx: Context, said: line.Said, people: str) -> Meant:
    """What of a line's words names the session, and what people who are on no roster.

    A title may stand before or behind the names. Words that find no session are names beside
    names of the roster, where they come near one, and where the session is clear without them.
    """
    words = naming.split(said.words)
    clear = _by_words(tx, ctx, said, "") if said.session or said.on else []
    titles = [said.words, *(words[:1] + words[-1:] if len(words) > 1 else [])]
    for title in dict.fromkeys(one for one in titles if one and not said.session):
        if found := _by_words(tx, ctx, said, title):
            others = [one for one in words if title not in (said.words, one)]
            return Meant(found, title, ", ".join([*filter(None, [people]), *others]))
    if not words or said.heads:
        return Meant([] if words else clear, said.words, people)
    if people or said.session or naming.come_near(tx, said.words):
        return Meant(clear, "", ", ".join([*filter(None, [people]), *words]))
    return Meant([], said.words, "")


def _by_words(tx: Tx, ctx: Context, said: line.Said, words: str) -> list[Record[Session]]:
    if said.session is not None:
        return session_choice.found(tx, ctx, f"#{said.session}")
    if said.on is not None:
        return session_choice.on_day(tx, said.on, words)
    return session_choice.found(tx, ctx, words)


async def _which(ctx: Context, carried: Mapping[str, str], meant: Meant) -> Reply:
    """Propose the newest session that is over and has no attendance; the others below it."""
    there = await ctx.store.read(_candidates, ctx, meant)
    if not there:
        raise session_choice.none(ctx, anything_said=bool(meant.words))
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


def _candidates(tx: Tx, ctx: Context, meant: Meant) -> list[Record[Session]]:
    """The sessions that may be meant, those without attendance first; where names can be kept."""
    limit = 2 * session_choice.FEW
    found = meant.sessions or session_choice.found(tx, ctx, meant.words, limit=limit)
    able = [one for one in found if not (meant.people and one.says.unnamed)]
    without = [one for one in able if presences.of_session(tx, one.id) is None]
    return [*without, *(one for one in able if one not in without)][: session_choice.FEW]
