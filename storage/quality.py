"""Data quality: what a report would be asked about, as numbers of the rows that leave it open.

Every check runs over one plan's dates, but for those of the roster, which is as it is today, and
of hours that are in no plan's. Whatever was voided or cancelled is left alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from storage import presences, records, sessions
from storage.engine import Tx
from storage.outputs import SITE
from storage.plan import EntryKind, Plan

FEWEST_OFF = 3  # people; a smaller difference between registered and present is no question


class Concern(StrEnum):
    """What is missing or strange; of entries, sessions, outputs and members in this order."""

    ENTRY = "entry"  # an accompaniment without a role, or without a body
    OUTSIDE = "outside"  # an entry in no plan's dates
    ATTENDANCE = "attendance"  # a session is over, and nobody said who came
    UNMATCHED = "unmatched"  # people came who are on no roster
    FAR = "far"  # far more or fewer came than had registered
    FEEDBACK = "feedback"  # a session is over that is to have feedback, and none came
    PART = "part"  # a session of a target whose goal has parts is for none of them
    BODY = "body"  # people came, and it is not known from which bodies
    URL = "url"  # a tool or a capsule without a URL
    MEMBER = "member"  # someone on the roster today without a body


OF_ROSTER = (Concern.MEMBER,)  # only managers mend these


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at: a plan among all, on a day; what one person recorded, or None for all."""

    plan: Plan
    plans: Sequence[Plan]
    today: date
    person: int | None


# The parts that several of the queries have; of what a record leaves out, its text says nothing.
_SESSIONS = "FROM sessions s JOIN records r ON r.id = s.session"
_HELD = "WHERE NOT s.cancelled AND s.last BETWEEN :first AND :last AND (:all OR {by} = :person)"
_PARTS = {
    "sessions": _SESSIONS,
    "attended": _SESSIONS
    + " JOIN attendances a ON a.session = s.session JOIN records ar ON ar.id = a.record",
    "held": _HELD.format(by="r.person"),
    "held_and_attended": _HELD.format(by="ar.person"),
    "newest": "ORDER BY s.last DESC, s.session DESC",
}
_SQL = {
    Concern.ENTRY: (
        "SELECT id FROM entries e WHERE kind = :accompaniment AND voided IS NULL"
        " AND day BETWEEN :first AND :ends AND (:all OR person = :person)"
        " AND (NOT EXISTS (SELECT 1 FROM entry_boards b WHERE b.entry = e.id) OR NOT EXISTS"
        " (SELECT 1 FROM entry_people p WHERE p.entry = e.id AND p.role <> ''))"
        " ORDER BY day DESC, id DESC"
    ),
    Concern.OUTSIDE: (
        "SELECT id FROM entries WHERE voided IS NULL AND (:all OR person = :person)"
        " AND NOT ({in_a_plan}) ORDER BY day DESC, id DESC"
    ),
    Concern.ATTENDANCE: (
        "SELECT s.session AS id {sessions} {held} AND NOT EXISTS"
        " (SELECT 1 FROM attendances a WHERE a.session = s.session) {newest}"
    ),
    Concern.UNMATCHED: (
        "SELECT s.session AS id {attended} {held_and_attended}"
        " AND instr(ar.content, '\"unmatched\":') > 0 {newest}"
    ),
    Concern.FAR: (
        "SELECT s.session AS id, a.participants {attended} {held_and_attended}"
        " AND instr(r.content, '\"registered\":') > 0 {newest}"
    ),
    Concern.FEEDBACK: (
        "SELECT s.session AS id {sessions} {held} AND s.target IN ({of_feedback})"
        " AND NOT EXISTS (SELECT 1 FROM feedback_counts f"
        " WHERE f.session = s.session AND f.answered > 0) {newest}"
    ),
    Concern.PART: (
        "SELECT s.session AS id {sessions} WHERE NOT s.cancelled"
        " AND s.last BETWEEN :first AND :ends AND (:all OR r.person = :person)"
        " AND s.area = '' AND s.target IN ({in_parts}) {newest}"
    ),
    Concern.BODY: (
        "SELECT s.session AS id {attended} {held_and_attended} AND a.participants > 0"
        " AND NOT EXISTS (SELECT 1 FROM attendance_boards b"
        " WHERE b.session = s.session AND b.board <> '')"
        " AND NOT EXISTS (SELECT 1 FROM presences p JOIN roster m ON m.record = p.member"
        " WHERE p.session = s.session AND m.board <> '') {newest}"
    ),
    Concern.URL: (
        "SELECT o.record AS id FROM outputs o JOIN records r ON r.id = o.record"
        " WHERE o.target <> :site AND o.day BETWEEN :first AND :ends"
        " AND (:all OR r.person = :person) AND instr(r.content, '\"url\":') = 0"
        " ORDER BY o.day DESC, o.record DESC"
    ),
    Concern.MEMBER: (
        "SELECT record AS id FROM roster WHERE board = '' AND :all"
        " AND (starts IS NULL OR starts <= :today) AND (ends IS NULL OR ends >= :today)"
        " ORDER BY name, record"
    ),
}


def count(tx: Tx, asked: Asked, concern: Concern) -> int:
    """How many there are."""
    if concern is Concern.FAR:
        return sum(1 for _ in _far(tx, asked))
    sql, named = _query(asked, concern)
    row = tx.row(f"SELECT count(*) AS number FROM ({sql}) AS found", **named)  # noqa: S608 - a query of this file
    assert row is not None
    return int(row["number"])


def page(tx: Tx, asked: Asked, concern: Concern, limit: int, offset: int = 0) -> list[int]:
    """The numbers of some of them: of entries, sessions, outputs or members, the newest first."""
    if concern is Concern.FAR:
        return [*_far(tx, asked)][offset : offset + limit]
    sql, named = _query(asked, concern)
    rows = tx.rows(sql + " LIMIT :limit OFFSET :offset", **named, limit=limit, offset=offset)
    return [row["id"] for row in rows]


def is_far(registered: int, came: int) -> bool:
    """Whether half as many more or fewer came than had registered, and not just one or two."""
    off = abs(registered - came)
    return off >= FEWEST_OFF and 2 * off > registered


def _far(tx: Tx, asked: Asked) -> Iterator[int]:
    """The sessions to which far more or fewer came than had registered, the newest first."""
    sql, named = _query(asked, Concern.FAR)
    for row in tx.rows(sql, **named):
        registered = records.get(tx, sessions.KIND, row["id"]).says.registered
        if registered is not None and is_far(registered, row["participants"]):
            yield row["id"]


def came(tx: Tx, session: int) -> int:
    """How many came to a session."""
    attendance = presences.of_session(tx, session)
    return attendance.says.participants if attendance else 0


def unmatched(tx: Tx, session: int) -> list[str]:
    """Who came to a session and is on no roster, as they were named."""
    attendance = presences.of_session(tx, session)
    return list(dict.fromkeys(one.name for one in attendance.says.unmatched)) if attendance else []


def _query(asked: Asked, concern: Concern) -> tuple[str, dict[str, object]]:
    plan, yesterday = asked.plan, asked.today - timedelta(days=1)
    named: dict[str, object] = {
        "all": asked.person is None,
        "person": asked.person,
        "first": plan.starts.isoformat(),
        "last": min(yesterday, plan.ends).isoformat(),
        "ends": plan.ends.isoformat(),
        "today": asked.today.isoformat(),
        "accompaniment": EntryKind.ACCOMPANIMENT.value,
        "site": SITE,
    }
    for n, one in enumerate(asked.plans):
        named |= {f"from{n}": one.starts.isoformat(), f"to{n}": one.ends.isoformat()}
    feedback = [id for one in plan.target if one.among == "answered" for id in one.of]
    parts = {
        "in_a_plan": " OR ".join(
            f"day BETWEEN :from{n} AND :to{n}" for n in range(len(asked.plans))
        ),
        "of_feedback": _among(named, "feedback", feedback),
        "in_parts": _among(named, "part", [one.id for one in plan.target if one.part]),
    }
    return _SQL[concern].format(**_PARTS, **parts), named


def _among(named: dict[str, object], name: str, ids: Sequence[str]) -> str:
    """Names for these values in a query; without any, what nothing is among."""
    keys = {f"{name}{n}": id for n, id in enumerate(dict.fromkeys(ids))}
    named |= keys
    return ", ".join(f":{key}" for key in keys) or "NULL"
