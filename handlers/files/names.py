"""Names as files and people write them: which are the same, and which of the known come nearest."""

import re
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from storage.words import fold

K = TypeVar("K", bound=Hashable)

NEAR = 0.8  # of SequenceMatcher: one or two letters apart in a usual name
_LONGEST = 100  # letters compared of a "name"
_MARKS = frozenset({
    "guest", "invite", "invitee", "external", "externe", "unverified", "non verifie",
    "non verifiee", "host", "hote", "co host", "organizer", "organisateur", "organisatrice",
    "she her", "he him", "they them", "elle", "il", "iel",
})  # fmt: skip
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mme", "mlle", "dr", "dre"})
_JOINED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "Œ": "oe", "Æ": "ae", "Ø": "o"})


def same(a: str, b: str) -> bool:
    """Whether two spellings are of one name, whatever their capitals, accents and marks.

    "Last, First" is "First Last". A middle initial may be missing in one, but not differ. Being
    the same name is not yet being the same person.
    """
    return _same(_words(a), _words(b))


def key(name: str) -> tuple[str, ...]:
    """What all spellings of one name share, to look them up by: its first and its last word."""
    words = _words(name)
    return words[:1] + words[-1:]


def nearest(name: str, known: Sequence[tuple[K, str]], most: int = 5) -> list[K]:
    """The known names that are this one, then those that come near, at most so many of them.

    Only ever a proposal: whether the first is it, ``same`` says. Who is known by several
    spellings comes once.
    """
    name = name[:_LONGEST]
    written = _words(name)
    ways = [_Way(way) for way in dict.fromkeys([written, *map(_words, _parts(name))]) if way]
    scored = ((_score(written, ways, _words(other)), key) for key, other in known)
    near = sorted((one for one in scored if one[0] >= NEAR), key=lambda one: -one[0])
    return list(dict.fromkeys(key for _, key in near))[:most]


def first_last(name: str) -> str:
    """ "Tremblay, Marie" as "Marie Tremblay"; any name without exactly one comma as it is."""
    family, comma, given = name.partition(",")
    if not comma or "," in given or not family.strip() or not given.strip():
        return name
    return f"{given.strip()} {family.strip()}"


def _words(name: str) -> tuple[str, ...]:
    """A name's words, folded, in the order they are said in, without titles and marks."""
    unmarked = re.sub(r"[(\[]([^()\[\]]*)[)\]]", _unmark, name[:_LONGEST].translate(_JOINED))
    folded = re.sub(r"['’‘ʼ`´]", "", fold(first_last(unmarked)))
    words = re.sub(r"[\W_]+", " ", folded).split()
    return tuple(words[1:] if len(words) > 2 and words[0] in _TITLES else words)


def _unmark(m: re.Match[str]) -> str:
    """Nothing for "(Guest)" and the like; what else stands in brackets may be part of the name."""
    return "" if " ".join(re.findall(r"\w+", fold(m[1]))) in _MARKS else m[0]


def _parts(name: str) -> list[str]:
    """What else may be the name: outside of the brackets, within them, an address before its @."""
    parts = [re.sub(r"[(\[].*", "", name), *re.findall(r"[(\[]([^()\[\]]+)", name)]
    if "@" in name:
        parts.append(name.partition("@")[0].replace(".", " "))
    return parts


def _initials(words: tuple[str, ...]) -> tuple[str, ...]:
    """Those between the first and the last word."""
    return tuple(word for word in words[1:-1] if len(word) == 1)


def _same(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if a == b:
        return bool(a)
    if _initials(a) and _initials(b):
        return False
    return _full(a) == _full(b) and bool(a)


def _full(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words but for the initials between the first and the last."""
    return words[:1] + tuple(word for word in words[1:-1] if len(word) > 1) + words[1:][-1:]


def _score(written: tuple[str, ...], ways: list["_Way"], other: tuple[str, ...]) -> float:
    """3 the very words, 2 the same name, 1 those words among others, less the more they differ."""
    if not written or not other:
        return 0
    if written == other:
        return 3
    if _same(written, other):
        return 2
    return max(way.likeness(other) for way in ways)


class _Way:
    """A way to read what was written, prepared for a long list of known names."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words
        self._in_order = SequenceMatcher(None, "", "".join(words), autojunk=False)
        self._turned = SequenceMatcher(None, "", "".join(sorted(words)), autojunk=False)

    def likeness(self, other: tuple[str, ...]) -> float:
        """0 to 1."""
        mine, others = set(self._words), set(other)
        if mine <= others or others <= mine:
            return 1
        firsts = {self._words[0], other[0]}
        if self._words[-1] == other[-1] and {word[0] for word in firsts} <= firsts:
            return 0.95  # "M. Tremblay"
        in_order = _ratio(self._in_order, "".join(other))
        return max(in_order, _ratio(self._turned, "".join(sorted(other))))


def _ratio(matcher: SequenceMatcher[str], other: str) -> float:
    """How alike; the cheap bounds first."""
    matcher.set_seq1(other)
    if matcher.real_quick_ratio() < NEAR or matcher.quick_ratio() < NEAR:
        return 0
    return matcher.ratio()
