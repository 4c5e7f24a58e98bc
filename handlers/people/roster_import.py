"""A list of people that is dropped: previewed, taken in once confirmed, and undone as a whole."""

from dataclasses import replace
from hashlib import sha256

from pydantic import TypeAdapter, ValidationError

from handlers.chat import values
from handlers.chat.cards import Action, Card, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.files import roster, tables
from handlers.files.roster import Roster
from handlers.people import roster_changing, roster_matching, roster_preview
from handlers.people.roster_matching import MOST, Matched
from storage import roster_imports, rosters
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.network import Network
from storage.records import Record
from storage.roster_imports import Taken
from storage.rosters import LONGEST_TEXT, SameEmail

router = Router()

_ROSTER = TypeAdapter(Roster)


def read(content: bytes, network: Network) -> Roster | None:
    """The roster in a file; None where it holds none. Raises UserError for one that is too long."""
    try:
        found = roster.read(tables.read(content), network)
    except tables.NotATable:
        return None
    if found is not None and len(found.lines) > MOST:
        raise UserError("roster.too_long", most=MOST)
    return found


@router.take_files
async def take(msg: Incoming, ctx: Context) -> Reply | None:
    """Show what a dropped list would do; nothing is stored."""
    network = ctx.plans.network
    found = [(one.name, read(one.content, network)) for one in msg.files]
    lists = [(name, one) for name, one in found if one is not None]
    if not lists:
        return None
    roster_changing.check(ctx)
    if len(found) > 1:
        raise UserError("roster.one_file")
    name, one = lists[0]
    return await preview(ctx, name[-LONGEST_TEXT:], one)


async def preview(ctx: Context, name: str, read: Roster) -> Reply:
    """What the list would do, with a button that does it."""
    matched = await ctx.store.read(matching, read, ctx.plans.network)
    return Reply(_preview(ctx, name, read, matched))


@router.action("roster.take")
async def confirm(msg: Incoming, ctx: Context) -> Reply:
    """Take in the list as it was shown; show it again where the roster has changed since."""
    roster_changing.check(ctx)
    name, seen = values.text(msg.values, "file"), values.text(msg.values, "seen")
    try:
        read = _ROSTER.validate_json(values.text(msg.values, "list"))
    except ValidationError:
        raise UserError("errors.no_such_button") from None
    if len(read.lines) > MOST or len(name) > LONGEST_TEXT:
        raise UserError("errors.no_such_button")

    def work(tx: Tx) -> Record[Taken] | Matched | None:
        matched = matching(tx, read, ctx.plans.network)
        if matched.decisions and _digest(matched) != seen:
            return matched
        return roster_imports.take(tx, name, matched.decisions, ctx.person, ctx.at)

    def reply(done: Record[Taken] | Matched | None) -> Reply:
        if done is None:
            said = Text(ctx.t("roster.taken.nothing"))
            return Reply(Card(ctx.t("roster.taken.title", file=name), (said,)), replace=True)
        if isinstance(done, Matched):
            return Reply(_preview(ctx, name, read, done), replace=True)
        return Reply(_receipt(ctx, done), replace=True)

    try:
        return await ctx.change(work, reply)
    except NotAllowed:
        raise UserError("roster.refused") from None
    except SameEmail as error:
        raise UserError("roster.error.same_email", name=error.member.says.name) from None


@router.action("roster.untake")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take the whole list back; or take that back."""
    try:
        return await ctx.change(
            roster_imports.undo,
            lambda done: Reply(_receipt(ctx, done), replace=True),
            values.whole(msg.values, "id"),
            values.whole(msg.values, "version"),
            ctx.person,
            ctx.at,
        )
    except NotAllowed:
        raise UserError("roster.refused") from None
    except (NotFound, ChangedMeanwhile):
        raise UserError("roster.taken.changed") from None
    except SameEmail as error:
        raise UserError("roster.error.same_email", name=error.member.says.name) from None


def matching(tx: Tx, read: Roster, network: Network) -> Matched:
    """The list beside the roster as it is."""
    return roster_matching.match(read, rosters.everyone(tx), network)


def _preview(ctx: Context, name: str, read: Roster, matched: Matched) -> Card:
    t = ctx.t
    said = roster_preview.blocks(t, ctx.plans.network, matched, read)
    title = t("roster.preview.title", file=name)
    if not matched.decisions:
        return Card(title, (*said, Text(t("roster.preview.nothing"))))
    # A parent may stand in a line that is not clear: those are not kept, not even on a button.
    clear = tuple(line for line in read.lines if not line.problems)
    carried = {
        "file": name,
        "list": _ROSTER.dump_json(replace(read, lines=clear, unread=())).decode(),
        "seen": _digest(matched),
    }
    yes = Action(t("roster.preview.confirm"), "roster.take", carried, Style.PRIMARY)
    return Card(title, (*said, Text(t("roster.preview.stored"), muted=True)), (yes,))


def _digest(matched: Matched) -> str:
    """What was shown to be done, in short."""
    shown = [
        (one.before and (one.before.id, one.before.version), repr(one.after))
        for one in matched.matches
        if one.changes
    ]
    return sha256(repr(shown).encode()).hexdigest()


def _receipt(ctx: Context, taken: Record[Taken]) -> Card:
    t, says = ctx.t, taken.says
    carried = {"id": str(taken.id), "version": str(taken.version)}
    if taken.voided is not None:
        restore = Action(t("roster.restore"), "roster.untake", carried, Style.PRIMARY)
        said = Text(t("roster.taken.back"))
        return Card(t("roster.taken.undone", file=says.file), (said,), (restore,))
    numbers = {
        "added": len(says.added),
        "changed": len(says.changed),
        "ended": len(says.ended),
    }
    parts = [t(f"roster.count.{how}", count=number) for how, number in numbers.items() if number]
    back = Action(t("roster.undo"), "roster.untake", carried, hint=says.file)
    see = Action(t("roster.title.list"), "roster.page", {"words": "", "offset": "0"})
    title = t("roster.taken.title", file=says.file)
    return Card(title, (Text(" · ".join(parts)),), (back, see), Tone.GOOD)
