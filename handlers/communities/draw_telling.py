"""What is published of a draw, and what everyone concerned is told of its outcome."""

from collections.abc import Mapping

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Facts, Reply, Said, Text, Tone
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from handlers.communities import draw_form, drawing
from storage import communities, deliveries, interests, people, records
from storage.deliveries import Post
from storage.draws import DRAW, Draw
from storage.engine import Tx
from storage.interests import INTEREST
from storage.limits import LONGEST_TEXT
from storage.records import Record

router = Router()

PUBLISHED, OUTCOME, ASKED = "draw.published", "draw.outcome", "draw.review_asked"


def publish(tx: Tx, draw: Record[Draw], at: int) -> None:
    """Have what was frozen said in the community's channel, where it has one."""
    says = communities.get(tx, draw.says.community).says
    if says.channel:
        where = (says.channel_platform, says.channel)
        once = f"{PUBLISHED}/{draw.id}"
        deliveries.put(tx, Post(once, PUBLISHED, {"draw": str(draw.id)}, channel=where), at)


def outcome(tx: Tx, draw: Record[Draw], at: int) -> None:
    """Have everyone whose interest was in the pool told how it stands, in the order of the list."""
    for id in (*draw.says.taken, *draw.says.waiting):
        of = {"draw": str(draw.id), "interest": str(id)}
        sender = records.get(tx, INTEREST, id).person
        deliveries.put(tx, Post(f"{OUTCOME}/{draw.id}/{id}", OUTCOME, of, sender), at)


@router.post(PUBLISHED)
def published(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """The hash, the rules, and where the randomness will come from; no name of anyone."""
    record = records.get(tx, DRAW, int(of["draw"]))
    if record.voided is not None:
        return None
    t, frozen = telling.t, drawing.read_frozen(record.says.frozen)
    pool = ", ".join(f"{one.id} ({one.seats})" for one in frozen.pool)
    facts = (
        (t("draw.field.capacity"), t.number(frozen.capacity)),
        (t("draw.field.pool"), pool),
        (t("draw.field.hash"), drawing.frozen_hash(frozen)),
        (t("draw.field.algorithm"), f"{frozen.algorithm.name} {frozen.algorithm.version}"),
        (t("draw.field.source"), frozen.source),
        (t("draw.field.known_at"), t.moment(frozen.known_at.astimezone(telling.now.tzinfo))),
    )
    name = communities.get(tx, frozen.community).says.name(t.language)
    blocks = (Text(t("draw.published")), Facts(facts), Said(drawing.one_line(frozen)))
    return Card(t("draw.title.one", name=name), blocks)


@router.post(OUTCOME)
def told(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """Whether one has seats, or one's place in the list; and how a person reviews it."""
    draw, interest = records.get(tx, DRAW, int(of["draw"])), int(of["interest"])
    if not draw.says.told or records.get(tx, INTEREST, interest).voided is not None:
        return None
    t, says = telling.t, draw.says
    name = communities.get(tx, says.community).says.name(t.language)
    number = t("draw.seats", count=says.seats(interest))
    if interest in says.taken:
        said = t("draw.outcome.seat", name=name, seats=number)
    else:
        place = t.number(says.waiting.index(interest) + 1)
        said = t("draw.outcome.waits", name=name, seats=number, place=place)
    how = "draw.outcome.drawn" if says.needed else "draw.outcome.all_fit"
    blocks: list[Block] = [Text(said), Text(t(how)), Text(t("draw.outcome.person"))]
    carried = {"id": str(draw.id), "interest": str(interest)}
    actions = (
        Action(t("interest.see"), "interest.open", {"id": str(interest)}),
        Action(t("draw.ask_person"), "draw.ask_person", carried),
    )
    tone = Tone.GOOD if interest in says.taken else Tone.NEUTRAL
    return Card(t("draw.title.one", name=name), tuple(blocks), actions, tone)


@router.action("draw.ask_person")
async def ask_person(msg: Incoming, ctx: Context) -> Reply:
    """Ask what the person who reviews it is to know."""
    carried = {name: values.text(msg.values, name) for name in ("id", "interest")}
    return Reply(draw_form.person(ctx, carried))


@router.action("draw.asked")
async def asked(msg: Incoming, ctx: Context) -> Reply:
    """Someone concerned asks for a review: who confirmed the outcome is told what they say."""
    carried = {name: values.text(msg.values, name) for name in ("id", "interest")}
    why = msg.values.get("why", "").strip()
    if not why or len(why) > LONGEST_TEXT:
        return Reply(draw_form.person(ctx, carried, why, ctx.t("interest.why.reason")))
    id, interest = values.whole(carried, "id"), values.whole(carried, "interest")

    def work(tx: Tx) -> None:
        interests.own(tx, interest, ctx.person)
        draw = records.get(tx, DRAW, id)
        of = {"draw": str(id), "interest": str(interest), "why": why}
        once = f"{ASKED}/{id}/{interest}/{ctx.key}"
        to = people.joined(tx).get(draw.says.confirmed, draw.says.confirmed)
        deliveries.put(tx, Post(once, ASKED, of, to), ctx.at)

    def reply(done: None) -> Reply:
        text = Text(ctx.t("draw.asked"))
        return Reply(Card(ctx.t("draw.ask_person"), (text,), tone=Tone.GOOD), replace=True)

    return await ctx.change(work, reply)


@router.post(ASKED)
def review_asked(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """That somebody asks for a review, and what they say, for who confirmed the outcome."""
    t, draw = telling.t, records.get(tx, DRAW, int(of["draw"]))
    interest = records.get(tx, INTEREST, int(of["interest"]))
    name = communities.get(tx, draw.says.community).says.name(t.language)
    blocks = (Text(t("draw.review_asked", name=interest.says.institution)), Said(of["why"]))
    open_ = Action(t("community.open"), "draw.open", {"community": str(draw.says.community)})
    return Card(t("draw.title.one", name=name), blocks, (open_,), Tone.WARN)
