"""When a meeting begins and ends, and how that is said to someone in another time zone."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from handlers.chat.texts import Texts
from storage.local_time import HOME, instant
from storage.sessions import Session

DAY = timedelta(days=1)
HALF_AN_HOUR = timedelta(minutes=30)
MORNING = time(9, 0)  # from when it is counted where nobody said at what time


def starts(says: Session) -> datetime:
    """The instant at which its first day begins, in UTC; at nine where its time isn't known."""
    at = time.fromisoformat(says.starts) if says.starts else MORNING
    return instant(says.first, at, HOME)


def ends(says: Session) -> datetime:
    """The instant at which its last day is over, in UTC."""
    last = says.days[-1]
    at = time.fromisoformat(last.starts) if last.starts else MORNING
    return instant(last.day, at, HOME) + timedelta(minutes=last.minutes)


def before(says: Session, minutes: int) -> datetime:
    """The instant so long before it begins: whole days before, at the same time of the clock."""
    days, rest = divmod(minutes, 24 * 60)
    at = time.fromisoformat(says.starts) if says.starts else MORNING
    return instant(says.first - timedelta(days=days), at, HOME) - timedelta(minutes=rest)


def snoozed(says: Session, now: datetime) -> datetime | None:
    """Until when a reminder can be put off: the reader's next morning, else half an hour.

    None where the meeting begins before that. ``now`` is in the reader's zone.
    """
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    morning = instant(now.date() + DAY, MORNING, zone)
    soon = now.astimezone(UTC) + HALF_AN_HOUR
    begins = starts(says)
    if morning + HALF_AN_HOUR < begins:
        return morning
    return soon if soon < begins and says.starts else None


def when(t: Texts, says: Session, zone: tzinfo | None) -> str:
    """Day and time at home; and in the reader's zone, where clocks there show another."""
    if not says.starts:
        return t.full_date(says.first)
    at = starts(says)
    home, there = at.astimezone(HOME), at.astimezone(zone)
    if home.replace(tzinfo=None) == there.replace(tzinfo=None):
        return t.moment(home)
    if home.date() == there.date():
        return t("meeting.when_there", home=t.moment(home), there=t.clock(there))
    return t("meeting.when_there", home=t.moment(home), there=t.moment(there))


def heading(t: Texts, says: Session, now: datetime) -> str:
    """What a reminder begins with: how far ahead the meeting is, or that it has begun, or is over.

    As in "In 7 days: meeting", "Tomorrow: meeting". Days are those of the reader's calendar.
    """
    if now >= starts(says):
        return t("meeting.title.begun" if now < ends(says) else "meeting.title.over")
    return t("meeting.title.reminder", ahead=_ahead(t, says, now))


def _ahead(t: Texts, says: Session, now: datetime) -> str:
    left = starts(says) - now.astimezone(UTC)
    days = (starts(says).astimezone(now.tzinfo).date() - now.date()).days
    if days > 1:
        return t("meeting.ahead.days", count=days)
    if days == 1:
        return t("meeting.ahead.tomorrow")
    if left > timedelta(hours=2) or not says.starts:
        return t("meeting.ahead.today")
    return t("meeting.ahead.soon", left=t.duration(round(left.total_seconds() / 60)))
