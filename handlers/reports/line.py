"""Reads one line: "2 sent yesterday", "plan posted Oct 16", « rapport 1 préparé »."""

import re
from dataclasses import dataclass
from datetime import date

from handlers.lines.grammar import read_day
from storage.words import fold

STEPS = {
    "prepared": re.compile(r"\b(?:prepared|drafted|ready|prepare[es]*|redige[es]*|prete?s?)\b"),
    "sent": re.compile(
        r"\b(?:sent|submitted|send|envoye[es]*|remise?s?|transmise?s?|soumise?s?)\b"
    ),
    "posted": re.compile(
        r"\b(?:(?:posted|published|put|publie[es]*|mise?s?|affiche[es]*)(?: online| en ligne)"
        r"|posted|published|online|publie[es]*|en ligne|affiche[es]*)\b"
    ),
}
REPORT = r"(?:(?:the|le|du|my|our|notre|progress|interim) )*(?:report|rapport)(?: d'etape)?"
ORDINALS = {
    "first": 1, "premier": 1, "second": 2, "deuxieme": 2, "third": 3, "troisieme": 3,
}  # fmt: skip
ORDINAL = "|".join(ORDINALS)
NUMBER = r"(?:no\.? ?|number |numero |# ?)?(?P<number>[1-9]\d?)(?:er|re|eme|e|st|nd|rd|th)?"
STEP = "\x00"  # where the step was said
WHICH = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{REPORT} )?(?:(?:the|le|our|notre) )?(?P<annual>annual|annuel|year[ -]?end|bilan)"
        rf"(?: annuel)?(?: {REPORT})?\b",
        rf"\b(?:(?:the|le) )?(?P<ordinal>{ORDINAL}) {REPORT}\b",
        rf"\b{REPORT} {NUMBER}(?![\w-])",
        rf"(?<![\w-]){NUMBER} {REPORT}\b",
        rf"^{NUMBER}(?= ?{STEP}|$)",  # "2 sent"; in "sent 2 days ago" it is no report's
        rf"^(?:(?:the|le) )?(?P<ordinal>{ORDINAL})(?= ?{STEP}|$)",
        rf"{STEP} ?{NUMBER}$",
        r"\b(?:(?:the|le|our|notre) )?(?:action )?(?P<plan>plan)(?: d'action)?\b",
        rf"\b{REPORT}\b",
    )
)
SMALL = re.compile(  # says nothing of when
    r"\b(?:i|we|on a|j'ai|nous avons|has been|have been|was|is|a ete|est|just|already|deja"
    r"|(?:to|a) (?:the |la |le )?(?:dsrea|ministry|ministere|meq)|au (?:ministere|meq)"
    r"|on (?:the |our )?(?:web ?)?site|sur (?:le|notre) site(?: web)?)(?!\w)"
)
EDGE = re.compile(r"^(?:[\s,:]|(?:on|le|the|it|the one)\b)+|[\s,:.]+$")


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says: the plan itself or a report's number, which step, and when.

    ``day`` is None where none is said; ``day_read`` is False where one is that can't be read.
    ``steps`` is how many steps it names, of which ``step`` is the first. ``annual``: it means the
    year-end report.
    """

    plan: bool
    number: int | None
    step: str
    day: date | None
    day_read: bool = True
    steps: int = 1
    annual: bool = False


def read(text: str, *, today: date) -> Said:
    """What the line says."""
    rest = fold(text).replace("’", "'")
    found = [(m.start(), step, m) for step, of in STEPS.items() if (m := of.search(rest))]
    step = ""
    if found:
        _, step, m = min(found, key=lambda one: one[0])
        rest = f"{rest[: m.start()]}{STEP}{rest[m.end() :]}"
    rest = " ".join(SMALL.sub(" ", rest).split()).strip(" ,:")
    plan, annual, number = False, False, None
    for pattern in WHICH:
        if which := pattern.search(rest):
            said = which.groupdict()
            plan, annual = "plan" in said, "annual" in said
            if said.get("ordinal") or said.get("number"):
                number = ORDINALS.get(said.get("ordinal") or "") or int(said["number"])
            rest = f"{rest[: which.start()]} {rest[which.end() :]}"
            break
    when = EDGE.sub("", rest.replace(STEP, " "))
    day = read_day(when, today=today) if step and when else None
    known = day if isinstance(day, date) else None
    return Said(plan, number, step, known, day is known, max(len(found), 1), annual)
