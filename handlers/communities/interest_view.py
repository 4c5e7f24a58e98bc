"""An interest as a card: what was sent, where it stands, and what may be done about it."""

from dataclasses import dataclass
from datetime import date

from handlers.chat.cards import Action, Block, Card, Facts, Item, Reply, Said, Style, Text, Tone
from handlers.chat.context import Context
from handlers.communities import interest_form, words
from storage import communities, draws, interests, records, seats
from storage.engine import Tx
from storage.interests import CALL, Interest, Relevance, Verdict
from storage.records import Record
from storage.seats import Answer


@dataclass(frozen=True, slots=True)
class Seen:
    """An interest, with what is known of it; ``open``: it can still be changed, until ``closes``.

    ``wanted`` are the names of its communities, ``stands`` the key of where it stands and the name
    of the community that this is about.
    """

    record: Record[Interest]
    open: bool
    closes: date
    verdict: Record[Relevance] | None
    wanted: tuple[str, ...]
    stands: tuple[str, str]


def see(tx: Tx, ctx: Context, record: Record[Interest]) -> Seen:
    """Read what is told of an interest beside itself."""
    call = records.get(tx, CALL, record.says.call).says
    there = interests.open_call(tx, ctx.today)
    open_ = there is not None and there.id == record.says.call
    names = (words.title(ctx, communities.get(tx, id).says) for id in record.says.communities)
    return Seen(
        record,
        open_ and not interests.drawn(tx, record.says.call),
        call.closes,
        interests.verdict_on(tx, record.id),
        tuple(names),
        _stands(tx, ctx, record),
    )


def show(ctx: Context, seen: Seen, key: str = "") -> Reply:
    """The card; ``key`` is what was done, and then it takes the place of the one pressed."""
    t, record, says = ctx.t, seen.record, seen.record.says
    of = values_of(record)
    if record.voided is not None:
        item = Item(says.institution, t("interest.seats", count=says.seats), struck=True)
        restore = (Action(t("interest.restore"), "interest.undo", of, Style.PRIMARY),)
        blocks = (item, Text(t("interest.withdrawn"), muted=True))
        title = t("interest.title.withdrawn")
        return Reply(Card(title, blocks, restore if seen.open else ()), replace=True)
    facts = [
        (t("interest.field.institution"), says.institution),
        (t("interest.field.sector"), t(f"community.pays.{says.sector}")),
        (t("interest.field.level"), says.level),
        (
            t("interest.field.language"),
            t(f"community.speaks.{says.language}") if says.language else "",
        ),
        (t("interest.field.wanted"), " → ".join(seen.wanted)),
        (t("interest.field.stands"), stands(ctx, seen)),
    ]
    people = "\n".join(interest_form.line(one) for one in says.people)
    body: list[Block] = [
        Facts(tuple((label, value) for label, value in facts if value)),
        Text(t("interest.seats", count=says.seats), muted=True),
        Said(people),
        Text(t("interest.field.project"), muted=True),
        Said(says.project),
    ]
    if seen.open:
        body.append(Text(t("interest.until", day=t.full_date(seen.closes)), muted=True))
    title = t(key) if key else t("interest.title.one", number=t.number(record.id))
    tone = Tone.GOOD if key else Tone.NEUTRAL
    actions = tuple(_actions(ctx, seen, just=bool(key)))
    return Reply(Card(title, tuple(body), actions, tone), replace=bool(key))


def stands(ctx: Context, seen: Seen) -> str:
    """Where an interest stands, as its sender may know it; a manager sees the verdict."""
    t, verdict = ctx.t, seen.verdict
    key, name = seen.stands
    if key:
        return t(f"interest.stands.{key}", name=name)
    if verdict is None or not (verdict.says.told or ctx.person.role.manages):
        return t("interest.stands.sent")
    said = t(f"interest.verdict.{verdict.says.verdict}")
    parts = [said, verdict.says.reason]
    if ctx.person.role.manages and verdict.says.version != seen.record.version:
        parts.append(t("interest.changed_since"))
    if ctx.person.role.manages and not verdict.says.told:
        parts.append(t("interest.not_told"))
    return " · ".join(filter(None, parts))


def values_of(record: Record[Interest]) -> dict[str, str]:
    """What a button says of the interest that it is about."""
    return {"id": str(record.id), "version": str(record.version)}


def _stands(tx: Tx, ctx: Context, record: Record[Interest]) -> tuple[str, str]:
    """What was said of seats: the newest that its sender was told, or ("", "")."""
    if record.voided is not None:
        return "", ""
    for wanted in reversed(record.says.communities):
        draw = draws.of_community(tx, record.says.call, wanted)
        if draw is None or not draw.says.told or record.id not in dict(draw.says.pool):
            continue
        name = words.title(ctx, communities.get(tx, wanted).says)
        for offer in seats.offers(tx, draw.id):
            if offer.says.interest == record.id and offer.says.answer is not Answer.ACCEPTED:
                return f"offer_{offer.says.answer}", name
        if record.id in seats.holds(tx, draw):
            return "seat", name
        place = seats.queue(tx, draw).index(record.id) + 1
        return "waits", f"{name} ({ctx.t.number(place)})"
    return "", ""


def _actions(ctx: Context, seen: Seen, *, just: bool) -> list[Action]:
    t, of, hint = ctx.t, values_of(seen.record), seen.record.says.institution
    mine = seen.record.person == ctx.person.id
    actions: list[Action] = []
    if (mine or ctx.person.role.manages) and seen.open:
        if just:
            actions.append(Action(t("interest.undo"), "interest.undo", of, hint=hint))
        actions.append(Action(t("interest.change"), "interest.change", of, hint=hint))
    if mine or ctx.person.role.manages:
        withdraw = Action(t("interest.withdraw"), "interest.withdraw", of, Style.DANGER, hint)
        actions.append(withdraw)
    if mine and seen.open:
        actions.append(Action(t("interest.another"), "interest.new"))
    if ctx.person.role.manages:
        for verdict in Verdict:
            label = t(f"interest.verdict.{verdict}")
            actions.append(Action(label, "interest.judge", {**of, "verdict": verdict}, hint=hint))
        actions.append(Action(t("interest.all"), "interest.all"))
    return actions
