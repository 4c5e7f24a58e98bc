"""Sums over sessions: how many, their feedback, and how often each human was there.

They are kept in the unit of work that changes a session, its attendance or its feedback: ``keep``
with -1 before the change and with 1 after it. So a figure costs the same at any number of sessions.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from storage import spans
from storage.engine import Tx
from storage.plan import Target

_COUNTING = " FROM sessions s {join} WHERE s.session = :session AND NOT s.cancelled"
# Members who are one human are one; one who was taken off the roster is their own.
_PRESENT = "JOIN presences p USING (session) LEFT JOIN roster r ON r.record = p.member"
_SUMS = (
    "INSERT INTO session_sums AS t"
    " SELECT s.target, :span, s.area, s.days, s.minutes, :sign,"
    " :sign * coalesce(a.participants, 0), :sign * coalesce(f.asked, 0),"
    " :sign * coalesce(f.answered, 0), :sign * coalesce(f.positive, 0)"
    + _COUNTING.format(
        join="LEFT JOIN attendances a USING (session) LEFT JOIN feedback_counts f USING (session)"
    )
    + " ON CONFLICT (target, span, area, days, minutes) DO UPDATE SET"
    " sessions = t.sessions + excluded.sessions,"
    " participants = t.participants + excluded.participants,"
    " asked = t.asked + excluded.asked, answered = t.answered + excluded.answered,"
    " positive = t.positive + excluded.positive"
)
_MEMBERS = (
    "INSERT INTO member_sums AS t"
    " SELECT s.target, :span, coalesce(r.human, p.member), s.days, s.minutes, :sign,"
    " :sign * (count(DISTINCT p.day) = s.days)"
    + _COUNTING.format(join=_PRESENT)
    + " AND p.day < s.days GROUP BY coalesce(r.human, p.member)"
    " ON CONFLICT (target, span, member, days, minutes) DO UPDATE SET"
    " present = t.present + excluded.present, complete = t.complete + excluded.complete"
)
_AREAS = (
    "SELECT area, cast(sum(sessions) AS bigint), cast(sum(participants) AS bigint),"
    " cast(sum(asked) AS bigint), cast(sum(answered) AS bigint), cast(sum(positive) AS bigint)"
    " FROM session_sums"
)
_DAYS = "SELECT span, cast(sum(sessions) AS bigint) AS sessions FROM session_sums"
_MEMBER = (
    "SELECT member, cast(sum(present) AS bigint) AS present,"
    " cast(sum(complete) AS bigint) AS complete FROM member_sums"
)
_OF = (
    " WHERE target = :target AND days >= :days AND minutes >= :minutes"
    " AND span BETWEEN :first AND :last"
)
# The same sums made anew, of a span.
_KEPT_SESSIONS = (
    "SELECT target, span, area, days, minutes, sessions, participants, asked, answered, positive"
    " FROM session_sums WHERE sessions <> 0 OR participants <> 0 OR asked <> 0 OR answered <> 0"
    " OR positive <> 0"
)
_MADE_SESSIONS = (
    "SELECT target, {span}, area, days, minutes, count(*), sum(coalesce(participants, 0)),"
    " sum(coalesce(asked, 0)), sum(coalesce(answered, 0)), sum(coalesce(positive, 0))"
    " FROM sessions LEFT JOIN attendances USING (session) LEFT JOIN feedback_counts USING (session)"
    " WHERE NOT cancelled GROUP BY 1, 2, 3, 4, 5"
)
_KEPT_MEMBERS = (
    "SELECT target, span, member, days, minutes, present, complete FROM member_sums"
    " WHERE present <> 0 OR complete <> 0"
)
_MADE_MEMBERS = (
    "SELECT target, {span}, member, days, minutes, count(*), sum(complete) FROM ("
    "SELECT s.*, coalesce(r.human, p.member) AS member, count(DISTINCT p.day) = s.days AS complete"
    " FROM sessions s {present} WHERE NOT cancelled AND p.day < s.days"
    " GROUP BY s.session, coalesce(r.human, p.member)) GROUP BY 1, 2, 3, 4, 5"
).replace("{present}", _PRESENT)

SPANS = ("last", "'m' || substr(last, 1, 7)")  # as ``spans.of`` gives them


@dataclass(frozen=True, slots=True)
class Sum:
    """Of sessions that count: heads, and how many were asked, answered, and were pleased."""

    sessions: int = 0
    participants: int = 0
    asked: int = 0
    answered: int = 0
    positive: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(
            self.sessions + other.sessions,
            self.participants + other.participants,
            self.asked + other.asked,
            self.answered + other.answered,
            self.positive + other.positive,
        )


@dataclass(frozen=True, slots=True)
class Been:
    """How many sessions a member was at, and at how many of them on every day."""

    present: int = 0
    complete: int = 0


def keep(tx: Tx, session: int, sign: int) -> None:
    """Have a session, as the tables hold it now, count (1) or count no more (-1)."""
    row = tx.row("SELECT last FROM sessions WHERE session = :session", session=session)
    if row is None:
        return
    for span in spans.of(date.fromisoformat(row["last"])):
        tx.run(_SUMS, session=session, span=span, sign=sign)
        tx.run(_MEMBERS, session=session, span=span, sign=sign)


@contextmanager
def anew(tx: Tx, member: int) -> Generator[None]:
    """Sum the sessions that a member was at anew, as what is changed within may say who that is."""
    rows = tx.rows("SELECT DISTINCT session FROM presences WHERE member = :member", member=member)
    for row in rows:
        keep(tx, row["session"], -1)
    yield
    for row in rows:
        keep(tx, row["session"], 1)


def of_session(tx: Tx, session: int) -> Sum:
    """What one session comes to, whether or not it counts anywhere."""
    row = tx.row(
        "SELECT 1, coalesce(a.participants, 0), coalesce(f.asked, 0), coalesce(f.answered, 0),"
        " coalesce(f.positive, 0) FROM records r LEFT JOIN attendances a ON a.session = r.id"
        " LEFT JOIN feedback_counts f ON f.session = r.id WHERE r.id = :session",
        session=session,
    )
    return Sum() if row is None else Sum(*row)


def by_area(tx: Tx, target: Target, first: date, last: date) -> dict[str, Sum]:
    """What the target's sessions whose last day is in a period come to, of each area."""
    found: dict[str, Sum] = {}
    for period in spans.covering(first, last):
        for row in tx.rows(
            _AREAS + _OF + " GROUP BY area",
            **_which(target, period),
        ):
            area, *sums = row
            found[area] = found.get(area, Sum()) + Sum(*sums)
    return {area: one for area, one in found.items() if one.sessions}


def by_day(tx: Tx, target: Target, first: date, last: date) -> dict[date, int]:
    """How many of the target's sessions ended on each day of a period that has any."""
    return {
        date.fromisoformat(row["span"]): row["sessions"]
        for row in tx.rows(
            _DAYS + _OF + " GROUP BY span HAVING sum(sessions) > 0 ORDER BY span",
            **_which(target, (first.isoformat(), last.isoformat())),
        )
    }


def by_member(tx: Tx, target: Target, first: date, last: date) -> dict[int, Been]:
    """How often each human was at the target's sessions whose last day is in a period."""
    found: dict[int, Been] = {}
    for period in spans.covering(first, last):
        for row in tx.rows(
            _MEMBER + _OF + " GROUP BY member",
            **_which(target, period),
        ):
            been = found.get(row["member"], Been())
            found[row["member"]] = Been(
                been.present + row["present"], been.complete + row["complete"]
            )
    return {member: been for member, been in found.items() if been.present}


def newest(tx: Tx, target: Target, first: date, last: date) -> date | None:
    """The first day of the newest of the target's sessions that count in a period, or None."""
    row = tx.row(
        "SELECT first FROM sessions WHERE target = :target AND last BETWEEN :first AND :last"
        " AND days >= :days AND minutes >= :minutes AND NOT cancelled"
        " ORDER BY last DESC, first DESC LIMIT 1",
        **_which(target, (first.isoformat(), last.isoformat())),
    )
    return None if row is None else date.fromisoformat(row["first"])


def wrong(tx: Tx) -> Iterator[str]:
    """The rows of both tables of sums that the sessions do not make so: "table / target / span"."""
    for table, kept, made in (
        ("session_sums", _KEPT_SESSIONS, _MADE_SESSIONS),
        ("member_sums", _KEPT_MEMBERS, _MADE_MEMBERS),
    ):
        found = {tuple(row) for row in tx.each(kept)}
        for span in SPANS:
            found ^= {tuple(row) for row in tx.each(made.replace("{span}", span))}
        for target, span in sorted({(row[0], row[1]) for row in found}):
            yield f"{table} / {target} / {span}"


def _which(target: Target, period: tuple[str, str]) -> dict[str, object]:
    return {
        "target": target.id,
        "days": target.days,
        "minutes": target.minimum_minutes or 0,
        "first": period[0],
        "last": period[1],
    }
