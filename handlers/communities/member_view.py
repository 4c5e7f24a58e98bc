"""A membership as a receipt, and the members of a community as a list, for who sees names."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.chat.cards import Action, Block, Card, Facts, Item, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.communities import view, words
from handlers.communities.view import Seen
from storage import communities, records, rosters
from storage.communities import MEMBERSHIP, AlreadyMember, Membership
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.records import Record
from storage.rosters import Member

PAGE = 8


@dataclass(frozen=True, slots=True)
class Joined:
    """A membership, who it is of, its community, and the names of others they are in today.

    ``left``: of a move, the number and version of the membership that ended by it.
    """

    record: Record[Membership]
    member: Record[Member]
    community: Seen
    others: tuple[str, ...]
    left: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A member in a list; by membership, or by their role where that is None."""

    member: Record[Member]
    membership: Record[Membership] | None
    others: tuple[str, ...]


def see(
    tx: Tx, ctx: Context, record: Record[Membership], left: tuple[int, int] | None = None
) -> Joined:
    """Read what is told of a membership beside itself."""
    member = rosters.get(tx, record.says.member)
    others = _others(tx, ctx, member.id, record.says.community)
    community = view.get(tx, ctx, record.says.community)
    return Joined(record, member, community, others, left)


def reply(ctx: Context, joined: Joined, key: str) -> Reply:
    """The receipt in the place of the card that was pressed; ``key`` is what was done."""
    t, record = ctx.t, joined.record
    name, says = joined.member.says.name, record.says
    title = words.title(ctx, joined.community.record.says)
    of = values_of(record)
    if joined.left:
        of |= {"left": str(joined.left[0]), "left_version": str(joined.left[1])}
    if record.voided is not None:
        restore = Action(t("community.restore"), "community.unjoin", of, Style.PRIMARY, name)
        item = Item(name, title, struck=True)
        return Reply(Card(t("community.title.unjoined"), (item,), (restore,)), replace=True)
    facts = [
        (t("community.field.member"), name),
        (t("community.field.community"), title),
        (t("community.field.institution"), says.institution),
        (t("community.field.role"), says.role),
        (t("community.field.sector_of"), t(f"community.pays.{says.sector}")),
        (t("community.field.measure"), says.measure or t("community.no_measure")),
        (t("community.field.starts"), t.full_date(says.starts)),
        (t("community.field.ends"), t.full_date(says.ends) if says.ends else ""),
        (t("community.field.members"), view.size(ctx, joined.community)),
    ]
    blocks: list[Block] = [Facts(tuple((label, value) for label, value in facts if value))]
    if joined.others:
        names = t.all_of([*joined.others])
        blocks.append(Text(t("community.also_in", names=names)))
    actions = (
        Action(t("community.undo"), "community.unjoin", of, hint=name),
        Action(t("community.edit"), "community.edit_member", values_of(record), hint=name),
    )
    return Reply(Card(t(key), tuple(blocks), actions, Tone.GOOD), replace=True)


def rows(tx: Tx, ctx: Context, community: int) -> tuple[Seen, list[Row]]:
    """The members of a community today, by name. Raises NotAllowed for who sees no names."""
    seen = view.get(tx, ctx, community)
    if not seen.leads:
        raise NotAllowed
    held = {
        rosters.human(tx, one.says.member): one
        for one in communities.memberships(tx, community)
        if one.says.holds(ctx.today)
    }
    return seen, [
        Row(one, held.get(rosters.human(tx, one.id)), _others(tx, ctx, one.id, community))
        for one in communities.members_on(tx, community, ctx.today)
    ]


def listed(ctx: Context, seen: Seen, there: list[Row], offset: int, *, turned: bool) -> Reply:
    """A page of the members."""
    t, says = ctx.t, seen.record.says
    of = {"id": str(seen.record.id)}
    blocks: list[Block] = [Text(view.size(ctx, seen), muted=True)]
    blocks += [_item(ctx, row) for row in there[offset : offset + PAGE]]
    turns = [
        Action(t(f"community.{label}"), "community.members", {**of, "offset": str(at)})
        for label, at, more in (
            ("before_these", max(0, offset - PAGE), offset > 0),
            ("after_these", offset + PAGE, offset + PAGE < len(there)),
        )
        if more
    ]
    if ctx.person.role.manages:
        turns.append(Action(t("community.add_member"), "community.add_member", of, Style.PRIMARY))
    title = t("community.title.members", name=words.title(ctx, says))
    return Reply(Card(title, tuple(blocks), tuple(turns)), replace=turned)


def values_of(record: Record[Membership]) -> dict[str, str]:
    """What a button says of the membership that it is about."""
    return {"id": str(record.id), "version": str(record.version)}


def _item(ctx: Context, row: Row) -> Item:
    t, name = ctx.t, row.member.says.name
    says = row.membership.says if row.membership else None
    also = t("community.also_in", names=t.all_of([*row.others])) if row.others else ""
    if says is None:
        return Item(name, " · ".join(filter(None, (t("community.has_role"), also))))
    parts = (
        says.role,
        says.institution,
        says.measure or t(f"community.pays.{says.sector}"),
        t("community.since", day=t.day(says.starts)),
        also,
    )
    actions: tuple[Action, ...] = ()
    if row.membership and ctx.person.role.manages:
        of = values_of(row.membership)
        actions = tuple(
            Action(t(f"community.{what}"), f"community.{action}", of, hint=name)
            for what, action in (
                ("edit", "edit_member"),
                ("move", "move_member"),
                ("end", "end_member"),
            )
        )
    if row.membership:
        of = {"id": str(row.membership.id)}
        give = Action(t("attestation.give"), "community.attestation", of, hint=name)
        actions = (*actions, give)
    return Item(name, " · ".join(filter(None, parts)), actions=actions)


def _others(tx: Tx, ctx: Context, member: int, community: int) -> tuple[str, ...]:
    """The other communities that someone is in today, by membership."""
    there = [
        one.says.community
        for one in communities.of_human(tx, rosters.human(tx, member))
        if one.says.holds(ctx.today) and one.says.community != community
    ]
    names = [words.title(ctx, communities.get(tx, id).says) for id in dict.fromkeys(there)]
    return tuple(sorted(names))


def get(tx: Tx, ctx: Context, id: int) -> Joined:
    """The membership of this number. Raises NotFound."""
    return see(tx, ctx, records.get(tx, MEMBERSHIP, id))


def kindly(tx: Tx, ctx: Context, work: Callable[[Tx], Joined]) -> Joined:
    """Do the work; that somebody is a member already is said with their name and since when."""
    try:
        return work(tx)
    except AlreadyMember as error:
        says = error.membership.says
        name = rosters.get(tx, says.member).says.name
        day = ctx.t.day(says.starts)
        raise UserError("community.already", name=name, day=day) from None
