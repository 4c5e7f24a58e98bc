"""/community open and close: a manager opens the call for interests until a day, and closes it."""

from dataclasses import replace

from handlers.chat.cards import Action, Card, Facts, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.communities import member_line
from storage import interests, records
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.interests import CALL, LONGEST_CALL, Call
from storage.records import Record

router = Router()

OPEN = {"open", "ouvrir", "ouvre"}
CLOSE = {"close", "fermer", "ferme"}


async def open_(ctx: Context, text: str) -> Reply:
    """Open the call until the day that is said; or have the open one close on that day."""
    _check(ctx)
    since = member_line.SINCE.match(text)
    closes = member_line.near(text[since.end() :] if since else text, ctx.today)
    if closes is None or not ctx.today <= closes <= ctx.today + LONGEST_CALL:
        raise UserError("interest.call.until", example=ctx.t("interest.example.call"))

    def work(tx: Tx) -> Record[Call]:
        there = interests.open_call(tx, ctx.today)
        if there is None or interests.drawn(tx, there.id):
            return records.add(tx, CALL, Call(ctx.today, closes), ctx.person, ctx.at)
        says = replace(there.says, closes=closes)
        return records.put(tx, CALL, there, says, ctx.person, ctx.at)

    return await ctx.change(work, lambda call: _receipt(ctx, call, "open"))


async def close(ctx: Context) -> Reply:
    """Close the call now."""
    _check(ctx)

    def work(tx: Tx) -> Record[Call]:
        there = interests.open_call(tx, ctx.today)
        if there is None:
            raise UserError("interest.call.none", example=ctx.t("interest.example.call"))
        says = replace(there.says, closed=True)
        return records.change(tx, CALL, there.id, there.version, says, ctx.person, ctx.at)

    return await ctx.change(work, lambda call: _receipt(ctx, call, "closed"))


@router.action("interest.close_call")
async def close_now(msg: Incoming, ctx: Context) -> Reply:
    """Close the call now."""
    return await close(ctx)


@router.action("interest.undo_call")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of a call."""

    def work(tx: Tx, id: int, version: int) -> Record[Call]:
        return records.undo(tx, CALL, id, version, ctx.person, ctx.at)

    return await ctx.change_version(
        msg.values, work, lambda call: _receipt(ctx, call, "voided" if call.voided else "restored")
    )


def _receipt(ctx: Context, call: Record[Call], what: str) -> Reply:
    t, says = ctx.t, call.says
    of = {"id": str(call.id), "version": str(call.version)}
    facts = Facts(
        (
            (t("interest.field.opens"), t.full_date(says.opens)),
            (t("interest.field.closes"), t.full_date(says.closes)),
        )
    )
    back = "undo" if call.voided is None else "restore"
    actions = [Action(t(f"interest.{back}"), "interest.undo_call", of)]
    blocks = [facts]
    if call.voided is None and says.is_open(ctx.today):
        actions.append(Action(t("interest.all"), "interest.all"))
        actions.append(Action(t("interest.close_call"), "interest.close_call"))
        text = Text(t("interest.call.how"))
        return Reply(
            Card(t(f"interest.call.{what}"), (*blocks, text), tuple(actions), Tone.GOOD),
            replace=True,
        )
    actions.append(Action(t("interest.all"), "interest.all", {}, Style.PRIMARY))
    return Reply(Card(t(f"interest.call.{what}"), tuple(blocks), tuple(actions)), replace=True)


def _check(ctx: Context) -> None:
    if not ctx.person.role.manages:
        raise NotAllowed
