"""/entries: what was logged in a period, a page at a time, each entry with its buttons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Style, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.entries.grammar import Question
from handlers.entries.period import Period, read_period
from storage import entries, entry_changes, people, totals
from storage.engine import Tx
from storage.entries import Entry
from storage.errors import NotAllowed
from storage.people import Person
from storage.words import fold

router = Router()

PAGE = 6
EVERYONE = {"everyone", "everybody", "team", "all staff", "tous", "toutes", "equipe", "l'equipe"}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: what was asked, whose, and the entries with their owners' names."""

    words: str
    today: date
    offset: int
    period: Period
    person: Person | None  # None: everyone
    entries: list[Entry]
    more: bool
    minutes: int
    count: int
    names: Mapping[int, str]


@router.command("entries", "saisies")
async def list_entries(msg: Incoming, ctx: Context) -> Reply:
    """Mine, this week; or the period and the person that the words say."""
    asked = {"list": msg.text, "today": ctx.today.isoformat(), "offset": "0"}
    return page_reply(ctx, await ctx.store.read(read_page, ctx, asked), replace=False)


@router.action("entries.page")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """Another page of the same list."""
    return page_reply(ctx, await ctx.store.read(read_page, ctx, msg.values), replace=True)


@router.action("entries.void")
async def void(msg: Incoming, ctx: Context) -> Reply:
    """Take an entry out of every figure; the list shows it struck, with the way back."""

    def work(tx: Tx, id: int, version: int) -> Page:
        entry_changes.void(tx, id, version, ctx.person, ctx.at)
        return read_page(tx, ctx, msg.values)

    return await _change(msg, ctx, work)


@router.action("entries.restore")
async def restore(msg: Incoming, ctx: Context) -> Reply:
    """Let a voided entry count again."""

    def work(tx: Tx, id: int, version: int) -> Page:
        entry_changes.undo(tx, id, version, ctx.person, ctx.at)
        return read_page(tx, ctx, msg.values)

    return await _change(msg, ctx, work)


async def _change(msg: Incoming, ctx: Context, work: Callable[[Tx, int, int], Page]) -> Reply:
    return await ctx.change(
        work,
        lambda page: page_reply(ctx, page, replace=True),
        values.whole(msg.values, "id"),
        values.whole(msg.values, "version"),
    )


def read_page(tx: Tx, ctx: Context, asked: Mapping[str, str]) -> Page:
    """Read the page that ``list``, ``today`` and ``offset`` ask for. Raises UserError."""
    if not ctx.person.role.logs:
        raise NotAllowed
    words, today = asked.get("list", ""), values.day(asked, "today")
    offset = values.whole(asked, "offset")
    period = read_period(words, today=today)
    if isinstance(period, Question):
        raise UserError(f"log.why.{period.why}", example=ctx.t("entries.example"))
    person = _whose(tx, ctx, period.rest)
    if person is None:
        found = entries.of_everyone(
            tx, period.first, period.last, ctx.person, limit=PAGE + 1, offset=offset
        )
    else:
        found = entries.of_person(
            tx, person.id, period.first, period.last, ctx.person, limit=PAGE + 1, offset=offset
        )
    whole = totals.logged(tx, person.id if person else None, period.first, period.last)
    names = {one.person: people.get(tx, one.person).name for one in found}
    return Page(
        words,
        today,
        offset,
        period,
        person,
        found[:PAGE],
        len(found) > PAGE,
        whole.minutes,
        whole.entries,
        names,
    )


def page_reply(ctx: Context, page: Page, *, replace: bool) -> Reply:
    """The card of a page."""
    t = ctx.t
    asked = {"list": page.words, "today": page.today.isoformat()}
    turn = [
        Action(t(f"entries.{label}"), "entries.page", asked | {"offset": str(offset)})
        for label, offset, there in (
            ("newer", max(0, page.offset - PAGE), page.offset > 0),
            ("older", page.offset + PAGE, page.more),
        )
        if there
    ]
    asked["offset"] = str(page.offset)
    blocks: list[Block] = [Text(_summary(ctx, page))]
    blocks += [_item(ctx, page, entry, asked) for entry in page.entries]
    if not page.entries:
        blocks.append(Text(t("entries.none"), muted=True))
    title = (
        t("entries.title.all")
        if page.person is None
        else t(
            "entries.title.mine" if page.person.id == ctx.person.id else "entries.title.theirs",
            name=page.person.name,
        )
    )
    return Reply(Card(title, tuple(blocks), tuple(turn)), replace=replace)


def _summary(ctx: Context, page: Page) -> str:
    t, period = ctx.t, page.period
    if period.first == period.last:
        when = t.full_date(period.first)
    else:
        when = t("entries.from_to", first=t.day(period.first), last=t.day(period.last))
    return t("entries.summary", count=page.count, when=when, hours=t.hours(page.minutes))


def _item(ctx: Context, page: Page, entry: Entry, asked: Mapping[str, str]) -> Item:
    t = ctx.t
    text = describe.title(t, ctx.plans.network, entry.says)
    of = {"id": str(entry.id), "version": str(entry.version), **asked}
    if entry.voided is not None:
        actions = (Action(t("log.restore"), "entries.restore", of, hint=text),)
    else:
        actions = (
            Action(t("log.edit"), "entry.edit", of, hint=text),
            Action(t("entries.void"), "entries.void", of, Style.DANGER, hint=text),
        )
    details = [entry.says.objective]
    if page.person is None:
        details.insert(0, page.names[entry.person])
    detail = " · ".join(one for one in details if one)
    return Item(text, detail, struck=entry.voided is not None, actions=actions)


def _whose(tx: Tx, ctx: Context, words: str) -> Person | None:
    """Whose entries: mine, a named person's, or everyone's (None). The latter two for managers."""
    folded = fold(words)
    if folded in ("", "me", "mine", "moi", "mes saisies"):
        return ctx.person
    if not ctx.person.role.manages:
        raise UserError("entries.not_understood", words=words, example=ctx.t("entries.example"))
    if folded in EVERYONE:
        return None
    asked = set(folded.split())
    found = [one for one in people.everyone(tx) if asked <= set(fold(one.name).split())]
    if len(found) == 1:
        return found[0]
    if found:
        names = ctx.t.all_of([one.name for one in found])
        raise UserError("entries.several", names=names, example=f"/entries {found[0].name}")
    raise UserError("entries.nobody", words=words, example=ctx.t("entries.example"))
