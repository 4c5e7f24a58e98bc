"""The draw as a conversation: frozen, published, drawn, looked at, confirmed by a person, told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.chat import values
from handlers.chat.cards import Action, Card, File, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.communities import (
    draw_errors,
    draw_form,
    draw_telling,
    draw_view,
    drawing,
    offering,
    words,
)
from handlers.communities.draw_view import Seen
from handlers.communities.drawing import Project
from storage import interests, records, seats
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.limits import LONGEST_TEXT
from storage.records import Record
from storage.seats import DRAW, Draw

router = Router()

NOBODY_KNEW = timedelta(hours=1)  # at least, between the freeze and the randomness


@router.action("draw.all")
async def all_(msg: Incoming, ctx: Context) -> Reply:
    """Each community with who is in its pool, and what can be done next."""
    return await page(ctx)


async def page(ctx: Context) -> Reply:
    """The communities of the newest call, with their pools and draws."""
    _check(ctx)
    there = await ctx.store.read(draw_view.overview, ctx)
    t, items = ctx.t, list[Item]()
    for one in there:
        name, of = words.title(ctx, one.community.says), {"community": str(one.community.id)}
        open_ = Action(t("community.open"), "draw.open", of, hint=name)
        items.append(Item(name, draw_view.line(ctx, one), actions=(open_,)))
    none = (Text(t("interest.none"), muted=True),)
    return Reply(Card(t("draw.title.all"), tuple(items) or none))


async def named(ctx: Context, said: str) -> Reply:
    """How the seats of the community that is named stand."""
    _check(ctx)
    community = await ctx.store.read(words.the_one, ctx, said)
    return draw_view.show(ctx, await ctx.store.read(draw_view.see, ctx, community.id))


@router.action("draw.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """How the seats of one community stand."""
    _check(ctx)
    seen = await ctx.store.read(draw_view.see, ctx, values.whole(msg.values, "community"))
    return draw_view.show(ctx, seen)


@router.action("draw.propose")
async def propose(msg: Incoming, ctx: Context) -> Reply:
    """All fit: their seats are proposed without a draw."""
    _check(ctx)
    id = values.whole(msg.values, "community")

    def work(tx: Tx) -> Seen:
        seen = _ready(tx, ctx, id)
        if seen.seats > seen.capacity:
            raise UserError("draw.needed")
        taken = tuple(one.id for one in seen.pool)
        says = Draw(seen.call, id, seen.capacity, seen.projects, taken=taken)
        records.add(tx, DRAW, says, ctx.person, ctx.at)
        return draw_view.see(tx, ctx, id)

    return await ctx.change(work, lambda seen: draw_view.show(ctx, seen, "proposed"))


@router.action("draw.ask_freeze")
async def ask_freeze(msg: Incoming, ctx: Context) -> Reply:
    """Ask where the randomness will come from, and from when it can be known."""
    _check(ctx)
    tomorrow = (ctx.today + timedelta(days=1)).isoformat()
    given = {"source": ctx.t("draw.source"), "day": tomorrow, "time": "22:00"}
    return Reply(draw_form.freeze(ctx, values.text(msg.values, "community"), given, {}))


@router.action("draw.freeze")
async def freeze(msg: Incoming, ctx: Context) -> Reply:
    """Freeze the pool, and publish what is settled in the community's channel."""
    _check(ctx)
    t, id = ctx.t, values.whole(msg.values, "community")
    source, errors = " ".join(msg.values.get("source", "").split()), dict[str, str]()
    known_at = _moment(ctx, msg.values.get("day", ""), msg.values.get("time", ""))
    if not source or len(source) > LONGEST_TEXT:
        errors["source"] = t("draw.why.source")
    if known_at is None or known_at < ctx.now + NOBODY_KNEW:
        errors["day"] = t("draw.why.moment")
    if errors or known_at is None:
        return Reply(draw_form.freeze(ctx, str(id), msg.values, errors))

    def work(tx: Tx) -> Seen:
        seen = _ready(tx, ctx, id)
        try:
            frozen = drawing.freeze(
                community=id,
                community_name=_both_names(seen),
                capacity=seen.capacity,
                pool=[Project(*one) for one in seen.projects],
                frozen_at=ctx.now,
                source=source,
                known_at=known_at,
            )
        except draw_errors.AllFit:
            raise UserError("draw.not_needed") from None
        except draw_errors.DrawError:
            large = [t.number(id) for id, number in seen.projects if number > seen.capacity]
            raise UserError("draw.too_large", numbers=t.all_of(large)) from None
        text = drawing.one_line(frozen)
        says = Draw(seen.call, id, seen.capacity, seen.projects, text)
        draw = records.add(tx, DRAW, says, ctx.person, ctx.at)
        draw_telling.publish(tx, draw, ctx.at)
        return draw_view.see(tx, ctx, id)

    return await ctx.change(work, lambda seen: draw_view.show(ctx, seen, "frozen"))


@router.action("draw.ask_mix")
async def ask_mix(msg: Incoming, ctx: Context) -> Reply:
    """Ask for the randomness."""
    _check(ctx)
    record = await ctx.store.read(records.get, DRAW, values.whole(msg.values, "id"))
    return Reply(draw_form.mix(ctx, record))


@router.action("draw.mix")
async def mix(msg: Incoming, ctx: Context) -> Reply:
    """The randomness was typed: draw, and propose what comes of it."""
    _check(ctx)
    id, version = values.whole(msg.values, "id"), values.whole(msg.values, "version")
    typed = msg.values.get("typed", "")
    before = await ctx.store.read(records.get, DRAW, id)
    if len(typed) > LONGEST_TEXT:
        return Reply(draw_form.mix(ctx, before, typed, ctx.t("draw.why.typed")))
    try:
        drawn = drawing.mix(drawing.read_frozen(before.says.frozen), typed, ctx.now)
    except draw_errors.NothingTyped:
        return Reply(draw_form.mix(ctx, before, typed, ctx.t("draw.why.typed")))
    except draw_errors.TooEarly:
        return Reply(draw_form.mix(ctx, before, typed, ctx.t("draw.why.early")))
    text = drawing.pretty(drawn)
    says = replace(before.says, drawn=text, taken=drawn.taken, waiting=drawn.waiting)

    def work(tx: Tx) -> Seen:
        records.change(tx, DRAW, id, version, says, ctx.person, ctx.at)
        return draw_view.see(tx, ctx, says.community)

    return await ctx.change(work, lambda seen: draw_view.show(ctx, seen, "drawn"))


@router.action("draw.confirm")
async def confirm(msg: Incoming, ctx: Context) -> Reply:
    """A person says that it holds: members are made of who was taken."""
    return await _done(
        msg,
        ctx,
        lambda tx, id, version: seats.confirm(tx, id, version, ctx.today, ctx.person, ctx.at),
        "confirmed",
    )


@router.action("draw.tell")
async def tell(msg: Incoming, ctx: Context) -> Reply:
    """Everyone concerned is told the outcome, and how to have it reviewed."""

    def work(tx: Tx, id: int, version: int) -> Record[Draw]:
        told = seats.tell(tx, id, version, ctx.person, ctx.at)
        draw_telling.outcome(tx, told, ctx.at)
        offering.tell(tx, seats.offer_next(tx, told, ctx.at), ctx.at)
        return told

    return await _done(msg, ctx, work, "told")


@router.action("draw.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back the last step, until those concerned have been told."""
    return await _done(
        msg, ctx, lambda tx, id, version: seats.undo(tx, id, version, ctx.person, ctx.at), "undone"
    )


@router.action("draw.ask_review")
async def ask_review(msg: Incoming, ctx: Context) -> Reply:
    """Ask why a person is to look at it once more."""
    _check(ctx)
    record = await ctx.store.read(records.get, DRAW, values.whole(msg.values, "id"))
    return Reply(draw_form.review(ctx, record, record.says.review))


@router.action("draw.review")
async def review(msg: Incoming, ctx: Context) -> Reply:
    """A review is open: it says why; nothing said ends it."""
    _check(ctx)
    why = msg.values.get("review", "").strip()
    if len(why) > LONGEST_TEXT:
        record = await ctx.store.read(records.get, DRAW, values.whole(msg.values, "id"))
        most = ctx.t.number(LONGEST_TEXT)
        return Reply(draw_form.review(ctx, record, why, ctx.t("community.why.long", most=most)))

    def work(tx: Tx, id: int, version: int) -> Record[Draw]:
        says = replace(records.get(tx, DRAW, id).says, review=why)
        return records.change(tx, DRAW, id, version, says, ctx.person, ctx.at)

    return await _done(msg, ctx, work, "review")


@router.action("draw.record")
async def record_(msg: Incoming, ctx: Context) -> Reply:
    """The published record as a file, with which anybody repeats the draw."""
    _check(ctx)
    record = await ctx.store.read(records.get, DRAW, values.whole(msg.values, "id"))
    says = record.says
    if not says.needed:
        raise UserError("errors.no_such_button")
    text = says.drawn or drawing.pretty(drawing.read_frozen(says.frozen))
    name = f"draw-{record.id}.json"
    blocks = (Text(ctx.t("draw.record_how", name=name)),)
    card = Card(ctx.t("draw.title.record"), blocks)
    return Reply(card, file=File(name, text.encode()))


async def _done(
    msg: Incoming, ctx: Context, do: Callable[[Tx, int, int], Record[Draw]], what: str
) -> Reply:
    id, version = values.whole(msg.values, "id"), values.whole(msg.values, "version")

    def work(tx: Tx) -> Seen:
        return draw_view.see(tx, ctx, do(tx, id, version).says.community)

    return await ctx.change(work, lambda seen: draw_view.show(ctx, seen, what))


def _ready(tx: Tx, ctx: Context, community: int) -> Seen:
    """A community whose seats can be settled now. Raises UserError where they can't yet."""
    if interests.open_call(tx, ctx.today):
        raise UserError("draw.still_open", example=ctx.t("interest.example.close"))
    seen = draw_view.see(tx, ctx, community)
    if seen.draw is not None:
        raise UserError("draw.there_is_one")
    if not seen.pool:
        raise UserError("draw.nobody")
    return seen


def _both_names(seen: Seen) -> str:
    says = seen.community.says
    return f"{says.name_en} / {says.name_fr}"


def _moment(ctx: Context, day: str, time: str) -> datetime | None:
    """The moment in the person's own zone that is meant, or None."""
    try:
        return datetime.fromisoformat(f"{day}T{time.strip()}").replace(tzinfo=ctx.now.tzinfo)
    except ValueError:
        return None


def _check(ctx: Context) -> None:
    if not ctx.person.role.manages:
        raise NotAllowed
