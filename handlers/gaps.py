"""A gap in the figures as a line: who is missing from what is counted in numbers, opened to who."""

from handlers.chat.cards import Action, Item
from handlers.chat.texts import Texts
from storage.missing import Gap
from storage.plan import Plan


def title(t: Texts, gap: Gap) -> str:
    """What they are missing from: the survey; else the target."""
    name = gap.target.name[t.language]
    if gap.survey is None or gap.survey.says.title in (gap.target.name.en, gap.target.name.fr):
        return name
    return gap.survey.says.title


def item(t: Texts, plan: Plan, gap: Gap) -> Item:
    """How many are missing of how many, and for a manager the way to who they are."""
    name = title(t, gap)
    detail = t("missing.of", number=t.number(len(gap.there)), count=gap.asked)
    if not gap.there:
        return Item(name, detail)
    of = values_of(plan, gap) | {"offset": "0"}
    return Item(name, detail, actions=(Action(t("missing.see"), "missing.page", of, hint=name),))


def values_of(plan: Plan, gap: Gap) -> dict[str, str]:
    """What a button on a gap carries."""
    of = {"plan": plan.id, "target": gap.target.id}
    return of if gap.survey is None else of | {"survey": str(gap.survey.id)}
