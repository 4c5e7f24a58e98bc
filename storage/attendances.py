"""Which meetings of their community a member attended: what an attestation is made of."""

from dataclasses import dataclass
from datetime import date

from storage import records, rosters, sessions
from storage.communities import Membership
from storage.engine import Tx
from storage.records import Record
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class Attended:
    """A day of a meeting that somebody was at: what that says, and how many minutes it had."""

    session: int
    says: Session
    day: date
    minutes: int


def of_membership(tx: Tx, membership: Record[Membership], until: date) -> list[Attended]:
    """The days of its community's meetings that a member was at, from first to last.

    Those that were not cancelled, up to a day, and while they were a member; however they were
    written down, as any of the members of the roster that are one human.
    """
    says = membership.says
    rows = tx.rows(
        "SELECT DISTINCT p.session, p.day FROM presences p"
        " JOIN sessions s ON s.session = p.session JOIN roster r ON r.record = p.member"
        " WHERE s.community = :community AND s.cancelled = 0 AND r.human = :human",
        community=says.community,
        human=rosters.human(tx, says.member),
    )
    found: list[Attended] = []
    for row in rows:
        session = records.get(tx, sessions.KIND, row["session"])
        place: int = row["day"]
        one = session.says.days[place]
        if one.day <= until and says.holds(one.day):
            found.append(Attended(session.id, session.says, one.day, one.minutes))
    return sorted(found, key=lambda each: (each.day, each.session))
