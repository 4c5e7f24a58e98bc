"""Nudges: staff who logged nothing for five school days are asked, in private, once a week at most.

Each at half past three of the school day where they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.entries.nudging import SAYS
from schedules.job import At
from storage import addresses, delivered, people, quiet, silent
from storage.deliveries import Post, State
from storage.engine import Tx
from storage.local_time import zone_of
from storage.occurrences import Occurrence
from storage.people import TeamRole
from storage.plan_files import Plans
from storage.quiet import NUDGES

WEEK = timedelta(days=7)
# Asked later than at eight in the evening it would be a reproach.
HALF_PAST_THREE = At(time(15, 30), school_days=True, lasts=timedelta(hours=4, minutes=30))


@dataclass(frozen=True, slots=True)
class WhereStaffAre:
    """Due at a local time in each zone that staff are in; its key is the day and the zone."""

    at: At

    def between(
        self, tx: Tx, plans: Plans, after: datetime, until: datetime
    ) -> Iterator[Occurrence]:
        """One for each zone and school day."""
        staff = [one for one in people.everyone(tx) if one.role is TeamRole.STAFF]
        for zone in sorted({zone_of(one.timezone).key for one in staff}):
            there = replace(self.at, zone=ZoneInfo(zone))
            for one in there.between(tx, plans, after, until):
                yield replace(one, key=f"{one.key} {zone}")

    @property
    def says(self) -> str:
        """As "15:30 where each is, school days"."""
        return f"{self.at.at:%H:%M} where each is, school days"


def posts(tx: Tx, plans: Plans, one: Occurrence) -> Iterator[Post]:
    """A question to each of a zone who is silent, on the chat, not paused, and was not asked."""
    said, _, name = one.key.partition(" ")
    day, zone = date.fromisoformat(said), ZoneInfo(name)
    there = [
        who for who in silent.staff(tx, plans, day, zone) if zone_of(who.timezone).key == zone.key
    ]
    if not there:
        return
    reachable, asked = addresses.of_people(tx), _asked(tx, one, day, zone)
    for who in there:
        left = who.id in reachable and who.id not in asked
        if left and not quiet.is_quiet(tx, who.id, NUDGES, day):
            once, of = f"nudge/{who.id}/{day}", {"day": day.isoformat()}
            yield Post(once, SAYS, of, who.id, due=one.due, until=one.until)


def _asked(tx: Tx, one: Occurrence, day: date, zone: ZoneInfo) -> set[int]:
    """Who was asked on one of the six days before, as who they are now.

    Not what was not said, and no longer will be.
    """
    now = people.joined(tx)
    before = delivered.since(tx, SAYS, one.due - int((WEEK + timedelta(days=1)).total_seconds()))
    return {
        now.get(who, who)
        for each in before
        if (who := each.post.person) is not None
        and day - datetime.fromtimestamp(each.post.due, UTC).astimezone(zone).date() < WEEK
        and each.state is not State.DROPPED
        and not (each.state is State.WAITING and each.post.until < one.due)
    }
