"""Silent: staff who have logged nothing for five school days, as it is asked about kindly.

Whatever was logged in these days counts, and whatever is dated on one of them; today is the last.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from storage import people
from storage.calendar import is_school_day
from storage.engine import Row, Tx
from storage.people import Person, TeamRole
from storage.plan_files import Plans

SCHOOL_DAYS = 5
FURTHEST = timedelta(days=200)  # further apart, school days are of no one time any more


def since(plans: Plans, day: date) -> date | None:
    """The first of the last five school days up to a day, which is one itself; else None."""
    if not is_school_day(plans.in_force(day), day):
        return None
    found, first = 1, day
    while found < SCHOOL_DAYS and day - first < FURTHEST:
        first -= timedelta(days=1)
        found += is_school_day(plans.in_force(first), first)
    return first if found == SCHOOL_DAYS else None


def staff(tx: Tx, plans: Plans, day: date, zone: tzinfo) -> list[Person]:
    """The staff who are silent on a school day as it is in a zone, by number.

    Not those who came to the team after the first of these days; and nobody on a closed day.
    """
    rows = _rows(tx, plans, day, zone, None)
    return [people.get(tx, row["id"]) for row in rows]


def is_silent(tx: Tx, plans: Plans, person: int, day: date, zone: tzinfo) -> bool:
    """Whether somebody, as who they are now, is one of them."""
    now = people.joined(tx).get(person, person)
    return bool(_rows(tx, plans, day, zone, now))


def _rows(tx: Tx, plans: Plans, day: date, zone: tzinfo, person: int | None) -> list[Row]:
    first = since(plans, day)
    if first is None:
        return []
    return tx.rows(
        "SELECT p.id FROM people p WHERE p.joined IS NULL AND p.role = :staff"
        " AND :person IN (0, p.id) AND p.created < :joined AND NOT EXISTS ("
        "SELECT 1 FROM entries e WHERE e.person = p.id AND e.voided IS NULL"
        " AND (e.day >= :first OR e.created >= :begins)) ORDER BY p.id",
        staff=TeamRole.STAFF.value,
        person=person or 0,
        joined=_midnight(first + timedelta(days=1), zone),
        first=first.isoformat(),
        begins=_midnight(first, zone),
    )


def _midnight(day: date, zone: tzinfo) -> int:
    """When a day begins in a zone, in UTC seconds."""
    return int(datetime.combine(day, time(), zone).astimezone(UTC).timestamp())
