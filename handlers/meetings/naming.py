"""Which community a line speaks of: by its name, by a word that only it has, or by the channel."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

from handlers.chat.context import Context
from handlers.chat.texts import Texts
from storage import communities, sessions
from storage.community import Community, school_year
from storage.engine import Tx
from storage.plan import Language
from storage.records import Record
from storage.sessions import Session
from storage.words import fold

AHEAD = timedelta(days=366)  # a community of next year may plan its meetings now
SHORTEST = 3  # of a word that tells a community from the others
WORD = re.compile(r"\w+")
EDGE = re.compile(r"^[\s,;:–-]+|[\s,;:–-]+$")
SET_OFF = re.compile(r"\s*[:;,–]")
# What a line says around a name, and what names have in common.
SMALL = {
    "a", "an", "and", "at", "au", "aux", "avec", "d", "de", "des", "du", "en", "et", "for",
    "in", "l", "la", "le", "les", "of", "on", "or", "pour", "the", "to", "with", "board",
    "boards", "centre", "centres", "commission", "commissions", "communaute", "communautes",
    "communities", "community", "cdp", "codev", "codeveloppement", "cop", "development",
    "ecole", "ecoles", "education", "formation", "group", "groupe", "groups", "learning",
    "level", "meeting", "meetings", "network", "practice", "practices", "pratique", "pratiques",
    "rencontre", "rencontres", "reunion", "reunions", "school", "schools", "scolaire",
    "scolaires", "secteur", "sector", "series", "serie", "training",
}  # fmt: skip


class Sure(IntEnum):
    """How surely a line speaks of a community."""

    NO = 0
    MAYBE = 1  # one of its words stands among others
    YES = 2  # its name, or nothing but its words


@dataclass(frozen=True, slots=True)
class Named:
    """The communities that a line can speak of, how surely, and what else it says.

    Where it is sure there is one. ``rest`` is the line without the name.
    """

    communities: tuple[Record[Community], ...]
    sure: Sure
    rest: str


def offered(tx: Tx, ctx: Context) -> list[Record[Community]]:
    """The communities that can plan a meeting: those that run, or will within a year."""
    days = (ctx.today, ctx.today + AHEAD)
    return [one for one in communities.everyone(tx) if any(one.says.runs(day) for day in days)]


def here(tx: Tx, ctx: Context) -> Record[Community] | None:
    """The only community that meets in this channel, or None."""
    if ctx.place.direct:
        return None
    can = {one.id for one in offered(tx, ctx)}
    there = communities.of_channel(tx, ctx.place.platform, ctx.place.id)
    there = [one for one in there if one.id in can]
    return there[0] if len(there) == 1 else None


def of_target(there: Sequence[Record[Community]], target: str) -> Record[Community] | None:
    """The only one of these whose meetings count for a target, or None."""
    found = [one for one in there if one.says.target == target]
    return found[0] if len(found) == 1 else None


def meant(tx: Tx, words: str) -> list[int]:
    """The numbers of the communities that words name and say nothing else: "the PLC".

    "Meeting 3 of the PLC" is one of its meetings.
    """
    if any(word.isdecimal() for word in WORD.findall(words)):
        return []
    there = communities.everyone(tx)
    said = named(there, words)
    return [one.id for one in said.communities if nothing_else(one.says, words)]


def named(there: Sequence[Record[Community]], text: str) -> Named:
    """What a line says of these communities: by a whole name first, else by words of their own."""
    spans = [(fold(m[0]), *m.span()) for m in WORD.finditer(text)]
    whole = [(one, span) for one in there if (span := _whole(one.says, text, spans))]
    if whole:
        longest = max(end - start for _, (start, end) in whole)
        found = [(one, span) for one, span in whole if span[1] - span[0] == longest]
        if len(found) == 1:
            one, (start, end) = found[0]
            return Named((one,), Sure.YES, EDGE.sub("", text[:start] + " " + text[end:]))
        return Named(tuple(one for one, _ in found), Sure.MAYBE, text)
    own, said = _own(there), {_alike(word) for word, _, _ in spans}
    found = [one for one in there if own[one.id] & said]
    return Named(tuple(found), Sure.MAYBE if found else Sure.NO, text)


def nothing_else(says: Community, title: str) -> bool:
    """Whether a title says nothing but words of a community's name, and small ones."""
    words = {_alike(word) for word in WORD.findall(fold(title))}
    return all(word in SMALL or word.isdecimal() for word in words - _words(says))


def titled(tx: Tx, t: Texts, community: Record[Community], says: Session) -> Session:
    """A meeting that nobody gave a title, called by its number in its school year, by its day.

    In the community's language where it has one, else in that of each reader, ``t`` first.
    """
    year = school_year(says.first)
    meetings = sessions.of_communities(tx, date(year, 7, 1), date(year + 1, 6, 30), community.id)
    taken = {name for one in meetings for name in (one.says.title, *dict(one.says.titles).values())}
    number = 1 + sum(one.says.first < says.first for one in meetings)
    while not taken.isdisjoint((called := _called(community.says, number)).values()):
        number += 1
    language = community.says.language or t.language
    titles = () if community.says.language else tuple(called.items())
    return replace(says, title=called[language], titles=titles)


def _called(community: Community, number: int) -> dict[Language, str]:
    """The title of a meeting by its number, in each language."""
    return {
        one: Texts.load(one)("session.told.title", number=number, community=community.name(one))
        for one in Language
    }


def _whole(says: Community, text: str, spans: list[tuple[str, int, int]]) -> tuple[int, int] | None:
    """Where one of its names stands in a line, word for word."""
    said = [word for word, _, _ in spans]
    for name in sorted((says.name_en, says.name_fr), key=len, reverse=True):
        words = [fold(word) for word in WORD.findall(name)]
        for n in range(len(said) - len(words) + 1 if words else 0):
            span = spans[n][1], spans[n + len(words) - 1][2]
            # A name of one word may only describe: it stands in front, and something after it.
            alone = len(words) > 1 or (n == 0 and SET_OFF.match(text, span[1]))
            if alone and said[n : n + len(words)] == words:
                return span
    return None


def _own(there: Sequence[Record[Community]]) -> dict[int, set[str]]:
    """Of each community the words that no other one has."""
    words = {one.id: _words(one.says) - SMALL for one in there}
    often = Counter(word for of in words.values() for word in of)
    return {
        id: {word for word in of if often[word] == 1 and len(word) >= SHORTEST}
        for id, of in words.items()
    }


def _words(says: Community) -> set[str]:
    return {_alike(word) for word in WORD.findall(fold(f"{says.name_en} {says.name_fr}"))}


def _alike(word: str) -> str:
    """A word without the s of its plural, which French and English share."""
    return word.removesuffix("s") if len(word) > SHORTEST and word not in SMALL else word
