"""The draw for seats: a frozen pool, later public randomness, and a ranking anyone can repeat.

After RFC 3797. Whoever holds the draw must not be able to choose its outcome, so the pool is
frozen and its hash published before the randomness exists, and nothing else goes into the ranking.
The unit is a project, one interest form with one or more participants; seats are participants.
Frozen parts and records hold numbers of projects and no name of anyone. ``draw_checking`` verifies.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

from pydantic import AwareDatetime, TypeAdapter
from pydantic_core import to_jsonable_python

from handlers.communities.draw_errors import (
    AllFit,
    DrawError,
    KnownAlready,
    NoSource,
    NothingTyped,
    TooEarly,
    TooLarge,
    UnknownAlgorithm,
)
from handlers.communities.draw_rule import ALGORITHM, Algorithm
from storage.words import fold

# What JSON writers write differently, or can't write: control characters and half characters.
_UNWRITABLE = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]+")
# Between the last two numbers of a list.
_AND = {"and", "et"}


class Seated(Protocol):
    """What takes seats: a project of a pool, or of a ranking."""

    @property
    def seats(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the pool: the number of its interest form, and its participants (1 or more)."""

    id: int
    seats: int


@dataclass(frozen=True, slots=True)
class Frozen:
    """What is settled before the randomness is known; its hash is what gets published.

    ``source`` says in words what will be typed, ``known_at`` from when it can be known. Instants
    are UTC, to the second. Made by ``freeze``.
    """

    algorithm: Algorithm
    community: int
    community_name: str
    capacity: int
    pool: tuple[Project, ...]
    frozen_at: AwareDatetime
    source: str
    known_at: AwareDatetime


@dataclass(frozen=True, slots=True)
class Ranked:
    """A project in the ranking, and the digest that put it there."""

    id: int
    seats: int
    digest: str


@dataclass(frozen=True, slots=True)
class Record:
    """A draw with all that is needed to repeat it. Made by ``mix``.

    ``typed`` is the randomness as a person typed it, ``canonical`` as it went into the seed.
    ``taken`` and ``waiting`` are numbers of projects, in the order of the ranking. ``record_hash``
    is over all the rest, so that two people can tell whether they hold the same record.
    """

    frozen: Frozen
    frozen_hash: str
    typed: str
    typed_at: AwareDatetime
    canonical: str
    seed: str
    ranking: tuple[Ranked, ...]
    taken: tuple[int, ...]
    waiting: tuple[int, ...]
    record_hash: str


_FROZEN, _RECORD = TypeAdapter(Frozen), TypeAdapter(Record)
S = TypeVar("S", bound=Seated)


def needed(pool: Iterable[Seated], capacity: int) -> bool:
    """Whether there are more participants than seats; otherwise all are taken without a draw."""
    return sum(each.seats for each in pool) > capacity


def freeze(
    *,
    community: int,
    community_name: str,
    capacity: int,
    pool: Iterable[Project],
    frozen_at: datetime,
    source: str,
    known_at: datetime,
) -> Frozen:
    """The pool as it is from now on, in one form, whatever the order it is given in.

    Raises AllFit, TooLarge, KnownAlready or NoSource; a plain DrawError for what no form allows (a
    project that is there twice, or has no participants; instants without a zone).
    """
    projects = tuple(sorted(pool, key=lambda project: project.id))
    _check_pool(projects, capacity)
    frozen = Frozen(
        algorithm=ALGORITHM,
        community=community,
        community_name=_writable(community_name),
        capacity=capacity,
        pool=projects,
        frozen_at=_instant(frozen_at),
        source=_writable(source),
        known_at=_instant(known_at),
    )
    if not frozen.source:
        raise NoSource("Nothing says where the randomness comes from.")
    if frozen.known_at <= frozen.frozen_at:
        raise KnownAlready(
            "The randomness is known no later than the pool is frozen:"
            " whoever froze it could have known the outcome."
        )
    return frozen


def mix(frozen: Frozen, randomness: str, typed_at: datetime) -> Record:
    """The draw: ``randomness``, as a person typed it, mixed into what was frozen.

    When it was typed is recorded and plays no part in the ranking. Raises TooEarly, NothingTyped or
    UnknownAlgorithm.
    """
    if frozen.algorithm != ALGORITHM:
        raise UnknownAlgorithm(
            f"Drawn by {frozen.algorithm.name}, version {frozen.algorithm.version}, in words that"
            f" this version of Jalon does not have; it has {ALGORITHM.name}, version"
            f" {ALGORITHM.version}."
        )
    if _instant(typed_at) < frozen.known_at:
        raise TooEarly("The randomness was typed before it could be known.")
    typed = _writable(randomness)
    read_as = canonical(typed)
    hash_of_frozen = frozen_hash(frozen)
    seed = sha256(f"{hash_of_frozen}|{read_as}")
    ranking = rank(frozen.pool, seed)
    taken, waiting = fit(ranking, frozen.capacity)
    record = Record(
        frozen=frozen,
        frozen_hash=hash_of_frozen,
        typed=typed,
        typed_at=_instant(typed_at),
        canonical=read_as,
        seed=seed,
        ranking=ranking,
        taken=tuple(each.id for each in taken),
        waiting=tuple(each.id for each in waiting),
        record_hash="",
    )
    return replace(record, record_hash=hash_of_record(record))


def canonical(typed: str) -> str:
    """The one form of some randomness, so that whoever types the same draw gets the same seed.

    "41, 05 et 12", "5-12-41" and "12 41 5" are all "5.12.41."; a comma or a point within a number
    parts it. Where there is any other word, letters and digits are kept in their order: "7A 3f" is
    "7a3f". Raises NothingTyped.
    """
    # The steps of the algorithm say what this does: if fold changes, it is another version.
    words = re.findall(r"[^\W_]+", fold(typed))
    numbers = [word for word in words if word not in _AND]
    if numbers and all(word.isascii() and word.isdecimal() for word in numbers):
        plain = (number.lstrip("0") or "0" for number in numbers)
        return "".join(f"{each}." for each in sorted(plain, key=lambda each: (len(each), each)))
    if not words:
        raise NothingTyped("There is no letter and no digit in the randomness.")
    return "".join(words)


def rank(pool: Iterable[Project], seed: str) -> tuple[Ranked, ...]:
    """The projects by SHA-256(seed | number), ascending; equal ones by number."""
    ranked = (Ranked(each.id, each.seats, sha256(f"{seed}|{each.id}")) for each in pool)
    return tuple(sorted(ranked, key=lambda each: (each.digest, each.id)))


def fit(ranking: Sequence[S], capacity: int) -> tuple[tuple[S, ...], tuple[S, ...]]:
    """Who gets seats, in this order, and who waits.

    Whole projects take seats while they fit. The first that does not fit ends it, even if a smaller
    one behind it would: so nobody is passed over for being more, and no seat is won by
    registering fewer. The seats that are left go to the first who waits, as soon as they suffice.
    """
    left = capacity
    for place, each in enumerate(ranking):
        left -= each.seats
        if left < 0:
            return tuple(ranking[:place]), tuple(ranking[place:])
    return tuple(ranking), ()


def frozen_hash(frozen: Frozen) -> str:
    """What is published when the pool is frozen: the SHA-256 of its one line of JSON."""
    return sha256(one_line(frozen))


def hash_of_record(record: Record) -> str:
    """The SHA-256 of the record's one line of JSON without its ``record_hash``."""
    values = to_jsonable_python(record)
    del values["record_hash"]
    return sha256(one_line(values))


def one_line(value: Frozen | dict[str, Any]) -> str:
    """JSON in one form: sorted keys, no spaces, UTF-8 (that of RFC 8785, and of ``jq -cS``)."""
    values = to_jsonable_python(value)
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def pretty(value: Frozen | Record) -> str:
    """The file that is given to people: indented, in the order in which a draw is done."""
    return json.dumps(to_jsonable_python(value), indent=2, ensure_ascii=False) + "\n"


def read_frozen(text: str) -> Frozen:
    """A frozen part from its JSON, on one line or indented. Raises pydantic's ValidationError."""
    return _FROZEN.validate_json(text, strict=True)


def read_record(text: str) -> Record:
    """A record from its JSON, whether or not it holds. Raises pydantic's ValidationError."""
    return _RECORD.validate_json(text, strict=True)


def sha256(text: str) -> str:
    """In lower-case hexadecimal, of the text's UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def _check_pool(projects: tuple[Project, ...], capacity: int) -> None:
    if capacity < 1:
        raise DrawError("There is no seat to draw for.")
    for before, project in zip((None, *projects), projects, strict=False):
        if before and before.id == project.id:
            raise DrawError(f"Project {project.id} is in the pool twice.")
        if project.seats < 1:
            raise DrawError(f"Project {project.id} has no participants.")
    if large := tuple(each.id for each in projects if each.seats > capacity):
        raise TooLarge(large)
    if not needed(projects, capacity):
        raise AllFit("There are seats for all: no draw is needed.")


def _instant(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise DrawError(f"{at} has no time zone.")
    try:
        return at.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        raise DrawError(f"{at} is no moment of any calendar.") from None


def _writable(text: str) -> str:
    return _UNWRITABLE.sub(" ", text).strip(" ")
