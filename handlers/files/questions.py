"""One question of a form: what its answers are, and how often each was given."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.files import scales
from storage.words import fold

MOST_WORDS = 8  # different answers of a question that offers some
LONGEST_WORDS = 60  # characters of one of them
# Questions whose answers name someone, or are free, though some are given more than once.
_NAMES_SOMEONE = re.compile(
    r"\b(?:name|nom|prenom|courriel|e-?mail|comments|commentaires?|suggestions?|phone|telephone|"
    r"who|whom|whose|(?:avec|de|par|a) qui)\b|^qui\b"
)


class Scale(StrEnum):
    """What the answers to a question are."""

    NUMBERS = "numbers"
    WORDS = "words"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Question:
    """A question; how often each answer was given: numbers ascending, words by how often.

    ``answered`` counts who said something ("N/A" says nothing). Of a text the answers are not
    kept: they may name people.
    """

    text: str
    answers: tuple[tuple[str, int], ...]
    answered: int
    scale: Scale


def read(text: str, cells: Sequence[str]) -> Question:
    """The question of a column of answers, one cell for each reply."""
    said = [" ".join(cell.split()) for cell in cells if fold(cell) not in scales.NO_ANSWER]
    numbers = Counter(scales.number(cell) for cell in said)
    if said and None not in numbers:
        ascending = sorted((number, n) for number, n in numbers.items() if number is not None)
        answers = tuple((str(number), n) for number, n in ascending)
        return Question(text, answers, len(said), Scale.NUMBERS)
    counts = Counter(map(alike, said))
    if not _are_words(text, counts):
        return Question(text, (), len(said), Scale.TEXT)
    spellings = {alike(cell): cell for cell in reversed(said)}  # as the first wrote it
    ordered = sorted(counts, key=lambda words: (scales.leading(words) or 0, -counts[words]))
    answers = tuple((spellings[words], counts[words]) for words in ordered)
    return Question(text, answers, len(said), Scale.WORDS)


def alike(answer: str) -> str:
    """The same for answers that differ in capitals, accents and apostrophes alone."""
    return fold(answer).replace("’", "'")


def _are_words(text: str, counts: Counter[str]) -> bool:
    """Whether these answers were offered: words of a scale, or few and short and given again."""
    if not counts or len(counts) > MOST_WORDS or max(map(len, counts)) > LONGEST_WORDS:
        return False
    if all(map(scales.is_on_one, counts)):
        return True
    if any("@" in words for words in counts) or _NAMES_SOMEONE.search(fold(text)):
        return False
    return 2 * len(counts) <= counts.total()
