"""/output list: the outputs, a page at a time, each with its buttons."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.outputs import receipt, words
from storage import outputs, records
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.outputs import OUTPUT, SITE, Output
from storage.records import Record

router = Router()

PAGE = 6


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: what was asked, and the outputs; ``voided`` was among them just now."""

    words: str
    offset: int
    records: list[Record[Output]]
    more: bool
    voided: Record[Output] | None = None


async def first_page(ctx: Context, said: str) -> Reply:
    """The newest outputs: of a target, those that say the words, or all."""
    page = await ctx.store.read(read_page, ctx, {"list": said, "offset": "0"})
    return page_reply(ctx, page, replace=False)


@router.action("output.page")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """Another page of the same list."""
    return page_reply(ctx, await ctx.store.read(read_page, ctx, msg.values), replace=True)


@router.action("output.void")
async def void(msg: Incoming, ctx: Context) -> Reply:
    """Take an output out of every figure; the list shows it on top, struck, with the way back."""

    def work(tx: Tx, id: int, version: int) -> Page:
        voided = records.void(tx, OUTPUT, id, version, ctx.person, ctx.at)
        return read_page(tx, ctx, msg.values, voided)

    return await ctx.change_version(
        msg.values, work, lambda page: page_reply(ctx, page, replace=True)
    )


@router.action("output.restore")
async def restore(msg: Incoming, ctx: Context) -> Reply:
    """Let a voided output count again."""

    def work(tx: Tx, id: int, version: int) -> Page:
        records.undo(tx, OUTPUT, id, version, ctx.person, ctx.at)
        return read_page(tx, ctx, msg.values)

    return await ctx.change_version(
        msg.values, work, lambda page: page_reply(ctx, page, replace=True)
    )


def read_page(
    tx: Tx, ctx: Context, asked: Mapping[str, str], voided: Record[Output] | None = None
) -> Page:
    """Read the page that ``list`` and ``offset`` ask for. Raises NotAllowed and UserError."""
    if not ctx.person.role.logs:
        raise NotAllowed
    said, offset = asked.get("list", ""), values.whole(asked, "offset")
    target = words.target_of(ctx, said)
    found = outputs.found(tx, "" if target else said, PAGE + 1, offset, target=target)
    return Page(said, offset, found[:PAGE], len(found) > PAGE, voided)


def page_reply(ctx: Context, page: Page, *, replace: bool) -> Reply:
    """The card of a page."""
    t, asked = ctx.t, {"list": page.words}
    actions = tuple(
        Action(t(f"output.{label}"), "output.page", asked | {"offset": str(offset)})
        for label, offset, there in (
            ("newer", max(0, page.offset - PAGE), page.offset > 0),
            ("older", page.offset + PAGE, page.more),
        )
        if there
    )
    asked["offset"] = str(page.offset)
    shown = [*([page.voided] if page.voided else []), *page.records]
    blocks: list[Block] = [_item(ctx, record, asked) for record in shown]
    if not shown:
        blocks.append(Text(t("output.none"), muted=True))
    target = words.target_of(ctx, page.words)
    of = words.names(ctx)[target] if target else page.words
    title = t("output.list.of", of=of) if of else t("output.list.all")
    return Reply(Card(title, tuple(blocks), actions), replace=replace)


def _item(ctx: Context, record: Record[Output], asked: Mapping[str, str]) -> Item:
    t, says = ctx.t, record.says
    text, of = words.title(ctx, says), {**receipt.values_of(record), **asked}
    if record.voided is not None:
        actions = (Action(t("output.restore"), "output.restore", of, hint=text),)
    else:
        actions = (
            Action(t("output.edit"), "output.edit", of, hint=text),
            Action(t("output.void"), "output.void", of, hint=text),
        )
    details = [says.theme, t("output.revamped") if says.revamped else "", says.url, says.note]
    if not says.is_published and says.target != SITE:
        details.insert(0, t("output.unpublished"))
    detail = " · ".join(one for one in details if one)
    return Item(text, detail, struck=record.voided is not None, actions=actions)
