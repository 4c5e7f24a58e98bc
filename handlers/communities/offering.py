"""Freed seats: whoever is next on the list is told, accepts or declines on the card, in time."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from handlers.chat import values
from handlers.chat.cards import Action, Card, Facts, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from storage import communities, deliveries, records, seats
from storage.deliveries import Post
from storage.draws import DRAW
from storage.engine import Tx
from storage.errors import ChangedMeanwhile
from storage.interests import INTEREST
from storage.records import Record
from storage.seats import OFFER, Answer, Offer

router = Router()

SAYS = "community.offer"


def tell(tx: Tx, offered: Sequence[Record[Offer]], at: int) -> None:
    """Have those who were offered seats told, for as long as the offer stands."""
    for post in posts(tx, offered):
        deliveries.put(tx, post, at)


def posts(tx: Tx, offered: Sequence[Record[Offer]]) -> list[Post]:
    """What those who were offered seats are told."""
    return [
        Post(
            f"{SAYS}/{one.id}",
            SAYS,
            {"offer": str(one.id)},
            records.get(tx, INTEREST, one.says.interest).person,
            until=one.says.until,
        )
        for one in offered
    ]


@router.post(SAYS)
def offer(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """The seats that are offered, and until when; nothing where that was answered meanwhile."""
    record = records.get(tx, OFFER, int(of["offer"]))
    if record.voided is not None or record.says.answer is not Answer.WAITING:
        return None
    t, says = telling.t, record.says
    draw = records.get(tx, DRAW, says.draw).says
    interest = records.get(tx, INTEREST, says.interest)
    community = communities.get(tx, draw.community).says.name(t.language)
    until = datetime.fromtimestamp(says.until, UTC).astimezone(telling.now.tzinfo)
    facts = (
        (t("interest.field.institution"), interest.says.institution),
        (t("community.field.community"), community),
        (t("draw.field.seats"), t.number(draw.seats(says.interest))),
        (t("draw.field.until"), t.moment(until)),
    )
    id = {"id": str(record.id)}
    actions = (
        Action(t("draw.offer.accept"), "draw.accept", id, Style.PRIMARY, community),
        Action(t("draw.offer.decline"), "draw.decline", id, hint=community),
    )
    return Card(t("draw.offer.title"), (Facts(facts), Text(t("draw.offer.next"))), actions)


@router.action("draw.accept")
async def accept(msg: Incoming, ctx: Context) -> Reply:
    """Take the seats."""
    return await _answer(msg, ctx, Answer.ACCEPTED)


@router.action("draw.decline")
async def decline(msg: Incoming, ctx: Context) -> Reply:
    """Leave them to the next on the list."""
    return await _answer(msg, ctx, Answer.DECLINED)


async def _answer(msg: Incoming, ctx: Context, says: Answer) -> Reply:
    id = values.whole(msg.values, "id")

    def work(tx: Tx) -> str:
        try:
            done, offered = seats.answer(tx, id, says, ctx.today, ctx.person, ctx.at)
        except ChangedMeanwhile:
            raise UserError("draw.offer.over") from None
        tell(tx, offered, ctx.at)
        community = records.get(tx, DRAW, done.says.draw).says.community
        return communities.get(tx, community).says.name(ctx.t.language)

    def reply(name: str) -> Reply:
        t = ctx.t
        tone = Tone.GOOD if says is Answer.ACCEPTED else Tone.NEUTRAL
        text = Text(t(f"draw.offer.{says}", name=name))
        return Reply(Card(t(f"draw.offer.{says}_title"), (text,), tone=tone), replace=True)

    return await ctx.change(work, reply)
