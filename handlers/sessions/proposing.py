"""Which target a session counts for: named plainly, or proposed from what it is; never assumed.

Pure functions of the targets that a plan has and of what a line says. A plan may have targets that
nothing here knows: these are proposed by the words of their names.
"""

import re
from collections.abc import Iterable, Sequence

from handlers.sessions.line import Said
from storage.plan import Language, Measure, Plan, Target
from storage.words import fold

# What names a target plainly, as folded words of a line, and the audience that fits, if any does.
NAMED = {
    "plc-meetings": (r"\bplc\b|peer learning communit|communaute d.apprentissage", set[str]()),
    "board-rep-meetings": (
        r"(?:board|sb) reps?\b.*\b(?:meeting|plenary)|(?:meeting|plenary).*\b(?:board|sb) reps?\b|"
        r"(?:rencontre|pleniere).*\brepresentants?\b|\brepresentants? d.*\bcommissions?\b",
        {"board_rep"}),
    "cegep-workshop": (r"\bcegep\b", {"student"}),
    "onboarding-sessions": (
        r"\b(?:orientation|onboarding|accueil)\b.*\b(?:new|nouve\w+) (?:cdas?|adc|agent)",
        {"cda"}),
}  # fmt: skip
CAP = re.compile(r"\bCAP\b")  # « communauté d’apprentissage professionnelle », and no headland
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
                            {"cda"}),
    "pd-workshops": (r"\b(?:workshop|atelier|training|formation|pd)\b", {"cda", "teacher"}),
}  # fmt: skip
MEETINGS = {"plc-meetings", "board-rep-meetings"}


def named(targets: Sequence[Target], said: Said, whole: str) -> str:
    """The id of the target that the words name and nothing else speaks against, or ""."""
    plain = fold(CAP.sub("PLC", whole))
    for target in targets:
        if any(fold(target.name[language]) in plain for language in Language):
            return target.id
    found = [one.id for one in targets if one.id in NAMED and re.search(NAMED[one.id][0], plain)]
    if len(found) != 1:
        return ""
    audience = NAMED[found[0]][1]
    fits = not (audience and said.audience) or bool(audience & set(said.audience))
    return found[0] if fits else ""


def proposed(targets: Iterable[Target], said: Said, *, meeting: bool = False) -> list[Target]:
    """The targets, the one that fits best first; ``meeting`` where it is called one."""
    return sorted(targets, key=lambda one: -fit(one, said, meeting=meeting))


def of_sessions(plan: Plan) -> Sequence[Target]:
    """The plan's targets that count sessions, in its order."""
    return [one for one in plan.target if one.measure is Measure.SESSIONS]


def fit(target: Target, said: Said, *, meeting: bool = False) -> int:
    """How much speaks for a target: words, audience, length, days, a part that is named."""
    pattern, audience = HINTS.get(target.id) or (_words_of(target), set[str]())
    found = 3 * bool(re.search(pattern, fold(f"{said.title} {said.theme}")))
    found += 2 * (meeting and target.id in MEETINGS)
    found += 2 * bool(audience & set(said.audience))
    found -= 2 * bool(audience and said.audience and not audience & set(said.audience))
    if said.part:
        found += 4 if any(part.id == said.part for part in target.part) else -1
    if target.days > 1 or len(said.days) > 1:
        found += 3 if target.days == len(said.days) else -3
    if said.minutes is not None:
        least = target.minimum_minutes
        long_enough = bool(least) and said.minutes * max(1, len(said.days)) >= (least or 0)
        found += (3 if long_enough else -1) if least else 0
    return found


def _words_of(target: Target) -> str:
    """A pattern of the long words of a target's names."""
    names = fold(" ".join(target.name[language] for language in Language))
    words = {word.removesuffix("s") for word in re.findall(r"[^\W\d_]{6,}", names)}
    return "|".join(rf"\b{re.escape(word)}" for word in sorted(words)) or "(?!)"
