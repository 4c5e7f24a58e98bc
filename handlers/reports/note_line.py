"""Reads what is written on a target: "note cda-tools …", « commentaire 2 capsules : … »."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from handlers.progress.choosing import targets_named
from storage.plan import Plan, Target
from storage.report import reports_of
from storage.report_kinds import ReportKind
from storage.words import fold

ONE, ALL = {"note", "narrative", "comment", "commentaire"}, {
    "notes", "narratives", "comments", "commentaires",
}  # fmt: skip
WHICH = re.compile(
    r"(?:(?:for|of|the|pour|du|de|le|la)[ ]+)*"
    r"(?:(?:(?:progress|interim)[ ]+)?(?:report|rapport)(?:[ ]+d['’][ée]tape)?[ ]+)?"
    r"(?:(?:no\.?[ ]?|\#[ ]?)?(?P<number>[1-9])"
    # A year-end survey is a target's.
    r"|(?P<annual>(?:annual|year[ -]?end)[ ]+report|annual|annuel|bilan(?:[ ]+annuel)?))"
    r"(?=[\s:,]|$)[ ]*[:,]?\s*",
    re.IGNORECASE,
)
QUOTES = "\"“”«»' \u00a0\u202f"
PARTED = re.compile(r"^[ \t\u00a0]*(?:[:,–—]|-(?=\s))?\s*")
LONGEST_NAME = 12  # words
NEAR = 0.75
SHORT = 3  # letters: We begins webinars
MOST = 5  # targets that are offered


@dataclass(frozen=True, slots=True)
class Noted:
    """What a line says: of which report, None for the next; which targets it may mean; the words.

    ``all``: it asks for the list. ``sure``: the one target is named whole, or apart from the words.
    ``text`` is what is said of these targets, ``whole`` all that may be said of another.
    """

    all: bool = False
    kind: ReportKind | None = None
    number: int = 0
    targets: tuple[Target, ...] = ()
    sure: bool = False
    text: str = ""
    whole: str = ""


def read(text: str, plan: Plan) -> Noted | None:
    """What the line says; None where it is about no narrative."""
    word, rest = _split(text)
    said = fold(word.strip(":,"))
    if said not in ONE | ALL:
        return None
    noted, rest = _which(rest.strip().lstrip(f":,{QUOTES}"), plan)
    if not rest:
        return replace(noted, all=said in ALL)
    targets, sure, words = _target(rest, plan)
    return replace(noted, targets=tuple(targets[:MOST]), sure=sure, text=words, whole=rest)


def _split(text: str) -> tuple[str, str]:
    first, *rest = text.split(maxsplit=1) or [""]
    return first, rest[0] if rest else ""


def _which(text: str, plan: Plan) -> tuple[Noted, str]:
    """Which report is said, and what is left; a number that is no report's is left, too."""
    found, reports = WHICH.match(text), reports_of(plan)
    if found is None:
        return Noted(), text
    if found["annual"]:
        return Noted(kind=ReportKind.ANNUAL), text[found.end() :]
    number = int(found["number"])
    if reports is None or number > reports.goal:
        return Noted(), text
    return Noted(kind=ReportKind.PROGRESS, number=number), text[found.end() :]


def _target(text: str, plan: Plan) -> tuple[Sequence[Target], bool, str]:
    """The targets that the first words name, whether that is sure, and what is said of them."""
    first = text.partition("\n")[0]
    head, colon, _ = first.partition(":")
    ends = [one.end() for one in re.finditer(r"\S+", head)][:LONGEST_NAME]
    names = _names(plan)
    for end in reversed(ends):
        named = names.get(_plain(text[:end]))
        if named:
            return [named], True, _after(text, end)
    apart = len(head) if colon else len(first)
    if len(head.split()) <= LONGEST_NAME:
        found = targets_named(plan, _plain(head))
        if found:
            return found, len(found) == 1, _after(text, apart)
    near = get_close_matches(_plain(text[: ends[0]]), names, MOST, NEAR) if ends else []
    if near:
        targets = list(dict.fromkeys(names[one] for one in near))
        return targets, False, _after(text, ends[0])
    if len(_plain(head).partition(" ")[0]) > SHORT:
        for end in reversed(ends):
            if found := targets_named(plan, _plain(text[:end])):
                return found, False, text
    return (), False, text


def _names(plan: Plan) -> dict[str, Target]:
    """Each target by its id and its names; what two are called alike names neither."""
    named: dict[str, list[Target]] = {}
    for one in plan.target:
        for name in {_plain(one.id), _plain(one.name.en), _plain(one.name.fr)}:
            named.setdefault(name, []).append(one)
    return {name: there[0] for name, there in named.items() if len(there) == 1}


def _plain(text: str) -> str:
    """Words as they are compared: a hyphen is a space, and what is around them is left out."""
    return " ".join(re.findall(r"[\w%]+", fold(text.strip(QUOTES))))


def _after(text: str, at: int) -> str:
    """What follows the name of a target, without what parts the two."""
    return PARTED.sub("", text[at:], count=1)
