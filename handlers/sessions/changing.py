"""What the buttons of a session's card do: open, edit, undo, cancel, and say what it is for."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import Action, Card, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.meetings import changes
from handlers.sessions import convening, form, view, words
from storage import records, sessions
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.records import Record
from storage.sessions import NamesNotKept, Session
from storage.words import fold

router = Router()


@router.action("session.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """All that is known of a session."""
    if not ctx.person.role.logs:
        raise NotAllowed
    seen = await ctx.store.read(view.open_, values.whole(msg.values, "id"))
    return replace(view.reply(ctx, seen, "session.title.one"), replace=False)


@router.action("session.edit")
async def edit(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with the session as it is."""
    session = await _seen(msg, ctx)
    return await form.show(ctx, form.values_of(ctx, session.says), view.values_of(session))


@router.action("session.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of the session."""

    def work(tx: Tx, id: int, version: int) -> view.Seen:
        before = records.get(tx, sessions.KIND, id)
        undone = records.undo(tx, sessions.KIND, id, version, ctx.person, ctx.at)
        return view.read(tx, undone, changes.tell(tx, before, undone, ctx.at))

    try:
        return await ctx.change_version(
            msg.values, work, lambda seen: view.reply(ctx, seen, "session.title.restored")
        )
    except NamesNotKept:
        raise UserError("session.names_not_kept") from None


@router.action("session.part")
async def part(msg: Incoming, ctx: Context) -> Reply:
    """Say which part of the goal a workshop is for."""
    area = values.text(msg.values, "area")
    if area not in words.parts(ctx):
        raise UserError("errors.no_such_button")
    return await change(ctx, msg.values, lambda says: replace(says, area=area))


@router.action("session.targets")
async def ask_target(msg: Incoming, ctx: Context) -> Reply:
    """Offer the targets that it could count for instead."""
    session = await _seen(msg, ctx)
    of = view.values_of(session)
    actions = [
        Action(label, "session.target", {**of, "target": id})
        for id, label in view.others(ctx, session.says)
    ]
    actions.append(Action(ctx.t("session.stays"), "session.open", {"id": of["id"]}))
    title = Text(describe.session(ctx.t, session.says))
    return Reply(Card(ctx.t("session.which_target"), (title,), tuple(actions)), replace=True)


@router.action("session.target")
async def count_for(msg: Incoming, ctx: Context) -> Reply:
    """Have it count for another target, or for none."""
    id = values.text(msg.values, "target")
    if id not in words.targets(ctx):
        raise UserError("errors.no_such_button")
    target = words.target(ctx, id)
    parts = {one.id for one in target.part} if target else set[str]()

    def become(says: Session) -> Session:
        return replace(
            says,
            target=id,
            area=says.area if says.area in parts else "",
            head_counts=target is not None and target.head_counts,
        )

    return await change(ctx, msg.values, become)


@router.action("session.cancel")
async def cancel(msg: Incoming, ctx: Context) -> Reply:
    """It does not take place: it counts nowhere."""
    return await change(ctx, msg.values, _off, "session.title.cancelled")


@router.action("session.hold")
async def hold(msg: Incoming, ctx: Context) -> Reply:
    """It takes place after all."""
    return await change(ctx, msg.values, lambda says: replace(says, cancelled=False))


async def cancel_it(ctx: Context, session: Record[Session]) -> Reply:
    """Cancel a session that a line or a choice named."""
    return await change(ctx, view.values_of(session), _off, "session.title.cancelled")


async def save(ctx: Context, carried: Mapping[str, str], says: Session) -> Reply:
    """Have a session say what the form says; whether it is called off, the form does not say."""

    def become(before: Session) -> Session:
        after = replace(says, cancelled=before.cancelled)
        # What nobody gave a title, and nobody gives one now, stays called so in every language.
        if fold(says.title) in {fold(text) for _, text in before.titles}:
            return replace(after, title=before.title, titles=before.titles)
        return after

    return await change(ctx, carried, become)


async def change(
    ctx: Context,
    carried: Mapping[str, str],
    become: Callable[[Session], Session],
    key: str = "session.title.changed",
) -> Reply:
    """Change the session of the "id" and "version" that are carried, and show it."""

    def work(tx: Tx, id: int, version: int) -> view.Seen:
        before = records.get(tx, sessions.KIND, id)
        says = convening.titled(tx, ctx, become(before.says))
        changed = records.change(tx, sessions.KIND, id, version, says, ctx.person, ctx.at)
        return view.read(tx, changed, changes.tell(tx, before, changed, ctx.at))

    try:
        return await ctx.change(
            work,
            lambda seen: view.reply(ctx, seen, key),
            values.whole(carried, "id"),
            values.whole(carried, "version"),
        )
    except NamesNotKept:
        raise UserError("session.names_not_kept") from None


def _off(says: Session) -> Session:
    return replace(says, cancelled=True)


async def _seen(msg: Incoming, ctx: Context) -> Record[Session]:
    """The session whose button was pressed. Raises NotAllowed and NotFound."""
    if not ctx.person.role.logs:
        raise NotAllowed
    return await ctx.store.read(records.get, sessions.KIND, values.whole(msg.values, "id"))
