"""The rows of a report of attendance, sorted out: the meeting, and who joined and left when."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from handlers.files.attendance_columns import (
    Holds,
    by_content,
    columns,
    holds,
    is_meeting,
    is_people,
    is_whole_stay,
    is_zoom,
)
from handlers.files.attendees import Role
from handlers.files.moments import Moment, read_moment, read_seconds
from storage.words import fold

SECTION = re.compile(r"(\d)\s*[.)]\s*\D.*", re.DOTALL)
ABOUT, PEOPLE, JOINS = 1, 2, 3  # Teams' numbers for its sections, in every language
ABOVE = 200  # rows above the first table, at most
YES = re.compile(r"y|yes|o|oui|true|vrai|1")
LEFT = re.compile(r"\b(left|quitt\w+|parti\w*|sorti\w*|leave|leaves)\b")
ORGANIZER = re.compile(r"organi[sz]|host|hote")
PRESENTER = re.compile(r"present|animat")


@dataclass(frozen=True, slots=True)
class Row:
    """A row about a person. ``joined`` is of a log only: whether they came or went at ``join``."""

    said: str
    email: str
    join: Moment | None
    leave: Moment | None
    seconds: int | None
    role: Role
    guest: bool
    whole: bool
    joined: bool | None = None

    @property
    def times(self) -> tuple[Moment | None, Moment | None]:
        """Every time of this row."""
        return self.join, self.leave


@dataclass(slots=True)
class Report:
    """What a report says, its dates still unread; ``host`` is the organizer's e-mail or name."""

    source: Literal["teams", "zoom"] = "teams"
    title: str = ""
    host: str = ""
    starts: Moment | None = None
    ends: Moment | None = None
    rows: list[Row] = field(default_factory=list[Row])


def report(rows: Sequence[Sequence[str]]) -> Report | None:
    """A report sorted out; None for a table that is none: no time anybody came, and no meeting."""
    reader = _Reader()
    for place, row in enumerate(rows):
        if place > ABOVE and not reader.tables:
            return None
        reader.take([cell.strip() for cell in row])
    found = reader.found
    return found if found.rows or (reader.tables and (found.starts or found.title)) else None


class _Reader:
    """Goes through the rows of a report once, knowing which part of it a row stands in."""

    def __init__(self) -> None:
        self.found = Report()
        self.tables = 0  # of people, with or without rows
        self.section = 0
        self.where: Mapping[Holds, int] = {}
        self.whole = False
        self.meeting: Mapping[Holds, int] = {}  # the next row is the meeting
        self.unheaded = False  # a table of people follows under a header not known here

    def take(self, cells: list[str]) -> None:
        """One row, in order."""
        if not any(cells):
            return
        if self.meeting:
            self._about(cells, self.meeting)
            self.meeting = {}
            return
        if not any(cells[1:]) and (section := SECTION.fullmatch(cells[0])):
            self.section, self.where = int(section[1]), {}
            self.unheaded = self.section in (PEOPLE, JOINS)
            return
        name = _cell(cells, self.where, Holds.NAME)
        if name and holds(name) is Holds.OTHER:
            self._person(cells)
            return
        where = columns(cells)
        if is_people(cells, where) and not any(map(read_moment, cells)):
            self._open(where, self._is_whole(cells))
            if is_zoom(cells):
                self.found.source = "zoom"
        elif not self.section and is_meeting(where) and not any(map(read_moment, cells)):
            self.found.source, self.where, self.meeting = "zoom", {}, where
        elif self.where:  # someone whose name has a header's word in it
            self._person(cells)
        elif self.unheaded and (guessed := by_content(cells, account=self.section == PEOPLE)):
            self._open(guessed, self.section == PEOPLE)
            self._person(cells)
        elif not self.tables:
            self._pair(cells)

    def _is_whole(self, header: Sequence[str]) -> bool:
        return self.section == PEOPLE or (self.section != JOINS and is_whole_stay(header))

    def _open(self, where: Mapping[Holds, int], whole: bool) -> None:
        self.where, self.whole, self.unheaded = where, whole, False
        self.tables += 1

    def _about(self, cells: Sequence[str], where: Mapping[Holds, int]) -> None:
        """The meeting, from a row of it."""
        found = self.found
        found.title = found.title or _cell(cells, where, Holds.TITLE)
        found.starts = found.starts or read_moment(_cell(cells, where, Holds.STARTS))
        found.ends = found.ends or read_moment(_cell(cells, where, Holds.ENDS))
        if Holds.NAME not in where or Holds.JOIN not in where:
            host = _cell(cells, where, Holds.EMAIL) or _cell(cells, where, Holds.HOST)
            found.host = found.host or host

    def _pair(self, cells: Sequence[str]) -> None:
        """A word about the meeting with what it is; by its place where the word is not known."""
        found = self.found
        said = ", ".join(cell for cell in cells[1:] if cell)
        moment = read_moment(said)
        match holds(cells[0]):
            case Holds.TITLE:
                found.title = found.title or said
            case Holds.STARTS:
                found.starts = found.starts or moment
            case Holds.ENDS:
                found.ends = found.ends or moment
            case _ if self.section == ABOUT:
                if moment and not found.starts:
                    found.starts = moment
                elif moment:
                    found.ends = found.ends or moment
                elif not found.title and not found.starts:
                    found.title = said
            case _:
                pass

    def _person(self, cells: Sequence[str]) -> None:
        """Someone who came, unless they only waited to be let in."""
        where = self.where
        if YES.fullmatch(fold(_cell(cells, where, Holds.WAITING))):
            return
        if Holds.TITLE in where:
            self._about(cells, where)
        said, email = _cell(cells, where, Holds.NAME), _cell(cells, where, Holds.EMAIL)
        email = email.lower() if "@" in email else ""
        action = _cell(cells, where, Holds.ACTION)
        when = _cell(cells, where, Holds.WHEN if Holds.WHEN in where else Holds.JOIN)
        row = Row(
            said,
            email,
            read_moment(when),
            read_moment(_cell(cells, where, Holds.LEAVE)),
            read_seconds(_cell(cells, where, Holds.DURATION)),
            _role(_cell(cells, where, Holds.ROLE)),
            bool(YES.fullmatch(fold(_cell(cells, where, Holds.GUEST)))),
            self.whole,
            not LEFT.search(fold(action)) if action else None,
        )
        if (said or email) and (row.join or row.leave or row.seconds is not None):
            self.found.rows.append(row)


def _cell(cells: Sequence[str], where: Mapping[Holds, int], what: Holds) -> str:
    place = where.get(what)
    return cells[place] if place is not None and place < len(cells) else ""


def _role(said: str) -> Role:
    word = fold(said)
    if ORGANIZER.search(word):
        return Role.ORGANIZER
    return Role.PRESENTER if PRESENTER.search(word) else Role.ATTENDEE
