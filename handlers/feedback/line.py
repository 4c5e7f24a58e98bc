"""Reads one line of feedback: "8 of 14, 7 positive", « 8 sur 14, 7 positives, atelier d'hier »."""

import re
import unicodedata
from dataclasses import dataclass

PAIR = re.compile(r"(\d{1,4})\s*(?:/|of|out of|sur|de)\s*(\d{1,4})", re.IGNORECASE)
POSITIVE = re.compile(
    r"(\d{1,4})\s*(?:were\s+|sont\s+|étaient\s+)?(?:positi\w+|satisf\w+|happy|pleased|content\w*)",
    re.IGNORECASE,
)
POSITIVE_AFTER = re.compile(r"(?:positi\w+|satisf\w+)\s*:?\s*(\d{1,4})", re.IGNORECASE)
FILLER = re.compile(r"^(?:[^\w#]|\b(?:for|pour|on|sur|the|le|la|l|of|de|d|replies|réponses)\b)+")
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says: each number is None where it isn't said; ``words`` name the session."""

    answered: int | None
    asked: int | None
    positive: int | None
    words: str


def read(text: str) -> Said:
    """What the line says."""
    rest = unicodedata.normalize("NFC", text)[:LONGEST]
    positive = POSITIVE.search(rest) or POSITIVE_AFTER.search(rest)
    if positive:
        rest = f"{rest[: positive.start()]} {rest[positive.end() :]}"
    pair = PAIR.search(rest)
    if pair:
        rest = f"{rest[: pair.start()]} {rest[pair.end() :]}"
    words = " ".join(part for part in (" ".join(one.split()) for one in rest.split(",")) if part)
    return Said(
        int(pair[1]) if pair else None,
        int(pair[2]) if pair else None,
        int(positive[1]) if positive else None,
        FILLER.sub("", words).strip(" .;:"),
    )
