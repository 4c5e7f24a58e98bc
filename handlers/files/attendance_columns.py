"""What a column, or a line above the tables, holds in a report of who attended a meeting."""

import re
from collections.abc import Mapping, Sequence
from enum import Enum, auto

from handlers.files.moments import read_moment, read_seconds
from storage.words import fold


class Holds(Enum):
    """What stands in the cells under a header, or beside a word in the block about the meeting."""

    WAITING = auto()
    OTHER = auto()
    HOST = auto()
    EMAIL = auto()
    TITLE = auto()
    NAME = auto()
    DURATION = auto()
    LEAVE = auto()
    JOIN = auto()
    ROLE = auto()
    GUEST = auto()
    ACTION = auto()
    WHEN = auto()
    STARTS = auto()
    ENDS = auto()


# The first that a header's folded words match. Headers differ by language, by version and by
# who translated them, so stems are matched rather than whole headers.
STEMS = (
    (Holds.WAITING, r"waiting|attente"),
    (Holds.OTHER, r"\b(upn|id|identifiant|rooms?|salle|engagement|average|moyen\w*)\b"),
    (Holds.OTHER, r"recording|enregistrement|consent|disclaimer|registration|inscription"),
    (Holds.OTHER, r"\b(first|last|family) name|prenom|nom de famille"),
    (Holds.HOST, r"\b(host|hote|animat\w+)\b"),
    (Holds.EMAIL, r"\be-?mail\b|courriel|\bmail\b"),
    (Holds.TITLE, r"\b(topic|title|subject|sujet|rubrique|titre|theme|objet)\b"),
    (Holds.NAME, r"\b(name|nom)\b|^participant$"),
    (Holds.DURATION, r"durat|duree|\btemps\b|\bminutes\b"),
    (Holds.LEAVE, r"\b(leave|left|exit\w*|last|depart|sortie|deconnexion|dernier\w*|quitt\w+)\b"),
    (
        Holds.JOIN,
        r"\b(join\w*|first|arrivee|entree|connexion|premier\w*|re?joi\w+|participation)\b",
    ),
    (Holds.ROLE, r"\b(role|fonction)\b"),
    (Holds.GUEST, r"\b(guest|invite)\b"),
    (Holds.ACTION, r"\baction\b"),
    (Holds.WHEN, r"timestamp|horodat"),
    (Holds.STARTS, r"\b(start|debut)\b"),
    (Holds.ENDS, r"\b(end|fin)\b"),
)
PATTERNS = tuple((holds, re.compile(stem)) for holds, stem in STEMS)
ZOOM = re.compile(r"original|origine|waiting|attente|\bguest\b|\binvite\b|\(min")
WHOLE_STAY = re.compile(r"\b(first|last|premier\w*|dernier\w*|total\w*)\b")
LONGEST = 60  # characters of a header; what is longer is a question of a form


def holds(header: str) -> Holds:
    """What stands under this header, or beside this word."""
    if len(header) > LONGEST:
        return Holds.OTHER
    said = fold(header)
    return next((one for one, pattern in PATTERNS if pattern.search(said)), Holds.OTHER)


def columns(header: Sequence[str]) -> dict[Holds, int]:
    """Where each kind of cell stands under a header row; the first of two of a kind.

    A report that repeats the meeting beside each participant has the participant's own last.
    """
    kinds = [holds(cell) for cell in header]
    places = list(enumerate(kinds))
    if Holds.TITLE not in kinds:
        places.reverse()
    return {kind: place for place, kind in places if kind is not Holds.OTHER}


def is_people(header: Sequence[str], where: Mapping[Holds, int]) -> bool:
    """Whether the rows below this header are people who came, with when or how long."""
    if Holds.NAME not in where:
        return False
    if where.keys() >= {Holds.ACTION, Holds.WHEN}:
        return True
    if Holds.JOIN in where and where.keys() & {Holds.LEAVE, Holds.DURATION}:
        return True
    return Holds.DURATION in where and is_zoom(header)


def is_meeting(where: Mapping[Holds, int]) -> bool:
    """Whether the row below this header is the meeting."""
    return where.keys() >= {Holds.TITLE, Holds.STARTS, Holds.DURATION} and Holds.JOIN not in where


def is_zoom(header: Sequence[str]) -> bool:
    """Whether a header of people has what only Zoom's has."""
    return any(ZOOM.search(fold(cell)) for cell in header if len(cell) <= LONGEST)


def is_whole_stay(header: Sequence[str]) -> bool:
    """Whether rows run from the first join to the last leave, not from one join to its leave."""
    return any(WHOLE_STAY.search(fold(cell)) for cell in header if len(cell) <= LONGEST)


def by_content(row: Sequence[str], *, account: bool) -> dict[Holds, int] | None:
    """Where a row of Teams has what, under a header of a language that is not known here.

    After the times and the duration come the e-mail, the account (in one of the sections), the
    role. None for a row without these times.
    """
    times = [place for place, cell in enumerate(row) if read_moment(cell)]
    if len(times) < 2 or times[0] == 0:
        return None
    found = {Holds.NAME: 0, Holds.JOIN: times[0], Holds.LEAVE: times[1]}
    after = times[1] + 1
    if after < len(row) and read_seconds(row[after]) is not None:
        email = after + 1
        role = email + (2 if account else 1)
        found |= {Holds.DURATION: after, Holds.EMAIL: email, Holds.ROLE: role}
    return found
