"""A manager reads the interests of a call, says which are relevant and why, and sends that out."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.chat import values
from handlers.chat.cards import (
    Action,
    Block,
    Card,
    Form,
    Input,
    InputKind,
    Item,
    Reply,
    Style,
    Text,
    Tone,
)
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from handlers.communities import interest_view
from handlers.communities.interest_view import Seen
from storage import deliveries, interests, records
from storage.deliveries import Post
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.interests import INTEREST, RELEVANCE, Relevance, Verdict
from storage.limits import LONGEST_TEXT
from storage.records import Record

router = Router()

PAGE = 6
OUTCOME = "interest.outcome"


async def page(ctx: Context, offset: int, *, turned: bool) -> Reply:
    """The interests of the newest call, a page at a time, with where each stands."""
    _check(ctx)
    there, untold = await ctx.store.read(_of_newest, ctx)
    t = ctx.t
    blocks: list[Block] = [_item(ctx, seen) for seen in there[offset : offset + PAGE]]
    if not there:
        blocks.append(Text(t("interest.none"), muted=True))
    actions = [
        Action(t(f"community.{label}"), "interest.all", {"offset": str(at)})
        for label, at, more in (
            ("before_these", max(0, offset - PAGE), offset > 0),
            ("after_these", offset + PAGE, offset + PAGE < len(there)),
        )
        if more
    ]
    if untold:
        send = t("interest.send_outcomes", count=untold)
        actions.append(Action(send, "interest.tell", {}, Style.PRIMARY))
    if there:
        actions.append(Action(t("draw.all"), "draw.all"))
    number = sum(seen.record.says.seats for seen in there)
    blocks.insert(0, Text(t("interest.seats", count=number), muted=True))
    return Reply(Card(t("interest.title.all"), tuple(blocks), tuple(actions)), replace=turned)


@router.action("interest.all")
async def all_(msg: Incoming, ctx: Context) -> Reply:
    """The list, or another page of it."""
    offset = values.whole(msg.values, "offset") if "offset" in msg.values else 0
    return await page(ctx, offset, turned="offset" in msg.values)


@router.action("interest.judge")
async def ask(msg: Incoming, ctx: Context) -> Reply:
    """Ask for the reason of a verdict."""
    _check(ctx)
    return Reply(await _form(ctx, msg.values))


@router.action("interest.judged")
async def judge(msg: Incoming, ctx: Context) -> Reply:
    """A verdict was given with its reason."""
    _check(ctx)
    verdict, reason = _verdict(msg.values), msg.values.get("reason", "").strip()
    if len(reason) > LONGEST_TEXT or (not reason and verdict is not Verdict.YES):
        most = ctx.t.number(LONGEST_TEXT)
        why = ctx.t("community.why.long", most=most) if reason else ctx.t("interest.why.reason")
        return Reply(await _form(ctx, msg.values, why))
    id, version = values.whole(msg.values, "id"), values.whole(msg.values, "version")

    def work(tx: Tx) -> tuple[Record[Relevance], Seen]:
        done = interests.judge(tx, Relevance(id, version, verdict, reason), ctx.person, ctx.at)
        return done, _seen(tx, ctx, done)

    return await ctx.change(work, lambda done: _receipt(ctx, *done))


@router.action("interest.unjudge")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of a verdict; not once its sender has been told."""

    def work(tx: Tx, id: int, version: int) -> tuple[Record[Relevance], Seen]:
        if records.get(tx, RELEVANCE, id).says.told:
            raise UserError("interest.told_already")
        done = records.undo(tx, RELEVANCE, id, version, ctx.person, ctx.at)
        return done, _seen(tx, ctx, done)

    return await ctx.change_version(msg.values, work, lambda done: _receipt(ctx, *done))


@router.action("interest.tell")
async def tell(msg: Incoming, ctx: Context) -> Reply:
    """Have everyone whose interest was judged told, each in their language."""
    _check(ctx)

    def work(tx: Tx) -> int:
        call = interests.last_call(tx)
        told = interests.untold(tx, call.id) if call else []
        senders: set[int] = set()
        for one in told:
            says = replace(one.says, told=True)
            done = records.change(tx, RELEVANCE, one.id, one.version, says, ctx.person, ctx.at)
            sender = records.get(tx, INTEREST, one.says.interest).person
            of = {"interest": str(one.says.interest), "version": str(done.version)}
            once = f"{OUTCOME}/{done.id}/{done.version}"
            deliveries.put(tx, Post(once, OUTCOME, of, sender), ctx.at)
            senders.add(sender)
        return len(senders)

    def reply(number: int) -> Reply:
        t, text = ctx.t, Text(ctx.t("interest.told", count=number))
        actions = (Action(t("draw.all"), "draw.all"), Action(t("interest.all"), "interest.all"))
        return Reply(Card(t("interest.title.told"), (text,), actions, Tone.GOOD), replace=True)

    return await ctx.change(work, reply)


@router.post(OUTCOME)
def outcome(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """Whether one's interest is relevant, and why; nothing where it was withdrawn meanwhile."""
    interest = records.get(tx, INTEREST, int(of["interest"]))
    verdict = interests.verdict_on(tx, interest.id)
    if interest.voided is not None or verdict is None or not verdict.says.told:
        return None
    t, says = telling.t, verdict.says
    blocks: list[Block] = [
        Text(interest.says.institution),
        Text(t(f"interest.outcome.{says.verdict}")),
    ]
    if says.reason:
        blocks.append(Item(t("interest.field.reason"), says.reason))
    blocks.append(Text(t("interest.outcome.person"), muted=True))
    see = Action(t("interest.see"), "interest.open", {"id": str(interest.id)})
    tone = Tone.GOOD if says.verdict is Verdict.YES else Tone.NEUTRAL
    return Card(t("interest.outcome.title"), tuple(blocks), (see,), tone)


def _check(ctx: Context) -> None:
    if not ctx.person.role.manages:
        raise NotAllowed


def _verdict(given: Mapping[str, str]) -> Verdict:
    said = given.get("verdict", "")
    if said not in {*Verdict}:
        raise UserError("errors.no_such_button")
    return Verdict(said)


async def _form(ctx: Context, given: Mapping[str, str], error: str = "") -> Form:
    t, verdict = ctx.t, _verdict(given)
    interest = await ctx.store.read(records.get, INTEREST, values.whole(given, "id"))
    reason = Input(
        "reason",
        t("interest.field.reason"),
        InputKind.LONG_TEXT,
        given.get("reason", ""),
        required=verdict is not Verdict.YES,
        hint=t("interest.hint.reason"),
        error=error,
    )
    carried = {**interest_view.values_of(interest), "verdict": verdict.value}
    title = f"{interest.says.institution} · {t(f'interest.verdict.{verdict}')}"
    save, cancel = t("interest.form.save"), t("community.form.cancel")
    return Form("interest.judged", title, (reason,), save, cancel, carried)


def _receipt(ctx: Context, done: Record[Relevance], seen: Seen) -> Reply:
    t, says = ctx.t, seen.record.says
    of = {"id": str(done.id), "version": str(done.version)}
    back = "undo" if done.voided is None else "restore"
    label = t(f"interest.{back}")
    actions = (
        Action(label, "interest.unjudge", of, hint=says.institution),
        Action(t("interest.all"), "interest.all"),
    )
    item = Item(says.institution, interest_view.stands(ctx, seen))
    tone = Tone.GOOD if done.voided is None else Tone.NEUTRAL
    return Reply(Card(t(f"interest.title.judged_{back}"), (item,), actions, tone), replace=True)


def _seen(tx: Tx, ctx: Context, done: Record[Relevance]) -> Seen:
    return interest_view.see(tx, ctx, records.get(tx, INTEREST, done.says.interest))


def _of_newest(tx: Tx, ctx: Context) -> tuple[list[Seen], int]:
    """The interests of the newest call, and how many verdicts nobody was told."""
    call = interests.last_call(tx)
    if call is None:
        return [], 0
    there = [interest_view.see(tx, ctx, one) for one in interests.of_call(tx, call.id)]
    return there, len(interests.untold(tx, call.id))


def _item(ctx: Context, seen: Seen) -> Item:
    t, says = ctx.t, seen.record.says
    parts = (t("interest.seats", count=says.seats), seen.wanted[0], interest_view.stands(ctx, seen))
    open_ = Action(
        t("community.open"), "interest.open", {"id": str(seen.record.id)}, hint=says.institution
    )
    return Item(says.institution, " · ".join(parts), actions=(open_,))
