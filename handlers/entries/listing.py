"""/entries: what was logged in a period, a page at a time, each entry with its buttons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.lines.grammar import Question
from handlers.lines.period import Period, read_period
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
    whole: totals.Sum
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
    return await ctx.change_version(
        msg.values, work, lambda page: page_reply(ctx, page, replace=True)
    )


def read_page(tx: Tx, ctx: Context, asked: Mapping[str, str]) -> Page:
    """Read the page that ``list``, ``today`` and ``offset`` ask for. Raises UserError."""
    offset = values.whole(asked, "offset")
    period, person = read_asked(tx, ctx, asked)
    found = read_entries(tx, ctx, period, person, limit=PAGE + 1, offset=offset)
    return Page(
        asked.get("list", ""),
        values.day(asked, "today"),
        offset,
        period,
        person,
        found[:PAGE],
        len(found) > PAGE,
        totals.logged(tx, person.id if person else None, period.first, period.last),
        {one.person: people.get(tx, one.person).name for one in found},
    )


def read_asked(tx: Tx, ctx: Context, asked: Mapping[str, str]) -> tuple[Period, Person | None]:
    """The period, and whose entries (None: everyone's), that ``list`` and ``today`` ask for.

    Raises UserError, and NotAllowed for someone who logs no hours.
    """
    if not ctx.person.role.logs:
        raise NotAllowed
    period = read_period(asked.get("list", ""), today=values.day(asked, "today"))
    if isinstance(period, Question):
        raise UserError(f"log.why.{period.why}", example=ctx.t("entries.example"))
    return period, _whose(tx, ctx, period.rest)


def read_entries(
    tx: Tx, ctx: Context, period: Period, person: Person | None, *, limit: int, offset: int = 0
) -> list[Entry]:
    """A person's or everyone's entries of a period, voided ones too, the newest day first."""
    first, last = period.first, period.last
    if person is None:
        return entries.of_everyone(tx, first, last, ctx.person, limit=limit, offset=offset)
    return entries.of_person(tx, person.id, first, last, ctx.person, limit=limit, offset=offset)


def page_reply(ctx: Context, page: Page, *, replace: bool) -> Reply:
    """The card of a page."""
    t = ctx.t
    asked = {"list": page.words, "today": page.today.isoformat()}
    actions = [
        Action(t(f"entries.{label}"), "entries.page", asked | {"offset": str(offset)})
        for label, offset, there in (
            ("newer", max(0, page.offset - PAGE), page.offset > 0),
            ("older", page.offset + PAGE, page.more),
        )
        if there
    ]
    if page.entries:
        actions.append(Action(t("entries.as_file"), "entries.file", dict(asked)))
    asked["offset"] = str(page.offset)
    blocks: list[Block] = [Text(summary(t, page.period.first, page.period.last, page.whole))]
    blocks += [_item(ctx, page, entry, asked) for entry in page.entries]
    if not page.entries:
        blocks.append(Text(t("entries.none"), muted=True))
    return Reply(Card(title(ctx, page.person), tuple(blocks), tuple(actions)), replace=replace)


def title(ctx: Context, person: Person | None) -> str:
    """Whose entries these are (None: everyone's)."""
    if person is None:
        return ctx.t("entries.title.all")
    whose = "mine" if person.id == ctx.person.id else "theirs"
    return ctx.t(f"entries.title.{whose}", name=person.name)


def summary(t: Texts, first: date, last: date, whole: totals.Sum) -> str:
    """A period and what counts in it: "12 February 2025 · 2 entries that count · 3.5 h"."""
    if first == last:
        when = t.full_date(first)
    else:
        when = t("entries.from_to", first=t.day(first), last=t.day(last))
    return t("entries.summary", count=whole.entries, when=when, hours=t.hours(whole.minutes))


def _item(ctx: Context, page: Page, entry: Entry, asked: Mapping[str, str]) -> Item:
    t = ctx.t
    text = describe.title(t, ctx.plans.network, entry.says)
    of = {"id": str(entry.id), "version": str(entry.version), **asked}
    if entry.voided is not None:
        actions = (Action(t("log.restore"), "entries.restore", of, hint=text),)
    else:
        actions = (
            Action(t("log.edit"), "entry.edit", of, hint=text),
            Action(t("entries.void"), "entries.void", of, hint=text),
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
