"""The calendar file of a meeting, read back as a calendar reads it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from handlers.chat.texts import Texts
from handlers.meetings.calendar_file import make
from storage.community import Community
from storage.network import Language
from storage.plan import CommunityKind
from storage.records import Record
from storage.sessions import Day, Session

HOME = ZoneInfo("America/Toronto")
EN, FR = Texts.load(Language.EN), Texts.load(Language.FR)
COMMUNITY = Community("Elementary", "Primaire", CommunityKind.PRACTICE)
MEETING = Session(
    "community-meetings",
    "Practices",
    days=(Day(date(2025, 10, 15), "13:00", 90),),
    link="https://example.org/join?a=1&b=é",
    community=1,
    agenda="Élèves; parents, and more\nThen: questions",
)
RECORD = Record(7, MEETING, 1, 1, 1_700_000_000, None)
AT = 1_760_000_000
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300)


def read(record: Record[Session], t: Texts = EN, changed: int = AT) -> Calendar:
    return Calendar.from_ical(make(record, COMMUNITY, t, changed).content)


def test_it_says_when_what_and_where() -> None:
    calendar = read(RECORD)
    (event,) = calendar.events
    assert (calendar["method"], calendar["version"]) == ("PUBLISH", "2.0")
    assert event.start == datetime(2025, 10, 15, 13, tzinfo=HOME)
    assert event.end - event.start == timedelta(minutes=90)
    assert event["dtstart"].params["TZID"] == "America/Toronto"
    assert event["summary"] == "Practices · Elementary"
    assert event["location"] == event["url"] == MEETING.link
    assert event["description"] == f"Agenda: {MEETING.agenda}\n\n{MEETING.link}"
    assert (event["status"], event["sequence"]) == ("CONFIRMED", 1)
    assert event["dtstamp"].dt == datetime.fromtimestamp(AT, UTC)
    assert "attendee" not in event


def test_it_says_so_in_french() -> None:
    file = make(RECORD, COMMUNITY, FR, AT)
    (event,) = Calendar.from_ical(file.content).events
    assert event["summary"] == "Practices · Primaire"
    assert event["description"].startswith("Ordre du jour\u00a0: Élèves; parents")
    assert file.name == "rencontre-2025-10-15.ics"


def test_the_same_meeting_is_the_same_file() -> None:
    assert make(RECORD, COMMUNITY, EN, AT) == make(replace(RECORD), COMMUNITY, EN, AT)


def test_a_move_is_the_same_event_in_a_higher_sequence() -> None:
    moved = replace(MEETING, days=(Day(date(2025, 10, 22), "09:30", 60),))
    (before,) = read(RECORD).events
    (after,) = read(replace(RECORD, says=moved, version=2), changed=AT + 60).events
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.start == datetime(2025, 10, 22, 9, 30, tzinfo=HOME)
    assert after["dtstamp"].dt > before["dtstamp"].dt


@pytest.mark.parametrize(
    "off",
    [
        replace(RECORD, says=replace(MEETING, cancelled=True), version=2),
        replace(RECORD, voided=AT, version=2),
    ],
)
def test_a_meeting_that_is_off_is_cancelled(off: Record[Session]) -> None:
    calendar = read(off)
    (event,) = calendar.events
    assert calendar["method"] == "CANCEL"
    assert event["status"] == "CANCELLED"
    assert event["summary"].startswith("Cancelled: ")
    assert (event["uid"], event["sequence"]) == (read(RECORD).events[0]["uid"], 2)


def test_another_meeting_is_another_event() -> None:
    other = read(replace(RECORD, id=8)).events[0]
    elsewhere = read(replace(RECORD, created=RECORD.created + 1)).events[0]
    assert len({read(RECORD).events[0]["uid"], other["uid"], elsewhere["uid"]}) == 3


def test_days_are_an_event_each() -> None:
    days = (Day(date(2025, 10, 15), "09:00", 180), Day(date(2025, 10, 16), "09:00", 180))
    first, second = read(replace(RECORD, says=replace(MEETING, days=days))).events
    assert first["uid"] != second["uid"]
    assert second.start == datetime(2025, 10, 16, 9, tzinfo=HOME)


def test_without_a_time_it_is_on_the_day_and_nobody_is_busy() -> None:
    says = replace(MEETING, days=(Day(date(2025, 10, 15), "", 90),))
    calendar = read(replace(RECORD, says=says))
    (event,) = calendar.events
    assert (event.start, event.end) == (date(2025, 10, 15), date(2025, 10, 16))
    assert event["transp"] == "TRANSPARENT"
    assert not calendar.timezones


@pytest.mark.parametrize(
    ("day", "starts", "utc"),
    [
        (date(2025, 3, 7), "13:00", datetime(2025, 3, 7, 18, tzinfo=UTC)),
        (date(2025, 3, 10), "13:00", datetime(2025, 3, 10, 17, tzinfo=UTC)),
        (date(2025, 10, 31), "13:00", datetime(2025, 10, 31, 17, tzinfo=UTC)),
        (date(2025, 11, 3), "13:00", datetime(2025, 11, 3, 18, tzinfo=UTC)),
    ],
)
def test_it_is_at_the_same_clock_on_both_sides_of_a_change(
    day: date, starts: str, utc: datetime
) -> None:
    (event,) = read(replace(RECORD, says=replace(MEETING, days=(Day(day, starts, 90),)))).events
    assert event.start.astimezone(UTC) == utc
    assert event.end.astimezone(UTC) == utc + timedelta(minutes=90)


@given(st.dates(date(2008, 1, 1), date(2045, 12, 31)), st.integers(0, 23))
def test_the_zone_in_the_file_says_what_the_zone_says(day: date, hour: int) -> None:
    zone = read(RECORD).timezones[0].to_tz(lookup_tzid=False)
    local = datetime(day.year, day.month, day.day, hour, 30)  # noqa: DTZ001 - the zone is the question
    if hour not in (1, 2):  # around the change
        assert local.replace(tzinfo=zone).utcoffset() == local.replace(tzinfo=HOME).utcoffset()


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_what_is_typed_stays_in_its_place(title: str, agenda: str, link: str, place: str) -> None:
    says = replace(MEETING, title=title, agenda=agenda, link=link, place=place)
    content = make(replace(RECORD, says=says), COMMUNITY, EN, AT).content
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    names = [line.split(b":")[0].split(b";")[0] for line in lines if line[:1] != b" "]
    plain = {"BEGIN", "END", "VERSION", "PRODID", "METHOD", "TZID", "DTSTART", "TZNAME", "RRULE"}
    plain |= {"TZOFFSETFROM", "TZOFFSETTO", "UID", "SEQUENCE", "DTSTAMP", "STATUS", "DTEND"}
    plain |= {"SUMMARY", "LOCATION", "URL", "DESCRIPTION", ""}
    assert {name.decode() for name in names} <= plain
    (event,) = Calendar.from_ical(content).events
    assert event["uid"] == read(RECORD).events[0]["uid"]


@pytest.mark.parametrize("bad", ["https://example.org/\r\nATTENDEE:x", "javascript:alert(1)"])
def test_a_link_that_is_none_is_no_link(bad: str) -> None:
    (event,) = read(replace(RECORD, says=replace(MEETING, link=bad))).events
    assert "url" not in event
    assert "attendee" not in event


def test_long_lines_are_folded_between_letters() -> None:
    agenda = "é" * 500 + "💬" * 100
    record = replace(RECORD, says=replace(MEETING, agenda=agenda))
    content = make(record, COMMUNITY, EN, AT).content
    for line in content.split(b"\r\n"):
        line.decode()
    assert agenda in Calendar.from_ical(content).events[0]["description"]
