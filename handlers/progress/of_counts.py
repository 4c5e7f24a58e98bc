"""A counted target opened: the agreements, the documents or the practices it counts."""

from typing import assert_never

from handlers.chat.cards import Action, Block, Item
from handlers.chat.context import Context
from handlers.progress.opened import Opened
from storage import documents, partnerships, practice_marks
from storage.documents import Document
from storage.engine import Tx
from storage.figures import Figure
from storage.partnerships import Agreement
from storage.plan import CountOf, Plan
from storage.practice_marks import Chosen
from storage.records import Record


def opened(tx: Tx, ctx: Context, plan: Plan, figure: Figure) -> Opened:
    """What counts, each on a line for the team."""
    t, target, last = ctx.t, figure.target, min(ctx.today, plan.ends)
    count = int(figure.actual or 0)
    blocks: tuple[Block, ...]
    match target.counts:
        case CountOf.AGREEMENTS:
            how = t(
                "progress.how_agreements", count=count, first=t.day(plan.starts), last=t.day(last)
            )
            signed = partnerships.signed(tx, plan.starts, last)
            blocks = tuple(_agreement(ctx, one) for one in signed)
        case CountOf.DOCUMENTS:
            how = t("progress.how_documents", count=count, day=t.day(ctx.today))
            kept = documents.of_target(tx, plan.id, target.id)
            blocks = tuple(_document(ctx, plan, one) for one in kept)
        case CountOf.PRACTICES:
            how = t(
                "progress.how_practices", count=count, first=t.day(plan.starts), last=t.day(last)
            )
            out = practice_marks.published(tx, plan.starts, last)
            blocks = tuple(_practice(ctx, one) for one in out)
        case None:
            raise AssertionError("the plan's own check")
        case _:
            assert_never(target.counts)
    seen = ctx.person.role.logs or target.counts is CountOf.PRACTICES  # published: for everyone
    return Opened(how, blocks=blocks if seen else ())


def _agreement(ctx: Context, record: Record[Agreement]) -> Item:
    t, says = ctx.t, record.says
    assert says.signed is not None  # as it is asked for
    details = (t("progress.signed", day=t.day(says.signed)), says.title, says.url)
    return Item(says.partner, " · ".join(one for one in details if one))


def _document(ctx: Context, plan: Plan, record: Record[Document]) -> Item:
    t, says = ctx.t, record.says
    names = [one.name[t.language] for one in plan.milestone if one.target == says.target]
    name = names[says.number - 1] if says.number <= len(names) else f"{says.target} {says.number}"
    done = {"prepared": says.prepared, "sent": says.sent, "posted": says.posted}
    detail = " · ".join(t(f"progress.{what}", day=t.day(day)) for what, day in done.items() if day)
    values = {"id": str(record.id)}
    return Item(
        name, detail, actions=(Action(t("progress.open"), "report.open", values, hint=name),)
    )


def _practice(ctx: Context, one: Chosen) -> Item:
    t, says = ctx.t, one.record.says
    details = (t("progress.disseminated", day=t.day(one.day)), says.author, says.institution)
    opens = Action(t("progress.open"), "practice.open", {"id": str(one.record.id)}, hint=says.title)
    return Item(says.title, " · ".join(one for one in details if one), actions=(opens,))
