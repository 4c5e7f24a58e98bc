"""A roster, sessions and reports of who attended them, for the tests of attendance."""

from datetime import date

from storage import presences, records, rosters, sessions
from storage.engine import Tx
from storage.people import TeamRole
from storage.presences import Attendance
from storage.rosters import Member
from storage.sessions import Day, Session
from tests.conversation import Chat
from tests.storage.making import NOW, meet

PEOPLE = (
    Member("Marie Tremblay", "marie@emsb.example", "cda", "EMSB"),
    Member("John O’Brien", "", "cda", "RSB"),
    Member("Aïcha Diallo", "", "principal", "RSB"),
    Member("Noémie Côté", "", "cda", ""),
)
HEAD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"


def enrol(tx: Tx, *members: Member) -> list[int]:
    by = meet(tx, "Manager", TeamRole.MANAGER)
    return [rosters.add(tx, one, by, NOW).id for one in members]


def hold(
    tx: Tx, title: str, *days: str, target: str = "pd-workshops", head_counts: bool = False
) -> int:
    """A session of three hours a day, from nine o'clock."""
    by = meet(tx, "Manager", TeamRole.MANAGER)
    lasting = tuple(Day(date.fromisoformat(day), "09:00", 180) for day in days)
    says = Session(target, title, days=lasting, head_counts=head_counts)
    return records.add(tx, sessions.KIND, says, by, NOW).id


def report(*stays: tuple[str, str, int]) -> str:
    """Zoom's report: who came on which day at nine, for how many minutes."""
    rows = [
        f"{name},,{day} 09:00:00,{day} {9 + minutes // 60:02}:{minutes % 60:02}:00,{minutes},No"
        for name, day, minutes in stays
    ]
    return "\n".join((HEAD, *rows)) + "\n"


async def there(chat: Chat, session: int) -> Attendance:
    """The attendance of a session; of one without, that nobody is known to have come."""
    record = await chat.store.read(presences.of_session, session)
    return record.says if record else Attendance(session)


async def names(chat: Chat, session: int, day: int = 0) -> set[str]:
    """Who was there on a day, by name, those on no roster in brackets."""
    says = await there(chat, session)
    known = {one.id: one.says.name for one in await chat.store.read(rosters.everyone)}
    members = {known[one.member] for one in says.present if one.day == day}
    return members | {f"({one.name})" for one in says.unmatched if one.day == day}
