"""/practice: shares one by a line, by form or from a message; changes it and takes it back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers import doubt
from handlers.chat import values
from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.practices import form, line, listing, view
from handlers.practices.view import Shown
from storage import communities, practices
from storage.community import Community
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.practice import LONGEST_LINE, Level, Practice, Sees, Theme
from storage.practices import Filter
from storage.records import Record

router = Router()

LIST = re.compile(r"(?:list|liste)(?:\s+([^:\n]*))?", re.IGNORECASE)  # no "List of …: …"
CARRIED = ("id", "version")


@router.command("practice", "pratique")
async def practice(msg: Incoming, ctx: Context) -> Reply:
    """Share what the line says, open the form with what it leaves open, or list."""
    _may_share(ctx)
    if listed := LIST.fullmatch(msg.text):
        return await listing.first_page(ctx, listed[1] or "")
    title, did = line.read(msg.text)
    filled, there = await ctx.store.read(_defaults, ctx)
    filled |= {"title": title, "did": did}
    says, errors = form.read(ctx, filled, there)
    if says is None:
        return Reply(form.build(ctx, filled, {}, there, errors if title and did else {}))
    return await _keep(ctx, says, filled, None)


@router.action("practice.new")
async def new(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with nothing said yet, but for the community whose practices were shown."""
    _may_share(ctx)
    filled, there = await ctx.store.read(_defaults, ctx)
    if (asked := msg.values.get("community", "")) in {str(one.id) for one in there}:
        filled["community"] = asked
    return Reply(form.build(ctx, filled, {}, there))


@router.shortcut("practice.form", "practice.shortcut", on_message=True)
async def from_message(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with what a message says."""
    _may_share(ctx)
    title, did = line.read(values.text(msg.values, "said"))
    filled, there = await ctx.store.read(_defaults, ctx)
    return Reply(form.build(ctx, {**filled, "title": title, "did": did}, {}, there))


@router.action("practice.save")
async def save(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent, for a new practice or a changed one."""
    carried = {name: msg.values[name] for name in CARRIED if name in msg.values}
    before = await _of(ctx, carried) if "id" in carried else None
    there = await _offered(ctx, before)
    says, errors = form.read(ctx, msg.values, there)
    if says is None:
        return Reply(form.build(ctx, msg.values, carried, there, errors))
    kept = {name: msg.values[name] for name in form.NAMES if name in msg.values} | carried
    sure = {doubt.SURE: msg.values.get(doubt.SURE, "")}
    return await _keep(ctx, says, kept | sure, before)


@router.action("practice.again")
async def again(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with what was asked about, to be changed."""
    carried = {name: msg.values[name] for name in CARRIED if name in msg.values}
    before = await _of(ctx, carried) if "id" in carried else None
    return Reply(form.build(ctx, msg.values, carried, await _offered(ctx, before)))


@router.action("practice.edit")
async def edit(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with the practice as it is."""
    shown = await _of(ctx, msg.values)
    if not shown.changes:
        raise UserError("practice.locked") if shown.takes_back else NotAllowed
    record, there = shown.record, await _offered(ctx, shown)
    return Reply(form.build(ctx, form.values_of(record.says), view.values_of(record), there))


@router.action("practice.fill")
async def fill(msg: Incoming, ctx: Context) -> Reply:
    """One of its choices was pressed."""

    def work(tx: Tx, id: int, version: int) -> Shown:
        says = _filled(practices.get(tx, id, ctx.person, ctx.at).says, msg.values)
        practices.change(tx, id, version, says, ctx.person, ctx.at)
        return view.read(tx, ctx, id)

    return await ctx.change_version(
        msg.values, work, lambda shown: view.receipt(ctx, shown, "practice.title.changed")
    )


@router.action("practice.void")
async def void(msg: Incoming, ctx: Context) -> Reply:
    """Take a practice back."""

    def work(tx: Tx, id: int, version: int) -> Shown:
        practices.void(tx, id, version, ctx.person, ctx.at)
        return view.read(tx, ctx, id)

    return await ctx.change_version(msg.values, work, lambda shown: view.taken_back(ctx, shown))


@router.action("practice.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of the practice."""

    def work(tx: Tx, id: int, version: int) -> Shown:
        practices.undo(tx, id, version, ctx.person, ctx.at)
        return view.read(tx, ctx, id)

    return await ctx.change_version(
        msg.values, work, lambda shown: view.receipt(ctx, shown, "practice.title.restored")
    )


def _may_share(ctx: Context) -> None:
    if not practices.shares(ctx.person.role):
        raise NotAllowed


def _defaults(tx: Tx, ctx: Context) -> tuple[dict[str, str], list[Record[Community]]]:
    """What is known before anything is said, and the communities there are to choose from.

    Who shares it, from where, in which language; the community, where they are a member of one.
    """
    latest = practices.seen(tx, ctx.person, Filter(mine=True), ctx.at, 1)
    institution = latest[0].says.institution if latest else ""
    there = form.offered(tx, ctx)
    mine = communities.of_person(tx, ctx.person.id, ctx.today)
    filled = {
        "author": ctx.person.name[:LONGEST_LINE],
        "institution": institution,
        "language": ctx.person.language.value,
        "community": str(mine[0].id) if len(mine) == 1 and mine[0] in there else "",
        "sees": Sees.EVERYONE.value,
    }
    return filled, there


async def _offered(ctx: Context, before: Shown | None) -> Sequence[Record[Community]]:
    return await ctx.store.read(form.offered, ctx, before and before.record.says)


async def _of(ctx: Context, carried: Mapping[str, str]) -> Shown:
    return await ctx.store.read(view.read, ctx, values.whole(carried, "id"))


async def _keep(
    ctx: Context, says: Practice, carried: Mapping[str, str], before: Shown | None
) -> Reply:
    """Record it, or have it say this from now on; asked first where it may name a student."""
    known = _texts(before.record.says) if before else ()
    asked = doubt.ask(
        ctx,
        _texts(says),
        known,
        carried,
        send="practice.save",
        change="practice.again",
    )
    if asked:
        return asked

    def work(tx: Tx) -> Shown:
        record: Record[Practice]
        if before is None:
            record = practices.share(tx, says, ctx.person, ctx.at)
        else:
            id, version = values.whole(carried, "id"), values.whole(carried, "version")
            record = practices.change(tx, id, version, says, ctx.person, ctx.at)
        return view.read(tx, ctx, record.id)

    key = "practice.title.changed" if before else "practice.title.shared"
    return await ctx.change(work, lambda shown: view.receipt(ctx, shown, key))


def _filled(says: Practice, chosen: Mapping[str, str]) -> Practice:
    """The practice with the choice that a button carries. Raises UserError."""
    try:
        if "level" in chosen:
            return replace(says, level=Level(chosen["level"]))
        if "theme" in chosen:
            return replace(says, theme=Theme(chosen["theme"]))
        return replace(says, sees=Sees(values.text(chosen, "sees")))
    except ValueError:
        raise UserError("errors.no_such_button") from None


def _texts(says: Practice) -> tuple[str, ...]:
    """The texts of a practice in which a student could be named."""
    return says.title, says.context, says.did, says.effects
