"""What practices are called, and which ones the words after "list" mean."""

import re
from enum import StrEnum
from typing import TypeVar

from handlers.chat.texts import Texts
from storage.plan import Language
from storage.practice import Level, Practice, Status, Theme
from storage.practices import Filter
from storage.words import fold

E = TypeVar("E", bound=StrEnum)

# As people say them, folded; the names in both languages come before these.
LEVELS = {
    Level.PRESCHOOL: r"preschool|kindergarten|prescolaire|maternelle",
    Level.ELEMENTARY: r"elementary|primary|primaire",
    Level.SECONDARY: r"secondary|high school|secondaire",
    Level.VOCATIONAL: r"vocational|vt|formation professionnelle|fp",
    Level.ADULT: r"adult(?: education)?|age|fga|(?:formation (?:generale )?des )?adultes",
    Level.ALL: r"all levels|tous les niveaux",
}
THEMES = {
    Theme.BELONGING: r"belonging|appartenance|relations(?:hips)?",
    Theme.EMOTIONS: r"emotions?|emotional|socio-?emotionnel\w*",
    Theme.MENTAL_HEALTH: r"mental health|sante mentale",
    Theme.ACTIVE: r"physical activity|nature|activite physique|saines habitudes",
    Theme.CLIMATE: r"climate?|environment|environnement",
    Theme.VOICE: r"(?:student )?voice|participation",
    Theme.FAMILIES: r"famil(?:y|ies|les?)|communit(?:y|ies)|communautes?",
    Theme.STAFF: r"staff|personnel",
    Theme.TRANSITIONS: r"transitions?",
    Theme.OTHER: r"other|autres?",
}
STATUSES = {
    Status.SHARED: r"shared|partagees?",
    Status.PROMISING: r"promising|prometteuses?",
    Status.SELECTED: r"selected|choisies?|selectionnees?",
    Status.PUBLISHED: r"published|publiees?",
}
MINE = re.compile(r"(?<!\w)(?:mine|my own|(?:les )?miennes?)(?!\w)")
SMALL = re.compile(r"^(?:(?:of|for|on|about|theme|level|de|du|des|pour|sur|niveau|les?|la|the) ?)+")


def level(t: Texts, one: Level | None) -> str:
    """A level's name, "" for none."""
    return t(f"practice.level.{one}") if one else ""


def theme(t: Texts, one: Theme | None) -> str:
    """A theme's name, "" for none."""
    return t(f"practice.theme.{one}") if one else ""


def status(t: Texts, one: Status) -> str:
    """What the team has made of a practice, in words."""
    return t(f"practice.status.{one}")


def credit(says: Practice) -> str:
    """Who shared it: the name and the institution, as far as they are said."""
    return ", ".join(one for one in (says.author, says.institution) if one)


def about(t: Texts, says: Practice) -> str:
    """A practice's level, theme and author on one line."""
    parts = (level(t, says.level), theme(t, says.theme), credit(says))
    return " · ".join(one for one in parts if one)


def filter_of(said: str) -> Filter:
    """What the words narrow a list down to: a level, a theme, a status, one's own, or words."""
    rest = fold(said)
    found_theme, rest = _taken(rest, "theme", THEMES)
    found_level, rest = _taken(rest, "level", LEVELS)
    found_status, rest = _taken(rest, "status", STATUSES)
    mine = MINE.search(rest)
    rest = MINE.sub(" ", rest)
    rest = SMALL.sub("", " ".join(rest.split()))
    return Filter(found_level, found_theme, found_status, rest, mine is not None)


def _taken(rest: str, kind: str, said: dict[E, str]) -> tuple[E | None, str]:
    """The first of these that the words name, and the words without it."""
    for one, pattern in said.items():
        names = [fold(Texts.load(each)(f"practice.{kind}.{one}")) for each in Language]
        known = "|".join([*map(re.escape, names), pattern])
        if match := re.search(rf"(?<!\w)(?:{known})(?!\w)", rest):
            return one, f"{rest[: match.start()]} {rest[match.end() :]}"
    return None, rest
