"""How the seats of a community stand: the pool, what was frozen, the ranking, and who waits."""

from dataclasses import dataclass

from handlers.chat.cards import Action, Block, Card, Facts, Reply, Style, Table, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.communities import drawing, interest_form, words
from storage import communities, draws, interests, people, records, seats
from storage.communities import Community
from storage.draws import Draw
from storage.engine import Tx
from storage.errors import NotFound
from storage.interests import INTEREST, Interest
from storage.records import Record
from storage.seats import Answer


@dataclass(frozen=True, slots=True)
class Seen:
    """A community of a call. ``capacity``: the seats there are, or as many as are wanted.

    ``pool`` is who is in it now, and of a draw who was; ``stands`` says of each how they stand.
    ``free`` are the seats that nobody has; ``confirmed`` is a name, or "".
    """

    community: Record[Community]
    call: int
    open: bool
    capacity: int
    pool: list[Record[Interest]]
    draw: Record[Draw] | None
    stands: dict[int, str]
    free: int
    confirmed: str

    @property
    def projects(self) -> tuple[tuple[int, int], ...]:
        """Each of the pool by its number, with its participants."""
        return tuple((one.id, one.says.seats) for one in self.pool)

    @property
    def seats(self) -> int:
        """How many participants the pool has."""
        return sum(one.says.seats for one in self.pool)


def overview(tx: Tx, ctx: Context) -> list[Seen]:
    """Every community one can be interested in."""
    return [see(tx, ctx, one.id) for one in interest_form.among(tx, ctx)]


def see(tx: Tx, ctx: Context, community: int) -> Seen:
    """How one stands for the newest call. Raises NotFound, and UserError where no call was."""
    record, call = communities.get(tx, community), interests.last_call(tx)
    if call is None:
        raise UserError("interest.call.none", example=ctx.t("interest.example.call"))
    draw = draws.of_community(tx, call.id, community)
    if draw is None:
        pool = draws.pool(tx, call.id, community)
        wanted = sum(one.says.seats for one in pool)
        places = record.says.places(communities.size(tx, community, ctx.today))
        capacity = wanted if places is None else places
        open_ = call.says.is_open(ctx.today)
        return Seen(record, call.id, open_, capacity, pool, None, {}, capacity, "")
    pool = [records.get(tx, INTEREST, id) for id, _ in draw.says.pool]
    confirmed = _name(tx, draw.says.confirmed)
    left, stands = seats.free(tx, draw), _stands(tx, draw)
    return Seen(record, call.id, False, draw.says.capacity, pool, draw, stands, left, confirmed)


def line(ctx: Context, seen: Seen) -> str:
    """ "20 participants of 8 projects for 15 seats · Frozen"."""
    t = ctx.t
    said = t(
        "draw.pool",
        projects=t("draw.projects", count=len(seen.pool)),
        seats=t("draw.seats", count=seen.capacity),
        people=t("interest.seats", count=seen.seats),
    )
    return f"{said} · {t(f'draw.state.{state(seen)}')}"


def state(seen: Seen) -> str:
    """What has been done: a key."""
    if seen.draw is None:
        if not seen.pool:
            return "nobody"
        return "draw" if seen.seats > seen.capacity else "fit"
    says = seen.draw.says
    if says.review:
        return "review"
    if says.told or says.confirmed:
        return "told" if says.told else "confirmed"
    return "proposed" if says.proposed else "frozen"


def show(ctx: Context, seen: Seen, what: str = "") -> Reply:
    """The card; ``what`` was done, and then it takes the place of the one that was pressed."""
    t, draw = ctx.t, seen.draw
    name = words.title(ctx, seen.community.says)
    blocks: list[Block] = [Text(line(ctx, seen))]
    if draw and draw.says.needed:
        blocks.append(_published(ctx, draw.says))
    if draw and draw.says.review:
        blocks.append(Text(t("draw.under_review", why=draw.says.review)))
    blocks += _rows(ctx, seen)
    if draw and draw.says.confirmed:
        blocks.append(Text(t("draw.confirmed_by", name=seen.confirmed), muted=True))
    if draw and draw.says.told:
        blocks.append(Text(t("draw.free", seats=t("draw.seats", count=seen.free)), muted=True))
    blocks.append(Text(t(f"draw.next.{state(seen)}")))
    tone = Tone.GOOD if what else Tone.NEUTRAL
    title = t("draw.title.one", name=name)
    return Reply(Card(title, tuple(blocks), tuple(_actions(ctx, seen)), tone), replace=bool(what))


def _published(ctx: Context, says: Draw) -> Facts:
    """What is published of a draw, so that anybody can repeat it."""
    t, frozen = ctx.t, drawing.read_frozen(says.frozen)
    rows = [
        (t("draw.field.hash"), drawing.frozen_hash(frozen)),
        (t("draw.field.algorithm"), f"{frozen.algorithm.name} {frozen.algorithm.version}"),
        (t("draw.field.frozen_at"), t.moment(frozen.frozen_at.astimezone(ctx.now.tzinfo))),
        (t("draw.field.source"), frozen.source),
        (t("draw.field.known_at"), t.moment(frozen.known_at.astimezone(ctx.now.tzinfo))),
    ]
    if says.drawn:
        drawn = drawing.read_record(says.drawn)
        rows += [(t("draw.field.typed"), drawn.typed), (t("draw.field.seed"), drawn.seed)]
    return Facts(tuple(rows))


def _rows(ctx: Context, seen: Seen) -> list[Block]:
    """The pool; once it is known, in the order of the ranking with how each stands."""
    t = ctx.t
    if not seen.pool:
        return []
    known = {one.id: one for one in seen.pool}
    placed = [*seen.draw.says.taken, *seen.draw.says.waiting] if seen.draw else []
    columns, rows = ["number", "who", "seats"], list[tuple[str, ...]]()
    for place, id in enumerate(placed or known, 1):
        number = known[id].says.seats if seen.draw is None else seen.draw.says.seats(id)
        row = (t.number(id), known[id].says.institution, t.number(number))
        if placed:
            row = (t.number(place), *row, t(f"draw.stands.{seen.stands[id]}"))
        rows.append(row)
    if placed:
        columns = ["place", *columns, "stands"]
    header = tuple(t(f"draw.column.{one}") for one in columns)
    numeric = tuple(at for at, one in enumerate(columns) if one in ("place", "number", "seats"))
    return [Table(t("draw.caption"), header, tuple(rows), numeric)]


def _actions(ctx: Context, seen: Seen) -> list[Action]:
    t, draw = ctx.t, seen.draw
    hint = words.title(ctx, seen.community.says)

    def button(name: str, style: Style = Style.PLAIN) -> Action:
        of = {"community": str(seen.community.id)}
        if draw is not None:
            of = {"id": str(draw.id), "version": str(draw.version)}
        return Action(t(f"draw.{name.removeprefix('ask_')}"), f"draw.{name}", of, style, hint)

    actions: list[Action] = []
    if draw is None:
        if seen.pool and not seen.open:
            fits = seen.seats <= seen.capacity
            actions.append(button("propose" if fits else "ask_freeze", Style.PRIMARY))
    else:
        says = draw.says
        if not says.proposed:
            actions.append(button("ask_mix", Style.PRIMARY))
        elif not says.confirmed:
            actions.append(button("confirm", Style.PRIMARY))
        elif not says.told:
            actions.append(button("tell", Style.PRIMARY))
        if says.proposed:
            actions.append(button("ask_review"))
        if says.needed:
            actions.append(button("record"))
        if not says.told:
            actions.append(button("undo"))
    actions.append(Action(t("draw.all"), "draw.all"))
    return actions


def _stands(tx: Tx, draw: Record[Draw]) -> dict[int, str]:
    """How each of the ranking stands: a key of the texts."""
    holds, queue = set(seats.holds(tx, draw)), set(seats.queue(tx, draw))
    offered = {one.says.interest: one.says.answer for one in seats.offers(tx, draw.id)}
    found: dict[int, str] = {}
    for id, _ in draw.says.pool:
        if id in holds:
            found[id] = "seat"
        elif records.get(tx, INTEREST, id).voided is not None:
            found[id] = "withdrawn"
        elif id in queue:
            found[id] = "waits"
        else:
            found[id] = offered.get(id, Answer.WAITING).value
    return {id: "offered" if stand == "waiting" else stand for id, stand in found.items()}


def _name(tx: Tx, person: int) -> str:
    try:
        return people.get(tx, people.joined(tx).get(person, person)).name
    except NotFound:
        return ""
