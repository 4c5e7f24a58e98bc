"""/output: records a tool, a capsule or an update of the site, and what a receipt's buttons do."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from handlers.chat import values
from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.outputs import form, line, listing, receipt, words
from handlers.outputs.receipt import Receipt, receipt_of
from storage import records
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.outputs import OUTPUT, Output

router = Router()

LIST = re.compile(
    r"(?:list|liste)(?:\s+([^,;:\n]*))?", re.IGNORECASE
)  # no line about a "List of …: …"
CARRIED = ("id", "version", "list", "offset")


@router.command("output", "outil")
async def output(msg: Incoming, ctx: Context) -> Reply:
    """Record what the line says, open the form with what it leaves open, or list."""
    if not ctx.person.role.logs:
        raise NotAllowed
    if listed := LIST.fullmatch(msg.text):
        return await listing.first_page(ctx, listed[1] or "")
    read = line.read(msg.text, today=ctx.today, target_of=lambda said: words.target_of(ctx, said))
    filled = form.values_of(read.says)
    says, errors = form.read(ctx, filled)
    if says is None or not read.plain:
        return Reply(form.build(ctx, filled, {}, errors if read.plain else {}))
    return await _add(ctx, says)


@router.action("output.save")
async def save(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent, for a new output or a changed one."""
    carried = {name: msg.values[name] for name in CARRIED if name in msg.values}
    says, errors = form.read(ctx, msg.values)
    if says is None:
        return Reply(form.build(ctx, msg.values, carried, errors))
    return await (_change(ctx, says, carried) if "id" in carried else _add(ctx, says))


@router.action("output.edit")
async def edit(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with the output as it is."""
    if not ctx.person.role.logs:
        raise NotAllowed
    record = await ctx.store.read(records.get, OUTPUT, values.whole(msg.values, "id"))
    carried = {name: msg.values[name] for name in ("list", "offset") if name in msg.values}
    return Reply(form.build(ctx, form.values_of(record.says), carried | receipt.values_of(record)))


@router.action("output.publish")
async def publish(msg: Incoming, ctx: Context) -> Reply:
    """Fill in the day it came out."""
    day, version = values.day(msg.values, "day"), values.whole(msg.values, "version")
    return await ctx.change(
        _published,
        lambda done: receipt.reply(ctx, done, "output.title.changed"),
        ctx,
        values.whole(msg.values, "id"),
        version,
        day,
    )


@router.action("output.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of the output."""

    def work(tx: Tx, id: int, version: int) -> Receipt:
        return receipt_of(tx, records.undo(tx, OUTPUT, id, version, ctx.person, ctx.at))

    return await ctx.change_version(
        msg.values, work, lambda done: receipt.reply(ctx, done, "output.title.restored")
    )


async def _add(ctx: Context, says: Output) -> Reply:
    return await ctx.change(
        lambda tx: receipt_of(tx, records.add(tx, OUTPUT, says, ctx.person, ctx.at)),
        lambda done: receipt.reply(ctx, done, "output.title.recorded"),
    )


async def _change(ctx: Context, says: Output, carried: Mapping[str, str]) -> Reply:
    id, version = values.whole(carried, "id"), values.whole(carried, "version")

    def change(tx: Tx) -> records.Record[Output]:
        return records.change(tx, OUTPUT, id, version, says, ctx.person, ctx.at)

    if "list" not in carried:
        return await ctx.change(
            lambda tx: receipt_of(tx, change(tx)),
            lambda done: receipt.reply(ctx, done, "output.title.changed"),
        )
    return await ctx.change(
        lambda tx: (change(tx), listing.read_page(tx, ctx, carried))[1],
        lambda page: listing.page_reply(ctx, page, replace=True),
    )


def _published(tx: Tx, ctx: Context, id: int, version: int, day: date) -> Receipt:
    says = replace(records.get(tx, OUTPUT, id).says, published=day)
    return receipt_of(tx, records.change(tx, OUTPUT, id, version, says, ctx.person, ctx.at))
