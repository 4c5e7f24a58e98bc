"""What is proposed of a community's seats: all where they fit, else what a published draw gives."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.chat import values
from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.communities import draw_errors, draw_form, draw_telling, draw_view, drawing
from handlers.communities.draw_view import Seen
from handlers.communities.drawing import Project
from handlers.lines.clock import read_time
from storage import interests, records
from storage.draws import DRAW, Draw
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.limits import LONGEST_TEXT

router = Router()

NOBODY_KNEW = timedelta(hours=1)  # at least, between the freeze and the randomness


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
    frozen = drawing.read_frozen(before.says.frozen)
    try:
        drawn = drawing.mix(frozen, typed, ctx.now)
    except draw_errors.NothingTyped:
        return Reply(draw_form.mix(ctx, before, typed, ctx.t("draw.why.typed")))
    except draw_errors.TooEarly:
        when = ctx.t.moment(frozen.known_at.astimezone(ctx.now.tzinfo))
        return Reply(draw_form.mix(ctx, before, typed, ctx.t("draw.why.early", when=when)))
    text = drawing.pretty(drawn)
    says = replace(before.says, drawn=text, taken=drawn.taken, waiting=drawn.waiting)

    def work(tx: Tx) -> Seen:
        records.change(tx, DRAW, id, version, says, ctx.person, ctx.at)
        return draw_view.see(tx, ctx, says.community)

    return await ctx.change(work, lambda seen: draw_view.show(ctx, seen, "drawn"))


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
        said = datetime.fromisoformat(f"{day}T{read_time(time)}")
    except ValueError:
        return None
    return said.replace(tzinfo=ctx.now.tzinfo)


def _check(ctx: Context) -> None:
    if not ctx.person.role.manages:
        raise NotAllowed
