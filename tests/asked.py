"""A workshop that is over, and somebody of the roster who was there: for tests that ask them."""

from datetime import date

from storage import presences, records, rosters, session_sums, sessions
from storage.engine import Tx
from storage.people import TeamRole
from storage.presences import Attendance, Present
from storage.rosters import Member
from storage.session_sums import Sum
from storage.sessions import Day, Session
from tests.conversation import NOW
from tests.storage.making import meet

HELD = date(2025, 2, 11)
AT = int(NOW.timestamp())


def hold(tx: Tx, name: str, email: str) -> int:
    """Hold a workshop that one person of the roster came to; its number."""
    by = meet(tx, "Manager", TeamRole.MANAGER)
    member = rosters.add(tx, Member(name, email, "cda", "EMSB"), by, AT)
    says = Session("pd-workshops", "Family engagement", days=(Day(HELD, "", 180),))
    session = records.add(tx, sessions.KIND, says, by, AT).id
    presences.take(tx, Attendance(session, present=(Present(0, member.id),)), by, AT)
    return session


def replies(tx: Tx, session: int) -> tuple[int, int, int]:
    """How many were asked, answered, and were pleased."""
    sum: Sum = session_sums.of_session(tx, session)
    return sum.asked, sum.answered, sum.positive
