"""What the buttons of a receipt do: undo, edit, again, share, and fill in what is missing."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.chat import values
from handlers.chat.cards import Card, Reply, Tone
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.entries import form, receipt
from handlers.entries.listing import page_reply, read_page
from handlers.entries.log import add, ask_doubt, half_day, sure_of
from handlers.entries.receipt import Receipt, receipt_of
from storage import entries, entry_changes, people, shares
from storage.engine import Tx
from storage.entries import Accompanied, Draft, Entry
from storage.entry_changes import Doubt, Duplicate, LongDay
from storage.errors import NotFound
from storage.plan import EntryKind

router = Router()


@router.action("entry.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of the entry."""

    def work(tx: Tx, id: int, version: int) -> Receipt:
        return receipt_of(tx, entry_changes.undo(tx, id, version, ctx.person, ctx.at), ctx.person)

    return await ctx.change_version(
        msg.values, work, lambda done: receipt.reply(ctx, done, "log.title.restored")
    )


@router.action("entry.edit")
async def edit(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with the entry as it is."""
    entry = await ctx.store.read(entries.get, values.whole(msg.values, "id"), ctx.person)
    carried = {"id": str(entry.id), "version": str(entry.version), "said": entry.says.said}
    if "list" in msg.values:
        carried |= {name: msg.values.get(name, "") for name in ("list", "today", "offset")}
    return Reply(form.build(ctx, form.values_of(ctx, entry.says), carried))


@router.action("entry.again")
async def again(msg: Incoming, ctx: Context) -> Reply:
    """Log the same once more, for today. A second press is meant: it is not asked about."""
    entry = await ctx.store.read(entries.get, values.whole(msg.values, "id"), ctx.person)
    draft = replace(entry.says, day=ctx.today, said="")
    sure = sure_of(msg.values) | {Doubt.TWIN}
    try:
        made = await ctx.change(
            add,
            lambda done: receipt.reply(ctx, done, "log.title.logged"),
            ctx,
            draft,
            entry.request,
            sure,
        )
    except (Duplicate, LongDay) as doubt:
        asked = ask_doubt(ctx, doubt, "entry.again", msg.values)
        return replace(asked, replace=False)
    return replace(made, replace="sure" in msg.values)


@router.action("entry.share")
async def share(msg: Incoming, ctx: Context) -> Reply:
    """Tell everyone in the channel of one's own entry, as it stands on the card."""

    def told(shared: tuple[Entry, bool]) -> Reply:
        entry, new = shared
        if not new:
            return Reply(Card(ctx.t("log.shared_already"), tone=Tone.GOOD))
        return Reply(receipt.for_all(ctx, entry, ctx.person), private=False)

    return await ctx.change(
        shares.add,
        told,
        values.whole(msg.values, "id"),
        values.whole(msg.values, "version"),
        ctx.person,
        ctx.place.platform,
        ctx.place.id,
    )


@router.action("entry.shared")
async def shared(msg: Incoming, ctx: Context) -> Reply:
    """Someone looks at what was shared: the receipt for who may see it, else what all were told.

    Always for that person alone: what all see stays as it is.
    """
    id, version = values.whole(msg.values, "id"), values.whole(msg.values, "version")

    def look(tx: Tx) -> Reply:
        try:
            seen = receipt_of(tx, entries.get(tx, id, ctx.person), ctx.person)
            told = seen.entry.version == version
            return receipt.reply(ctx, seen, "log.title.logged", shared=told)
        except NotFound:
            entry = shares.get(tx, id, version, ctx.place.platform, ctx.place.id)
            card = receipt.for_all(ctx, entry, people.get(tx, entry.person))
            return Reply(card, replace=True)

    return await ctx.store.read(look)


@router.action("entry.fill")
async def fill(msg: Incoming, ctx: Context) -> Reply:
    """Fill in the one thing that was missing."""
    field, choice = msg.values.get("field", ""), msg.values.get("choice", "")

    def work(tx: Tx, id: int, version: int) -> Receipt:
        entry = entries.get(tx, id, ctx.person)
        draft = _filled(ctx, entry.says, field, choice)
        sure = frozenset({Doubt.LONG_DAY})  # the minutes stay what they were
        changed = entry_changes.change(tx, id, version, draft, ctx.person, ctx.at, sure=sure)
        return receipt_of(tx, changed, ctx.person)

    return await ctx.change_version(
        msg.values, work, lambda done: receipt.reply(ctx, done, "log.title.changed")
    )


@router.action("log.save")
async def save(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent, for a new entry or a changed one."""
    carried = {
        name: msg.values[name]
        for name in ("id", "version", "said", "list", "today", "offset")
        if name in msg.values
    }
    draft, errors = form.read(ctx, msg.values, half_day(ctx))
    if draft is None:
        return Reply(form.build(ctx, msg.values, carried, errors))
    sure = sure_of(msg.values)
    try:
        if "id" not in carried:
            return await ctx.change(
                add,
                lambda done: receipt.reply(ctx, done, "log.title.logged"),
                ctx,
                draft,
                None,
                sure,
            )
        return await _save_change(ctx, draft, carried, sure)
    except (Duplicate, LongDay) as doubt:
        return ask_doubt(ctx, doubt, "log.save", msg.values)


async def _save_change(
    ctx: Context, draft: Draft, carried: Mapping[str, str], sure: frozenset[Doubt]
) -> Reply:
    def change(tx: Tx) -> entries.Entry:
        id, version = values.whole(carried, "id"), values.whole(carried, "version")
        return entry_changes.change(tx, id, version, draft, ctx.person, ctx.at, sure=sure)

    if "list" not in carried:
        return await ctx.change(
            lambda tx: receipt_of(tx, change(tx), ctx.person),
            lambda done: receipt.reply(ctx, done, "log.title.changed"),
        )
    return await ctx.change(
        lambda tx: (change(tx), read_page(tx, ctx, carried))[1],
        lambda page: page_reply(ctx, page, replace=True),
    )


def _filled(ctx: Context, says: Draft, field: str, choice: str) -> Draft:
    """The draft with one thing filled in. Raises NotFound for what can't be chosen."""
    network = ctx.plans.network
    if field == "kind" and choice in set(EntryKind):
        return replace(says, kind=EntryKind(choice))
    if field == "board" and choice in {one.id for one in network.body}:
        return replace(says, boards=(choice,))
    if field == "role" and choice in {one.id for one in network.role}:
        first = says.people[0] if says.people else Accompanied()
        return replace(says, people=(replace(first, role=choice), *says.people[1:]))
    raise NotFound
