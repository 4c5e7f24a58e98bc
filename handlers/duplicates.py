"""Who on the roster may be one person: the same e-mail, or names that are nearly the same."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from difflib import SequenceMatcher
from itertools import combinations

from handlers.files.headers import plain
from handlers.files.names import first_last, same
from storage.records import Record
from storage.rosters import Member

ALIKE = 0.93  # of SequenceMatcher: a letter more or less in a usual name

Pair = tuple[Record[Member], Record[Member]]


def pairs(
    members: Sequence[Record[Member]], humans: Mapping[int, int], apart: Set[tuple[int, int]]
) -> list[Pair]:
    """Those who may be one, by name; not who is one already, or was said to be two.

    ``humans`` gives each member's human, ``apart`` the pairs of these who are two, lower first.
    Of two humans the first pair of their members stands for all.
    """
    words = {one.id: tuple(plain(first_last(one.says.name)).split()) for one in members}
    # Only those who share an e-mail or a word are compared.
    near: defaultdict[str, list[Record[Member]]] = defaultdict(list)
    for one in members:
        for key in {*words[one.id], one.says.email} - {""}:
            near[key].append(one)
    found: dict[tuple[int, int], Pair] = {}
    for together in near.values():
        for one, other in combinations(together, 2):
            a, b = humans[one.id], humans[other.id]
            both = min(a, b), max(a, b)
            if a == b or both in apart or both in found:
                continue
            if _alike(one.says, other.says, words[one.id], words[other.id]):
                found[both] = (one, other) if one.id < other.id else (other, one)
    return sorted(found.values(), key=lambda pair: (plain(pair[0].says.name), pair[0].id))


def _alike(a: Member, b: Member, name: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if a.email and a.email == b.email:
        return True
    if not name or not other:
        return False
    # The same names share their first and last word: few are looked at letter by letter.
    several = len({*name} & {*other}) > 1 or len(name) == 1 or len(other) == 1
    if several and same(a.name, b.name):
        return True
    if a.board and b.board and a.board != b.board:
        return False
    initials = min(len(name[0]), len(other[0])) == 1 and name[0][0] == other[0][0]
    if initials and name[-1] == other[-1]:
        return True  # "M. Tremblay"
    one, two = "".join(name), "".join(other)
    if 2 * min(len(one), len(two)) < ALIKE * (len(one) + len(two)):
        return False
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
