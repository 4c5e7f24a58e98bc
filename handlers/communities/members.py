"""Members of a community: added, edited and ended by a manager; each can be taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.communities import member_form, member_moving, member_naming, member_view, words
from handlers.communities.member_view import Joined
from storage import communities, participants, records, rosters
from storage.communities import MEMBERSHIP, Membership
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.plan import Sector
from storage.records import Record
from storage.rosters import Member

router = Router()

ADD = {"add", "ajouter", "ajoute"}
LIST = {"members", "membres"}
END = {"end", "remove", "fin", "terminer", "retirer"}
MOST_FOUND = 100


async def add(ctx: Context, text: str) -> Reply:
    """Add the one whom the line names; what it leaves open is asked in the form."""
    _check(ctx)
    said, community, found = await ctx.store.read(member_naming.said, ctx, text)
    if community is None:
        raise UserError("community.member_how", example=ctx.t("community.example.add"))
    filled = _new(ctx, found[0] if len(found) == 1 else None)
    filled |= {"name": "" if len(found) == 1 else said.name, "email": said.email, **said.values}
    if said.day:
        filled["starts"] = said.day.isoformat()
    carried = {"community": str(community.id)}
    if len(found) != 1:
        return Reply(member_form.build(ctx, community.says, filled, carried))
    return await _join(ctx, filled, carried)


async def end(ctx: Context, text: str) -> Reply:
    """End the membership that the line names, on the day that it says, or ask for it."""
    _check(ctx)
    said, one = await ctx.store.read(member_naming.meant, ctx, text, "community.example.end")
    of = member_view.values_of(one.record)
    if said.day is None:
        return _ask_end(ctx, one, ctx.today.isoformat(), of)
    return await _end(ctx, of, said.day)


async def of_line(ctx: Context, text: str) -> Reply:
    """The members of the community that is named."""
    community = await ctx.store.read(words.the_one, ctx, text)
    seen, there = await ctx.store.read(member_view.rows, ctx, community.id)
    return member_view.listed(ctx, seen, there, 0, turned=False)


@router.action("community.members")
async def members(msg: Incoming, ctx: Context) -> Reply:
    """The members by name, for managers and who facilitates."""
    seen, there = await ctx.store.read(member_view.rows, ctx, values.whole(msg.values, "id"))
    offset = values.whole(msg.values, "offset") if "offset" in msg.values else 0
    return member_view.listed(ctx, seen, there, offset, turned="offset" in msg.values)


@router.search(member_form.SEARCH)
async def search(text: str, ctx: Context) -> Sequence[tuple[str, str]]:
    """The members of the roster of whom the text is a part."""
    _check(ctx)
    found = await ctx.store.read(rosters.search, text, MOST_FOUND)
    return [(str(one.id), describe.member(ctx.t, ctx.plans.network, one.says)) for one in found]


@router.action("community.add_member")
async def add_member(msg: Incoming, ctx: Context) -> Reply:
    """Open the form of a new member."""
    _check(ctx)
    record = await ctx.store.read(communities.get, values.whole(msg.values, "id"))
    carried = {"community": str(record.id)}
    return Reply(member_form.build(ctx, record.says, _new(ctx, None), carried))


@router.action("community.edit_member")
async def edit_member(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with a membership as it is."""
    _check(ctx)
    one = await ctx.store.read(member_view.get, ctx, values.whole(msg.values, "id"))
    filled = member_form.values_of(one.record.says)
    carried = {
        "community": str(one.record.says.community),
        "member": filled["member"],
        **member_view.values_of(one.record),
    }
    says, who = one.community.record.says, one.member.says.name
    return Reply(member_form.build(ctx, says, filled, carried, who))


@router.action("community.join")
async def join(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent, for a new member or a changed membership."""
    _check(ctx)
    names = ("community", "id", "version", "member")
    carried = {name: msg.values[name] for name in names if name in msg.values}
    if "id" not in carried:
        carried.pop("member", None)
    return await _join(ctx, msg.values, carried)


@router.action("community.end_member")
async def end_member(msg: Incoming, ctx: Context) -> Reply:
    """Ask for the last day."""
    _check(ctx)
    one = await ctx.store.read(member_view.get, ctx, values.whole(msg.values, "id"))
    return _ask_end(ctx, one, ctx.today.isoformat(), member_view.values_of(one.record))


@router.action("community.ended")
async def ended(msg: Incoming, ctx: Context) -> Reply:
    """The last day was given."""
    _check(ctx)
    of = {name: values.text(msg.values, name) for name in ("id", "version")}
    one = await ctx.store.read(member_view.get, ctx, values.whole(of, "id"))
    day = msg.values.get("ends", "")
    if not values.is_day(day):
        return _ask_end(ctx, one, day, of, ctx.t("community.why.day"))
    if date.fromisoformat(day) < one.record.says.starts:
        return _ask_end(ctx, one, day, of, ctx.t("community.why.ends"))
    return await _end(ctx, of, date.fromisoformat(day))


@router.action("community.unjoin")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of a membership; of a move, both of its."""
    id, version = values.whole(msg.values, "id"), values.whole(msg.values, "version")
    if "left" in msg.values:
        return await member_moving.undo(msg, ctx, id, version)
    return await _done(
        ctx,
        lambda tx: participants.undo(tx, id, version, ctx.person, ctx.at),
        "community.title.restored",
    )


async def _join(ctx: Context, given: Mapping[str, str], carried: Mapping[str, str]) -> Reply:
    community = await ctx.store.read(communities.get, values.whole(carried, "community"))
    says, errors = member_form.read(ctx, community.says.plan, community.id, {**given, **carried})
    if says is None or errors:
        who = await ctx.store.read(_name, given.get("member", ""))
        return Reply(member_form.build(ctx, community.says, given, carried, who, errors))

    def work(tx: Tx) -> Record[Membership]:
        if "id" not in carried:
            return records.add(tx, MEMBERSHIP, _whom(tx, ctx, says, given), ctx.person, ctx.at)
        id, version = values.whole(carried, "id"), values.whole(carried, "version")
        before = records.get(tx, MEMBERSHIP, id).says
        kept = {"community": before.community, "member": before.member, "interest": before.interest}
        return records.change(
            tx, MEMBERSHIP, id, version, replace(says, **kept), ctx.person, ctx.at
        )

    key = "community.title.changed" if "id" in carried else "community.title.joined"
    return await _done(ctx, work, key)


def _whom(tx: Tx, ctx: Context, says: Membership, given: Mapping[str, str]) -> Membership:
    """The membership with its member, who is put on the roster where they are not there yet."""
    if says.member:
        rosters.get(tx, says.member)
        return says
    name, email = (" ".join(given.get(field, "").split()) for field in ("name", "email"))
    new = Member(name, email, centre=says.institution, starts=says.starts)
    member = participants.participant(tx, new, says.starts, ctx.person, ctx.at)
    return replace(says, member=member.id)


async def _end(ctx: Context, of: Mapping[str, str], day: date) -> Reply:
    def work(tx: Tx) -> Record[Membership]:
        id, version = values.whole(of, "id"), values.whole(of, "version")
        says = replace(records.get(tx, MEMBERSHIP, id).says, ends=day)
        return records.change(tx, MEMBERSHIP, id, version, says, ctx.person, ctx.at)

    return await _done(ctx, work, "community.title.ended")


async def _done(ctx: Context, work: Callable[[Tx], Record[Membership]], key: str) -> Reply:
    return await ctx.change(
        lambda tx: member_view.kindly(tx, ctx, lambda tx: member_view.see(tx, ctx, work(tx))),
        lambda one: member_view.reply(ctx, one, key),
    )


def _ask_end(ctx: Context, one: Joined, day: str, of: Mapping[str, str], error: str = "") -> Reply:
    title = ctx.t("community.form.end", name=one.member.says.name)
    return Reply(member_form.of_day(ctx, title, day, of, error))


def _check(ctx: Context) -> None:
    if not ctx.person.role.manages:
        raise NotAllowed


def _new(ctx: Context, member: Record[Member] | None) -> dict[str, str]:
    """The values of a new membership: the sector is that of the member's body."""
    filled = {"starts": ctx.today.isoformat(), "sector": Sector.PUBLIC.value}
    if member is None:
        return filled
    private = {one.id for one in ctx.plans.network.body if one.private}
    sector = Sector.PRIVATE if member.says.board in private else Sector.PUBLIC
    return {
        **filled,
        "member": str(member.id),
        "sector": sector.value,
        "institution": member.says.centre,
    }


def _name(tx: Tx, number: str) -> str:
    if not values.is_count(number):
        return ""
    return rosters.get(tx, int(number)).says.name
