"""Whether a draw holds: everything is done again from the frozen part and the randomness alone.

The problems are whole sentences in English, as all that the command line says.
"""

from collections.abc import Iterable
from itertools import zip_longest

from pydantic import ValidationError

from handlers.communities.draw_errors import DrawError
from handlers.communities.draw_rule import ALGORITHM
from handlers.communities.drawing import (
    Frozen,
    Record,
    freeze,
    hash_of_record,
    mix,
    one_line,
    pretty,
    read_record,
)


def check(text: str) -> tuple[Record | None, list[str]]:
    """The record that a published file holds, and all that is wrong with it.

    The file must be as ``pretty`` writes it, to the byte, so that it says the same to whatever
    reads it (a name that is there twice would not). No record where none can be read.
    """
    text = text.replace("\r\n", "\n")  # as mail may leave it
    try:
        record = read_record(text)
    except ValidationError as error:
        return None, [_malformed(each["loc"], each["msg"]) for each in error.errors()]
    return record, [*verify(record), *_layout(text, pretty(record))]


def verify(record: Record) -> list[str]:
    """What differs from the same draw done again, in the order of its steps; nothing if it holds.

    The first problem is often the cause of the others.
    """
    frozen = record.frozen
    found = _of_frozen(frozen)
    if record.typed_at < frozen.known_at:
        found.append("The randomness was typed before it could be known.")
    try:
        again = mix(frozen, record.typed, frozen.known_at)
    except DrawError as error:
        return [*found, str(error)]
    if record.typed != again.typed:
        found.append("The randomness as it was typed holds control characters.")
    compared = (
        ("The hash of the frozen part", record.frozen_hash, again.frozen_hash),
        ("The randomness as it was read", f'"{record.canonical}"', f'"{again.canonical}"'),
        ("The seed", record.seed, again.seed),
    )
    found += [_differs(what, said, is_) for what, said, is_ in compared if said != is_]
    found += _of_ranking(record, again)
    if record.taken != again.taken:
        found.append(_differs("Who is taken", _listed(record.taken), _listed(again.taken)))
    if record.waiting != again.waiting:
        found.append(_differs("The waiting list", _listed(record.waiting), _listed(again.waiting)))
    if record.record_hash != (whole := hash_of_record(record)):
        found.append(_differs("The hash of the record", record.record_hash, whole))
    return found


def _of_frozen(frozen: Frozen) -> list[str]:
    """What ``freeze`` would not have let pass, or would have written otherwise."""
    if frozen.algorithm != ALGORITHM:
        return []  # said by mix
    try:
        again = freeze(
            community=frozen.community,
            community_name=frozen.community_name,
            capacity=frozen.capacity,
            pool=frozen.pool,
            frozen_at=frozen.frozen_at,
            source=frozen.source,
            known_at=frozen.known_at,
        )
    except DrawError as error:
        return [str(error)]
    if one_line(again) != one_line(frozen):
        return [
            "The frozen part is not in its one form: projects by number, instants in UTC to the"
            " second, words without control characters."
        ]
    return []


def _of_ranking(record: Record, again: Record) -> list[str]:
    found: list[str] = []
    said = {each.id: each for each in record.ranking}
    true = {each.id: each for each in again.ranking}
    order, true_order = [each.id for each in record.ranking], [each.id for each in again.ranking]
    if sorted(order) != sorted(true_order):
        found.append(_differs("Who is ranked", _listed(sorted(order)), _listed(sorted(true_order))))
    elif order != true_order:
        found.append(_differs("The order", _listed(order), _listed(true_order)))
    both = [id for id in true if id in said]
    if others := [id for id in both if said[id].digest != true[id].digest]:
        found.append(f"The digest differs for: {_listed(others)}.")
    if others := [id for id in both if said[id].seats != true[id].seats]:
        found.append(f"The ranking has other seats than the pool for: {_listed(others)}.")
    return found


def _differs(what: str, said: str, is_: str) -> str:
    return f"{what} differs: the file says {said}, done again it is {is_}."


def _listed(projects: Iterable[int]) -> str:
    return ", ".join(map(str, projects)) or "none"


def _malformed(place: tuple[int | str, ...], says: str) -> str:
    at = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
    return f"This is not the record of a draw: {at + ': ' if at else ''}{says}."


def _layout(text: str, meant: str) -> list[str]:
    if text == meant:
        return []
    lines = zip_longest(text.splitlines(), meant.splitlines())
    first = next((n for n, (is_, should) in enumerate(lines, 1) if is_ != should), None)
    at = f"from line {first} on" if first else "at its end"
    return [
        f"The file is not as Jalon wrote it, {at}: it was edited, or saved anew by a program."
        " Check the file that was published."
    ]
