"""What an output is called: the targets there are, and an output on one line."""

import re

from handlers.chat.context import Context
from storage.outputs import SITE, Output
from storage.plan import Language
from storage.target import Measure
from storage.words import fold

# What people say beside a target's own names; of each word its first form, without what joins them.
SAID = {
    "cda-tools": ("cda tool", "outil adc"),
    "team-tools": ("team tool", "outil equipe"),
    "capsules": ("capsule", "vignette", "video"),
    SITE: ("site", "website", "site update", "website update", "site mise jour", "mise jour"),
}
JOINING = re.compile("an?|the|for|of|on|our|clc|csc|web|pour|l[ae]?s?|une?|d[eu]?s?|au")


def names(ctx: Context) -> dict[str, str]:
    """The name of everything that an output can be, by id, as the plan in force has it."""
    current = ctx.plans.current(ctx.today)
    others = [plan for plan in reversed(ctx.plans.all) if plan is not current]
    named: dict[str, str] = {}
    for plan in (current, *others):
        for target in plan.target:
            if target.measure is Measure.OUTPUTS:
                named.setdefault(target.id, target.name[ctx.t.language])
    return named | {SITE: ctx.t("output.site")}


def target_of(ctx: Context, words: str) -> str:
    """The id of what these words call an output, or ""."""
    said, known = _words(words), names(ctx)
    for plan in reversed(ctx.plans.all):
        for target in plan.target:
            called = (target.id, *(target.name[language] for language in Language))
            if target.id in known and said in [_words(one) for one in called]:
                return target.id
    for id, called in SAID.items():
        if id in known and said in [_words(one) for one in called]:
            return id
    return ""


def title(ctx: Context, says: Output) -> str:
    """An output on one line: what it is, its title, and when it came out."""
    out = ctx.t.day(says.published) if says.published else ""
    parts = (names(ctx).get(says.target, says.target), says.title, out)
    return " · ".join(part for part in parts if part)


def _words(text: str) -> frozenset[str]:
    """The words that matter, in any order, each as if it were one thing."""
    words = re.findall(r"\w+", fold(text))
    return frozenset(word.removesuffix("s") for word in words if not JOINING.fullmatch(word))
