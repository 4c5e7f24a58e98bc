"""The coming meetings of one's communities, or of one of them, and what one has answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Heading, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.meetings import times
from storage import communities, rsvps, sessions
from storage.community import Community
from storage.engine import Tx
from storage.records import Record
from storage.rsvps import Answer
from storage.sessions import Session

router = Router()

AHEAD = timedelta(days=400)
PAGE = 6
SOON = 3  # of one's own page


@dataclass(frozen=True, slots=True)
class Mine:
    """A coming meeting, its community, and one's answer; ``invited``: as a member of it."""

    session: Record[Session]
    community: Community
    answer: Answer | None
    invited: bool


async def first_page(ctx: Context) -> Reply:
    """/meeting for a member: the meetings to come, the next one first."""
    return Reply(await _page(ctx, 0, 0))


@router.home
async def soon(ctx: Context) -> Sequence[Block]:
    """The next meetings that one is invited to or facilitates; nothing where there are none."""
    there = await ctx.store.read(_soon, ctx)
    if not there:
        return ()
    return [Heading(ctx.t("calendar.mine")), *(_item(ctx, one) for one in there)]


@router.action("meeting.page")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """More of the same list."""
    number = values.whole(msg.values, "community") if "community" in msg.values else 0
    return Reply(await _page(ctx, values.whole(msg.values, "offset"), number), replace=True)


@router.action("meeting.of_community")
async def of_community(msg: Incoming, ctx: Context) -> Reply:
    """The same of one community, below its card: to its members, who facilitates, and the team."""
    return Reply(await _page(ctx, 0, values.whole(msg.values, "community")))


async def _page(ctx: Context, offset: int, number: int) -> Card:
    t = ctx.t
    there, community = await ctx.store.read(_read, ctx, number)
    blocks: list[Block] = [_item(ctx, one) for one in there[offset : offset + PAGE]]
    if not there:
        none = "calendar.none_of" if community else "calendar.none"
        blocks.append(Text(t(none), muted=True))
    of = {"community": str(number)} if number else {}
    actions = tuple(
        Action(t(f"session.{label}"), "meeting.page", of | {"offset": str(at)})
        for label, at, more in (
            ("earlier", max(0, offset - PAGE), offset > 0),
            ("later", offset + PAGE, offset + PAGE < len(there)),
        )
        if more
    )
    name = community.name(t.language) if community else ""
    title = t("calendar.of", community=name) if name else t("calendar.mine")
    return Card(title, tuple(blocks), actions)


def _read(tx: Tx, ctx: Context, number: int) -> tuple[list[Mine], Community | None]:
    """One's meetings; of one community the team sees all. Raises NotFound."""
    community = communities.get(tx, number).says if number else None
    return to_come(tx, ctx, number), community


def to_come(tx: Tx, ctx: Context, number: int = 0) -> list[Mine]:
    """The meetings of communities of which one is a member that day, or that one facilitates.

    Of one community, where its ``number`` is given, the team sees all.
    """
    found: list[Mine] = []
    team = bool(number) and ctx.person.role.logs
    for one in sessions.of_communities(tx, ctx.today, ctx.today + AHEAD, number):
        invited = rsvps.invited(tx, ctx.person.id, one.says)
        leads = communities.facilitates(tx, ctx.person, one.says.community)
        if (invited or leads or team) and times.ends(one.says) > ctx.now:
            answer = rsvps.of_person(tx, one.id, ctx.person.id)
            community = communities.get(tx, one.says.community).says
            found.append(Mine(one, community, answer and answer.says.answer, invited))
    return found


def _soon(tx: Tx, ctx: Context) -> list[Mine]:
    """The next of one's own: a manager, who leads them all, has not all of them on their page."""
    me = ctx.person.id
    own = (
        one
        for one in to_come(tx, ctx)
        if one.invited or communities.facilitator(tx, one.community) == me
    )
    return list(islice(own, SOON))


def _item(ctx: Context, mine: Mine) -> Item:
    t, says = ctx.t, mine.session.says
    of, called = {"session": str(mine.session.id)}, says.called(t.language)
    answered = t(f"meeting.mine.{mine.answer}") if mine.answer else t("meeting.question")
    name = mine.community.name(t.language)
    known = "" if name in called else name
    details = [known, called, answered if mine.invited else ""]
    look = Action(t("session.open"), "meeting.look", of, hint=called)
    if ctx.person.role.logs and not mine.invited:
        look = Action(t("session.open"), "session.open", {"id": of["session"]}, hint=called)
    actions = (
        look,
        Action(t("meeting.calendar"), "meeting.calendar", of, hint=called),
    )
    detail = " · ".join(filter(None, details))
    return Item(times.when(t, says, ctx.now.tzinfo), detail, actions=actions)
