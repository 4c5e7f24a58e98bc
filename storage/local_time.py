"""Local times as instants: every day has each of its times once, also where clocks change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOME = ZoneInfo("America/Toronto")  # where most of the network is, and meetings are set
DAY = timedelta(days=1)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, of a time on a day.

    A time that clocks skip is the instant at which they skip it; of one that they show twice, the
    first.
    """
    local = datetime.combine(day, at, zone)  # fold=0: the first of two, or the offset before a gap
    found = local.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return found
    # In a gap: with the offset before it, found lies as far behind its end as the time in it.
    return _end_of_gap(found, zone)


def zone_of(name: str) -> ZoneInfo:
    """The zone a platform named, or home's where it names none that there is."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return HOME


def days(after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[date]:
    """The days in a zone on which an instant between these can lie, with one more at both ends."""
    day, last = after.astimezone(zone).date() - DAY, until.astimezone(zone).date() + DAY
    while day <= last:
        yield day
        day += DAY


def _end_of_gap(behind: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which clocks jump, of which ``behind`` is less than a day behind."""
    first, last = behind - DAY, behind
    before = first.astimezone(zone).utcoffset()
    while last - first > timedelta(seconds=1):
        middle = first + (last - first) / 2
        if middle.astimezone(zone).utcoffset() == before:
            first = middle
        else:
            last = middle
    return last.replace(microsecond=0)
