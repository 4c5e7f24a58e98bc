"""Whom the lines of a list are on the roster: what to add, change and end, and what is unclear."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from handlers.files import roster
from handlers.files.headers import plain
from handlers.files.names import same
from handlers.files.roster import NEVER_NAMED, Line, Roster
from storage import roster_imports, rosters
from storage.limits import Impossible
from storage.network import Network
from storage.records import Record
from storage.rosters import Member

MOST = 1000  # lines of a list


class Doubt(StrEnum):
    """Why a line that reads well is unclear beside the roster, or among the others."""

    NO_ROLE = "no role"
    TWICE = "twice"
    NAMESAKES = "namesakes"  # on the roster, and the line has no e-mail that tells which
    OTHER_EMAIL = "other e-mail"  # someone of that name is on the roster with another one
    OTHER_NAME = "other name"  # the e-mail is someone's who is called nothing like it
    BAD_TEXT = "bad text"


@dataclass(frozen=True, slots=True)
class Unclear:
    """A line that nothing is done about, with each reason and what the file says there."""

    line: Line
    why: tuple[tuple[roster.Why | Doubt, str], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A clear line: whom it is about, None for someone new, and what they then say."""

    before: Record[Member] | None
    after: Member

    @property
    def changes(self) -> bool:
        return self.before is None or self.before.says != self.after

    @property
    def ends(self) -> bool:
        return self.before is not None and rosters.ends(self.before.says, self.after)


@dataclass(frozen=True, slots=True)
class Matched:
    """A list beside the roster. ``absent``: there today in one of its roles, and not in it."""

    matches: tuple[Match, ...]
    unclear: tuple[Unclear, ...]
    absent: tuple[Record[Member], ...]

    @property
    def decisions(self) -> list[roster_imports.Decision]:
        return [
            (one.before.id if one.before else None, one.after)
            for one in self.matches
            if one.changes
        ]


def match(read: Roster, known: Sequence[Record[Member]], network: Network) -> Matched:
    """Find each line's member by e-mail, else by name; nobody is guessed."""
    roles = {one.id for one in network.role} - NEVER_NAMED
    boards = {"", *(one.id for one in network.body)}
    people = _People(known)
    matches: list[tuple[Line, Match]] = []
    unclear: list[Unclear] = []
    for line in read.lines:
        if line.problems:
            unclear.append(Unclear(line, tuple((one.why, one.said) for one in line.problems)))
            continue
        one = people.match(line)
        if isinstance(one, Match):
            one = _sure(one, line, roles, boards)
        if isinstance(one, Unclear):
            unclear.append(one)
        else:
            matches.append((line, one))
    clear, twice = _apart(matches)
    unclear = sorted([*unclear, *twice], key=lambda one: one.line.row)
    there = {one.before.id for one in clear if one.before}
    named = {one.after.role for one in clear}
    in_doubt = {plain(one.line.name) for one in unclear}
    absent = [
        one
        for one in known
        if one.id not in there
        and one.says.role in named
        and one.says.ends is None
        and plain(one.says.name) not in in_doubt
    ]
    return Matched(tuple(clear), tuple(unclear), tuple(absent))


def _apart(matches: Sequence[tuple[Line, Match]]) -> tuple[list[Match], list[Unclear]]:
    """The lines that are about someone each, and those of which several are about one person.

    Several that say the same are one. Namesakes are told apart by their e-mails.
    """
    by_person: defaultdict[object, list[tuple[Line, Match]]] = defaultdict(list)
    for line, one in matches:
        by_person[one.before.id if one.before else plain(one.after.name)].append((line, one))
    clear: list[Match] = []
    twice: list[Unclear] = []
    for found in by_person.values():
        different = list(dict.fromkeys(one.after for _, one in found))
        emails = {after.email for after in different if after.email}
        if len(different) == 1:
            clear.append(found[0][1])
        elif found[0][1].before is None and len(emails) == len(different):
            clear += [one for _, one in found]
        else:
            twice += [Unclear(line, ((Doubt.TWICE, line.name),)) for line, _ in found]
    return clear, twice


def _sure(one: Match, line: Line, roles: set[str], boards: set[str]) -> "Match | Unclear":
    """The match, or why it can't be kept."""
    if not one.after.role:
        return Unclear(line, ((Doubt.NO_ROLE, ""),))
    try:
        rosters.check(one.after, 0)
    except Impossible as error:
        if error.field == "ends":
            return Unclear(line, ((roster.Why.ENDS_BEFORE_START, ""),))
        return Unclear(line, ((Doubt.BAD_TEXT, error.field),))
    # The lines come back with a button, so what they name is looked up again.
    if one.after.role not in roles:
        return Unclear(line, ((roster.Why.UNKNOWN_ROLE, line.role),))
    if one.after.board not in boards:
        return Unclear(line, ((roster.Why.UNKNOWN_BOARD, line.board),))
    return one


class _People:
    """The roster, to find people in."""

    def __init__(self, known: Sequence[Record[Member]]) -> None:
        self._emails: defaultdict[str, list[Record[Member]]] = defaultdict(list)
        self._words: defaultdict[str, list[Record[Member]]] = defaultdict(list)
        for one in known:
            if one.says.email:
                self._emails[one.says.email].append(one)
            for word in set(plain(one.says.name).split()):
                self._words[word].append(one)

    def match(self, line: Line) -> Match | Unclear:
        """Whom a line is about."""
        found = self._emails[line.email] if line.email else []
        if not found:
            named = self._named(line.name)
            found = [one for one in named if not (line.email and one.says.email)]
            if named and not found:
                said = ", ".join(dict.fromkeys(one.says.email for one in named))
                return Unclear(line, ((Doubt.OTHER_EMAIL, said),))
            if len({one.says.email for one in found}) > 1:
                return Unclear(line, ((Doubt.NAMESAKES, line.name),))
        if not found:
            return Match(None, _filled(Member(line.name), line))
        one = _of_stay(found, line)
        known = found[0].says.name
        if not same(known, line.name) and not {*plain(known).split()} & {*plain(line.name).split()}:
            return Unclear(line, ((Doubt.OTHER_NAME, known),))
        return one

    def _named(self, name: str) -> list[Record[Member]]:
        """Those of this name; the same names have a word in common, so few are compared."""
        near = {one.id: one for word in plain(name).split() for one in self._words[word]}
        return [one for one in near.values() if same(name, one.says.name)]


def _of_stay(found: Sequence[Record[Member]], line: Line) -> Match:
    """The stay that a line speaks of: the one that starts as it says, else the last.

    Who starts after the end of the last one has come back, and is on the roster a second time, as
    the same human.
    """
    for one in found:
        if line.starts and one.says.starts == line.starts:
            return Match(one, _filled(one.says, line))
    last = max(found, key=lambda one: (one.says.starts is not None, one.says.starts, one.id))
    if line.starts and last.says.ends and line.starts > last.says.ends:
        human = last.says.same_as or last.id
        again = replace(last.says, starts=None, ends=None, same_as=human)
        return Match(None, _filled(again, line))
    return Match(last, _filled(last.says, line))


def _filled(member: Member, line: Line) -> Member:
    """What the member says with the line; a blank cell takes nothing away."""
    return Member(
        member.name if same(member.name, line.name) else line.name,
        line.email or member.email,
        line.role or member.role,
        line.board or member.board,
        line.centre or member.centre,
        line.starts or member.starts,
        line.ends or member.ends,
        line.language or member.language,
        member.same_as,
    )
