"""The annexes of a report: sessions, what hours went to, partners and tools. Nobody is named."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from storage import outputs, partners, partnerships, target_sessions, totals
from storage.engine import Tx
from storage.indicators import Gathered, Indicators
from storage.outputs import SITE, Output
from storage.partnerships import Agreement, Standing
from storage.plan import EntryKind, Measure, PartnerKind, Plan, Target
from storage.requests import Requests
from storage.sessions import Session
from storage.target_sessions import Boards, Held
from storage.words import fold

ALL = 100_000  # more outputs than any team has
_OBJECTIVES = (
    "SELECT coalesce(p.name, '') AS partner, e.objective, sum(e.minutes) AS minutes,"
    " count(*) AS entries FROM entries e LEFT JOIN partners p ON p.id = e.partner"
    " WHERE e.kind = :kind AND e.voided IS NULL AND e.day BETWEEN :first AND :last"
    " GROUP BY coalesce(p.name, ''), e.objective ORDER BY 1, 4 DESC, 2"
)


@dataclass(frozen=True, slots=True)
class Line:
    """What hours went to under one name ("" not said): minutes and entries."""

    name: str
    minutes: int
    entries: int


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session that counts: what it says, what is known of it, and who came from which body."""

    target: Target
    says: Session
    held: Held
    boards: Boards


@dataclass(frozen=True, slots=True)
class Accompaniment:
    """Hours of accompaniment by body, role and objective, and the requests among them.

    Who has several bodies or roles stands under all of them together, so that hours count once.
    """

    boards: tuple[Line, ...]
    roles: tuple[Line, ...]
    objectives: tuple[Line, ...]
    requests: Requests


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner: the support it got with its purposes, and how far the partnership is."""

    support: Line
    table: bool
    purposes: tuple[str, ...] = ()
    seat: bool = False
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Annexes:
    """All of them, of a plan's dates up to a day."""

    sessions: tuple[SessionLine, ...]
    accompaniment: Accompaniment
    partners: tuple[PartnerLine, ...]
    agreements: tuple[Agreement, ...]
    outputs: tuple[Output, ...]
    site: tuple[Output, ...]


def read(tx: Tx, plan: Plan, indicators: Indicators, at: date) -> Annexes:
    """The annexes at the end of ``at``; ``indicators`` are those of that day."""
    first, last = plan.starts, min(at, plan.ends)
    tools = [one.id for one in plan.target if one.measure is Measure.OUTPUTS]
    return Annexes(
        tuple(
            line for one in (*indicators.gathered, indicators.others) for line in _sessions(tx, one)
        ),
        _accompaniment(tx, indicators.requests, first, last),
        tuple(_partners(tx, first, last)),
        tuple(reversed([one.says for one in partnerships.signed(tx, first, last)])),
        tuple(one for id in tools for one in _outputs(tx, id, first, last)),
        tuple(_outputs(tx, SITE, first, last)),
    )


def _sessions(tx: Tx, one: Gathered) -> list[SessionLine]:
    """Those of a target that count, the oldest first."""
    return [
        SessionLine(one.target, target_sessions.said(tx, held).says, held, one.came[held.session])
        for held in reversed(one.held)
        if held.why is None
    ]


def _accompaniment(tx: Tx, asked: Requests, first: date, last: date) -> Accompaniment:
    kind = EntryKind.ACCOMPANIMENT
    boards, roles = (
        tuple(
            Line(name, one.minutes, one.entries)
            for name, one in totals.by_value(tx, kind, dimension, first, last).items()
        )
        for dimension in (totals.BOARD, totals.ROLE)
    )
    objectives = tuple(_as_one(_objectives(tx, kind, first, last)[""]))
    return Accompaniment(boards, roles, objectives, asked)


def _partners(tx: Tx, first: date, last: date) -> list[PartnerLine]:
    """Those that got support in the period, or that the team sits with, is new with or looks to."""
    kinds = partners.kinds(tx)
    purposes = _objectives(tx, EntryKind.PARTNER, first, last)
    found = {
        fold(name): PartnerLine(
            Line(name, one.minutes, one.entries),
            kinds.get(name) is PartnerKind.TABLE,
            tuple(line.name for line in _as_one(purposes[name]) if line.name),
        )
        for name, one in totals.by_value(tx, EntryKind.PARTNER, totals.PARTNER, first, last).items()
    }
    for known in (one.says for one in partnerships.every(tx)):
        seat = known.sits(first, last)
        there = found.get(fold(known.partner))
        if there is None and known.standing is Standing.EXISTING and not seat:
            continue
        said = there or PartnerLine(Line(known.partner, 0, 0), known.table)
        own = (known.purpose,) if known.purpose and known.purpose not in said.purposes else ()
        found[fold(known.partner)] = PartnerLine(
            said.support, said.table, (*own, *said.purposes), seat, known.standing
        )
    return list(found.values())


def _objectives(tx: Tx, kind: EntryKind, first: date, last: date) -> defaultdict[str, list[Line]]:
    """What entries of a kind were for, by partner ("" where there is none)."""
    found: defaultdict[str, list[Line]] = defaultdict(list)
    for row in tx.rows(
        _OBJECTIVES, kind=kind.value, first=first.isoformat(), last=last.isoformat()
    ):
        line = Line(row["objective"], row["minutes"], row["entries"])
        found[row["partner"]].append(line)
    return found


def _as_one(lines: list[Line]) -> list[Line]:
    """The lines with what differs in case or accents alone as one, as it is most often written."""
    spelling: dict[str, str] = {}
    minutes: Counter[str] = Counter()
    entries: Counter[str] = Counter()
    for one in lines:
        key = fold(one.name)
        spelling.setdefault(key, one.name)
        minutes[key] += one.minutes
        entries[key] += one.entries
    found = [Line(spelling[key], minutes[key], entries[key]) for key in spelling]
    return sorted(found, key=lambda one: (-one.minutes, fold(one.name)))


def _outputs(tx: Tx, target: str, first: date, last: date) -> list[Output]:
    return [one.says for one in reversed(outputs.of_target(tx, target, first, last, ALL))]
