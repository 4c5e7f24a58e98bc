"""What is checked, how many there are of each, and each of them in a line with what mends it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handlers import describe, still_open
from handlers.chat.cards import Action, Item
from handlers.chat.context import Context
from handlers.chat.texts import capital
from handlers.duplicates import Pair
from handlers.still_open import SAME
from storage import entries, people, quality, records, sessions
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.outputs import OUTPUT
from storage.quality import Concern
from storage.records import Record
from storage.rosters import MEMBER, Member

PAGE = 6
PRESS = "home.press"  # does what a button does, and leaves the card where it is
MOST_NAMES = 3  # of those who are on no roster


@dataclass(frozen=True, slots=True)
class Page:
    """How many there are, and those from the ``offset``th on, each with what mends it."""

    count: int
    offset: int
    items: list[Item]


def all_of(ctx: Context) -> list[str]:
    """Everything that is checked for this person, in order. Raises NotAllowed."""
    if not ctx.person.role.logs:
        raise NotAllowed
    return still_open.kinds(manages=ctx.person.role.manages)


def counts(tx: Tx, ctx: Context) -> dict[str, int]:
    """How many there are of each that there is any of."""
    all_of(ctx)
    return still_open.counts(tx, ctx.plans, ctx.today, _whose(ctx))


def page(tx: Tx, ctx: Context, concern: str, offset: int) -> Page:
    """A page of them; the last one where there are no longer as many."""
    if concern == SAME:
        pairs = still_open.pairs(tx)
        offset = _within(offset, len(pairs))
        items = [_pair(ctx, one) for one in pairs[offset : offset + PAGE]]
        return Page(len(pairs), offset, items)
    which = Concern(concern)
    asked = still_open.asked(ctx.plans, ctx.today, _whose(ctx))
    count = quality.count(tx, asked, which)
    offset = _within(offset, count)
    found = quality.page(tx, asked, which, PAGE, offset)
    return Page(count, offset, [_ITEMS[which](tx, ctx, which, id) for id in found])


def _within(offset: int, count: int) -> int:
    return min(offset, max(0, count - 1) // PAGE * PAGE)


def _whose(ctx: Context) -> int | None:
    """Whose is checked: all for a manager, one's own for the team."""
    return None if ctx.person.role.manages else ctx.person.id


def _entry(tx: Tx, ctx: Context, concern: Concern, id: int) -> Item:
    entry, t = entries.stored(tx, id), ctx.t
    details: list[str] = []
    if concern is Concern.ENTRY and not any(one.role for one in entry.says.people):
        details.append(t("check.missing.role"))
    if concern is Concern.ENTRY and not entry.says.boards:
        details.append(t("check.missing.board"))
    if ctx.person.role.manages:
        details.append(people.get(tx, entry.person).name)
    text = describe.title(t, ctx.plans.network, entry.says)
    values = {"id": str(id), "version": str(entry.version)}
    return _item(ctx, concern, text, details, "entry.edit", values)


def _session(tx: Tx, ctx: Context, concern: Concern, id: int) -> Item:
    session, t = records.get(tx, sessions.KIND, id), ctx.t
    details = [describe.target(t, ctx.plans.all, session.says.target)]
    if concern is Concern.FAR:
        came = quality.came(tx, id)
        details.append(
            t("check.far", registered=t.number(session.says.registered or 0), came=t.number(came))
        )
    if concern is Concern.UNMATCHED:
        names = quality.unmatched(tx, id)
        few = t.all_of(names[:MOST_NAMES])
        details.append(t("check.unmatched", count=len(names), names=few))
    name, values = _MENDS[concern], {"session": str(id)}
    if name == "session.edit":
        values = {"id": str(id), "version": str(session.version)}
    return _item(ctx, concern, describe.session(t, session.says), details, name, values)


def _output(tx: Tx, ctx: Context, concern: Concern, id: int) -> Item:
    output = records.get(tx, OUTPUT, id)
    target = describe.target(ctx.t, ctx.plans.all, output.says.target)
    values = {"id": str(id), "version": str(output.version)}
    return _item(ctx, concern, output.says.title, [target], "output.edit", values)


def _member(tx: Tx, ctx: Context, concern: Concern, id: int) -> Item:
    member = records.get(tx, MEMBER, id)
    values = {"id": str(id), "version": str(member.version)}
    text, detail = member.says.name, [_role(ctx, member)]
    return _item(ctx, concern, text, detail, "roster.edit", values)


def _pair(ctx: Context, pair: Pair) -> Item:
    t, (one, other) = ctx.t, pair
    values = {"one": str(one.id), "other": str(other.id)}
    text = t("check.pair", one=one.says.name, other=other.says.name)
    details = [_known(ctx, one), _known(ctx, other)]
    compare = _press(t("check.mend.same"), "roster.same", values, text)
    two = _press(t("check.two"), "roster.part", values, text)
    return Item(text, " / ".join(details), actions=(compare, two))


def _known(ctx: Context, member: Record[Member]) -> str:
    board = describe.board(ctx.t, ctx.plans.network, member.says.board)
    return " · ".join(filter(None, (_role(ctx, member), board, member.says.email)))


def _role(ctx: Context, member: Record[Member]) -> str:
    return capital(describe.role(ctx.t, ctx.plans.network, member.says.role))


def _item(
    ctx: Context,
    concern: Concern,
    text: str,
    details: list[str],
    name: str,
    values: Mapping[str, str],
) -> Item:
    mend = _press(ctx.t(f"check.mend.{concern}"), name, values, text)
    return Item(text, " · ".join(details), actions=(mend,))


def _press(label: str, name: str, values: Mapping[str, str], hint: str) -> Action:
    return Action(label, PRESS, {**values, "home": name}, hint=hint)


_MENDS = {
    Concern.ATTENDANCE: "attendance.open",
    Concern.UNMATCHED: "attendance.open",
    Concern.FAR: "attendance.open",
    Concern.FEEDBACK: "feedback.open",
    Concern.BODY: "attendance.open",
    Concern.PART: "session.edit",
}
_ITEMS: dict[Concern, Callable[[Tx, Context, Concern, int], Item]] = {
    Concern.ENTRY: _entry,
    Concern.OUTSIDE: _entry,
    **dict.fromkeys(_MENDS, _session),
    Concern.URL: _output,
    Concern.MEMBER: _member,
}
