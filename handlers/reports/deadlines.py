"""Managers are reminded of the plan's reports ahead of their day, with what is still open."""

from collections.abc import Mapping

from handlers import still_open
from handlers.chat.cards import Action, Block, Card, Item, Text, Tone
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from handlers.reports import due, view
from handlers.reports.due import Due
from storage.engine import Tx

router = Router()

SAYS = "report.deadline"  # what the post says


def values_of(one: Due) -> dict[str, str]:
    """What the post carries of a document."""
    return {"plan": one.plan.id, "target": one.of, "number": str(one.number)}


@router.post(SAYS)
def remind(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """The document with its day and what /check counts; nothing once it is sent."""
    t, today = telling.t, telling.now.date()
    plan = next((one for one in telling.plans.all if one.id == of["plan"]), None)
    there = due.of_plan(tx, plan) if plan else []
    one = next((one for one in there if values_of(one).items() <= of.items()), None)
    if one is None or one.milestone is None or one.says.sent is not None:
        return None
    last = one.milestone.due
    if telling.person is None or not telling.person.role.manages or last < today:
        return None
    days, day = (last - today).days, t.full_date(last)
    when = t("report.remind.when", count=days, day=day) if days else t("report.remind.today")
    blocks: list[Block] = [Text(when), Item(one.plan.title[t.language], view.dates(t, one, today))]
    open_ = sum(still_open.counts(tx, telling.plans, today, None).values())
    if open_:
        see = Action(t("check.see"), "check.open")
        blocks.append(Item(t("check.home", count=open_), actions=(see,)))
    tone = Tone.WARN if days <= 1 else Tone.NEUTRAL
    return Card(view.name_of(t, one), tuple(blocks), view.steps(t, one), tone)
