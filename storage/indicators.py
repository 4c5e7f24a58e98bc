"""Indicators without a target: what a report says beside the figures, of a plan as of a day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from storage import (
    documents,
    handed_in,
    outputs,
    partners,
    partnerships,
    requests,
    session_sums,
    target_sessions,
    totals,
)
from storage.engine import Tx
from storage.outputs import SITE
from storage.partnerships import Standing
from storage.plan import CountOf, EntryKind, Measure, PartnerKind, Plan, Target
from storage.requests import Requests
from storage.session_sums import Sum
from storage.target_sessions import OTHER, Boards, Held

ROSTER = "roster:"  # before the role, in what a share of surveys is among


@dataclass(frozen=True, slots=True)
class Gathered:
    """Who came to a target's sessions that count, and what they thought of them.

    ``sum`` counts who came each time; ``people`` are the different ones who are named, by role too.
    ``boards``: of how many participants each body is known to have sent; ``no_board`` sent by none,
    or nobody said. ``newcomers`` are those new this year, None where no target asks for them.
    ``held`` are all its sessions, ``came`` who was sent to each of those that count.
    """

    target: Target
    sum: Sum
    people: int
    roles: dict[str, int]
    boards: dict[str, int]
    no_board: int
    newcomers: int | None
    held: list[Held]
    came: dict[int, Boards]


@dataclass(frozen=True, slots=True)
class Made:
    """The outputs of a target: recorded in the plan's dates, and published of those."""

    target: Target
    recorded: int
    published: int


@dataclass(frozen=True, slots=True)
class Support:
    """What support went to by logged hours, the most first, and how many entries that are."""

    tables: tuple[str, ...]
    organisations: tuple[str, ...]
    entries: int


@dataclass(frozen=True, slots=True)
class Partners:
    """Partners by name: tables the team sits on, potential and new ones; agreements signed."""

    seats: tuple[str, ...]
    potential: tuple[str, ...]
    new: tuple[str, ...]
    agreements: int


@dataclass(frozen=True, slots=True)
class Out:
    """The surveys of a target that are out: to how many people, and how many handed one in."""

    target: Target
    surveys: int
    asked: int
    completed: int


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents of a target: how many are prepared, sent, and posted on the site."""

    target: Target
    prepared: int
    sent: int
    posted: int


@dataclass(frozen=True, slots=True)
class Indicators:
    """All of them, in the plan's order. ``others`` came to sessions that are for no target."""

    gathered: tuple[Gathered, ...]
    others: Gathered
    made: tuple[Made, ...]
    site_updates: int
    requests: Requests
    support: Support
    partners: Partners
    out: tuple[Out, ...]
    papers: tuple[Papers, ...]


def read(tx: Tx, plan: Plan, at: date) -> Indicators:
    """Every indicator at the end of ``at``."""
    first, last = plan.starts, min(at, plan.ends)
    of = {each: [one for one in plan.target if one.measure is each] for each in Measure}
    shares = [one for one in of[Measure.SHARE] if one.among.startswith(ROSTER)]
    documents_ = [one for one in of[Measure.COUNT] if one.counts is CountOf.DOCUMENTS]
    return Indicators(
        tuple(gathered(tx, plan, one, at) for one in of[Measure.SESSIONS]),
        gathered(tx, plan, OTHER, at),
        tuple(made(tx, plan, one, at) for one in of[Measure.OUTPUTS]),
        outputs.recorded(tx, (SITE,), first, last),
        requests.read(tx, first, last),
        _support(tx, first, last),
        _partners(tx, first, last),
        tuple(_out(tx, plan, one, at) for one in shares),
        tuple(_papers(tx, plan, one, at) for one in documents_),
    )


def gathered(tx: Tx, plan: Plan, target: Target, at: date) -> Gathered:
    """Who came to the sessions of one target."""
    by_area = session_sums.by_area(tx, target, plan.starts, min(at, plan.ends))
    held = target_sessions.of_target(tx, plan, target, at)
    came = target_sessions.boards(tx, plan, target, at, held)
    boards: Counter[str] = Counter()
    for one in came.values():
        boards.update(one.of)
    return Gathered(
        target,
        sum(by_area.values(), Sum()),
        len(target_sessions.been(tx, plan, (target.id,), at)),
        target_sessions.roles(tx, plan, target, at),
        dict(sorted(boards.items(), key=lambda one: (-one[1], one[0]))),
        sum(one.none for one in came.values()),
        _newcomers(tx, plan, target, at),
        held,
        came,
    )


def made(tx: Tx, plan: Plan, target: Target, at: date) -> Made:
    """The outputs of one target."""
    first, last = plan.starts, min(at, plan.ends)
    recorded = outputs.recorded(tx, (target.id,), first, last)
    return Made(target, recorded, outputs.published(tx, target.id, first, last))


def _newcomers(tx: Tx, plan: Plan, target: Target, at: date) -> int | None:
    """How many new people of the role were there, where a share is over them and this target."""
    for one in plan.target:
        among, _, role = one.among.partition(":")
        if among == "new" and target.id in one.of:
            return target_sessions.newcomers(tx, plan, one.of, role, at)
    return None


def _support(tx: Tx, first: date, last: date) -> Support:
    by_partner = totals.by_value(tx, EntryKind.PARTNER, totals.PARTNER, first, last)
    kinds = partners.kinds(tx)
    named = [name for name in by_partner if name]
    return Support(
        tuple(name for name in named if kinds.get(name) is PartnerKind.TABLE),
        tuple(name for name in named if kinds.get(name) is not PartnerKind.TABLE),
        sum(one.entries for one in by_partner.values()),
    )


def _partners(tx: Tx, first: date, last: date) -> Partners:
    """As they are known now: that a partner is new or potential has no day."""
    known = [one.says for one in partnerships.every(tx)]
    return Partners(
        tuple(one.partner for one in known if one.sits(first, last)),
        tuple(one.partner for one in known if one.standing is Standing.POTENTIAL),
        tuple(one.partner for one in known if one.standing is Standing.NEW),
        len(partnerships.signed(tx, first, last)),
    )


def _out(tx: Tx, plan: Plan, target: Target, at: date) -> Out:
    out = handed_in.asked(tx, plan, target, target.among.removeprefix(ROSTER), at)
    completed = sum(len(roster.keys() & done) for _, roster, done in out)
    return Out(target, len(out), sum(len(roster) for _, roster, _ in out), completed)


def _papers(tx: Tx, plan: Plan, target: Target, at: date) -> Papers:
    kept = [one.says for one in documents.of_target(tx, plan.id, target.id)]
    done = [[one.prepared, one.sent, one.posted] for one in kept]
    numbers = [sum(1 for each in done if (day := each[n]) and day <= at) for n in range(3)]
    return Papers(target, *numbers)
