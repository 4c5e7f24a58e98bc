"""Answers on a scale, in both languages: which are on one, and which of them are positive."""

import re
from collections.abc import Collection

from storage.words import fold

HIGHEST = 10  # of a scale in numbers
# The lowest answer that is positive, by the highest of the scale: three quarters of the way up, as
# 4 of 5 is; of four answers, which have no middle, the upper two.
POSITIVE_FROM = {3: 3, 4: 3, 5: 4, 6: 5, 7: 6, 8: 7, 9: 7, 10: 8}
RECOMMENDS_FROM = 9  # of 0 to 10, where the question is whether one recommends it
NO_ANSWER = frozenset({
    "", "-", "–", "—", "n/a", "n.a.", "na", "n/d", "s.o.", "s/o", "not applicable",
    "sans objet", "ne s'applique pas", "ne s’applique pas", "non applicable",
})  # fmt: skip

_VERY = (
    "very|extremely|completely|totally|fully|highly|strongly|entirely|absolutely|really|tres|"
    "extremement|entierement|totalement|completement|tout a fait|pleinement|fortement|"
    "parfaitement|vraiment"
)
_GOOD = (  # not "claire", who is someone
    "satisfied|agree|useful|helpful|relevant|likely|happy|pleased|good|great|clear|interesting|"
    "valuable|satisfaite?s?|(?:en |d')?accord|utiles?|pertinente?s?|probable|contente?s?|"
    "heureu(?:x|se)s?|bon(?:ne)?s?|bien|clairs?|interessante?s?"
)
_YES = (
    "yes|oui|excellente?s?|outstanding|absolutely|definitely|tout a fait|absolument|certainement|"
    "exceptionnel(?:le)?s?"
)
_OTHER = (
    "not|at all|peu|pas|du tout|un|somewhat|slightly|moderately|a little|plutot|moyennement|assez|"
    "partiellement|partially|neither|nor|ni|or|ou|mostly|rather|quite|fairly|less|moins|"
    "dissatisfied|insatisfaite?s?|disagree|(?:en )?desaccord|unhappy|unlikely|improbable|useless|"
    "inutiles?|unclear|mecontente?s?|neutral|neutre|no|non|poor|fair|average|bad|terrible|"
    "mauvaise?s?|mediocres?|passables?|moyen(?:ne)?s?|faibles?|acceptables?|maybe|peut-etre|"
    "undecided|indecise?|unsure|never|jamais|rarely|rarement|sometimes|parfois|often|souvent|"
    "always|toujours|opinion|sans opinion|don't know|ne sais pas"
)
_POSITIVE = re.compile(
    rf"(?:(?:yes|oui),? )?(?:(?:{_VERY}) )?(?:{_GOOD})|(?:(?:yes|oui),? )?(?:{_YES})"
)
_WORD = f"(?:{_VERY}|{_GOOD}|{_YES}|{_OTHER})"
_ON_A_SCALE = re.compile(rf"{_WORD}(?:,? {_WORD}){{0,6}}")
_NUMBERED = re.compile(r"(\d\d?) ?[-–—=:.)(] ?(.*?)\)?")
_GENDERS = re.compile(r"(?:\(e\)|[·.•/-]e)(?:\(s\)|[·.•-]?s)?(?!\w)|\(s\)")
_TO = re.compile(
    r"(?:\b[01] ?(?:/|to|a|et|and|-|–|\.\.+)|\bsur|\bout of|(?<!\d)/) ?(10|[3-9])\b(?!/)"
)
_LOWEST_IS = re.compile(r"\b[01] ?(?:=|:|\(|-|–|is|est|means|signifie) ?([^\d,;.)]+)")


def number(answer: str) -> int | None:
    """The number that an answer is ("4", "4.0"), if scales go so far."""
    found = re.fullmatch(r"([0-9]{1,2})(?:[.,]0+)?", answer.strip())
    return int(found[1]) if found and int(found[1]) <= HIGHEST else None


def leading(answer: str) -> int | None:
    """The number that an answer begins with ("4 - Satisfied"), if it does."""
    found = _NUMBERED.fullmatch(answer.strip())
    return int(found[1]) if found else None


def is_on_one(answer: str) -> bool:
    """Whether an answer is of the words that scales are made of, in one language or both."""
    return all(_ON_A_SCALE.fullmatch(words) for words in _plain(answer))


def is_positive(answer: str) -> bool:
    """Whether words say yes, plainly: "somewhat satisfied", "plutôt d'accord" do not."""
    return all(_POSITIVE.fullmatch(words) for words in _plain(answer))


def positive_numbers(asked: str, given: Collection[int], *, recommends: bool) -> set[int] | None:
    """Which numbers are positive, on the scale that a question names or else its answers show.

    None where the question says that the lowest number is the best.
    """
    asked = fold(asked)
    if any(is_positive(best) for best in _LOWEST_IS.findall(asked)):
        return None
    named = [int(found) for found in _TO.findall(asked)]
    seen = max(given, default=0)
    # From 0 is to 10; from 1, and not above 5, to 5.
    top = max(*named, seen) if named else 5 if seen <= 5 and 0 not in given else HIGHEST
    lowest = RECOMMENDS_FROM if recommends and top == HIGHEST else POSITIVE_FROM[top]
    return set(range(lowest, top + 1))


def _plain(answer: str) -> list[str]:
    """The words of an answer without its number, marks and genders; of each language, if both."""
    folded = fold(answer).replace("’", "'")
    if numbered := _NUMBERED.fullmatch(folded):
        folded = numbered[2]
    parts = re.split(r" [/|] ", _GENDERS.sub("", folded))
    return [re.sub(r"[^\w',-]+", " ", part).strip(" ,-") for part in parts]
