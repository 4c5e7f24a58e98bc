"""Reads one line: "2 sent yesterday", "plan posted Oct 16", « rapport 1 préparé »."""

import re
from dataclasses import dataclass
from datetime import date

from handlers.lines.grammar import read_day
from storage.words import fold

STEPS = {
    "prepared": re.compile(r"\b(?:prepared|drafted|ready|prepar\w*|redig\w*|pret)\b"),
    "sent": re.compile(r"\b(?:sent|submitted|send|envoy\w*|remis\w*|transmis\w*|soumis\w*)\b"),
    "posted": re.compile(
        r"\b(?:posted|published|online|publi\w*|mis en ligne|en ligne|affiche\w*)\b"
    ),
}
PLAN = re.compile(r"\bplan\b")
NUMBER = re.compile(r"(?<![\d-])(?:no |numero |# ?)?([1-9]\d?)(?:er|e|st|nd|rd|th)?(?![\d-])\b")
ON = re.compile(r"^\s*(?:on|le)?\s*")


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says: the plan itself or a report's number, which step, and when.

    ``day`` is None where none is said; ``day_read`` is False where one is that can't be read.
    """

    plan: bool
    number: int | None
    step: str
    day: date | None
    day_read: bool = True


def read(text: str, *, today: date) -> Said:
    """What the line says."""
    folded = fold(text)
    found = [(m, step) for step, pattern in STEPS.items() if (m := pattern.search(folded))]
    step, before, after = "", folded, ""
    if found:
        m, step = min(found, key=lambda one: one[0].start())
        before, after = folded[: m.start()], folded[m.end() :]
    number = NUMBER.search(before)
    said = ON.sub("", after).strip()
    day = read_day(said, today=today) if said else None
    return Said(
        bool(PLAN.search(before)),
        int(number[1]) if number else None,
        step,
        day if isinstance(day, date) else None,
        day is None or isinstance(day, date),
    )
