"""/channel: what a channel is told by itself; managers see it, change it, and take that back."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.channel import form, line, view
from handlers.channel.view import Seen
from handlers.chat import values
from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from storage import addresses, channels, communities, records
from storage.channels import CHANNEL, Channel
from storage.communities import Community
from storage.engine import Tx
from storage.errors import NotAllowed, NotFound
from storage.plan import Language
from storage.records import Record

router = Router()


@router.command("channel", "canal")
async def channel(msg: Incoming, ctx: Context) -> Reply:
    """Change what this channel is told as the line says; alone show it, in private list all."""
    _check(ctx)
    if ctx.place.direct:
        if msg.text:
            raise UserError("channel.not_here", example=ctx.t("channel.example"))
        return Reply(view.listed(ctx, await ctx.store.read(view.every, ctx)))
    here = {"platform": ctx.place.platform, "channel": ctx.place.id}
    if not msg.text:
        return Reply(view.card(ctx, await ctx.store.read(_seen, ctx, here)))
    said = line.read(msg.text)
    if said.rest or said == line.Said():
        raise UserError("channel.unread", words=said.rest, example=ctx.t("channel.example"))

    def work(tx: Tx) -> Reply:
        seen = _seen(tx, ctx, here)
        only = replace(said, language=None) == line.Said()  # nothing but another language
        says = None if only else _says(tx, ctx, seen, said)
        return _settle(tx, ctx, seen, says, said.language)

    return replace(await ctx.change(work, lambda reply: reply), replace=False)


@router.action("channel.switch")
async def switch(msg: Incoming, ctx: Context) -> Reply:
    """Tell it what it was told, or the plan's week; or nothing."""
    on = values.text(msg.values, "on") == "yes"

    def work(tx: Tx) -> Reply:
        seen = _seen(tx, ctx, msg.values)
        return _settle(tx, ctx, seen, replace(_now(ctx, seen), on=on), None)

    return await ctx.change(work, lambda reply: reply)


@router.action("channel.form")
async def ask(msg: Incoming, ctx: Context) -> Reply:
    """Open the form."""
    seen, there = await ctx.store.read(_with_communities, ctx, msg.values)
    return Reply(form.build(ctx, seen, there, form.values_of(ctx, seen, _now(ctx, seen))))


@router.action("channel.save")
async def save(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent."""
    seen, there = await ctx.store.read(_with_communities, ctx, msg.values)
    read = form.read(ctx, seen, there, msg.values)
    if isinstance(read, dict):
        return Reply(form.build(ctx, seen, there, msg.values, read))
    says, language = read

    def work(tx: Tx) -> Reply:
        return _settle(tx, ctx, _seen(tx, ctx, msg.values), says, language)

    return await ctx.change(work, lambda reply: reply)


@router.action("channel.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version, and speak what was spoken before."""
    before = values.text(msg.values, "spoke")
    if before not in ("", *Language):
        raise UserError("errors.no_such_button")

    def work(tx: Tx) -> Reply:
        seen, settled = _seen(tx, ctx, msg.values), None
        if "id" in msg.values:
            id, version = values.whole(msg.values, "id"), values.whole(msg.values, "version")
            was = records.get(tx, CHANNEL, id).says
            if (was.platform, was.id) != (seen.address.platform, seen.address.id):
                raise UserError("errors.no_such_button")
            settled = records.undo(tx, CHANNEL, id, version, ctx.person, ctx.at)
        return _spoken(tx, ctx, seen, Language(before) if before else None, settled)

    return await ctx.change(work, lambda reply: reply)


def _check(ctx: Context) -> None:
    if not ctx.person.role.manages:
        raise NotAllowed


def _seen(tx: Tx, ctx: Context, of: Mapping[str, str]) -> Seen:
    """The channel that a button is about. Raises NotAllowed, and NotFound where it is none."""
    _check(ctx)
    where = values.text(of, "platform"), values.text(of, "channel")
    address = addresses.find(tx, *where)
    if address is None or address.person is not None:
        raise NotFound
    return view.see(tx, ctx, address)


def _with_communities(
    tx: Tx, ctx: Context, of: Mapping[str, str]
) -> tuple[Seen, list[Record[Community]]]:
    return _seen(tx, ctx, of), communities.everyone(tx)


def _now(ctx: Context, seen: Seen) -> Channel:
    """What is kept of the channel; else today's plan, on Mondays at half past eight."""
    if seen.record is not None:
        return seen.record.says
    programme = ctx.plans.current(ctx.today).programme
    return Channel(seen.address.platform, seen.address.id, programme)


def _says(tx: Tx, ctx: Context, seen: Seen, said: line.Said) -> Channel:
    """What the channel is told once the line is followed: unless it says off, it is told."""
    says = replace(_now(ctx, seen), on=said.on is not False)
    if said.weekday is not None:
        says = replace(says, weekday=said.weekday)
    if said.at is not None:
        says = replace(says, at=said.at)
    if said.community:
        found = communities.named(tx, said.community, ctx.today)
        if len(found) != 1:
            key = "channel.several" if found else "channel.no_community"
            raise UserError(key, words=said.community, example=ctx.t("channel.example_community"))
        return replace(says, programme="", strands=(), community=found[0].id)
    if said.strands is None:
        return says
    programme = says.programme or ctx.plans.current(ctx.today).programme
    plan = view.newest(ctx.plans, programme)
    there = [one.id for one in plan.strand] if plan else []
    unknown = [one for one in said.strands if one not in there]
    if unknown:
        example = ctx.t("channel.example_strands")
        raise UserError("channel.no_strand", strands=ctx.t.all_of(there), example=example)
    return replace(says, programme=programme, strands=said.strands, community=0)


def _settle(
    tx: Tx, ctx: Context, seen: Seen, says: Channel | None, language: Language | None
) -> Reply:
    """Keep both, and say so. A channel that nobody chose a language for speaks its manager's."""
    settled = None
    if says is not None and says != (seen.record and seen.record.says):
        settled = channels.settle(tx, says, ctx.person, ctx.at)
    return _spoken(tx, ctx, seen, language or seen.address.language or ctx.t.language, settled)


def _spoken(
    tx: Tx, ctx: Context, seen: Seen, language: Language | None, settled: Record[Channel] | None
) -> Reply:
    where = seen.address.platform, seen.address.id
    addresses.speak(tx, *where, language, ctx.person)
    now = _seen(tx, ctx, seen.where)
    return view.receipt(ctx, now, seen.address.language, settled)
