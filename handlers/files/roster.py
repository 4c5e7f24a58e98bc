"""Reads a list of people: who, in which role, at which body and centre, from when until when."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from handlers.files import dates, headers, spellings
from handlers.files.headers import Field, plain
from handlers.files.names import first_last
from storage.network import Language, Network

HEADER_WITHIN = 10  # rows: a title and a note may stand above the headers
NEVER_NAMED = frozenset({"parent", "student"})  # roles whose people's names are never kept
# A row of headers with one of these is an attendance list's, or that of answers to a form.
_OF_OTHERS = frozenset({
    "timestamp", "horodateur", "start time", "completion time", "heure de debut", "heure de fin",
    "duration", "duration minutes", "duree", "duree minutes", "join time", "leave time",
    "first join", "last leave", "in meeting duration", "premiere connexion", "derniere sortie",
})  # fmt: skip
_NOBODY = frozenset({
    "vacant", "vacante", "vacancy", "poste vacant", "to be determined", "tbd", "tba", "a combler",
    "a determiner", "a venir", "n a", "na", "none", "aucun", "aucune",
})  # fmt: skip
_EMAIL = re.compile(r"[^@\s,;:<>()\"]+@[^@\s,;:<>()\"]+\.[^@\s,;:<>()\".]+")


class Why(StrEnum):
    """Why a line is unclear."""

    NO_NAME = "no name"
    NEVER_NAMED = "never named"  # a parent or a student: the name and the e-mail are left out
    UNKNOWN_ROLE = "unknown role"
    UNKNOWN_BOARD = "unknown board"
    UNKNOWN_LANGUAGE = "unknown language"
    BAD_EMAIL = "bad e-mail"
    SAME_EMAIL = "same e-mail"  # on each line that has it
    UNCLEAR_START = "unclear start"
    UNCLEAR_END = "unclear end"
    ENDS_BEFORE_START = "ends before start"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is unclear about a line, and what the file says there ("" where nothing)."""

    why: Why
    said: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Someone on the list. ``row`` counts from 1, headers too; what is blank or unclear is empty.

    ``role`` and ``board`` are ids of the network, ``centre`` is as written, ``email`` lower case.
    """

    row: int
    name: str
    email: str = ""
    role: str = ""
    board: str = ""
    centre: str = ""
    starts: date | None = None
    ends: date | None = None
    language: Language | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a list in its order, and the headers not understood."""

    lines: tuple[Line, ...]
    unread: tuple[str, ...] = ()


def read(rows: Sequence[Sequence[str]], network: Network) -> Roster | None:
    """The roster in a file's rows; None where no row of headers names people and one thing more."""
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        if fields := _fields(row):
            below = [
                (number, _said(fields, cells))
                for number, cells in enumerate(rows[index + 1 :], index + 2)
                if any(cell.strip() for cell in cells)
            ]
            unread = [cell.strip() for cell, field in zip(row, fields, strict=True) if not field]
            return Roster(
                tuple(_lines(below, network)),
                tuple(filter(None, unread)),
            )
    return None


def _fields(row: Sequence[str]) -> list[Field | None] | None:
    """What each column holds; None where this is not a roster's row of headers."""
    fields = [headers.field(cell) for cell in row]
    named = {Field.NAME, Field.FAMILY} & set(fields)
    if not named or len({*fields} - {None}) < 2 or any(plain(cell) in _OF_OTHERS for cell in row):
        return None
    if Field.GIVEN in fields and Field.FAMILY not in fields:  # "Prénom", "Nom"
        return [Field.FAMILY if field is Field.NAME else field for field in fields]
    return fields


def _said(fields: Sequence[Field | None], cells: Sequence[str]) -> dict[Field, str]:
    """What a row says; of two columns that hold the same, the first that says something."""
    said = dict.fromkeys(Field, "")
    for field, cell in zip(fields, cells, strict=False):  # rows may be cut short
        if field and not said[field]:
            said[field] = " ".join(cell.replace("\ufeff", "").split())
    return said


def _lines(rows: Sequence[tuple[int, Mapping[Field, str]]], network: Network) -> Iterator[Line]:
    """A line for each row. Dates, and the order of a name's parts, are read a column at a time."""
    starts = dates.read([said[Field.STARTS] for _, said in rows])
    ends = dates.read([said[Field.ENDS] for _, said in rows], last=True)
    whole = [said[Field.NAME] for _, said in rows if _names_someone(said[Field.NAME])]
    turned = all(first_last(name) != name for name in whole)  # "Tremblay, Marie" in every row
    roles, boards = spellings.roles(network), spellings.boards(network)
    times = Counter(_email(said[Field.EMAIL]) for _, said in rows)
    for (row, said), start, end in zip(rows, starts, ends, strict=True):
        whole_name = first_last(said[Field.NAME]) if turned else said[Field.NAME]
        name = whole_name or f"{said[Field.GIVEN]} {said[Field.FAMILY]}".strip()
        line = Line(
            row=row,
            name=name if _names_someone(name) else "",
            email=_email(said[Field.EMAIL]),
            role=spellings.find(said[Field.ROLE], roles),
            board=spellings.find(said[Field.BOARD], boards),
            centre=said[Field.CENTRE],
            starts=start,
            ends=end,
            language=spellings.LANGUAGES.get(plain(said[Field.LANGUAGE])),
        )
        problems = [] if line.name else [Problem(Why.NO_NAME, name)]
        problems += _problems(line, said)
        if line.email and times[line.email] > 1:
            problems.append(Problem(Why.SAME_EMAIL, line.email))
        if line.role in NEVER_NAMED:
            problems = [Problem(Why.NEVER_NAMED, said[Field.ROLE])]
            line = replace(line, name="", email="")
        yield replace(line, problems=tuple(problems))


def _problems(line: Line, said: Mapping[Field, str]) -> Iterator[Problem]:
    """What a row says that its line could not take, and what does not fit together."""
    for field, value, why in (
        (Field.EMAIL, line.email, Why.BAD_EMAIL),
        (Field.ROLE, line.role, Why.UNKNOWN_ROLE),
        (Field.BOARD, line.board, Why.UNKNOWN_BOARD),
        (Field.LANGUAGE, line.language, Why.UNKNOWN_LANGUAGE),
        (Field.STARTS, line.starts, Why.UNCLEAR_START),
        (Field.ENDS, line.ends, Why.UNCLEAR_END),
    ):
        if said[field] and not value:
            yield Problem(why, said[field])
    if line.starts and line.ends and line.ends < line.starts:
        yield Problem(Why.ENDS_BEFORE_START, f"{said[Field.STARTS]} – {said[Field.ENDS]}")


def _names_someone(name: str) -> bool:
    return any(letter.isalpha() for letter in name) and plain(name) not in _NOBODY


def _email(said: str) -> str:
    """An address in lower case; "" where this is none, or several."""
    address = said.lower().removeprefix("mailto:")
    return address if _EMAIL.fullmatch(address) else ""
