"""Reads one line: "weekly Monday 8:30 in French", « chaque semaine volets 1.1 et 3 », "off"."""

import re
import unicodedata
from dataclasses import dataclass

from handlers.lines.clock import time_in
from handlers.lines.days import weekday_named
from storage.plan import Language
from storage.words import fold

LONGEST = 500  # characters
ON = {"weekly", "on", "hebdo", "hebdomadaire", "semaine", "week", "start", "demarrer", "activer"}
OFF = {"off", "stop", "nothing", "none", "rien", "arret", "arreter", "arrete", "desactiver"}
SPOKEN = {
    Language.EN: {"english", "anglais", "en"},
    Language.FR: {"french", "francais", "fr"},
}
SMALL = {
    "each", "every", "chaque", "a", "at", "on", "in", "en", "the", "le", "la", "les", "l", "de",
    "of", "toutes", "tous", "par", "for", "pour", "du", "plan", "post", "progress", "and", "et",
}  # fmt: skip
ALL = re.compile(r"\b(?:all (?:the )?strands|whole plan|tous les volets|tout le plan)\b")
STRANDS = re.compile(r"\b(?:strands?|volets?)((?:[\s,]+(?:(?:and|et)\s+)?\d+(?:\.\d+)?)+)")
COMMUNITY = re.compile(r"\b(?:community|communaute)\s+(.+)")


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says; None where it says nothing of that. ``strands`` are ids, none for all.

    ``community`` are the words that name one. ``rest`` is what could not be read.
    """

    on: bool | None = None
    weekday: int | None = None
    at: str | None = None
    language: Language | None = None
    strands: tuple[str, ...] | None = None
    community: str = ""
    rest: str = ""


def read(text: str) -> Said:
    """What the line says."""
    left = " ".join(unicodedata.normalize("NFC", text[:LONGEST]).replace("’", "'").split())
    left = fold(left)
    community, strands = "", None
    if m := COMMUNITY.search(left):
        community, left = m[1].strip(" ."), left[: m.start()]
    at, left = time_in(left)
    if m := ALL.search(left):
        strands, left = (), f"{left[: m.start()]} {left[m.end() :]}"
    elif m := STRANDS.search(left):
        found = re.findall(r"\d+(?:\.\d+)?", m[1])
        strands, left = tuple(dict.fromkeys(found)), f"{left[: m.start()]} {left[m.end() :]}"
    on: bool | None = None
    weekday: int | None = None
    language: Language | None = None
    unread: list[str] = []
    words = re.findall(r"[^\s,;]+", left)
    for place, word in enumerate(words):
        word = word.strip(".!")
        day = weekday_named(word, short=True)
        spoken = next((one for one, names in SPOKEN.items() if word in names), None)
        # "en" before another word is French for "in": « en français ».
        if word == "en" and place + 1 < len(words):
            continue
        if day is not None and weekday in (None, day):
            weekday = day
        elif spoken is not None and language in (None, spoken):
            language = spoken
        elif word in OFF and on is not True:
            on = False
        elif word == "on" and place + 1 < len(words):
            continue  # "on Monday"
        elif word in ON and on is not False:
            on = True
        elif word and word not in SMALL:
            unread.append(word)
    return Said(on, weekday, at, language, strands, community, " ".join(unread))
