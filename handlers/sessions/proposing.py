"""Which target a session counts for: named plainly, or proposed from what it is; never assumed."""

import re
from collections.abc import Sequence

from handlers.sessions.line import Said
from storage.plan import Language, Measure, Plan, Target
from storage.words import fold

OTHER = "other"  # a session that counts for no target, and is kept all the same

# What names a target plainly, as folded words of a line or a title, by what the plan calls it.
NAMED = {
    "plc-meetings": r"\bplc\b|peer learning|communaute d.apprentissage|\bcap\b",
    "board-rep-meetings": r"(?:board|sb) reps?\b.*\b(?:meeting|plenary)|(?:meeting|plenary).*\b"
    r"(?:board|sb) reps?\b|rencontre.*representant|representants?.*(?:commissions?|rencontre)",
    "cegep-workshop": r"\bcegep\b",
    "onboarding-sessions": r"\b(?:orientation|onboarding)\b.*\b(?:cdas?|adc|network|reseau)\b|"
    r"\b(?:accueil|orientation)\b.*\b(?:nouveaux|nouvelles)\b",
}
# What speaks for a target, each with how much: words, and who it is for.
HINTS = {
    "family-workshops": (r"\b(?:parents?|famil\w+|caregivers?)\b", {"parent"}),
    "transition-workshops": (r"\b(?:early transitions?|transitions? (?:agents?|precoce))\b",
                             {"transition_agent"}),
    "cegep-workshop": (r"\bcegep\b|secondary [45]|secondaire [45]", {"student"}),
    "principal-webinars": (r"\b(?:principals?|directions?)\b", {"principal"}),
    "plc-meetings": (r"\bplc\b|\bcop\b|peer learning|communaute", set[str]()),
    "board-rep-meetings": (r"\b(?:board reps?|representants?|plenary|pleniere)\b", {"board_rep"}),
    "onboarding-sessions": (r"\b(?:orientation|onboarding|new cdas?|nouveaux adc|accueil)\b",
                            set[str]()),
    "pd-workshops": (r"\b(?:workshop|atelier|training|formation|pd)\b", {"cda", "teacher"}),
}  # fmt: skip


def named(plan: Plan, said: Said, whole: str) -> str:
    """The id of the target that the words name and nothing else speaks against, or ""."""
    plain = fold(whole)
    for target in of_sessions(plan):
        for language in Language:
            if fold(target.name[language]) in plain:
                return target.id
    found = [
        target.id
        for target in of_sessions(plan)
        if (pattern := NAMED.get(target.id)) and re.search(pattern, plain)
    ]
    audiences = HINTS[found[0]][1] if len(found) == 1 else set[str]()
    fits = not (audiences and said.audience) or bool(audiences & set(said.audience))
    return found[0] if len(found) == 1 and fits else ""


def proposed(plan: Plan, said: Said) -> list[Target]:
    """The plan's targets of sessions, the one that fits best first."""
    targets = of_sessions(plan)
    return sorted(targets, key=lambda one: -_fit(one, said))


def of_sessions(plan: Plan) -> Sequence[Target]:
    """The plan's targets that count sessions, in its order."""
    return [one for one in plan.target if one.measure is Measure.SESSIONS]


def _fit(target: Target, said: Said) -> int:
    """How much speaks for a target: words, audience, length, days, a part that is named."""
    pattern, audience = HINTS.get(target.id, ("(?!)", set[str]()))
    fit = 3 * bool(re.search(pattern, fold(f"{said.title} {said.theme}")))
    fit += 2 * bool(audience & set(said.audience))
    fit -= 2 * bool(audience and said.audience and not audience & set(said.audience))
    if said.part:
        fit += 4 if any(part.id == said.part for part in target.part) else -1
    if target.days > 1 or len(said.days) > 1:
        fit += 3 if target.days == len(said.days) else -3
    if said.minutes is not None:
        least = target.minimum_minutes
        fit += 3 if least and said.minutes * len(said.days) >= least else -1 if least else 0
    return fit
