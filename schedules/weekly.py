"""The week in figures, in each channel that is told it, on its day and at its time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.progress.weekly.posting import SAYS, values_of
from storage import channels, local_time
from storage.calendar import is_school_day, monday_of
from storage.channels import Channel
from storage.deliveries import Post
from storage.engine import Tx
from storage.local_time import HOME
from storage.occurrences import Occurrence
from storage.plan_files import Plans

LASTS = timedelta(days=6)  # a day before the next: said late once, however long nothing was said


@dataclass(frozen=True, slots=True)
class InEachChannel:
    """On each channel's day of the week at its time, at home; its key is the day and the channel.

    A day that is closed gives way to the next school day of the week; a week without any, to none.
    """

    says: str = "day and time of each channel, school weeks"

    def between(
        self, tx: Tx, plans: Plans, after: datetime, until: datetime
    ) -> Iterator[Occurrence]:
        """One for each channel and school week."""
        for record in channels.told(tx):
            says = record.says
            for day in local_time.days(after, until, HOME):
                due = local_time.instant(day, says.clock, HOME)
                if after < due <= until and day == _day_of_week(plans, says, day):
                    key = f"{day} {says.platform} {says.id}"
                    yield Occurrence(key, int(due.timestamp()), int((due + LASTS).timestamp()))


def posts(tx: Tx, plans: Plans, one: Occurrence) -> Iterator[Post]:
    """The week, in the channel."""
    day, platform, channel = one.key.split(" ", 2)
    of = values_of(platform, channel, date.fromisoformat(day))
    once = f"weekly/{one.key}"
    yield Post(once, SAYS, of, channel=(platform, channel), due=one.due, until=one.until)


def _day_of_week(plans: Plans, says: Channel, day: date) -> date | None:
    """When a channel is told in the week of a day; None where all of that is closed."""
    week = [monday_of(day) + timedelta(days=number) for number in range(7)]
    school = [one for one in week if is_school_day(plans.in_force(one), one)]
    if not school:
        return None
    return next((one for one in school if one >= week[says.weekday]), week[says.weekday])
