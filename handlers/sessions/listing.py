"""/workshop list: the sessions of the year or of a period, those to come too, a page at a time.

By words of a title, by a month, by the words of a target's name, or by a community.
"""

from collections.abc import Mapping
from datetime import timedelta

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.lines.period import Period, read_period
from handlers.meetings import naming
from handlers.sessions import words
from storage import sessions
from storage.engine import Tx
from storage.entries import week_of
from storage.errors import NotAllowed
from storage.records import Record
from storage.sessions import Session

router = Router()

PAGE = 6
FAR = timedelta(days=5 * 366)


async def first_page(ctx: Context, text: str) -> Reply:
    """Those of a period that is said, else of the plan's year, that say the other words."""
    first, last, rest = ctx.plans.current(ctx.today).starts, ctx.today + FAR, text
    until = words.when(ctx).until
    period = read_period(text, today=ctx.today, until=until) if text else None
    # This week is what is read where no period is said.
    if isinstance(period, Period) and (
        not period.rest or (period.first, period.last) != week_of(ctx.today)
    ):
        first, last, rest = period.first, period.last, period.rest
    asked = {"first": first.isoformat(), "last": last.isoformat()}
    return await _page(ctx, asked | {"words": rest, "offset": "0"}, replace=False)


@router.action("session.page")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """Another page of the same list."""
    return await _page(ctx, msg.values, replace=True)


async def _page(ctx: Context, asked: Mapping[str, str], *, replace: bool) -> Reply:
    if not ctx.person.role.logs:
        raise NotAllowed
    offset = values.whole(asked, "offset")
    first, last = values.day(asked, "first"), values.day(asked, "last")
    text = values.text(asked, "words")

    def read(tx: Tx) -> list[Record[Session]]:
        return sessions.found(
            tx,
            text,
            first,
            last,
            targets=words.targets_of(ctx, text),
            communities=naming.meant(tx, text),
            limit=PAGE + 1,
            offset=offset,
        )

    found, t = await ctx.store.read(read), ctx.t
    blocks: list[Block] = [_item(ctx, one) for one in found[:PAGE]]
    if not found:
        blocks.append(Text(t("session.none_found"), muted=True))
    carried = {name: asked[name] for name in ("first", "last", "words")}
    actions = tuple(
        Action(t(f"session.{label}"), "session.page", {**carried, "offset": str(at)})
        for label, at, there in (
            ("later", max(0, offset - PAGE), offset > 0),
            ("earlier", offset + PAGE, len(found) > PAGE),
        )
        if there
    )
    title = t("session.list_of", words=text) if text else t("session.list")
    return Reply(Card(title, tuple(blocks), actions), replace=replace)


def _item(ctx: Context, session: Record[Session]) -> Item:
    t, says = ctx.t, session.says
    text = describe.session(t, says)
    details = [
        describe.target(t, ctx.plans.all, says.target),
        t("session.note.cancelled") if says.cancelled else "",
        t("session.title.planned") if says.last > ctx.today and not says.cancelled else "",
    ]
    detail = " · ".join(one for one in details if one)
    of = {"id": str(session.id)}
    open_ = Action(t("session.open"), "session.open", of, hint=text)
    return Item(text, detail, struck=says.cancelled, actions=(open_,))
