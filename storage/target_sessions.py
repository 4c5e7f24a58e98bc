"""What the figure of a target is made of: its sessions, which of them count, and who came.

A figure itself is read from the sums that are kept; this looks at each session of the plan's
period, for who opens the figure.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from storage import records, rosters, session_sums, sessions
from storage.engine import Tx
from storage.network import Words
from storage.plan import Measure, Plan, Target
from storage.records import Record
from storage.session_sums import Been
from storage.sessions import Session

_ALL = (
    "SELECT s.session, s.area, s.community, s.days, s.minutes, s.last, s.cancelled, a.participants,"
    " coalesce(f.asked, 0) AS asked, coalesce(f.answered, 0) AS answered,"
    " coalesce(f.positive, 0) AS positive FROM sessions s"
    " LEFT JOIN attendances a USING (session) LEFT JOIN feedback_counts f USING (session)"
    " WHERE s.target = :target AND s.last BETWEEN :first AND :last"
    " ORDER BY s.last DESC, s.session DESC"
)
# As ``session_sums`` has them: of those that count, and on days that the session has.
_COUNTING = (
    " WHERE s.target = :target AND s.last BETWEEN :first AND :last AND s.days >= :days"
    " AND s.minutes >= :minutes AND NOT s.cancelled"
)
_PRESENT = (
    " FROM sessions s JOIN presences p USING (session) LEFT JOIN roster r ON r.record = p.member"
    + _COUNTING
    + " AND p.day < s.days"
)
_TYPED = "SELECT session, board, number FROM sessions s JOIN attendance_boards USING (session)"
_NAMED = (
    "SELECT s.session, coalesce(r.board, '') AS board,"
    " count(DISTINCT coalesce(r.human, p.member)) AS number"
    + _PRESENT
    + " GROUP BY s.session, coalesce(r.board, '')"
)
_ROLES = (
    "SELECT coalesce(r.role, '') AS role, count(DISTINCT coalesce(r.human, p.member)) AS number"
    + _PRESENT
    + " GROUP BY coalesce(r.role, '') ORDER BY 2 DESC, 1"
)

# What is recorded for no target of a plan is reported as if there were one for it.
OTHER = Target(
    id="other",
    strategy="other",
    name=Words(en="Other sessions", fr="Autres séances"),
    text=Words(en="Sessions that are for no target.", fr="Séances hors cible."),
    measure=Measure.SESSIONS,
    goal=Fraction(1),
    paced=False,
)


class Why(StrEnum):
    """Why a session does not count, the first that holds."""

    CANCELLED = "cancelled"
    TO_COME = "to_come"
    FEW_DAYS = "few_days"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Held:
    """A session of a target: ``why`` it does not count, None where it does, and what is known.

    ``community`` is the number of the one that it is a meeting of, 0 for none.
    ``participants`` is None where nobody recorded who came; the others are 0 without feedback.
    """

    session: int
    last: date
    area: str
    community: int
    why: Why | None
    participants: int | None
    asked: int
    answered: int
    positive: int


@dataclass(frozen=True, slots=True)
class Boards:
    """How many came to sessions from each body; ``none`` of no body, or nobody said which."""

    of: dict[str, int]
    none: int


def of_target(tx: Tx, plan: Plan, target: Target, at: date) -> list[Held]:
    """All the sessions of a target in the plan's dates as of ``at``, the newest first."""
    rows = tx.rows(
        _ALL, target=target.id, first=plan.starts.isoformat(), last=plan.ends.isoformat()
    )
    found: list[Held] = []
    for row in rows:
        last = date.fromisoformat(row["last"])
        why = None
        if row["cancelled"]:
            why = Why.CANCELLED
        elif last > at:
            why = Why.TO_COME
        elif row["days"] < target.days:
            why = Why.FEW_DAYS
        elif row["minutes"] < (target.minimum_minutes or 0):
            why = Why.SHORT
        replies = row["asked"], row["answered"], row["positive"]
        known = row["participants"], *replies
        found.append(Held(row["session"], last, row["area"], row["community"], why, *known))
    return found


def said(tx: Tx, held: Held) -> Record[Session]:
    """What a session says of itself."""
    return records.get(tx, sessions.KIND, held.session)


def boards(tx: Tx, plan: Plan, target: Target, at: date, all_held: list[Held]) -> dict[int, Boards]:
    """How many came from each body to each of the target's sessions that count, by its number.

    ``all_held`` is what ``of_target`` gives. A number that was typed and people who are named are
    the same people, as in an attendance.
    """
    which = _which(plan, target, at)
    came: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for sql in (_TYPED + _COUNTING, _NAMED):
        for row in tx.rows(sql, **which):
            of = came[row["session"]]
            of[row["board"]] = max(of.get(row["board"], 0), row["number"])
    found: dict[int, Boards] = {}
    for held in all_held:
        if held.why is None:
            of = {id: number for id, number in came[held.session].items() if id}
            found[held.session] = Boards(of, max(0, (held.participants or 0) - sum(of.values())))
    return found


def roles(tx: Tx, plan: Plan, target: Target, at: date) -> dict[str, int]:
    """How many different people of each role were named at the target's sessions that count.

    "" are those who were taken off the roster since.
    """
    rows = tx.rows(_ROLES, **_which(plan, target, at))
    return {row["role"]: row["number"] for row in rows}


def been(tx: Tx, plan: Plan, targets: tuple[str, ...], at: date) -> dict[int, Been]:
    """How often each human was at the sessions of these targets that count."""
    found: dict[int, Been] = {}
    for target in (one for one in (*plan.target, OTHER) if one.id in targets):
        there = session_sums.by_member(tx, target, plan.starts, min(at, plan.ends))
        for human, one in there.items():
            so_far = found.get(human, Been())
            found[human] = Been(so_far.present + one.present, so_far.complete + one.complete)
    return found


def newcomers(tx: Tx, plan: Plan, targets: tuple[str, ...], role: str, at: date) -> int:
    """How many of those who are new in a role this year were at one of these sessions or more."""
    new = {
        rosters.human(tx, one.id) for one in rosters.new(tx, role, plan.starts, min(at, plan.ends))
    }
    return len(new & been(tx, plan, targets, at).keys())


def _which(plan: Plan, target: Target, at: date) -> dict[str, object]:
    return {
        "target": target.id,
        "days": target.days,
        "minutes": target.minimum_minutes or 0,
        "first": plan.starts.isoformat(),
        "last": min(at, plan.ends).isoformat(),
    }
