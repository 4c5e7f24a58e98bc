"""/meeting for a member: the coming meetings of their communities, and what they have answered."""

from dataclasses import dataclass
from datetime import timedelta

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Text
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


@dataclass(frozen=True, slots=True)
class Mine:
    """A coming meeting, its community, and one's answer; ``invited``: as a member of it."""

    session: Record[Session]
    community: Community
    answer: Answer | None
    invited: bool


async def first_page(ctx: Context) -> Reply:
    """The meetings to come, the next one first."""
    return Reply(await _page(ctx, 0))


@router.action("meeting.page")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """More of the same list."""
    return Reply(await _page(ctx, values.whole(msg.values, "offset")), replace=True)


async def _page(ctx: Context, offset: int) -> Card:
    t = ctx.t
    there = await ctx.store.read(_mine, ctx)
    blocks: list[Block] = [_item(ctx, one) for one in there[offset : offset + PAGE]]
    if not there:
        blocks.append(Text(t("calendar.none"), muted=True))
    actions = tuple(
        Action(t(f"session.{label}"), "meeting.page", {"offset": str(at)})
        for label, at, more in (
            ("earlier", max(0, offset - PAGE), offset > 0),
            ("later", offset + PAGE, offset + PAGE < len(there)),
        )
        if more
    )
    return Card(t("calendar.mine"), tuple(blocks), actions)


def _mine(tx: Tx, ctx: Context) -> list[Mine]:
    """The meetings of communities of which one is a member that day, or that one facilitates."""
    found: list[Mine] = []
    for one in sessions.of_communities(tx, ctx.today, ctx.today + AHEAD):
        invited = rsvps.invited(tx, ctx.person.id, one.says)
        leads = communities.facilitates(tx, ctx.person, one.says.community)
        if (invited or leads) and times.ends(one.says) > ctx.now:
            answer = rsvps.of_person(tx, one.id, ctx.person.id)
            community = communities.get(tx, one.says.community).says
            found.append(Mine(one, community, answer and answer.says.answer, invited))
    return found


def _item(ctx: Context, mine: Mine) -> Item:
    t, says = ctx.t, mine.session.says
    of, hint = {"session": str(mine.session.id)}, says.title
    answered = t(f"meeting.mine.{mine.answer}") if mine.answer else t("meeting.question")
    details = [mine.community.name(t.language), says.title, answered if mine.invited else ""]
    actions = (
        Action(t("session.open"), "meeting.look", of, hint=hint),
        Action(t("meeting.calendar"), "meeting.calendar", of, hint=hint),
    )
    detail = " · ".join(dict.fromkeys(filter(None, details)))
    return Item(times.when(t, says, ctx.now.tzinfo), detail, actions=actions)
