"""The list as a file: the whole period's entries that one may see, for a spreadsheet."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO

from handlers import describe
from handlers.chat.cards import Block, Card, File, Reply, Text
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.entries.listing import read_asked, read_entries, summary, title
from handlers.lines.period import Period
from storage import people, totals
from storage.engine import Tx
from storage.entries import Entry
from storage.export import neutral
from storage.people import Person
from storage.plan import Language

router = Router()

MOST = 10_000  # entries
# A spreadsheet set to French takes a comma for the decimal mark, and so a semicolon between cells.
CELLS_AND_DECIMALS = {Language.EN: (",", "."), Language.FR: (";", ",")}
COLUMNS = (
    "day",
    "hours",
    "minutes",
    "kind",
    "people",
    "boards",
    "partner",
    "objective",
    "requested",
    "voided",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made, and what it holds."""

    period: Period
    person: Person | None  # None: everyone's
    whole: totals.Sum
    entries: int
    cut: bool
    content: bytes


@router.action("entries.file")
async def as_file(msg: Incoming, ctx: Context) -> Reply:
    """All that the list has pages for, in one file; the newest where there is too much."""
    t = ctx.t
    made = await ctx.store.read(_make, ctx, msg.values)
    first, last = made.period.first, made.period.last
    name = t("entries.file.name", first=first.isoformat(), last=last.isoformat())
    held = t("entries.file.holds", name=name, count=made.entries, number=t.number(made.entries))
    blocks: list[Block] = [Text(summary(t, first, last, made.whole)), Text(held, muted=True)]
    if made.cut:
        blocks.append(Text(t("entries.file.cut", most=t.number(MOST))))
    card = Card(title(ctx, made.person), tuple(blocks))
    return Reply(card, file=File(name, made.content))


def _make(tx: Tx, ctx: Context, asked: Mapping[str, str]) -> Made:
    period, person = read_asked(tx, ctx, asked)
    found = read_entries(tx, ctx, period, person, limit=MOST + 1)
    whole = totals.logged(tx, person.id if person else None, period.first, period.last)
    owners = {one.person: people.get(tx, one.person).name for one in found}
    kept = found[:MOST]
    content = as_csv(ctx, kept, owners if ctx.person.role.manages else {})
    return Made(period, person, whole, len(kept), len(found) > MOST, content)


def as_csv(ctx: Context, entries: Sequence[Entry], owners: Mapping[int, str]) -> bytes:
    """The entries as CSV in the person's language; a column of ``owners`` where there are any."""
    t, out = ctx.t, StringIO()
    cells, decimals = CELLS_AND_DECIMALS[t.language]
    rows = csv.writer(out, delimiter=cells)
    owner = [t("log.field.owner")] if owners else []
    rows.writerow([*owner, *(t(f"log.field.{name}") for name in COLUMNS)])
    for entry in entries:
        owner = [owners[entry.person]] if owners else []
        rows.writerow([neutral(cell) for cell in (*owner, *_row(ctx, entry, decimals))])
    # The byte order mark is how Excel knows UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _row(ctx: Context, entry: Entry, decimals: str) -> list[str]:
    t, network, says = ctx.t, ctx.plans.network, entry.says
    hours, rest = divmod(says.minutes, 60)
    return [
        says.day.isoformat(),
        f"{hours}{decimals}{rest * 100 // 60:02}",
        str(says.minutes),
        describe.kind(t, says.kind),
        "; ".join(describe.people(t, network, replace(says, people=(one,))) for one in says.people),
        "; ".join(describe.board(t, network, id) for id in says.boards),
        says.partner,
        says.objective,
        _yes_or_no(t, says.requested),
        _yes_or_no(t, entry.voided is not None),
    ]


def _yes_or_no(t: Texts, yes: bool) -> str:
    return t("log.yes" if yes else "log.no")
