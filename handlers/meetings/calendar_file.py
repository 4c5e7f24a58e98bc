"""A meeting as a calendar file (iCalendar, RFC 5545), one that a later one of it updates or ends.

A file is opened by whoever wants it; nobody is invited through it. So it is published, without
attendees: as an invitation Outlook would offer to answer an organizer who has no mailbox. A meeting
that is off is cancelled, and its title says so wherever a calendar only takes it in again.
"""

import re
from datetime import UTC, date, datetime, time, timedelta

from icalendar import (
    Calendar,
    Component,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vRecur,
)

from handlers.chat.cards import File
from handlers.chat.texts import Texts
from storage.community import Community
from storage.local_time import HOME
from storage.records import Record
from storage.sessions import Day, Session

STANDARD, DAYLIGHT = timedelta(hours=-5), timedelta(hours=-4)
# Since 2007; as rules, not as dates: Outlook reads no more than one date of each.
TO_DAYLIGHT = (date(2007, 3, 11), vRecur(freq="yearly", bymonth=3, byday="2SU"))
TO_STANDARD = (date(2007, 11, 4), vRecur(freq="yearly", bymonth=11, byday="1SU"))
JUMP = time(2)

LINK = re.compile(r"https?://[!-~\xa1-\U0010ffff]+", re.IGNORECASE)
CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")


def make(session: Record[Session], community: Community, t: Texts, changed: int) -> File:
    """The file of a meeting, an event for each of its days; the same for the same record.

    ``changed`` is when the record became as it is, in UTC seconds. A later version of the meeting
    has the same identity and a higher sequence. Without a time the event takes the day.
    """
    says = session.says
    off = says.cancelled or session.voided is not None
    calendar = Calendar()
    _put(calendar, "version", "2.0")
    _put(calendar, "prodid", f"-//Jalon//Jalon//{t.language.upper()}")
    _put(calendar, "method", "CANCEL" if off else "PUBLISH")
    if says.starts:
        calendar.add_component(_zone())
    for place, day in enumerate(says.days):
        event = Event()
        _put(event, "uid", f"session-{session.id}-{session.created}-{place}@jalon")
        _put(event, "sequence", session.version)
        _put(event, "dtstamp", datetime.fromtimestamp(changed, UTC))
        _put(event, "status", "CANCELLED" if off else "CONFIRMED")
        _add_times(event, day)
        title = _title(says, community, t)
        _put(event, "summary", t("calendar.cancelled", title=title) if off else title)
        if where := _plain(says.link or says.place):
            _put(event, "location", where)
        if LINK.fullmatch(says.link):
            _put(event, "url", says.link)
        if about := _about(says, t):
            _put(event, "description", about)
        calendar.add_component(event)
    name = t("calendar.file", day=says.first.isoformat())
    return File(name, calendar.to_ical())


def _add_times(event: Event, day: Day) -> None:
    if not day.starts:
        _put(event, "dtstart", day.day)
        _put(event, "dtend", day.day + timedelta(days=1))
        _put(event, "transp", "TRANSPARENT")  # nobody is busy all of it
        return
    starts = datetime.combine(day.day, time.fromisoformat(day.starts), HOME)
    ends = (starts.astimezone(UTC) + timedelta(minutes=day.minutes)).astimezone(HOME)
    _put(event, "dtstart", starts)
    _put(event, "dtend", ends)


def _title(says: Session, community: Community, t: Texts) -> str:
    """Its title, with the community where that doesn't name it."""
    title, name = _plain(says.called(t.language)), _plain(community.name(t.language))
    known = any(_plain(one) in title for one in (community.name_en, community.name_fr))
    return title if known else t("calendar.title", title=title, community=name)


def _about(says: Session, t: Texts) -> str:
    """Its agenda, and the link where calendars don't show the one they have."""
    agenda = _plain(says.agenda)
    parts = [t("calendar.agenda", agenda=agenda) if agenda else "", _plain(says.link)]
    return "\n\n".join(filter(None, parts))


def _plain(text: str) -> str:
    """The text without what no calendar file may hold."""
    return CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _zone() -> Timezone:
    zone = Timezone()
    _put(zone, "tzid", HOME.key)
    for part, name, before, after, (first, rule) in (
        (TimezoneDaylight(), "EDT", STANDARD, DAYLIGHT, TO_DAYLIGHT),
        (TimezoneStandard(), "EST", DAYLIGHT, STANDARD, TO_STANDARD),
    ):
        _put(part, "dtstart", datetime.combine(first, JUMP))
        _put(part, "tzname", name)
        _put(part, "tzoffsetfrom", before)
        _put(part, "tzoffsetto", after)
        _put(part, "rrule", rule)
        zone.add_component(part)
    return zone


def _put(component: Component, name: str, value: object) -> None:
    component.add(name, value)  # pyright: ignore[reportUnknownMemberType] - partly typed
