"""The receipt of those who handed a survey in: who, when, how many have by now, and a way back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handlers.chat.cards import Action, Card, Facts, Item, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.surveys import standing, view, words
from handlers.surveys.standing import Standing
from storage import rosters
from storage.engine import Tx
from storage.records import Record
from storage.surveys import Completion, Source

MOST_NAMED = 12
MOST_EDITED = 80  # a platform cuts what a long text holds, and who is cut off would be lost


@dataclass(frozen=True, slots=True)
class Receipt:
    """A completion as it now stands, with the names in it; None where there was nothing new."""

    standing: Standing
    record: Record[Completion] | None
    names: tuple[str, ...]


def read(tx: Tx, ctx: Context, record: Record[Completion]) -> Receipt:
    """Read what is told of a completion beside the completion itself."""
    names = sorted(rosters.get(tx, member).says.name for member, _ in record.says.members)
    return Receipt(standing.get(tx, ctx, record.says.survey), record, tuple(names))


def nothing(tx: Tx, ctx: Context, survey: int) -> Receipt:
    """What is told where everyone had handed it in before."""
    return Receipt(standing.get(tx, ctx, survey), None, ())


def reply(ctx: Context, receipt: Receipt, key: str = "survey.title.handed_in") -> Reply:
    """The card that fits, in the place of the one that was pressed."""
    t, one, record = ctx.t, receipt.standing, receipt.record
    title = words.title(ctx, one.survey.says)
    see = Action(t("survey.see"), "survey.open", {"id": str(one.survey.id)}, hint=title)
    so_far = view.so_far(ctx, one)
    if record is None:
        blocks = (Text(title), Text(t("survey.nothing_new")), Facts((so_far,)))
        return Reply(Card(t("survey.title.nothing"), blocks, (see,)), replace=True)
    of = view.values_of(record)
    if record.voided is not None:
        restore = Action(t("survey.restore"), "survey.undo_act", of, Style.PRIMARY)
        struck = Item(_names(ctx, receipt), title, struck=True)
        return Reply(Card(t("survey.title.act_voided"), (struck,), (restore,)), replace=True)
    rows = (
        (t("survey.field.who"), _names(ctx, receipt)),
        (t("survey.field.day"), days(ctx, record)),
    )
    undo = Action(t("survey.undo"), "survey.undo_act", of, hint=title)
    edit = edits(ctx, record, of, title)
    own = record.says.source is Source.SELF and record.person == ctx.person.id
    thanks = own and key == "survey.title.handed_in"
    heading = t("survey.title.thanks") if thanks else t(key)
    blocks = (Text(title), Facts((*rows, so_far)))
    return Reply(Card(heading, blocks, (undo, *edit, see), Tone.GOOD), replace=True)


def edits(
    ctx: Context, record: Record[Completion], of: Mapping[str, str], hint: str
) -> tuple[Action, ...]:
    """The button to the form with everyone's name, where a form has room for so many."""
    if len(record.says.members) > MOST_EDITED:
        return ()
    return (Action(ctx.t("survey.edit"), "survey.edit_act", of, hint=hint),)


def days(ctx: Context, record: Record[Completion]) -> str:
    """The day of a completion, or the first and the last of its days."""
    t, each = ctx.t, sorted({day for _, day in record.says.members})
    if len(each) == 1:
        return t.full_date(each[0])
    return t("survey.days", first=t.day(each[0]), last=t.day(each[-1]))


def one_day(record: Record[Completion]) -> date | None:
    """The day, where it is the same for all."""
    each = {day for _, day in record.says.members}
    return each.pop() if len(each) == 1 else None


def _names(ctx: Context, receipt: Receipt) -> str:
    """The names, the first of many."""
    return some(ctx, list(receipt.names))


def some(ctx: Context, names: list[str]) -> str:
    """The names in words; where there are many, the first, and how many more."""
    if len(names) <= MOST_NAMED:
        return ctx.t.all_of(names)
    more = len(names) - MOST_NAMED
    return ctx.t("survey.and_more", names=", ".join(names[:MOST_NAMED]), count=more)
