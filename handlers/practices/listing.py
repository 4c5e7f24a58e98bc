"""/practice list: the practices that one may see, a page at a time; and one of them opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Heading, Item, Reply, Style, Text
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.practices import view, words
from storage import communities, practices
from storage.community import Community
from storage.engine import Tx
from storage.people import TeamRole
from storage.practice import Practice, Status
from storage.practices import Filter
from storage.records import Record

router = Router()

PAGE = 6
LATEST = 3  # of one's own page


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: what was asked for, and the practices with their status.

    That is words, and one community's alone, or None.
    """

    words: str
    community: Record[Community] | None
    offset: int
    found: tuple[tuple[Record[Practice], Status], ...]
    more: bool


async def first_page(ctx: Context, said: str) -> Reply:
    """The newest practices that the words mean, or all."""
    return _card(ctx, await ctx.store.read(_read, ctx, {"list": said, "offset": "0"}))


@router.action("practice.list")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """A page of a list; the first of a community's comes below its card."""
    turned = "offset" in msg.values
    asked = {"offset": "0", **msg.values}
    return _card(ctx, await ctx.store.read(_read, ctx, asked), turned=turned)


@router.action("practice.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """A practice with its comments."""
    shown = await ctx.store.read(view.read, ctx, values.whole(msg.values, "id"))
    return view.opened(ctx, shown)


@router.home
async def mine(ctx: Context) -> Sequence[Block]:
    """One's own latest practices; where there are none, a member is shown how to share one."""
    t = ctx.t
    latest = await ctx.store.read(_found, ctx, Filter(mine=True), LATEST, 0)
    if not latest and ctx.person.role is not TeamRole.MEMBER:
        return ()
    new = Action(t("practice.form.title"), "practice.new")
    head = Item(t("practice.home.text"), actions=(new,))
    return [Heading(t("practice.home.title")), head, *(_item(ctx, *one) for one in latest)]


def _read(tx: Tx, ctx: Context, asked: Mapping[str, str]) -> Page:
    said, offset = asked.get("list", ""), values.whole(asked, "offset")
    number = values.whole(asked, "community") if "community" in asked else 0
    which = replace(words.filter_of(said), community=number)
    found = _found(tx, ctx, which, PAGE + 1, offset)
    community = communities.get(tx, number) if number else None
    return Page(said, community, offset, tuple(found[:PAGE]), len(found) > PAGE)


def _found(
    tx: Tx, ctx: Context, which: Filter, limit: int, offset: int
) -> list[tuple[Record[Practice], Status]]:
    found = practices.seen(tx, ctx.person, which, ctx.at, limit, offset)
    return [(one, practices.status_of(tx, one.id)) for one in found]


def _card(ctx: Context, page: Page, *, turned: bool = False) -> Reply:
    t, asked = ctx.t, {"list": page.words}
    of, name = {}, page.words
    if page.community is not None:
        of, name = {"community": str(page.community.id)}, page.community.says.name(t.language)
    blocks: list[Block] = [_item(ctx, *one) for one in page.found]
    if not blocks:
        blocks.append(Text(t("practice.none"), muted=True))
    turns = [
        Action(t(f"practice.{label}"), "practice.list", asked | of | {"offset": str(offset)})
        for label, offset, there in (
            ("newer", max(0, page.offset - PAGE), page.offset > 0),
            ("older", page.offset + PAGE, page.more),
        )
        if there
    ]
    new = Action(t("practice.form.title"), "practice.new", of, Style.PRIMARY)
    title = t("practice.list.of", of=name) if name else t("practice.list.all")
    return Reply(Card(title, tuple(blocks), (*turns, new)), replace=turned)


def _item(ctx: Context, record: Record[Practice], status: Status) -> Item:
    t, says = ctx.t, record.says
    opens = Action(t("practice.open"), "practice.open", {"id": str(record.id)}, hint=says.title)
    detail = " · ".join(one for one in (words.status(t, status), words.about(t, says)) if one)
    return Item(says.title, detail, actions=(opens,))
