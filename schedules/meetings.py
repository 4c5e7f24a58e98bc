"""When members are reminded of meetings, and when somebody is asked how one went."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.meetings import after, telling, times
from storage import communities, records, sessions
from storage.community import EARLIEST_REMINDER
from storage.deliveries import Post
from storage.engine import Tx
from storage.occurrences import Occurrence
from storage.plan_files import Plans
from storage.records import Record
from storage.sessions import LONGEST_DAY, MOST_DAYS, Session

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
UNTIMED = 24 * 60  # minutes: no reminder on the day itself where the time isn't known


@dataclass(frozen=True, slots=True)
class BeforeMeetings:
    """As long before each meeting as its community has set, on the same clock time."""

    says: str = "reminders of each community"

    def between(
        self, tx: Tx, plans: Plans, after: datetime, until: datetime
    ) -> Iterator[Occurrence]:
        """Each reminder that is due: the meeting, the instant at which it begins, and minutes."""
        furthest = until + EARLIEST_REMINDER * MINUTE
        for meeting in sessions.of_communities(tx, after.date() - DAY, furthest.date() + DAY):
            begins = times.starts(meeting.says)
            for minutes in communities.get(tx, meeting.says.community).says.reminders:
                due = times.before(meeting.says, minutes)
                if after < due <= until and (meeting.says.starts or minutes >= UNTIMED):
                    yield _occurrence(meeting, minutes, due, begins)


@dataclass(frozen=True, slots=True)
class AfterMeetings:
    """A quarter of an hour after each meeting has ended."""

    says: str = "15 min after"

    def between(
        self, tx: Tx, plans: Plans, after: datetime, until: datetime
    ) -> Iterator[Occurrence]:
        """Each meeting that is over."""
        first = after.date() - MOST_DAYS * DAY - timedelta(minutes=LONGEST_DAY)
        for meeting in sessions.of_communities(tx, first, until.date() + DAY):
            due = times.ends(meeting.says) + 15 * MINUTE
            if after < due <= until:
                yield _occurrence(meeting, 0, due, due + 7 * DAY)


def remind(tx: Tx, plans: Plans, one: Occurrence) -> Iterator[Post]:
    """What members are told before a meeting."""
    id, _, minutes = one.key.split("/")
    return telling.reminders(tx, _meeting(tx, id), int(minutes))


def ask(tx: Tx, plans: Plans, one: Occurrence) -> Iterator[Post]:
    """What whoever facilitates is asked after a meeting."""
    id, _, _ = one.key.split("/")
    return after.posts(tx, _meeting(tx, id), one.until)


def _meeting(tx: Tx, id: str) -> Record[Session]:
    return records.get(tx, sessions.KIND, int(id))


def _occurrence(
    meeting: Record[Session], minutes: int, due: datetime, until: datetime
) -> Occurrence:
    """Of a meeting that was moved, they are others: its key has when it begins."""
    begins = int(times.starts(meeting.says).timestamp())
    key = f"{meeting.id}/{begins}/{minutes}"
    return Occurrence(key, int(due.timestamp()), int(until.timestamp()))
