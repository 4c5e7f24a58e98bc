"""The receipt: what was logged, in full, with a way back and one press for what is missing."""

from dataclasses import dataclass
from datetime import date

from handlers import describe
from handlers.chat.cards import Action, Block, Card, Facts, Item, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.chat.texts import Texts, capital
from storage import people, sent_reports, totals
from storage.engine import Tx
from storage.entries import Accompanied, Draft, Entry, week_of
from storage.people import Person
from storage.plan import EntryKind
from storage.sent_reports import SentReport

ROLES_TO_OFFER = ("cda", "principal", "board_rep", "transition_agent", "teacher", "partner")


@dataclass(frozen=True, slots=True)
class Receipt:
    """An entry as it now stands, and what its owner logged in its week, in minutes.

    ``sent`` is the report that speaks of its day and was sent already.
    """

    entry: Entry
    week: int
    owner: Person
    sent: SentReport | None = None


def receipt_of(tx: Tx, entry: Entry, person: Person) -> Receipt:
    """Read what ``person`` is told of an entry beside the entry itself."""
    first, last = week_of(entry.says.day)
    week = totals.logged(tx, entry.person, first, last).minutes
    owner = person if entry.person == person.id else people.get(tx, entry.person)
    return Receipt(entry, week, owner, sent_reports.speaking_of(tx, entry.says.day))


def show(
    ctx: Context, receipt: Receipt, title: str, *, kind_given: bool = True, shared: bool = False
) -> Card:
    """The receipt of an entry that counts; ``shared``: all have been told of it as it stands."""
    entry, t = receipt.entry, ctx.t
    network, says = ctx.plans.network, entry.says
    facts = [
        (t("log.field.duration"), _duration(t, says.minutes)),
        (t("log.field.day"), t.full_date(says.day)),
        (t("log.field.kind"), describe.kind(t, says.kind)),
        (t("log.field.partner"), says.partner),
        (t("log.field.people"), describe.people(t, network, says)),
        (t("log.field.boards"), describe.boards(t, network, says)),
        (t(f"log.field.objective_{says.kind}"), says.objective),
        (t("log.field.requested"), t("log.yes") if says.requested else ""),
    ]
    if receipt.owner.id != ctx.person.id:
        facts.append((t("log.field.owner"), receipt.owner.name))
    blocks: list[Block] = [
        Facts(tuple((label, value) for label, value in facts if value)),
        Text(_week(ctx, receipt)),
    ]
    if not ctx.plans.in_force(says.day):
        blocks.append(Text(t("log.no_plan"), muted=True))
    if sent := receipt.sent:
        report = describe.report(t, sent.target, sent.number)
        told = t("log.sent_already", report=report, day=t.day(sent.last))
        blocks.append(Text(told, muted=True))
    blocks += _missing(ctx, entry, kind_given)
    values = {"id": str(entry.id), "version": str(entry.version)}
    hint = describe.title(t, network, says)
    actions = [
        Action(t("log.undo"), "entry.undo", values, hint=hint),
        Action(t("log.edit"), "entry.edit", values, hint=hint),
        Action(t("log.again"), "entry.again", values, hint=hint),
    ]
    if receipt.owner.id == ctx.person.id and not ctx.place.direct and not shared:
        actions.append(Action(t("log.share"), "entry.share", values, hint=hint))
    return Card(title, tuple(blocks), tuple(actions), Tone.GOOD)


def for_all(ctx: Context, entry: Entry, owner: Person) -> Card:
    """What a channel is told of one's own entry: nobody accompanied by name, nothing as typed.

    Looked at again, it is the receipt for those who may see that; and once the entry is taken back,
    its hours are no longer told.
    """
    t, says = ctx.t, entry.says
    values = {"id": str(entry.id), "version": str(entry.version)}
    refresh, title = Action("", "entry.shared", values), t("log.shared", name=owner.name)
    if entry.voided is not None:
        return Card(title, (Text(t("log.title.voided")),), refresh=refresh)
    numbers: dict[str, int] = {}
    for one in says.people:
        numbers[one.role] = numbers.get(one.role, 0) + one.number
    people = tuple(Accompanied(role, number=number) for role, number in numbers.items())
    told = Draft(says.kind, says.day, says.minutes, people, says.boards)
    text = describe.title(t, ctx.plans.network, told)
    return Card(title, (Text(text),), refresh=refresh)


def taken_back(ctx: Context, receipt: Receipt, title: str) -> Card:
    """What is shown in the receipt's place once the entry no longer counts."""
    entry, t = receipt.entry, ctx.t
    values = {"id": str(entry.id), "version": str(entry.version)}
    restore = Action(t("log.restore"), "entry.undo", values, Style.PRIMARY)
    text = describe.title(t, ctx.plans.network, entry.says)
    blocks = (Item(text, entry.says.objective, struck=True), Text(_week(ctx, receipt)))
    return Card(title, blocks, (restore,))


def reply(
    ctx: Context, receipt: Receipt, key: str, *, kind_given: bool = True, shared: bool = False
) -> Reply:
    """The card that fits how the entry now stands, in the place of the one that was pressed."""
    if receipt.entry.voided is not None:
        return Reply(taken_back(ctx, receipt, ctx.t("log.title.voided")), replace=True)
    card = show(ctx, receipt, ctx.t(key), kind_given=kind_given, shared=shared)
    return Reply(card, replace=True)


def _duration(t: Texts, minutes: int) -> str:
    """As people say it, and as it will be summed: "2 h 15 min (2.25 h)"."""
    said, summed = t.duration(minutes), t.hours(minutes)
    return said if said == summed else f"{said} ({summed})"


def _week(ctx: Context, receipt: Receipt) -> str:
    first, _ = week_of(receipt.entry.says.day)
    whose = "mine" if receipt.owner.id == ctx.person.id else "theirs"
    when = "this" if first == _monday(ctx.today) else "other"
    return ctx.t(
        f"log.week.{whose}.{when}", hours=ctx.t.hours(receipt.week), monday=ctx.t.day(first)
    )


def _monday(day: date) -> date:
    return week_of(day)[0]


def _missing(ctx: Context, entry: Entry, kind_given: bool) -> list[Block]:
    """What a report will need and the entry doesn't say, each a press away."""
    t, says = ctx.t, entry.says

    def choices(field: str, options: list[tuple[str, str]]) -> tuple[Action, ...]:
        values = {"id": str(entry.id), "version": str(entry.version), "field": field}
        return tuple(
            Action(capital(label), "entry.fill", values | {"choice": choice})
            for choice, label in options
        )

    blocks: list[Block] = []
    if not kind_given:
        other = EntryKind.PARTNER
        blocks.append(
            Item(
                t("log.missing.kind"),
                actions=choices("kind", [(other.value, t("log.missing.to_partner"))]),
            )
        )
    if says.kind is EntryKind.ACCOMPANIMENT:
        if not any(one.role for one in says.people):
            roles = [(id, describe.role(t, ctx.plans.network, id)) for id in ROLES_TO_OFFER]
            blocks.append(Item(t("log.missing.role"), actions=choices("role", roles)))
        if not says.boards:
            boards = [(one.id, one.short[t.language]) for one in ctx.plans.network.body]
            blocks.append(Item(t("log.missing.board"), actions=choices("board", boards)))
    elif not says.partner:
        blocks.append(Text(t("log.missing.partner")))
    return blocks
